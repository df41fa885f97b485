"""Numbered events on Plotly charts over time: the twin of `svg_events`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from observatory.charts.event_places import LANE, Extent, Mark, Strip, half_width
from observatory.charts.palette import Palette
from observatory.charts.plan import Event
from observatory.charts.svg.events import outline, spoken
from observatory.charts.theme import Trace, day, note, safe

if TYPE_CHECKING:
    from observatory.i18n import Translator


def event_marks(
    strip: Strip, colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return dates, leaders and outlines as shapes, numbers as annotations.

    Marks hang on their day by pixels, so that they keep their distances where the card is wider
    or narrower than the drawing was planned for.
    """
    shapes: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    for mark in strip.marks:
        for one in mark.extents:
            shapes += _date(one, colours)
            shapes.append(_leader(one, mark, strip, colours))
    for mark in strip.marks:
        anchor = mark.extents[0]
        shift, up = mark.x - anchor.at, strip.centre(mark.row)
        filled = mark.kind == "control"
        shapes.append(
            {
                "type": "path",
                "xref": "x",
                "yref": "paper",
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": day(anchor.event.x),
                "yanchor": 1,
                "path": outline(mark.kind, half_width(mark.text), shift, up, upward=True),
                "fillcolor": colours["ink2" if filled else "bg"],
                "line": {"color": colours["ink2"], "width": 1.2},
            }
        )
        numbers.append(
            note(
                day(anchor.event.x),
                1,
                mark.text,
                colours["bg" if filled else "ink"],
                11,
                bold=True,
                yref="paper",
                xshift=shift,
                yshift=up,
                xanchor="center",
                yanchor="middle",
            )
        )
    return shapes, numbers


def _date(one: Extent, colours: Palette) -> list[dict[str, Any]]:
    event = one.event
    if one.form == "line":
        line = {"color": colours["ink3"], "width": 1, "dash": "2px,3px"}
        return [
            {"type": "line", "xref": "x", "yref": "paper", "x0": day(event.x), "x1": day(event.x),
             "y0": 0, "y1": 1, "layer": "below", "line": line},
        ]  # fmt: skip
    wide = {"xref": "x", "x0": day(event.first), "x1": day(event.last + 1), "line": {"width": 0},
            "type": "rect", "fillcolor": colours["ink3"]}  # fmt: skip
    bar = {**wide, "yref": "paper", "ysizemode": "pixel", "yanchor": 1, "y0": LANE - 3, "y1": LANE,
           "opacity": 0.55}  # fmt: skip
    if one.form == "bar":
        return [bar]
    return [{**wide, "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "opacity": 0.13}, bar]


def _leader(one: Extent, mark: Mark, strip: Strip, colours: Palette) -> dict[str, Any]:
    """From the mark straight down past the lower row, then to the date."""
    shift, start, knee = mark.x - one.at, strip.centre(mark.row), strip.centre(0) - 9
    return {
        "type": "path",
        "xref": "x",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": day(one.event.x),
        "yanchor": 1,
        "path": f"M{shift:.1f} {start:.1f}L{shift:.1f} {knee:.1f}L0 {LANE:.1f}",
        "line": {"color": colours["ink3"], "width": 1},
    }


def event_hover(
    events: Sequence[Event], domain: tuple[float, float], colours: Palette, t: Translator
) -> Trace:
    """Unseen points at the top of the dates: hover explains the number, a click opens it."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day(event.x) for event in events],
        "y": [domain[1]] * len(events),
        "customdata": [event.row_id for event in events],
        "hovertext": [safe(spoken(event, t)) for event in events],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {"size": 16, "color": colours["ink2"], "opacity": 0},
    }
