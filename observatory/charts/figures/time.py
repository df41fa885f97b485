"""Plotly lines over time, with hover, selection and events."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.event_places import place
from observatory.charts.figures.events import event_hover, event_marks
from observatory.charts.over_time import DOTS_UP_TO, MOST_BREAKS, over_time
from observatory.charts.palette import Palette
from observatory.charts.plan import (
    SIZES,
    EndLabel,
    LineSpec,
    Tick,
    end_labels,
    label_ink,
    label_room,
    padded,
    period_axis,
    stroke,
    value_scale,
)
from observatory.charts.room import roomy
from observatory.charts.scales import Linear
from observatory.charts.series import (
    Point,
    Series,
    breaks_of,
    hover,
    runs,
    soft,
)
from observatory.charts.text import text_width
from observatory.charts.theme import Trace, build, day, note, safe
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_DASHES: Final = {"5 3": "5px,3px", "2 3": "2px,3px", "8 3": "8px,3px"}


@roomy
def time_lines(
    frame: pd.DataFrame,
    spec: LineSpec,
    colours: Palette,
    t: Translator,
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw lines over time, the Plotly twin of `svg_lines.lines`.

    Columns: those of an observation frame (see `series`); `events`: period, label, optional
    row_id, kind. `customdata` of every point is its row_id. The widths in `spec` place end labels and
    event numbers; give the width the card will have.
    """
    read = over_time(frame, events, spec, t)
    series, domain, ticks, marks = read.series, read.domain, read.ticks, read.marks
    spec = replace(
        spec, measure=spec.measure.among((one.last.value for one in series if one.last), t)
    )
    first, last = read.first, read.last
    sizes = SIZES[spec.size]
    left = max((text_width(tick.label, sizes.tick) for tick in ticks), default=20) + 18
    right = label_room(series, spec, t) + 4
    plot_width = max(spec.width - left - right, 60)
    dates = period_axis(read.points, plot_width, sizes.tick, t)
    if dates:
        # The first label is centred under its point and needs room to its left.
        left = max(left, text_width(dates[0].label, sizes.tick) / 2 + 2)
    strip = place(marks, Linear(first, max(last, first + 1), 0, plot_width), 0, plot_width)
    top, bottom = (strip.height + 2 if marks else 12) + sizes.dot, sizes.tick * 2.3
    plot_height = max(spec.height - top - bottom, 40)
    drawn = padded(domain, spec.log, sizes.subject / 2 + 1, plot_height)
    y = value_scale(drawn, spec.log, plot_height, 0)
    traces: list[Trace] = []
    context = [one for one in series if spec.role(one) == 3]
    groups = [(3, context)] if context else []
    for role in (2, 1, 0):
        groups += [(role, [one]) for one in series if spec.role(one) == role]
    for role, group in groups:
        traces += _traces(group, role, spec, read.usual, read.estimates, colours, t)
    # Dots over all lines, see `svg_lines`.
    traces.sort(key=lambda trace: trace["mode"] == "markers")
    labels = end_labels(series, spec, y, (0, plot_height), right - 12, t)
    notes = [_end_note(label, plot_height, spec, colours) for label in labels]
    notes += _breaks(series, spec, colours)
    notes += _annotations(spec, colours, y, plot_height, first, last)
    shapes: list[dict[str, Any]] = []
    if marks:
        shapes, numbers = event_marks(strip, colours)
        notes += numbers
        traces.append(event_hover(marks, domain, colours, t))
    layout = {
        "height": spec.height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "xaxis": time_axis(dates, first, last, plot_width),
        "yaxis": value_axis_layout(ticks, drawn, spec, colours, zero=domain[0] < 0 < domain[1]),
        "annotations": notes,
        "shapes": shapes,
        "meta": {"events": [[event.number, event.label, event.row_id] for event in marks]},
    }
    return build(traces, layout, colours, t, size=spec.size)


