"""Best models over time on boards whose scale may break, and how far behind an economy is.

Each scale is a shaded block; nothing is drawn from one block to the next, and a zig-zag stands
between them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.free_place import Area, Box, free_place
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, nice_domain, nice_ticks
from observatory.charts.series import need, numbers, texts
from observatory.charts.spread import spread
from observatory.charts.svg import elements as svg
from observatory.charts.svg.scales import PHONE, Band, Hole, bands, hole_words, time_axis
from observatory.charts.text import shorten, text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_HEAD: Final = 30.0


@dataclass(frozen=True, slots=True)
class Bridge:
    """A lag: at `level`, from the day the other side had it to the day it was reached."""

    first: date
    last: date
    level: float
    lines: tuple[str, ...] = ()
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Undated:
    """A best score without a day: it stands at the edge of the plot, joined to nothing."""

    economy: str
    label: str
    value: float
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class FrontierSpec:
    """`subjects`: economies in colour, at most seven, others grey; `reference`: one drawn as a
    dark line (the other side); `write`: how a score is written; `width`, `height` in px."""

    bands: tuple[Band, ...] = ()
    holes: tuple[Hole, ...] = ()
    subjects: tuple[str, ...] = ()
    bridge: Bridge | None = None
    measure: Measure = PLAIN
    digits: int = 0
    width: float = 782
    height: float = 340
    top_only: str = ""
    undated: tuple[Undated, ...] = ()
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Dot:
    x: float
    day: str
    value: float
    economy: str
    label: str
    name: str
    row_id: str
    band: int


def _read(frame: pd.DataFrame, spec: FrontierSpec) -> list[_Dot]:
    need(frame, ("entity_id", "period", "value"))
    rows = zip(
        texts(frame, "entity_id"),
        texts(frame, "period"),
        numbers(frame, "value"),
        texts(frame, "label"),
        texts(frame, "model"),
        texts(frame, "row_id"),
        strict=True,
    )
    found: list[_Dot] = []
    for economy, period, value, label, model, row_id in rows:
        if not period or value is None:
            continue
        day = parse_period(period).end
        band = next((i for i, b in enumerate(spec.bands) if b.start <= day <= b.end), -1)
        found.append(
            _Dot(day.toordinal(), period, value, economy, label or economy, model, row_id, band)
        )
    return sorted(found, key=lambda dot: dot.x)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the plot stands, and its two scales."""

    left: float
    right: float
    top: float
    bottom: float
    x: Linear
    y: Linear


@roomy
def frontier(
    frame: pd.DataFrame,
    spec: FrontierSpec,
    colours: Palette,
    t: Translator,
    points: pd.DataFrame | None = None,
) -> str:
    """Draw the best of each economy as steps inside the bands.

    Columns: entity_id, period (a day), value; optional label (name of the economy), model,
    row_id. A line holds until the next value of its band and never leaves the band. Days outside
    every band are drawn as single dots. `points`: the other entries, with the same columns, as
    faint dots behind the lines as far as they reach into the drawing.
    """
    dots = _read(frame, spec)
    shown = list(dict.fromkeys(dot.economy for dot in dots))
    plot, ticks, marks, ends = _layout(dots, spec, t)
    first, last = _span(dots, spec)
    parts = bands(spec.bands, spec.holes, plot.x, (plot.top, plot.bottom), colours, spec.top_only)
    for tick, mark in zip(ticks, marks, strict=True):
        at = plot.y(tick)
        parts.append(svg.line(plot.left, at, plot.right, at, colours["grid"]))
        parts.append(svg.words(0, at + 4, mark, colours["ink3"], 12))
    parts += time_axis(plot.x, first, last, plot.bottom, spec.width, colours, t)
    for dot in _read(points, spec) if points is not None and len(points) else ():
        if plot.y.low <= dot.value <= plot.y.high:
            parts.append(_faint(dot, plot, spec, colours, t))
    order = sorted(shown, key=lambda e: e in spec.subjects)
    for economy in order:
        parts += _steps([d for d in dots if d.economy == economy], plot, spec, colours, t)
    parts += _end_labels(ends, plot, spec, colours)
    if spec.bridge:
        parts += _bridge(spec.bridge, plot, spec, colours, dots)
    if not dots:
        middle = (spec.width / 2, spec.height / 2)
        said = t("No values for this filter")
        parts.append(svg.words(*middle, said, colours["ink2"], 13, anchor="middle"))
    return svg.document(
        spec.width,
        spec.height,
        *parts,
        name=spec.name or t("Best model of each economy over time"),
        description=spec.description,
        lang=t.html_lang,
    )


