"""Things by two measures, with one of them as the mark to meet: a cross through it, its better side shaded.

A full dot ships, a ring is announced, a small square is not known to ship. Either axis may be time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import log10
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.room import KEY, room, roomy
from observatory.charts.scales import (
    Linear,
    Log,
    Scale,
    log_ticks,
    nice_domain,
    nice_ticks,
    time_ticks,
)
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width
from observatory.model.time import PeriodError, parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_NARROW: Final = 520
_LINE: Final = 14.0
_NAME: Final = 26.0
"""Height of the name of the axis across."""


def _plain(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its title, whether it is time or logarithmic, whether less is better."""

    name: str = ""
    time: bool = False
    log: bool = False
    less: bool = False
    write: Callable[[float], str] = _plain


@dataclass(frozen=True, slots=True)
class DuelSpec:
    """`reference`: the key of the row that is the mark; `subjects`: economies in colour, the rest
    grey; `named`: keys that are labelled first; `most`: labels at most; `below`: height of the key
    that stands below it on a stage."""

    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    reference: str = ""
    subjects: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    most: int = 12
    width: float = 820
    height: float = 430
    below: float = KEY
    today: str = ""
    """A day: what lies after it is ahead."""
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Dot:
    key: str
    label: str
    x: float
    y: float
    economy: str
    state: str
    row_id: str
    said: str


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale


@roomy
def duel(frame: pd.DataFrame, spec: DuelSpec, colours: Palette, t: Translator) -> str:
    """Draw things by two measures.

    Columns: label, value (upwards) and across (a number) or period (a date text) by the axis;
    optional key, economy_id, state (shipping, announced, else not known), row_id, said (hover
    text). Rows without both values are left out: the caller says which.
    """
    need(frame, ("label", "value"))
    if room() is not None:
        # The line under the title of a slide says what lies across; its name would take a row.
        spec = replace(spec, x=replace(spec.x, name="")) if spec.x.time else replace(
            spec, height=spec.height - _NAME)  # fmt: skip
    dots = _read(frame, spec)
    narrow = spec.width < _NARROW
    if not dots:
        middle = svg.words(spec.width / 2, 60, t("No chip has both values."), colours["ink3"], 13,
                           anchor="middle")  # fmt: skip
        return svg.document(spec.width, 120, middle, name=spec.name or t("No chip has both values."),
                            description=spec.description, lang=t.html_lang)  # fmt: skip
    plot, ticks_x, ticks_y = _place(dots, spec, t)
    parts = [*_axes(plot, ticks_x, ticks_y, spec, colours)]
    mark = next((dot for dot in dots if dot.key == spec.reference), None)
    if mark is not None:
        parts += _mark(mark, plot, spec, colours)
    if spec.x.time and spec.today:
        parts += _today(plot, spec, colours, t)
    order = sorted(dots, key=lambda d: (d.economy in spec.subjects, d.key in spec.named,
                                        d.key == spec.reference))  # fmt: skip
    parts += [_dot(dot, plot, spec, colours) for dot in order]
    parts += _labels(dots, plot, spec, colours, narrow)
    return svg.document(
        spec.width, spec.height + (_NAME if spec.x.name else 0), *parts,
        name=spec.name or t("Chips compared"), description=spec.description, lang=t.html_lang,
    )  # fmt: skip


def _read(frame: pd.DataFrame, spec: DuelSpec) -> list[_Dot]:
    across = [None] * len(frame) if "across" not in frame.columns else numbers(frame, "across")
    rows = zip(
        texts(frame, "key"), texts(frame, "label"), across, texts(frame, "period"),
        numbers(frame, "value"), texts(frame, "economy_id"), texts(frame, "state"),
        texts(frame, "row_id"), texts(frame, "said"), strict=True,
    )  # fmt: skip
    found: list[_Dot] = []
    for key, label, number, period, value, economy, state, row_id, said in rows:
        x = _day(period) if spec.x.time else number
        if x is None or value is None:
            continue
        if (spec.y.log and value <= 0) or (spec.x.log and x <= 0):
            continue
        found.append(_Dot(key or label, label, x, value, economy, state, row_id, said or label))
    return found


def _day(period: str) -> float | None:
    try:
        covers = parse_period(period)
    except PeriodError:
        return None
    return (covers.start.toordinal() + covers.end.toordinal()) / 2


