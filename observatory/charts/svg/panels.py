"""What stands inside a panel of small multiples: grid, markers, lines, names, the last value."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.over_time import DOTS_UP_TO
from observatory.charts.palette import Palette
from observatory.charts.plan import Tick
from observatory.charts.scales import Scale
from observatory.charts.series import (
    Point,
    Series,
    breaks_of,
    cadence,
    hover,
    mixes_estimates,
    runs,
    soft,
)
from observatory.charts.spread import spread
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class MultiplesSpec:
    """Small multiples. Everything has a default.

    `panels`: which panels, in which order (empty: all, in the order of the frame); `columns`:
    panels beside each other (0: what fits, 2 on a phone); `height`: px of a panel's plot;
    `log`: logarithmic values, said above the drawing (values of zero or less are not drawn);
    `zero`: scale from zero (None: when the data come near it); `shared`: one value axis for all
    panels, else one each; `context`: the other panels' lines in grey; `reference`: an entity drawn
    as a dark line in every panel, named above the drawing; `subjects`: with a column `panel`, the
    entities in colour; `markers`: number the events and explain them under the drawing; `absent`:
    words of a panel without a value.
    """

    measure: Measure = PLAIN
    panels: tuple[str, ...] = ()
    columns: int = 0
    width: float = 1280
    height: float = 104
    log: bool = False
    zero: bool | None = None
    shared: bool = True
    context: bool = True
    reference: str = ""
    subjects: tuple[str, ...] = ()
    markers: bool = True
    absent: str = ""
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its title, its coloured lines, the grey ones behind, what it links to."""

    key: str
    label: str
    href: str
    absent: str
    own: tuple[Series, ...]
    behind: tuple[Series, ...]
    economy_id: str
    several: bool


@dataclass(frozen=True, slots=True)
class Box:
    """Where a panel's plot stands, in px."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What a panel is drawn with: scales, room, settings, colours, words."""

    x: Scale
    y: Scale
    box: Box
    spec: MultiplesSpec
    colours: Palette
    t: Translator

    def drawn(self, value: float | None) -> bool:
        """Whether the value axis has a place for a value."""
        return value is not None and not (self.spec.log and value <= 0)

    def at(self, point: Point) -> tuple[float, float]:
        return self.x(point.x), self.y(point.value or 0.0)

    def said(self, one: Series, point: Point) -> str:
        return hover(point, one, self.spec.measure.full(point.value or 0.0, self.t), self.t)


def grid(ticks: Sequence[Tick], on: Stage, left: float, *, labelled: bool) -> list[str]:
    ink, box = on.colours, on.box
    parts = [svg.line(box.left, on.y(k.at), box.right, on.y(k.at), ink["grid"]) for k in ticks]
    if labelled:
        parts += [svg.words(left, on.y(k.at) + 4, k.label, ink["ink3"], 12) for k in ticks]
    return parts


def time_ends(ticks: Sequence[Tick], on: Stage) -> list[str]:
    parts: list[str] = []
    box, free = on.box, on.box.left
    for i, tick in enumerate(ticks):
        label = on.t.period(tick.label)
        wide = text_width(label, 12)
        alone = len(ticks) == 1
        start = on.x(tick.at) - wide / 2 if alone else (box.right - wide if i else box.left)
        if start >= free or i == 0:
            parts.append(svg.words(start, box.bottom + 16, label, on.colours["ink3"], 12))
        free = start + wide + 8
    return parts


def _path(stretches: Sequence[Sequence[Point]], on: Stage) -> str:
    """The path of many stretches at once, one decimal a coordinate."""
    out: list[str] = []
    for stretch in stretches:
        places = [on.at(point) for point in stretch if on.drawn(point.value)]
        if len(places) > 1:
            out.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places))
    return "".join(out)


def _line(path: str, stroke: str, width: float, dash: str | None = None) -> str:
    if not path:
        return ""
    return svg.tag(
        "path", d=path, fill="none", stroke=stroke, stroke_width=width,
        stroke_linejoin="round", stroke_linecap=None if dash else "round", stroke_dasharray=dash,
    )  # fmt: skip


def draw(panel: Panel, on: Stage) -> str:
    """The lines of a panel, or why it has none."""
    ink, box = on.colours, on.box
    usual = cadence((*panel.own, *panel.behind))
    grey: list[list[Point]] = []
    dark: list[list[Point]] = []
    for one in panel.behind:
        # Half a year's count behind whole ones would read as a fall.
        whole = [point for point in one.points if not point.partial]
        (dark if one.entity_id == on.spec.reference else grey).extend(runs(whole, usual))
    parts = [
        _line(_path(grey, on), ink["ctx"], 0.9),
        _line(_path(dark, on), ink["ink2"], 1.5),
    ]
    if not any(one.known or one.rivals for one in panel.own):
        lines = wrap(panel.absent, box.right - box.left - 8, 12, most=3)
        middle = (box.top + box.bottom) / 2 - 8 * (len(lines) - 1)
        parts += [
            svg.words(box.left + 4, middle + 16 * i, text, ink["ink2"], 12, halo=ink["bg"])
            for i, text in enumerate(lines)
        ]
        return "".join(parts)
    estimates = mixes_estimates(panel.own)
    parts += [_own(one, usual, estimates, on) for one in panel.own]
    if panel.several:
        parts += _names(panel, on)
    return "".join(parts)


