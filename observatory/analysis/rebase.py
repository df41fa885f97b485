"""Series set to 100 in a base year, where an economy has that year."""

from __future__ import annotations

import pandas as pd


def rebase(series: pd.DataFrame, year: int) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """``series`` with value = 100 x value / value of the base year, and who has no such value.

    The base is the last whole value of the year: the only one of a yearly series, the last quarter or list
    of others. Economies without one, or with one that is not above zero, are left out and
    named. With a column ``breaks`` (the value does not compare with the one before it) values on
    the other side of a break than the base are left out as well. Added columns: own_value,
    base_value, base_row_id, base_period. Columns read: entity_id, period, period_end, value,
    row_id; partial_to and breaks where there.
    """
    known = series[series["value"].notna()].sort_values(
        ["entity_id", "period_end", "period"], kind="stable"
    )
    known["stretch"] = 0
    if "breaks" in known:
        flags = known["breaks"].fillna(False).astype("int64")
        known["stretch"] = flags.groupby(known["entity_id"]).cumsum()
    whole = known
    if "partial_to" in whole:
        whole = whole[whole["partial_to"].fillna("") == ""]
    ends = pd.to_datetime(whole["period_end"])
    base = whole[(ends.dt.year == year) & (whole["value"] > 0)]
    base = base.sort_values("period_end", kind="stable").drop_duplicates("entity_id", keep="last")
    base = base.set_index("entity_id")
    held = known["entity_id"].isin(base.index)
    missing = tuple(dict.fromkeys(known.loc[~held, "entity_id"].astype(str)))
    out = known[held & (known["stretch"] == known["entity_id"].map(base["stretch"]))].copy()
    out["own_value"] = out["value"]
    for name in ("value", "row_id", "period"):
        out[f"base_{name}"] = out["entity_id"].map(base[name])
    out["base_value"] = out["base_value"].astype("float64")
    out["value"] = out["own_value"] / out["base_value"] * 100
    return out.drop(columns="stretch").reset_index(drop=True), missing
