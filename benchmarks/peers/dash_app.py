"""The page in Dash: every output of a callback, figures built anew at each choice."""

from __future__ import annotations

import argparse

from dash import Dash, Input, Output, dash_table, dcc, html

from benchmarks.peers import content

app = Dash(__name__)
START = "KOR"
app.layout = html.Div([
    html.H1("Trends"),
    dcc.RadioItems(content.economies(), START, id="economy", inline=True),
    html.Div([dcc.Graph(id=f"chart-{n}") for n in range(4)],
             style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
    dash_table.DataTable(id="rows", columns=[{"name": c, "id": c} for c in content.COLUMNS]),
])  # fmt: skip


@app.callback(
    [*(Output(f"chart-{n}", "figure") for n in range(4)), Output("rows", "data")],
    Input("economy", "value"),
)
def chosen(economy: str) -> list[object]:
    """Everything for the chosen economy."""
    return [*content.figures(economy), content.table(economy).to_dict("records")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    app.run(host="127.0.0.1", port=parser.parse_args().port, debug=False)
