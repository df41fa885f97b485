"""Icons as inline SVG: Material Symbols Rounded in the colour of the text around them."""

from __future__ import annotations

from html import escape

from observatory.charts.icon_paths import PATHS


def icon_path(name: str, x: float, y: float, size: float, colour: str) -> str:
    """Draw an icon inside another SVG, its upper left corner at (x, y), `size` units wide."""
    scale = size / 960
    return (
        f'<path transform="translate({x:g} {y + size:g}) scale({scale:.5f})" '
        f'fill="{escape(colour)}" d="{PATHS[name]}"/>'
    )
