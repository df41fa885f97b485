"""Draw static/social.png, the picture that a shared link shows: name, sentence, tile map.

Usage: python scripts/social_picture.py. Needs a Chromium or Chrome (see scripts/browser.py).
"""

from __future__ import annotations

import base64
import csv
import os
import shutil
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from observatory.charts.palette import palette  # noqa: E402
from observatory.model.scope import SCOPE  # noqa: E402

SIDE = 92
GAP = 8


def font(name: str) -> str:
    """A font of the app as a data address."""
    body = (ROOT / "static" / "fonts" / f"{name}.woff2").read_bytes()
    return "data:font/woff2;base64," + base64.b64encode(body).decode()


def tiles() -> str:
    """One square an economy, where the tile map has it."""
    colours = palette("light")
    parts = []
    with (ROOT / "data" / "economies.csv").open(encoding="utf-8") as stream:
        places = {row["economy_id"]: row for row in csv.DictReader(stream)}
    rows = [int(places[code]["map_row"]) for code in SCOPE]
    columns = [int(places[code]["map_col"]) for code in SCOPE]
    for code in SCOPE:
        top = (int(places[code]["map_row"]) - min(rows)) * (SIDE + GAP)
        left = (int(places[code]["map_col"]) - min(columns)) * (SIDE + GAP)
        parts.append(
            f'<b style="top:{top}px;left:{left}px;background:{colours.economy(code)}">{escape(code)}</b>'
        )
    wide = (max(columns) - min(columns) + 1) * (SIDE + GAP)
    high = (max(rows) - min(rows) + 1) * (SIDE + GAP)
    return f'<div class="map" style="width:{wide}px;height:{high}px">{"".join(parts)}</div>'


def page() -> str:
    """The picture as HTML."""
    colours = palette("light")
    mark = base64.b64encode((ROOT / "static" / "mark.png").read_bytes()).decode()
    return f"""<!doctype html><meta charset="utf-8"><style>
@font-face{{font-family:I;src:url("{font("inter-latin")}");font-weight:100 900}}
@font-face{{font-family:S;src:url("{font("source-serif-4-latin")}");font-weight:200 900}}
*{{box-sizing:border-box;margin:0}}
body{{width:1200px;height:630px;background:{colours["bg"]};color:{colours["ink"]};position:relative;overflow:hidden}}
h1{{position:absolute;left:72px;top:196px;width:460px;font:600 68px/74px S}}
p{{position:absolute;left:72px;top:372px;width:440px;font:400 25px/36px I;color:{colours["ink2"]}}}
img{{position:absolute;left:72px;top:92px;width:68px}}
.map{{position:absolute;right:64px;top:50%;transform:translateY(-50%)}}
.map b{{position:absolute;width:{SIDE}px;height:{SIDE}px;border-radius:6px;opacity:.94;color:#fff;
font:600 21px/1 I;padding:14px 0 0 14px}}
</style><img src="data:image/png;base64,{mark}" alt=""><h1>East Asia AI Observatory</h1>
<p>Sourced numbers on the AI of thirteen economies. Each opens its receipt.</p>{tiles()}"""


def main() -> None:
    """Draw it."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("OBSERVATORY_BROWSER") or next(
        filter(None, map(shutil.which, names)), None
    )
    if found is None:
        raise SystemExit("no browser; see scripts/browser.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1200, "height": 630})
        tab.set_content(page())
        tab.evaluate("document.fonts.ready")
        tab.screenshot(path=str(ROOT / "static" / "social.png"))
        browser.close()


if __name__ == "__main__":
    main()