def _own(one: Series, usual: float, estimates: bool, on: Stage) -> str:
    """A coloured line with its points; each point opens its receipt by mouse."""
    ink, colour = on.colours, on.colours.economy(one.economy_id)
    stretches = runs(one.points, usual)
    parts: list[str] = []
    for run in stretches:
        firm: list[list[Point]] = [[run[0]]]
        for a, b in itertools.pairwise(run):
            if b.partial or soft(a, b, estimates=estimates):
                parts.append(_line(_path([[a, b]], on), colour, 2, "4 3"))
                firm.append([b])
            else:
                firm[-1].append(b)
        parts.append(_line(_path(firm, on), colour, 2.2))
    parts += [_break(a, b, on) for a, b in breaks_of(one)]
    lone = {id(run[0]) for run in stretches if len(run) == 1}
    every = len(one.known) <= DOTS_UP_TO
    for point in one.known:
        end = point is one.last
        if not on.drawn(point.value) or not (every or end or id(point) in lone):
            continue
        if point.partial:
            mark = svg.dot(*on.at(point), 2.8, ink["bg"], colour, 1.4)
        else:
            ring = ink["bg"] if end else None
            mark = svg.dot(*on.at(point), 3.4 if end else 2.1, colour, ring, 1.2)
        parts.append(svg.receipt(point.row_id, on.said(one, point), mark, focusable=False))
    for rival in one.rivals:
        if on.drawn(rival.value):
            mark = svg.dot(*on.at(rival), 2.8, ink["bg"], ink["warn"], 1.4)
            parts.append(svg.receipt(rival.row_id, on.said(one, rival), mark, focusable=False))
    return "".join(parts)


def _break(a: Point, b: Point, on: Stage) -> str:
    """Two strokes between values that do not compare."""
    left, right = on.x(a.x), on.x(b.x)
    if not (on.drawn(a.value) and on.drawn(b.value)) or right - left < 9:
        return ""
    at, level = (left + right) / 2, (on.at(a)[1] + on.at(b)[1]) / 2
    strokes = "".join(
        svg.line(at + side - 1.5, level + 5, at + side + 1.5, level - 5, on.colours["ink2"], 1.2)
        for side in (-2.0, 2.0)
    )
    when = on.t.period(b.period)
    said = on.t("From {period} on not comparable with earlier values", period=when)
    return svg.tag("g", svg.title(said), strokes)


def newest(panel: Panel) -> tuple[Series, Point] | None:
    """The newest value of a panel's lines."""
    ends = [(one, one.last) for one in panel.own if one.last is not None]
    return max(ends, key=lambda end: (end[1].last, end[1].x), default=None)


def head(panel: Panel, x: float, y: float, wide: float, on: Stage) -> str:
    """A panel's head: its name; under it the last value and its period, which open the receipt."""
    ink, measure = on.colours, on.spec.measure
    colour = ink["ink"] if panel.several else ink.economy_text(panel.economy_id)
    name = svg.words(x, y + 14, shorten(panel.label, wide, 13, 600), colour, 13, weight=600)
    if panel.href:
        name = svg.tag(
            "a", svg.title(panel.label), name, href=panel.href, target="_self",
            aria_label=panel.label,
        )  # fmt: skip
    end = newest(panel)
    if end is None or panel.several:
        return name
    one, point = end
    value, when = measure.full(point.value or 0.0, on.t), on.t.period(point.period)
    beside = 8 + text_width(when, 12)
    if text_width(value, 12.5, 600) + beside > wide:
        value = measure.bare(point.value or 0.0, on.t)
    used = text_width(value, 12.5, 600)
    body = svg.words(x, y + 31, value, ink["ink"], 12.5, weight=600)
    if used + beside <= wide:
        body += svg.words(x + used + 8, y + 31, when, ink["ink3"], 12)
    hit = svg.hit(x - 2, y + 18, wide, 20)
    return name + svg.receipt(point.row_id, on.said(one, point), body, hit)


def name_room(panel: Panel, wide: float) -> float:
    """Room for names at the ends of a panel's lines."""
    widest = max((text_width(one.label, 12, 600) for one in panel.own), default=0.0)
    return min(widest + 14, wide * 0.42)


def _names(panel: Panel, on: Stage) -> list[str]:
    """Names at the line ends, pushed apart; each opens the receipt of its last value."""
    ink, box = on.colours, on.box
    newest = {one.entity_id: (one, one.last) for one in panel.own if one.last is not None}
    ends = [end for end in newest.values() if on.drawn(end[1].value)]
    placed = spread([on.at(point)[1] for _, point in ends], 14, box.top, box.bottom)
    room = max(name_room(panel, box.right - box.left) - 8, 24)
    parts: list[str] = []
    for (one, point), at in zip(ends, placed, strict=True):
        label, colour = shorten(one.label, room, 12, 600), ink.economy_text(one.economy_id)
        text = svg.words(box.right + 8, at + 4, label, colour, 12, weight=600, halo=ink["bg"])
        parts.append(svg.receipt(point.row_id, on.said(one, point), text))
    return parts
