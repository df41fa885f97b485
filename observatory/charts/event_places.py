"""Where numbered events stand above a chart over time, so that twenty stay legible.

Marks stand in one row, or alternately in two where one row would push them far from their days.
Where two rows do so as well, neighbours in time share a mark that names their range.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from observatory.charts.plan import Event
from observatory.charts.scales import Scale
from observatory.charts.text import text_width

SLOT: Final = 18.0
"""Height of a row of marks, in px."""
RADIUS: Final = 8.0
"""Half the size of a mark of one event."""
FAR: Final = 26.0
"""A mark moved further than this, in px, asks for a second row."""
FARTHEST: Final = 46.0
"""A mark moved further than this joins its neighbour."""
LEADERS: Final = 12.0
"""Height of the zone in which leaders run from the marks to their days."""
LANE: Final = 5.0
"""Height of the zone of bars that are as long as a date is uncertain."""
LINE_BELOW: Final = 2.5
BAND_BELOW: Final = 14.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How one event's date is drawn over the plot, in px: `left` to `right`, `at` its middle.

    `form`: "line" for a day (or a span thinner than a line), "band" for a short span, "bar" for
    one so long that only a bar above the plot tells it.
    """

    event: Event
    at: float
    left: float
    right: float
    form: str


def mark_text(extents: Sequence[Extent]) -> str:
    """What stands in a mark: a number, or the first and last of several."""
    first, last = extents[0].event.number, extents[-1].event.number
    return str(first) if first == last else f"{first}–{last}"


def half_width(text: str) -> float:
    """Half the width of a mark in px: round for a number, longer for a range."""
    return RADIUS if len(text) < 3 else max(RADIUS, text_width(text, 11, 600) / 2 + 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: one event, or neighbours that share it. `x`: its centre, `row` 0 is the lowest."""

    extents: tuple[Extent, ...]
    x: float
    row: int

    @property
    def text(self) -> str:
        """The number, or the first and last of several."""
        return mark_text(self.extents)

    @property
    def kind(self) -> str:
        """The kind of its events, empty if they differ."""
        kinds = {extent.event.kind for extent in self.extents}
        return kinds.pop() if len(kinds) == 1 else ""


@dataclass(frozen=True, slots=True)
class Strip:
    """The marks above a plot. `height`: what they need above it, in px, 0 without events."""

    marks: tuple[Mark, ...]
    rows: int

    @property
    def height(self) -> float:
        return self.rows * SLOT + LEADERS + LANE if self.rows else 0.0

    def centre(self, row: int) -> float:
        """Height of a row's middle above the plot, in px."""
        return LANE + LEADERS + (row + 0.5) * SLOT


def extent(event: Event, x: Scale, low: float, high: float) -> Extent:
    """How an event's date lies over a plot that reaches from `low` to `high`, in px."""
    left, right = max(x(event.first), low), min(x(event.last + 1), high)
    wide = right - left
    if event.last - event.first < 1 or wide < LINE_BELOW:
        form = "line"
    elif wide <= BAND_BELOW:
        form = "band"
    else:
        form = "bar"
    return Extent(event, min(max(x(event.x), low), high), left, right, form)


def place(
    events: Sequence[Event], x: Scale, low: float, high: float, inset: float = SLOT / 2
) -> Strip:
    """Place marks for events, in order of time, over a plot from `low` to `high` in px."""
    groups = [[extent(event, x, low, high)] for event in events]
    room = (low + inset, max(high - inset, low + inset))
    while True:
        strip, strain = _attempt(groups, room)
        if strain <= FARTHEST or len(groups) < 2:
            return strip
        spans = [b[-1].at - a[0].at for a, b in itertools.pairwise(groups)]
        i = spans.index(min(spans))
        groups[i : i + 2] = [groups[i] + groups[i + 1]]


def _attempt(groups: Sequence[list[Extent]], room: tuple[float, float]) -> tuple[Strip, float]:
    """Place groups in one row, else in two; return the strip and how far a mark had to move.

    Infinite where two rows have no room for all.
    """
    if not groups:
        return Strip((), 0), 0.0
    wanted = [sum(one.at for one in group) / len(group) for group in groups]
    sizes = [2 * half_width(mark_text(group)) for group in groups]
    # Alternating rows: a leader of the upper one passes between two marks of the lower one.
    single = [(a + b) / 2 + 2 for a, b in itertools.pairwise(sizes)]
    double = [max(a, b) / 2 + 1 for a, b in itertools.pairwise(sizes)]
    for rows, gaps in ((1, single), (2, double)):
        placed = _apart(wanted, gaps, *room)
        strain = max(abs(a - b) for a, b in zip(wanted, placed, strict=True))
        if sum(gaps) > room[1] - room[0]:
            strain = float("inf")
        if strain <= FAR or rows == 2:
            break
    marks = [
        Mark(tuple(group), at, i % rows)
        for i, (group, at) in enumerate(zip(groups, placed, strict=True))
    ]
    return Strip(tuple(marks), rows), strain


def _apart(wanted: Sequence[float], gaps: Sequence[float], low: float, high: float) -> list[float]:
    """Move rising positions apart by `gaps`, as little as possible, inside [low, high]."""
    offsets = list(itertools.accumulate(gaps, initial=0.0))
    # With the gaps taken out, the task is a regression that must not fall: pool violators.
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    top = max(high - offsets[-1], low)
    flat = [min(max(mean, low), top) for mean, size in blocks for _ in range(size)]
    return [at + offset for at, offset in zip(flat, offsets, strict=True)]
