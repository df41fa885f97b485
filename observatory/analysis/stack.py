"""How a layer of the stack is graded: steps of a sign, and the lower median of a layer's signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

Level = Literal["low", "medium", "high"]
State = Literal["low", "medium", "high", "named", "empty"]

LEVELS: Final[tuple[Level, ...]] = ("low", "medium", "high")
STATES: Final[tuple[State, ...]] = ("high", "medium", "low", "named", "empty")
"""What a cell can be: graded; named things without any sign; nothing on file."""
HIGH_NEEDS: Final = 2
"""Signs that a high grade needs."""


def level(value: float, medium_from: float, high_from: float, fewer: bool = False) -> Level:
    """Where a value stands; ``fewer``: less is better, so steps are upper limits."""
    if fewer:
        return "high" if value <= high_from else "medium" if value <= medium_from else "low"
    return "high" if value >= high_from else "medium" if value >= medium_from else "low"


def grade(levels: Sequence[Level]) -> Level | None:
    """The lower median of the levels, medium at most where there is one only; None without any."""
    if not levels:
        return None
    ordered = sorted(levels, key=LEVELS.index)
    middle = ordered[(len(ordered) - 1) // 2]
    return "medium" if middle == "high" and len(ordered) < HIGH_NEEDS else middle


def state(levels: Sequence[Level], named: bool) -> State:
    """What a cell shows: its grade; without any sign, whether anything is named on file."""
    return grade(levels) or ("named" if named else "empty")
