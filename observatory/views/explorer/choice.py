"""What the explorer was asked for: read from the URL, written back to it, made a selection."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from observatory.db.explorer_fields import TABLES, Kind, Table
from observatory.db.queries_explorer import MISSING, Ask, Limit
from observatory.model.time import PeriodError, parse_period
from observatory.views import links

Form = Literal["long", "periods", "measures"]
PAGES: Final = ("25", "50", "100", "200")
MOST_COLUMNS: Final = 24
MOST_LIMITS: Final = 12
MOST_WORDS: Final = 8
MOST_IDS: Final = 60
MOST_MEASURES: Final = 20
"""Columns of the form with one column a measure."""
GROUPS: Final = ("economies", "organizations", "provinces")

_WORD: Final = re.compile(r"^[\w.+-]{1,120}$")
_DEFAULT: Final[Mapping[str, str]] = {
    "table": "observations",
    "rows": "50",
    "form": "long",
    "values": "headline",
    "view": "rows",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One view of one table. Empty means: no limit, or what the table itself would do.

    `sort`: a column, `-` before it for the largest first; `lead`: one row of each thing only;
    `everywhere`: rows of all economies, not only of those chosen for the whole site.
    """

    table: str = "observations"
    columns: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    q: str = ""
    sort: str = ""
    page: int = 1
    rows: int = 50
    form: Form = "long"
    lead: bool = True
    indicators: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    everywhere: bool = False
    picture: bool = False

    @property
    def spec(self) -> Table:
        return TABLES[self.table]

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns on the screen."""
        return self.columns or self.spec.shown

    @property
    def order(self) -> tuple[str, ...]:
        """How the rows are sorted."""
        return (self.sort,) if self.sort else self.spec.order

    def limit(self, field: str) -> Limit | None:
        """The limit of a column, if it has one."""
        return next((one for one in self.limits if one.field == field), None)


def address(c: Choice, **changes: object) -> str:
    """The explorer with some choices changed; the rows start again at the first page."""
    return links.link("/explorer", **query(replace(c, **{"page": 1, **changes})))  # type: ignore[arg-type]


def query(c: Choice) -> dict[str, str]:
    """URL parameters of a choice; what is as the page begins is left out."""
    own = {
        "table": c.table,
        "columns": "" if c.columns == c.spec.shown else ",".join(c.columns),
        "filter": ";".join(write(c.spec, one) for one in c.limits),
        "q": c.q,
        "sort": c.sort,
        "page": "" if c.page == 1 else str(c.page),
        "rows": str(c.rows),
        "form": c.form,
        "values": "headline" if c.lead else "all",
        "indicators": ",".join(c.indicators),
        "entities": ",".join(c.entities),
        "where": "all" if c.everywhere else "",
        "view": "picture" if c.picture else "rows",
    }
    return {name: value for name, value in own.items() if value and value != _DEFAULT.get(name)}


# Limits as text ------------------------------------------------------------------------------------


def write(table: Table, one: Limit) -> str:
    """A limit as it stands in the URL: `kind:round,grant`, `value:10..`, `note:two words`."""
    kind = table.fields[one.field]
    if kind == "text":
        return f"{one.field}:{' '.join(one.words)}"
    if kind in ("word", "id", "flag"):
        return f"{one.field}:{','.join(one.words)}"
    return f"{one.field}:{_end(one.low)}..{_end(one.high)}"


def _end(value: float | dt.date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def plain(text: str) -> str:
    """Typed words as the URL can hold them: signs that it cannot carry become blanks."""
    folded = unicodedata.normalize("NFKC", text)
    kept = "".join(sign if sign.isalnum() or sign in " .,:@+/()_-" else " " for sign in folded)
    return " ".join(kept.split())[:100]


def limit_of(table: Table, field: str, value: str) -> Limit | None:
    """A limit of a column from its text; None if it cannot be read."""
    kind = table.fields.get(field)
    if kind is None or not value.strip():
        return None
    if kind == "text":
        words = tuple(plain(value).split())[:MOST_WORDS]
        return Limit(field, words) if words else None
    if kind in ("word", "id", "flag"):
        words = tuple(dict.fromkeys(word.strip() for word in value.split(",") if word.strip()))
        good = ("yes", "no", MISSING) if kind == "flag" else None
        fits = all(word in good if good else _WORD.match(word) for word in words)
        return Limit(field, words[:MOST_IDS]) if words and fits else None
    return _range(field, kind, value)


def _range(field: str, kind: Kind, value: str) -> Limit | None:
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    try:
        if kind in ("number", "integer"):
            return _between(field, _number(first), _number(last))
        found = _between(field, _day(first, start=True), _day(last, start=False))
        if found is None and first.strip() and last.strip():
            # Turned round: each end is wide on its other side.
            found = _between(field, _day(last, start=True), _day(first, start=False))
    except (ValueError, PeriodError):
        return None
    return found


def _between(field: str, low: float | dt.date | None, high: float | dt.date | None) -> Limit | None:
    """A limit from two ends; None without any, or where days are the wrong way round."""
    if low is None and high is None:
        return None
    if isinstance(low, dt.date) and isinstance(high, dt.date):
        return Limit(field, (), low, high) if low <= high else None
    if isinstance(low, float) and isinstance(high, float) and low > high:
        low, high = high, low
    return Limit(field, (), low, high)


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    if not re.fullmatch(r"\s*[+-]?\d{1,18}(\.\d{1,12})?([eE][+-]?\d{1,2})?\s*", text, re.ASCII):
        raise ValueError(text)
    return float(text)


def _day(text: str, *, start: bool) -> dt.date | None:
    text = text.strip()
    if not text:
        return None
    period = parse_period(text)
    day = period.start if start else period.end
    if not 1900 <= day.year <= 2100:
        raise ValueError(text)
    return day


# The URL -------------------------------------------------------------------------------------------


def with_measure(extra: Mapping[str, str], indicator: str | None) -> Mapping[str, str]:
    """The parameters with the one of other pages, `indicator=`, as one of `indicators=`."""
    if not indicator:
        return extra
    listed = extra.get("indicators", "")
    return {**extra, "indicators": f"{listed},{indicator}" if listed else indicator}


def read(
    extra: Mapping[str, str],
    *,
    indicators: Collection[str],
    entities: Collection[str],
) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used. Never raises."""
    bad: list[tuple[str, str]] = []

    def one(name: str, allowed: Callable[[str], bool], default: str = "") -> str:
        value = extra.get(name, "")
        if value and not allowed(value):
            bad.append((name, value))
            return default
        return value or default

    def several(name: str, known: Collection[str], most: int) -> tuple[str, ...]:
        asked = [part.strip() for part in extra.get(name, "").split(",") if part.strip()]
        bad.extend((name, part) for part in asked if part not in known)
        good = list(dict.fromkeys(part for part in asked if part in known))
        bad.extend((name, part) for part in good[most:])
        return tuple(good[:most])

    name = one("table", lambda v: v in TABLES, "observations")
    table = TABLES[name]
    observed = name == "observations"
    sort = one("sort", lambda v: v.removeprefix("-") in table.fields)
    page = one("page", lambda v: v.isascii() and v.isdigit() and 0 < int(v) < 100_000, "1")
    rows = one("rows", lambda v: v in PAGES, "50")
    form = one("form", lambda v: v in ("long", "periods", "measures"), "long")
    if not observed and form != "long":
        bad.append(("form", form))
        form = "long"
    columns = several("columns", table.fields, MOST_COLUMNS)
    found = Choice(
        table=name,
        columns=() if columns == table.shown else columns,
        limits=_limits(extra.get("filter", ""), table, bad),
        q=plain(extra.get("q", "")),
        sort=sort,
        page=int(page),
        rows=int(rows),
        form=cast(Form, form),
        lead=one("values", lambda v: v in ("headline", "all"), "headline") == "headline",
        indicators=several("indicators", indicators if observed else (), MOST_IDS),
        entities=several("entities", (*entities, *GROUPS) if observed else (), MOST_IDS),
        everywhere=one("where", lambda v: v == "all") == "all",
        picture=one("view", lambda v: v in ("rows", "picture"), "rows") == "picture",
    )
    return found, tuple(bad)


