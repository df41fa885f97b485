"""What a reader can choose, as values that travel in the URL. Nothing here imports Streamlit.

The URL is an API: ids, never labels. Parameters: `economies` (a preset or ids), `period`
(`2019..2026`), `currency` (`original` or `USD`), `lang`, `as_of` (ISO date), `build`,
`economy`, `org`, `indicator`, `receipt`, `present`, `pick` (ids of rows). A bad value never breaks the page: it gives
a `Note` and the nearest working state.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from observatory.i18n.languages import DEFAULT_LANGUAGE, match_language
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE

Currency = Literal["original", "USD"]
NoteKind = Literal[
    "economy", "economies", "period", "currency", "lang", "as_of", "build", "org", "indicator",
    "receipt", "present", "pick", "extra",
]  # fmt: skip

MAX_VALUE: Final = 300
MAX_SHOWN: Final = 32
FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2050
DEFAULT_PRESET: Final = "all13"

_ID: Final = re.compile(r"^[a-z0-9][a-z0-9_.-]{0,79}$")
_BUILD: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")
_ROW_ID: Final = re.compile(r"^[a-z][a-z0-9]{5,31}$")
_PICK: Final = re.compile(r"^o[a-z0-9]{5,15}$")
MAX_PICKS: Final = 20
_YEAR: Final = re.compile(r"^\d{4}$")
_EXTRA: Final = re.compile(r"^[\w .,:;@+~/()-]+$")
MAX_EXTRA: Final = 200
MAX_FREE: Final = 6000
LONG: Final = {
    "w": 1600,
    "story": 8000,
    "indicators": 1600,
    "entities": 1600,
    "columns": 800,
    "filter": 1200,
}
"""Pages' own parameters that may be longer than `MAX_EXTRA`: lists of ids with numbers."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The state of a view. Years of `period` are inclusive; None means no limit."""

    economies: tuple[str, ...] = SCOPE
    period: tuple[int | None, int | None] | None = None
    currency: Currency = "original"
    lang: str = DEFAULT_LANGUAGE
    as_of: dt.date | None = None
    build: str | None = None
    economy: str | None = None
    org: str | None = None
    indicator: str | None = None
    receipt: str | None = None
    present: bool = False
    pick: tuple[str, ...] = ()
    """Rows of observations that the reader shows in their cells, whatever the rule chose."""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def preset(self) -> str | None:
        """The id of the preset that equals the chosen economies, if one does."""
        return preset_of(self.economies)

    def get(self, name: str, default: str | None = None) -> str | None:
        """A page's own parameter (one the page declared), or `default`."""
        return dict(self.extra).get(name, default)

    def shared(self) -> Filters:
        """Only what stays when the reader goes to another page."""
        return replace(
            self, economy=None, org=None, indicator=None, receipt=None, present=False, extra=()
        )


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the URL that could not be used. `shown` is what is shown instead."""

    kind: NoteKind
    value: str
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that exist; None means that the kind is not checked here."""

    economies: Collection[str] = SCOPE + COMPARATORS
    orgs: Collection[str] | None = None
    indicators: Collection[str] | None = None
    builds: Collection[str] | None = None
    extra: Collection[str] = ()
    free: Collection[str] = ()
    """Those of `extra` that take any text: the page reads them itself and shows them as text."""
    default_economy: str = "KOR"


def preset_of(economies: tuple[str, ...]) -> str | None:
    """The preset with exactly these economies, in any order."""
    chosen = set(economies)
    for name, members in PRESETS.items():
        if chosen == set(members):
            return name
    return None


def canonical(economies: Collection[str]) -> tuple[str, ...]:
    """Economies without repeats in the house order, so that equal choices are equal values."""
    order = {code: index for index, code in enumerate(SCOPE + COMPARATORS)}
    return tuple(sorted(set(economies), key=lambda code: (order.get(code, 99), code)))


def shorten(value: str) -> str:
    """A value from outside in a form that can be printed in one line."""
    clean = "".join(ch if ch.isprintable() else " " for ch in value[: MAX_SHOWN * 2]).strip()
    return clean if len(clean) <= MAX_SHOWN else clean[: MAX_SHOWN - 1].rstrip() + "…"


def parse_period(value: str) -> tuple[int | None, int | None] | None:
    """`2019..2026`, `2019..`, `..2026` or `2024`; None if it is none of these."""
    first, dots, last = value.partition("..")
    if not dots:
        first = last = value
    if not first and not last:
        return None
    years: list[int | None] = []
    for part in (first, last):
        if not part:
            years.append(None)
            continue
        if not _YEAR.match(part) or not part.isascii():
            return None
        year = int(part)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        years.append(year)
    start, end = years
    if start is not None and end is not None and start > end:
        start, end = end, start
    return start, end


def _date(value: str) -> dt.date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) or not value.isascii():
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return day if 2000 <= day.year <= LAST_YEAR else None


def _economies(value: str, known: Known) -> tuple[tuple[str, ...], list[Note]]:
    if value.lower() in PRESETS:
        return PRESETS[value.lower()], []
    wanted = [part.strip().upper() for part in value.split(",") if part.strip()]
    good = canonical([part for part in wanted if part in known.economies])
    bad = [part for part in wanted if part not in known.economies]
    if not good:
        return SCOPE, [Note("economies", shorten(value), DEFAULT_PRESET)]
    notes = [Note("economies", shorten(", ".join(bad)))] if bad else []
    return good, notes


