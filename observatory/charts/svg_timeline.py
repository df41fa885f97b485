"""A small timeline: dated events, each as long as its date is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts import svg
from observatory.charts.describe import describe_events
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, time_ticks
from observatory.charts.series import need, texts
from observatory.charts.text import shorten, text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_NARROW_BELOW: Final = 480


@dataclass(frozen=True, slots=True)
class TimelineSpec:
    """A timeline. `as_of`: ISO day of the data, drawn as a line, what lies after it is hollow.

    `most`: events drawn, the newest are kept; `lanes`: rows of labels at most.
    """

    as_of: str = ""
    most: int = 14
    lanes: int = 14
    width: float = 640
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    first: int
    last: int
    period: str
    label: str
    economy_id: str
    row_id: str
    href: str


@roomy
def timeline(frame: pd.DataFrame, spec: TimelineSpec, colours: Palette, t: Translator) -> str:
    """Draw dated events on a time axis with their labels beside them.

    Columns: period (date text: a day is a dot; a month, quarter or year a span of that length),
    label; optional economy_id (colour, else ink), row_id, href. Events after `as_of` are hollow.
    """
    need(frame, ("period", "label"))
    marks = _read(frame)
    left_out = len(marks) - spec.most
    marks = marks[max(left_out, 0) :]
    now = date.fromisoformat(spec.as_of).toordinal() if spec.as_of else None
    ends = [mark.first for mark in marks] + [mark.last for mark in marks]
    if now is not None and ends:
        ends.append(now)
    first, last = min(ends, default=0), max(ends, default=1)
    x = Linear(first, max(last, first + 30), 8, spec.width - 8)
    rows, used = _lanes(marks, x, spec, t)
    lane_high = 42 if spec.width < _NARROW_BELOW else 24
    top = 20 if now is not None else 8
    bottom = top + used * lane_high
    parts: list[str] = []
    for tick in time_ticks(x.low, x.high, max(2, int(spec.width // 92))) if marks else []:
        at, label = x(tick.x), t.period(tick.period)
        parts.append(svg.line(at, top - 4, at, bottom, colours["hair"]))
        half = text_width(label, 12) / 2
        put = min(max(at, half), spec.width - half)
        parts.append(svg.words(put, bottom + 17, label, colours["ink3"], 12, anchor="middle"))
    if now is not None and marks:
        parts.append(svg.line(x(now), top - 4, x(now), bottom, colours["ink3"], 1, "2 3"))
        half = text_width(t("today"), 12, 600) / 2
        put = min(max(x(now), half), spec.width - half)
        parts.append(
            svg.words(put, 12, t("today"), colours["ink2"], 12, weight=600, anchor="middle")
        )
    parts.append(svg.line(0, bottom, spec.width, bottom, colours["rule"]))
    for mark, lane in rows:
        parts.append(_draw(mark, top + (lane + 0.5) * lane_high, x, now, spec, colours, t))
    height = bottom + 24.0
    if left_out > 0:
        height += 18
        more = t.n("{n} earlier not drawn", "{n} earlier not drawn", left_out)
        parts.append(svg.words(0, height - 4, more, colours["ink3"], 12))
    if not marks:
        parts = [svg.words(0, 18, t("No dated event on file"), colours["ink2"], 13)]
        height = 28.0
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or t("Timeline"),
        description=spec.description or describe_events(frame, t),
        lang=t.html_lang,
    )


def _read(frame: pd.DataFrame) -> list[_Mark]:
    fields = zip(
        texts(frame, "period"),
        texts(frame, "label"),
        texts(frame, "economy_id"),
        texts(frame, "row_id"),
        texts(frame, "href"),
        strict=True,
    )
    marks: list[_Mark] = []
    for period, label, economy_id, row_id, href in fields:
        if period:
            covers = parse_period(period)
            marks.append(
                _Mark(
                    covers.start.toordinal(),
                    covers.end.toordinal(),
                    period,
                    label,
                    economy_id,
                    row_id,
                    href,
                )
            )
    return sorted(marks, key=lambda mark: (mark.first + mark.last, mark.label))


def _extent(mark: _Mark, x: Linear, spec: TimelineSpec, t: Translator) -> tuple[float, float, str]:
    """Left and right edge of a mark with its label, and the side the label is on."""
    when, label = text_width(t.period(mark.period), 12.5, 600), text_width(mark.label, 12.5)
    narrow = spec.width < _NARROW_BELOW
    wide = (max(when, label) if narrow else when + 6 + label) + 14
    left, right = x(mark.first) - 5, x(mark.last) + 5
    if right + wide <= spec.width or right < spec.width - left:
        return left, min(right + wide, spec.width), "right"
    return max(left - wide, 0), right, "left"


def _lanes(
    marks: Sequence[_Mark], x: Linear, spec: TimelineSpec, t: Translator
) -> tuple[list[tuple[_Mark, int]], int]:
    """Put each event into the first lane where it does not touch another."""
    taken: list[list[tuple[float, float]]] = []
    placed: list[tuple[_Mark, int]] = []
    for mark in marks:
        left, right, _ = _extent(mark, x, spec, t)
        for lane in range(spec.lanes):
            if lane == len(taken):
                taken.append([])
            if all(right + 10 < a or left - 10 > b for a, b in taken[lane]):
                taken[lane].append((left, right))
                placed.append((mark, lane))
                break
        else:
            placed.append((mark, spec.lanes - 1))
    return placed, len(taken)


def _draw(
    mark: _Mark,
    y: float,
    x: Linear,
    now: int | None,
    spec: TimelineSpec,
    colours: Palette,
    t: Translator,
) -> str:
    colour = colours.economy(mark.economy_id) if mark.economy_id else colours["ink2"]
    ahead = now is not None and mark.first > now
    start, end = x(mark.first), x(mark.last)
    if mark.last - mark.first > 1:
        shape = svg.tag(
            "rect",
            x=start,
            y=y - 4.5,
            width=max(end - start, 8),
            height=9,
            rx=4.5,
            fill=colours["bg"] if ahead else colour,
            fill_opacity=None if ahead else 0.35,
            stroke=colour,
            stroke_width=1.2,
        )
    else:
        shape = svg.dot(start, y, 4.5, colours["bg"] if ahead else colour, colour, 1.4)
    left, right, side = _extent(mark, x, spec, t)
    when = t.period(mark.period)
    room = (right - x(mark.last) if side == "right" else x(mark.first) - left) - 12
    narrow = spec.width < _NARROW_BELOW
    split = 0.0 if narrow else text_width(when, 12.5, 600) + 6
    label = shorten(mark.label, room - split, 12.5)
    at = max(end, start + 8 if mark.last > mark.first + 1 else start) + 9
    anchor = "start"
    if side == "left":
        at = start - 9 - (0 if narrow else split + text_width(label, 12.5))
        anchor = "end" if narrow else "start"
    ys = (y - 3, y + 13) if narrow else (y + 4.5, y + 4.5)
    words = svg.words(
        at, ys[0], when, colours["ink"], 12.5, weight=600, halo=colours["bg"], anchor=anchor
    ) + svg.words(
        at + split, ys[1], label, colours["ink2"], 12.5, halo=colours["bg"], anchor=anchor
    )
    said = f"{when}: {mark.label}"
    if mark.href:
        words = svg.tag("a", words, href=mark.href, target="_self", aria_label=said)
        return svg.receipt(mark.row_id, said, shape) + words
    return svg.receipt(mark.row_id, said, shape, words)
