"""Arithmetic on sRGB colours: contrast after WCAG 2, tints, and the ink that reads on a fill."""

from __future__ import annotations

TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2, level AA)."""


def rgb(colour: str) -> tuple[int, int, int]:
    """Split `#RRGGBB` into three numbers from 0 to 255; ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"{colour!r} is no colour of the form #RRGGBB")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def linear(channel: float) -> float:
    """Turn one sRGB channel (0 to 1) into linear light (0 to 1)."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 for black to 1 for white."""
    r, g, b = (linear(c / 255) for c in rgb(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgba(colour: str, opacity: float) -> str:
    """Write `#RRGGBB` with an opacity (0 to 1) the way Plotly reads it."""
    r, g, b = rgb(colour)
    return f"rgba({r},{g},{b},{opacity:g})"


def mix(colour: str, ground: str, share: float) -> str:
    """Lay `share` (0 to 1) of a colour over a ground and return the opaque result."""
    pairs = zip(rgb(colour), rgb(ground), strict=True)
    return "#" + "".join(f"{round(c * share + g * (1 - share)):02X}" for c, g in pairs)


def readable(fill: str, *inks: str) -> str | None:
    """Return the first of `inks` that reads as text on `fill`, None if none does."""
    return next((ink for ink in inks if contrast(fill, ink) >= TEXT_CONTRAST), None)
