"""The scorecard at its edges: a single pillar, pillars pushed to nothing, a pair of indicators."""

from __future__ import annotations

import numpy as np
import pytest

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_change import removals, swaps
from observatory.analysis.scorecard_draws import draw


def field(values: list[list[float]], pillar_of: list[int]) -> sc.Field:
    """Economies by indicators, every indicator from 0 to 100."""
    e, i, p = len(values), len(pillar_of), max(pillar_of) + 1
    return sc.Field(
        tuple(f"e{k}" for k in range(e)), tuple(f"i{k}" for k in range(i)), tuple(f"p{k}" for k in range(p)),
        np.array(pillar_of), (sc.Goal(0, 100),) * i, np.array(values),
    )  # fmt: skip


ROWS = [[60.0, 20.0], [50.0, 30.0], [40.0, 40.0], [30.0, 50.0]]


@pytest.mark.parametrize("pillars", [[0.0, 0.0], [3.0]])
def test_without_two_weighted_pillars_no_pair_can_change_places(pillars: list[float]) -> None:
    subject = field(ROWS, [0, 1] if len(pillars) == 2 else [0, 0])
    weights = sc.Weights(np.array(pillars), np.ones(2))
    points = sc.all_points(subject, "goalposts")
    assert swaps(subject, weights, points, "arithmetic", np.arange(4)) == [None] * 3
    assert swaps(subject, weights, points, "arithmetic", np.arange(0)) == []


def test_a_pillar_pushed_to_nothing_asks_for_no_values() -> None:
    """Without the pillar of which it has no value, the second has a value of everything that counts."""
    subject = field([[60.0, 40.0], [np.nan, 50.0]], [0, 1])
    weights = sc.Weights(np.array([50.0, 50.0]), np.ones(2))
    points = sc.all_points(subject, "goalposts")
    (found,) = swaps(subject, weights, points, "arithmetic", np.array([0, 1]))
    assert found is not None
    assert (found.pillar, found.to, found.shift) == (0, 0, 50.0)


def test_two_indicators_can_each_be_left_out_and_a_single_one_cannot() -> None:
    subject = field(ROWS, [0, 0])
    points = sc.all_points(subject, "goalposts")
    two = removals(
        subject, sc.Weights(np.ones(1), np.array([2.0, 1.0])), points, "arithmetic", np.arange(4)
    )
    # With both the first leads; without the first indicator the order is turned round.
    assert [(one.indicator, one.leader, one.moved) for one in two] == [(0, 3, 4), (1, 0, 0)]
    assert (
        removals(
            subject,
            sc.Weights(np.ones(1), np.array([2.0, 0.0])),
            points,
            "arithmetic",
            np.arange(4),
        )
        == []
    )


def test_every_usable_value_of_a_cell_is_drawn_as_often() -> None:
    subject = field(ROWS, [0, 1])
    subject = sc.Field(
        subject.economies, subject.indicators, subject.pillars, subject.pillar_of, subject.goals,
        subject.values, {(1, 0): np.array([50.0, 55.0, 45.0])},
    )  # fmt: skip
    draws = draw(subject, sc.Weights(np.ones(2), np.ones(2)), "goalposts", "arithmetic")
    counts = np.bincount(draws.picks[1, 0], minlength=3) / draws.n
    assert np.allclose(counts, 1 / 3, atol=0.04)
