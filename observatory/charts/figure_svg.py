"""A Plotly figure of this house as an SVG drawing, without a browser.

Slides, briefs and picture files need a drawing that is there without Plotly's script. Our figures
are plain data with every axis, tick and label decided (`observatory.charts.theme`), so what they
hold can be drawn directly: lines, dots, bars, flows, shapes and annotations. Anything else raises
`Undrawable`: a picture with a part missing would be worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import cycle, islice
from math import log10
from typing import Any, Final

from observatory.charts.svg import elements as svg

Json = Mapping[str, Any]
_BREAK: Final = re.compile(r"<br\s*/?>")
_TAG: Final = re.compile(r"<[^>]+>")
_PAIRS: Final = re.compile(r"(-?\d+(?:\.\d+)?)[ ,](-?\d+(?:\.\d+)?)")
_SIZE: Final = re.compile(r"font-size:([\d.]+)px")
_COLOUR: Final = re.compile(r"color:(#[0-9a-fA-F]{3,8})")


class Undrawable(ValueError):
    """The figure holds something that is drawn in the browser only."""


def figure_svg(figure: Any, width: float, *, name: str = "", lang: str = "en") -> str:
    """Draw a figure `width` px wide, as high as the figure asks for.

    `figure` is a `go.Figure` made by `theme.build`, or its dictionary. Raises `Undrawable`.
    """
    made = figure if isinstance(figure, Mapping) else figure.to_plotly_json()
    layout: Json = made.get("layout", {})
    traces: Sequence[Json] = made.get("data", ())
    height = float(layout.get("height") or 262)
    parts = _Drawing(layout, width, height).parts(traces)
    return svg.document(width, height, *parts, name=name, lang=lang)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Data to pixels. `kind` is date, log or linear."""

    kind: str
    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Any) -> float:
        return self.power(log10(value) if self.kind == "log" and value > 0 else self.number(value))

    def number(self, value: Any) -> float:
        return _ordinal(value) if self.kind == "date" else float(value)

    def power(self, value: float) -> float:
        """As Plotly places annotations: on a logarithmic axis by the power of ten."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def _ordinal(value: Any) -> float:
    if isinstance(value, dt.date):
        return float(value.toordinal())
    text = str(value)
    return dt.date.fromisoformat(text[:10]).toordinal() + (0.5 if "12:00" in text else 0.0)


def _all(values: Any, count: int) -> list[Any]:
    """One setting for every point: a single value stands for all."""
    if isinstance(values, (str, int, float)) or values is None:
        return [values] * count
    return list(islice(cycle(values), count)) if len(values) else [None] * count


class _Drawing:
    """The plot area of one figure and what stands in it."""

    def __init__(self, layout: Json, width: float, height: float) -> None:
        margin = layout.get("margin", {})
        self.layout = layout
        self.left, self.top = float(margin.get("l", 44)), float(margin.get("t", 8))
        self.right = width - float(margin.get("r", 110))
        self.bottom = height - float(margin.get("b", 28))
        self.x = self._axis("xaxis", self.left, self.right)
        self.y = self._axis("yaxis", self.bottom, self.top)

    def _axis(self, name: str, start: float, end: float) -> _Axis:
        axis = self.layout.get(name, {})
        ends = axis.get("range")
        kind = str(axis.get("type") or "linear")
        if ends is None:
            return _Axis(kind, 0.0, 1.0, start, end)
        low, high = (_ordinal(e) if kind == "date" else float(e) for e in ends)
        return _Axis(kind, low, high, start, end)

    def parts(self, traces: Sequence[Json]) -> list[str]:
        shapes = self.layout.get("shapes", ())
        found = [self._shape(one) for one in shapes if one.get("layer") == "below"]
        found += self._grid()
        for trace in traces:
            found += self._trace(trace)
        found += [self._shape(one) for one in shapes if one.get("layer") != "below"]
        for one in self.layout.get("annotations", ()):
            found += self._note(one)
        return found

    # Axes

    def _grid(self) -> list[str]:
        found: list[str] = []
        across, up = self.layout.get("xaxis", {}), self.layout.get("yaxis", {})
        if up.get("visible") is not False:
            font = up.get("tickfont", {})
            size, ink = float(font.get("size", 12)), str(font.get("color", "#666"))
            for at, label in zip(up.get("tickvals", ()), up.get("ticktext", ()), strict=False):
                y = self.y(at)
                if up.get("showgrid", True) and not (at == 0 and up.get("zeroline")):
                    found.append(svg.line(self.left, y, self.right, y, up.get("gridcolor", "#ddd")))
                if up.get("showticklabels") is not False:
                    stand = self.left - float(up.get("ticklabelstandoff") or 0) - 2
                    found.append(
                        svg.words(stand, y + size * 0.35, unescape(label), ink, size, anchor="end")
                    )
            if up.get("zeroline") and self.y.kind == "linear" and self.y.low <= 0 <= self.y.high:
                y = self.y(0)
                found.append(svg.line(self.left, y, self.right, y, up.get("zerolinecolor", "#333")))
        if across.get("visible") is not False:
            font = across.get("tickfont", {})
            size, ink = float(font.get("size", 12)), str(font.get("color", "#666"))
            base = self.bottom + float(across.get("ticklabelstandoff") or 0) + size
            for at, label in zip(
                across.get("tickvals", ()), across.get("ticktext", ()), strict=False
            ):
                found.append(
                    svg.words(self.x(at), base, unescape(label), ink, size, anchor="middle")
                )
        return found

    # Traces

    def _trace(self, trace: Json) -> list[str]:
        kind, mode = trace.get("type", "scatter"), str(trace.get("mode", ""))
        if kind == "bar":
            return self._bars(trace)
        if kind not in {"scatter", "scattergl"} or not {"lines", "markers"} & set(mode.split("+")):
            raise Undrawable(f"{kind} {mode}")
        found = self._line(trace) if "lines" in mode else []
        return found + (self._dots(trace) if "markers" in mode else [])

    def _line(self, trace: Json) -> list[str]:
        style = trace.get("line", {})
        steps = style.get("shape") == "hv"
        runs: list[list[tuple[float, float]]] = [[]]
        for x, y in zip(trace.get("x", ()), trace.get("y", ()), strict=False):
            if x is None or y is None:
                runs.append([])
                continue
            at = self.x(x), self.y(y)
            if steps and runs[-1]:
                runs[-1].append((at[0], runs[-1][-1][1]))
            runs[-1].append(at)
        dash = str(style.get("dash") or "solid")
        written = None if dash == "solid" else dash.replace("px", "").replace(",", " ")
        return [
            svg.polyline(run, str(style.get("color")), float(style.get("width", 2)), dash=written,
                         opacity=trace.get("opacity"))
            for run in runs if len(run) > 1
        ]  # fmt: skip

    def _dots(self, trace: Json) -> list[str]:
        marker = trace.get("marker", {})
        rim = marker.get("line", {})
        xs, ys = list(trace.get("x", ())), list(trace.get("y", ()))
        n = len(xs)
        rows = zip(
            xs, ys, _all(marker.get("size", 6), n), _all(marker.get("color"), n),
            _all(marker.get("opacity", 1), n), _all(marker.get("symbol", "circle"), n),
            _all(rim.get("color"), n), _all(rim.get("width", 0), n), strict=False,
        )  # fmt: skip
        return [
            _dot(self.x(x), self.y(y), size / 2, fill, symbol, edge, wide, opacity)
            for x, y, size, fill, opacity, symbol, edge, wide in rows
            if x is not None and y is not None and opacity
        ]

    def _bars(self, trace: Json) -> list[str]:
        lying = trace.get("orientation") == "h"
        places, values = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
        along, beside = (self.y, self.x) if lying else (self.x, self.y)
        n = len(values)
        half = float(trace.get("width", 0.8)) / 2
        fills = _all(trace.get("marker", {}).get("color"), n)
        said = _all(trace.get("text"), n)
        font = trace.get("textfont", {})
        size, ink = float(font.get("size", 12)), str(font.get("color", "#222"))
        found: list[str] = []
        for place, value, fill, text in zip(places, values, fills, said, strict=False):
            if value is None:
                continue
            a, b = sorted((along(place - half), along(place + half)))
            c, d = sorted((beside(0), beside(value)))
            x, y, wide, high = (c, a, d - c, b - a) if lying else (a, c, b - a, d - c)
            found.append(svg.tag("rect", x=x, y=y, width=max(wide, 0.6), height=max(high, 0.6),
                                 fill=fill, rx=1))  # fmt: skip
            if text:
                weight = 600 if "<b>" in text else 400
                plain = unescape(_TAG.sub("", text))
                if lying:
                    found.append(
                        svg.words(
                            x + wide, (a + b) / 2 + size * 0.35, plain, ink, size, weight=weight
                        )
                    )
                else:
                    low = value < 0
                    at = y + high + size + 2 if low else y - 4
                    found.append(
                        svg.words((a + b) / 2, at, plain, ink, size, weight=weight, anchor="middle")
                    )
        return found

    # Shapes and annotations

    def _place(self, one: Json, ref: str, value: Any, anchor: str) -> float:
        """A shape's coordinate: in pixels from its anchor, in parts of the plot, or in data."""
        across = ref == "x"
        axis = self.x if across else self.y
        low, high = (self.left, self.right) if across else (self.bottom, self.top)
        if one.get(f"{ref}sizemode") == "pixel":
            fixed = one.get(anchor, 0)
            paper = one.get(f"{ref}ref") == "paper"
            start = low + float(fixed) * (high - low) if paper else axis(fixed)
            return start + (float(value) if across else -float(value))
        if one.get(f"{ref}ref") == "paper":
            return low + float(value) * (high - low)
        return axis(value)

    def _shape(self, one: Json) -> str:
        style = one.get("line", {})
        width = float(style.get("width", 1))
        dash = str(style.get("dash") or "solid")
        look: dict[str, svg.Value] = {
            "stroke": style.get("color") if width else None,
            "stroke_width": width or None,
            "stroke_dasharray": None
            if dash == "solid"
            else dash.replace("px", "").replace(",", " "),
            "opacity": one.get("opacity"),
        }
        kind = one.get("type", "rect")
        if kind == "path":

            def put(found: re.Match[str]) -> str:
                x = self._place(one, "x", float(found[1]), "xanchor")
                y = self._place(one, "y", float(found[2]), "yanchor")
                return f"{svg.num(x)} {svg.num(y)}"

            return svg.tag("path", d=_PAIRS.sub(put, str(one["path"])),
                           fill=one.get("fillcolor") or "none", **look)  # fmt: skip
        x0, x1 = (self._place(one, "x", one[k], "xanchor") for k in ("x0", "x1"))
        y0, y1 = (self._place(one, "y", one[k], "yanchor") for k in ("y0", "y1"))
        if kind == "line":
            return svg.tag("line", x1=x0, y1=y0, x2=x1, y2=y1, **look)
        if kind != "rect":
            raise Undrawable(f"shape {kind}")
        return svg.tag("rect", x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0),
                       height=abs(y1 - y0), fill=one.get("fillcolor") or "none", **look)  # fmt: skip

    def _note(self, one: Json) -> list[str]:
        font = one.get("font", {})
        size, ink = float(font.get("size", 12)), str(font.get("color", "#333"))
        x = self._note_at(one, "x") + float(one.get("xshift") or 0)
        y = self._note_at(one, "y") - float(one.get("yshift") or 0)
        lines = [_said(part, size, ink) for part in _BREAK.split(str(one.get("text", "")))]
        high = sum(line.size for line in lines) * 1.25
        found: list[str] = []
        if one.get("showarrow"):
            tip = x, y
            x, y = x + float(one.get("ax") or 0), y + float(one.get("ay") or 0)
            found.append(svg.line(tip[0], tip[1], x, y, str(one.get("arrowcolor", ink))))
        anchor = {"left": "start", "right": "end"}.get(str(one.get("xanchor") or ""), "middle")
        from_top = {"top": 0.0, "bottom": high}.get(str(one.get("yanchor") or ""), high / 2)
        at = y - from_top
        for line in lines:
            halo = "var(--bg)" if one.get("bgcolor") else None
            base = at + line.size * 0.98
            found.append(svg.words(x, base, line.text, line.ink, line.size, weight=line.weight,
                                   anchor=anchor, halo=halo))  # fmt: skip
            at += line.size * 1.25
        return found

    def _note_at(self, one: Json, ref: str) -> float:
        axis = self.x if ref == "x" else self.y
        value = one.get(ref, 0)
        if one.get(f"{ref}ref") == "paper":
            return axis.start + float(value) * (axis.end - axis.start)
        return axis.power(axis.number(value))


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    size: float
    ink: str
    weight: int


