"""Lines over time as SVG: subjects in colour, peers grey, names at the line ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.describe import describe_time
from observatory.charts.event_places import place
from observatory.charts.over_time import DOTS_UP_TO, MOST_BREAKS, over_time
from observatory.charts.palette import Palette
from observatory.charts.plan import (
    SIZES,
    EndLabel,
    LineSpec,
    Note,
    Tick,
    end_labels,
    label_ink,
    label_room,
    period_axis,
    stroke,
    value_scale,
)
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, Scale
from observatory.charts.series import (
    Point,
    Series,
    breaks_of,
    hover,
    runs,
    soft,
)
from observatory.charts.svg import elements as svg
from observatory.charts.svg.events import event_key, event_strip
from observatory.charts.text import text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the plot stands in the drawing, in px."""

    left: float
    right: float
    top: float
    bottom: float


@roomy
def lines(
    frame: pd.DataFrame,
    spec: LineSpec,
    colours: Palette,
    t: Translator,
    events: pd.DataFrame | None = None,
) -> str:
    """Draw lines over time.

    Columns: those of an observation frame (see `series`). `events`: columns period, label,
    optional row_id, kind; drawn as numbered marks above the plot. Missing periods are gaps, breaks
    two strokes; values of part of a period are hollow; estimates beside other values and forecasts are dashed;
    disputed periods show every value, joined to none.
    """
    read = over_time(frame, events, spec, t)
    series, points, ticks, marks = read.series, read.points, read.ticks, read.marks
    spec = replace(
        spec, measure=spec.measure.among((one.last.value for one in series if one.last), t)
    )
    sizes = SIZES[spec.size]
    tick_room = max((text_width(tick.label, sizes.tick) for tick in ticks), default=20)
    room = label_room(series, spec, t)
    left, right = tick_room + 12, spec.width - room - 2
    x = Linear(read.first, read.last, left + 4, right)
    strip = place(marks, x, left, right)
    plot = Plot(left, right, (strip.height or 10) + sizes.dot, spec.height - sizes.tick * 2.1)
    y = value_scale(read.domain, spec.log, plot.bottom, plot.top)
    parts = _value_ticks(ticks, y, plot, spec, colours)
    parts += time_labels(
        period_axis(points, plot.right - plot.left, sizes.tick, t),
        x,
        plot,
        spec,
        colours,
    )
    parts += event_strip(strip, plot.top, plot.bottom, colours, t)
    order = sorted(series, key=lambda one: -spec.role(one))
    # Dots stand over all lines: a step that rises past another's end must not cut its dot.
    for one in order:
        parts += _strokes(one, x, y, spec, read.usual, read.estimates, colours)
        parts += _breaks(one, x, y, spec, colours, t)
    for one in order:
        parts += _marks(one, x, y, spec, read.usual, colours, t)
    labels = end_labels(series, spec, y, (plot.top, plot.bottom), spec.width - plot.right - 10, t)
    parts += [_end_label(label, plot, spec, colours, t) for label in labels]
    parts += [_note(note, x, y, plot, colours) for note in spec.notes[:2]]
    height = spec.height
    if marks and spec.key:
        key, used = event_key(marks, spec.width, spec.height + 8, colours, t)
        parts += key
        height += used + 8
    if not points:
        middle = (spec.width / 2, spec.height / 2)
        parts.append(
            svg.words(
                *middle,
                t("No values for this filter"),
                colours["ink2"],
                13,
                anchor="middle",
            )
        )
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or spec.measure.name or t("Line chart"),
        description=spec.description or describe_time(frame, spec.measure, t, spec.subjects),
        lang=t.html_lang,
    )


def _value_ticks(
    ticks: Sequence[Tick], y: Scale, plot: Plot, spec: LineSpec, colours: Palette
) -> list[str]:
    size = SIZES[spec.size].tick
    parts: list[str] = []
    for tick in ticks:
        at = y(tick.at)
        parts.append(svg.line(plot.left, at, plot.right, at, colours["grid"]))
        parts.append(svg.words(0, at + size * 0.35, tick.label, colours["ink3"], size))
    return parts