def _layout(
    dots: Sequence[_Dot], spec: FrontierSpec, t: Translator
) -> tuple[_Frame, list[float], list[str], list[tuple[_Dot, str]]]:
    """The plot with its scales, the ticks with their labels, the labels at the line ends."""
    values = [dot.value for dot in dots] + [one.value for one in spec.undated]
    low, high = min(values, default=0.0), max(values, default=1.0)
    domain = nice_domain(low, high, zero=False)
    ticks = nice_ticks(*domain, 5)
    marks = [t.number(tick, None) for tick in ticks]
    room = max((text_width(mark, 12) for mark in marks), default=20) + 10
    ends = [*_ends(dots, spec, t), *_loose(spec, t)]
    label_room = max((text_width(text, 12.5, 600) for _, text in ends), default=40) + 14
    right = spec.width - min(label_room, spec.width * (0.38 if spec.width < PHONE else 0.34))
    first, last = _span(dots, spec)
    bottom = spec.height - 26
    x, y = Linear(first, last, room + 6, right - 2), Linear(*domain, bottom, _HEAD + 14)
    return _Frame(room, right, _HEAD, bottom, x, y), ticks, marks, ends


def edges(frame: pd.DataFrame, spec: FrontierSpec, t: Translator) -> tuple[float, float]:
    """Left and right of the plot in px, for a drawing that stands under it."""
    plot = _layout(_read(frame, spec), spec, t)[0]
    return plot.left, plot.right


def _span(dots: Sequence[_Dot], spec: FrontierSpec) -> tuple[float, float]:
    xs = [dot.x for dot in dots] + [
        float(day.toordinal()) for band in spec.bands for day in (band.start, band.end)
    ]
    if not xs:
        return 0.0, 1.0
    first, last = min(xs), max(xs)
    return (first, last) if last > first else (first - 30, last + 30)


def _said(dot: _Dot, spec: FrontierSpec, t: Translator) -> str:
    """Economy, model, score and day, for the mouse."""
    return t.parts((dot.label, dot.name, spec.measure.bare(dot.value, t), t.period(dot.day)))


def _faint(dot: _Dot, plot: _Frame, spec: FrontierSpec, colours: Palette, t: Translator) -> str:
    subject = dot.economy in spec.subjects
    colour = colours.economy(dot.economy) if subject else colours["ctx2"]
    mark = svg.tag(
        "circle", cx=plot.x(dot.x), cy=plot.y(dot.value), r=2.1, fill=colour, opacity=0.4
    )
    return svg.receipt(dot.row_id, _said(dot, spec, t), mark, focusable=False)


def _runs(dots: Sequence[_Dot], band: Band) -> list[list[_Dot]]:
    """Dots joined by a line: of a board, neighbours in copies that follow one another."""
    if not band.days:
        return [list(dots)]
    order = {day.toordinal(): i for i, day in enumerate(band.days)}
    found: list[list[_Dot]] = []
    for dot in dots:
        place = order.get(int(dot.x), -1)
        if found and order.get(int(found[-1][-1].x), -9) + 1 == place:
            found[-1].append(dot)
        else:
            found.append([dot])
    return found


def _steps(
    dots: Sequence[_Dot], plot: _Frame, spec: FrontierSpec, colours: Palette, t: Translator
) -> list[str]:
    economy = dots[0].economy
    subject = economy in spec.subjects
    dash = colours.dash(economy)
    colour = colours.economy(economy) if subject else colours["ctx2" if dash else "ctx"]
    width = 2.4 if subject else 1.3
    lines: list[str] = []
    marks: list[str] = []
    for index, band in enumerate(spec.bands):
        own = [dot for dot in dots if dot.band == index]
        if not own:
            continue
        for run in _runs(own, band):
            path: list[tuple[float, float]] = []
            for dot in run:
                at = plot.x(dot.x), plot.y(dot.value)
                if path:
                    path.append((at[0], path[-1][1]))
                path.append(at)
            if not band.days:
                path.append((plot.x(band.end.toordinal()), path[-1][1]))
            if len(path) > 1:
                lines.append(svg.polyline(path, colour, width, dash=dash))
    for dot in dots:
        said = _said(dot, spec, t)
        r = 3.2 if subject else 2.0
        mark = svg.dot(plot.x(dot.x), plot.y(dot.value), r, colour, colours["bg"], 1.2)
        marks.append(svg.receipt(dot.row_id, said, mark, focusable=False))
    return lines + marks


def _ends(dots: Sequence[_Dot], spec: FrontierSpec, t: Translator) -> list[tuple[_Dot, str]]:
    """The last value of each economy in the last band, with the words of its label."""
    last = len(spec.bands) - 1
    found: dict[str, _Dot] = {}
    for dot in dots:
        if dot.band == last:
            found[dot.economy] = dot
    return [(dot, f"{dot.label} {t.number(dot.value, spec.digits)}") for dot in found.values()]


def _loose(spec: FrontierSpec, t: Translator) -> list[tuple[_Dot, str]]:
    """Labels of the best scores without a day."""
    return [
        (
            _Dot(0.0, "", one.value, one.economy, one.label, "", one.row_id, -2),
            t("{name} {value}, undated", name=one.label, value=t.number(one.value, spec.digits)),
        )
        for one in spec.undated
    ]


