"""Series with their breaks marked, as every chart over time draws them."""

from __future__ import annotations

import pandas as pd

from observatory.analysis import breaks, comparable
from observatory.db import queries, queries_indicator
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator


def marked(catalogue: Catalogue, item: Indicator, series: pd.DataFrame) -> pd.DataFrame:
    """``series`` of one indicator with ``breaks`` and ``break_why``.

    Breaks are those that editors recorded, and another maker, edition or length of period.
    """
    if series.empty:
        return series.assign(breaks=False, break_why="")
    ids = sorted({str(source) for source in series["source_id"].dropna()})
    sources = queries.sources_by_id(catalogue.db, ids).set_index("source_id")
    origins = {
        str(key): clean(origin) or clean(publisher)
        for key, origin, publisher in zip(
            sources.index, sources["origin"], sources["publisher"], strict=True
        )
    }
    rows = series.reset_index(drop=True).assign(
        origin=series["source_id"].map(origins).to_numpy(),
        edition=series["source_id"].map(sources["edition"].map(clean)).to_numpy(),
    )
    known = queries_indicator.breaks(catalogue.db)
    recorded = [
        breaks.Break(
            clean(row["starts"]) or None, clean(row["entity_id"]) or None, str(row["reason"])
        )
        for row in known[known["indicator_id"] == item.id].to_dict("records")
    ]
    flow = clean(item.row["value_kind"]) in comparable.FLOWS
    return breaks.mark(rows, recorded, flow=flow)


def since_break(rows: pd.DataFrame) -> pd.DataFrame:
    """Of marked rows of one entity those since its last break."""
    rows = rows.sort_values(["period_end", "period"], kind="stable")
    stretch = rows["breaks"].astype("int64").cumsum()
    return rows[stretch == stretch.max()] if len(rows) else rows
