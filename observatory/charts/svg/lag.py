"""Months behind as stems, on the scales of a board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, nice_ticks
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.svg.scales import Band, Hole, bands, time_axis
from observatory.charts.text import text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class StemSpec:
    """`economy` gives the colour; `bands` and `holes` as in the drawing above it."""

    bands: tuple[Band, ...] = ()
    holes: tuple[Hole, ...] = ()
    economy: str = ""
    width: float = 782
    height: float = 190
    right: float = 0
    left: float = 0
    unit: str = ""
    name: str = ""
    description: str = ""


@roomy
def lag_stems(frame: pd.DataFrame, spec: StemSpec, colours: Palette, t: Translator) -> str:
    """Draw months behind as stems: a full dot where both ends were seen, a hollow arrow for "at
    least", a ring at zero where nobody was ahead, a thin line for the range.

    Columns: entity_id (the economy), period (a day), value (months); optional kind
    (`at_least`, `leads`, `first`), low, high, label (words for the mouse), row_id.
    """
    need(frame, ("entity_id", "period", "value"))
    rows = [
        (period, months, kind, (low, high), (label, row_id))
        for period, months, kind, low, high, label, row_id in zip(
            texts(frame, "period"),
            numbers(frame, "value"),
            texts(frame, "kind"),
            numbers(frame, "low"),
            numbers(frame, "high"),
            texts(frame, "label"),
            texts(frame, "row_id"),
            strict=True,
        )
        if period and months is not None
    ]
    top = max([1.0, *(row[1] for row in rows), *(row[3][1] or 0 for row in rows)])
    ticks = [tick for tick in nice_ticks(0, top, 4, whole=True) if tick >= 0]
    days = [parse_period(row[0]).end.toordinal() for row in rows]
    edges = [d.toordinal() for band in spec.bands for d in (band.start, band.end)]
    first, last = min([*days, *edges], default=0), max([*days, *edges], default=1)
    if last <= first:
        first, last = first - 30, last + 30
    marks = [t.number(tick) for tick in ticks]
    left = spec.left or max((text_width(mark, 12) for mark in marks), default=10) + 10
    right = spec.right or spec.width - 12
    bottom, head = spec.height - 26, 14.0
    x, y = Linear(first, last, left + 6, right - 2), Linear(0, top * 1.08, bottom, head + 4)
    parts = bands(
        [Band(band.start, band.end) for band in spec.bands], (), x, (head, bottom), colours
    )
    for tick, mark in zip(ticks, marks, strict=True):
        ink = colours["ink2"] if tick == 0 else colours["grid"]
        parts.append(svg.line(left, y(tick), right, y(tick), ink))
        parts.append(svg.words(0, y(tick) + 4, mark, colours["ink3"], 12))
    parts += time_axis(x, first, last, bottom, spec.width, colours, t)
    colour = colours.economy(spec.economy)
    for (_, value, kind, bounds, said), day in zip(rows, days, strict=True):
        parts.append(_stem((x(day), y), value, kind, bounds, said, colour, colours))
    return svg.document(
        spec.width,
        spec.height,
        *parts,
        name=spec.name or t("Months behind"),
        description=spec.description,
        lang=t.html_lang,
    )


def _stem(
    place: tuple[float, Linear],
    value: float,
    kind: str,
    bounds: tuple[float | None, float | None],
    said: tuple[str, str],
    colour: str,
    colours: Palette,
) -> str:
    at, y = place
    top, zero = y(value), y(0)
    parts: list[str] = []
    low, high = bounds
    if low is not None and high is not None and high > low:
        parts.append(svg.line(at, y(high), at, y(low), colours["ink3"], 1))
    if kind == "at_least":
        parts.append(svg.line(at, zero, at, top + 4, colour, 1.6, "3 3"))
        path = f"M{svg.num(at)} {svg.num(top - 5)}l5 9h-10z"
        parts.append(svg.tag("path", d=path, fill=colours["bg"], stroke=colour, stroke_width=1.5))
    elif kind in ("leads", "first"):
        parts.append(svg.dot(at, zero, 4, colours["bg"], colour, 1.6))
    else:
        parts.append(svg.line(at, zero, at, top, colour, 2.2))
        parts.append(svg.dot(at, top, 4, colour))
    parts.append(svg.hit(at - 6, top - 8, 12, max(zero - top, 4) + 12))
    return svg.receipt(said[1], said[0], *parts, focusable=False)
