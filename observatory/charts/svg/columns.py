"""Bars over time as SVG: one subject, a part-year hollow, a missing period said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.describe import describe_time
from observatory.charts.palette import Palette
from observatory.charts.plan import LineSpec, value_axis, value_scale
from observatory.charts.room import roomy
from observatory.charts.scales import Scale
from observatory.charts.series import Point, Series, hover, read_series
from observatory.charts.svg import elements as svg
from observatory.charts.text import text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the axis: its period, and the value if there is one."""

    period: str
    point: Point | None


def slots(one: Series) -> list[Slot]:
    """Return one slot a period; between years every year has one, so that a gap is seen."""
    by_period = {point.period: point for point in one.points}
    periods = sorted(by_period, key=lambda period: by_period[period].x)
    if periods and all(len(period) == 4 for period in periods):
        years = range(int(periods[0]), int(periods[-1]) + 1)
        if len(years) <= 60:
            periods = [str(year) for year in years]
    return [
        Slot(
            period, point if (point := by_period.get(period)) and point.value is not None else None
        )
        for period in periods
    ]


@roomy
def columns(
    frame: pd.DataFrame, spec: LineSpec, colours: Palette, t: Translator, most: int = 24
) -> str:
    """Draw bars over time for one subject, from zero, the value above each bar.

    Columns: those of an observation frame (see `series`); the subject is `spec.subjects[0]`, else
    the first entity. The newest `most` periods are drawn. A value of part of a period is hollow
    and says up to which day; a period without a value says "n/a".
    """
    series = read_series(frame)
    wanted = spec.subjects[:1]
    chosen = next((s for s in series if not wanted or wanted[0] in (s.key, s.entity_id)), None)
    places = slots(chosen)[-most:] if chosen else []
    values = [p.point.value for p in places if p.point and p.point.value is not None]
    spec = replace(spec, measure=spec.measure.among(values, t))
    domain, ticks = value_axis([0.0, *values] if values else [], spec, t)
    left = max((text_width(tick.label, 12) for tick in ticks), default=20) + 14
    partial = any(place.point and place.point.partial for place in places)
    top, bottom = 24.0, spec.height - (42 if partial else 26)
    y = value_scale(domain, False, bottom, top)
    pitch = (spec.width - left) / max(len(places), 1)
    parts: list[str] = []
    for tick in ticks:
        at = y(tick.at)
        parts.append(svg.line(left, at, spec.width, at, colours["grid"]))
        parts.append(svg.words(0, at + 4, tick.label, colours["ink3"], 12))
    if chosen:
        named = _printed(places, pitch, spec, t)
        for i, slot in enumerate(places):
            middle = left + (i + 0.5) * pitch
            parts.append(
                _column(slot, middle, pitch, y, chosen, spec, colours, t, printed=i in named)
            )
        parts += _slot_labels(places, left, pitch, bottom, colours, t)
        parts.append(svg.line(left, y(0), spec.width, y(0), colours["ink2"]))
    else:
        centre = (spec.width / 2, spec.height / 2)
        parts.append(
            svg.words(*centre, t("No values for this filter"), colours["ink2"], 13, anchor="middle")
        )
    return svg.document(
        spec.width,
        spec.height,
        *parts,
        name=spec.name or spec.measure.name or t("Bar chart"),
        description=spec.description or _said(chosen, frame, spec, t),
        lang=t.html_lang,
    )


def _said(one: Series | None, frame: pd.DataFrame, spec: LineSpec, t: Translator) -> str:
    """The description of the one series that is drawn."""
    if one is None:
        return describe_time(frame.iloc[0:0], spec.measure, t)
    own = frame[frame["entity_id"].astype(str) == one.entity_id]
    return describe_time(own, spec.measure, t, (one.key,))


def _printed(places: Sequence[Slot], pitch: float, spec: LineSpec, t: Translator) -> set[int]:
    """Which bars print their value: all where there is room, else the highest and the last."""
    values = {
        i: slot.point.value
        for i, slot in enumerate(places)
        if slot.point is not None and slot.point.value is not None
    }
    widest = max(
        (text_width(spec.measure.bare(value, t), 11, 600) for value in values.values()), default=0
    )
    if not values or widest <= pitch + 3:
        return set(values)
    return {max(values, key=lambda i: values[i]), max(values)}


def _column(
    slot: Slot,
    middle: float,
    pitch: float,
    y: Scale,
    one: Series,
    spec: LineSpec,
    colours: Palette,
    t: Translator,
    *,
    printed: bool,
) -> str:
    zero = y(0)
    if slot.point is None or slot.point.value is None:
        return svg.words(middle, zero - 6, t("n/a"), colours["ink3"], 11, anchor="middle")
    point, value = slot.point, slot.point.value
    wide = min(pitch * 0.64, 44)
    end = y(value)
    high, low = min(end, zero), max(end, zero)
    colour = colours.economy(one.economy_id)
    mark = svg.tag(
        "rect",
        x=middle - wide / 2 + (0.75 if point.partial else 0),
        y=high,
        width=wide - (1.5 if point.partial else 0),
        height=max(low - high, 1),
        rx=1,
        fill=colours["bg"] if point.partial else colour,
        stroke=colour if point.partial else None,
        stroke_width=1.5 if point.partial else None,
        stroke_dasharray="3 2" if point.partial else None,
    )
    parts = [mark]
    if printed:
        above = high - 6 if value >= 0 else low + 15
        written = spec.measure.bare(value, t)
        size = 12.5 if text_width(written, 12.5, 600) <= pitch + 2 else 11
        half = text_width(written, size, 600) / 2
        at = min(middle, spec.width - half)
        parts.append(
            svg.words(
                at,
                above,
                written,
                colours["ink"],
                size,
                weight=600,
                anchor="middle",
                halo=colours["bg"],
            )
        )
    name = hover(point, one, spec.measure.full(value, t), t)
    box = svg.hit(middle - pitch / 2, min(high - 20, zero - 24), pitch, max(zero - high, 4) + 20)
    return svg.receipt(point.row_id, name, *parts, box)


def _slot_labels(
    places: Sequence[Slot],
    left: float,
    pitch: float,
    bottom: float,
    colours: Palette,
    t: Translator,
) -> list[str]:
    labels = [t.period(slot.period) for slot in places]
    widest = max((text_width(label, 12) for label in labels), default=0) + 6
    stride = max(1, -(-int(widest) // max(int(pitch), 1)))
    parts: list[str] = []
    end = left + len(labels) * pitch
    for i, slot in enumerate(places):
        if slot.point is not None and slot.point.partial:
            until = t("to {date}", date=t.date(slot.point.partial_to))
            half = text_width(until, 12) / 2
            at = min(left + (i + 0.5) * pitch, end - half)
            parts.append(svg.words(at, bottom + 35, until, colours["ink3"], 12, anchor="middle"))
    for i, label in enumerate(labels):
        # Counted from the end: the newest period always has its label.
        if (len(labels) - 1 - i) % stride == 0:
            at = left + (i + 0.5) * pitch
            over = at + text_width(label, 12) / 2 - (left + len(labels) * pitch)
            parts.append(
                svg.words(
                    at - max(over, 0), bottom + 19, label, colours["ink3"], 12, anchor="middle"
                )
            )
    return parts
