"""How far two of some economies are apart in one measure, and which differences say most.

For each measure the two furthest apart are taken: the highest and the lowest of the chosen with a
value of one common period. Weight = their distance as a share of the distance between the highest
and the lowest of all with a value in that period, so that 1 means nobody is further apart. Counts,
amounts, quantities and rates are compared by their logarithms where all are above zero.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from observatory.model.scope import MAX_AGE_YEARS, MIN_RANKED

PER_PILLAR: Final = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values of one measure and period. ``high``, ``low``: economies; ``weight``: 0 to 1.

    ``ratio``: high over low, None where the lower one is not above zero; ``base``: with a value.
    """

    indicator: str
    pillar: str
    period: str
    high: str
    low: str
    high_value: float
    low_value: float
    high_row: str
    low_row: str
    source_id: str
    weight: float
    base: int

    @property
    def ratio(self) -> float | None:
        return self.high_value / self.low_value if self.low_value > 0 else None

    @property
    def gap(self) -> float:
        return self.high_value - self.low_value


def common_period(rows: pd.DataFrame, chosen: Collection[str]) -> str | None:
    """The newest period that two of the chosen, and half of those with a value, hold.

    ``rows``: usable rows of one indicator. Values over three years older than the newest do not
    count. None unless two of the chosen share a period.
    """
    columns = (rows["entity_id"], pd.to_datetime(rows["period_end"]), rows["period"])
    own = [
        (entity, end, period)
        for entity, end, period in zip(*(column.tolist() for column in columns), strict=True)
        if entity in chosen
    ]
    if not own:
        return None
    oldest = max(end for _, end, _ in own) - pd.DateOffset(years=MAX_AGE_YEARS)
    held: dict[tuple[pd.Timestamp, str], set[str]] = {}
    for entity, end, period in own:
        if end >= oldest:
            held.setdefault((end, str(period)), set()).add(str(entity))
    half = len({entity for entities in held.values() for entity in entities}) / 2
    shared = sorted(key for key, entities in held.items() if len(entities) >= 2)
    enough = [key for key in shared if len(held[key]) >= half]
    return (enough or shared)[-1][1] if shared else None


def difference(
    rows: pd.DataFrame,
    chosen: Collection[str],
    everyone: Collection[str],
    indicator: str,
    pillar: str,
    *,
    log: bool,
) -> Difference | None:
    """The widest difference in one measure; None without two values of a period that differ.

    ``rows``: usable rows of one indicator; ``everyone``: whose values make the range. Fewer than
    five values give no weight and None.
    """
    period = common_period(rows, chosen)
    if period is None:
        return None
    rows = rows[rows["period"] == period].drop_duplicates("entity_id", keep="last")
    field = rows[rows["entity_id"].isin([*everyone, *chosen])]
    own = rows[rows["entity_id"].isin(list(chosen))].sort_values(["value", "entity_id"])
    if len(field) < MIN_RANKED or len(own) < 2:
        return None
    low, high = own.iloc[0], own.iloc[-1]
    first, last = float(low["value"]), float(high["value"])
    if first == last:
        return None
    values = field["value"].to_numpy(dtype="float64")
    scaled = np.log(values) if log and values.min() > 0 else values
    ends = (np.log(first), np.log(last)) if log and values.min() > 0 else (first, last)
    span = float(scaled.max() - scaled.min())
    weight = float((ends[1] - ends[0]) / span) if span > 0 else 0.0
    return Difference(
        indicator, pillar, period, str(high["entity_id"]), str(low["entity_id"]), last, first,
        str(high["row_id"]), str(low["row_id"]), str(high["source_id"]), weight, len(field),
    )  # fmt: skip


def most_telling(
    found: Sequence[Difference], most: int, per_pillar: int = PER_PILLAR
) -> tuple[Difference, ...]:
    """Differences with the largest weight, at most ``per_pillar`` of each pillar."""
    chosen: list[Difference] = []
    for one in sorted(found, key=lambda one: (-one.weight, one.indicator)):
        if sum(other.pillar == one.pillar for other in chosen) < per_pillar:
            chosen.append(one)
    return tuple(chosen[:most])
