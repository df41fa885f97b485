"""Periods: canonical forms, the days they cover, and when a thing was known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.model.time import PeriodError, known_on, parse_period

years = st.integers(1900, 2100).map(lambda y: f"{y:04d}")
days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
singles = st.one_of(
    years,
    years.map(lambda y: f"FY{y}"),
    st.builds(lambda y, q: f"{y}-Q{q}", years, st.integers(1, 4)),
    st.builds(lambda y, h: f"{y}-H{h}", years, st.integers(1, 2)),
    st.builds(lambda y, m: f"{y}-{m:02d}", years, st.integers(1, 12)),
    days,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("FY2025", "2025-01-01", "2025-12-31", "fiscal_year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2026-05-14", "2026-05-14", "2026-05-14", "day"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quarter"),
        ("2025-H1", "2025-01-01", "2025-06-30", "half"),
        ("2025-H2", "2025-07-01", "2025-12-31", "half"),
        ("2025-01/2025-09", "2025-01-01", "2025-09-30", "range"),
        ("2003/2022", "2003-01-01", "2022-12-31", "range"),
        ("2025-12-30/2026-Q1", "2025-12-30", "2026-03-31", "range"),
    ],
)
def test_days_of_a_period(text: str, start: str, end: str, precision: str) -> None:
    period = parse_period(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.precision, period.text) == (precision, text)


@given(singles)
def test_a_period_keeps_its_text_and_holds_a_day(text: str) -> None:
    period = parse_period(text)
    assert period.text == text
    assert period.start <= period.end
    assert period.start.year == period.end.year
    length = (period.end - period.start).days + 1
    low, high = {
        "day": (1, 1),
        "month": (28, 31),
        "quarter": (90, 92),
        "half": (181, 184),
        "year": (365, 366),
        "fiscal_year": (365, 366),
    }[period.precision]
    assert low <= length <= high


@given(years)
def test_parts_of_a_year_follow_one_another_without_a_gap(year: str) -> None:
    for parts in (
        [f"{year}-{m:02d}" for m in range(1, 13)],
        [f"{year}-Q{q}" for q in range(1, 5)],
        [f"{year}-H{h}" for h in (1, 2)],
    ):
        periods = [parse_period(part) for part in parts]
        assert periods[0].start == parse_period(year).start
        assert periods[-1].end == parse_period(year).end
        for one, two in pairwise(periods):
            assert one.end + timedelta(days=1) == two.start


@given(singles, singles)
def test_a_range_covers_both_ends_or_is_refused(first: str, last: str) -> None:
    one, two = parse_period(first), parse_period(last)
    text = f"{first}/{last}"
    if two.end < one.start:
        with pytest.raises(PeriodError, match="ends before it starts"):
            parse_period(text)
    else:
        period = parse_period(text)
        assert (period.start, period.end, period.precision) == (one.start, two.end, "range")


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31))
)
def test_texts_of_days_order_as_days(one: date, two: date) -> None:
    first, second = parse_period(one.isoformat()), parse_period(two.isoformat())
    assert (first.end < second.end) == (one < two) == (first.text < second.text)


@given(st.text(alphabet="0123456789-/QHFY 年２", max_size=12))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        period = parse_period(text)
    except PeriodError:
        return
    assert period.start <= period.end
    assert text.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2025-02-29",
        "2026-Q0",
        "2026-Q5",
        "2026-H3",
        "FY26",
        "FY2026-05",
        "2026-1",
        "2026-01-1",
        "1899",
        "2101",
        "2026/2025",
        "2024/2025/2026",
        "2026-05-14T00:00",
        "２０２６",
        " 2026",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(text)


@pytest.mark.parametrize(
    ("published", "read", "known"),
    [
        (None, "2026-11-21", "2026-11-21"),
        ("2025", "2026-11-21", "2025-12-31"),
        ("2025-06", "2026-11-21", "2025-06-30"),
        ("2025-06-03", "2026-11-21", "2025-06-03"),
        ("2026", "2026-11-21", "2026-11-21"),
        ("2026-11", "2026-11-21", "2026-11-21"),
        ("2025-Q3", "2026-11-21", "2025-09-30"),
    ],
)
def test_known_on(published: str | None, read: str, known: str) -> None:
    assert known_on(published, read).isoformat() == known


@given(st.one_of(st.none(), singles), st.dates(date(1901, 1, 1), date(2100, 12, 31)))
def test_known_neither_after_reading_nor_before_publication(
    published: str | None, read: date
) -> None:
    known = known_on(published, read.isoformat())
    assert known <= read
    if published is None:
        assert known == read
    elif parse_period(published).start <= read:
        assert parse_period(published).start <= known
        assert known in (read, parse_period(published).end)
