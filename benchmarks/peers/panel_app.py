"""The page in Panel: panes bound to the choice, figures built anew at each."""

from __future__ import annotations

import argparse

import panel as pn

from benchmarks.peers import content

pn.extension("plotly", "tabulator")


def page() -> pn.Column:
    """A fresh page for each visitor."""
    choice = pn.widgets.RadioBoxGroup(name="Economy", options=content.economies(), value="KOR",
                                      inline=True)  # fmt: skip
    charts = [
        pn.pane.Plotly(pn.bind(content.figure, measure, choice), width=680, height=320)
        for measure in content.measures()
    ]
    rows = pn.widgets.Tabulator(pn.bind(content.table, choice), disabled=True, show_index=False)
    return pn.Column("# Trends", choice, pn.GridBox(*charts, ncols=2), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    pn.serve(page, port=port, address="127.0.0.1", show=False,
             websocket_origin=[f"127.0.0.1:{port}"])  # fmt: skip
