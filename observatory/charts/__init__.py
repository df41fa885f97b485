"""Charts: pure functions from a frame to an SVG text or a Plotly figure.

Nothing here reads files, clocks or settings. `palette` is the one source of colour, `svg_*` are
the marks drawn on pages and in exports, `figures_*` the charts with hover and selection,
`describe` their descriptions, `registry` the list of all of them.
"""
