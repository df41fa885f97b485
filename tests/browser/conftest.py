"""A running app for the browser tests: one build and one server for the whole session."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import TimeoutError as TooLate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
DRAWN = ".obs-foot"
DESK: ViewportSize = {"width": 1440, "height": 900}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Server:
    """A running app and its address."""

    address: str
    process: subprocess.Popen[bytes]


def start_server(cwd: Path, environment: dict[str, str]) -> Server:
    """Start the app in a working directory and wait until it answers.

    Between looking for a free port and taking it another process may be quicker: then once more.
    """
    log = cwd / "server.log"
    for _ in range(3):
        port = _free_port()
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "observatory.ui.server", "--port", str(port)],
                cwd=cwd, env=environment, stdout=out, stderr=out,
            )  # fmt: skip
        server = Server(f"http://127.0.0.1:{port}", process)
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            try:
                urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5)  # noqa: S310
            except OSError:
                time.sleep(0.1)
            else:
                return server
        stop_server(server)
        if "already in use" not in log.read_text("utf-8"):
            break
    raise AssertionError(log.read_text("utf-8"))


def stop_server(server: Server) -> None:
    """End a server, also one that does not listen any more."""
    server.process.terminate()
    try:
        server.process.wait(15)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(15)


def environment_of(builds: Path) -> dict[str, str]:
    """Surroundings of a server that serves these builds with the app of this folder."""
    return {**os.environ, "OBSERVATORY_VAR": str(builds), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def builds(shipped: Path) -> Path:
    """The folder of builds that the app of these tests serves."""
    return shipped


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Start the app on a folder of builds, from another working directory; returns its address."""
    running: list[Server] = []

    def start(folder: Path) -> str:
        running.append(start_server(tmp_path_factory.mktemp("server"), environment_of(folder)))
        return running[-1].address

    yield start
    for server in running:
        stop_server(server)


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
        """Wait until the page of the address is drawn."""
        drawn(self.page)


def drawn(page: Page) -> None:
    """Wait until the page of the address has come, its foot is there and the script has ended."""
    # A link changes the address at once, and its page comes after.
    page.wait_for_function("() => !window.__obsState?.away?.()", timeout=60_000)
    page.wait_for_selector(DRAWN, timeout=60_000)
    page.wait_for_function(
        "() => !document.querySelector('.stApp')?.dataset.testScriptState"
        " || document.querySelector('.stApp').dataset.testScriptState === 'notRunning'",
        timeout=60_000,
    )
    # The desk puts drawings in place and answers clicks once it is there; a kind of widget that the
    # browser meets for the first time is an outline until its script has come.
    page.wait_for_function(
        "() => !document.querySelector('[data-svg]:not([data-on],[data-late]), [data-testid=stSkeleton]')"
        " && window.__obsState?.send",
        timeout=60_000,
    )


def arrived(page: Page, url: str | re.Pattern[str] | Callable[[str], bool]) -> None:
    """Wait until a link has led to an address and its page is drawn."""
    page.wait_for_url(url, timeout=60_000)
    drawn(page)


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


class Readers:
    """Browser contexts, taken by one test after another: what a page loads is fetched and compiled
    once. Each is handed out empty: no page, cookie, stored value or lost network of the test before.
    """

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[str, list[BrowserContext]] = {}
        self._doors: dict[BrowserContext, CDPSession] = {}
        self._seen: set[str] = set()

    def new(self, locale: str) -> BrowserContext:
        context = self._chromium.new_context(viewport=DESK, locale=locale)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        # Two busy cores draw a page of many charts slowly; what never comes still fails.
        context.set_default_timeout(60_000)
        return context

    def take(self, locale: str) -> BrowserContext:
        free = self._free.setdefault(locale, [])
        if not free:
            context = self.new(locale)
            # A page that stays keeps a way to what the context has stored.
            self._doors[context] = context.new_cdp_session(context.new_page())
            return context
        context = free.pop()
        context.set_offline(False)
        context.clear_cookies()
        for origin in self._seen:
            self._doors[context].send(
                "Storage.clearDataForOrigin",
                {"origin": origin, "storageTypes": "local_storage,indexeddb,service_workers"},
            )
        return context

    def give_back(self, context: BrowserContext, locale: str) -> None:
        for page in context.pages[1:]:
            if page.url.startswith("http"):
                self._seen.add("{0.scheme}://{0.netloc}".format(urlsplit(page.url)))
            page.close()
        self._free[locale].append(context)


@pytest.fixture(scope="session")
def readers(chromium: Browser) -> Readers:
    """The contexts that tests share one after another."""
    return Readers(chromium)


@pytest.fixture
def tab(readers: Readers) -> Iterator[Callable[..., Tab]]:
    """Open a tab of a reader of its own: `tab(width=390, dark=True, locale="ja")`.

    A test that changes more of the browser than a page of it, such as its clock, asks for `alone`.
    Fails the test on console errors.
    """
    taken: list[tuple[BrowserContext, str]] = []
    own: list[BrowserContext] = []
    tabs: list[Tab] = []

    def new(
        width: int = DESK["width"],
        height: int = DESK["height"],
        dark: bool = False,
        locale: str = "en",
        alone: bool = False,
    ) -> Tab:
        context = readers.new(locale) if alone else readers.take(locale)
        if alone:
            own.append(context)
        else:
            taken.append((context, locale))
        found = Tab(context.new_page())
        found.page.set_viewport_size({"width": width, "height": height})
        found.page.emulate_media(color_scheme="dark" if dark else "light")
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
    for context in own:
        context.close()
    for context, locale in taken:
        readers.give_back(context, locale)
    assert problems == []
