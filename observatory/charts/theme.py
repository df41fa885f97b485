"""The look of Plotly figures: one template a theme, and how a figure is put together.

Figures are built as plain data and validated once: several times faster than adding traces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from observatory.charts.palette import Palette
from observatory.charts.plan import SIZES, Size
from observatory.charts.text import sans

if TYPE_CHECKING:
    from observatory.i18n import Translator

Trace = dict[str, Any]


def safe(text: str) -> str:
    """Make a text literal for Plotly, which reads a few HTML tags in labels and hover texts."""
    return escape(text, quote=False)


def day(ordinal: float) -> str:
    """Write an ordinal (a half one is noon) the way Plotly's date axis reads it."""
    whole = date.fromordinal(int(ordinal))
    return f"{whole.isoformat()} 12:00" if ordinal % 1 else whole.isoformat()


def template(colours: Palette, lang: str, size: Size = "screen") -> dict[str, Any]:
    """Return the layout every figure starts from. Needs a palette of hex colours, not `css`."""
    if colours.mode == "css":
        raise ValueError("figures need hex colours: use the light or the dark palette")
    ticks = SIZES[size].tick
    axis = {
        "showgrid": False,
        "ticks": "",
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": ticks, "color": colours["ink3"]},
        "showline": False,
        "automargin": False,
        "ticklabelstandoff": 6 if size == "screen" else 14,
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": sans(lang), "size": ticks, "color": colours["ink3"]},
        "showlegend": False,
        "margin": {"l": 44, "r": 110, "t": 8, "b": 28, "pad": 0},
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": True, "gridcolor": colours["grid"], "griddash": "solid"},
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours["panel"],
            "bordercolor": colours["rule"],
            "align": "left",
            "font": {
                "family": sans(lang),
                "size": 12.5 if size == "screen" else ticks,
                "color": colours["ink"],
            },
        },
        "colorway": [colours["ctx2"]],
    }


def build(
    traces: Sequence[Trace],
    layout: Mapping[str, Any],
    colours: Palette,
    t: Translator,
    *,
    size: Size = "screen",
) -> go.Figure:
    """Make a figure of traces and the layout parts that differ from the template.

    Axes given in `layout` are merged with the template's, all else replaces it. Without a single
    point the figure says so in words.
    """
    merged = template(colours, t.html_lang, size)
    for key, value in layout.items():
        if key.startswith(("xaxis", "yaxis")):
            base = merged["yaxis"] if key.startswith("y") else merged["xaxis"]
            merged[key] = {**base, **value}
        else:
            merged[key] = value
    if not any(_points(trace) for trace in traces):
        merged["annotations"] = [_nothing(colours, t)]
        for key in ("xaxis", "yaxis"):
            merged[key] = {**merged[key], "visible": False}
    # The skeleton has no default template: ours is complete, and figures stay small.
    merged["template"] = {}
    return go.Figure({"data": list(traces), "layout": merged})


def _points(trace: Trace) -> int:
    if "link" in trace:
        return len(trace["link"].get("value", ()))
    for axis in ("x", "y"):
        values = trace.get(axis)
        if values is not None and any(value is not None for value in values):
            return len(values)
    return 0


def _nothing(colours: Palette, t: Translator) -> dict[str, Any]:
    return {
        "text": safe(t("No values for this filter")),
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "font": {"size": 13, "color": colours["ink2"]},
    }


def note(
    x: Any, y: Any, text: str, colour: str, size: float, *, bold: bool = False, **more: Any
) -> dict[str, Any]:
    """Return an annotation without an arrow; its text is literal."""
    words = f"<b>{safe(text)}</b>" if bold else safe(text)
    return {
        "x": x,
        "y": y,
        "text": words,
        "showarrow": False,
        "font": {"size": size, "color": colour},
        **more,
    }
