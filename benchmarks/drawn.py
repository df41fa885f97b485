"""Pages in a headless browser: how long from navigation until everything is drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.session import Broken

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
LIMIT_MS = 90_000

# The script has ended, a page's last part is there, every drawing and figure is in place (of two for
# windows of different widths the one that is seen), and no
# skeleton is left. Asked in every frame; answers the milliseconds since navigation.
DRAWN = """([figures, own]) => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (!document.querySelector(own ? '.obs-foot' : '[data-testid=stMarkdown]')) return false;
  if (document.querySelector('[data-testid=stSkeleton], .obs-page .skel')) return false;
  const drawings = [...document.querySelectorAll('[data-svg]:not([data-late])')];
  if (own && drawings.some(one => !one.querySelector('svg'))) return false;
  const frames = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  const plots = [...document.querySelectorAll('.js-plotly-plot')];
  if (frames.length < figures || plots.length < frames.length) return false;
  if (plots.some(one => !one.querySelector('.main-svg .plot, .main-svg .bg'))) return false;
  return performance.now();
}"""

SIZES = """() => {
  const found = performance.getEntriesByType('resource');
  const bytes = found.reduce((sum, one) => sum + (one.encodedBodySize || 0), 0);
  const count = (what) => document.querySelectorAll(what).length;
  const plots = count('.js-plotly-plot');
  return [found.length, bytes, count('[data-svg]:not([data-late])') + plots, plots];
}"""


class NoBrowser(RuntimeError):
    """No Chromium or Chrome was found."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One page drawn: milliseconds since navigation, of them processor time of the page's main
    thread, requests, bytes, charts, those of Plotly."""

    ms: float
    busy: float
    requests: int
    size: int
    charts: int
    plots: int


def executable() -> str:
    """Path of a browser, as the tests find it. Raises NoBrowser."""
    folder = str(Path(__file__).resolve().parents[1] / "scripts")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    import browser

    for path in (*browser.installed(), *browser.of_playwright()):
        if browser.starts(path):
            return path
    raise NoBrowser("no Chromium or Chrome; `make test` installs one")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed afterwards."""
    from playwright.sync_api import sync_playwright

    path = executable()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield found
        finally:
            found.close()


def wait_drawn(page: Page, figures: int = 0, own: bool = True) -> float:
    """Wait until a page is fully drawn; milliseconds since navigation."""
    handle = page.wait_for_function(
        DRAWN, arg=[figures, own], polling="raf", timeout=LIMIT_MS
    )  # fmt: skip
    if own and page.locator(".is-error").count():
        raise Broken(f"an error is shown: {page.url}")
    return float(handle.json_value())


def draw(context: BrowserContext, url: str, figures: int = 0, own: bool = True) -> Draw:
    """Open a page in a new tab and wait until it is drawn."""
    page = context.new_page()
    try:
        # Other work on the machine lengthens what the clock says, but hardly this.
        tools = context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(url, wait_until="commit", timeout=LIMIT_MS)
        took = wait_drawn(page, figures, own)
        found = {
            one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]
        }
        busy = float(found["TaskDuration"]) * 1e3
        return Draw(took, busy, *(int(count) for count in page.evaluate(SIZES)))
    finally:
        page.close()


def new_context(browser: Browser) -> BrowserContext:
    """A fresh visitor: nothing cached, a laptop's window."""
    return browser.new_context(viewport={"width": 1440, "height": 900})
