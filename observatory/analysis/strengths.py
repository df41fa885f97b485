"""In what an economy stands out from its peers, and in what it falls behind: a stated rule.

A strength is a place in the best quarter of those with a value, a gap one in the last quarter.
They are ordered by the distance from the middle of the others, counted in the spread of all:
the difference from the median of the others, divided by the range between the quartiles. Counts,
amounts and physical quantities are compared by their logarithms where all are above zero, since
they differ by orders of magnitude. No pillar fills the list alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from observatory.analysis.cross_section import CrossSection
from observatory.analysis.position import relative_place

BEST: Final = 0.75
LAST: Final = 0.25
PER_PILLAR: Final = 2
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Standout:
    """A measure in which an economy stands out.

    ``place``: 1 for the first, 0 for the last; ``distance``: from the median of the others in
    spreads, above zero on the better side; ``median``: of the others' values; ``others``: how many.
    """

    indicator: str
    pillar: str
    place: float
    rank: int
    base: int
    tied: bool
    value: float
    median: float
    others: int
    distance: float


def standout(
    section: CrossSection, economy: str, indicator: str, pillar: str, *, log: bool
) -> Standout | None:
    """How an economy stands in one cross-section; None without a rank or without a direction."""
    place, found = relative_place(section, economy), section.rank(economy)
    value = section.value(economy)
    if place is None or found is None or value is None or section.higher_is_better is None:
        return None
    everyone = np.array(section.values)
    rest = everyone[[code != economy for code in section.entities]]
    median = float(np.median(rest))
    own = value
    if log and everyone.min() > 0:
        everyone, rest, own = np.log(everyone), np.log(rest), float(np.log(own))
    low, high = np.percentile(everyone, [25, 75])
    spread = float(high - low) or float(everyone.max() - everyone.min())
    apart = own - float(np.median(rest))
    if section.higher_is_better is False:
        apart = -apart
    distance = apart / spread if spread > 0 else 0.0
    return Standout(
        indicator, pillar, place, found[0], section.n, found[1], value, median, len(rest), distance
    )


def _pick(found: Sequence[Standout], most: int, kin: Mapping[str, str]) -> tuple[Standout, ...]:
    """The first ``most``, at most ``PER_PILLAR`` of a pillar and one of each measured thing."""
    chosen: list[Standout] = []
    for one in found:
        same = sum(other.pillar == one.pillar for other in chosen)
        thing = kin.get(one.indicator, one.indicator)
        if same < PER_PILLAR and all(kin.get(o.indicator, o.indicator) != thing for o in chosen):
            chosen.append(one)
    return tuple(chosen[:most])


def strengths_and_gaps(
    found: Sequence[Standout], most: int = SHOWN, kin: Mapping[str, str] | None = None
) -> tuple[tuple[Standout, ...], tuple[Standout, ...]]:
    """Strengths and gaps of one economy, the furthest from the others first.

    ``kin`` names what an indicator measures, so that two publishers' counts of one thing take one line.
    """
    kin = kin or {}
    best = [one for one in found if one.place >= BEST and one.distance > 0]
    last = [one for one in found if one.place <= LAST and one.distance < 0]
    best.sort(key=lambda one: (-one.distance, one.indicator))
    last.sort(key=lambda one: (one.distance, one.indicator))
    return _pick(best, most, kin), _pick(last, most, kin)
