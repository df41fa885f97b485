"""Instruments over time, a lane an economy: what is dated stands at its date, as wide as it is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.room import KEY, room
from observatory.charts.scales import Linear
from observatory.charts.series import need, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width
from observatory.model.time import Period, parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_STEP: Final = 9.0
_TOP: Final = 24.0
_NARROW_BELOW: Final = 640
WEIGHTS: Final = ("binding", "soft", "other")


@dataclass(frozen=True, slots=True)
class RulebookSpec:
    """`today`: ISO day of the rule line; `first`: year the axis starts at (earlier marks stand at its edge);
    `card`: id of the card whose table the counts open; `rows`: marks above one another at most;
    `years`: first and last year of the axis, `left`: where it starts, both else as the marks ask."""

    today: str = ""
    first: int = 2016
    card: str = ""
    rows: int = 9
    years: tuple[int, int] | None = None
    left: float = 0.0
    width: float = 1280
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    lane: str
    economy_id: str
    covers: Period
    label: str
    weight: str
    row_id: str


def rulebook_parts(
    frame: pd.DataFrame, spec: RulebookSpec, colours: Palette, t: Translator
) -> list[str]:
    """The lanes as one drawing, or as many of one time axis as the room asks for, by whole lanes."""
    here = room()
    if here is None or frame.empty:
        return [rulebook(frame, spec, colours, t)]
    marks = _read(frame)
    if not marks:
        return [rulebook(frame, spec, colours, t)]
    sized = replace(spec, width=here.width)
    sized = replace(sized, years=_years_of(marks, sized), left=_across(marks, sized)[0])
    _, x = _across(marks, sized)
    parts: list[list[str]] = [[]]
    used = _TOP
    for lane in dict.fromkeys(mark.lane for mark in marks):
        inside = [mark for mark in marks if mark.lane == lane]
        _, high = _lane(inside, 0, x, sized, colours, t, narrow=False)
        if used + high > here.height - KEY and parts[-1]:
            parts.append([])
            used = _TOP
        parts[-1].append(lane)
        used += high
    named = pd.Series(texts(frame, "lane"), index=frame.index)
    return [rulebook(frame[named.isin(part)], sized, colours, t) for part in parts]


def rulebook(frame: pd.DataFrame, spec: RulebookSpec, colours: Palette, t: Translator) -> str:
    """Draw instruments by lane, lanes in the order of the frame.

    Columns: lane (its name), period, label; optional economy_id (colour), weight (`binding` full, `soft`
    hollow, else light), row_id. A day is a dot and a month a short bar, stacked; what is known to a year only
    is counted in a bar as long as that year below them: no instrument is put on the first of January.
    """
    need(frame, ("lane", "period", "label"))
    marks = _read(frame)
    if not marks:
        words = svg.words(0, 18, t("No dated instrument on file"), colours["ink2"], 13)
        return svg.document(
            spec.width, 28, words, name=spec.name or t("Instruments over time"), lang=t.html_lang
        )
    lanes = list(dict.fromkeys(mark.lane for mark in marks))
    narrow = spec.width < _NARROW_BELOW
    start, last = _years_of(marks, spec)
    left, x = _across(marks, spec)
    top, parts, bands = _TOP, list[str](), list[str]()
    for lane in lanes:
        inside = [mark for mark in marks if mark.lane == lane]
        drawn, high = _lane(inside, top, x, spec, colours, t, narrow=narrow)
        head = shorten(lane, spec.width if narrow else left - 16, 13, 600)
        bands.append(svg.words(0, top + 17, head, colours["ink"], 13, weight=600))
        bands.extend(drawn)
        top += high
        bands.append(svg.line(0, top, spec.width, top, colours["hair"]))
    wide = x(date(start + 1, 1, 1).toordinal()) - x(date(start, 1, 1).toordinal())
    every = 1 if wide > 44 else 2 if wide > 22 else 5
    for year in range(start, last + 1):
        at = x(date(year, 1, 1).toordinal())
        parts.append(svg.line(at, 20, at, top, colours["hair"]))
        if (last - year) % every == 0:
            middle = (at + x(date(year, 12, 31).toordinal())) / 2
            label = t.period(str(year)) if wide > 60 else str(year)
            parts.append(svg.words(middle, 14, label, colours["ink3"], 12, anchor="middle"))
    if spec.today:
        now = x(date.fromisoformat(spec.today).toordinal())
        parts.append(svg.line(now, 20, now, top, colours["ink2"], 1, "2 3"))
    return svg.document(
        spec.width, top + 4, *parts, *bands, name=spec.name or t("Instruments over time"),
        description=spec.description or t.n("{n} dated instrument", "{n} dated instruments", len(marks)),
        lang=t.html_lang,
    )  # fmt: skip


def _read(frame: pd.DataFrame) -> list[_Mark]:
    fields = (
        texts(frame, name) for name in ("lane", "economy_id", "period", "label", "weight", "row_id")
    )
    return [
        _Mark(lane, economy, parse_period(period), label, weight, row_id)
        for lane, economy, period, label, weight, row_id in zip(*fields, strict=True)
        if lane and period
    ]


def _years_of(marks: Sequence[_Mark], spec: RulebookSpec) -> tuple[int, int]:
    if spec.years:
        return spec.years
    last = max(mark.covers.end.year for mark in marks)
    if spec.today:
        last = max(last, date.fromisoformat(spec.today).year)
    return max(min(mark.covers.start.year for mark in marks), spec.first), last


def _across(marks: Sequence[_Mark], spec: RulebookSpec) -> tuple[float, Linear]:
    """Where the names of lanes end, and the axis."""
    start, last = _years_of(marks, spec)
    widest = max(text_width(mark.lane, 13, 600) for mark in marks)
    narrow = spec.width < _NARROW_BELOW
    left = 4.0 if narrow else spec.left or min(widest + 24, spec.width * 0.22)
    first, end = date(start, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return left, Linear(first, end, left, spec.width - 4)


def _lane(
    marks: Sequence[_Mark], top: float, x: Linear, spec: RulebookSpec, colours: Palette, t: Translator,
    *, narrow: bool,
) -> tuple[list[str], float]:  # fmt: skip
    """The drawing of a lane and its height: dated marks stacked, years counted below."""
    head = 22.0 if narrow else 8.0
    exact = [m for m in marks if m.covers.precision in ("day", "month")]
    wide = [m for m in marks if m.covers.precision not in ("day", "month")]
    order = {word: place for place, word in enumerate(WEIGHTS)}
    taken: list[float] = []
    drawn: list[str] = []
    hidden = 0
    for mark in sorted(exact, key=lambda m: (m.covers.start, order.get(m.weight, 9), m.label)):
        begin = x(max(mark.covers.start.toordinal(), x.low))
        end = (
            max(x(mark.covers.end.toordinal()), begin + 7)
            if mark.covers.precision == "month"
            else begin + 7
        )
        row = next((i for i, edge in enumerate(taken) if begin > edge), len(taken))
        if row >= spec.rows:
            hidden += 1
            row = spec.rows - 1
        elif row == len(taken):
            taken.append(0.0)
        taken[row] = end + 1.5
        drawn.append(_mark(mark, begin, end, top + head + row * _STEP + 5, colours, t))
    bottom = top + head + max(len(taken), 1) * _STEP + 5
    if wide:
        drawn += _years(wide, bottom, x, spec, colours, t)
        bottom += 17
    return drawn, max(bottom - top + 5, 30.0)


def _ink(mark: _Mark, colours: Palette) -> str:
    return colours.economy(mark.economy_id) if mark.economy_id else colours["ink2"]


def _mark(mark: _Mark, begin: float, end: float, y: float, colours: Palette, t: Translator) -> str:
    ink = _ink(mark, colours)
    full = mark.weight == "binding"
    light = mark.weight not in ("binding", "soft")
    if mark.covers.precision == "month":
        shape = svg.tag(
            "rect", x=begin, y=y - 3, width=end - begin, height=6, rx=2,
            fill=ink if full else colours["bg"] if not light else ink,
            fill_opacity=0.35 if light else None, stroke=None if light else ink, stroke_width=1.2,
        )  # fmt: skip
    else:
        shape = svg.tag(
            "circle", cx=begin + 3, cy=y, r=3.4, fill=ink if full or light else colours["bg"],
            fill_opacity=0.35 if light else None, stroke=None if light else ink, stroke_width=1.2,
        )  # fmt: skip
    said = t("{date}: {title}", date=t.period(mark.covers.text), title=mark.label)
    box = svg.hit(begin - 1, y - 4.5, max(end - begin, 8) + 2, 9)
    return svg.receipt(mark.row_id, said, shape, box, focusable=False)


def _years(
    marks: Sequence[_Mark], y: float, x: Linear, spec: RulebookSpec, colours: Palette, t: Translator
) -> list[str]:
    """Bars as long as the spans they count: what is known to the year, half or quarter only."""
    spans: dict[str, list[_Mark]] = {}
    for mark in marks:
        spans.setdefault(mark.covers.text, []).append(mark)
    drawn = []
    for text, inside in spans.items():
        covers = inside[0].covers
        if x(covers.end.toordinal()) <= x(x.low):
            continue
        begin, end = x(max(covers.start.toordinal(), x.low)) + 2, x(covers.end.toordinal()) - 2
        ink = _ink(inside[0], colours)
        bar = svg.tag(
            "rect",
            x=begin,
            y=y,
            width=max(end - begin, 3),
            height=13,
            rx=3,
            fill=ink,
            fill_opacity=0.12,
        )
        many = t.number(len(inside))
        words = svg.words((begin + end) / 2, y + 10.5, many, colours["ink2"], 11, anchor="middle")
        said = t.n(
            "{date}, no day or month named: {n} instrument", "{date}, no day or month named: {n} instruments",
            len(inside), date=t.period(text),
        )  # fmt: skip
        opens = (
            inside[0].row_id if len(inside) == 1 else svg.table_of(spec.card) if spec.card else ""
        )
        drawn.append(svg.receipt(opens, said, bar, words, focusable=False))
    return drawn
