"""The shipped scorecard reckoned a second time from the curated files, in plain Python."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.measures import Catalogue
from observatory.views.scorecard.choice import Choice, Plan, plan_of
from observatory.views.scorecard.data import Result, economies_of, result, sheet

DATA = Path(__file__).resolve().parents[2] / "data"
EVERYONE = SCOPE + COMPARATORS
Cell = tuple[str, str]


@pytest.fixture(scope="module")
def file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / "scorecard.yml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def plan(catalogue: Catalogue) -> Plan:
    found = plan_of(catalogue.db)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shown(catalogue: Catalogue, plan: Plan) -> Result:
    values = sheet(catalogue, plan, economies_of(EVERYONE), per_person=False)
    return result(values, plan, Choice(), EVERYONE)


def rows() -> Iterator[dict[str, str]]:
    for path in sorted((DATA / "observations").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


@pytest.fixture(scope="module")
def printed(file: dict[str, Any]) -> dict[tuple[str, str, str], set[float]]:
    """Values that the files print for each scored measure, economy and period."""
    found: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    for row in rows():
        if row["indicator_id"] in file["indicators"] and row["value"] and not row.get("span"):
            found[row["indicator_id"], row["entity_id"], row["period"]].add(float(row["value"]))
    return found


def test_every_value_stands_in_the_files(shown: Result, printed: dict[Any, set[float]]) -> None:
    assert len(shown.sheet.cells) > 480
    for (economy, key), cell in shown.sheet.cells.items():
        assert float(cell["value"]) in printed[key, economy, str(cell["period"])], (economy, key)


def test_the_period_is_the_newest_that_eight_hold(
    shown: Result, printed: dict[Any, set[float]], file: dict[str, Any]
) -> None:
    """Where the files hold a common period, the scorecard uses the newest; never one before 2021."""
    for key in file["indicators"]:
        used = {str(c["period"]) for (_, k), c in shown.sheet.cells.items() if k == key}
        holders: dict[str, set[str]] = defaultdict(set)
        for indicator, economy, period in printed:
            if indicator == key and economy in SCOPE:
                holders[period].add(economy)
        common = {period for period, who in holders.items() if len(who) >= 8}
        if len(used) == 1:
            assert used <= common or len(holders[min(used)]) < 8, (key, used)
        assert all(int(period[:4]) >= 2021 for period in used), (key, used)


def reckon(file: dict[str, Any], shown: Result, economy: str, preset: str) -> float:
    """An economy's score from values and the file, without any of the app's arithmetic."""
    points = file["presets"][preset]["pillars"]
    means: dict[str, list[float]] = defaultdict(list)
    for key, block in file["indicators"].items():
        cell = shown.sheet.cells.get((economy, key))
        if cell is None:
            continue
        x, low, high = float(cell["value"]), float(block["low"]), float(block["high"])
        if block["scale"] == "log":
            x, low, high = math.log(max(x, low)), math.log(low), math.log(high)
        means[block["pillar"]].append(100 * min(max((x - low) / (high - low), 0), 1))
    total = sum(points[pillar] for pillar in means)
    return sum(points[pillar] * sum(found) / len(found) for pillar, found in means.items()) / total


@pytest.mark.parametrize("preset", ["balanced", "equal", "research", "industry", "sovereignty"])
def test_scores_are_those_of_the_file(
    shown: Result, plan: Plan, file: dict[str, Any], preset: str
) -> None:
    found = result(shown.sheet, plan, Choice(preset=preset), EVERYONE)
    expected = [reckon(file, shown, economy, preset) for economy in EVERYONE]
    assert np.allclose(found.scores, expected)
    assert found.ranked is not None
    able = [row for row in range(len(EVERYONE)) if found.able[row]]
    for row, place in zip(found.ranked.rows, found.ranked.place, strict=True):
        assert place == 1 + sum(expected[other] > expected[row] + 1e-9 for other in able)


def test_no_measure_in_the_file_falls_in_its_points(shown: Result) -> None:
    """More is better in all thirty today; a falling one would turn its goalposts."""
    assert all(goal.rising for goal in shown.sheet.field.goals)


def test_goalposts_hold_the_twenty(shown: Result, catalogue: Catalogue, plan: Plan) -> None:
    """Room on both sides, as the file says; only counts of zero lie below."""
    per_head = sheet(catalogue, plan, EVERYONE, per_person=True)
    for found in (shown.sheet, per_head):
        for i, (key, goal) in enumerate(
            zip(found.field.indicators, found.field.goals, strict=True)
        ):
            column = found.field.values[:, i]
            column = column[~np.isnan(column)]
            assert column.max() <= goal.high, key
            outside = column[column < goal.low]
            assert (outside == 0).all(), (key, outside)


def share_of_weight(file: dict[str, Any], shown: Result, economy: str, points: Any) -> float:
    """Part of all weight on measures an economy has a value of, from the file's own pillars."""
    found = 0.0
    for pillar, weight in points.items():
        of = [key for key, block in file["indicators"].items() if block["pillar"] == pillar]
        held = sum((economy, key) in shown.sheet.cells for key in of)
        found += weight * held / len(of)
    return found / sum(points.values())


