"""Charts: pure functions from a frame to an SVG text or a Plotly figure.

Nothing here reads files, clocks or settings. `palette` is the one source of colour, `svg` are the
marks drawn on pages and in exports, `figures` the charts with hover and selection, `describe`
their descriptions.
"""
