"""Scorecard: values to points, points and weights to scores, scores to ranks. Pure NumPy.

E economies, I indicators, P pillars. Missing values are NaN and stay missing: an indicator an
economy has no value for counts for nothing, its weight goes to the others of the pillar; a pillar
without any value gives its weight to the other pillars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.intp]
Norm = Literal["goalposts", "zscore", "percentile", "leader"]
Agg = Literal["arithmetic", "geometric"]

NORMS: Final[tuple[Norm, ...]] = get_args(Norm)
AGGS: Final[tuple[Agg, ...]] = get_args(Agg)
FLOOR: Final = 1.0
"""Points below this count as this in a geometric mean: one zero must not erase all the rest."""
MIN_SHARE: Final = 0.7
"""Share of the weighted indicators that an economy needs values of for a rank."""
MIN_WEIGHT: Final = 0.5
"""Share of the weight that it needs values of besides: most of a score must be measured."""
TIE: Final = 1e-9
"""Scores this close are equal: the dust of binary fractions makes no order."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Values that stand for 0 and 100 points; `rising` False where less is better."""

    low: float
    high: float
    log: bool = False
    rising: bool = True


@dataclass(frozen=True)
class Field:
    """What is scored. ``values`` (E, I) in the indicators' units, NaN where there is none;
    ``pillar_of`` (I,) indexes ``pillars``; ``options`` holds the usable values of cells that have
    several, the chosen one among them, by (economy, indicator)."""

    economies: tuple[str, ...]
    indicators: tuple[str, ...]
    pillars: tuple[str, ...]
    pillar_of: Ints
    goals: tuple[Goal, ...]
    values: Floats
    options: Mapping[tuple[int, int], Floats] = field(default_factory=dict)

    @property
    def have(self) -> Bools:
        """(E, I): where there is a value."""
        return ~np.isnan(self.values)


@dataclass(frozen=True)
class Weights:
    """Points of the pillars (P,) and weights of the indicators inside their pillars (I,), all >= 0."""

    pillars: Floats
    within: Floats


def scaled(values: Floats, goal: Goal) -> Floats:
    """Values on the goal's scale, turned so that more is better; on a log scale none is below low."""
    x = np.log(np.maximum(values, goal.low)) if goal.log else values
    return x if goal.rising else -x


def points(values: Floats, goal: Goal, norm: Norm) -> Floats:
    """Points of one indicator along the last axis (economies), 0 to 100, NaN where there is no value.

    goalposts: place between the goalposts, cut at both ends. zscore: 50 + 10 sample standard
    deviations from the mean of the economies. percentile: share of the other economies below, equals half.
    leader: place between the lower goalpost and the best economy, cut at the lower end.
    """
    x = scaled(values, goal)
    posts = scaled(np.array([goal.low, goal.high]), goal)
    zero, full = posts.min(), posts.max()
    known = ~np.isnan(x)
    filled = np.where(known, x, 0.0)
    count = known.sum(axis=-1, keepdims=True)
    match norm:
        case "goalposts":
            found = np.clip((filled - zero) / (full - zero), 0.0, 1.0) * 100
        case "zscore":
            n = np.maximum(count, 1)
            mean = filled.sum(axis=-1, keepdims=True) / n
            gap = np.where(known, filled - mean, 0.0)
            spread = np.sqrt((gap**2).sum(axis=-1, keepdims=True) / np.maximum(n - 1, 1))
            flat = spread <= np.maximum(np.abs(mean), 1.0) * 1e-12
            found = 50 + 10 * np.where(flat, 0.0, gap / np.where(flat, 1.0, spread))
        case "percentile":
            ours, others = filled[..., :, None], filled[..., None, :]
            both = known[..., :, None] & known[..., None, :]
            below = (both & (others < ours)).sum(axis=-1)
            equal = (both & (others == ours)).sum(axis=-1) - 1
            found = np.where(count > 1, 100 * (below + equal / 2) / np.maximum(count - 1, 1), 50.0)
        case "leader":
            best = np.where(known, x, -np.inf).max(axis=-1, keepdims=True)
            room = np.where(best > zero, best - zero, 1.0)
            share = np.where(best > zero, (filled - zero) / room, 0.0)
            found = np.maximum(share, 0.0) * 100
    return np.where(known, found, np.nan)


def all_points(subject: Field, norm: Norm) -> Floats:
    """(E, I): points of every cell."""
    columns = [points(subject.values[:, i], goal, norm) for i, goal in enumerate(subject.goals)]
    return np.stack(columns, axis=1) if columns else np.empty((len(subject.economies), 0))


