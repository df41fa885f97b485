"""Marks of events above a chart: twenty stay apart, sixty share marks, dates keep their width."""

from __future__ import annotations

import datetime as dt
import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.charts.event_places import FARTHEST, half_width, place
from observatory.charts.figures.time import time_lines
from observatory.charts.palette import palette
from observatory.charts.plan import Event, LineSpec, read_events
from observatory.charts.scales import Linear
from observatory.charts.svg.lines import lines
from observatory.i18n import translator

T = translator("en")
FIRST, LAST = dt.date(2018, 7, 1).toordinal(), dt.date(2026, 6, 30).toordinal()
DAYS = st.lists(st.integers(FIRST, LAST), max_size=70)


def events_on(days: list[int]) -> list[Event]:
    return [
        Event(i, day, dt.date.fromordinal(day).isoformat(), f"e{i}", f"p{i}", "policy", day, day)
        for i, day in enumerate(sorted(days), start=1)
    ]


@given(DAYS, st.sampled_from([240.0, 560.0, 1100.0]))
def test_marks_never_touch_and_lose_no_event(days: list[int], width: float) -> None:
    events = events_on(days)
    strip = place(events, Linear(FIRST, LAST, 40, 40 + width), 40, 40 + width)
    told = [one.event.number for mark in strip.marks for one in mark.extents]
    assert told == [event.number for event in events]
    assert strip.rows <= 2
    for row in range(strip.rows):
        marks = [mark for mark in strip.marks if mark.row == row]
        for a, b in itertools.pairwise(marks):
            assert b.x - a.x >= half_width(a.text) + half_width(b.text) + 1
    for mark in strip.marks:
        wanted = sum(one.at for one in mark.extents) / len(mark.extents)
        assert abs(mark.x - wanted) <= FARTHEST + 1e-6 or len(strip.marks) == 1


@pytest.mark.parametrize(("n", "width", "single"), [(20, 1100.0, True), (60, 240.0, False)])
def test_twenty_stand_alone_on_a_desk_and_sixty_share_on_a_phone(
    n: int, width: float, single: bool
) -> None:
    step = (LAST - FIRST) // n
    events = events_on([FIRST + i * step for i in range(n)])
    strip = place(events, Linear(FIRST, LAST, 0, width), 0, width)
    assert all(len(mark.extents) == 1 for mark in strip.marks) is single
    texts = [mark.text for mark in strip.marks]
    assert texts[0].startswith("1")
    assert texts[-1].endswith(str(n))


def test_dates_are_drawn_as_wide_as_they_are() -> None:
    frame = pd.DataFrame(
        {"period": ["2024-05-14", "2024-05", "2024"], "label": ["day", "month", "year"], "kind": ""}
    )
    found = read_events(frame, FIRST, LAST)
    strip = place(found, Linear(FIRST, LAST, 0, 600), 0, 600)
    by_label = {one.event.label: one for mark in strip.marks for one in mark.extents}
    assert by_label["day"].form == "line"
    assert by_label["month"].form == "band"
    assert by_label["year"].form == "bar"
    year = by_label["year"]
    assert year.right - year.left == pytest.approx(600 * 366 / (LAST - FIRST), rel=0.01)
    # Never as its first day.
    assert year.at == pytest.approx((year.left + year.right) / 2, abs=0.5)


def test_sixty_events_are_all_reachable_in_both_media() -> None:
    values = pd.DataFrame(
        {"entity_id": "KOR", "period": ["2018", "2022", "2026"], "value": [1, 2, 3]}
    )
    frame = pd.DataFrame(
        {
            "period": [f"20{19 + i // 10}-{1 + i % 10:02d}-15" for i in range(60)],
            "label": [f"event {i}" for i in range(60)],
            "row_id": [f"p{i:02d}" for i in range(60)],
            "kind": ["policy", "control", "model", "deal"] * 15,
        }
    )
    spec = LineSpec(subjects=("KOR",), width=358, height=280, key=True)
    drawn = lines(values, spec, palette("css"), T, frame)
    assert all(f'data-receipt="p{i:02d}"' in drawn for i in range(60))
    figure = time_lines(values, spec, palette("light"), T, frame)
    assert len(figure.layout.meta["events"]) == 60
    assert list(figure.data[-1].customdata) == [f"p{i:02d}" for i in range(60)]
