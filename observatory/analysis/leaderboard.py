"""Rankings on boards: which rows share one, places, tiers, and in which language a board asks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Row = Mapping[str, Any]

LEADERS_FROM: Final = 5
"""Rankings of fewer rows name no leader."""
SELF_REPORTED: Final = ("vendor-reported", "self-reported")
_LIST: Final = re.compile(r"rank within the ([a-z-]+) list|^([a-z-]+) track only")


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of a ranking. `place` is among the rows on file, ties shared; `tier` starts at 1,
    0 where the board gives no intervals."""

    row: Row
    place: int
    tied: bool
    tier: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of one board that may be ranked together: one copy, one harness, one setting.

    `key` names it in a link. `setting` is what the rows share, in the words of their notes.
    `beside` holds rows that are shown but not ranked. `size` is the largest rank printed.
    """

    key: str
    as_of: str
    setting: str
    self_reported: bool
    rows: tuple[Ranked, ...]
    beside: tuple[Row, ...]
    size: int

    @property
    def has_tiers(self) -> bool:
        return any(ranked.tier for ranked in self.rows)

    @property
    def leader(self) -> Row | None:
        """The first, unless it shares its place or there are too few rows."""
        if len(self.rows) < LEADERS_FROM or self.rows[0].tied:
            return None
        return self.rows[0].row


def is_self_reported(row: Row) -> bool:
    """Whether a maker reports the score, of its own model or beside it."""
    return _text(row["note"]).startswith(SELF_REPORTED)


def setting_of(row: Row) -> str:
    """What keeps a row apart from others of its board and date, from its note; often nothing."""
    note = _text(row["note"])
    if note.startswith(SELF_REPORTED):
        return note.partition("; ")[2] if "; " in note else ""
    found = _LIST.search(note)
    return f"{found[1] or found[2]} list" if found else ""


def places(rows: Sequence[Row], higher: bool) -> list[Ranked]:
    """Rows by score, best first, with places and tiers.

    A tier ends where a row's interval no longer overlaps that of the tier's first row. Tiers need
    an interval in every row.
    """
    sign = -1.0 if higher else 1.0

    def order(row: Row) -> tuple[float, float, str]:
        rank = row["rank"] if row["rank"] == row["rank"] and row["rank"] else float("inf")
        return sign * row["score"], float(rank), _text(row["model_name"])

    ordered = sorted(rows, key=order)
    counts = Counter(row["score"] for row in ordered)
    tiered = len(ordered) >= LEADERS_FROM and all(
        row["ci_low"] == row["ci_low"] and row["ci_high"] == row["ci_high"] for row in ordered
    )
    found: list[Ranked] = []
    place, tier, head = 0, 0, None
    for index, row in enumerate(ordered, start=1):
        if index == 1 or row["score"] != ordered[index - 2]["score"]:
            place = index
        if tiered and (head is None or not _overlap(row, head)):
            tier, head = tier + 1, row
        found.append(Ranked(row, place, counts[row["score"]] > 1, tier))
    return found


def _overlap(row: Row, head: Row) -> bool:
    return bool(row["ci_low"] <= head["ci_high"] and head["ci_low"] <= row["ci_high"])


def rankings(rows: Iterable[Row], higher: bool, *, runs: bool = False) -> list[Ranking]:
    """The rankings of one board, newest first.

    Rows share a ranking only if they are of one copy of the board; what makers report, only if
    one of them reports it under one setting. `runs`: the board dates each row by its own run of
    the same test, and all rows are one table. Rows without a score, and unchecked ones, stand
    beside a ranking.
    """
    groups: dict[tuple[str, str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        own = is_self_reported(row)
        source = _text(row["source_id"]) if own else ""
        groups["" if runs else _text(row["as_of"]), source, setting_of(row), own].append(row)
    found: list[Ranking] = []
    numbers: Counter[str] = Counter()
    order = sorted(
        groups.items(),
        key=lambda item: (max(row["period_end"] for row in item[1]), len(item[1]), item[0]),
        reverse=True,
    )
    for (as_of, _, setting, own), members in order:
        main = _main_source(members)
        ranked = [row for row in members if _usable(row) and main in ("", _text(row["source_id"]))]
        kept = {id(row) for row in ranked}
        date = as_of or _span(members)
        numbers[date] += 1
        key = date if numbers[date] == 1 else f"{date}.{numbers[date]}"
        printed = [int(row["rank"]) for row in ranked if row["rank"] == row["rank"] and row["rank"]]
        found.append(
            Ranking(
                key,
                date,
                setting,
                own,
                tuple(places(ranked, higher)),
                tuple(row for row in members if id(row) not in kept),
                max(printed, default=0),
            )
        )
    return found


def _usable(row: Row) -> bool:
    if row["score"] != row["score"] or _text(row["note"]) == "guessing baseline":
        return False
    return _text(row["status"]) not in ("unchecked", "disputed")


def _main_source(rows: Sequence[Row]) -> str:
    """The source that holds at least three fifths of the usable rows, if several do."""
    counts = Counter(_text(row["source_id"]) for row in rows if _usable(row))
    if len(counts) < 2:
        return ""
    source, most = counts.most_common(1)[0]
    return source if most >= 0.6 * counts.total() else ""


def _span(rows: Sequence[Row]) -> str:
    days = sorted({_text(row["as_of"]) for row in rows})
    return days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}"


# Language -----------------------------------------------------------------------------------------

LANGUAGES: Final = (
    "multi", "en", "zh-Hans", "zh-Hant", "yue", "ja", "ko", "vi", "th", "id", "ms", "fil", "my",
    "sea", "indic",
)  # fmt: skip
HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "zh-Hans": ("CHN",),
    "zh-Hant": ("TWN", "HKG"),
    "yue": ("HKG", "CHN"),
    "ja": ("JPN",),
    "ko": ("KOR",),
    "vi": ("VNM",),
    "th": ("THA",),
    "id": ("IDN",),
    "ms": ("MYS", "SGP"),
    "fil": ("PHL",),
    "sea": ("SGP", "IDN", "VNM", "THA", "MYS", "PHL"),
    "indic": ("IND",),
}
_SCOPES: Final[Mapping[str, str]] = {
    "multi": "multi",
    "en;fr;zh;hi": "multi",
    "zh;en": "multi",
    "en": "en",
    "zh-Hans": "zh-Hans",
    "Chinese": "zh-Hans",
    "zh-Hant": "zh-Hant",
    "Traditional Chinese": "zh-Hant",
    "Cantonese (Yue Chinese)": "yue",
    "ja": "ja",
    "Japanese": "ja",
    "Japanese (finance)": "ja",
    "ko": "ko",
    "vi": "vi",
    "Vietnamese": "vi",
    "th": "th",
    "Thai": "th",
    "Indonesian": "id",
    "Indonesian (Javanese set)": "id",
    "Indonesian and nine local languages": "id",
    "nine local languages of Indonesia": "id",
    "Malay": "ms",
    "Filipino": "fil",
    "fil": "fil",
    "Burmese": "my",
    "Indonesian, Vietnamese, Thai, Filipino, Malay, Tamil, Burmese and others": "sea",
    "11 Indic languages incl. English": "indic",
}


def language_of(scope: Any) -> str:
    """The language a board asks in, an id of `LANGUAGES`; empty if it is not known."""
    return _SCOPES.get(_text(scope), "")
