"""How sure a rank is: the same scorecard under other choices that are as fair.

2,000 draws, the same for everybody. Each stage has a stream of random numbers of its own, so that
moving one weight does not shuffle the rest: ``numpy.random.default_rng([SEED, stage])``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from observatory.analysis.scorecard import (
    AGGS,
    FLOOR,
    NORMS,
    TIE,
    Agg,
    Bools,
    Field,
    Floats,
    Ints,
    Norm,
    Weights,
    all_points,
    points,
    rank,
    weighted,
)

SEED: Final = 20261122
DRAWS: Final = 2000
CONCENTRATION: Final = 30.0
INTERVAL: Final = (0.05, 0.95)
_PILLARS, _METHODS, _LEFT_OUT, _VALUES, _WITHIN = 0, 1, 2, 3, 10


@dataclass(frozen=True)
class Draws:
    """The random choices of every draw (N of them). ``norm`` and ``agg`` index NORMS and AGGS;
    ``within`` is zero for an indicator that is left out; ``picks`` says for each cell with several
    usable values which one counts."""

    pillars: Floats
    within: Floats
    norm: Ints
    agg: Ints
    picks: dict[tuple[int, int], Ints]

    @property
    def n(self) -> int:
        return len(self.norm)


def draw(
    subject: Field,
    weights: Weights,
    norm: Norm,
    agg: Agg,
    *,
    weights_only: bool = False,
    n: int = DRAWS,
    seed: int = SEED,
) -> Draws:
    """Draw weights around the chosen ones, and methods, values and omissions unless ``weights_only``."""
    used = weighted(subject, weights)
    pillars = _dirichlet(np.where(_any(subject, used), weights.pillars, 0.0), n, [seed, _PILLARS])
    within = np.zeros((n, len(subject.indicators)))
    left_out = np.random.default_rng([seed, _LEFT_OUT])
    for p in range(len(subject.pillars)):
        columns = np.flatnonzero(used & (subject.pillar_of == p))
        # A number is taken for every pillar, so that one pillar's weights do not move the others'.
        chance = left_out.random(n)
        if not len(columns):
            continue
        found = _dirichlet(weights.within[columns], n, [seed, _WITHIN + p])
        if len(columns) > 1 and not weights_only:
            # Nothing or any one of the k indicators, each with chance 1 / (k + 1).
            gone = np.minimum((chance * (len(columns) + 1)).astype(np.intp), len(columns)) - 1
            rows = np.flatnonzero(gone >= 0)
            found[rows, gone[rows]] = 0.0
        within[:, columns] = found
    methods = np.random.default_rng([seed, _METHODS])
    norms, aggs = methods.integers(0, len(NORMS), n), methods.integers(0, len(AGGS), n)
    picks: dict[tuple[int, int], Ints] = {}
    values = np.random.default_rng([seed, _VALUES])
    if not weights_only:
        for cell in sorted(subject.options):
            picks[cell] = values.integers(0, len(subject.options[cell]), n)
    else:
        norms, aggs = np.full(n, NORMS.index(norm)), np.full(n, AGGS.index(agg))
    return Draws(pillars, within, norms, aggs, picks)


def _any(subject: Field, used: Bools) -> Bools:
    """(P,): pillars with a weighted indicator."""
    return np.array([bool(used[subject.pillar_of == p].any()) for p in range(len(subject.pillars))])


def _dirichlet(chosen: Floats, n: int, stream: list[int]) -> Floats:
    """(n, k): Dirichlet draws of concentration 30 around chosen weights; a weight of zero stays zero."""
    total = chosen.sum()
    if total <= 0:
        return np.zeros((n, len(chosen)))
    alpha = CONCENTRATION * chosen / total
    found = np.random.default_rng(stream).standard_gamma(alpha, size=(n, len(chosen)))
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def draw_scores(subject: Field, draws: Draws) -> Floats:
    """(N, E): the score of every economy in every draw; NaN without any value that counts."""
    out = np.full((draws.n, len(subject.economies)), np.nan)
    have = subject.have.astype(float)
    for k, norm in enumerate(NORMS):
        if not (draws.norm == k).any():
            continue
        base = np.nan_to_num(all_points(subject, norm))
        for a, agg in enumerate(AGGS):
            rows = np.flatnonzero((draws.norm == k) & (draws.agg == a))
            if len(rows):
                cells = _terms(base, agg)
                extra = _shifts(subject, draws, rows, norm, agg, cells)
                out[rows] = _means(subject, draws, rows, cells * have, have, extra, agg)
    return out


def _terms(pts: Floats, agg: Agg) -> Floats:
    """What is averaged: points, or their logarithms."""
    return pts if agg == "arithmetic" else np.log(np.maximum(pts, FLOOR))


def _shifts(
    subject: Field, draws: Draws, rows: Ints, norm: Norm, agg: Agg, cells: Floats
) -> dict[int, Floats]:
    """By indicator with cells of several values: (rows, E) terms less those of the chosen values.

    Another value moves the mean, the order and the leader too, so that the whole column is worked out
    again in every draw.
    """
    found: dict[int, Floats] = {}
    for i in sorted({cell[1] for cell in draws.picks}):
        values = np.repeat(subject.values[None, :, i], len(rows), axis=0)
        for (e, column), picks in draws.picks.items():
            if column == i:
                values[:, e] = subject.options[e, i][picks[rows]]
        pts = np.nan_to_num(points(values, subject.goals[i], norm))
        found[i] = (_terms(pts, agg) - cells[:, i]) * subject.have[:, i]
    return found


def _means(
    subject: Field,
    draws: Draws,
    rows: Ints,
    cells: Floats,
    have: Floats,
    shifts: dict[int, Floats],
    agg: Agg,
) -> Floats:
    """(rows, E): means inside the pillars, then between those each economy has."""
    top = np.zeros((len(rows), len(subject.economies)))
    total = np.zeros_like(top)
    for p in range(len(subject.pillars)):
        columns = np.flatnonzero(subject.pillar_of == p)
        inside = draws.within[np.ix_(rows, columns)]
        sums = inside @ cells[:, columns].T
        for i in (int(column) for column in columns):
            if i in shifts:
                sums += draws.within[rows, i, None] * shifts[i]
        share = inside @ have[:, columns].T
        there = share > 0
        weight = draws.pillars[rows, p, None] * there
        top += weight * sums / np.where(there, share, 1.0)
        total += weight
    mean = np.where(total > 0, top / np.where(total > 0, total, 1.0), np.nan)
    return mean if agg == "arithmetic" else np.exp(mean)


@dataclass(frozen=True)
class Spread:
    """Ranks of M economies over the draws: ``chance`` (M, M) of each rank, ``low`` and ``high`` ends of
    the 90 % interval, ``best`` and ``worst`` rank drawn, ``mean`` rank, ``ahead`` (M, M): share of draws
    in which the row's economy has a higher score than the column's."""

    chance: Floats
    low: Ints
    high: Ints
    best: Ints
    worst: Ints
    mean: Floats
    ahead: Floats


def spread(found: Floats) -> Spread:
    """Summary of (N, M) scores. The interval's ends are ranks that were drawn: the smallest that at
    least 5 % and at least 95 % of the draws do not exceed."""
    n, m = found.shape
    # Chunks of draws keep the comparisons of all with all in the processor's cache.
    better = np.zeros((m, m))
    chance = np.zeros((m, m))
    for start in range(0, n, 500):
        part = found[start : start + 500]
        above = part[:, :, None] > part[:, None, :] + TIE
        better += above.sum(axis=0)
        ranks = above.sum(axis=1)
        for place in range(m):
            chance[:, place] += (ranks == place).sum(axis=0)
    chance /= n
    upto = np.cumsum(chance, axis=1)
    ends = [np.argmax(upto >= share - TIE, axis=1) + 1 for share in INTERVAL]
    seen = chance > 0
    return Spread(
        chance=chance,
        low=ends[0],
        high=ends[1],
        best=np.argmax(seen, axis=1) + 1,
        worst=m - np.argmax(seen[:, ::-1], axis=1),
        mean=chance @ np.arange(1, m + 1),
        ahead=better / n,
    )


def tiers(order: Ints, low: Ints, high: Ints) -> list[list[int]]:
    """Economies in the order of their ranks, cut where an interval shares no rank with that of the
    tier's first."""
    found: list[list[int]] = []
    first = -1
    for row in (int(item) for item in order):
        apart = first < 0 or low[row] > high[first] or high[row] < low[first]
        if apart:
            found.append([row])
            first = row
        else:
            found[-1].append(row)
    return found


__all__ = ["DRAWS", "SEED", "Draws", "Spread", "draw", "draw_scores", "rank", "spread", "tiers"]
