"""Checks of single values: units, periods, ranges, jumps and slips; scales of boards."""

from __future__ import annotations

import pytest
from tiny import Refuse, Tiny, place_of, warned

OBS = "observations/adoption.csv"
DEALS = "capital/deals.csv"
IPO = "capital/ipo_events.csv"


# Values -----------------------------------------------------------------------------------------


def test_unit(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(OBS, 3, unit="persons")
    (found,) = refuse((f"{OBS}:3:6", "unit"))
    assert "expected 'percent'" in found


@pytest.mark.parametrize(
    ("file", "line", "entity", "words"),
    [
        ("observations/investment.csv", 2, "JPN", "is no organization"),
        (OBS, 2, "org-one", "is no economy"),
        (OBS, 2, "XYZ", "is no known entity"),
        (OBS, 2, "CN-SH", "is no known entity"),
        (OBS, 17, "org-x", "is no known entity"),
    ],
)
def test_entity(tiny: Tiny, refuse: Refuse, file: str, line: int, entity: str, words: str) -> None:
    tiny.set(file, line, entity_id=entity)
    (found,) = refuse((f"{file}:{line}:2", "entity"))
    assert words in found


def test_period_known(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(OBS, 3, period="2025-04")
    (found,) = refuse((f"{OBS}:3:3", "period-known"))
    assert "2025-03-14" in found


@pytest.mark.parametrize(
    "cells",
    [
        {"period": "2025-04", "status_hint": "forecast"},
        {"period": "2025-03"},  # a period may end after it was known: a part of it was counted
        {"period": "2025"},
        {"period": "2025-04", "known_on": "2025-05-01"},
    ],
)
def test_period_that_had_started(tiny: Tiny, cells: dict[str, str]) -> None:
    tiny.set(OBS, 3, **cells)
    warned(tiny)


def test_published(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set("sources.csv", 3, published="2026-02")
    (found,) = refuse(("sources.csv:3:7", "published"))
    assert "2026-01-10" in found
    tiny.set("sources.csv", 3, published="2026-01")  # the month may have ended later
    assert tiny.errors() == []


@pytest.mark.parametrize(
    ("line", "value", "words"),
    [
        (2, "101", "outside 0 to 100"),
        (2, "-0.1", "outside 0 to 100"),
        (10, "-1", "outside 0 to inf"),
        (16, "9.9", "outside 10 to 50"),
        (16, "50.1", "outside 10 to 50"),
    ],
)
def test_range(tiny: Tiny, refuse: Refuse, line: int, value: str, words: str) -> None:
    tiny.set(OBS, line, value=value)
    (found,) = refuse((f"{OBS}:{line}:5", "range"))
    assert words in found
    assert "expected a value in range, or 'minimum'/'maximum' on the indicator" in found


@pytest.mark.parametrize(("line", "value"), [(2, "100"), (2, "0"), (16, "10"), (16, "50")])
def test_ends_of_a_range_are_in_it(tiny: Tiny, line: int, value: str) -> None:
    tiny.set(OBS, line, value=value)
    warned(tiny)


def test_own_limits_go_before_the_kinds(tiny: Tiny) -> None:
    tiny.replace(
        "indicators/adoption.yml", "  pillar: adoption\n", "  pillar: adoption\n  maximum: 150\n"
    )
    tiny.set(OBS, 2, value="140")
    warned(tiny)


@pytest.mark.parametrize(
    ("kind", "value"), [("physical", "-1"), ("index", "-1"), ("rank", "0.5"), ("count", "-1")]
)
def test_range_by_kind(tiny: Tiny, refuse: Refuse, kind: str, value: str) -> None:
    tiny.replace("indicators/adoption.yml", "  value_kind: count", f"  value_kind: {kind}")
    tiny.set(OBS, 14, value=value)
    refuse((f"{OBS}:14:5", "range"))


@pytest.mark.parametrize("kind", ["money", "rate"])
def test_kinds_that_may_be_negative(tiny: Tiny, kind: str) -> None:
    tiny.replace("indicators/adoption.yml", "  value_kind: count", f"  value_kind: {kind}")
    tiny.set(OBS, 14, value="-3")
    warned(tiny)


def test_jump(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="18")
    (found,) = warned(tiny, (f"{OBS}:11:5", "jump"))
    assert "18 in 2022, 110 in 2023" in found
    tiny.set(OBS, 10, value="22")  # exactly five times
    warned(tiny)


def test_a_month_beside_a_year_is_no_jump(tiny: Tiny) -> None:
    tiny.add(OBS, like=12, period="2024-12", value="10")
    tiny.add(OBS, like=12, period="2024-11", value="9")
    warned(tiny)


def test_small_numbers_may_jump(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="1")
    tiny.set(OBS, 11, value="19")
    tiny.set(OBS, 12, value="19")
    tiny.set(OBS, 13, value="19")
    warned(tiny)


def test_unit_slip(tiny: Tiny) -> None:
    tiny.set(OBS, 5, value="4.5")
    tiny.set(OBS, 4, value="4.4")  # no jump of its own
    (found,) = warned(tiny, (f"{OBS}:6:5", "unit-slip"))
    assert f"45 here, 4.5 at tiny/{OBS}:5: a factor of 10" in found


@pytest.mark.parametrize(
    ("value", "found"), [("0.449", True), ("0.430", False), ("0.045", True), ("4.42", True)]
)
def test_unit_slip_is_told_from_a_difference(tiny: Tiny, value: str, found: bool) -> None:
    tiny.set(OBS, 5, value=value)
    assert bool([w for w in tiny.warnings() if "[unit-slip]" in w]) is found


def test_outlier(tiny: Tiny) -> None:
    for year, value in ((2021, "90"), (2020, "80")):
        tiny.add(OBS, like=10, period=str(year), value=value)
    tiny.set(OBS, 10, value="0.9")
    found = [place_of(line) for line in tiny.warnings()]
    assert (f"tiny/{OBS}:10:5", "outlier") in found
    tiny.set(OBS, 10, confidence="low")
    assert (f"tiny/{OBS}:10:5", "outlier") not in [place_of(line) for line in tiny.warnings()]


# Scales of boards -------------------------------------------------------------------------------

SCALES = "technology/scale_blocks.csv"
RESULTS = "technology/benchmark_results.csv"


def board_copies(tiny: Tiny, *scores: str) -> None:
    """Make the tiny board a re-fitted one with two copies."""
    tiny.set(SCALES, 2, clock="board", ends="2025-06-01")
    for line, score in zip((2, 3), scores, strict=True):
        tiny.add(RESULTS, like=line, as_of="2025-06-01", score=score)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"ends": "2025-04-30"}, 3, "ends: 2025-04-30 is before its start 2025-05-01"),
        ({"clock": ""}, 5, "clock: is empty for a scale"),
        ({"dates": ""}, 6, "dates: is empty for a scale"),
        ({"coverage": ""}, 7, "coverage: is empty for a scale"),
        ({"kind": "gap"}, 5, "clock: is filled for a gap"),
    ],
)
def test_scale_shape(tiny: Tiny, cells: dict[str, str], column: int, words: str) -> None:
    tiny.set(SCALES, 2, **cells)
    place = (f"tiny/{SCALES}:2:{column}", "scale-shape")
    assert [line for line in tiny.errors() if place_of(line) == place and words in line]


