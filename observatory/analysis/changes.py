"""What changed: the newest value of each series against the one before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from observatory.analysis.cross_section import usable


def steps(series: pd.DataFrame, members: Collection[str]) -> pd.DataFrame:
    """Newest and earlier value of each indicator and economy.

    Columns: indicator_id, entity_id, period, value, row_id, status, known_on, source_id, old_period,
    old_value, old_row_id, change, ratio. Series with one value are absent.
    """
    rows = usable(series)
    rows = rows[rows["entity_id"].isin(list(members))].sort_values(
        ["indicator_id", "entity_id", "period_end", "period"]
    )
    groups = rows.groupby(["indicator_id", "entity_id"], sort=False)
    out = rows.assign(
        old_period=groups["period"].shift(),
        old_value=groups["value"].shift(),
        old_row_id=groups["row_id"].shift(),
        last=groups.cumcount(ascending=False) == 0,
    )
    out = out[out["last"] & out["old_value"].notna()].copy()
    out["change"] = out["value"] - out["old_value"]
    out["ratio"] = out["value"] / out["old_value"].where(out["old_value"] != 0)
    return out.reset_index(drop=True)


def largest(
    found: pd.DataFrame, since: date, spans: Mapping[str, float], limit: int, per_indicator: int = 1
) -> pd.DataFrame:
    """Steps known after ``since``, largest first by change over the range of the region's values.

    ``spans`` gives that range by indicator; at most ``per_indicator`` steps of one indicator.
    """
    fresh = found[pd.to_datetime(found["known_on"]) >= pd.Timestamp(since)].copy()
    fresh = fresh[fresh["change"] != 0]
    # An empty column maps to text; the sums below need numbers.
    span = fresh["indicator_id"].map(dict(spans)).astype("float64")
    fresh["weight"] = (fresh["change"].abs() / span.where(span > 0)).fillna(0.0)
    fresh = fresh.sort_values(
        ["weight", "indicator_id", "entity_id"], ascending=[False, True, True]
    )
    fresh = fresh.groupby("indicator_id", sort=False).head(per_indicator)
    return fresh.head(limit).reset_index(drop=True)
