"""Dot plot as SVG: one line a measure, each on its own scale, the better end at the right.

Every entity with a value is a grey dot; the chosen ones have a shape and a colour each, explained
above the lines, so that they are told apart without colour too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, Log, Scale
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

SHAPES: Final = ("circle", "square", "diamond", "up", "down", "hexagon")
_NARROW: Final = 480.0
_R: Final = 6.0
_EMPTY: Final[Mapping[str, Measure]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DotPlotSpec:
    """A dot plot. Everything has a default.

    `subjects`: entity ids with shape and colour, in the order of the key; `measures`: how values
    of a line are written, by line (else `measure`); `log`: lines on a logarithmic scale;
    `reverse`: lines on which a low value is better, so that the better end is always at the right;
    `ends`: print the lowest and highest value under each line; `rows`: the lines and their order
    (empty: as in the frame).
    """

    subjects: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    measure: Measure = PLAIN
    measures: Mapping[str, Measure] = field(default_factory=lambda: _EMPTY)
    log: frozenset[str] = frozenset()
    reverse: frozenset[str] = frozenset()
    ends: bool = True
    width: float = 620
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Dot:
    """One value of one entity."""

    entity_id: str
    label: str
    owner: str
    value: float
    said: str
    row_id: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the plot."""

    key: str
    label: str
    note: str
    href: str
    dots: tuple[_Dot, ...]


@roomy
def dot_plot(frame: pd.DataFrame, spec: DotPlotSpec, colours: Palette, t: Translator) -> str:
    """Draw a dot plot.

    Columns: row, entity_id, value; optional row_label, row_note (small, under the label), row_href
    (where the label leads), label, economy_id, said (the value in words, for hover), row_id, hollow
    ("1" for a value that is not compared with the others of its line). Rows
    without a value give the line its label and no dot.
    """
    need(frame, ("row", "entity_id", "value"))
    rows = _read(frame, spec, t)
    names = {dot.entity_id: (dot.label, dot.owner) for row in rows for dot in row.dots}
    labels, owners = texts(frame, "label"), texts(frame, "economy_id")
    for i, entity in enumerate(texts(frame, "entity_id")):
        names.setdefault(entity, (labels[i] or entity, owners[i] or entity))
    narrow = spec.width < _NARROW
    parts, top = _key(spec, names, colours)
    label_room = spec.width if narrow else min(max(spec.width * 0.33, 150.0), 230.0)
    left = 8.0 if narrow else label_room + 18
    for row in rows:
        drawn, height = _line(row, spec, colours, t, top, left, label_room, narrow=narrow)
        parts += drawn
        top += height
    if not rows:
        parts.append(
            svg.words(
                spec.width / 2, top + 30, t("No values for this filter"), colours["ink2"], 13,
                anchor="middle",
            )
        )  # fmt: skip
        top += 56
    return svg.document(
        spec.width, top + 2, *parts, name=spec.name or t("Dot plot"),
        description=_describe(rows, spec, t), lang=t.html_lang,
    )  # fmt: skip


def _read(frame: pd.DataFrame, spec: DotPlotSpec, t: Translator) -> list[_Row]:
    keys, ids, values = texts(frame, "row"), texts(frame, "entity_id"), numbers(frame, "value")
    names, notes = texts(frame, "row_label"), texts(frame, "row_note")
    hrefs, labels = texts(frame, "row_href"), texts(frame, "label")
    owners, said, row_ids = texts(frame, "economy_id"), texts(frame, "said"), texts(frame, "row_id")
    hollow = texts(frame, "hollow")
    found: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    order = [key for key in spec.rows if key in found] if spec.rows else list(found)
    rows: list[_Row] = []
    for key in order:
        first = found[key][0]
        measure = spec.measures.get(key, spec.measure)
        dots: list[_Dot] = []
        for i in found[key]:
            value = values[i]
            if value is None:
                continue
            shown = said[i] or measure.full(value, t)
            dots.append(
                _Dot(
                    ids[i],
                    labels[i] or ids[i],
                    owners[i] or ids[i],
                    value,
                    shown,
                    row_ids[i],
                    hollow[i] == "1",
                )
            )
        rows.append(_Row(key, names[first] or key, notes[first], hrefs[first], tuple(dots)))
    return rows


def _scale(row: _Row, spec: DotPlotSpec, start: float, end: float) -> tuple[Scale, float, float]:
    values = [dot.value for dot in row.dots]
    low, high = min(values), max(values)
    if row.key in spec.reverse:
        start, end = end, start
    positive = [value for value in values if value > 0]
    if row.key in spec.log and positive:
        return Log(min(positive), high, start, end), low, high
    return Linear(low, high, start, end), low, high


def _line(
    row: _Row,
    spec: DotPlotSpec,
    colours: Palette,
    t: Translator,
    top: float,
    left: float,
    label_room: float,
    *,
    narrow: bool,
) -> tuple[list[str], float]:
    """A line with its label; returns the parts and how high they are."""
    lines = wrap(row.label, label_room, 13, most=2)
    notes = wrap(row.note, label_room, 12, most=2) if row.note else []
    block = 17.0 * len(lines) + 16.0 * len(notes)
    label_top = top + 8 if narrow else top + max(8.0, (54 - block) / 2)
    parts = [_label(row, lines, notes, label_top, colours)]
    below = 19.0 if spec.ends else 4.0
    middle = label_top + block + 14 if narrow else top + max(54.0, block + 12) / 2 - below / 2 + 3
    height = middle + below + 12 - top if narrow else max(54.0, block + 14)
    right = spec.width - 9
    parts.append(svg.line(0, top + height, spec.width, top + height, colours["hair"]))
    if not row.dots:
        parts.append(svg.words(left, middle + 4, t("no value on file"), colours["ink3"], 12.5))
        return parts, height
    x, low, high = _scale(row, spec, left + 8, right)
    parts.append(svg.line(left, middle, spec.width, middle, colours["rule"]))
    if spec.ends and high > low:
        parts += _ends(row, spec, colours, t, (low, high), left, middle + below)
    others = [dot for dot in row.dots if dot.entity_id not in spec.subjects]
    parts += [
        svg.receipt(
            dot.row_id, t("{name}: {value}", name=dot.label, value=dot.said),
            svg.dot(x(dot.value), middle, 3.6, colours["ctx"], colours["bg"], 1),
            focusable=False,
        )
        for dot in others
    ]  # fmt: skip
    parts += _chosen(row, spec, colours, t, x, middle)
    return parts, height


