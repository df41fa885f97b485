"""Plotly dots in time: models by release, and money by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.colour import rgba
from observatory.charts.figures.time import time_axis, value_axis_layout
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.plan import (
    NO_TIME,
    SIZES,
    LineSpec,
    Size,
    padded,
    period_axis,
    value_axis,
    value_scale,
)
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, Scale
from observatory.charts.series import Point, column, need, numbers, status_word, texts
from observatory.charts.text import shorten, text_width
from observatory.charts.theme import Trace, build, day, note, safe
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_PLEDGES: Final = frozenset({"pledged", "unknown"})


@dataclass(frozen=True, slots=True)
class PointSpec:
    """Dots in time.

    `subjects`: economy ids in colour, the rest grey; `log`: logarithmic values; `frontier`: a
    step line through each subject's best so far; `named`: dots with a label at most; `values`:
    print the value behind the name; `stems`: a line from zero to each dot; `size`: "slide" for
    a meeting room.
    """

    measure: Measure = PLAIN
    subjects: tuple[str, ...] = ()
    log: bool = False
    zero: bool | None = None
    frontier: bool = False
    named: int = 8
    values: bool = False
    stems: bool = False
    width: float = 620
    height: float = 380
    size: Size = "screen"
    name: str = ""
    description: str = ""

    def lines(self) -> LineSpec:
        """Return what the axes need, in the form the line charts use."""
        return LineSpec(
            measure=self.measure,
            log=self.log,
            zero=self.zero,
            width=self.width,
            height=self.height,
            size=self.size,
        )


@dataclass(frozen=True, slots=True)
class _Dot:
    x: float
    period: str
    value: float
    label: str
    owner: str
    economy_id: str
    row_id: str
    status: str
    hollow: bool
    shape: str


@roomy
def model_scatter(
    frame: pd.DataFrame, spec: PointSpec, colours: Palette, t: Translator
) -> go.Figure:
    """Draw models by release date and a value such as parameters, compute or a score.

    Columns: period (release date text), value, label (model name); optional owner (maker),
    economy_id, row_id, status, open_weights (bool: False is drawn hollow). Rows without a date or
    a value are left out: the caller says how many. The best and newest dots of the subjects are
    named as far as there is room.
    """
    need(frame, ("period", "value", "label"))
    closed = column(frame, "open_weights", None)
    dots = _read(frame, [value is not None and not bool(value) for value in closed], "circle")
    dots = [dot for dot in dots if dot.value > 0 or not spec.log]
    groups: list[tuple[str, list[_Dot]]] = [("", [])]
    groups[0][1].extend(dot for dot in dots if dot.economy_id not in spec.subjects)
    for economy_id in spec.subjects:
        groups.append((economy_id, [dot for dot in dots if dot.economy_id == economy_id]))
    traces: list[Trace] = []
    for economy_id, members in groups:
        if members:
            if spec.frontier and economy_id:
                traces.append(_frontier(members, colours.economy(economy_id), spec))
            colour = colours.economy(economy_id) if economy_id else colours["ctx"]
            traces.append(_dots(members, colour, bool(economy_id), spec, colours, t))
    chosen = [dot for _, members in groups[1:] for dot in members] or dots
    return _finish(dots, chosen, traces, spec, colours, t)


@roomy
def money_dots(frame: pd.DataFrame, spec: PointSpec, colours: Palette, t: Translator) -> go.Figure:
    """Draw amounts by date: rounds as dots, valuations as diamonds, on stems from zero.

    Columns: period (date text), value (amount in the unit of the measure; missing = not on file),
    label (what it was); optional kind ("valuation" is a diamond and never joined to rounds),
    commitment ("pledged" and "unknown" are hollow), economy_id, row_id, status, owner. An
    amount not on file is a cross on the time axis, never a zero.
    """
    need(frame, ("period", "value", "label"))
    hollow = [text in _PLEDGES for text in texts(frame, "commitment")]
    kinds = texts(frame, "kind")
    dots = _read(frame, hollow, "circle", ["diamond" if k == "valuation" else "" for k in kinds])
    silent = _silent(frame)
    colour = colours.economy(spec.subjects[0]) if spec.subjects else colours["ink2"]
    traces: list[Trace] = []
    if dots and spec.stems and not spec.log:
        rounds = [dot for dot in dots if dot.shape != "diamond"]
        traces.append(_stems(rounds, colour))
    by_economy: dict[str, list[_Dot]] = {}
    for dot in dots:
        by_economy.setdefault(dot.economy_id, []).append(dot)
    for economy_id, members in by_economy.items():
        own = colours.economy(economy_id) if economy_id else colour
        traces.append(_dots(members, own, True, spec, colours, t))
    return _finish(dots, dots, traces, spec, colours, t, silent)


def _read(
    frame: pd.DataFrame, hollow: Sequence[bool], shape: str, shapes: Sequence[str] = ()
) -> list[_Dot]:
    rows = zip(
        texts(frame, "period"),
        numbers(frame, "value"),
        texts(frame, "label"),
        texts(frame, "owner"),
        texts(frame, "economy_id"),
        texts(frame, "row_id"),
        texts(frame, "status"),
        hollow,
        shapes or [""] * len(frame),
        strict=True,
    )
    dots: list[_Dot] = []
    for period, value, label, owner, economy_id, row_id, status, open_, own in rows:
        if period and value is not None:
            covers = parse_period(period)
            x = (covers.start.toordinal() + covers.end.toordinal()) / 2
            dots.append(
                _Dot(
                    x, period, value, label, owner, economy_id, row_id, status, open_, own or shape
                )
            )
    return sorted(dots, key=lambda dot: dot.x)


def _silent(frame: pd.DataFrame) -> list[tuple[float, str, str, str]]:
    """Dated rows without an amount: day, period, label, row id."""
    rows = zip(
        texts(frame, "period"),
        numbers(frame, "value"),
        texts(frame, "label"),
        texts(frame, "row_id"),
        strict=True,
    )
    found: list[tuple[float, str, str, str]] = []
    for period, value, label, row_id in rows:
        if period and value is None:
            covers = parse_period(period)
            x = (covers.start.toordinal() + covers.end.toordinal()) / 2
            found.append((x, period, label, row_id))
    return found


def _dots(
    dots: Sequence[_Dot],
    colour: str,
    subject: bool,
    spec: PointSpec,
    colours: Palette,
    t: Translator,
) -> Trace:
    r = SIZES[spec.size].dot
    many = len(dots) > 400
    return {
        # WebGL keeps thousands of dots light; a browser without it still draws the few.
        "type": "scattergl" if many else "scatter",
        "mode": "markers",
        "x": [day(dot.x) for dot in dots],
        "y": [dot.value for dot in dots],
        "customdata": [dot.row_id for dot in dots],
        "hovertext": [safe(_hover(dot, spec, t)) for dot in dots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": (2.1 if subject else 1.5) * r,
            "symbol": [dot.shape for dot in dots],
            "color": [colours["bg"] if dot.hollow else colour for dot in dots],
            "opacity": 0.9 if subject else 0.75,
            "line": {
                "color": [colour if dot.hollow else colours["bg"] for dot in dots],
                "width": [1.5 if dot.hollow else 1.0 for dot in dots],
            },
        },
    } | ({} if many else {"cliponaxis": False})


def _hover(dot: _Dot, spec: PointSpec, t: Translator) -> str:
    parts = (
        dot.label,
        dot.owner,
        spec.measure.full(dot.value, t),
        t.period(dot.period),
        status_word(dot.status, t),
    )
    return " · ".join(part for part in parts if part)


def _frontier(dots: Sequence[_Dot], colour: str, spec: PointSpec) -> Trace:
    xs: list[str] = []
    ys: list[float] = []
    better = spec.measure.higher_is_better
    for dot in dots:
        if not ys or (dot.value > ys[-1] if better else dot.value < ys[-1]):
            xs.append(day(dot.x))
            ys.append(dot.value)
    xs.append(day(dots[-1].x))
    ys.append(ys[-1])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "line": {"color": colour, "width": SIZES[spec.size].second * 0.7, "shape": "hv"},
    }


def _stems(dots: Sequence[_Dot], colour: str) -> Trace:
    xs: list[str | None] = []
    ys: list[float | None] = []
    for dot in dots:
        xs += [day(dot.x), day(dot.x), None]
        ys += [0.0, dot.value, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "line": {"color": colour, "width": 1.5},
        "opacity": 0.5,
    }


def _finish(
    dots: Sequence[_Dot],
    chosen: Sequence[_Dot],
    traces: list[Trace],
    spec: PointSpec,
    colours: Palette,
    t: Translator,
    silent: Sequence[tuple[float, str, str, str]] = (),
) -> go.Figure:
    lines = spec.lines()
    sizes = SIZES[spec.size]
    values = [dot.value for dot in dots]
    if spec.stems and values:
        values.append(0.0)
    domain, ticks = value_axis(values, lines, t)
    days = [dot.x for dot in dots] + [row[0] for row in silent]
    first, last = min(days, default=NO_TIME[0]), max(days, default=NO_TIME[1])
    if last - first < 30:
        first, last = first - 15, last + 15
    left = max((text_width(tick.label, sizes.tick) for tick in ticks), default=20) + 18
    right, top, bottom = 20.0, 14.0, sizes.tick * 2.3 + (14 if silent else 0)
    room, high = max(spec.width - left - right, 80), max(spec.height - top - bottom, 60)
    x = Linear(first, last, 0, room)
    drawn = padded(domain, spec.log, 2, high)
    y = value_scale(drawn, spec.log, high, 0)
    ends = [Point(d, int(d), int(d), p, 0.0) for d, p in _periods(dots, silent)]
    if silent:
        traces.append(_silent_marks(silent, domain[0], sizes.tick, colours, t))
    layout = {
        "height": spec.height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "xaxis": {
            **time_axis(period_axis(ends, room, sizes.tick, t), first, last, room),
            "ticklabelstandoff": 14 if silent else 6,
        },
        "yaxis": value_axis_layout(ticks, drawn, lines, colours),
        "annotations": _names(chosen, spec, x, y, room, colours, t),
    }
    return build(traces, layout, colours, t, size=spec.size)


def _periods(
    dots: Sequence[_Dot], silent: Sequence[tuple[float, str, str, str]]
) -> list[tuple[float, str]]:
    """Days with their periods; only the first and last matter where there are many."""
    found = {(dot.x, dot.period) for dot in dots} | {(row[0], row[1]) for row in silent}
    return sorted(found)


def _silent_marks(
    silent: Sequence[tuple[float, str, str, str]],
    floor: float,
    tick: float,
    colours: Palette,
    t: Translator,
) -> Trace:
    said = t("amount not on file")
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day(row[0]) for row in silent],
        "y": [floor] * len(silent),
        "customdata": [row[3] for row in silent],
        "hovertext": [safe(f"{row[2]} · {said} · {t.period(row[1])}") for row in silent],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": "x-thin",
            "size": tick * 0.7,
            "color": colours["ink3"],
            "line": {"color": colours["ink3"], "width": 1.6},
        },
    }


def _names(
    dots: Sequence[_Dot],
    spec: PointSpec,
    x: Scale,
    y: Scale,
    room: float,
    colours: Palette,
    t: Translator,
) -> list[dict[str, Any]]:
    """Name the best dots, newest first among equals, where their words cover no other words."""
    size = SIZES[spec.size].tick
    sign = -1 if spec.measure.higher_is_better else 1
    ranked = sorted(dots, key=lambda dot: (sign * dot.value, -dot.x))
    taken: list[tuple[float, float, float, float]] = []
    notes: list[dict[str, Any]] = []
    for dot in ranked[: spec.named * 6]:
        if len(notes) >= spec.named:
            break
        text = shorten(dot.label, 190 * size / 12, size)
        if spec.values:
            text = f"{text} {spec.measure.bare(dot.value, t)}"
        wide = text_width(text, size) + 12
        at = (x(dot.x), y(dot.value))
        left = at[0] + wide > room
        start = at[0] - wide if left else at[0]
        box = (start, at[1] - size * 0.7, start + wide, at[1] + size * 0.7)
        if start < 0 or any(
            box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
        ):
            continue
        taken.append(box)
        colour = colours.economy_text(dot.economy_id) if dot.economy_id else colours["ink2"]
        notes.append(
            note(
                day(dot.x),
                _axis_value(dot.value, spec),
                text,
                colour,
                size,
                xanchor="right" if left else "left",
                yanchor="middle",
                xshift=-8 if left else 8,
                bgcolor=rgba(colours["bg"], 0.72),
                borderpad=1,
            )
        )
    return notes


def _axis_value(value: float, spec: PointSpec) -> float:
    """Annotations on a logarithmic axis are placed by the power of ten."""
    return log10(value) if spec.log and value > 0 else value
