"""Rankings of boards: places, tiers, and rows that may never share one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import leaderboard as lb

NAN = float("nan")


def row(name: str, score: float, **more: Any) -> dict[str, Any]:
    return {
        "row_id": f"r{name}", "model_name": name, "score": score, "ci_low": NAN, "ci_high": NAN,
        "rank": None, "as_of": "2026-08-22", "period_end": dt.date(2026, 8, 22), "note": None,
        "source_id": "board", "status": "reported", "economy_id": "CHN", **more,
    }  # fmt: skip


scores = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=30)


@given(scores, st.booleans())
def test_places_are_shared_by_equals_and_count_who_is_better(
    values: list[float], higher: bool
) -> None:
    ranked = lb.places([row(f"m{i}", value) for i, value in enumerate(values)], higher)
    assert len(ranked) == len(values)
    for one in ranked:
        ahead = sum(v > one.row["score"] if higher else v < one.row["score"] for v in values)
        assert one.place == ahead + 1
        assert one.tied == (values.count(one.row["score"]) > 1)
        assert one.tier == 0, "without intervals there are no tiers"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), min_size=5, max_size=30))
def test_a_tier_ends_where_an_interval_leaves_that_of_its_first(
    pairs: list[tuple[int, int]],
) -> None:
    rows = [
        row(f"m{i}", float(score), ci_low=score - half, ci_high=score + half)
        for i, (score, half) in enumerate(pairs)
    ]
    ranked = lb.places(rows, True)
    heads: dict[int, Any] = {}
    for one in ranked:
        heads.setdefault(one.tier, one.row)
        head = heads[one.tier]
        assert one.row["ci_low"] <= head["ci_high"]
        assert head["ci_low"] <= one.row["ci_high"]
    tiers = [one.tier for one in ranked]
    assert tiers == sorted(tiers)
    assert set(tiers) == set(range(1, max(tiers) + 1))


def test_tiers_need_an_interval_in_every_row() -> None:
    rows = [row(f"m{i}", 10.0 - i, ci_low=9.0 - i, ci_high=11.0 - i) for i in range(6)]
    assert lb.places(rows, True)[0].tier == 1
    rows[3]["ci_low"] = NAN
    assert {one.tier for one in lb.places(rows, True)} == {0}


def test_dates_never_share_a_ranking() -> None:
    later = {"as_of": "2026-08-22", "period_end": dt.date(2026, 8, 22)}
    earlier = {"as_of": "2026-07-16", "period_end": dt.date(2026, 7, 16)}
    found = lb.rankings([row("a", 1, **later), row("a", 2, **earlier)], True)
    assert [one.key for one in found] == ["2026-08-22", "2026-07-16"]
    runs = lb.rankings([row("a", 1, **later), row("b", 2, **earlier)], True, runs=True)
    assert [one.key for one in runs] == ["2026-07-16/2026-08-22"]


def test_reports_of_makers_share_a_ranking_only_inside_one_report_and_setting() -> None:
    rows = [
        row("a", 1, note="vendor-reported; base model", source_id="one"),
        row("b", 2, note="vendor-reported; base model", source_id="one"),
        row("c", 3, note="vendor-reported; instruction model", source_id="one"),
        row("d", 4, note="vendor-reported; base model", source_id="two"),
        row("e", 5),
    ]
    found = lb.rankings(rows, True)
    held = {frozenset(r.row["model_name"] for r in one.rows) for one in found}
    assert held == {frozenset("ab"), frozenset("c"), frozenset("d"), frozenset("e")}
    assert sum(one.self_reported for one in found) == 3
    assert len({one.key for one in found}) == len(found)


def test_lists_of_one_board_are_apart() -> None:
    rows = [
        row("a", 1, note="maker in source: X; rank within the fine-tuned list"),
        row("b", 2, note="maker in source: Y; rank within the from-scratch list"),
    ]
    assert {one.setting for one in lb.rankings(rows, True)} == {
        "fine-tuned list",
        "from-scratch list",
    }


def test_what_nobody_checked_stands_beside() -> None:
    rows = [
        row("a", 9), row("b", 8), row("c", 12, status="unchecked"), row("d", NAN),
        row("e", 7, note="guessing baseline"),
    ]  # fmt: skip
    (found,) = lb.rankings(rows, True)
    assert [r.row["model_name"] for r in found.rows] == ["a", "b"]
    assert {r["model_name"] for r in found.beside} == {"c", "d", "e"}


def test_a_second_source_of_few_rows_stands_beside() -> None:
    rows = [row(f"m{i}", i) for i in range(9)] + [row("x", 99, source_id="readme")]
    (found,) = lb.rankings(rows, True)
    assert [r["model_name"] for r in found.beside] == ["x"]
    # Where every row has its own file, all are the board.
    own = [row(f"m{i}", i, source_id=f"file-{i}") for i in range(9)]
    assert len(lb.rankings(own, True)[0].rows) == 9


@pytest.mark.parametrize(
    ("n", "tied", "leads"), [(5, False, True), (4, False, False), (6, True, False)]
)
def test_a_leader_needs_five_rows_and_a_place_of_its_own(n: int, tied: bool, leads: bool) -> None:
    rows = [row(f"m{i}", float(max(n - i - (1 if i == 0 and tied else 0), 0))) for i in range(n)]
    (found,) = lb.rankings(rows, True)
    assert (found.leader is not None) is leads


def test_lower_is_better_turns_the_order() -> None:
    (found,) = lb.rankings([row(f"m{i}", float(i)) for i in range(6)], False)
    assert found.leader is not None
    assert found.leader["model_name"] == "m0"


def test_a_ranking_is_as_long_as_the_largest_rank_printed() -> None:
    rows = [row("a", 9, rank=1), row("b", 8, rank=40), row("c", 7), row("d", 6, rank=NAN)]
    assert lb.rankings(rows, True)[0].size == 40
    assert lb.rankings([row("a", 9)], True)[0].size == 0


def test_three_fifths_of_the_rows_are_the_board() -> None:
    three = [row(f"m{i}", i, source_id="board") for i in range(3)]
    (found,) = lb.rankings([*three, *(row(f"x{i}", i, source_id="copy") for i in range(2))], True)
    assert [r["source_id"] for r in found.beside] == ["copy", "copy"]
    (found,) = lb.rankings([*three, *(row(f"x{i}", i, source_id="copy") for i in range(3))], True)
    assert found.beside == ()


def test_runs_of_one_day_bear_its_date() -> None:
    (found,) = lb.rankings([row("a", 1), row("b", 2)], True, runs=True)
    assert (found.key, found.as_of) == ("2026-08-22", "2026-08-22")


@pytest.mark.parametrize(
    ("scope", "language"),
    [
        ("Traditional Chinese", "zh-Hant"),
        ("fil", "fil"),
        ("zh;en", "multi"),
        ("Martian", ""),
        (None, ""),
        (NAN, ""),
    ],
)
def test_the_language_a_board_asks_in(scope: object, language: str) -> None:
    assert lb.language_of(scope) == language