def _short(text: str, name: str, room: float, weight: int) -> str:
    """A name and its value in `room` pixels: the name is cut, never the value."""
    rest = text.removeprefix(name)
    left = room - text_width(rest, 12.5, weight)
    if rest == text or left < 30 or text_width(text, 12.5, weight) <= room:
        return shorten(text, room, 12.5, weight)
    return shorten(name, left, 12.5, weight) + rest


def _end_labels(
    ends: Sequence[tuple[_Dot, str]], plot: _Frame, spec: FrontierSpec, colours: Palette
) -> list[str]:
    kept = sorted(ends, key=lambda end: (end[0].economy not in spec.subjects, -end[0].value))[:12]
    placed = spread([plot.y(dot.value) for dot, _ in kept], 17, plot.top, plot.bottom)
    parts: list[str] = []
    for (dot, text), y in zip(kept, placed, strict=True):
        subject = dot.economy in spec.subjects
        ink = colours.economy_text(dot.economy) if subject else colours["ink3"]
        weight = 600 if subject else 400
        room = spec.width - plot.right - 10
        if dot.band == -2:
            at = plot.y(dot.value)
            colour = colours.economy(dot.economy) if subject else colours["ctx2"]
            parts.append(svg.line(plot.right - 12, at, plot.right, at, colour, 1.6, "2 3"))
            parts.append(svg.dot(plot.right - 2, at, 3.4, colours["bg"], colour, 1.5))
        words = svg.words(
            plot.right + 10,
            y + 4,
            _short(text, dot.label, room, weight),
            ink,
            12.5,
            weight=weight,
            halo=colours["bg"],
        )
        parts.append(svg.receipt(dot.row_id, text, words))
    return parts


def _written(plot: _Frame, spec: FrontierSpec) -> list[Box]:
    """The words in gaps and under the heads of blocks."""
    found: list[Box] = []
    for hole in spec.holes:
        for line, middle, at in hole_words(hole, plot.x, (plot.top, plot.bottom)):
            half = text_width(line, 12) / 2
            found.append((middle - half, middle + half, at - 11, at + 4))
    if spec.top_only:
        for band in spec.bands:
            if band.top_until and band.top_until > band.start:
                left = plot.x(band.start.toordinal()) - 1
                found.append(
                    (left, left + text_width(spec.top_only, 12), plot.top + 10, plot.top + 25)
                )
    return found


def _inked(dots: Sequence[_Dot], plot: _Frame, spec: FrontierSpec) -> list[tuple[float, float]]:
    """Points along all lines, some 12 px apart."""
    found: list[tuple[float, float]] = []
    for economy in dict.fromkeys(dot.economy for dot in dots):
        for index, band in enumerate(spec.bands):
            own = [dot for dot in dots if dot.economy == economy and dot.band == index]
            places = [(plot.x(dot.x), plot.y(dot.value)) for dot in own]
            if own:
                places.append((plot.x(band.end.toordinal()), places[-1][1]))
            for (x1, y1), (x2, y2) in itertools.pairwise(places):
                corners = ((x1, y1, x2, y1), (x2, y1, x2, y2))
                for a, b, c, d in corners:
                    steps = max(int((abs(c - a) + abs(d - b)) // 12), 1)
                    found += [
                        (a + (c - a) * i / steps, b + (d - b) * i / steps) for i in range(steps + 1)
                    ]
    return found


def _bridge(
    bridge: Bridge, plot: _Frame, spec: FrontierSpec, colours: Palette, dots: Sequence[_Dot]
) -> list[str]:
    left, right = plot.x(bridge.first.toordinal()), plot.x(bridge.last.toordinal())
    y = plot.y(bridge.level)
    ink = colours["ink"]
    parts = [svg.line(left, y, right, y, ink, 1.4, "3 3" if bridge.bound else None)]
    parts.append(svg.line(right, y - 5, right, y + 5, ink, 1.4))
    if bridge.bound:
        head = f"M{svg.num(left + 7)} {svg.num(y - 5)}L{svg.num(left - 1)} {svg.num(y)}"
        head += f"L{svg.num(left + 7)} {svg.num(y + 5)}"
        parts.append(svg.tag("path", d=head, fill=colours["bg"], stroke=ink, stroke_width=1.3))
    else:
        parts.append(svg.line(left, y - 5, left, y + 5, ink, 1.4))
    if spec.width < PHONE:
        return parts
    widest = max((text_width(line, 12, 600) for line in bridge.lines), default=0)
    inked = _inked(dots, plot, spec) + [(left + (right - left) * i / 12, y) for i in range(13)]
    area = Area(plot.left, plot.right, plot.top, plot.bottom, spec.width)
    size = (widest, 16.0 * len(bridge.lines))
    at, y = free_place((left, right, y), size, area, inked, _written(plot, spec))
    for i, line in enumerate(bridge.lines):
        weight, fill = (600, ink) if i == 0 else (400, colours["ink2"])
        parts.append(svg.words(at, y + 16 * i, line, fill, 12, weight=weight, halo=colours["bg"]))
    return parts