def _domain(values: Sequence[float], axis: Axis) -> tuple[float, float]:
    low, high = min(values), max(values)
    if axis.time:
        return low - 60, high + 60
    if axis.log:
        pad = max((log10(high) - log10(low)) * 0.05, 0.04)
        return 10 ** max(log10(low) - pad, -300), 10 ** min(log10(high) + pad, 300)
    return nice_domain(low, high)


def _ticks(
    low: float, high: float, axis: Axis, most: int, t: Translator
) -> list[tuple[float, str]]:
    if axis.time:
        return [(tick.x, t.period(tick.period)) for tick in time_ticks(low, high, most)]
    values = log_ticks(low, high, most) if axis.log else nice_ticks(low, high, most)
    return [(value, axis.write(value)) for value in values]


def _place(
    dots: Sequence[_Dot], spec: DuelSpec, t: Translator
) -> tuple[_Plot, list[tuple[float, str]], list[tuple[float, str]]]:
    narrow = spec.width < _NARROW
    low_x, high_x = _domain([dot.x for dot in dots], spec.x)
    low_y, high_y = _domain([dot.y for dot in dots], spec.y)
    ticks_x = _ticks(low_x, high_x, spec.x, 4 if narrow else 7, t)
    ticks_y = _ticks(low_y, high_y, spec.y, 6, t)
    left = max((text_width(label, 12) for _, label in ticks_y), default=20) + 12
    right, top, bottom = spec.width - 14, 34.0, spec.height - 24
    x: Scale = Linear(low_x, high_x, left, right)
    y: Scale = Linear(low_y, high_y, bottom, top)
    if spec.x.log:
        x = Log(low_x, high_x, left, right)
    if spec.y.log:
        y = Log(low_y, high_y, bottom, top)
    return _Plot(left, right, top, bottom, x, y), ticks_x, ticks_y


def _axes(
    plot: _Plot,
    ticks_x: Sequence[tuple[float, str]],
    ticks_y: Sequence[tuple[float, str]],
    spec: DuelSpec,
    colours: Palette,
) -> list[str]:
    parts = [svg.words(0, 14, spec.y.name, colours["ink2"], 12, weight=600)] if spec.y.name else []
    for value, label in ticks_y:
        at = plot.y(value)
        parts.append(svg.line(plot.left, at, plot.right, at, colours["grid"]))
        parts.append(svg.words(plot.left - 8, at + 4, label, colours["ink3"], 12, anchor="end"))
    edge = plot.left
    for value, label in ticks_x:
        at = plot.x(value)
        wide = text_width(label, 12)
        if at - wide / 2 < edge or at + wide / 2 > spec.width:
            continue
        edge = at + wide / 2 + 8
        parts.append(svg.line(at, plot.bottom, at, plot.bottom + 4, colours["ink3"]))
        parts.append(svg.words(at, plot.bottom + 18, label, colours["ink3"], 12, anchor="middle"))
    parts.append(svg.line(plot.left, plot.bottom, plot.right, plot.bottom, colours["ink3"]))
    if spec.x.name:
        parts.append(
            svg.words(
                plot.right,
                spec.height + 16,
                spec.x.name,
                colours["ink2"],
                12,
                weight=600,
                anchor="end",
            )
        )
    return parts


def _mark(mark: _Dot, plot: _Plot, spec: DuelSpec, colours: Palette) -> list[str]:
    """Shade what is as good as the reference or better, and draw a cross through it."""
    at_x, at_y = plot.x(mark.x), plot.y(mark.y)
    left = plot.left if spec.x.time or spec.x.less else at_x
    right = at_x if spec.x.less and not spec.x.time else plot.right
    top, bottom = (at_y, plot.bottom) if spec.y.less else (plot.top, at_y)
    parts = [
        svg.tag("rect", x=left, y=top, width=max(right - left, 0), height=max(bottom - top, 0),
                fill=colours["focus"], opacity=0.55)
    ]  # fmt: skip
    parts.append(svg.line(plot.left, at_y, plot.right, at_y, colours["ink2"], 1, "4 3"))
    if not spec.x.time:
        parts.append(svg.line(at_x, plot.top, at_x, plot.bottom, colours["ink2"], 1, "4 3"))
    return parts


