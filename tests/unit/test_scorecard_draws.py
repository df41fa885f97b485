"""Draws, what would change the order, and a slow second implementation in plain Python."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_change import (
    by_method,
    rank_correlation,
    removals,
    swaps,
)
from observatory.analysis.scorecard_draws import (
    DRAWS,
    SEED,
    Draws,
    draw,
    draw_scores,
    spread,
    tiers,
)
from tests.unit.scorecards import make, weigh

# Draws ------------------------------------------------------------------------------------------


def slow_points(values: list[float | None], goal: sc.Goal, norm: str) -> list[float | None]:
    """Points of one indicator, written a second time and on purpose without NumPy."""

    def f(x: float) -> float:
        y = math.log(max(x, goal.low)) if goal.log else x
        return y if goal.rising else -y

    known = [f(x) for x in values if x is not None]
    ends = sorted((f(goal.low), f(goal.high)))
    mean = sum(known) / len(known) if known else 0.0
    variance = sum((y - mean) ** 2 for y in known) / (len(known) - 1) if len(known) > 1 else 0.0
    out: list[float | None] = []
    for x in values:
        if x is None:
            out.append(None)
            continue
        y = f(x)
        if norm == "goalposts":
            out.append(100 * min(max((y - ends[0]) / (ends[1] - ends[0]), 0), 1))
        elif norm == "zscore":
            out.append(50 + 10 * (y - mean) / math.sqrt(variance) if variance > 1e-20 else 50.0)
        elif norm == "percentile":
            below = sum(other < y for other in known)
            equal = sum(other == y for other in known) - 1
            out.append(100 * (below + equal / 2) / (len(known) - 1) if len(known) > 1 else 50.0)
        else:
            best = max(known)
            out.append(100 * max((y - ends[0]) / (best - ends[0]), 0) if best > ends[0] else 0.0)
    return out


def slow_score(
    points: list[float | None],
    pillars: list[float],
    within: list[float],
    pillar_of: list[int],
    agg: str,
) -> float | None:
    """Score of one economy in one draw."""
    means: list[tuple[float, float]] = []
    for p, weight in enumerate(pillars):
        parts = [
            (within[i], x)
            for i, x in enumerate(points)
            if pillar_of[i] == p and x is not None and within[i] > 0
        ]
        total = sum(w for w, _ in parts)
        if total > 0 and weight > 0:
            terms = [(w, math.log(max(x, 1.0)) if agg == "geometric" else x) for w, x in parts]
            means.append((weight, sum(w * x for w, x in terms) / total))
    total = sum(w for w, _ in means)
    if total <= 0:
        return None
    mean = sum(w * x for w, x in means) / total
    return math.exp(mean) if agg == "geometric" else mean


@pytest.mark.parametrize("seed", range(4))
def test_draws_are_those_of_the_slow_implementation(seed: int) -> None:
    """The same random choices, reckoned cell by cell in plain Python."""
    subject = make(seed, e=7, i=9, p=3, holes=0.2)
    dice = np.random.default_rng(seed)
    known = np.argwhere(subject.have)
    options = {
        (int(e), int(i)): np.array([subject.values[e, i], subject.values[e, i] * 1.3, 4.0])
        for e, i in known[dice.choice(len(known), 5, replace=False)]
    }
    subject = replace(subject, options=options)
    weights = weigh(subject, seed)
    weights.within[0] = 0.0
    draws = draw(subject, weights, "goalposts", "arithmetic", n=40)
    assert set(draws.norm) == {0, 1, 2, 3}
    assert set(draws.agg) == {0, 1}
    fast = draw_scores(subject, draws)
    for k in range(draws.n):
        norm, agg = sc.NORMS[draws.norm[k]], sc.AGGS[draws.agg[k]]
        table: list[list[float | None]] = [
            [None if math.isnan(x) else float(x) for x in row] for row in subject.values
        ]
        for (e, i), picks in draws.picks.items():
            table[e][i] = float(options[e, i][picks[k]])
        columns = [slow_points([row[i] for row in table], subject.goals[i], norm) for i in range(9)]
        for e in range(7):
            expected = slow_score(
                [columns[i][e] for i in range(9)], draws.pillars[k].tolist(), draws.within[k].tolist(),
                subject.pillar_of.tolist(), agg,
            )  # fmt: skip
            if expected is None:
                assert math.isnan(fast[k, e])
            else:
                assert fast[k, e] == pytest.approx(expected, abs=1e-9)


def test_draws_follow_the_rules() -> None:
    subject = make(3, i=8, p=3)
    weights = sc.Weights(
        np.array([20.0, 60.0, 20.0]), np.array([1, 1, 1, 3, 1, 1, 0, 1], dtype=float)
    )
    draws = draw(subject, weights, "goalposts", "arithmetic")
    assert draws.n == DRAWS == 2000
    assert np.allclose(draws.pillars.sum(axis=1), 1)
    assert np.allclose(draws.pillars.mean(axis=0), [0.2, 0.6, 0.2], atol=0.01)
    # Variance of a Dirichlet share with concentration 30: m (1 - m) / 31.
    assert draws.pillars.var(axis=0)[1] == pytest.approx(0.6 * 0.4 / 31, rel=0.1)
    assert (draws.within[:, 6] == 0).all()
    for p in range(3):
        columns = np.flatnonzero((subject.pillar_of == p) & (weights.within > 0))
        gone = (draws.within[:, columns] == 0).sum(axis=1)
        assert set(gone) == {0, 1}
        # Nothing, or any one of k: each with chance 1 / (k + 1).
        assert (gone == 0).mean() == pytest.approx(1 / (len(columns) + 1), abs=0.03)
    for choices, n in ((draws.norm, 4), (draws.agg, 2)):
        assert np.allclose(np.bincount(choices) / DRAWS, 1 / n, atol=0.03)


def test_the_seed_is_fixed_and_stages_do_not_disturb_each_other() -> None:
    subject = make(5, i=8, p=3)
    subject = replace(subject, options={(0, 0): np.array([1.0, 2.0])})
    weights = weigh(subject, 5)
    one = draw(subject, weights, "goalposts", "arithmetic")
    again = draw(subject, weights, "goalposts", "arithmetic", seed=SEED)
    assert (one.pillars == again.pillars).all()
    other = sc.Weights(weights.pillars + np.array([7.0, 0, 0]), weights.within)
    two = draw(subject, other, "goalposts", "arithmetic")
    assert (one.pillars != two.pillars).any()
    for name in ("within", "norm", "agg"):
        assert (getattr(one, name) == getattr(two, name)).all()
    assert (one.picks[0, 0] == two.picks[0, 0]).all()
    seeded = draw(subject, weights, "goalposts", "arithmetic", seed=1)
    assert (seeded.norm != one.norm).any()


def test_weights_only_varies_nothing_else() -> None:
    subject = replace(make(5), options={(0, 0): np.array([1.0, 2.0])})
    draws = draw(subject, weigh(subject, 5), "percentile", "geometric", weights_only=True)
    assert set(draws.norm) == {sc.NORMS.index("percentile")}
    assert set(draws.agg) == {1}
    assert not draws.picks
    assert (draws.within > 0).all()


def test_nobody_drops_out_of_a_draw() -> None:
    """With 70 % of the indicators some value is left, whatever is left out."""
    subject = make(11, e=30, i=12, p=4, holes=0.25)
    weights = weigh(subject, 11)
    able = sc.rankable(subject, weights)
    assert 5 < able.sum() < 30
    found = draw_scores(subject, draw(subject, weights, "goalposts", "arithmetic"))
    assert not np.isnan(found[:, able]).any()


def test_no_weight_at_all() -> None:
    subject = make(1)
    weights = sc.Weights(np.zeros(3), np.ones(7))
    draws = draw(subject, weights, "goalposts", "arithmetic", n=10)
    assert np.isnan(draw_scores(subject, draws)).all()
    assert np.isnan(
        sc.scores(sc.effective(subject, weights), sc.all_points(subject, "goalposts"), "arithmetic")
    ).all()


def test_interval_holds_ranks_that_were_drawn() -> None:
    """100 draws: the first economy is first in 96, third in 4; the second the other way about."""
    scores = np.zeros((100, 3))
    scores[:96] = [3, 1, 2]
    scores[96:] = [1, 3, 2]
    found = spread(scores)
    assert found.chance[0].tolist() == [0.96, 0, 0.04]
    assert (found.low[0], found.high[0]) == (1, 1)
    assert (found.best[0], found.worst[0]) == (1, 3)
    assert (found.low[1], found.high[1]) == (3, 3)
    assert found.mean[0] == pytest.approx(0.96 + 0.12)
    assert found.ahead[0, 1] == pytest.approx(0.96)
    scores[94:96] = [1, 3, 2]
    found = spread(scores)
    assert (found.low[0], found.high[0]) == (1, 3)
    tied = spread(np.ones((10, 4)))
    assert tied.low.tolist() == tied.high.tolist() == [1, 1, 1, 1]


def test_a_tier_ends_where_no_rank_is_shared_with_its_first() -> None:
    low, high = np.array([1, 1, 2, 3, 4, 6]), np.array([2, 3, 4, 5, 7, 6])
    assert tiers(np.arange(6), low, high) == [[0, 1, 2], [3, 4], [5]]
    assert tiers(np.arange(1), low, high) == [[0]]
    # Sharing one rank is overlap; an interval above the first's is apart as well.
    assert tiers(np.arange(2), np.array([3, 1]), np.array([4, 2])) == [[0], [1]]


# What would change the order --------------------------------------------------------------------


def moved(weights: sc.Weights, pillar: int, to: float) -> sc.Weights:
    shares = weights.pillars / weights.pillars.sum() * 100
    others = shares.copy()
    others[pillar] = 0
    shares = others * (100 - to) / others.sum()
    shares[pillar] = to
    return sc.Weights(shares, weights.within)


def test_a_swap_that_rests_on_a_missing_pillar_is_none() -> None:
    """b passes a as the pillar it has no value of gets heavier; under the rule that is no swap."""
    values = np.array([[10.0, 60, 60, 60], [np.nan, 50, 50, 50]])
    subject = sc.Field(
        ("a", "b"), tuple("wxyz"), ("p", "q"), np.array([0, 1, 1, 1]), (sc.Goal(0, 100),) * 4, values
    )  # fmt: skip
    weights = sc.Weights(np.array([15.0, 85.0]), np.ones(4))
    points = sc.all_points(subject, "goalposts")
    assert sc.rankable(subject, weights).all()
    # At 20 % both have 50 points, at 21 % b leads with values for 79 % of the weight.
    (found,) = swaps(subject, weights, points, "arithmetic", np.array([0, 1]))
    assert found is not None
    assert (found.pillar, found.to) == (0, 21)
    # With 30 points b would lead from 61 %, where it has values for 39 % only.
    subject.values[1, 1:] = 30
    points = sc.all_points(subject, "goalposts")
    assert swaps(subject, weights, points, "arithmetic", np.array([0, 1])) == [None]


@settings(max_examples=12)
@given(st.integers(0, 60), st.sampled_from(sc.AGGS))
def test_swaps_are_the_smallest_that_work(seed: int, agg: sc.Agg) -> None:
    """Every whole-percent share of every pillar is tried through the weights themselves."""
    subject = make(seed, e=5, holes=0.1)
    weights = weigh(subject, seed)
    points = sc.all_points(subject, "goalposts")
    now = sc.scores(sc.effective(subject, weights), points, agg)
    assume(not np.isnan(now).any())
    order = np.argsort(-now)
    shares = weights.pillars / weights.pillars.sum() * 100
    tried = {
        (p, to): sc.scores(sc.effective(subject, moved(weights, p, to)), points, agg)
        for p in range(3)
        for to in range(101)
    }
    keeps = {(p, to): sc.rankable(subject, moved(weights, p, to)) for p, to in tried}
    found = swaps(subject, weights, points, agg, order)
    for (a, b), swap in zip(pairwise(order), found, strict=True):
        working = [
            abs(to - shares[p])
            for (p, to), then in tried.items()
            if then[b] > then[a] + sc.TIE and keeps[p, to][[a, b]].all()
        ]
        if swap is None:
            assert not working
        else:
            assert (swap.ahead, swap.behind) == (a, b)
            then = tried[swap.pillar, swap.to]
            assert then[b] > then[a]
            assert keeps[swap.pillar, swap.to][[a, b]].all()
            assert swap.shift == pytest.approx(min(working))


def test_removals_and_methods_are_scores_without_or_otherwise() -> None:
    subject = make(8, e=6, holes=0.1)
    weights = weigh(subject, 8)
    weights.within[3] = 0
    points = sc.all_points(subject, "goalposts")
    rows = np.array([4, 0, 2, 5])
    now = sc.rank(sc.scores(sc.effective(subject, weights), points, "arithmetic")[rows])
    found = removals(subject, weights, points, "arithmetic", rows)
    assert [item.indicator for item in found] == [0, 1, 2, 4, 5, 6]
    for item in found:
        within = weights.within.copy()
        within[item.indicator] = 0
        then = sc.scores(
            sc.effective(subject, sc.Weights(weights.pillars, within)), points, "arithmetic"
        )[rows]
        assert item.leader == rows[np.argmax(then)]
        assert item.moved == (sc.rank(then) != now).sum()
    ways = by_method(subject, weights, rows)
    assert len(ways) == 8
    assert (ways["goalposts", "arithmetic"] == now).all()


def test_rank_correlation() -> None:
    one = np.array([1.0, 2, 3, 4, 5, np.nan])
    assert rank_correlation(one, one * 2) == pytest.approx(1)
    assert rank_correlation(one, -one) == pytest.approx(-1)
    # By hand: ranks 1 2 3 4 5 against 2 1 3.5 3.5 5.
    assert rank_correlation(one, np.array([2.0, 1, 4, 4, 9, 1])) == pytest.approx(0.8720, abs=1e-4)
    assert rank_correlation(one[:4], one[:4]) is None
    assert rank_correlation(one, np.ones(6)) is None


def test_draws_hold_what_they_say() -> None:
    assert (
        Draws(
            np.zeros((3, 1)), np.zeros((3, 1)), np.zeros(3, dtype=int), np.zeros(3, dtype=int), {}
        ).n
        == 3
    )
