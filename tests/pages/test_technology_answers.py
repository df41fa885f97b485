"""Questions on models answered at once: how sure a lag is, the course of size, what Kling's boards held."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest

from observatory.cards.markup import Safe
from observatory.db.connect import Database
from observatory.views.benchmarks import boards as leaderboard_data
from observatory.views.benchmarks import video as benchmarks_video
from observatory.views.frontier import data as frontier_data
from observatory.views.frontier import page as frontier
from observatory.views.measures import Catalogue
from observatory.views.models import page as models
from observatory.views.models import trends as models_trends


@pytest.fixture(scope="module")
def data(db: Database) -> frontier_data.Frontier:
    return frontier_data.load(db, None)


@pytest.fixture(scope="module")
def boards(db: Database) -> leaderboard_data.Boards:
    return leaderboard_data.load(db, None)


@pytest.fixture(scope="module")
def rows(db: Database) -> list[dict[str, Any]]:
    return models.rows_of(db, None)


def test_the_middle_model_of_a_year_rests_on_five(rows: list[dict[str, Any]]) -> None:
    usable = [
        r for r in models_trends.checked(rows) if r["params_b"] == r["params_b"] and r["params_b"]
    ]
    found = models_trends.medians(usable, "params_b", 1e9)
    assert found
    for year, (middle, n) in found.items():
        own = [
            r["params_b"] * 1e9 for r in usable
            if r["period_start"] == r["period_start"] and r["period_start"] is not None
            and r["period_start"].year == r["period_end"].year == year
        ]  # fmt: skip
        assert n == len(own) >= 5
        assert middle == pytest.approx(median(own))


def test_the_deck_says_how_far_other_boards_agree(
    catalogue: Catalogue, data: frontier_data.Frontier
) -> None:
    asked, _ = frontier.ask(data, "JPN", {})
    others = frontier.elsewhere(data, asked)
    assert len(others) > 1
    said = frontier.deck(catalogue, data, asked)
    assert f"{min(others):.1f} to {max(others):.1f} months" in said
    assert len(others) == len(set(data.boards)) - sum(
        board.id == asked.board or board.last.now("JPN") is None
        or board.last.lag("JPN", frontier_data.WORLD).kind != "exact"
        or (board.last.lag("JPN", frontier_data.WORLD).months or 0) < frontier.MEASURED
        for board in data.boards.values()
    )  # fmt: skip


def test_the_time_before_the_first_copy_is_told(
    catalogue: Catalogue, boards: leaderboard_data.Boards
) -> None:
    copies = benchmarks_video.copies(boards)
    said = benchmarks_video.before(boards, copies, catalogue.t)
    assert "cannot be checked" in said
    assert "nobody has checked it" in said
    card = benchmarks_video.card(catalogue, boards)
    # Above the table: it is the answer, the table its evidence.
    assert isinstance(card.body, Safe)
    assert card.body.html.index("cannot be checked") < card.body.html.index("<table")


def test_no_ranking_mixes_boards_copies_or_lists(boards: leaderboard_data.Boards) -> None:
    """Every ranking on offer holds one board, one copy of it unless each row is dated by its own
    run, and what makers report of themselves only with its like."""
    for board in boards.ids:
        for ranking in boards.rankings(board):
            shown = [one.row for one in ranking.rows]
            assert {row["benchmark_id"] for row in shown} <= {board}
            if len({row["as_of"] for row in shown}) > 1:
                assert board in boards.runs, (board, ranking.key)
            if board not in boards.runs:
                assert len({row["origin"] for row in shown}) <= 1, (board, ranking.key)
            own = [
                str(row["note"]).startswith(("vendor-reported", "self-reported")) for row in shown
            ]
            assert all(own) or not any(own), (board, ranking.key)
            assert all(own) == ranking.self_reported or not shown, (board, ranking.key)