def _today(plot: _Plot, spec: DuelSpec, colours: Palette, t: Translator) -> list[str]:
    day = _day(spec.today)
    if day is None:
        return []
    at = plot.x(day)
    if not plot.left < at < plot.right - 20:
        return []
    label = t("ahead")
    return [
        svg.line(at, plot.top - 6, at, plot.bottom, colours["rule"], 1),
        svg.words(at + 5, plot.top - 4, f"{label} →", colours["ink3"], 11.5),
    ]


def _colour(dot: _Dot, spec: DuelSpec, colours: Palette) -> str:
    return colours.economy(dot.economy) if dot.economy in spec.subjects else colours["ctx2"]


def _dot(dot: _Dot, plot: _Plot, spec: DuelSpec, colours: Palette) -> str:
    x, y = plot.x(dot.x), plot.y(dot.y)
    colour = _colour(dot, spec, colours)
    r = 6.0 if dot.key == spec.reference else 4.6
    if dot.state == "shipping":
        shape = svg.tag(
            "circle", cx=x, cy=y, r=r, fill=colour, stroke=colours["bg"], stroke_width=1
        )
    elif dot.state == "announced":
        shape = svg.tag(
            "circle", cx=x, cy=y, r=r, fill=colours["bg"], stroke=colour, stroke_width=2
        )
    else:
        shape = svg.tag("rect", x=x - 3.6, y=y - 3.6, width=7.2, height=7.2, fill=colours["bg"],
                        stroke=colour, stroke_width=1.6)  # fmt: skip
    if dot.key == spec.reference:
        shape += svg.tag("circle", cx=x, cy=y, r=r + 3.5, fill="none", stroke=colours["ink"],
                         stroke_width=1.4)  # fmt: skip
    hit = svg.hit(x - 9, y - 9, 18, 18)
    if not dot.row_id:
        return svg.tag("g", svg.title(dot.said), shape)
    # A keyboard is led to the chips that the drawing is about; the rest stand in the table.
    lead = dot.key == spec.reference or dot.key in spec.named
    return svg.receipt(dot.row_id, dot.said, hit, shape, focusable=lead)


def _labels(
    dots: Sequence[_Dot], plot: _Plot, spec: DuelSpec, colours: Palette, narrow: bool
) -> list[str]:
    """Name the reference and the named ones first, then the best, where words cover no others."""
    sign = 1 if spec.y.less else -1
    places = {key: place for place, key in enumerate(spec.named)}
    ranked = sorted(
        dots, key=lambda d: (d.key != spec.reference, places.get(d.key, 999), sign * d.y, d.key)
    )
    spots = [
        (plot.x(dot.x), plot.y(dot.y), 8.0 if dot.key == spec.reference else 4.0) for dot in dots
    ]
    taken: list[tuple[float, float, float, float]] = []
    parts: list[str] = []
    most = min(spec.most, 7) if narrow else spec.most
    for dot in ranked[: most * 4]:
        if len(parts) >= most:
            break
        text = shorten(dot.label, 120 if narrow else 180, 12)
        wide, x, y = text_width(text, 12, 600), plot.x(dot.x), plot.y(dot.y)
        must = dot.key == spec.reference
        free: tuple[float, float, float, float] | None = None
        fewest = len(dots)
        sides = [(x + 11, y + 4), (x - 11 - wide, y + 4), (x - wide / 2, y - 11),
                 (x - wide / 2, y + _LINE + 6)]  # fmt: skip
        if must:
            # The reference is always named: where its label covers the fewest dots.
            sides += [
                (x + 11, y - 12),
                (x - 11 - wide, y - 12),
                (x + 11, y + 20),
                (x - 11 - wide, y + 20),
            ]
        for start, base in sides:
            box = (start, base - 10, start + wide, base + 3)
            inside = box[0] >= plot.left and box[2] <= spec.width and box[1] >= plot.top - 14
            clear = not any(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            )
            over = sum(
                box[0] - r < a < box[2] + r and box[1] - r < b < box[3] + r for a, b, r in spots
            )
            if inside and clear and over == 0:
                free = box
                break
            if inside and clear and must and over < fewest:
                free, fewest = box, over
        if free is None:
            continue
        taken.append(free)
        subject = dot.economy in spec.subjects
        ink = colours.economy_text(dot.economy) if subject else colours["ink2"]
        parts.append(
            svg.words(
                free[0],
                free[3] - 3,
                text,
                colours["ink"] if must else ink,
                12,
                weight=600 if subject or must else 400,
                halo=colours["bg"],
            )
        )
    return parts
