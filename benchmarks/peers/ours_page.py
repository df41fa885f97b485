"""What the peers show, made as pages of the product are: cards with sources, receipts and tables."""

from functools import partial

import pandas as pd
import streamlit as st

from benchmarks.peers.ours import FIGURES
from benchmarks.peers.rows import MEASURES
from observatory import ui
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.table import card_table
from observatory.charts.figures.time import time_lines
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.lines import lines
from observatory.ui.catalogue import catalogue, draw
from observatory.views import common

TABLE_ROWS = 60
WIDTH, HEIGHT = 618, 320
COLUMNS = ("measure", "economy", "period", "value", "unit", "source")

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)


def series() -> pd.DataFrame:
    """The rows of the peers' file."""
    found = pd.concat([data.series(measure) for measure in MEASURES])
    return found[found["value"].notna()]


def drawn(rows: pd.DataFrame, spec: LineSpec) -> object:
    """The chart in the kind of this page."""
    if ctx.page == FIGURES:
        made = time_lines(rows, spec, palette("dark" if ctx.theme == "dark" else "light"), t)
        # Tells who measures which choice the figure was made for.
        return made.update_layout(meta=spec.subjects[0])
    return lines(rows, spec, palette("css"), t)


def chart(measure: str, code: str) -> Card:
    """One measure over time, all economies, the chosen one in colour."""
    item = data.indicators[measure]
    rows = data.series(measure)
    rows = rows[rows["value"].notna()]
    title = f"{code}: {measure}"
    spec = LineSpec(measure=item.measure(t), subjects=(code,), width=WIDTH, height=HEIGHT,
                    name=title, key=False, hits=True)  # fmt: skip
    return Card(
        id=f"trend-{measure.replace('_', '-')}",
        title=title,
        subtitle=item.name,
        body=drawn(rows, spec),
        table=common.value_table(data, item, rows[rows["entity_id"] == code]),
        sources=common.sources_of(data, rows),
        vintage=common.vintage_of(data, rows),
        statuses=common.statuses_of(rows)[:2],
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        height=HEIGHT,
    )


def newest(code: str) -> Card:
    """The newest rows of an economy, each value with its receipt."""
    rows = series()
    rows = rows[rows["entity_id"] == code].sort_values("period", ascending=False).head(TABLE_ROWS)
    frame = pd.DataFrame({
        "measure": rows["indicator_id"], "economy": rows["entity_id"], "period": rows["period"],
        "value": rows["value"], "unit": rows["unit"], "source": rows["source_id"],
        "row_id": rows["row_id"],
    })  # fmt: skip
    made = CardTable(frame, tuple(
        Column(key, key, align="right" if key == "value" else "left",
               row_id="row_id" if key == "value" else None) for key in COLUMNS
    ))  # fmt: skip
    title = f"{code}: newest values"
    return Card(id="rows", title=title, body=card_table(made, title, "–"), table=made)


codes = sorted(series()["entity_id"].unique())
ui.heading("Trends")
chosen = st.radio("Economy", codes, index=codes.index("KOR"), horizontal=True)
for pair in (MEASURES[:2], MEASURES[2:]):
    draw(ctx, f"peer-{pair[0]}", lambda pair=pair: [chart(one, chosen) for one in pair],
         ctx.page, chosen)  # fmt: skip
draw(ctx, "peer-rows", partial(newest, chosen), chosen)