def test_scales_of_a_board_do_not_overlap(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, ends="2025-05-03")
    tiny.add(SCALES, like=2, starts="2025-05-03", ends="2025-05-04", kind="gap", clock="", dates="",
             coverage="")  # fmt: skip
    refuse((f"{SCALES}:3:2", "scale-shape"))


def test_a_scale_whose_models_stand_still(tiny: Tiny) -> None:
    board_copies(tiny, "82.0", "79.5")
    warned(tiny)


def test_a_scale_that_was_reset(tiny: Tiny, refuse: Refuse) -> None:
    board_copies(tiny, "91.5", "89.0")
    (found,) = refuse((f"{SCALES}:2:2", "scale-still"))
    assert "2 models" in found
    assert "by a median of 10.0" in found


def test_a_scale_without_a_model_in_both_copies(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, clock="board", ends="2025-06-01")
    tiny.add(RESULTS, like=2, as_of="2025-06-01", model_name="Model C", model_id="")
    refuse((f"{SCALES}:2:2", "scale-still"))


def test_a_scale_without_scores(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, starts="2024-05-01", ends="2024-05-02")
    (found,) = refuse((f"{SCALES}:2:2", "scale-still"))
    assert "the span holds no score of this board" in found


def test_a_scale_may_move_by_its_limit(tiny: Tiny) -> None:
    for line in (2, 3):
        tiny.set(RESULTS, line, score="200", ci_low="", ci_high="")
    board_copies(tiny, "203", "203")  # exactly 1.5 %
    warned(tiny)


@pytest.mark.parametrize("broken", [RESULTS, SCALES])
def test_of_a_scale_beside_a_broken_file_nothing_is_said(
    tiny: Tiny, refuse: Refuse, broken: str
) -> None:
    if broken == SCALES:
        tiny.set(SCALES, 2, starts="2024-05-01", ends="2024-05-02")
        tiny.add(SCALES, like=2, kind="nonsense")
        refuse((f"{SCALES}:3:4", "type"))
    else:
        for line in (2, 3):
            tiny.set(RESULTS, line, score="nonsense")
        refuse((f"{RESULTS}:2:6", "type"), (f"{RESULTS}:3:6", "type"))


def test_what_makers_report_themselves_has_no_scale(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(RESULTS, 3, note="vendor-reported comparison")
    refuse((f"{SCALES}:2:1", "scale-still"))
