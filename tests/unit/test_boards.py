"""Who leads a test, and when nobody does."""

from __future__ import annotations

import pandas as pd

from observatory.analysis.boards import board


def _rows(scores: dict[str, float], period: str = "2026-01", **more: object) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "benchmark_id": "b", "model_name": name, "economy_id": name[:3], "score": score,
                "period": period, "period_end": pd.Period(period).end_time, "status": "reported",
                "row_id": f"r{name}{period}", "higher_is_better": True, "comparable_over_time": False,
                **more,
            }
            for name, score in scores.items()
        ]
    )  # fmt: skip


FIVE = {"KOR-a": 5.0, "USA-a": 9.0, "CHN-a": 7.0, "USA-b": 1.0, "KOR-b": 6.0}


def test_leader_and_the_best_of_an_economy() -> None:
    found = board(_rows(FIVE))
    assert found is not None
    assert found.leader is not None
    assert found.leader["model_name"] == "USA-a"
    best = found.best_of("KOR")
    assert best is not None
    assert (best["model_name"], best["place"]) == ("KOR-b", 3)
    assert found.best_of("JPN") is None


def test_fewer_than_five_models_or_a_tie_have_no_leader() -> None:
    assert board(_rows(dict(list(FIVE.items())[:4]))) is None
    tied = board(_rows({**FIVE, "CHN-b": 9.0}))
    assert tied is not None
    assert tied.leader is None
    assert board(_rows(FIVE, status="disputed")) is None


def test_dates_are_joined_only_where_scores_may_be_compared_over_time() -> None:
    both = pd.concat([_rows(FIVE, "2025-01"), _rows({"USA-c": 20.0}, "2026-01")])
    assert board(both) is None
    fixed = board(both.assign(comparable_over_time=True))
    assert fixed is not None
    assert fixed.n == 6
    assert fixed.period == "2026-01"


def test_each_models_newest_result_counts_and_low_can_be_better() -> None:
    both = pd.concat([_rows(FIVE, "2025-01"), _rows({"USA-a": 2.0}, "2026-01")])
    found = board(both.assign(comparable_over_time=True))
    assert found is not None
    assert found.leader is not None
    assert found.leader["model_name"] == "CHN-a"
    low = board(_rows(FIVE, higher_is_better=False))
    assert low is not None
    assert low.leader is not None
    assert low.leader["model_name"] == "USA-b"
