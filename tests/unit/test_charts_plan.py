"""Arithmetic behind the charts: label spreading, scales, gaps, rival values, text widths."""

from __future__ import annotations

import itertools
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from observatory.charts.measure import Measure
from observatory.charts.plan import LineSpec, read_events, value_axis
from observatory.charts.scales import Linear, Log, log_ticks, nice_ticks, time_ticks
from observatory.charts.series import (
    cadence,
    hover,
    off_scale,
    read_series,
    runs,
)
from observatory.charts.spread import spread
from observatory.charts.svg.small import place_of
from observatory.charts.svg.tiles import class_breaks
from observatory.charts.text import shorten, text_width, wrap
from observatory.i18n import translator
from observatory.model.time import PeriodError

T = translator("en")
FINITE = st.floats(-1e9, 1e9)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=12))
def test_spread_keeps_order_gap_and_room(wanted: list[float]) -> None:
    placed = spread(wanted, 14, 0, 300)
    assert all(-1e-6 <= y <= 300 + 1e-6 for y in placed)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    for a, b in itertools.pairwise(order):
        assert placed[b] - placed[a] >= 14 - 1e-6


def test_spread_moves_nothing_that_is_apart_already() -> None:
    assert spread([10, 60, 30], 14) == [10, 60, 30]
    assert spread([50, 50], 14) == [43, 57]
    assert spread([], 14) == []
    assert spread([1, 2, 3], 50, 0, 20) == [0, 10, 20]


@given(FINITE, FINITE)
@example(0.0, 5e-324)
@example(1e9, 1e9 + 1e-6)
def test_ticks_are_few_round_and_inside(a: float, b: float) -> None:
    low, high = sorted((a, b))
    ticks = nice_ticks(low, high)
    assert len(ticks) <= 5
    slack = (high - low) * 1e-6 + 1e-9
    assert all(low - slack <= tick <= high + slack for tick in ticks)


def test_ticks_of_usual_axes() -> None:
    assert nice_ticks(0, 63.4, 4) == [0, 20, 40, 60]
    assert nice_ticks(0, 8, 4, whole=True) == [0, 4, 8]
    assert nice_ticks(0, 1, 4, whole=True) == [0, 1]
    assert log_ticks(1, 1000) == [1, 10, 100, 1000]
    assert log_ticks(300_000, 22_000_000) == [300_000, 1_000_000, 3_000_000, 10_000_000]
    assert log_ticks(-1, 5) == []


def test_time_ticks_are_whole_years_or_quarters() -> None:
    first, last = date(2018, 11, 15).toordinal(), date(2026, 6, 15).toordinal()
    assert [tick.period for tick in time_ticks(first, last, 4)] == ["2019", "2021", "2023", "2025"]
    first, last = date(2025, 7, 1).toordinal(), date(2026, 4, 20).toordinal()
    assert [tick.period for tick in time_ticks(first, last, 4)] == [
        "2025-07", "2025-10", "2026-01", "2026-04",
    ]  # fmt: skip
    assert time_ticks(0, 10) == []


def test_scales_survive_a_single_value() -> None:
    assert Linear(5, 5, 0, 100)(5) == 50
    assert Log(5, 5, 0, 100)(5) == 50
    assert Log(1, 100, 0, 100)(10) == pytest.approx(50)
    assert Log(1, 100, 0, 100)(-3) == 0


def test_an_axis_holds_a_line_that_rises_far_above_its_last_tick() -> None:
    spec = LineSpec(measure=Measure("", "USD", "US$", 1, "USD"))
    domain, ticks = value_axis([0.2e9, 5.3e9], spec, T)
    assert domain == (0, 6e9)
    assert [tick.label for tick in ticks] == ["0", "2", "4", "6\N{NO-BREAK SPACE}bn"]
    _, ticks = value_axis([10, 63.4], LineSpec(measure=Measure("", "percent", "%")), T)
    assert [tick.label for tick in ticks] == ["0", "20", "40", "60\N{NO-BREAK SPACE}%"]


