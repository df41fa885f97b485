"""Placing labels on a line so that none covers its neighbour."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    wanted: Sequence[float],
    gap: float,
    low: float = float("-inf"),
    high: float = float("inf"),
) -> list[float]:
    """Move positions apart to at least `gap`, as little as possible, inside [low, high].

    Returns the new positions in the order of `wanted`; their order along the axis is kept. The
    result has the least sum of squared shifts. Where the room is too small for the gap, the
    positions are set evenly over it.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    if (len(wanted) - 1) * gap > high - low:
        gap = (high - low) / max(len(wanted) - 1, 1)
    # With the gaps taken out, the task is a regression that must not fall: pool violators.
    blocks: list[tuple[float, int]] = []
    for place, index in enumerate(order):
        mean, size = wanted[index] - place * gap, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    top = high - (len(wanted) - 1) * gap
    placed = [min(max(mean, low), top) for mean, size in blocks for _ in range(size)]
    result = [0.0] * len(wanted)
    for place, index in enumerate(order):
        result[index] = placed[place] + place * gap
    return result
