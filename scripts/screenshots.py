"""Picture the pages with the served build: `make screenshots`.

Writes var/screenshots/<page>-<language>-<theme>-<width>.png for every page,
on a laptop and on a phone, light and dark, in English and Japanese. `--readme` also
writes docs/screenshots/briefing.png, the one that the README shows. Exits 1 where a page reports
an error on the browser's console or draws its error state.
"""

from __future__ import annotations

import argparse
import itertools
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "var" / "screenshots"
README = ROOT / "docs" / "screenshots" / "briefing.png"
PAGES = {
    "briefing": "/?",
    "economies": "/economies?",
    "economy": "/economy?economy=KOR&",
    "compare": "/compare?with=KOR,JPN,SGP&",
    "scorecard": "/scorecard?",
    "stack": "/stack?cell=KOR-chips&",
    "indicator": "/indicator?indicator=ai_user_share_microsoft&",
    "companies": "/companies?",
    "company": "/company?org=zhipu&",
    "ipo": "/ipo?",
    "investment": "/investment?",
    "flows": "/flows?",
    "models": "/models?",
    "benchmarks": "/benchmarks?",
    "frontier": "/frontier?",
    "calendar": "/calendar?",
    "coalition": "/coalition?",
    "claims": "/claims?",
    "sources": "/sources?",
    "conflicts": "/conflicts?",
    "changes": "/changes?",
    "method": "/method?",
}
WIDTHS = {1440: 1, 390: 2}
LANGUAGES, THEMES = ("en", "ja"), ("light", "dark")
LIMIT = 60_000
# On a deep link Streamlit's client asks for these below the page first, then at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DRAWN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && document.querySelector('.obs-foot')
    && [...document.querySelectorAll('[data-svg]')].every(one => one.querySelector('svg'))
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
         .every(one => one.querySelector('.main-svg'))
    && document.fonts.status === 'loaded';
}"""
HEIGHT = """() => Math.max(document.body.scrollHeight,
  document.querySelector('[data-testid=stMain]')?.scrollHeight || 0)"""


@contextmanager
def served() -> Iterator[str]:
    """The app on a free port of this machine, ended afterwards; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "observatory.ui.server", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(base, timeout=2):
                    break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
        if server.poll() is not None:
            raise SystemExit(f"the server ended with code {server.returncode}")
        yield base
    finally:
        server.terminate()
        server.wait(20)


def complaint(said: ConsoleMessage) -> str | None:
    """An error on the console with the address it speaks of; None for what is none."""
    url = said.location.get("url", "")
    if said.type != "error" or url.endswith(PROBES):
        return None
    return f"{said.text} {url}".strip()


def picture(
    chromium: Browser, url: str, file: Path, width: int, theme: str, whole: bool
) -> list[str]:
    """Write one picture; what went wrong on the page."""
    faults: list[str | None] = []
    context = chromium.new_context(
        viewport={"width": width, "height": 1000},
        device_scale_factor=WIDTHS.get(width, 1),
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.on("console", lambda said: faults.append(complaint(said)))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url, timeout=LIMIT)
        page.wait_for_function(DRAWN, timeout=LIMIT)
        page.wait_for_timeout(500)
        if whole:
            # The page scrolls inside its own box: the window has to be as tall as the page.
            tall = min(int(page.evaluate(HEIGHT)) + 8, 9000)
            page.set_viewport_size({"width": width, "height": tall})
            page.wait_for_timeout(500)
        if page.locator(".card.is-error").count():
            faults.append("the error state is on the page")
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file)
    finally:
        context.close()
    return [fault for fault in faults if fault]


def main() -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description="Picture the pages.")
    parser.add_argument("--readme", action="store_true", help=f"also {README.relative_to(ROOT)}")
    parser.add_argument("--only", choices=PAGES, help="this page only")
    asked = parser.parse_args()
    path = browser.find()
    if path is None:
        print(browser.BANNER, file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    pages = [p for p in PAGES if (not asked.only or p == asked.only)]
    pages = [p for p in pages if (ROOT / "pages" / f"{p}.py").is_file()]
    broken = 0
    with served() as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        jobs = [
            (
                f"{base}{PAGES[p]}lang={lang}",
                SHOTS / f"{p}-{lang}-{theme}-{width}.png",
                width,
                theme,
            )
            for p, lang, theme, width in itertools.product(pages, LANGUAGES, THEMES, WIDTHS)
        ]
        if asked.readme:
            jobs.append((f"{base}/?lang=en", README, 1440, "light"))
        for url, file, width, theme in jobs:
            faults = picture(chromium, url, file, width, theme, whole=file != README)
            broken += bool(faults)
            said = os.path.relpath(file)
            print(said, f"{file.stat().st_size / 1000:.0f} kB", *faults[:3], flush=True)
        chromium.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
