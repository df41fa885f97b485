"""Scores and ranks: properties, missing values, weights of zero."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_draws import (
    draw,
    draw_scores,
    spread,
)
from tests.unit.scorecards import WAYS, make, seeds, weigh

# Properties -------------------------------------------------------------------------------------


@given(seeds, st.sampled_from(WAYS), st.floats(1.01, 3))
def test_a_better_value_never_costs_points(
    seed: int, way: tuple[sc.Norm, sc.Agg], factor: float
) -> None:
    subject, (norm, agg) = make(seed), way
    weights = weigh(subject, seed)
    shares = sc.effective(subject, weights)
    before = sc.scores(shares, sc.all_points(subject, norm), agg)
    e, i = seed % 6, seed % 7
    values = subject.values.copy()
    values[e, i] *= factor if subject.goals[i].rising else 1 / factor
    better = replace(subject, values=values)
    after = sc.scores(shares, sc.all_points(better, norm), agg)
    assert after[e] >= before[e] - 1e-9


@given(seeds, st.sampled_from(sc.NORMS), st.floats(1e-6, 1e6))
def test_units_do_not_matter(seed: int, norm: sc.Norm, factor: float) -> None:
    """Values and goalposts in another unit give the same points."""
    subject = make(seed, holes=0.2)
    other = replace(
        subject,
        values=subject.values * factor,
        goals=tuple(
            sc.Goal(g.low * factor, g.high * factor, g.log, g.rising) for g in subject.goals
        ),
    )
    assert np.allclose(
        sc.all_points(subject, norm), sc.all_points(other, norm), atol=1e-6, equal_nan=True
    )


def reordered(subject: sc.Field, rows: list[int]) -> sc.Field:
    """The field with its economies in another order."""
    place = {old: new for new, old in enumerate(rows)}
    return replace(
        subject,
        economies=tuple(subject.economies[row] for row in rows),
        values=subject.values[rows],
        options={(place[e], i): found for (e, i), found in subject.options.items()},
    )


@given(seeds, st.sampled_from(WAYS))
def test_the_order_of_rows_does_not_matter(seed: int, way: tuple[sc.Norm, sc.Agg]) -> None:
    subject, (norm, agg) = make(seed, holes=0.15), way
    weights = weigh(subject, seed)
    rows = np.random.default_rng(seed).permutation(6)
    mixed = reordered(subject, [int(row) for row in rows])
    one = spread(draw_scores(subject, draw(subject, weights, norm, agg, n=200))[:, rows])
    two = spread(draw_scores(mixed, draw(mixed, weights, norm, agg, n=200)))
    assert np.allclose(one.chance, two.chance)
    assert (one.low == two.low).all()
    assert (one.high == two.high).all()


@given(seeds, st.sampled_from(WAYS), st.floats(0.01, 100))
def test_the_scale_of_weights_does_not_matter(
    seed: int, way: tuple[sc.Norm, sc.Agg], factor: float
) -> None:
    subject, (norm, agg) = make(seed, holes=0.15), way
    weights = weigh(subject, seed)
    other = sc.Weights(weights.pillars * factor, weights.within * factor)
    assert np.allclose(sc.effective(subject, weights), sc.effective(subject, other))
    one = draw_scores(subject, draw(subject, weights, norm, agg, n=100))
    two = draw_scores(subject, draw(subject, other, norm, agg, n=100))
    assert np.allclose(one, two, equal_nan=True)


@given(seeds, st.sampled_from(WAYS))
def test_best_everywhere_is_first_and_sure(seed: int, way: tuple[sc.Norm, sc.Agg]) -> None:
    subject, (norm, agg) = make(seed), way
    weights = weigh(subject, seed)
    values = subject.values.copy()
    for i, goal in enumerate(subject.goals):
        values[0, i] = values[:, i].max() * 1.5 if goal.rising else values[:, i].min() / 1.5
    # Goalposts cut what lies outside; strictly better has to be seen.
    inside = tuple(
        sc.Goal(values[:, i].min() / 2, values[:, i].max() * 2, g.log, g.rising)
        for i, g in enumerate(subject.goals)
    )
    best = replace(subject, values=values, goals=inside)
    shares = sc.effective(best, weights)
    assert sc.rank(sc.scores(shares, sc.all_points(best, norm), agg))[0] == 1
    found = spread(draw_scores(best, draw(best, weights, norm, agg, n=300)))
    assert (found.low[0], found.high[0], found.best[0], found.worst[0]) == (1, 1, 1, 1)
    assert found.chance[0, 0] == 1


@given(seeds, st.sampled_from(WAYS))
def test_contributions_add_up_to_the_score(seed: int, way: tuple[sc.Norm, sc.Agg]) -> None:
    subject, (norm, agg) = make(seed, holes=0.3), way
    shares = sc.effective(subject, weigh(subject, seed))
    points = sc.all_points(subject, norm)
    found = sc.scores(shares, points, agg)
    parts = sc.contributions(shares, points, agg)
    known = ~np.isnan(found)
    assert np.allclose(parts.sum(axis=1)[known], found[known])
    assert (parts >= -1e-12).all()
    assert (parts[~subject.have] == 0).all()
    assert np.allclose(sc.pillar_sums(subject, parts).sum(axis=1), parts.sum(axis=1))


@given(seeds, st.sampled_from(sc.NORMS))
def test_points_lie_between_0_and_100(seed: int, norm: sc.Norm) -> None:
    subject = make(seed, e=20, holes=0.4)
    points = sc.all_points(subject, norm)
    assert (np.isnan(points) == ~subject.have).all()
    assert np.nanmin(points) >= 0
    assert np.nanmax(points) <= 100


# Missing values and weights of zero --------------------------------------------------------------


def test_missing_weight_goes_to_the_pillar_then_to_the_other_pillars() -> None:
    values = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, np.nan], [np.nan, np.nan, np.nan]])
    subject = sc.Field(
        ("a", "b", "c"), ("x", "y", "z"), ("p", "q"), np.array([0, 0, 1]), (sc.Goal(0, 10),) * 3,
        values,
    )  # fmt: skip
    shares = sc.effective(subject, sc.Weights(np.array([30.0, 10.0]), np.array([1.0, 2.0, 1.0])))
    assert np.allclose(shares, [[0.75, 0, 0.25], [1 / 3, 2 / 3, 0], [0, 0, 0]])
    found = sc.scores(shares, sc.all_points(subject, "goalposts"), "arithmetic")
    assert np.allclose(found[:2], [0.75 * 10 + 0.25 * 30, 10 / 3 + 40 / 3])
    assert math.isnan(found[2])


def test_rank_needs_seventy_percent_of_the_weighted_indicators() -> None:
    values = np.ones((4, 10))
    values[1, :3] = values[2, :4] = values[3, :] = np.nan
    subject = sc.Field(
        tuple("abcd"), tuple("0123456789"), ("p",), np.zeros(10, dtype=int), (sc.Goal(0, 2),) * 10, values
    )  # fmt: skip
    weights = sc.Weights(np.ones(1), np.ones(10))
    assert sc.rankable(subject, weights).tolist() == [True, True, False, False]
    # An indicator without weight is not asked for: six of nine are too few, seven of nine are enough.
    weights.within[0] = 0
    n, m = sc.coverage(subject, weights)
    assert (n.tolist(), m) == ([9, 7, 6, 0], 9)
    assert sc.rankable(subject, weights).tolist() == [True, True, False, False]
    assert not sc.rankable(subject, sc.Weights(np.zeros(1), np.ones(10))).any()


@given(seeds, st.floats(0.05, 0.7))
def test_nobody_is_ranked_under_half_of_the_weight(seed: int, holes: float) -> None:
    """The weight with values, added up in plain Python."""
    subject = make(seed, e=12, i=10, holes=holes)
    weights = weigh(subject, seed)
    dice = np.random.default_rng(seed)
    weights.pillars[:] *= dice.integers(0, 9, 3)
    weights.within[dice.random(10) < 0.2] = 0
    able = sc.rankable(subject, weights)
    n, m = sc.coverage(subject, weights)
    for e in range(12):
        held = total = 0.0
        for p, points in enumerate(weights.pillars):
            inside = [i for i in range(10) if subject.pillar_of[i] == p]
            whole = sum(weights.within[i] for i in inside)
            if whole and points:
                total += points
                known = sum(weights.within[i] for i in inside if subject.have[e, i])
                held += points * known / whole
        share = held / total if total else 0.0
        assert sc.covered(subject, weights)[e] == pytest.approx(share)
        if share < 0.5 - 1e-6:
            assert not able[e]
        if share > 0.5 + 1e-6 and n[e] >= 0.7 * m:
            assert able[e]


def test_a_heavy_pillar_without_values_costs_the_rank() -> None:
    """Nine of ten measures, but a fifth of the weight."""
    values = np.ones((2, 10))
    values[1, 0] = np.nan
    subject = sc.Field(
        ("a", "b"), tuple("0123456789"), ("p", "q"), np.array([0] + [1] * 9), (sc.Goal(0, 2),) * 10, values
    )  # fmt: skip
    heavy = sc.Weights(np.array([80.0, 20.0]), np.ones(10))
    assert np.allclose(sc.covered(subject, heavy), [1, 0.2])
    assert sc.rankable(subject, heavy).tolist() == [True, False]
    assert sc.rankable(subject, sc.Weights(np.array([30.0, 70.0]), np.ones(10))).all()


def test_equal_scores_share_the_better_place() -> None:
    assert sc.rank(np.array([3.0, 5.0, 3.0 + 1e-12, 1.0])).tolist() == [2, 1, 2, 4]


def test_flat_single_and_empty_columns() -> None:
    for norm, expected in (("zscore", 50.0), ("percentile", 50.0)):
        assert sc.points(np.full(4, 7.0), sc.Goal(0, 10), norm).tolist() == [expected] * 4  # type: ignore[arg-type]
    one = np.array([np.nan, 4.0])
    for norm in sc.NORMS:
        found = sc.points(one, sc.Goal(1, 10), norm)
        assert math.isnan(found[0])
        assert 0 <= found[1] <= 100
    nobody = sc.points(np.array([0.0, 0.0]), sc.Goal(1, 10, log=True), "leader")
    assert nobody.tolist() == [0, 0]
    assert np.isnan(sc.points(np.full(3, np.nan), sc.Goal(1, 10), "leader")).all()