def time_axis(ticks: Sequence[Tick], first: float, last: float, room: float) -> dict[str, Any]:
    """Return the time axis over [first, last] (ordinals), `room` px wide."""
    # A few pixels of air keep the outer dots whole; the axis still ends at the last datum.
    pad = max((last - first) * 5 / room, 0.5)
    return {
        "type": "date",
        "range": [day(first - pad), day(last + pad)],
        "tickmode": "array",
        "tickvals": [day(tick.at) for tick in ticks],
        "ticktext": [safe(tick.label) for tick in ticks],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
    }


def value_axis_layout(
    ticks: Sequence[Tick],
    domain: tuple[float, float],
    spec: LineSpec,
    colours: Palette,
    *,
    zero: bool = False,
) -> dict[str, Any]:
    """Return the value axis with its ticks, logarithmic where the spec says so.

    `zero` draws the line of zero in ink, for values on both sides of it; else it is a grid line.
    """
    axis: dict[str, Any] = {
        "tickmode": "array",
        "tickvals": [tick.at for tick in ticks],
        "ticktext": [safe(tick.label) for tick in ticks],
        "range": list(domain),
    }
    if spec.log and domain[0] > 0:
        # Plotly takes the range of a logarithmic axis in powers of ten.
        axis |= {"type": "log", "range": [log10(domain[0]), log10(domain[1])]}
    else:
        # Plotly draws no grid line at zero, only a zero line.
        ink = colours["ink2" if zero else "grid"]
        axis |= {"zeroline": True, "zerolinecolor": ink, "zerolinewidth": 1}
    return axis


Style = tuple[str, str, float]
Strokes = dict[Style, tuple[list[str | None], list[float | None]]]


def _traces(
    group: Sequence[Series],
    role: int,
    spec: LineSpec,
    usual: float,
    estimates: bool,
    colours: Palette,
    t: Translator,
) -> list[Trace]:
    """Lines, one trace a style with gaps as nulls, and one trace of points that answer to hover.

    All context series share their traces: a figure costs by the trace, not by the point.
    """
    width = (SIZES[spec.size].subject, SIZES[spec.size].second, 0.0, SIZES[spec.size].context)[role]
    strokes: Strokes = {}
    for one in group if role != 2 else []:
        own = colours.dash(one.economy_id) if role == 3 else None
        colour = colours["ctx2"] if own else stroke(one, role, colours)
        for run in runs(one.points, usual if spec.gaps else 0):
            _stroke_run(run, strokes, colour, _DASHES.get(own or "", "solid"), estimates)
    found: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": xs,
            "y": ys,
            "line": {
                "color": colour,
                "width": width,
                "dash": dash,
                "shape": "hv" if spec.step else "linear",
            },
            "opacity": opacity,
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for (colour, dash, opacity), (xs, ys) in strokes.items()
    ]
    if any(one.known or one.rivals for one in group):
        found.append(_markers(group, role, spec, usual, colours, t))
    if len(group) == 1:
        for trace in found:
            trace["name"] = safe(group[0].label)
    return found


def _stroke_run(
    run: Sequence[Point], strokes: Strokes, colour: str, own: str, estimates: bool
) -> None:
    """Add a stretch of a line to the traces of its styles."""
    before: Style | None = None
    for a, b in itertools.pairwise(run):
        style = (colour, own, 1.0)
        if b.partial:
            style = (colour, "3px,2px", 1.0)
        elif soft(a, b, estimates=estimates):
            style = (colour, "5px,3px", 0.6 if b.forecast else 1.0)
        xs, ys = strokes.setdefault(style, ([], []))
        if style != before:
            if xs:
                xs.append(None)
                ys.append(None)
            xs.append(day(a.x))
            ys.append(a.value)
        xs.append(day(b.x))
        ys.append(b.value)
        before = style


@dataclass(frozen=True, slots=True)
class _Mark:
    size: float
    fill: str
    rim: str
    opacity: float


