"""A quick look at two columns of any table: bars in the order of the rows, a line, or points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from observatory.charts.palette import ECONOMIES, PILLARS, Palette
from observatory.charts.scales import Linear, nice_domain, nice_ticks
from observatory.charts.series import need, numbers, texts
from observatory.charts.spread import spread
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width
from observatory.i18n.even import even

if TYPE_CHECKING:
    from observatory.i18n import Translator

Kind = Literal["bars", "line", "points"]
MOST_BARS: Final = 40
MOST_POINTS: Final = 1000
MOST_WORDS: Final = len(PILLARS)
"""Series of other words than economies that have a colour each."""
_ROW: Final = 26.0
_GAP: Final = 15.0


@dataclass(frozen=True, slots=True)
class QuickSpec:
    """How to draw: the kind, the names of both columns, the size; `dated`: places are days."""

    kind: Kind = "bars"
    x_name: str = ""
    y_name: str = ""
    width: float = 900
    height: float = 340
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    label: str
    x: float
    value: float
    row_id: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class _Series:
    """One series: its name for the reader, its colours, its dash."""

    label: str
    colour: str
    ink: str
    dash: str | None = None


def _series(frame: pd.DataFrame, colours: Palette) -> dict[str, _Series]:
    """The series of a frame in the order of its rows; economies keep their own colours."""
    if "series" not in frame.columns:
        return {}
    named = "series_label" in frame.columns
    pairs = dict(
        zip(
            texts(frame, "series"), texts(frame, "series_label" if named else "series"), strict=True
        )
    )
    ours = any(key in ECONOMIES for key in pairs)
    found = {}
    for index, (key, label) in enumerate(pairs.items()):
        if ours:
            found[key] = _Series(
                label, colours.economy(key), colours.economy_text(key), colours.dash(key)
            )
        else:
            colour = colours.pillar(PILLARS[index]) if index < MOST_WORDS else colours["ctx2"]
            found[key] = _Series(label, colour, colours["ink"])
    return found


def _marks(frame: pd.DataFrame, kind: Kind) -> list[_Mark]:
    """Rows that have a value (and, for points, a place): missing ones are not drawn."""
    labels, values = texts(frame, "label"), numbers(frame, "value")
    places = numbers(frame, "x") if "x" in frame.columns else [None] * len(values)
    ids = texts(frame, "row_id")
    groups = texts(frame, "series")
    found = []
    for index, (label, value, x, row_id, group) in enumerate(
        zip(labels, values, places, ids, groups, strict=True)
    ):
        if value is None or (kind == "points" and x is None):
            continue
        found.append(_Mark(label, float(index) if x is None else x, value, row_id, group))
    if kind != "bars":
        found.sort(key=lambda mark: mark.x)
    return found


def _number(value: float, t: Translator) -> str:
    return t.compact(value) if abs(value) >= 10_000 else t.sig(value, 4)


def _numbers(values: Sequence[float], t: Translator) -> list[str]:
    """Numbers of one column, all with the same decimals."""
    return even([(_number(value, t), value) for value in values])


def _axis(values: list[float], *, zero: bool | None) -> tuple[float, float]:
    low, high = nice_domain(min(values), max(values), zero=zero)
    # Sums of the largest numbers there are leave the range of numbers.
    return (low, high) if math.isfinite(high - low) else (min(values), max(values))


def quick(frame: pd.DataFrame, spec: QuickSpec, colours: Palette, t: Translator) -> str:
    """Draw two columns of a table.

    Columns: `label`, `value`; `x` (a number: the place of a line's or cloud's point), `row_id`
    (then the mark opens its receipt), `series` and `series_label` (rows of one series share a colour
    and a line). Of bars the first `MOST_BARS` rows are drawn.
    """
    need(frame, ("label", "value"))
    marks = _marks(frame, spec.kind)
    name = t("{measure} by {name}", measure=spec.y_name or "–", name=spec.x_name or "–")
    if not marks:
        middle = svg.words(
            spec.width / 2, 60, t("No values to draw"), colours["ink2"], 13, anchor="middle"
        )
        return svg.document(spec.width, 120, middle, name=name, lang=t.html_lang)
    series = _series(frame, colours)
    if spec.kind == "bars":
        return _bars(marks[:MOST_BARS], spec, series, colours, t, name)
    return _plane(marks[:MOST_POINTS], spec, series, colours, t, name)


def _colour(mark: _Mark, series: Mapping[str, _Series], colours: Palette) -> str:
    if mark.series in series:
        return series[mark.series].colour
    return colours.economy(mark.label) if mark.label in ECONOMIES else colours["ctx2"]


def _said(mark: _Mark, text: str, series: Mapping[str, _Series], t: Translator) -> str:
    """A mark in words: its series, where it stands, its value."""
    one = series.get(mark.series)
    return f"{t.parts((one.label if one else '', mark.label))}: {text}"


def _legend(
    marks: Sequence[_Mark],
    series: Mapping[str, _Series],
    spec: QuickSpec,
    top: float,
    colours: Palette,
) -> tuple[list[str], float]:
    """Names of the series that are drawn beside their colours, and how many px they take."""
    drawn = {mark.series for mark in marks}
    parts: list[str] = []
    x, y = 0.0, top
    for one in (one for key, one in series.items() if key in drawn):
        label = shorten(one.label, spec.width - 24, 12)
        wide = 16 + text_width(label, 12)
        if x and x + wide > spec.width:
            x, y = 0.0, y + 18
        parts.append(svg.tag("rect", x=x, y=y + 1, width=10, height=10, fill=one.colour))
        parts.append(svg.words(x + 16, y + 10, label, colours["ink2"], 12))
        x += wide + 18
    return parts, y + 22 - top if parts else 0.0


def _bars(
    marks: list[_Mark], spec: QuickSpec, series: Mapping[str, _Series], colours: Palette, t: Translator,
    name: str,
) -> str:  # fmt: skip
    room = min(max(text_width(mark.label, 12.5) for mark in marks) + 12, spec.width * 0.34)
    written = _numbers([mark.value for mark in marks], t)
    right = max(text_width(text, 12, 600) for text in written) + 10
    low, high = _axis([mark.value for mark in marks], zero=True)
    place = Linear(low, high, room, spec.width - right)
    parts, above = _legend(marks, series, spec, 2, colours)
    for index, (mark, text) in enumerate(zip(marks, written, strict=True)):
        top = above + index * _ROW + 4
        start, end = sorted((place(0.0), place(mark.value)))
        shown = svg.receipt(
            mark.row_id, _said(mark, text, series, t),
            svg.tag("rect", x=start, y=top, width=max(end - start, 1), height=_ROW - 10,
                    fill=_colour(mark, series, colours)),
            svg.words(end + 6, top + 12.5, text, colours["ink"], 12, weight=600),
        )  # fmt: skip
        label = shorten(mark.label, room - 10, 12.5)
        parts += [svg.words(0, top + 12.5, label, colours["ink"], 12.5), shown]
    bottom = above + len(marks) * _ROW + 2
    parts.append(svg.line(place(0.0), above, place(0.0), bottom, colours["ink2"]))
    said = t("Bars, first to last: {items}.", items=t.list(
        [f"{mark.label} {text}" for mark, text in zip(marks[:10], written, strict=False)]))  # fmt: skip
    return svg.document(
        spec.width, bottom + 2, *parts, name=name, description=said, lang=t.html_lang
    )


def _plane(
    marks: list[_Mark], spec: QuickSpec, series: Mapping[str, _Series], colours: Palette, t: Translator,
    name: str,
) -> str:  # fmt: skip
    values = [mark.value for mark in marks]
    low, high = _axis(values, zero=None)
    ticks = nice_ticks(low, high, 5)
    scale = _numbers(ticks, t)
    left = max((text_width(text, 12) for text in scale), default=20) + 12
    runs = {key: [mark for mark in marks if mark.series == key] for key in series} or {"": marks}
    runs = {key: run for key, run in runs.items() if run}
    lined = spec.kind == "line" and len(marks) > 1
    # A line is named where it ends; loose points have no end and are named above.
    legend, above = ([], 0.0) if lined else _legend(marks, series, spec, 12, colours)
    room = 0.0
    if lined and series:
        widest = max(text_width(series[key].label, 12.5, 600) for key in runs)
        room = min(widest + 12, spec.width * 0.3)
    height = spec.height + above
    bottom = height - 30
    top = 16 + above
    y = Linear(low, high, bottom, top)
    first, last = _axis([mark.x for mark in marks], zero=False) if spec.kind == "points" else (
        min(mark.x for mark in marks), max(mark.x for mark in marks)
    )  # fmt: skip
    right = spec.width - room
    x = Linear(first, last, left + 8, right - 12)
    parts = [svg.words(0, 4, shorten(spec.y_name, spec.width, 12), colours["ink3"], 12), *legend]
    for tick, text in zip(ticks, scale, strict=True):
        parts.append(svg.line(left, y(tick), right, y(tick), colours["grid"]))
        parts.append(svg.words(0, y(tick) + 4, text, colours["ink3"], 12))
    for key, run in runs.items() if lined else ():
        one = series.get(key)
        points = ((x(m.x), y(m.value)) for m in run)
        stroke = one.colour if one else colours["ink"]
        if len(run) > 1:
            parts.append(svg.polyline(points, stroke, 2, dash=one.dash if one else None))
    radius = 4.0 if len(marks) <= 60 else 2.5
    for mark, text in zip(marks, _numbers(values, t), strict=True):
        said = _said(mark, text, series, t)
        fill = _colour(mark, series, colours)
        dot = svg.dot(x(mark.x), y(mark.value), radius, fill, colours["panel"], 1)
        parts.append(svg.receipt(mark.row_id, said, dot, focusable=len(marks) <= 60))
    if room:
        last_marks = [(series[key], run[-1]) for key, run in runs.items()]
        places = spread([y(mark.value) for _, mark in last_marks], _GAP, top, bottom)
        for (one, _), at in zip(last_marks, places, strict=True):
            label = shorten(one.label, room - 8, 12.5, 600)
            parts.append(svg.words(right - 4, at + 4, label, one.ink, 12.5, weight=600))
    parts += _below(marks, spec, x, (left, right), bottom, colours, t)
    ends = _numbers([min(values), max(values)], t)
    said = t("From {low} to {high}.", low=ends[0], high=ends[1])
    return svg.document(spec.width, height, *parts, name=name, description=said, lang=t.html_lang)


def _below(
    marks: list[_Mark], spec: QuickSpec, x: Linear, sides: tuple[float, float], bottom: float,
    colours: Palette, t: Translator,
) -> list[str]:  # fmt: skip
    """Labels under the plane: round numbers under points; first, middle and last row otherwise."""
    parts = [svg.line(sides[0], bottom, sides[1], bottom, colours["ink2"])]
    if spec.kind == "points" and not spec.dated:
        ticks = nice_ticks(x.low, x.high, 6)
        for tick, text in zip(ticks, _numbers(ticks, t), strict=True):
            parts.append(
                svg.words(x(tick), bottom + 18, text, colours["ink3"], 12, anchor="middle")
            )
        return parts
    chosen = {0: "start", len(marks) - 1: "end"} if len(marks) > 1 else {0: "start"}
    if len(marks) > 4:
        # The one nearest the middle, where it keeps clear of both ends.
        half = (x(marks[0].x) + x(marks[-1].x)) / 2
        nearest = min(range(len(marks)), key=lambda index: abs(x(marks[index].x) - half))
        if abs(x(marks[nearest].x) - half) < spec.width / 8:
            chosen[nearest] = "middle"
    for index, anchor in chosen.items():
        label = shorten(marks[index].label, spec.width / 3.2, 12)
        parts.append(
            svg.words(x(marks[index].x), bottom + 18, label, colours["ink3"], 12, anchor=anchor)
        )
    return parts
