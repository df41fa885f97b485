"""Icons as inline SVG: Material Symbols Rounded in the colour of the text around them."""

from __future__ import annotations

from html import escape

from observatory.charts.icon_paths import PATHS

NAMES = tuple(PATHS)
"""Names of the icons that exist."""


def icon(name: str, size: int = 16, label: str | None = None, colour: str = "currentColor") -> str:
    """Draw an icon as an SVG text of `size` px; KeyError for a name that is not kept.

    Without a label the icon is decoration and hidden from screen readers; with one it is an image
    of that name.
    """
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -960 960 960" width="{size}" '
        f'height="{size}" fill="{escape(colour)}" {meaning} focusable="false">'
        f'<path d="{PATHS[name]}"/></svg>'
    )


def icon_path(name: str, x: float, y: float, size: float, colour: str) -> str:
    """Draw an icon inside another SVG, its upper left corner at (x, y), `size` units wide."""
    scale = size / 960
    return (
        f'<path transform="translate({x:g} {y + size:g}) scale({scale:.5f})" '
        f'fill="{escape(colour)}" d="{PATHS[name]}"/>'
    )
