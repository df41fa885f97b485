"""Small marks for tiles and table cells: sparkline and dot strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.scales import Linear, Log, Scale
from observatory.charts.series import (
    Point,
    Series,
    cadence,
    hover,
    need,
    numbers,
    read_series,
    runs,
    texts,
)
from observatory.charts.svg import elements as svg
from observatory.charts.text import text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class SparkSpec:
    """A sparkline. `subject`: series key (entity id); sizes in px; `zero`: scale from zero."""

    measure: Measure = PLAIN
    subject: str = ""
    width: float = 150
    height: float = 40
    zero: bool = True
    name: str = ""


def sparkline(frame: pd.DataFrame, spec: SparkSpec, colours: Palette, t: Translator) -> str:
    """Draw the subject's line over thin grey peers, a dot at its last whole period.

    Columns: those of an observation frame (see `series`). Values of part of a period are left
    out: a part-year never ends a sparkline. Missing periods are gaps. With a single period on
    file the values become a dot strip.
    """
    series = [_whole(one) for one in read_series(frame)]
    periods = {point.period for one in series for point in one.known}
    if len(periods) < 2:
        return _single_edition(series, spec, colours, t)
    floor = spec.height - 4
    known = [point for one in series for point in one.known]
    values = [point.value for point in known if point.value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if spec.zero:
        low, high = min(low, 0.0), max(high, 0.0)
    x = Linear(min(p.x for p in known), max(p.x for p in known), 3, spec.width - 5)
    y = Linear(low, high, floor - 1.5, 5)
    usual = cadence(series)
    peers = [one for one in series if one.entity_id != spec.subject]
    subject = [one for one in series if one.entity_id == spec.subject]
    parts = [svg.line(0, floor, spec.width, floor, colours["rule"])]
    for one in peers:
        parts += [_path(run, x, y, colours["ctx"], 1) for run in runs(one.points, usual)]
    for one in subject:
        colour = colours.economy(one.economy_id)
        parts += [_path(run, x, y, colour, 2.2) for run in runs(one.points, usual)]
        end = one.last
        if end and end.value is not None:
            mark = svg.dot(x(end.x), y(end.value), 3.6, colour, colours["bg"], 1.5)
            written = spec.measure.full(end.value, t)
            parts.append(
                svg.receipt(end.row_id, hover(end, one, written, t), mark, focusable=False)
            )
    return _finish(parts, spec.width, spec.height, spec.name or spec.measure.name, t)


def _whole(one: Series) -> Series:
    kept = tuple(point for point in one.points if not point.partial)
    return Series(one.key, one.entity_id, one.label, one.economy_id, kept)


def _path(run: Sequence[Point], x: Scale, y: Scale, colour: str, width: float) -> str:
    places = [(x(p.x), y(p.value)) for p in run if p.value is not None]
    if len(places) == 1:
        return svg.dot(*places[0], width, colour)
    return svg.polyline(places, colour, width)


def _single_edition(
    series: Sequence[Series], spec: SparkSpec, colours: Palette, t: Translator
) -> str:
    rows = [(one, point) for one in series for point in one.known]
    frame = pd.DataFrame(
        {
            "entity_id": [one.entity_id for one, _ in rows],
            "label": [one.label for one, _ in rows],
            "economy_id": [one.economy_id for one, _ in rows],
            "value": [point.value for _, point in rows],
            "row_id": [point.row_id for _, point in rows],
        }
    )
    strip = StripSpec(
        measure=spec.measure,
        subjects=(spec.subject,),
        width=spec.width,
        height=spec.height,
        zero=spec.zero,
        name=spec.name,
        rule_low=True,
    )
    return dot_strip(frame, strip, colours, t)


@dataclass(frozen=True, slots=True)
class StripSpec:
    """A dot strip. `subjects`: entity ids in colour; `log`: logarithmic scale (say so beside it).

    `rings`: entity ids drawn as open rings, for references such as China beside a coalition;
    `span`: a thick line from the lowest to the highest subject; `rank`: print the subject's rank
    at the right, in `rank_room` px; `compact`: the small dots of a second row.
    """

    measure: Measure = PLAIN
    subjects: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    width: float = 300
    height: float = 26
    log: bool = False
    zero: bool = False
    span: bool = False
    rank: bool = False
    rank_room: float = 84
    compact: bool = False
    rule_low: bool = False
    name: str = ""


def dot_strip(frame: pd.DataFrame, spec: StripSpec, colours: Palette, t: Translator) -> str:
    """Draw one dot per entity along a line, from the lowest value to the highest.

    Columns: entity_id, value; optional label, economy_id, row_id. Rows without a value are left
    out: the caller prints how many were ranked. On a logarithmic strip values at or below zero
    stand hollow at the left end.
    """
    need(frame, ("entity_id", "value"))
    ids, values = texts(frame, "entity_id"), numbers(frame, "value")
    labels, owners = texts(frame, "label"), texts(frame, "economy_id")
    row_ids = texts(frame, "row_id")
    rows = [
        (value, ids[i], labels[i] or ids[i], owners[i] or ids[i], row_ids[i])
        for i, value in enumerate(values)
        if value is not None
    ]
    right = spec.width - (spec.rank_room if spec.rank else 0)
    subject_r = 4.0 if spec.compact else 6.0 if spec.rule_low else 6.5
    peer_r = 3.0 if spec.compact else 4.0
    x = _strip_scale([row[0] for row in rows], spec, subject_r + 2, right - subject_r - 2)
    rule = spec.height - 4 if spec.rule_low else spec.height / 2
    middle = rule - subject_r - 4 if spec.rule_low else rule
    parts = [svg.line(0, rule, right, rule, colours["rule"])]
    chosen = [row for row in rows if row[1] in spec.subjects]
    if spec.span and len(chosen) > 1:
        ends = x(min(row[0] for row in chosen)), x(max(row[0] for row in chosen))
        parts.append(svg.line(ends[0], middle, ends[1], middle, colours["ink"], 2.5))
    radii = (peer_r, subject_r)
    drawn = sorted(rows, key=lambda row: (row[1] in spec.subjects, row[0]))
    parts += [_strip_dot(row, spec, x, middle, radii, colours, t) for row in drawn]
    if spec.rank and chosen:
        parts.append(_rank_text(rows, chosen[0][0], spec, colours, t))
    return _finish(parts, spec.width, spec.height, spec.name or spec.measure.name, t)


Row = tuple[float, str, str, str, str]


def _strip_scale(values: Sequence[float], spec: StripSpec, start: float, end: float) -> Scale:
    if not values:
        return Linear(0, 1, start, end)
    low, high = min(values), max(values)
    if spec.log and high > 0:
        return Log(min(value for value in values if value > 0), high, start, end)
    if spec.zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return Linear(low, high, start, end)


def _strip_dot(
    row: Row,
    spec: StripSpec,
    x: Scale,
    y: float,
    radii: tuple[float, float],
    colours: Palette,
    t: Translator,
) -> str:
    value, entity_id, label, owner, row_id = row
    subject = entity_id in spec.subjects
    fill = colours.economy(owner) if subject else colours["ctx"]
    r = radii[subject]
    if entity_id in spec.rings:
        mark = svg.dot(x(value), y, r, colours["bg"], colours["ink2"], 1.5)
    elif spec.log and value <= 0:
        mark = svg.dot(x(value), y, r - 0.5, colours["bg"], fill, 1.2)
    else:
        mark = svg.dot(x(value), y, r, fill, colours["bg"], 2 if subject else 1)
    return svg.receipt(row_id, f"{label} · {spec.measure.full(value, t)}", mark, focusable=False)


def place_of(values: Sequence[float], value: float, *, higher_is_better: bool = True) -> int:
    """Return the rank of a value among values, 1 for the best; equals share the better place."""
    if higher_is_better:
        return 1 + sum(other > value for other in values)
    return 1 + sum(other < value for other in values)


def _rank_text(
    rows: Sequence[Row], value: float, spec: StripSpec, colours: Palette, t: Translator
) -> str:
    values = [row[0] for row in rows]
    place = place_of(values, value, higher_is_better=spec.measure.higher_is_better)
    whole, head = t.rank(place, len(values), economies=False), t.ordinal(place)
    weight = 400 if spec.compact else 600
    y = spec.height / 2 + 4.5
    if not whole.startswith(head):
        return svg.words(spec.width, y, whole, colours["ink"], 12.5, weight=weight, anchor="end")
    rest = whole[len(head) :]
    split = spec.width - text_width(rest, 12.5)
    return svg.words(split, y, head, colours["ink"], 12.5, weight=weight, anchor="end") + svg.words(
        spec.width, y, rest, colours["ink3"], 12.5, anchor="end"
    )


def _finish(parts: Sequence[str], width: float, height: float, name: str, t: Translator) -> str:
    return svg.document(
        width,
        height,
        *parts,
        name=name or t("Small chart"),
        lang=t.html_lang,
        fixed=True,
    )
