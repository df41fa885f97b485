"""What would change the order: smallest shifts of weight, indicators left out, other methods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

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
    effective,
    enough,
    rank,
    scores,
    weighted,
)


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbours change places when ``pillar`` goes from ``share`` to ``to`` (percent of all
    weight), the other pillars keeping their proportions. Rows are economies of the field."""

    ahead: int
    behind: int
    pillar: int
    share: float
    to: int

    @property
    def shift(self) -> float:
        """Percentage points of weight that have to move."""
        return abs(self.to - self.share)


def swaps(
    subject: Field, weights: Weights, pts: Floats, agg: Agg, order: Ints
) -> list[Swap | None]:
    """For each pair of neighbours in ``order`` the smallest whole-percent shift of one pillar that
    puts the second ahead, None where no shift of a single pillar does. A shift after which one of the
    two would have too few values for a rank does not count: the order would rest on a missing pillar."""
    means, have = _pillar_means(subject, weights, pts, agg)
    n, m, share = _pillar_coverage(subject, weights)
    there = m > 0
    shares = np.where(there, weights.pillars, 0.0)
    if shares.sum() <= 0:
        return [None for _ in range(max(len(order) - 1, 0))]
    shares = 100 * shares / shares.sum()
    grid: list[tuple[int, int]] = []
    rows: list[Floats] = []
    for p in (int(pillar) for pillar in np.flatnonzero(there)):
        others = shares.copy()
        others[p] = 0.0
        if others.sum() <= 0:
            continue
        for to in range(101):
            moved = others * (100 - to) / others.sum()
            moved[p] = to
            grid.append((p, to))
            rows.append(moved)
    if not rows:
        return [None for _ in range(max(len(order) - 1, 0))]
    moved_all = np.array(rows)
    weight = moved_all @ have.T.astype(float)
    found = np.where(
        weight > 0, moved_all @ (means * have).T / np.where(weight > 0, weight, 1), 0.0
    )
    counts = (moved_all > 0).astype(float)
    able = enough(counts @ n.T, (counts @ m)[:, None], moved_all @ share.T / 100)
    at = np.array([to for _, to in grid], dtype=float)
    distance = np.abs(at - shares[[p for p, _ in grid]])
    out: list[Swap | None] = []
    for a, b in pairwise(int(row) for row in order):
        flips = np.flatnonzero((found[:, b] > found[:, a] + TIE) & able[:, a] & able[:, b])
        if not len(flips):
            out.append(None)
            continue
        p, to = grid[int(flips[np.argmin(distance[flips])])]
        out.append(Swap(a, b, p, float(shares[p]), to))
    return out


def _pillar_means(subject: Field, weights: Weights, pts: Floats, agg: Agg) -> tuple[Floats, Bools]:
    """(E, P) mean of points, or of their logarithms, inside each pillar, and where there is one."""
    terms = np.nan_to_num(pts)
    if agg == "geometric":
        terms = np.log(np.maximum(terms, FLOOR))
    shares = np.where(subject.have, weights.within, 0.0)
    means = np.zeros((len(subject.economies), len(subject.pillars)))
    have = np.zeros(means.shape, dtype=bool)
    for p in range(len(subject.pillars)):
        columns = subject.pillar_of == p
        inside = shares[:, columns].sum(axis=1)
        have[:, p] = inside > 0
        sums = (shares[:, columns] * terms[:, columns]).sum(axis=1)
        means[:, p] = sums / np.where(inside > 0, inside, 1.0)
    return means, have


def _pillar_coverage(subject: Field, weights: Weights) -> tuple[Floats, Floats, Floats]:
    """(E, P) indicators with weight inside the pillar that have a value, (P,) how many there are, and
    (E, P) the share of the pillar's weight on those with a value."""
    inside = np.where(subject.pillar_of[:, None] == np.arange(len(subject.pillars)), 1.0, 0.0)
    weight = inside * weights.within[:, None]
    have, total = subject.have.astype(float), weight.sum(axis=0)
    used = (weight > 0).astype(float)
    return have @ used, used.sum(axis=0), have @ weight / np.where(total > 0, total, 1.0)


@dataclass(frozen=True, slots=True)
class Removal:
    """The order without one indicator: who is first, and how many ranks differ."""

    indicator: int
    leader: int
    moved: int


def removals(subject: Field, weights: Weights, pts: Floats, agg: Agg, rows: Ints) -> list[Removal]:
    """Every weighted indicator left out in turn; ranks among ``rows``."""
    now = rank(scores(effective(subject, weights), pts, agg)[rows])
    out: list[Removal] = []
    used = np.flatnonzero(weighted(subject, weights))
    if len(used) < 2:
        return out
    for i in used:
        within = weights.within.copy()
        within[i] = 0.0
        found = scores(effective(subject, replace(weights, within=within)), pts, agg)[rows]
        then = rank(found)
        out.append(Removal(int(i), int(rows[int(np.argmin(then))]), int((then != now).sum())))
    return out


def by_method(subject: Field, weights: Weights, rows: Ints) -> dict[tuple[Norm, Agg], Ints]:
    """Ranks among ``rows`` under every scaling and average on offer, weights as chosen."""
    shares = effective(subject, weights)
    found: dict[tuple[Norm, Agg], Ints] = {}
    for norm in NORMS:
        pts = all_points(subject, norm)
        for agg in AGGS:
            found[norm, agg] = rank(scores(shares, pts, agg)[rows])
    return found


def rank_correlation(one: Floats, other: Floats) -> float | None:
    """Spearman's rank correlation where both have values; None under five pairs or without spread."""
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < 5:
        return None
    ranks = []
    for values in (one[both], other[both]):
        below = (values[None, :] < values[:, None]).sum(axis=1)
        equal = (values[None, :] == values[:, None]).sum(axis=1)
        ranks.append(below + (equal - 1) / 2)
    a, b = (part - part.mean() for part in ranks)
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum() / size) if size > 0 else None
