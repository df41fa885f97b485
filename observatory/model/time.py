"""Periods and partial dates: canonical forms, the days they cover, and when a thing was known.

Canonical forms: ``2026``, ``2026-05``, ``2026-05-14``, ``2026-Q1``, ``2026-H2``, ``FY2025`` and
ranges of these joined by a slash (``2025-01/2025-09``). A fiscal year is named after the year the
source prints first; its days are unknown, so it is placed on that calendar year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORMS = re.compile(
    r"(?P<fy>FY)?(?P<y>\d{4})"
    r"(?:-(?:(?P<q>Q[1-4])|(?P<h>H[12])|(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?))?",
    re.ASCII,
)


class PeriodError(ValueError):
    """The text is no canonical period; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the precision its text states."""

    text: str
    start: date
    end: date
    precision: str
    """One of day, month, quarter, half, year, fiscal_year, range."""


def _single(text: str) -> Period:
    found = _FORMS.fullmatch(text)
    if not found or (found["fy"] and text != f"FY{found['y']}"):
        raise PeriodError(
            f"{text!r} is no canonical period; expected YYYY, YYYY-MM, YYYY-MM-DD, "
            "YYYY-Qn, YYYY-Hn, FYYYYY or two of these joined by '/'"
        )
    year = int(found["y"])
    if not 1900 <= year <= 2100:
        raise PeriodError(f"year {year} is outside 1900 to 2100")
    if found["q"]:
        first = 3 * int(found["q"][1]) - 2
        return Period(text, date(year, first, 1), _month_end(year, first + 2), "quarter")
    if found["h"]:
        first = 6 * int(found["h"][1]) - 5
        return Period(text, date(year, first, 1), _month_end(year, first + 5), "half")
    if found["d"]:
        try:
            day = date(year, int(found["m"]), int(found["d"]))
        except ValueError as error:
            raise PeriodError(f"{text!r} is no day of the calendar") from error
        return Period(text, day, day, "day")
    if found["m"]:
        month = int(found["m"])
        return Period(text, date(year, month, 1), _month_end(year, month), "month")
    precision = "fiscal_year" if found["fy"] else "year"
    return Period(text, date(year, 1, 1), date(year, 12, 31), precision)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=65536)
def parse_period(text: str) -> Period:
    """Read a canonical period or range; raises PeriodError with what was expected."""
    first, slash, last = text.partition("/")
    if not slash:
        return _single(text)
    start, end = _single(first), _single(last)
    if end.end < start.start:
        raise PeriodError(f"{text!r} ends before it starts")
    return Period(text, start.start, end.end, "range")


def known_on(published: str | None, read_on: str) -> date:
    """Day by which a value was known to us at the latest.

    The end of the stated day, month or year of publication, never later than the day it was
    read; with nothing stated, the day it was read. An earlier date is never guessed.
    """
    read = parse_period(read_on).end
    if not published:
        return read
    return min(parse_period(published).end, read)
