"""Fields and weights at random for tests of scores, the same for the same seed."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from observatory.analysis import scorecard as sc

WAYS = [(norm, agg) for norm in sc.NORMS for agg in sc.AGGS]


def make(seed: int, e: int = 6, i: int = 7, p: int = 3, holes: float = 0.0) -> sc.Field:
    dice = np.random.default_rng(seed)
    values = np.exp(dice.normal(size=(e, i)))
    values[dice.random((e, i)) < holes] = np.nan
    goals = tuple(sc.Goal(0.01, 50, log=bool(k % 2), rising=k % 3 != 2) for k in range(i))
    names = [
        tuple(f"{letter}{k}" for k in range(n)) for letter, n in (("e", e), ("i", i), ("p", p))
    ]
    return sc.Field(names[0], names[1], names[2], np.arange(i) % p, goals, values)


def weigh(subject: sc.Field, seed: int) -> sc.Weights:
    dice = np.random.default_rng(seed)
    return sc.Weights(
        dice.integers(1, 30, len(subject.pillars)).astype(float),
        dice.integers(1, 5, len(subject.indicators)).astype(float),
    )


seeds = st.integers(0, 10_000)
