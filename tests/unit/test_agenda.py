"""Which dates lie ahead, and under which period they are listed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import agenda
from observatory.model.time import parse_period

TODAY = date(2026, 11, 22)
periods = st.one_of(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(lambda d: d.isoformat()),
    st.builds("{}-{:02d}".format, st.integers(2020, 2035), st.integers(1, 12)),
    st.builds("{}-Q{}".format, st.integers(2020, 2035), st.integers(1, 4)),
    st.builds("{}-H{}".format, st.integers(2020, 2035), st.integers(1, 2)),
    st.integers(2020, 2035).map(str),
    st.integers(2020, 2035).map("FY{}".format),
    st.builds("{}/{}".format, st.integers(2020, 2027), st.integers(2028, 2035)),
)


@pytest.mark.parametrize(
    ("text", "plan", "place"),
    [
        ("2026-11-27", False, "ahead"),
        ("2027", False, "ahead"),
        ("2026-11-22", False, None),
        ("2026-11-22", True, "open"),
        ("2026", True, "open"),
        ("2026", False, None),
        ("2026-H1", True, "passed"),
        ("2026-11-21", True, "passed"),
        ("2026-11-21", False, None),
    ],
)
def test_where_a_date_lies(text: str, plan: bool, place: str | None) -> None:
    period = parse_period(text)
    assert agenda.when(period.start, period.end, TODAY, plan=plan) == place


@pytest.mark.parametrize(
    ("word", "text", "known", "named", "plan"),
    [
        ("announced", "2026-Q4", "2025-09-18", False, True),
        ("announced", "2025-10", "2025-10-19", False, False),
        ("in_force", "2027-01", "2026-01-01", False, False),
        ("shipping", "2027-01", "2026-01-01", False, False),
        ("planned", "2025", "2026-11-21", True, True),
        ("under_construction", "2025-09", "2025-09-16", True, False),
        ("planned", "2026-02-09", "2026-02-09", True, False),
        ("operational", "2027", "2026-01-01", True, False),
    ],
)
def test_what_is_a_plan(word: str, text: str, known: str, named: bool, plan: bool) -> None:
    period = parse_period(text)
    day = date.fromisoformat(known)
    assert agenda.is_plan(word, period.start, period.end, day, named=named) is plan


@given(periods)
def test_the_listed_period_is_never_narrower_than_the_date(text: str) -> None:
    period = parse_period(text)
    under = parse_period(agenda.group(period.text, period.start, period.precision))
    assert under.start <= period.start
    assert period.end <= under.end
    if period.precision not in ("day", "month"):
        assert under.text == text


@given(periods, st.dates(date(2019, 1, 1), date(2036, 12, 31)))
def test_a_plan_is_always_somewhere_and_moves_one_way(text: str, today: date) -> None:
    period = parse_period(text)
    order = ["ahead", "open", "passed"]
    now = agenda.when(period.start, period.end, today, plan=True)
    later = agenda.when(period.start, period.end, today + timedelta(days=40), plan=True)
    assert now is not None
    assert later is not None
    assert order.index(now) <= order.index(later)
    told = agenda.when(period.start, period.end, today, plan=False)
    assert told == ("ahead" if now == "ahead" else None)
