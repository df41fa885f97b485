"""The answers of the chips and compute pages, reckoned again from the files alone."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from observatory.analysis import chips as an
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.views.chips import data as chips_data
from observatory.views.chips import head as chips_head
from observatory.views.chips import trends as chips_trends
from observatory.views.compute import data as compute_data
from observatory.views.measures import Catalogue

DATA = Path(__file__).resolve().parents[2] / "data"
H100 = "nvidia-h100-sxm5-80gb"


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def field(db: Database) -> chips_data.Field:
    return chips_data.load(db, None)


def compared(column: str) -> dict[str, float]:
    """Undoubted values by chip: not weak, not marked, no source far off."""
    groups = defaultdict(list)
    for row in table("technology/chips.csv"):
        groups[row["chip_id"]].append(row)
    found = {}
    for chip, rows in groups.items():
        own = [row for row in rows if row[column]]
        values = [float(row[column]) for row in own]
        good = [float(row[column]) for row in own if row["confidence"] != "low"]
        if not values or any(column in row["not_compared"].split(";") for row in own):
            continue
        if max(values) - min(values) > 0.02 * max(values):
            continue
        if good or len({row["source_id"] for row in own}) > 1:
            found[chip] = (good or values)[0]
    return found


def test_which_chinese_accelerators_match_an_h100_and_ship(
    db: Database, field: chips_data.Field
) -> None:
    rows = table("technology/chips.csv")
    bandwidth = compared("memory_bandwidth_gbs")
    mark = bandwidth[H100]
    assert mark == 3350
    chinese = {
        row["chip_id"]
        for row in rows
        if row["economy_id"] == "CHN" and row["kind"] == "accelerator"
    }
    states = {row["chip_id"]: row["status"] for row in rows}
    ship = {
        chip for chip in chinese if bandwidth.get(chip, 0) >= mark and states[chip] == "shipping"
    }
    wait = {
        chip for chip in chinese if bandwidth.get(chip, 0) >= mark and states[chip] == "announced"
    }
    reference = field.get(H100)
    assert reference is not None
    good = [
        chip
        for chip in an.matching(field.chips, reference, ("memory_bandwidth_gbs",))
        if chip.economy == "CHN"
    ]
    assert {chip.id for chip in good if chip.status == "shipping"} == ship
    assert {chip.id for chip in good if chip.status == "announced"} == wait
    # The two that the file doubts are the reason why the answer is what it is.
    assert ship == set()
    assert {"ascend-950dt", "ascend-960", "ascend-970", "huawei-ascend-920"} == wait
    data = Catalogue(db, translator("en"))
    found = chips_head.finding(field, data, chips_data.Choice())
    assert found.startswith("No chip of China is known both to ship and to match H100 SXM5 80GB")
    assert re.search(r"\(3,350\sGB/s\)$", found)
    said = chips_head.answer(field, data, "CHN", H100, "bandwidth")
    assert re.search(r"Huawei Ascend 910C, has 3,200 GB/s: 96\s%", said)
    assert "MetaX MXC500" in said


def test_the_finding_counts_what_ships_and_matches(db: Database, field: chips_data.Field) -> None:
    data, reference = Catalogue(db, translator("en")), field.get(H100)
    assert reference is not None
    mark = reference.fine("memory_bandwidth_gbs")
    names = [
        chip.name
        for chip in field.accelerators
        if chip.economy == "USA" and chip.status == "shipping" and chip.id != H100
        and (chip.fine("memory_bandwidth_gbs") or 0) >= (mark or 0)
    ]  # fmt: skip
    choice = chips_data.Choice(origin="USA")
    found = chips_head.finding(field, data, choice)
    assert found.startswith(f"{len(names)} shipping chips of the United States match H100 SXM5")
    said = chips_head.answer(field, data, "USA", H100, "bandwidth")
    assert f"and {len(names) - 4} others." in said
    assert chips_head.finding(field, data, chips_data.Choice(ref="none-such")) == ""


@pytest.mark.parametrize("column", an.MEASURES)
def test_compared_values_are_those_of_the_file(field: chips_data.Field, column: str) -> None:
    page = {chip.id: chip.fine(column) for chip in field.chips if chip.fine(column) is not None}
    assert page == compared(column)


def test_a_chip_stands_once(field: chips_data.Field) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for row in table("technology/chips.csv"):
        names[row["name"].casefold()].add(row["chip_id"])
    assert all(len(ids) == 1 for ids in names.values())
    chip = field.get("ascend-910c")
    assert chip is not None
    assert len(chip.rows) == 2
    assert field.get("huawei-ascend-910c") is None


def test_how_long_before_the_united_states_had_what_china_has(field: chips_data.Field) -> None:
    bandwidth = compared("memory_bandwidth_gbs")
    dates = {}
    for row in table("technology/chips.csv"):
        if row["released"] and row["status"] == "shipping" and row["kind"] == "accelerator":
            known = dates.setdefault(row["chip_id"], row)
            if known["confidence"] == "low" and row["confidence"] != "low":
                dates[row["chip_id"]] = row
    own = {chip: row for chip, row in dates.items() if chip in bandwidth}
    best = max((bandwidth[chip], chip) for chip, row in own.items() if row["economy_id"] == "CHN")[
        1
    ]
    first = min(
        row["released"] for chip, row in own.items()
        if row["economy_id"] == "USA" and bandwidth[chip] >= bandwidth[best]
    )  # fmt: skip
    pair = chips_trends.lag(
        an.frontier(field.chips, "memory_bandwidth_gbs"), "CHN", "USA", "memory_bandwidth_gbs"
    )
    assert pair is not None
    assert pair[0].chip.id == best == "ascend-910c"
    assert pair[1].day.isoformat() == first == "2021-11-08"
    assert chips_trends.months(pair[1].day, pair[0].day) == 35


def test_no_ratio_rests_on_a_power_that_the_maker_does_not_state(field: chips_data.Field) -> None:
    rows = {(row["chip_id"], row["source_id"]): row for row in table("technology/chips.csv")}
    for form in ("fp16", "fp16_or_bf16"):
        found = an.efficiencies(field.chips, form)
        assert len(found) >= 10
        for one in found:
            row = rows[one.chip.id, one.throughput.source_id]
            assert row["fp16_format"] == form
            assert "the maker states none" not in row["note"]
            assert one.value == pytest.approx(float(row["fp16_tflops"]) / float(row["tdp_w"]))


def test_systems_and_clusters_are_those_of_the_files(db: Database) -> None:
    machines = compute_data.load(db, None)
    systems, clusters = table("technology/supercomputers.csv"), table("technology/clusters.csv")
    newest = max(row["list_date"] for row in systems)
    assert machines.editions[0] == newest
    assert len(machines.of_list(newest)) == sum(row["list_date"] == newest for row in systems)
    assert len(machines.clusters) == len(clusters)
    named = [
        compute_data.maker_of(row["accelerator"]) for row in systems if row["list_date"] == newest
    ]
    words = sum(
        "nvidia" in row["accelerator"].casefold() for row in systems if row["list_date"] == newest
    )
    assert named.count("NVIDIA") == words
