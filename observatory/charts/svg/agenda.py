"""Dates ahead by kind: a lane a kind, a mark as long as the date is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.describe import describe_events
from observatory.charts.palette import Palette
from observatory.charts.room import room, roomy
from observatory.charts.scales import Linear, time_ticks
from observatory.charts.series import need, status_word, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_PITCH: Final = 13
_LABELLED: Final = 19
_LONGEST: Final = 420
_TOP: Final = 26.0
_PAD: Final = 14.0
"""Room above the lanes, and of a lane beside its rows."""
_SLACK: Final = 1.08
"""Rows can be moved together by so much on a stage."""
_NARROW_BELOW: Final = 640
_WEAK: Final = frozenset({"unchecked", "disputed"})


@dataclass(frozen=True, slots=True)
class AgendaSpec:
    """Lanes of dates. `today`: ISO day the axis starts at; `stack`: rows of marks a lane has at most. From
    640 px marks carry their labels. `until`: ISO day the axis ends at, else the last date;
    `left`: where it starts, else after the names of lanes."""

    today: str = ""
    until: str = ""
    left: float = 0.0
    stack: int = 24
    width: float = 1280
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    lane: str
    first: int
    last: int
    period: str
    label: str
    economy_id: str
    row_id: str
    status: str


def agenda_parts(
    frame: pd.DataFrame, spec: AgendaSpec, colours: Palette, t: Translator
) -> list[str]:
    """The lanes as one drawing, or as many of one time axis as the room asks for."""
    here = room()
    if here is None or frame.empty:
        return [agenda_lanes(frame, spec, colours, t)]
    known = [
        bool(p and lane)
        for p, lane in zip(texts(frame, "period"), texts(frame, "lane"), strict=True)
    ]
    frame = frame[known]
    marks = _read(frame)
    places = {id(mark): place for place, mark in enumerate(marks)}
    coming = _ahead(marks, spec)
    if not coming:
        return [agenda_lanes(frame, spec, colours, t)]
    until = date.fromordinal(max(mark.last for mark in coming)).isoformat()
    sized = replace(spec, until=until, width=here.width)
    left, x = _across(coming, sized)
    sized = replace(sized, left=left)
    parts: list[list[int]] = [[]]
    used, high = _TOP, here.height * _SLACK
    for lane in dict.fromkeys(mark.lane for mark in coming):
        inside = [mark for mark in coming if mark.lane == lane]
        by_row: dict[int, list[int]] = {}
        for mark, row in _stack(inside, x, sized, labelled=True):
            by_row.setdefault(row, []).append(places[id(mark)])
        pad, whole = _PAD, _PAD + _LABELLED * len(by_row)
        # A lane that fits a part of its own is not torn.
        if used + whole > high and _TOP + whole <= high and parts[-1]:
            parts.append([])
            used = _TOP
        for row in sorted(by_row):
            # The name of a lane goes with its first row, on every part anew.
            if used + pad + _LABELLED > high:
                parts.append([])
                used, pad = _TOP, _PAD
            parts[-1] += by_row[row]
            used += pad + _LABELLED
            pad = 0.0
    return [agenda_lanes(frame.iloc[sorted(part)], sized, colours, t) for part in parts if part]


@roomy
def agenda_lanes(frame: pd.DataFrame, spec: AgendaSpec, colours: Palette, t: Translator) -> str:
    """Draw dates ahead, lanes in the order of the frame.

    Columns: lane (its name), period, label; optional economy_id (colour), row_id, status. A day is
    a dot, anything wider a bar of that width, open to the left where it has begun; what only weak
    sources say is faint and dashed.
    """
    need(frame, ("lane", "period", "label"))
    marks = _ahead(_read(frame), spec)
    lanes = list(dict.fromkeys(mark.lane for mark in marks))
    if not marks:
        words = svg.words(0, 18, t("No dated event on file"), colours["ink2"], 13)
        return svg.document(
            spec.width, 28, words, name=spec.name or t("Dates ahead"), lang=t.html_lang
        )
    narrow = spec.width < _NARROW_BELOW
    left, x = _across(marks, spec)
    now = x.low
    top, parts = _TOP, list[str]()
    bands: list[str] = []
    for lane in lanes:
        inside = [mark for mark in marks if mark.lane == lane]
        rows = _stack(inside, x, spec, labelled=not narrow)
        head, pitch = (20, _PITCH) if narrow else (0, _LABELLED)
        high = (max(row for _, row in rows) + 1) * pitch + _PAD + head
        name = shorten(lane, spec.width if narrow else left - 20, 13, 600)
        halo = colours["bg"] if narrow else None
        bands.append(svg.words(0, top + 20, name, colours["ink"], 13, weight=600, halo=halo))
        for mark, row in rows:
            y = top + head + 7 + (row + 0.5) * pitch
            bands.append(_draw(mark, y, x, spec, colours, t, labelled=not narrow))
        top += high
        bands.append(svg.line(0, top, spec.width, top, colours["hair"]))
    for tick in time_ticks(x.low, x.high, max(2, int((spec.width - left) // 110)), quarters=900):
        at, label = x(tick.x), t.period(tick.period)
        parts.append(svg.line(at, 20, at, top, colours["hair"]))
        half = text_width(label, 12) / 2
        if at - half > x(now) + text_width(t("today"), 12, 600) + 8 and at + half <= spec.width:
            parts.append(svg.words(at, 14, label, colours["ink3"], 12, anchor="middle"))
    parts.append(svg.line(x(now), 20, x(now), top, colours["ink3"], 1, "2 3"))
    parts.append(svg.words(x(now), 14, t("today"), colours["ink2"], 12, weight=600))
    return svg.document(
        spec.width,
        top + 4,
        *parts,
        *bands,
        name=spec.name or t("Dates ahead"),
        description=spec.description or describe_events(frame, t),
        lang=t.html_lang,
    )


def _read(frame: pd.DataFrame) -> list[_Mark]:
    fields = zip(
        texts(frame, "lane"),
        texts(frame, "period"),
        texts(frame, "label"),
        texts(frame, "economy_id"),
        texts(frame, "row_id"),
        texts(frame, "status"),
        strict=True,
    )
    marks: list[_Mark] = []
    for lane, period, label, economy_id, row_id, status in fields:
        if period and lane:
            covers = parse_period(period)
            first, last = covers.start.toordinal(), covers.end.toordinal()
            marks.append(_Mark(lane, first, last, period, label, economy_id, row_id, status))
    return marks


def _ahead(marks: Sequence[_Mark], spec: AgendaSpec) -> list[_Mark]:
    now = _now(marks, spec)
    return [mark for mark in marks if mark.last >= now]


def _now(marks: Sequence[_Mark], spec: AgendaSpec) -> int:
    starts = [mark.first for mark in marks]
    return date.fromisoformat(spec.today).toordinal() if spec.today else min(starts, default=1)


def _across(marks: Sequence[_Mark], spec: AgendaSpec) -> tuple[float, Linear]:
    """Where the names of lanes end, and the axis."""
    narrow = spec.width < _NARROW_BELOW
    widest = max(text_width(mark.lane, 13, 600) for mark in marks)
    left = 0.0 if narrow else spec.left or min(widest + 28, spec.width * 0.3)
    now = _now(marks, spec)
    end = date.fromisoformat(spec.until).toordinal() if spec.until else now
    last = max(*(mark.last for mark in marks), now + 60, end)
    return left, Linear(now, last, left + 6, spec.width - 8)


def _extent(mark: _Mark, x: Linear) -> tuple[float, float]:
    """Left and right edge of a mark; a span that has begun starts at the axis."""
    left = x(max(mark.first, x.low))
    return left, left if mark.last == mark.first else max(x(mark.last), left + 6)


def _label(mark: _Mark, x: Linear, spec: AgendaSpec) -> tuple[float, str, bool]:
    """Where a label starts, what of it fits, and whether it stands inside its bar."""
    left, right = _extent(mark, x)
    wide = right - left
    if wide >= min(text_width(mark.label, 12) + 16, 150):
        return left + 8, shorten(mark.label, wide - 14, 12), True
    return right + 9, shorten(mark.label, min(_LONGEST, spec.width - right - 18), 12), False


def _stack(
    marks: Sequence[_Mark], x: Linear, spec: AgendaSpec, *, labelled: bool
) -> list[tuple[_Mark, int]]:
    """Put each mark into the first row where it touches no other; the last row takes the rest."""
    taken: list[float] = []
    placed: list[tuple[_Mark, int]] = []
    for mark in sorted(marks, key=lambda m: (max(m.first, x.low), m.last, m.label)):
        left, right = _extent(mark, x)
        if labelled:
            at, text, _ = _label(mark, x, spec)
            right = max(right, at + text_width(text, 12))
        row = next((i for i, edge in enumerate(taken) if left - 6 > edge), len(taken))
        if row < len(taken):
            taken[row] = right + 6
        elif row < spec.stack:
            taken.append(right + 6)
        else:
            row = spec.stack - 1
        placed.append((mark, row))
    return placed


def _draw(
    mark: _Mark,
    y: float,
    x: Linear,
    spec: AgendaSpec,
    colours: Palette,
    t: Translator,
    *,
    labelled: bool,
) -> str:
    colour = colours.economy(mark.economy_id) if mark.economy_id else colours["ink2"]
    weak = mark.status in _WEAK
    start, end = _extent(mark, x)
    half = 7.5 if labelled else 4.0
    if mark.last > mark.first:
        shape = svg.tag(
            "rect",
            x=start,
            y=y - half,
            width=end - start,
            height=2 * half,
            rx=3 if labelled else 4,
            fill=colour,
            fill_opacity=0.1 if weak else 0.28,
            stroke=colour,
            stroke_width=1.1,
            stroke_dasharray="3 2" if weak else None,
            stroke_opacity=0.7 if weak else None,
        )
    else:
        shape = svg.dot(start, y, 4.6, colours["bg"] if weak else colour, colour, 1.4)
    words = ""
    if labelled:
        at, text, inside = _label(mark, x, spec)
        ink = colours["ink"] if not weak else colours["ink2"]
        words = svg.words(at, y + 4.2, text, ink, 12, halo=None if inside else colours["bg"])
    word = status_word(mark.status, t)
    said = f"{t.period(mark.period)}: {mark.label}"
    box = svg.hit(start - 4, y - 6, max(end - start, 8) + 8, 12)
    said = f"{said} · {word}" if word else said
    return svg.receipt(mark.row_id, said, shape, box, words, focusable=False)
