"""A running app for the browser tests: one build and one server for the whole session."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as TooLate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
DRAWN = ".obs-foot"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def builds(shipped: Path) -> Path:
    """The folder of builds that the app of these tests serves."""
    return shipped


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Start the app on a folder of builds, from another working directory; returns its address."""
    running: list[subprocess.Popen[bytes]] = []
    log = tmp_path_factory.mktemp("log") / "server.log"

    def start(folder: Path) -> str:
        port = _free_port()
        environment = {**os.environ, "OBSERVATORY_VAR": str(folder), "PYTHONPATH": str(ROOT)}
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "observatory.ui.server", "--port", str(port)],
                cwd=log.parent, env=environment, stdout=out, stderr=out,
            )  # fmt: skip
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310
                return address
            except OSError:
                assert process.poll() is None, log.read_text("utf-8")
                time.sleep(0.2)
        raise AssertionError(log.read_text("utf-8"))

    yield start
    for process in running:
        process.terminate()
        process.wait(15)


@pytest.fixture(scope="session")
def site(serve: Callable[[Path], str], builds: Path) -> str:
    """The address of the app on a good build."""
    return serve(builds)


@dataclass
class Tab:
    """A page of the browser that remembers what went wrong in it."""

    page: Page
    problems: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Go there and wait until the page is drawn."""
        self.page.goto(address)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait until the foot of the page is there and the script has ended."""
        self.page.wait_for_selector(DRAWN, timeout=60_000)
        self.page.wait_for_function(
            "() => !document.querySelector('.stApp')?.dataset.testScriptState"
            " || document.querySelector('.stApp').dataset.testScriptState === 'notRunning'",
            timeout=60_000,
        )
        # The desk puts drawings in place and answers clicks once it is there.
        self.page.wait_for_function(
            "() => !document.querySelector('[data-svg]:not([data-on])') && window.__obsState?.send",
            timeout=60_000,
        )


def open_choices(page: Page, which: int = 0) -> None:
    """Open a choice box and wait for its options.

    A click that falls into the redraw of a closing dialog opens nothing: then a reader clicks again.
    """
    options = page.locator("[role='option']")
    for _ in range(6):
        page.get_by_role("combobox").nth(which).click()
        try:
            options.first.wait_for(timeout=5_000)
        except TooLate:
            continue
        return
    options.first.wait_for()


def _expected(text: str, url: str) -> bool:
    # A deep link makes Streamlit look for its server under the page's path first.
    return "404" in text and "/_stcore/" in url


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Callable[..., Tab]]:
    """Open a tab: `tab(width=390, dark=True, locale="ja")`. Fails the test on console errors."""
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def new(width: int = 1440, height: int = 900, dark: bool = False, locale: str = "en") -> Tab:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        # Two busy cores draw a page of many charts slowly; what never comes still fails.
        context.set_default_timeout(60_000)
        contexts.append(context)
        found = Tab(context.new_page())
        found.page.on(
            "console",
            lambda message: (
                found.problems.append(message.text)
                if message.type == "error" and not _expected(message.text, message.location["url"])
                else None
            ),
        )
        found.page.on("pageerror", lambda error: found.problems.append(str(error)))
        found.page.on(
            "dialog", lambda box: (found.problems.append("alert " + box.message), box.dismiss())
        )
        tabs.append(found)
        return found

    yield new
    problems = [problem for found in tabs for problem in found.problems]
    for context in contexts:
        context.close()
    assert problems == []
