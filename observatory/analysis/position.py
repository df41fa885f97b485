"""Where an economy stands in a pillar: the mean of its places in the pillar's headline measures.

A place counts from 0 (last) to 1 (first) among those with a value, so that measures of any unit
weigh the same. An economy is placed if it has at least half of the pillar's ranked measures.
This is a reading aid, not a score: weights, goalposts and uncertainty are the scorecard's.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from observatory.analysis.cross_section import CrossSection
from observatory.model.scope import MIN_RANKED


def relative_place(section: CrossSection, economy: str) -> float | None:
    """1 for the first, 0 for the last, shared places at their middle; None without a rank."""
    found = section.rank(economy)
    value = section.value(economy)
    if found is None or value is None or section.n < 2:
        return None
    same = section.values.count(value)
    middle = found[0] + (same - 1) / 2
    return (section.n - middle) / (section.n - 1)


def relative_places(section: CrossSection) -> dict[str, float]:
    """`relative_place` of every economy of a cross-section in one go; empty without ranks."""
    if not section.ranked or section.n < 2:
        return {}
    found = ((code, relative_place(section, code)) for code in section.entities)
    return {code: place for code, place in found if place is not None}


def pillar_positions(
    sections: Mapping[str, CrossSection], economies: tuple[str, ...]
) -> pd.DataFrame:
    """Position of each economy from a pillar's cross-sections by indicator.

    Columns: entity_id, position (0 to 1, mean of places), measures (number used), rank (1 is best;
    null if fewer than five economies can be placed). Economies with under half the measures are absent.
    """
    ranked = {
        key: section
        for key, section in sections.items()
        if section.ranked and section.higher_is_better is not None
    }
    found = [relative_places(section) for section in ranked.values()]
    rows = []
    for economy in economies:
        places = [by_economy[economy] for by_economy in found if economy in by_economy]
        if ranked and places and len(places) * 2 >= len(ranked):
            rows.append((economy, sum(places) / len(places), len(places)))
    frame = pd.DataFrame(rows, columns=["entity_id", "position", "measures"])
    frame = frame.sort_values(["position", "entity_id"], ascending=[False, True]).reset_index(
        drop=True
    )
    frame["rank"] = frame["position"].rank(method="min", ascending=False).astype("Int64")
    if len(frame) < MIN_RANKED:
        frame["rank"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    frame["of"] = len(frame)
    return frame