def _label(
    row: _Row, lines: Sequence[str], notes: Sequence[str], top: float, colours: Palette
) -> str:
    words = [
        svg.words(0, top + 12 + 17 * i, line, colours["ink"], 13) for i, line in enumerate(lines)
    ]
    body = "".join(words)
    if row.href:
        body = svg.tag(
            "a", svg.title(row.label), body, href=row.href, target="_self", aria_label=row.label
        )
    under = top + 17 * len(lines) + 12
    small = "".join(
        svg.words(0, under + 16 * i, note, colours["ink3"], 12) for i, note in enumerate(notes)
    )
    return body + small


def _ends(
    row: _Row,
    spec: DotPlotSpec,
    colours: Palette,
    t: Translator,
    ends: tuple[float, float],
    left: float,
    y: float,
) -> list[str]:
    """The lowest and the highest value under the line; the better one stands at the right."""
    measure = spec.measures.get(row.key, spec.measure)
    first, last = ends[::-1] if row.key in spec.reverse else ends
    measure = measure.among(ends, t)
    room = (spec.width - left) / 2 - 8
    return [
        svg.words(left, y, shorten(measure.bare(first, t), room, 12), colours["ink3"], 12),
        svg.words(
            spec.width, y, shorten(measure.bare(last, t), room, 12), colours["ink3"], 12,
            anchor="end",
        ),
    ]  # fmt: skip


def _chosen(
    row: _Row, spec: DotPlotSpec, colours: Palette, t: Translator, x: Scale, middle: float
) -> list[str]:
    """The chosen marks; those that would cover each other are moved apart across the line."""
    dots = sorted((d for d in row.dots if d.entity_id in spec.subjects), key=lambda d: x(d.value))
    groups: list[list[_Dot]] = []
    for dot in dots:
        if groups and x(dot.value) - x(groups[-1][-1].value) < 2 * _R - 1:
            groups[-1].append(dot)
        else:
            groups.append([dot])
    parts: list[str] = []
    for group in groups:
        step = min(2 * _R - 2, 26 / max(len(group) - 1, 1))
        for i, dot in enumerate(group):
            y = middle + (i - (len(group) - 1) / 2) * step
            shape = SHAPES[spec.subjects.index(dot.entity_id) % len(SHAPES)]
            full, rim = colours.economy(dot.owner), colours["bg"]
            inks = (rim, full) if dot.hollow else (full, rim)
            parts.append(
                svg.receipt(
                    dot.row_id, t("{name}: {value}", name=dot.label, value=dot.said),
                    mark(shape, x(dot.value), y, _R - dot.hollow, *inks),
                    focusable=False,
                )
            )  # fmt: skip
    return parts


def mark(shape: str, x: float, y: float, r: float, fill: str, rim: str) -> str:
    """Draw a mark of one of `SHAPES`, all of about the same weight."""
    if shape == "circle":
        return svg.dot(x, y, r, fill, rim, 1.5)
    corners: dict[str, tuple[tuple[float, float], ...]] = {
        "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "up": ((0, -1.2), (1.16, 0.9), (-1.16, 0.9)),
        "down": ((0, 1.2), (1.16, -0.9), (-1.16, -0.9)),
        "hexagon": ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
    }
    points = [(x + dx * r, y + dy * r) for dx, dy in corners.get(shape, corners["square"])]
    path = "M" + "L".join(f"{svg.num(px)} {svg.num(py)}" for px, py in points) + "Z"
    return svg.tag("path", d=path, fill=fill, stroke=rim, stroke_width=1.5, stroke_linejoin="round")


def _key(
    spec: DotPlotSpec, names: Mapping[str, tuple[str, str]], colours: Palette
) -> tuple[list[str], float]:
    """Shapes and names above the lines, flowing over rows; returns parts and height."""
    if not spec.subjects:
        return [], 0.0
    parts: list[str] = []
    x, y = 7.0, 11.0
    for i, entity in enumerate(spec.subjects):
        label, owner = names.get(entity, (entity, entity))
        wide = text_width(label, 13, 600) + 34
        if x > 7 and x + wide - 16 > spec.width:
            x, y = 7.0, y + 21
        shape = SHAPES[i % len(SHAPES)]
        parts.append(mark(shape, x, y, _R, colours.economy(owner), colours["bg"]))
        ink = colours.economy_text(owner)
        parts.append(svg.words(x + 12, y + 4.5, label, ink, 13, weight=600))
        x += wide
    return parts, y + 14


def _describe(rows: Sequence[_Row], spec: DotPlotSpec, t: Translator) -> str:
    """The chosen values in words, line by line."""
    found: list[str] = []
    for row in rows:
        own = sorted(
            (d for d in row.dots if d.entity_id in spec.subjects),
            key=lambda d: spec.subjects.index(d.entity_id),
        )
        said = [t("{name}: {value}", name=dot.label, value=dot.said) for dot in own]
        if said:
            found.append(t("{name}: {value}", name=row.label, value=t.list(said)))
    return t.sentences(found)