def time_labels(
    ticks: Sequence[Tick], x: Scale, plot: Plot, spec: LineSpec, colours: Palette
) -> list[str]:
    """Draw the labels under the plot, the outer ones kept inside the drawing."""
    size = SIZES[spec.size].tick
    parts: list[str] = []
    for tick in ticks:
        half = text_width(tick.label, size) / 2
        at = min(max(x(tick.at), half), spec.width - half)
        parts.append(
            svg.words(
                at,
                plot.bottom + size * 1.65,
                tick.label,
                colours["ink3"],
                size,
                anchor="middle",
            )
        )
    return parts


def _strokes(
    one: Series,
    x: Scale,
    y: Scale,
    spec: LineSpec,
    usual: float,
    estimates: bool,
    colours: Palette,
) -> list[str]:
    """The lines of a series."""
    role = spec.role(one)
    if role == 2:
        return []
    sizes = SIZES[spec.size]
    width = sizes.context if role == 3 else (sizes.subject, sizes.second)[role]
    dash = colours.dash(one.economy_id)
    colour = colours["ctx2"] if dash and role == 3 else stroke(one, role, colours)
    return [
        part
        for run in runs(one.points, usual if spec.gaps else 0)
        for part in _run(run, x, y, spec, estimates, colour, width, dash)
    ]


def _breaks(
    one: Series, x: Scale, y: Scale, spec: LineSpec, colours: Palette, t: Translator
) -> list[str]:
    """Two strokes where a subject's line is broken: the values on both sides do not compare."""
    found = breaks_of(one)
    # Where hardly any two values compare, loose dots say it better than a stroke between each.
    if spec.role(one) > 1 or len(found) > MOST_BREAKS:
        return []
    parts: list[str] = []
    for a, b in found:
        if a.value is None or b.value is None or x(b.x) - x(a.x) < 12:
            continue
        at, level = (x(a.x) + x(b.x)) / 2, (y(a.value) + y(b.value)) / 2
        strokes = "".join(
            svg.line(at + side - 2, level + 6, at + side + 2, level - 6, colours["ink2"], 1.3)
            for side in (-2.5, 2.5)
        )
        said = t("From {period} on not comparable with earlier values", period=t.period(b.period))
        parts.append(svg.tag("g", svg.title(said), strokes))
    return parts


def _marks(
    one: Series,
    x: Scale,
    y: Scale,
    spec: LineSpec,
    usual: float,
    colours: Palette,
    t: Translator,
) -> list[str]:
    """The dots of a series: all of a short line, else ends, part-years and lone points."""
    role = spec.role(one)
    colour = stroke(one, role, colours)
    every = role == 2 or (role < 3 and not spec.step and len(one.known) <= DOTS_UP_TO)
    alone = {id(run[0]) for run in runs(one.points, usual) if len(run) == 1}
    parts: list[str] = []
    drawn: list[tuple[Point, str]] = []
    for point in one.known:
        end = role < 3 and point is one.last
        if every or end or point.partial or id(point) in alone:
            shape = spec.loose_shape(one)
            r = SIZES[spec.size].dot
            mark = _dot(point, x, y, role, r, colour, colours, end=end, shape=shape)
            drawn.append((point, mark))
        elif spec.hits:
            at = (x(point.x), y(point.value or 0.0))
            unseen = svg.tag(
                "circle", cx=at[0], cy=at[1], r=5, fill=colour, fill_opacity=0, class_="pt"
            )
            drawn.append((point, unseen))
    for rival in one.rivals if role < 3 else ():
        at = (x(rival.x), y(rival.value or 0.0))
        drawn.append((rival, svg.dot(*at, 3.4, colours["bg"], colours["warn"], 1.5)))
    for point, mark in drawn:
        said = hover(point, one, spec.measure.full(point.value or 0.0, t), t)
        parts.append(svg.receipt(point.row_id, said, mark, focusable=False))
    return parts