def rows(*values: tuple[str, str, float | None], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(values, columns=["entity_id", "period", "value"])
    return frame.assign(**more)


def test_a_missing_period_and_a_missing_value_break_the_line() -> None:
    frame = rows(
        ("KOR", "2019", 1), ("KOR", "2020", 2), ("KOR", "2022", 3), ("KOR", "2023", None),
        ("KOR", "2024", 4), ("KOR", "2025", 5),
    )  # fmt: skip
    series = read_series(frame)
    parts = runs(series[0].points, cadence(series))
    assert [[p.period for p in run] for run in parts] == [
        ["2019", "2020"], ["2022"], ["2024", "2025"],
    ]  # fmt: skip
    joined = runs(series[0].points, 0)
    assert [len(run) for run in joined] == [3, 2]


def test_lists_of_june_and_november_are_no_gap() -> None:
    frame = rows(*(("KOR", p, 1.0) for p in ("2024-06", "2024-11", "2025-06", "2025-11")))
    series = read_series(frame)
    assert len(runs(series[0].points, cadence(series))) == 1


def test_the_headline_stands_for_its_period_and_disputed_values_are_rivals() -> None:
    frame = rows(("KOR", "2024", 1.0), ("KOR", "2024", 4.0), ("KOR", "2025", 2.0))
    chosen = read_series(frame.assign(is_headline=[False, True, True]))[0]
    assert [p.value for p in chosen.known] == [4.0, 2.0]
    assert chosen.rivals == ()
    disputed = read_series(frame.assign(is_headline=[False, False, True]))[0]
    assert [p.value for p in disputed.known] == [2.0]
    assert [p.value for p in disputed.rivals] == [1.0, 4.0]


def test_publishers_of_one_entity_are_never_joined() -> None:
    frame = rows(("KOR", "2024", 1.0), ("KOR", "2024", 4.0), series_id=["cset", "hai"])
    assert [one.key for one in read_series(frame)] == ["KOR|cset", "KOR|hai"]


def test_a_span_that_ends_early_makes_a_part_year() -> None:
    frame = rows(("KOR", "2026", 1.0), ("KOR", "2025", 5.0), span=["2026-01/2026-07-15", ""])
    one = read_series(frame)[0]
    assert [p.partial_to for p in one.points] == ["", "2026-07-15"]
    assert one.last is not None
    assert one.last.period == "2025"
    assert hover(one.points[1], one, "1 model", T) == "KOR · 1 model · 2026, to 15 Jul 2026"


def test_a_bad_period_is_an_error_and_a_missing_one_is_skipped() -> None:
    assert read_series(rows(("KOR", "", 1.0))) == []
    with pytest.raises(PeriodError):
        read_series(rows(("KOR", "spring 2024", 1.0)))


def test_series_that_dwarf_the_subject_are_found() -> None:
    frame = rows(("CHN", "2024", 900.0), ("KOR", "2024", 100.0), ("TWN", "2024", 150.0))
    assert off_scale(read_series(frame), "KOR") == ["CHN"]
    assert off_scale(read_series(frame), "ZZZ") == []


def test_events_are_numbered_in_time_and_kept_inside_the_axis() -> None:
    frame = pd.DataFrame(
        {"period": ["2026-01", "2025-05-14", "2030"], "label": ["b", "a", "c"], "row_id": None}
    )
    first, last = date(2025, 1, 1).toordinal(), date(2026, 6, 1).toordinal()
    events = read_events(frame, first, last)
    assert [(event.number, event.label) for event in events] == [(1, "a"), (2, "b")]
    assert read_events(None, first, last) == []


def test_ranks_share_the_better_place() -> None:
    assert place_of([5, 5, 3], 5) == 1
    assert place_of([5, 5, 3], 3) == 3
    assert place_of([5, 5, 3], 3, higher_is_better=False) == 1


@given(st.lists(st.floats(-1e6, 1e9), max_size=20))
@example([0.0, 5e-324])
def test_class_limits_rise_and_lie_inside(values: list[float]) -> None:
    limits = class_breaks(values)
    assert limits == sorted(set(limits))
    assert len(limits) <= 5
    assert all(min(values) < limit <= max(values) for limit in limits)


def test_class_limits_are_round() -> None:
    values = [16.4, 37.1, 22.5, 17.6, 31.8, 12.4, 26.5, 20.1, 21.8, 63.4, 14.1, 39.5]
    assert class_breaks(values) == [15, 20, 30, 40]
    assert class_breaks([5, 5, 5]) == []
    assert class_breaks([76.9, 76.4, 72.1, 70.3, 69.9, 66, 64]) == [66, 70, 72, 76]


def test_texts_are_measured_cut_and_wrapped() -> None:
    assert text_width("韓国", 10) == 20
    assert text_width("ii", 10) < text_width("WW", 10)
    assert shorten("South Korea", 400, 12) == "South Korea"
    assert shorten("South Korea", 40, 12).endswith("…")
    assert wrap("one two three", 52, 12) == ["one two", "three"]
    assert all(
        text_width(line, 12) <= 60 for line in wrap("東アジアの人工知能を観測する。", 60, 12)
    )
    # A Korean word is never broken inside.
    assert wrap("인공지능 기본법", 60, 12) == ["인공지능", "기본법"]
