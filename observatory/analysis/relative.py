"""Values per head and per unit of output: what one economy's number means against its size.

A denominator is that of the value's own year, else the newest one before it, at most five years
older, and then flagged. A value without one stays out; nothing is estimated.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

MAX_DENOMINATOR_AGE: Final = 5
_DENOMINATOR: Final = ("value", "row_id", "period", "source_id")


def relative(series: pd.DataFrame, base: pd.DataFrame, factor: float = 1.0) -> pd.DataFrame:
    """``series`` with value = value / denominator * ``factor``.

    Both have entity_id, period, period_end, value, row_id, source_id; ``base`` holds one yearly value
    an entity and year. Added columns: own_value (the value as published), base_value, base_row_id,
    base_period, base_source_id, base_age (whole years by which the denominator is older; 0 where it is
    of the same year). Rows without a positive denominator of at most five years earlier are left out.
    """
    out = series[series["value"].notna()].copy()
    out["year"] = pd.to_datetime(out["period_end"]).dt.year
    known = base[base["value"].notna() & (base["value"] > 0)].copy()
    known["base_year"] = pd.to_datetime(known["period_end"]).dt.year
    known = known.rename(columns={name: f"base_{name}" for name in _DENOMINATOR})
    known = known[["entity_id", "base_year", *(f"base_{name}" for name in _DENOMINATOR)]]
    known = known.sort_values(["base_year", "base_row_id"]).drop_duplicates(
        ["entity_id", "base_year"], keep="last"
    )
    out["order"] = range(len(out))
    for frame, name in ((out, "year"), (known, "base_year")):
        frame[name] = frame[name].astype("int64")
        # Columns of an empty frame have no type of their own.
        frame["entity_id"] = frame["entity_id"].astype("str")
    joined = pd.merge_asof(
        out.sort_values(["year", "order"]),
        known.sort_values("base_year"),
        left_on="year",
        right_on="base_year",
        by="entity_id",
        tolerance=MAX_DENOMINATOR_AGE,
    )
    joined = joined[joined["base_value"].notna()].sort_values("order")
    joined["own_value"] = joined["value"]
    joined["value"] = joined["own_value"] / joined["base_value"] * factor
    joined["base_age"] = (joined["year"] - joined["base_year"]).astype("int64")
    return joined.drop(columns=["order", "year", "base_year"]).reset_index(drop=True)