def _mark(
    point: Point, one: Series, role: int, every: bool, alone: bool, spec: LineSpec, colours: Palette
) -> _Mark:
    """How a point looks. Unseen points stay in the trace: they answer to hover and selection."""
    colour = stroke(one, role, colours)
    if role == 3:
        return _Mark(3.2, colour, colour, 1.0 if alone else 0.0)
    rival = point in one.rivals
    hollow = point.partial or rival or role == 2
    end = point is one.last
    size = 8.0 if role == 2 else 2 * SIZES[spec.size].dot + (0.8 if end else 0)
    rim = colours["warn"] if rival else colour if hollow else colours["bg"]
    shown = every or hollow or end or alone
    return _Mark(size, colours["bg"] if hollow else colour, rim, 1.0 if shown else 0.0)


def _markers(
    group: Sequence[Series],
    role: int,
    spec: LineSpec,
    usual: float,
    colours: Palette,
    t: Translator,
) -> Trace:
    marks: list[_Mark] = []
    points: list[Point] = []
    said: list[str] = []
    for one in group:
        known = [*one.known, *(one.rivals if role < 3 else ())]
        every = role < 3 and not spec.step and len(known) <= DOTS_UP_TO
        alone = {id(run[0]) for run in runs(one.points, usual) if len(run) == 1}
        for point in known:
            marks.append(_mark(point, one, role, every, id(point) in alone, spec, colours))
            points.append(point)
            said.append(safe(hover(point, one, spec.measure.full(point.value or 0.0, t), t)))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day(point.x) for point in points],
        "y": [point.value for point in points],
        "customdata": [point.row_id for point in points],
        "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "size": _plain([mark.size for mark in marks]),
            "color": _plain([mark.fill for mark in marks]),
            "opacity": _plain([mark.opacity for mark in marks]),
            "symbol": spec.loose_shape(group[0]) if role == 2 else "circle",
            "line": {
                "color": _plain([mark.rim for mark in marks]),
                "width": 1.5 if role < 3 else 0,
            },
        },
    }


def _plain(values: list[Any]) -> Any:
    """Return the one value where all are the same: figures stay small."""
    return values[0] if len(set(values)) == 1 else values


def _end_note(
    label: EndLabel, plot_height: float, spec: LineSpec, colours: Palette
) -> dict[str, Any]:
    return note(
        1,
        1 - label.y / plot_height,
        label.text,
        label_ink(label.series, label.role, colours),
        SIZES[spec.size].label,
        bold=label.role < 3,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="middle",
        xshift=9,
        align="left",
    )


def _breaks(series: Sequence[Series], spec: LineSpec, colours: Palette) -> list[dict[str, Any]]:
    """Two strokes where a subject's line is broken: the values on both sides do not compare."""
    found: list[dict[str, Any]] = []
    for one in series:
        pairs = breaks_of(one)
        # See `svg_lines`.
        for a, b in pairs if spec.role(one) < 2 and len(pairs) <= MOST_BREAKS else ():
            if a.value is None or b.value is None:
                continue
            log = spec.log and min(a.value, b.value) > 0
            # On a logarithmic axis Plotly places annotations by powers of ten.
            level = (log10(a.value) + log10(b.value)) / 2 if log else (a.value + b.value) / 2
            found.append(note(day((a.x + b.x) / 2), level, "//", colours["ink2"], 12, bold=True))
    return found


def _annotations(
    spec: LineSpec, colours: Palette, y: Any, plot_height: float, first: float, last: float
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in spec.notes[:2]:
        covers = parse_period(one.period)
        at = (covers.start.toordinal() + covers.end.toordinal()) / 2
        left = at > (first + last) / 2
        way = -1 if left else 1
        text = f"<b>{safe(one.title)}</b>" + (f"<br>{safe(one.text)}" if one.text else "")
        found.append(
            {
                "x": day(at),
                "y": 1 - y(one.value) / plot_height,
                "yref": "paper",
                "text": text,
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": colours["ink3"],
                "ax": way * 52,
                "ay": 26,
                "xanchor": "right" if left else "left",
                "align": "right" if left else "left",
                "standoff": 7,
                "font": {"size": 12, "color": colours["ink"]},
            }
        )
    return found