HEAVY = {
    "models": 80,
    "compute": 5,
    "capital": 3,
    "adoption": 3,
    "research": 3,
    "talent": 3,
    "governance": 3,
}


@pytest.mark.parametrize("changed", [None, HEAVY], ids=["start", "models"])
def test_who_is_ranked_has_the_measures_and_the_weight(
    shown: Result, plan: Plan, file: dict[str, Any], changed: dict[str, int] | None
) -> None:
    """Counted anew from the file: 70 % of the measures and half of the weight."""
    choice = Choice(changed=tuple((changed or {}).items()))
    found = result(shown.sheet, plan, choice, EVERYONE)
    points = changed or file["presets"]["balanced"]["pillars"]
    for row, economy in enumerate(EVERYONE):
        held = sum((economy, key) in shown.sheet.cells for key in file["indicators"])
        share = share_of_weight(file, shown, economy, points)
        assert found.covered[row] == pytest.approx(share)
        assert found.able[row] == (held >= 0.7 * len(file["indicators"]) and share >= 0.5), economy


def test_nobody_is_ranked_on_a_pillar_without_data(shown: Result, plan: Plan) -> None:
    """Four fifths of the weight on models, of which Malaysia and Thailand have no values."""
    found = result(shown.sheet, plan, Choice(changed=tuple(HEAVY.items())), EVERYONE)
    assert found.ranked is not None
    ranked = {found.economies[int(row)] for row in found.ranked.rows}
    for economy in ("MYS", "THA"):
        assert found.covered[found.economies.index(economy)] < 0.21
        assert economy not in ranked


def test_every_measure_counts_from_the_start(shown: Result) -> None:
    assert shown.m == len(shown.sheet.field.indicators)
    assert not shown.sheet.thin


def test_what_is_scored_per_person_can_be_divided_on_every_page(
    catalogue: Catalogue, file: dict[str, Any]
) -> None:
    divided = {name for name, row in file["indicators"].items() if "person_scale" in row}
    assert len(divided) > 8
    assert {name for name in divided if not catalogue.can_be_relative(name)} == set()


def test_population_divides_the_value_of_its_own_receipt(catalogue: Catalogue, plan: Plan) -> None:
    per_head = sheet(catalogue, plan, SCOPE, per_person=True)
    divided = 0
    for (_, key), cell in per_head.cells.items():
        if cell.get("base_row_id"):
            divided += 1
            expected = float(cell["own_value"]) / float(cell["base_value"]) * 1e6
            assert float(cell["value"]) == pytest.approx(expected)
            assert int(cell["base_age"]) <= 5
        else:
            assert not plan.divided(key)
    assert divided > 150


def test_several_values_are_those_of_the_files(
    shown: Result, printed: dict[Any, set[float]]
) -> None:
    field = shown.sheet.field
    assert field.options
    for (e, i), values in field.options.items():
        economy, key = field.economies[e], field.indicators[i]
        period = str(shown.sheet.cells[economy, key]["period"])
        assert set(values) <= printed[key, economy, period]
        assert field.values[e, i] in values
