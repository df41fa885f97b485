"""Series with their breaks marked, as every chart over time draws them."""

from __future__ import annotations

import pandas as pd

from observatory.analysis import breaks, comparable
from observatory.views.breaks import recorded
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator


def marked(catalogue: Catalogue, item: Indicator, series: pd.DataFrame) -> pd.DataFrame:
    """``series`` of one indicator with ``breaks`` and ``break_why``.

    Breaks are those that editors recorded, and another maker, edition or length of period.
    """
    if series.empty:
        return series.assign(breaks=False, break_why="")
    sources = [catalogue.sources.get(source, {}) for source in series["source_id"].tolist()]
    rows = series.reset_index(drop=True).assign(
        origin=[clean(row.get("origin")) or clean(row.get("publisher")) for row in sources],
        edition=[clean(row.get("edition")) for row in sources],
    )
    flow = clean(item.row["value_kind"]) in comparable.FLOWS
    return breaks.mark(rows, recorded(catalogue, item.id), flow=flow)
