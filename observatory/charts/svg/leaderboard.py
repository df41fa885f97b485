"""Scores of a board with their intervals, one thin row each, for the cells of a ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.scales import Linear
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class IntervalSpec:
    """`domain`: the scale shared by all rows of a ranking (default: the frame's own values);
    `mark`: a value drawn as a thin line in every row, such as the end of the first's interval."""

    measure: Measure = PLAIN
    domain: tuple[float, float] | None = None
    mark: float | None = None
    width: float = 220
    pitch: float = 20
    name: str = ""


def interval_strips(
    frame: pd.DataFrame, spec: IntervalSpec, colours: Palette, t: Translator
) -> str:
    """Draw a dot at each score and a line over its interval.

    Columns: entity_id, value; optional low, high, economy_id (colour), label, row_id. Rows without
    a value stay empty; values outside the domain are arrows at its end.
    """
    need(frame, ("entity_id", "value"))
    rows = list(
        zip(
            texts(frame, "economy_id"),
            numbers(frame, "value"),
            numbers(frame, "low"),
            numbers(frame, "high"),
            texts(frame, "label"),
            texts(frame, "row_id"),
            strict=True,
        )
    )
    known = [x for row in rows for x in row[1:4] if x is not None]
    low, high = spec.domain or (min(known, default=0.0), max(known, default=1.0))
    x = Linear(low, high, 7, spec.width - 7)
    height = max(len(rows), 1) * spec.pitch
    parts: list[str] = []
    if spec.mark is not None and low <= spec.mark <= high:
        at = x(spec.mark)
        parts.append(svg.line(at, 0, at, height, colours["ink3"], 1, "2 3"))
    for i, (economy, value, start, end, label, row_id) in enumerate(rows):
        y = (i + 0.5) * spec.pitch
        parts.append(svg.line(0, y, spec.width, y, colours["grid"]))
        if value is None:
            continue
        colour = colours.economy(economy)
        said = t.parts((label, spec.measure.bare(value, t)))
        if not low <= value <= high:
            at = 2 if value < low else spec.width - 2
            way = 6 if value < low else -6
            path = f"M{svg.num(at)} {svg.num(y)}l{way} -4v8z"
            arrow = svg.tag("path", d=path, fill=colours["ctx2"])
            parts.append(svg.receipt(row_id, said, arrow, focusable=False))
            continue
        mark = ""
        if start is not None and end is not None:
            ends = max(x(max(start, low)), 1), min(x(min(end, high)), spec.width - 1)
            mark = svg.line(ends[0], y, ends[1], y, colour, 3)
        mark += svg.dot(x(value), y, 4, colour, colours["bg"], 1.5)
        parts.append(svg.receipt(row_id, said, mark, focusable=False))
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or t("Scores with their intervals"),
        lang=t.html_lang,
        fixed=True,
    )
