"""Who is compared with whom, and when.

One period for all where at least eight of the thirteen hold one; else each economy's latest within
three years, its period shown. Forecasts, part-years, disputed and unchecked values never enter.
Fewer than five values are shown without leader or rank.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from observatory.model.scope import MAX_AGE_YEARS, MIN_CROSS_SECTION, MIN_RANKED, SCOPE

BAD = ("disputed", "unchecked", "superseded")


@dataclass(frozen=True, slots=True)
class CrossSection:
    """One value an economy. ``frame`` columns: entity_id, period, period_end, value, row_id, status,
    source_id, known_on; sorted by value, best first where a direction is known, else largest first.
    ``period`` is the common period, or None where each economy has its own."""

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

    def value(self, economy: str) -> float | None:
        found = self.frame.loc[self.frame["entity_id"] == economy, "value"]
        return float(found.iloc[0]) if len(found) else None

    def row(self, economy: str) -> pd.Series | None:
        found = self.frame[self.frame["entity_id"] == economy]
        return found.iloc[0] if len(found) else None

    def rank(self, economy: str) -> tuple[int, bool] | None:
        """Place and whether it is shared; None without a value or without enough values."""
        value = self.value(economy)
        if value is None or not self.ranked:
            return None
        values = self.frame["value"]
        better = values < value if self.higher_is_better is False else values > value
        return int(better.sum()) + 1, int((values == value).sum()) > 1

    def leader(self) -> pd.Series | None:
        """The first, unless shared or too few."""
        if not self.ranked or self.rank(str(self.frame["entity_id"].iloc[0])) != (1, False):
            return None
        return self.frame.iloc[0]


def is_part_year(frame: pd.DataFrame) -> pd.Series:
    """Yearly counts and yearly maxima (column aggregation) made before their year was over."""
    counted = pd.Series(False, index=frame.index)
    if "status_reason" in frame:
        counted |= frame["status_reason"] == "counted"
    if "aggregation" in frame:
        counted |= frame["aggregation"] == "max"
    return (
        (frame["period_precision"] == "year")
        & (pd.to_datetime(frame["period_end"]) > pd.to_datetime(frame["known_on"]))
        & counted
    )


def usable(series: pd.DataFrame) -> pd.DataFrame:
    """Rows that findings and ranks may use."""
    keep = (
        series["is_headline"]
        & ~series["status"].isin(BAD)
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
    rows = usable(series)
    in_scope = rows[rows["entity_id"].isin(scope)]
    counts = in_scope.groupby(["period_end", "period"])["entity_id"].nunique()
    common = counts[counts >= MIN_CROSS_SECTION]
    period: str | None = None
    if len(common):
        period = str(common.index[-1][1])
        picked = rows[rows["period"] == period]
    elif len(in_scope):
        ends = pd.to_datetime(rows["period_end"])
        newest = ends[rows["entity_id"].isin(scope)].max()
        recent = rows[ends >= newest - pd.DateOffset(years=MAX_AGE_YEARS)]
        picked = recent.sort_values("period_end").groupby("entity_id").tail(1)
        if picked["period"].nunique() == 1:
            period = str(picked["period"].iloc[0])
    else:
        picked = rows.iloc[0:0]
    picked = picked[picked["entity_id"].isin(members)].drop_duplicates("entity_id", keep="last")
    ordered = picked.sort_values(
        ["value", "entity_id"], ascending=[higher_is_better is False, True], kind="stable"
    ).reset_index(drop=True)
    return CrossSection(ordered, period, higher_is_better)