def _run(
    run: Sequence[Point],
    x: Scale,
    y: Scale,
    spec: LineSpec,
    estimates: bool,
    colour: str,
    width: float,
    dash: str | None,
) -> list[str]:
    """The line through neighbours, cut where it turns from solid to dashed."""
    parts: list[str] = []
    places: list[tuple[float, float]] = []
    style: tuple[str | None, float | None] = (dash, None)
    for a, b in itertools.pairwise(run):
        if a.value is None or b.value is None:
            continue
        now: tuple[str | None, float | None] = (dash, None)
        if b.partial:
            now = ("3 2", None)
        elif soft(a, b, estimates=estimates):
            now = ("5 3", 0.6 if b.forecast else None)
        if now != style and places:
            parts.append(svg.polyline(places, colour, width, dash=style[0], opacity=style[1]))
            places = []
        style = now
        if not places:
            places.append((x(a.x), y(a.value)))
        if spec.step:
            places.append((x(b.x), y(a.value)))
        places.append((x(b.x), y(b.value)))
    if places:
        parts.append(svg.polyline(places, colour, width, dash=style[0], opacity=style[1]))
    return parts


def _dot(
    point: Point,
    x: Scale,
    y: Scale,
    role: int,
    r: float,
    colour: str,
    colours: Palette,
    *,
    end: bool,
    shape: str,
) -> str:
    at = (x(point.x), y(point.value if point.value is not None else 0.0))
    if role == 2:
        return _loose(shape, *at, colours["bg"], colour)
    if point.partial:
        return svg.dot(*at, r, colours["bg"], colour, 1.5)
    if role == 3:
        return svg.dot(*at, 1.6, colour)
    return svg.dot(*at, r + (0.4 if end else -0.4), colour, colours["bg"], 1.5)


def _loose(shape: str, x: float, y: float, ground: str, colour: str) -> str:
    """A hollow mark of a publisher whose values are not joined."""
    paths = {
        "diamond": "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
        "triangle-up": "m0 -5.5l5.5 9.5h-11z",
    }
    path = f"M{svg.num(x)} {svg.num(y)}" + paths.get(shape, "m-4 -4h8v8h-8z")
    return svg.tag("path", d=path, fill=ground, stroke=colour, stroke_width=1.4)


def _end_label(label: EndLabel, plot: Plot, spec: LineSpec, colours: Palette, t: Translator) -> str:
    sizes = SIZES[spec.size]
    x = plot.right + 10
    weight = 600 if label.role < 3 else 400
    parts = [
        svg.words(
            x,
            label.y + sizes.label * 0.35,
            label.text,
            label_ink(label.series, label.role, colours),
            sizes.label,
            weight=weight,
            halo=colours["bg"],
        )
    ]
    value = label.point.value if label.point.value is not None else 0.0
    name = hover(label.point, label.series, spec.measure.full(value, t), t)
    wide = text_width(label.text, sizes.label, weight)
    return svg.receipt(label.point.row_id, name, *parts, svg.hit(x - 4, label.y - 9, wide + 8, 18))


def _note(note: Note, x: Scale, y: Scale, plot: Plot, colours: Palette) -> str:
    """An annotation beside its point, on the side that has more room, with a thin leader."""
    covers = parse_period(note.period)
    at = x((covers.start.toordinal() + covers.end.toordinal()) / 2), y(note.value)
    left = at[0] > (plot.left + plot.right) / 2
    way = -1 if left else 1
    tx, ty = at[0] + way * 52, min(max(at[1] + 22, plot.top + 14), plot.bottom - 22)
    anchor = "end" if left else "start"
    parts = [
        svg.line(at[0] + way * 8, at[1] + 6, tx - way * 4, ty - 4, colours["ink3"]),
        svg.words(
            tx,
            ty,
            note.title,
            colours["ink"],
            12,
            weight=600,
            anchor=anchor,
            halo=colours["bg"],
        ),
    ]
    if note.text:
        parts.append(
            svg.words(
                tx,
                ty + 16,
                note.text,
                colours["ink2"],
                12,
                anchor=anchor,
                halo=colours["bg"],
            )
        )
    return "".join(parts)
