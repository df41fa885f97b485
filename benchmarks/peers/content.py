"""What every peer shows, from the same rows: four line charts, a table, a choice of economy.

Reads the file of PEER_ROWS, which ``benchmarks.peers.rows`` writes; needs pandas and plotly only,
so that it runs in an environment without the app's requirements.
"""

from __future__ import annotations

import os
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

COLUMNS = ["measure", "economy", "period", "value", "unit", "source"]
TABLE_ROWS = 60


@lru_cache(maxsize=1)
def rows() -> pd.DataFrame:
    """All rows: measure, economy, period (a year), value, unit, source."""
    found = pd.read_csv(os.environ["PEER_ROWS"])
    return found[COLUMNS]


def economies() -> list[str]:
    """Ids of the economies to choose from."""
    return sorted(rows()["economy"].unique())


def measures() -> list[str]:
    """The four measures, in the order of the charts."""
    return list(dict.fromkeys(rows()["measure"]))


def figure(measure: str, economy: str) -> go.Figure:
    """One measure over time, a line for each economy, the chosen one in colour."""
    here = rows()[rows()["measure"] == measure]
    drawn = go.Figure(layout={"title": f"{economy}: {measure}", "height": 320})
    for code, group in here.groupby("economy"):
        chosen = code == economy
        drawn.add_scatter(
            x=group["period"], y=group["value"], name=code, mode="lines",
            line={"color": "#BF1F45" if chosen else "#BBBBBB", "width": 3 if chosen else 1},
        )  # fmt: skip
    return drawn


def figures(economy: str) -> list[go.Figure]:
    """The four charts of an economy, built anew."""
    return [figure(measure, economy) for measure in measures()]


def table(economy: str) -> pd.DataFrame:
    """The newest rows of an economy."""
    here = rows()[rows()["economy"] == economy]
    return here.sort_values("period", ascending=False).head(TABLE_ROWS).reset_index(drop=True)