def first(query: Mapping[str, object], name: str, most: int = MAX_VALUE) -> str | None:
    """The parameter's last value as text, cut to a sane length; None if absent or empty."""
    raw = query.get(name)
    if isinstance(raw, (list, tuple)):
        raw = raw[-1] if raw else None
    if not isinstance(raw, str):
        return None
    # Half a sign cannot be written out again, neither into a link nor to another process.
    return raw[: most + 1].encode("utf-8", "ignore").decode().strip() or None


def parse(
    query: Mapping[str, object], known: Known | None = None, default_lang: str = DEFAULT_LANGUAGE
) -> tuple[Filters, list[Note]]:
    """Read a query string (name -> text or list of texts). Never raises."""
    known = known or Known()
    values: dict[str, object] = {"lang": default_lang}
    notes: list[Note] = []

    def take(name: NoteKind) -> str | None:
        value = first(query, name)
        if value is not None and len(value) > MAX_VALUE:
            notes.append(Note(name, shorten(value), _instead(name, known)))
            return None
        return value

    if (value := take("economies")) is not None:
        values["economies"], bad = _economies(value, known)
        notes.extend(bad)
    if (value := take("period")) is not None:
        period = parse_period(value)
        if period is None:
            notes.append(Note("period", shorten(value)))
        values["period"] = period
    if (value := take("currency")) is not None:
        lowered = {"original": "original", "usd": "USD"}.get(value.lower())
        if lowered is None:
            notes.append(Note("currency", shorten(value)))
        values["currency"] = lowered or "original"
    if (value := take("lang")) is not None:
        lang = match_language(value)
        if lang is None:
            notes.append(Note("lang", shorten(value), default_lang))
        values["lang"] = lang or default_lang
    if (value := take("as_of")) is not None:
        day = _date(value)
        if day is None:
            notes.append(Note("as_of", shorten(value)))
        values["as_of"] = day
    if (value := take("economy")) is not None:
        if value.upper() in known.economies:
            values["economy"] = value.upper()
        else:
            notes.append(Note("economy", shorten(value), known.default_economy))
    for name, pattern, ids in (
        ("org", _ID, known.orgs),
        ("indicator", _ID, known.indicators),
        ("build", _BUILD, known.builds),
        ("receipt", _ROW_ID, None),
    ):
        if (value := take(name)) is not None:  # type: ignore[arg-type]
            if pattern.match(value) and (ids is None or value in ids):
                values[name] = value
            else:
                notes.append(Note(name, shorten(value)))  # type: ignore[arg-type]
    if (value := take("pick")) is not None:
        wanted = [part.strip() for part in value.split(",") if part.strip()]
        good = sorted({part for part in wanted if _PICK.match(part)})[:MAX_PICKS]
        if len(good) < len(set(wanted)):
            notes.append(Note("pick", shorten(value)))
        values["pick"] = tuple(good)
    if (value := take("present")) is not None:
        values["present"] = value.lower() in {"1", "true", "yes"}
    extra: list[tuple[str, str]] = []
    for name in sorted(known.extra):
        free = name in known.free
        most = MAX_FREE if free else LONG.get(name, MAX_EXTRA)
        value = first(query, name, most)
        if value is None:
            continue
        if len(value) <= most and ("\x00" not in value if free else _EXTRA.match(value)):
            extra.append((name, value))
        else:
            notes.append(Note("extra", shorten(f"{name}={value}")))
    values["extra"] = tuple(extra)
    return Filters(**values), notes  # type: ignore[arg-type]


def _instead(name: str, known: Known) -> str | None:
    return {"economy": known.default_economy, "economies": DEFAULT_PRESET}.get(name)


def to_query(
    filters: Filters, *, complete: bool = False, default_lang: str = DEFAULT_LANGUAGE
) -> dict[str, str]:
    """The query of a state; `complete` names every shared choice, for a lasting link.

    `parse(to_query(f)) == (f, [])` for every state that `parse` can give.
    """
    query: dict[str, str] = {}
    if filters.economy:
        query["economy"] = filters.economy
    if filters.org:
        query["org"] = filters.org
    if filters.indicator:
        query["indicator"] = filters.indicator
    query.update(filters.extra)
    if complete or filters.economies != SCOPE:
        query["economies"] = filters.preset or ",".join(filters.economies)
    if filters.period is not None:
        start, end = filters.period
        query["period"] = f"{start or ''}..{end or ''}"
    if complete or filters.currency != "original":
        query["currency"] = filters.currency
    if complete or filters.lang != default_lang:
        query["lang"] = filters.lang
    if filters.as_of is not None:
        query["as_of"] = filters.as_of.isoformat()
    if filters.build:
        query["build"] = filters.build
    if filters.pick:
        query["pick"] = ",".join(filters.pick)
    if filters.receipt:
        query["receipt"] = filters.receipt
    if filters.present:
        query["present"] = "1"
    return query
