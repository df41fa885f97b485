"""The one style sheet of the app, put together once a process."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from observatory.charts.icon_paths import PATHS
from observatory.charts.palette import css_variables

ASSETS: Final = Path(__file__).parent / "assets"
_LINKED: Final = threading.Event()


def variables() -> str:
    """The palette of both themes as one rule."""
    light, dark = css_variables("light"), css_variables("dark")
    rules = [f"{name}:light-dark({light[name]},{dark.get(name, light[name])})" for name in light]
    return ":root{" + ";".join(rules) + "}"


def _icons() -> str:
    shapes = {**json.loads((ASSETS / "icons.json").read_text("utf-8")), **PATHS}
    rules = []
    for name, path in sorted(shapes.items()):
        drawing = (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 -960 960 960'>"
            f"<path d='{path}'/></svg>"
        )
        data = quote(drawing, safe=" =:/'-.,")
        rules.append(f'.i-{name.replace("_", "-")}{{--shape:url("data:image/svg+xml,{data}")}}')
    return "".join(rules)


def _sheets() -> list[Path]:
    """`observatory.css` first, then the pages' own in the order of their names."""
    return sorted(ASSETS.glob("*.css"), key=lambda path: (path.stem != "observatory", path.name))


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """Palette variables for both themes, the icons and all style sheets, without comments."""
    css = "\n".join(sheet.read_text("utf-8") for sheet in _sheets())
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*\n\s*", "\n", css)
    return variables() + _icons() + css


@lru_cache(maxsize=1)
def style_path() -> str:
    """Where the server gives the style sheet. Another one has another path, so browsers keep it."""
    return f"app/static/style/{hashlib.sha256(style_sheet().encode()).hexdigest()[:16]}.css"


def link_tag() -> bytes:
    """What the page's HTML ends with: after the rules that Streamlit adds to the head."""
    return f'<link rel="stylesheet" href="./{style_path()}" />'.encode() if linked() else b""


def link(on: bool) -> None:
    """Say whether the pages of this process link the style sheet as a file."""
    _LINKED.set() if on else _LINKED.clear()


def linked() -> bool:
    """Whether they do; else the sheet travels in each run, as under `streamlit run`."""
    return _LINKED.is_set()
