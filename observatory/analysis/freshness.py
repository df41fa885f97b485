"""How late a measure is: its rhythm, the newest period on file, and when that was published.

A new figure is expected one rhythm after the newest one on file came out. Where no source states
when that was, it is expected two rhythms after the end of its period: one passes until the next
period is over, one more is left to the publisher. Measures without a rhythm are never late.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

RHYTHM: Final = {"annual": 12, "biennial": 24, "half-yearly": 6, "quarterly": 3}
"""Months between two figures; snapshots, irregular and one-off measures have none."""

State = Literal["late", "due", "no rhythm", "no value"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """``months``: whole months late, or until the next figure is expected; 0 without a rhythm.

    ``stated``: whether a source states when the newest figure came out.
    """

    state: State
    months: int = 0
    expected: date | None = None
    stated: bool = False


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has fewer days."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one; negative the other way round."""
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


def judge(frequency: str, last_end: date | None, published: date | None, today: date) -> Freshness:
    """Whether a newer figure should be there by now. ``last_end``: end of the newest measured period."""
    step = RHYTHM.get(frequency)
    if step is None:
        return Freshness("no rhythm")
    if last_end is None:
        return Freshness("no value")
    expected = add_months(published, step) if published else add_months(last_end, 2 * step)
    months = months_between(expected, today)
    # A day or two is no delay worth naming.
    if months >= 1:
        return Freshness("late", months, expected, published is not None)
    return Freshness("due", max(-months, 0), expected, published is not None)
