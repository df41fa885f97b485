"""A reader's own choice among sources that differ, put in place of the rule's choice."""

from __future__ import annotations

import pandas as pd

RULE = "reader"
_TAKEN = ("value", "value_text", "is_forecast", "row_id", "source_id", "known_on")


def apply(series: pd.DataFrame, picked: pd.DataFrame) -> pd.DataFrame:
    """Series with the picked rows shown in their cells; cells without a pick stay as they are.

    ``picked``: rows of observations, at most one a cell (the last counts). A picked row counts as the
    cell's value, also where the sources are in dispute: the status becomes that of one named source,
    the rule says that the reader chose. Cells that the series does not hold are left out.
    """
    if picked.empty or series.empty:
        return series
    out = series.copy()
    spans = out["span"].astype(object).where(out["span"].notna(), "")
    for row in picked.to_dict("records"):
        span = "" if row["span"] is None or row["span"] != row["span"] else row["span"]
        hit = (
            (out["indicator_id"] == row["indicator_id"])
            & (out["entity_id"] == row["entity_id"])
            & (out["period"] == row["period"])
            & (spans == span)
        )
        if not hit.any():
            continue
        for column in _TAKEN:
            if column in out and column in row:
                out.loc[hit, column] = row[column]
        out.loc[hit, "is_headline"] = True
        if row["status"] in ("disputed", "unchecked"):
            out.loc[hit, "status"] = "reported"
            out.loc[hit, "status_reason"] = "one_source"
        else:
            out.loc[hit, "status"] = row["status"]
        if "rule" in out:
            out.loc[hit, "rule"] = RULE
    return out
