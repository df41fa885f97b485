"""Which dated things lie ahead, which planned dates have passed in silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

When = Literal["ahead", "open", "passed"]

PLANNED_WORDS: Final = frozenset(
    {"planned", "under_construction", "announced", "proposed", "rumoured"}
)
"""States of a thing that has yet to happen, as its newest row says it."""
_WIDE: Final = timedelta(days=31)


def is_plan(word: str, start: date, end: date, known_on: date, *, named: bool = False) -> bool:
    """Whether a date is one to come rather than one that was reported.

    ``word`` is the state that the newest row gives. The date must have lain ahead of its source.
    ``named`` is for tables whose date is that of the plan (clusters): there only a date no wider
    than a month that holds the day of the source is read as the day it was announced.
    """
    if word not in PLANNED_WORDS:
        return False
    if not named:
        return start > known_on
    return not (start <= known_on <= end and end - start < _WIDE)


def when(start: date, end: date, today: date, *, plan: bool) -> When | None:
    """Where a date lies: ahead, in a span that has begun and is open, passed though planned; else None."""
    if start > today:
        return "ahead"
    if not plan:
        return None
    return "open" if end >= today else "passed"


def group(text: str, start: date, precision: str) -> str:
    """The period under which a date is listed: its month, else the quarter, half or year it names.

    A date known to the quarter or year stays under that: it never becomes the first month of it.
    """
    if precision in ("day", "month"):
        return start.strftime("%Y-%m")
    return text
