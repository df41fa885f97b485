"""Who is compared with whom, and when.

One period for all where at least eight of the thirteen hold one; else each economy's latest within
three years, its period shown. Forecasts, part-years, disputed and unchecked values never enter.
Fewer than five values are shown without leader or rank.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from observatory.model.scope import MAX_AGE_YEARS, MIN_CROSS_SECTION, MIN_RANKED, SCOPE

BAD = ("disputed", "unchecked", "superseded")


_READ = (
    "entity_id", "value", "row_id", "period", "period_end", "status", "source_id", "known_on",
)  # fmt: skip


@dataclass(frozen=True)
class CrossSection:
    """One value an economy. ``frame`` columns: entity_id, period, period_end, value, row_id, status,
    source_id, known_on; sorted by value, best first where a direction is known, else largest first.
    ``period`` is the common period, or None where each economy has its own.

    Pages share it and ask it hundreds of times: it looks values up in plain lists made once."""

    frame: pd.DataFrame
    period: str | None
    higher_is_better: bool | None

    @property
    def n(self) -> int:
        return len(self.frame)

    @property
    def ranked(self) -> bool:
        """Whether there are enough values for a leader and ranks."""
        return self.n >= MIN_RANKED

    @cached_property
    def entities(self) -> list[str]:
        """Who has a value, in the order of the frame."""
        return [str(code) for code in self.frame["entity_id"].tolist()]

    @cached_property
    def values(self) -> list[float]:
        """The values, in the order of the frame."""
        return [float(value) for value in self.frame["value"].tolist()]

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """What is read of each economy's row most, by economy; do not change it."""
        columns = [self.frame[name].tolist() for name in _READ]
        return {
            str(row[0]): dict(zip(_READ, row, strict=True)) for row in zip(*columns, strict=True)
        }

    @cached_property
    def places(self) -> dict[str, tuple[int, bool]]:
        """Place of each economy and whether it is shared; empty without enough values."""
        return {code: found for code in self.entities if (found := self.rank(code)) is not None}

    def value(self, economy: str) -> float | None:
        return self.values[self.entities.index(economy)] if economy in self.entities else None

    def row(self, economy: str) -> pd.Series | None:
        found = self.frame[self.frame["entity_id"] == economy]
        return found.iloc[0] if len(found) else None

    def rank(self, economy: str) -> tuple[int, bool] | None:
        """Place and whether it is shared; None without a value or without enough values."""
        value = self.value(economy)
        if value is None or not self.ranked:
            return None
        low = self.higher_is_better is False
        ahead = sum(v < value if low else v > value for v in self.values)
        return ahead + 1, self.values.count(value) > 1

    def leader(self) -> pd.Series | None:
        """The first, unless shared or too few."""
        if not self.ranked or self.rank(self.entities[0]) != (1, False):
            return None
        return self.frame.iloc[0]

    def among(self, members: Collection[str]) -> CrossSection:
        """The same without those who are not members; the common period stays."""
        kept = [place for place, code in enumerate(self.entities) if code in members]
        if len(kept) == len(self.entities):
            return self
        frame = self.frame.iloc[kept].reset_index(drop=True)
        return CrossSection(frame, self.period, self.higher_is_better)


def is_part_year(frame: pd.DataFrame) -> pd.Series:
    """Yearly counts and yearly maxima (column aggregation) made before their year was over."""
    counted = pd.Series(False, index=frame.index)
    if "status_reason" in frame:
        counted |= frame["status_reason"] == "counted"
    if "aggregation" in frame:
        counted |= frame["aggregation"] == "max"
    if not counted.any():
        # Most measures: this is asked thousands of times, and days are slow to compare.
        return counted
    return (
        (frame["period_precision"] == "year")
        & (pd.to_datetime(frame["period_end"]) > pd.to_datetime(frame["known_on"]))
        & counted
    )


def usable(series: pd.DataFrame) -> pd.DataFrame:
    """Rows that findings and ranks may use."""
    keep = (
        series["is_headline"]
        # Enums come as categories, which pandas searches slowly.
        & np.array([status not in BAD for status in series["status"].tolist()], dtype=bool)
        & ~series["is_forecast"]
        & series["value"].notna()
    )
    return series[keep & ~is_part_year(series)]


def cross_section(
    series: pd.DataFrame,
    higher_is_better: bool | None,
    members: Collection[str] = SCOPE,
    scope: Collection[str] = SCOPE,
) -> CrossSection:
    """Cross-section of one indicator's series for ``members``; the period is the scope's."""
    return of_usable(usable(series), higher_is_better, scope).among(members)


def of_usable(
    rows: pd.DataFrame, higher_is_better: bool | None, scope: Collection[str] = SCOPE
) -> CrossSection:
    """The same of rows that are known to be ``usable``, for all who have one: see `among`."""
    entities, periods = rows["entity_id"].tolist(), rows["period"].tolist()
    held: dict[tuple[Any, str], set[str]] = {}
    for entity, end, own in zip(entities, rows["period_end"].tolist(), periods, strict=True):
        if entity in scope and not pd.isna(end):
            held.setdefault((end, own), set()).add(entity)
    common = [key for key, who in held.items() if len(who) >= MIN_CROSS_SECTION]
    period: str | None = None
    if common:
        period = str(max(common)[1])
        at = [index for index, one in enumerate(periods) if one == period]
    elif held:
        at = _latest(rows, scope)
        several = {periods[index] for index in at}
        period = str(several.pop()) if len(several) == 1 else None
    else:
        at = []
    values = rows["value"].tolist()
    last = {entities[index]: index for index in at}
    sign = 1 if higher_is_better is False else -1
    order = sorted(last.values(), key=lambda index: (sign * values[index], entities[index]))
    return CrossSection(rows.iloc[order].reset_index(drop=True), period, higher_is_better)


def _latest(rows: pd.DataFrame, scope: Collection[str]) -> list[int]:
    """Places of each economy's newest row within some years of the newest in scope."""
    ends = pd.to_datetime(rows["period_end"]).reset_index(drop=True)
    newest = ends[rows["entity_id"].isin(scope).to_numpy()].max()
    recent = ends[ends >= newest - pd.DateOffset(years=MAX_AGE_YEARS)].sort_values()
    entities = rows["entity_id"].tolist()
    return list({entities[index]: int(index) for index in recent.index}.values())
