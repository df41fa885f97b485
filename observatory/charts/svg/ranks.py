"""A ranked list: place, name in two scripts, bar from zero, value, and the difference in words.

Economies that are not ranked (comparators, the world) stand in place in grey, without a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.describe import describe_ranking
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear
from observatory.charts.series import column, need, numbers, status_word, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

_STACKED_BELOW: Final = 460
_TOP: Final = 24.0


@dataclass(frozen=True, slots=True)
class RankSpec:
    """A ranked list. The order is that of the frame.

    `median`: a value drawn as a line through the members' bars, `median_label` its words,
    `median_row` what it opens; `beside`: head of the column of differences; `strong`: ids in bold;
    below 460 px wide, the bar stands under the name.
    """

    measure: Measure = PLAIN
    median: float | None = None
    median_label: str = ""
    median_row: str = ""
    beside: str = ""
    strong: tuple[str, ...] = ()
    width: float = 540
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    entity_id: str
    label: str
    native: str
    native_lang: str
    value: float
    row_id: str
    status: str
    place: str
    beside: str
    small: str
    href: str
    grey: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand, in px."""

    stacked: bool
    place: float
    label: float
    x: Linear
    right: float
    pitch: float


@roomy
def ranks(frame: pd.DataFrame, spec: RankSpec, colours: Palette, t: Translator) -> str:
    """Draw a ranked list.

    Columns: entity_id, value; optional label, native, native_lang, row_id, status, place (the
    rank as text; empty where there is none), beside (the difference), small (under the name, such
    as the period), href (page of the name), grey (True: context, not ranked). Rows without a
    value are left out: say elsewhere who they are.
    """
    rows = _read(frame)
    spec = replace(spec, measure=spec.measure.among((row.value for row in rows), t))
    plan = _plan(rows, spec, t)
    parts: list[str] = []
    if rows and spec.beside:
        parts.append(
            svg.words(plan.right, 12, spec.beside, colours["ink3"], 12, anchor="end")
        )  # fmt: skip
    height = _TOP + len(rows) * plan.pitch + 4
    parts += _median(rows, spec, plan, height, colours)
    for i, row in enumerate(rows):
        parts.append(_draw(row, _TOP + i * plan.pitch, plan, spec, colours, t))
    if rows and not plan.stacked:
        zero = plan.x(0)
        parts.append(svg.line(zero, _TOP - 2, zero, height - 2, colours["ink2"]))
    if not rows:
        parts.append(svg.words(0, 16, t("No values for this filter"), colours["ink2"], 13))
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or spec.measure.name or t("Ranking"),
        description=spec.description or describe_ranking(frame, spec.measure, t, spec.strong),
        lang=t.html_lang,
    )


def _read(frame: pd.DataFrame) -> list[_Row]:
    need(frame, ("entity_id", "value"))
    fields = zip(
        texts(frame, "entity_id"), texts(frame, "label"), texts(frame, "native"),
        texts(frame, "native_lang"), numbers(frame, "value"), texts(frame, "row_id"),
        texts(frame, "status"), texts(frame, "place"), texts(frame, "beside"),
        texts(frame, "small"), texts(frame, "href"), column(frame, "grey", False), strict=True,
    )  # fmt: skip
    return [
        _Row(key, label or key, native, lang, value, row_id, status, place, beside, small, href,
             bool(grey))
        for key, label, native, lang, value, row_id, status, place, beside, small, href, grey
        in fields
        if value is not None
    ]  # fmt: skip


def _plan(rows: Sequence[_Row], spec: RankSpec, t: Translator) -> _Plan:
    stacked = spec.width < _STACKED_BELOW
    low, high = min([0.0, *(r.value for r in rows)]), max([0.0, *(r.value for r in rows)])
    place = max((text_width(row.place, 12.5) for row in rows), default=0)
    place = place + 10 if place else 0.0
    beside = max((text_width(r.beside, 12.5) for r in rows), default=0)
    if beside:
        beside = max(beside, text_width(spec.beside, 12))
    value = max((text_width(spec.measure.bare(r.value, t), 13, 600) for r in rows), default=0) + 14
    if stacked:
        x = Linear(low, high or 1.0, place + (value if low < 0 else 0), spec.width - value)
        return _Plan(True, place, spec.width - place - beside - 12, x, spec.width, 46)
    widest = max((max(text_width(r.label, 13, 600), _under(r)) for r in rows), default=0)
    label = min(max(widest + 14, 70), spec.width * 0.34)
    start = place + label + (value if low < 0 else 0)
    end = max(spec.width - value - (beside + 14 if beside else 0), start + 60)
    return _Plan(False, place, label, Linear(low, high or 1.0, start, end), spec.width, 37)


