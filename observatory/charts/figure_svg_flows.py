"""Flows (Plotly's sankey) as SVG parts: ends stacked on both sides, bands between them."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from observatory.charts import svg


def flow_parts(trace: Mapping[str, Any], width: float, height: float, layout: Mapping[str, Any]) -> list[str]:
    """Draw a two-sided flow. Ends stand in the order of the figure, the bands in that of the ends."""
    node, link, margin = trace["node"], trace["link"], layout.get("margin", {})
    font = trace.get("textfont", {})
    size, ink = float(font.get("size", 12.5)), str(font.get("color", "#222"))
    thick = float(node.get("thickness", 13))
    rows = list(zip(link["source"], link["target"], link["value"], link["color"], strict=True))
    payers = list(dict.fromkeys(row[0] for row in rows))
    receivers = list(dict.fromkeys(row[1] for row in rows))
    whole = sum(row[2] for row in rows) or 1.0
    top, bottom = float(margin.get("t", 10)), height - float(margin.get("b", 10))
    most = max(len(payers), len(receivers), 1)
    gap = min(max(size * 1.1, float(node.get("pad", 13))), (bottom - top) * 0.6 / most)
    scale = (bottom - top - gap * (most - 1)) / whole
    sums: dict[int, float] = {}
    for source, target, value, _ in rows:
        sums[source] = sums.get(source, 0.0) + value
        sums[target] = sums.get(target, 0.0) + value
    ends: list[str] = []
    start: dict[int, float] = {}
    left, right = float(margin.get("l", 4)), width - float(margin.get("r", 4))
    for side, members in (("l", payers), ("r", receivers)):
        free = (bottom - top) - sum(sums[m] for m in members) * scale - gap * (len(members) - 1)
        at = top + max(free, 0.0) / 2
        for one in sorted(members, key=lambda m: -sums[m]):
            start[one] = at
            high = max(sums[one] * scale, 1.0)
            x = left if side == "l" else right - thick
            ends.append(svg.tag("rect", x=x, y=at, width=thick, height=high, fill=node["color"][one]))
            ends.append(
                svg.words(left + thick + 7 if side == "l" else right - thick - 7,
                          at + high / 2 + size * 0.35, unescape(node["label"][one]), ink, size,
                          anchor="start" if side == "l" else "end", halo="var(--bg)")
            )  # fmt: skip
            at += high + gap
    bands: list[str] = []
    used = dict(start)
    a, b = left + thick, right - thick
    middle = (a + b) / 2
    order = {one: i for i, one in enumerate(sorted(receivers, key=lambda m: start[m]))}
    for source, target, value, colour in sorted(rows, key=lambda r: (start[r[0]], order[r[1]])):
        high = value * scale
        y0, y1 = used[source], used[target]
        used[source] += high
        used[target] += high
        n = svg.num
        path = (
            f"M{n(a)} {n(y0)}C{n(middle)} {n(y0)} {n(middle)} {n(y1)} {n(b)} {n(y1)}"
            f"L{n(b)} {n(y1 + high)}C{n(middle)} {n(y1 + high)} {n(middle)} {n(y0 + high)} {n(a)} {n(y0 + high)}Z"
        )
        bands.append(svg.tag("path", d=path, fill=colour))
    return bands + ends
