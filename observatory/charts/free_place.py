"""A place for the words beside a mark, where they cover no other words and little of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, right, top, bottom in px."""

# Tried in turn, in px below the mark: near places first.
_DOWN: Final = (4.0, 26.0, -24.0, 44.0, -46.0, 70.0, 110.0, 170.0, 230.0)


@dataclass(frozen=True, slots=True)
class Area:
    """The plot, and how wide the whole drawing is, in px."""

    left: float
    right: float
    top: float
    bottom: float
    width: float


def free_place(
    mark: tuple[float, float, float],
    size: tuple[float, float],
    area: Area,
    inked: Sequence[Point],
    written: Sequence[Box],
) -> Point:
    """Left and first baseline, in px, of words beside a level mark.

    `mark`: its left, right and height; `size`: width and height of the words; `inked`: points along
    lines, which may be covered at a cost; `written`: other words, which cost far more.
    """
    left, right, y = mark
    wide, tall = size
    low, high = area.left + 2, max(area.width - wide - 2, area.left + 2)
    best, cost = (low, y), float("inf")
    for dy in _DOWN:
        top = y + dy
        if not area.top + 14 <= top <= area.bottom - tall:
            continue
        for start in (left - wide - 10, right + 8, right - wide, left, (left + right - wide) / 2):
            x = min(max(start, low), high)
            covered = sum(
                x - 4 <= at <= x + wide + 4 and top - 13 <= height <= top + tall - 8
                for at, height in inked
            )
            hidden = sum(
                x - 6 < box_right and x + wide + 6 > box_left
                and top - 13 < box_bottom and top + tall - 8 > box_top
                for box_left, box_right, box_top, box_bottom in written
            )  # fmt: skip
            beyond = 30 * (x + wide > area.right)
            found = 100 * hidden + covered + beyond + abs(dy) / 60 + abs(start - x) / 60
            if found < cost:
                best, cost = (x, top), found
    return best