def _said(markup: str, size: float, ink: str) -> _Said:
    """A line of an annotation: bold, its own size and colour, as our figures write them."""
    own, colour = _SIZE.search(markup), _COLOUR.search(markup)
    return _Said(
        unescape(_TAG.sub("", markup)),
        float(own[1]) if own else size,
        colour[1] if colour else ink,
        600 if "<b>" in markup else 400,
    )


def _dot(x: float, y: float, r: float, fill: Any, symbol: Any, rim: Any, wide: Any,
         opacity: Any) -> str:  # fmt: skip
    look: dict[str, svg.Value] = {
        "fill": fill,
        "stroke": rim if wide else None,
        "stroke_width": wide or None,
        "opacity": opacity if opacity != 1 else None,
    }
    n: Callable[[float], str] = svg.num
    if symbol == "circle":
        return svg.tag("circle", cx=x, cy=y, r=r, **look)
    if symbol == "square":
        return svg.tag("rect", x=x - r, y=y - r, width=2 * r, height=2 * r, **look)
    if symbol == "x-thin":
        path = f"M{n(x - r)} {n(y - r)}L{n(x + r)} {n(y + r)}M{n(x - r)} {n(y + r)}L{n(x + r)} {n(y - r)}"
        return svg.tag(
            "path",
            d=path,
            **{**look, "fill": "none", "stroke": rim or fill, "stroke_width": wide or 1.5},
        )
    corners: dict[str, Iterable[tuple[float, float]]] = {
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle-up": ((0, -1.2), (1.1, 0.7), (-1.1, 0.7)),
        "triangle-down": ((0, 1.2), (1.1, -0.7), (-1.1, -0.7)),
    }
    if symbol not in corners:
        raise Undrawable(f"symbol {symbol}")
    path = "M" + "L".join(f"{n(x + a * r)} {n(y + b * r)}" for a, b in corners[symbol]) + "Z"
    return svg.tag("path", d=path, **look)