def _limits(text: str, table: Table, bad: list[tuple[str, str]]) -> tuple[Limit, ...]:
    found: dict[str, Limit] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        field, _, value = part.strip().partition(":")
        limit = limit_of(table, field, value)
        if limit is None or field in found or len(found) >= MOST_LIMITS:
            bad.append(("filter", part.strip()))
        else:
            found[field] = limit
    return tuple(found.values())


def ask(
    c: Choice,
    economies: Sequence[str],
    years: tuple[int | None, int | None] | None,
    named: Callable[[str], Sequence[str]] = lambda word: (),
) -> Ask:
    """The selection of a choice. `named` gives the indicators whose name in the reader's language holds
    a word."""
    words = tuple(c.q.split())[:MOST_WORDS]
    limits = c.limits
    entities = tuple(one for one in c.entities if one not in GROUPS)
    groups = {"economies": "economy", "organizations": "organization", "provinces": "province"}
    kinds = tuple(groups[one] for one in c.entities if one in GROUPS)
    if kinds and not entities:
        limits = (*limits, Limit("entity_kind", kinds))
    free = c.everywhere or bool(entities) or not c.spec.placed
    return Ask(
        c.table,
        words=words,
        named=tuple(tuple(named(word)) for word in words),
        limits=limits,
        economies=None if free else tuple(economies),
        entities=entities or None,
        indicators=c.indicators or None,
        years=years,
        lead=c.lead,
    )
