"""Frontier gaps reckoned again from the curated files, by other code than the page's."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from observatory.analysis import leaderboard as lb
from observatory.analysis.frontier import DAYS_A_MONTH
from observatory.db.connect import Database
from observatory.views.frontier import data as fd

TECHNOLOGY = Path(__file__).resolve().parents[2] / "data" / "technology"


def rows_of(name: str) -> list[dict[str, str]]:
    with (TECHNOLOGY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RESULTS = [
    row for row in rows_of("benchmark_results") if row["score"] and row["confidence"] != "low"
]
SCALES = rows_of("scale_blocks")
HIGHER = {row["benchmark_id"]: row["higher_is_better"] == "true" for row in rows_of("benchmarks")}
RELEASE = re.compile(r"model release (\d{4}-\d{2}-\d{2})")


@pytest.fixture(scope="module")
def data(db: Database) -> fd.Frontier:
    return fd.load(db, None)


def inside(scale: dict[str, str]) -> list[dict[str, str]]:
    return [
        row
        for row in RESULTS
        if row["benchmark_id"] == scale["benchmark_id"]
        and scale["starts"] <= row["as_of"] <= scale["ends"]
    ]


def block_of(data: fd.Frontier, scale: dict[str, str]) -> fd.Block:
    board = data.find(scale["benchmark_id"])
    assert board is not None
    (found,) = [
        block
        for block in board.blocks
        if block.board["benchmark_id"] == scale["benchmark_id"]
        and block.start.isoformat() == min(row["as_of"] for row in inside(scale))
    ]
    return found


def dated_tests() -> list[dict[str, str]]:
    """Fixed tests whose every row states its release to the day."""
    return [
        scale
        for scale in SCALES
        if scale["clock"] == "release"
        and scale["coverage"] == "whole"
        and inside(scale)
        and sum(bool(RELEASE.search(row["note"])) for row in inside(scale)) == len(inside(scale))
    ]


def boards() -> list[dict[str, str]]:
    return [scale for scale in SCALES if scale["clock"] == "board" and inside(scale)]


def name_of(scale: dict[str, str]) -> str:
    return f"{scale['benchmark_id']}:{scale['starts']}"


def test_there_is_something_to_reckon() -> None:
    assert len(dated_tests()) >= 7
    assert len(boards()) >= 20


@pytest.mark.parametrize("scale", dated_tests(), ids=name_of)
def test_lag_on_a_fixed_test(data: fd.Frontier, scale: dict[str, str]) -> None:
    block, better = block_of(data, scale), HIGHER[scale["benchmark_id"]]
    sign = 1 if better else -1
    models: dict[str, list[tuple[float, date]]] = defaultdict(list)
    for row in inside(scale):
        found = RELEASE.search(row["note"])
        assert found
        models[row["economy_id"]].append((sign * float(row["score"]), date.fromisoformat(found[1])))
    for economy, own in models.items():
        level = max(score for score, _ in own)
        mine = min(day for score, day in own if score == level)
        rest = [pair for other, pairs in models.items() if other != economy for pair in pairs]
        as_good = [day for score, day in rest if score >= level]
        lag = block.lag(economy, fd.WORLD)
        assert lag.mine is not None
        assert lag.mine.score == sign * level
        if not as_good:
            assert (lag.kind, lag.months) == ("leads", 0)
        elif min(as_good) >= mine:
            assert (lag.kind, lag.months) == ("first", 0)
        else:
            assert lag.kind == "exact"
            assert lag.months == pytest.approx((mine - min(as_good)).days / DAYS_A_MONTH)
        assert (lag.dated, lag.entries) == (len(own), len(own))


@pytest.mark.parametrize("scale", boards(), ids=name_of)
def test_lag_on_a_board_that_is_fitted_anew(data: fd.Frontier, scale: dict[str, str]) -> None:
    block, better = block_of(data, scale), HIGHER[scale["benchmark_id"]]
    sign = 1 if better else -1
    tops: dict[str, dict[str, float]] = defaultdict(dict)
    for row in inside(scale):
        score = sign * float(row["score"])
        held = tops[row["as_of"]].get(row["economy_id"])
        tops[row["as_of"]][row["economy_id"]] = score if held is None else max(held, score)
    days = sorted(tops)
    last = days[-1]
    for economy, level in tops[last].items():
        lag = block.lag(economy, fd.WORLD)
        others = {
            day: max((s for e, s in tops[day].items() if e != economy), default=None)
            for day in days
        }
        now = others[last]
        if now is None and not any(others.values()):
            assert lag.kind == "alone"
            continue
        if now is None or now <= level:
            assert lag.kind in ("leads", "alone")
            assert lag.months in (0, None)
            continue
        reached = next(day for day in days if (top := others[day]) is not None and top >= level)
        first = next(day for day in days if others[day] is not None)
        assert lag.kind == ("at_least" if reached == first else "exact")
        span = (date.fromisoformat(last) - date.fromisoformat(reached)).days
        assert lag.months == pytest.approx(span / DAYS_A_MONTH)
        entry = block.now(economy)
        assert entry is not None
        assert entry.score == pytest.approx(sign * level)


def test_no_two_scales_are_compared(data: fd.Frontier) -> None:
    """Every entry a lag rests on stands in the same span of the same board."""
    for board in data.boards.values():
        for block in board.blocks:
            ids = {entry.row_id for entry in block.entries}
            rows = [data.rows[entry.row_id] for entry in block.entries]
            assert {row["benchmark_id"] for row in rows} == {block.board["benchmark_id"]}
            assert all(block.start <= row["period_end"].date() <= block.end for row in rows)
            for economy in block.economies():
                for lag in (block.lag(economy, fd.WORLD), *block.lags(economy, fd.WORLD)):
                    for entry in (lag.mine, lag.theirs):
                        assert entry is None or entry.row_id in ids


def test_what_makers_report_and_what_nobody_checked_enters_no_scale(data: fd.Frontier) -> None:
    for row in data.rows.values():
        assert not lb.is_self_reported(row)
        assert row["status"] not in ("unchecked", "disputed")
        assert row["confidence"] != "low"


def test_every_release_rests_on_a_row_that_states_it(data: fd.Frontier, db: Database) -> None:
    stated: dict[str, Any] = {}
    for table, column in (("models", "released"), ("benchmark_results", "note")):
        frame = (
            db._connection.cursor()
            .execute(
                f"SELECT row_id, {column} FROM core.{table}"  # noqa: S608
            )
            .df()
        )
        stated.update(zip(frame["row_id"], frame[column], strict=True))
    assert len(data.releases) > 2000
    for release in data.releases.values():
        assert release.period in str(stated[release.row_id])


def test_best_japanese_model_on_the_boards_that_hold_one(data: fd.Frontier) -> None:
    order = data.order("JPN")
    assert order[0].id.startswith(("swallow", "jamc"))
    lag = order[0].last.lag("JPN", fd.WORLD)
    assert lag.kind == "exact"
    assert lag.dated == lag.entries >= 20


def test_the_language_of_every_board_is_known() -> None:
    unknown = {
        row["language_scope"]
        for row in rows_of("benchmarks")
        if row["modality"] != "safety" and not lb.language_of(row["language_scope"])
    }
    assert unknown == set()
    assert {lb.language_of(row["language_scope"]) for row in rows_of("benchmarks")} - {""} == set(
        lb.LANGUAGES
    )