def _under(row: _Row) -> float:
    gap = 8 if row.native and row.small else 0
    return text_width(row.native, 12) + gap + text_width(row.small, 12)


def _draw(
    row: _Row, top: float, plan: _Plan, spec: RankSpec, colours: Palette, t: Translator
) -> str:
    strong = row.entity_id in spec.strong
    weight = 600 if strong else 400
    ink = colours["ink2"] if row.grey else colours["ink"]
    # A name with nothing under it stands level with its bar.
    base = top + (14 if plan.stacked or row.native or row.small else 19.5)
    name = _name(row, base, plan, ink, weight, colours)
    place = svg.words(0, base, row.place, colours["ink3"], 12.5) if row.place else ""
    middle = top + (32 if plan.stacked else 15)
    start, end = sorted((plan.x(0), plan.x(row.value)))
    bar = svg.tag(
        "rect", x=start, y=middle - (5 if plan.stacked else 8), width=max(end - start, 1),
        height=10 if plan.stacked else 16, rx=1,
        fill=colours["ctx2"] if row.grey else colours.economy_bar(row.entity_id),
    )  # fmt: skip
    at, anchor = (end + 7, "start") if row.value >= 0 else (start - 7, "end")
    written = spec.measure.bare(row.value, t)
    if spec.median is not None and row.value >= 0:
        # The line of the median runs beside a figure, not through it.
        crossed = plan.x(spec.median)
        if at - 4 < crossed < at + text_width(written, 13, weight) + 4:
            at = crossed + 6
    figure = svg.words(
        at, middle + 4.5, written, ink, 13, weight=weight, anchor=anchor, halo=colours["bg"],
    )  # fmt: skip
    word = status_word(row.status, t)
    said = " · ".join(
        part
        for part in (row.label, spec.measure.full(row.value, t), row.small, word, row.beside)
        if part
    )
    hit = svg.hit(plan.x(0), middle - 12, max(plan.right - plan.x(0), 20), 24)
    pressed = svg.receipt(row.row_id, said, bar, figure, hit)
    beside = ""
    if row.beside:
        y = base if plan.stacked else middle + 4.5
        beside = svg.words(plan.right, y, row.beside, colours["ink2"], 12.5, anchor="end")
    return place + name + pressed + beside


def _name(row: _Row, base: float, plan: _Plan, ink: str, weight: int, colours: Palette) -> str:
    room = plan.label - 12
    label = shorten(row.label, room, 13, weight)
    text = svg.words(plan.place, base, label, ink, 13, weight=weight, halo=colours["bg"])
    if row.href:
        text = svg.tag(
            "a", svg.title(row.label), text, href=row.href, target="_self", aria_label=row.label
        )  # fmt: skip
    if plan.stacked:
        left, y = plan.place + text_width(label, 13, weight) + 8, base
    else:
        left, y = plan.place, base + 15
    free = plan.place + room - left
    for words, lang in ((row.native, row.native_lang), (row.small, "")):
        wide = text_width(words, 12)
        if words and wide <= free:
            text += svg.words(
                left, y, words, colours["ink3"], 12, lang=lang or None, halo=colours["bg"]
            )
            left, free = left + wide + 8, free - wide - 8
    return text


def _median(
    rows: Sequence[_Row], spec: RankSpec, plan: _Plan, height: float, colours: Palette
) -> list[str]:
    """The members' median as a dashed line, named at its top."""
    if spec.median is None or not rows:
        return []
    at = plan.x(spec.median)
    wide = text_width(spec.median_label, 12)
    free = plan.right - (text_width(spec.beside, 12) + 12 if spec.beside else 0)
    left = max(min(at - wide / 2, free - wide), 0)
    label = svg.words(left, 12, spec.median_label, colours["ink2"], 12)
    return [
        svg.line(at, _TOP - 6, at, height - 2, colours["ink2"], 1.2, "3 3"),
        svg.receipt(spec.median_row, spec.median_label, label),
    ]