def weighted(subject: Field, weights: Weights) -> Bools:
    """(I,): indicators whose own weight and whose pillar's weight are above zero."""
    return np.asarray((weights.within > 0) & (weights.pillars[subject.pillar_of] > 0))


def coverage(subject: Field, weights: Weights) -> tuple[Ints, int]:
    """Weighted indicators each economy has a value of (E,), and how many there are."""
    used = weighted(subject, weights)
    return (subject.have & used).sum(axis=1), int(used.sum())


def rankable(subject: Field, weights: Weights) -> Bools:
    """(E,): economies with values for at least 70 % of the weighted indicators and half of the weight."""
    n, m = coverage(subject, weights)
    return enough(n, m, covered(subject, weights))


def enough(n: npt.NDArray[Any], m: int | npt.NDArray[Any], share: Floats) -> Bools:
    """Whether ``n`` of ``m`` weighted indicators and ``share`` of the weight suffice for a rank. The
    count alone would let a heavy pillar without values rest on the others."""
    return np.asarray((n >= MIN_SHARE * m - TIE) & (n > 0) & (share >= MIN_WEIGHT - TIE))


def nominal(subject: Field, weights: Weights) -> Floats:
    """(I,): share of each indicator in all weight before missing values, the pillar's share times its
    share within the pillar; adds up to 1, or to 0 without weight."""
    out = np.zeros(len(subject.indicators))
    used = weighted(subject, weights)
    total = 0.0
    for p, weight in enumerate(weights.pillars):
        columns = (subject.pillar_of == p) & used
        inside = weights.within[columns].sum()
        if inside > 0:
            out[columns] = weight * weights.within[columns] / inside
            total += weight
    return out / total if total else out


def covered(subject: Field, weights: Weights) -> Floats:
    """(E,): share of the weight that falls on indicators each economy has a value of."""
    return np.asarray((subject.have * nominal(subject, weights)).sum(axis=1))


def effective(subject: Field, weights: Weights) -> Floats:
    """(E, I): share of each indicator in each economy's score; rows add up to 1, or to 0 without values."""
    shares = np.where(subject.have, weights.within, 0.0)
    out = np.zeros_like(shares)
    total = np.zeros(len(subject.economies))
    for p, weight in enumerate(weights.pillars):
        columns = subject.pillar_of == p
        inside = shares[:, columns].sum(axis=1, keepdims=True)
        there = inside > 0
        out[:, columns] = weight * shares[:, columns] / np.where(there, inside, 1.0)
        total += np.where(there[:, 0], weight, 0.0)
    return out / np.where(total > 0, total, 1.0)[:, None]


def scores(shares: Floats, pts: Floats, agg: Agg) -> Floats:
    """(E,): weighted mean of the points; NaN where no weight falls on a value."""
    any_weight = shares.sum(axis=1) > 0
    if agg == "arithmetic":
        found = (shares * np.nan_to_num(pts)).sum(axis=1)
    else:
        logs = np.log(np.maximum(np.nan_to_num(pts), FLOOR))
        found = np.exp((shares * logs).sum(axis=1))
    return np.where(any_weight, found, np.nan)


def contributions(shares: Floats, pts: Floats, agg: Agg) -> Floats:
    """(E, I): points that each indicator adds; rows add up to the score.

    Arithmetic: share times points. Geometric: the score lies above the floor of 1 point by what the
    indicators add; ln(score) is the sum of share times ln(points), and each indicator gets its part of
    score - 1 in proportion to its part of ln(score) (a logarithmic-mean decomposition), and its share of
    the floor itself.
    """
    if agg == "arithmetic":
        return shares * np.nan_to_num(pts)
    parts = shares * np.log(np.maximum(np.nan_to_num(pts), FLOOR))
    log_score = parts.sum(axis=1, keepdims=True)
    tiny = log_score < 1e-12
    factor = np.where(tiny, 1.0, np.expm1(log_score) / np.where(tiny, 1.0, log_score))
    return shares * FLOOR + parts * factor


def rank(found: Floats) -> Ints:
    """Ranks along the last axis, 1 for the highest; equal scores share the better place."""
    better = found[..., None, :] > found[..., :, None] + TIE
    return np.asarray(better.sum(axis=-1) + 1, dtype=np.intp)


def pillar_sums(subject: Field, cells: Floats) -> Floats:
    """(E, P): contributions added up by pillar."""
    out = np.zeros((len(cells), len(subject.pillars)))
    for p in range(len(subject.pillars)):
        out[:, p] = cells[:, subject.pillar_of == p].sum(axis=1)
    return out
