"""Scales of a board as shaded blocks with their breaks, and the time axis under them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from observatory.charts.palette import Palette
from observatory.charts.scales import Linear, TimeTick, time_ticks
from observatory.charts.svg import elements as svg
from observatory.charts.text import text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

PHONE: Final = 520
"""Drawings narrower than this are for a phone, px."""


@dataclass(frozen=True, slots=True)
class Band:
    """A scale: its first and last day and what stands above it. `days`: dates of its copies, none
    for a fixed test; `top_until`: the day from which copies hold the whole board."""

    start: date
    end: date
    label: str = ""
    short: str = ""
    days: tuple[date, ...] = ()
    top_until: date | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A span without a scale and the words that stand in it."""

    start: date
    end: date
    label: str


def bands(
    scales: Sequence[Band],
    holes: Sequence[Hole],
    x: Linear,
    span: tuple[float, float],
    colours: Palette,
    top_only: str = "",
) -> list[str]:
    """Shaded blocks with their names, zig-zags between them, words in the gaps."""
    top, bottom = span
    parts: list[str] = []
    edges = [(x(band.start.toordinal()) - 5, x(band.end.toordinal()) + 5) for band in scales]
    for (left, right), band in zip(edges, scales, strict=True):
        parts.append(
            svg.tag(
                "rect",
                x=left,
                y=top - 14,
                width=max(right - left, 2),
                height=bottom - top + 14,
                fill=colours["sunk"],
            )
        )
        if band.label and right - left > 20:
            fits = text_width(band.label, 12, 600) <= right - left - 8
            text = band.label if fits else band.short
            parts.append(svg.words(left + 4, top, text, colours["ink2"], 12, weight=600))
        if band.top_until and band.top_until > band.start:
            # Copies of the top only: a line under the block's head, to the first whole copy.
            until = x(band.top_until.toordinal())
            parts.append(
                svg.line(left + 4, top + 8, until - 2, top + 8, colours["warn"], 1.5, "3 2")
            )
            if top_only and until - left > text_width(top_only, 12):
                parts.append(svg.words(left + 4, top + 21, top_only, colours["warn"], 12))
    for (_, before), (after, _) in itertools.pairwise(edges):
        if top > 20:
            parts.append(_zigzag((before + after) / 2, top - 16, colours))
    for hole in holes:
        for line, middle, at in hole_words(hole, x, span):
            parts.append(svg.words(middle, at, line, colours["ink3"], 12, anchor="middle"))
    return parts


def hole_words(hole: Hole, x: Linear, span: tuple[float, float]) -> list[tuple[str, float, float]]:
    """The words in a gap: line, its middle and its baseline in px; none where they have no room."""
    top, bottom = span
    left, right = x(hole.start.toordinal()), x(hole.end.toordinal())
    if left < x.start - 8 or right > x.end + 8 or right - left <= 60:
        return []
    lines = wrap(hole.label, right - left - 8, 12, most=3)
    if any(line.endswith("…") for line in lines):
        return []
    first = top + (bottom - top) * 0.72
    return [(line, (left + right) / 2, first + 16 * i) for i, line in enumerate(lines)]


def _zigzag(x: float, y: float, colours: Palette) -> str:
    path = f"M{svg.num(x - 7)} {svg.num(y)}l4 0l3 -9l3 16l3 -7"
    return svg.tag(
        "path",
        d=path,
        fill="none",
        stroke=colours["warn"],
        stroke_width=1.8,
        stroke_linejoin="round",
    )


def time_axis(
    x: Linear,
    first: float,
    last: float,
    bottom: float,
    width: float,
    colours: Palette,
    t: Translator,
) -> list[str]:
    """Labels of years, or quarters of a short span, under the plot."""
    parts: list[str] = []
    reach = -1e9
    middle = date.fromordinal(int((first + last) / 2)) if first >= 1 else None
    ticks = time_ticks(first, last, 4 if width < PHONE else 7)
    if not ticks and middle is not None:
        ticks = [TimeTick(middle.toordinal(), middle.isoformat())]
    for tick in ticks:
        text = t.period(tick.period)
        half = text_width(text, 12) / 2
        at = min(max(x(tick.x), half), width - half)
        if at - half < reach:
            continue
        reach = at + half + 10
        parts.append(svg.line(x(tick.x), bottom, x(tick.x), bottom + 4, colours["ink3"]))
        parts.append(svg.words(at, bottom + 19, text, colours["ink3"], 12, anchor="middle"))
    return parts
