"""Which value of a chip is compared, who matches a reference, best so far, throughput by power."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import chips as an
from observatory.charts.palette import palette
from observatory.charts.svg.chips import Axis, DuelSpec, duel
from observatory.i18n import translator
from observatory.views.chips import data as chips_data
from observatory.views.chips.data import AXES, REFERENCE, Choice, Field, address, read

BANDWIDTH = "memory_bandwidth_gbs"


def row(chip: str, **more: Any) -> dict[str, Any]:
    day = more.pop("day", "2024-05-01")
    found: dict[str, Any] = {
        "chip_id": chip, "name": chip.upper(), "native_name": None, "org_id": "org", "economy_id": "CHN",
        "kind": "accelerator", "released": day, "period_start": date.fromisoformat(day) if day else None,
        "period_end": date.fromisoformat(day) if day else None, "chip_status": "shipping", "status": "reported",
        "not_compared": None, "confidence": "medium", "is_lead": True, "known_on": date(2025, 12, 31),
        "row_id": f"h-{chip}", "source_id": "epoch", "origin": "Epoch AI", "fp16_format": None,
        **dict.fromkeys(an.MEASURES),
    }  # fmt: skip
    return found | more


def one(*rows: dict[str, Any]) -> an.Chip:
    (chip,) = an.gather(rows)
    return chip


def test_a_value_of_a_good_source_is_compared() -> None:
    chip = one(row("a", memory_bandwidth_gbs=3200.0))
    assert chip.fine(BANDWIDTH) == 3200
    assert chip.fine("memory_gb") is None


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([row("a", memory_bandwidth_gbs=9.0, confidence="low")], "weak"),
        ([row("a", memory_bandwidth_gbs=9.0, not_compared="tdp_w;memory_bandwidth_gbs")], "doubtful"),
        ([row("a", memory_bandwidth_gbs=9.0),
          row("a", memory_bandwidth_gbs=8.0, is_lead=False, row_id="h-2", origin="Press")], "disputed"),
        ([row("a", memory_bandwidth_gbs=9.0),
          row("a", memory_bandwidth_gbs=9.1, is_lead=False, row_id="h-2", origin="Press")], "fine"),
        ([row("a", memory_bandwidth_gbs=9.0, confidence="low"),
          row("a", memory_bandwidth_gbs=9.0, confidence="low", row_id="h-2", origin="Press")], "fine"),
        ([row("a", memory_bandwidth_gbs=9.0, confidence="low"),
          row("a", memory_bandwidth_gbs=9.0, confidence="low", row_id="h-2")], "weak"),
    ],
)  # fmt: skip
def test_what_keeps_a_value_out_of_comparisons(rows: list[dict[str, Any]], state: str) -> None:
    value = an.settle(rows, BANDWIDTH)
    assert value is not None
    assert value.state == state
    assert value.fine is (state == "fine")


def test_the_better_source_speaks_first_and_the_others_stay() -> None:
    weak = row("a", memory_bandwidth_gbs=1600.0, confidence="low", row_id="h-weak")
    good = row("a", memory_bandwidth_gbs=1600.0, is_lead=False, row_id="h-good", origin="Press")
    value = an.settle([weak, good], BANDWIDTH)
    assert value is not None
    assert value.row_id == "h-good"
    assert value.rivals == ((1600.0, "h-weak"),)


def test_where_a_state_is_not_stated_nothing_is_assumed() -> None:
    assert one(row("a", chip_status=None)).status == ""
    assert chips_data.state_of(one(row("a", chip_status=None))) == "unknown"
    assert not an.frontier([one(row("a", chip_status=None, memory_bandwidth_gbs=1.0))], BANDWIDTH)


def test_matching_leaves_out_the_doubtful_processors_and_the_reference() -> None:
    reference = one(row("ref", memory_bandwidth_gbs=100.0))
    chips = [
        reference,
        one(row("more", memory_bandwidth_gbs=101.0)),
        one(row("same", memory_bandwidth_gbs=100.0)),
        one(row("less", memory_bandwidth_gbs=99.0)),
        one(row("doubt", memory_bandwidth_gbs=900.0, not_compared=BANDWIDTH)),
        one(row("cpu", memory_bandwidth_gbs=900.0, kind="cpu")),
        one(row("silent")),
    ]
    assert [chip.id for chip in an.matching(chips, reference, (BANDWIDTH,))] == ["more", "same"]
    assert an.matching(chips, reference, ()) == []
    assert an.matching(chips, reference, (BANDWIDTH, "memory_gb")) == []


def test_smaller_is_better_for_the_process() -> None:
    reference = one(row("ref", process_nm=5.0))
    chips = [one(row("fine", process_nm=3.0)), one(row("coarse", process_nm=7.0))]
    assert [chip.id for chip in an.matching(chips, reference, ("process_nm",))] == ["fine"]


@given(st.lists(st.tuples(st.integers(0, 3000), st.floats(1, 1e5)), max_size=30))
def test_a_frontier_only_ever_gets_better(found: list[tuple[int, float]]) -> None:
    chips = [
        one(row(f"c{i}", day=date.fromordinal(date(2015, 1, 1).toordinal() + day).isoformat(),
                memory_bandwidth_gbs=value))
        for i, (day, value) in enumerate(found)
    ]  # fmt: skip
    steps = an.frontier(chips, BANDWIDTH).get("CHN", [])
    assert bool(steps) is bool(found)
    assert all(a.day <= b.day and a.value < b.value for a, b in pairwise(steps))
    if found:
        assert steps[-1].value == max(value for _, value in found)
        first = an.first_reached(steps, steps[0].value, BANDWIDTH)
        assert first == steps[0]


def test_throughput_by_power_never_mixes_formats_or_sources() -> None:
    chips = [
        one(row("both", fp16_tflops=800.0, fp16_format="fp16_or_bf16", tdp_w=400.0)),
        one(row("half", fp16_tflops=300.0, fp16_format="fp16", tdp_w=300.0)),
        one(row("unsaid", fp16_tflops=300.0, tdp_w=300.0)),
        one(row("reckoned", fp16_tflops=900.0, fp16_format="fp16_or_bf16", tdp_w=100.0, not_compared="tdp_w")),
        one(row("apart", fp16_tflops=300.0, fp16_format="fp16"),
            row("apart", tdp_w=1.0, row_id="h-2", source_id="press", origin="Press", is_lead=False)),
    ]  # fmt: skip
    assert [(e.chip.id, e.value) for e in an.efficiencies(chips, "fp16_or_bf16")] == [("both", 2.0)]
    assert [(e.chip.id, e.value) for e in an.efficiencies(chips, "fp16")] == [("half", 1.0)]


def test_the_best_throughput_by_power_comes_first_and_equals_by_their_ids() -> None:
    chips = [
        one(row(key, fp16_tflops=value, fp16_format="fp16", tdp_w=100.0))
        for key, value in (("b", 100.0), ("c", 300.0), ("a", 100.0))
    ]
    assert [e.chip.id for e in an.efficiencies(chips, "fp16")] == ["c", "a", "b"]


@pytest.mark.parametrize(
    "value", [None, float("nan"), pd.NaT, "", "<NA>", "NaT", "nan", "None"], ids=repr
)
def test_what_says_nothing_is_missing(value: object) -> None:
    assert an.missing(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "none", date(2024, 5, 1)], ids=repr)
def test_nothing_of_a_number_is_a_value(value: object) -> None:
    assert not an.missing(value)


def test_of_equal_sources_the_latest_speaks() -> None:
    early = row("a", memory_gb=80.0, known_on=date(2024, 1, 31), row_id="h-1")
    late = row("a", memory_gb=80.0, known_on=date(2026, 1, 31), row_id="h-2")
    undated = row("a", memory_gb=80.0, known_on=None, row_id="h-0")
    value = an.settle([early, undated, late], "memory_gb")
    assert value is not None
    assert (value.row_id, value.known_on) == ("h-2", date(2026, 1, 31))
    assert [key for _, key in value.rivals] == ["h-1", "h-0"]


def test_a_date_comes_from_a_row_that_has_one_or_stays_empty() -> None:
    later = row("a", day="2025-03-01", is_lead=False, row_id="h-2")
    chip = one(row("a", day=None), later)
    assert (chip.released, chip.end, chip.date_row) == ("2025-03-01", date(2025, 3, 1), "h-2")
    bare = one(row("b", day=None))
    assert (bare.released, bare.start, bare.end, bare.date_row) == ("", None, None, "")


def test_finer_processes_are_records_and_a_level_is_reached_from_above() -> None:
    days = (("2020-01-01", 16.0), ("2021-01-01", 20.0), ("2022-01-01", 7.0), ("2023-01-01", 5.0))
    chips = [one(row(f"c{i}", day=day, process_nm=size)) for i, (day, size) in enumerate(days)]
    steps = an.frontier(chips, "process_nm")["CHN"]
    assert [step.value for step in steps] == [16.0, 7.0, 5.0]
    assert an.first_reached(steps, 7.0, "process_nm") == steps[1]
    assert an.first_reached(steps, 4.0, "process_nm") is None


# What the address says ---------------------------------------------------------------------------


def field() -> Field:
    return Field(
        tuple(an.gather([row("a", memory_bandwidth_gbs=1.0), row(REFERENCE, economy_id="USA")]))
    )


def test_an_address_gives_the_choice_it_was_made_of() -> None:
    choice = Choice("fp16", "memory", "a", "CHN", "shipping", True, "a")
    query = dict(pair.split("=") for pair in address(choice).partition("?")[2].split("&"))
    assert read(query, field()) == (choice, ())
    assert address(Choice()) == "/chips"


def test_bad_parameters_fall_back_and_are_named() -> None:
    extra = {
        "x": "price",
        "y": "date",
        "ref": "h900",
        "from": "XXX",
        "state": "sold",
        "match": "yes",
        "id": "?",
    }
    choice, bad = read(extra, field())
    assert choice == Choice()
    assert {name for name, _ in bad} == set(extra)


def test_one_measure_is_never_on_both_axes() -> None:
    choice, bad = read({"x": "memory", "y": "memory"}, field())
    assert (choice.x, choice.y) == ("date", "memory")
    assert bad == (("x", "memory"),)


# The drawing -------------------------------------------------------------------------------------


def frame(**more: Any) -> pd.DataFrame:
    base = {"key": ["a", "b"], "label": ["A", "<b>"], "value": [10.0, 1000.0], "across": [1.0, 2.0],
            "period": ["2024-05-01", "2026-Q4"], "economy_id": ["CHN", "USA"], "state": ["shipping", "announced"],
            "row_id": ["h-a", "h-b"], "said": ["A said", "B said"]}  # fmt: skip
    return pd.DataFrame(base | more)


def test_the_drawing_opens_receipts_and_marks_the_reference() -> None:
    spec = DuelSpec(x=Axis("Date", time=True), y=Axis("GB/s", log=True), reference="a", subjects=("CHN",),
                    today="2025-01-01", name="n")  # fmt: skip
    drawn = duel(frame(), spec, palette("css"), translator("en"))
    assert drawn.count('data-receipt="h-') == 2
    assert "<b>" not in drawn
    assert "ahead →" in drawn


@pytest.mark.parametrize("axis", list(AXES))
def test_the_drawing_stands_what_is_missing(axis: str) -> None:
    one_axis = Axis(time=axis == "date", log=axis == "fp16", less=axis == "process")
    spec = DuelSpec(x=one_axis, y=Axis(), reference="a", name="n", width=358)
    t = translator("ja")
    for rows in (frame(), frame().iloc[:0], frame(value=[None, 1.0]), frame(value=[-1.0, 0.0])):
        assert duel(rows, spec, palette("css"), t).startswith("<svg")
