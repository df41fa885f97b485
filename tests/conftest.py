"""What all tests share: builds of the data, the browser, and where its tests run."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from observatory.db.connect import Database
    from observatory.views.measures import Catalogue

# Timings on a shared machine say nothing; the same examples on every run do.
settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "fixtures" / "tiny"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no browser: `make test` finds or installs one; ALLOW_NO_BROWSER=1 skips these tests"
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# As the run was started: single tests point the app elsewhere.
GIVEN_BUILDS = os.environ.get("OBSERVATORY_VAR")
# Servers that tests start leave the processor to the tests.
os.environ.setdefault("OBSERVATORY_WARM", "off")
BEGUN_FIRST = ("browser", "docs", "deploy", "pages", "etl")
"""Folders of few and long tests. The order of all others is that of their number of tests."""
_tests_without_browser = pytest.StashKey[list[str]]()


def find_browser() -> str | None:
    """Return the browser that scripts/browser.py found, else an installed one."""
    if os.environ.get("OBSERVATORY_NO_BROWSER"):
        return None
    named = os.environ.get("OBSERVATORY_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put what takes long first, for workers; remember the tests that need a browser where there is none."""
    if hasattr(config, "workerinput"):
        # No worker is left with a long file when the others are done. Behind them large files first.
        files = Counter(item.path for item in items)
        place = {ROOT / "tests" / name: number for number, name in enumerate(BEGUN_FIRST)}
        items.sort(key=lambda item: (place.get(item.path.parent, len(place)), -files[item.path]))
    if find_browser() is None:
        browser_tests = [item for item in items if item.get_closest_marker("browser")]
        config.stash[_tests_without_browser] = [item.nodeid for item in browser_tests]


def pytest_collection_finish() -> None:
    """Look through the installed packages once.

    AppTest asks all of them for components before every run of a page, which took three quarters of
    the time of a page that was drawn before.
    """
    if "streamlit.testing.v1" in sys.modules:
        with contextlib.suppress(ImportError, AttributeError):  # another version of Streamlit
            from streamlit.components.v2 import manifest_scanner as scanner

            scanner.scan_component_manifests = cache(scanner.scan_component_manifests)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share out tests file by file, in the order of the collection; all browser tests to one worker.

    Two browsers on two cores only slow each other down, and a file's fixtures are made once. The
    groups of pytest-xdist 3.8 do nothing under pytest 9.2: they are written into a node id that
    pytest no longer reads.
    """
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            # The guides are followed in one copy of the house each, too much for both workers at once.
            alone = {"tests/browser/": "browser", "tests/docs/test_adding": "docs"}
            return next((name for start, name in alone.items() if file.startswith(start)), file)

    return ByFile(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser test without a browser fails, unless the user allowed to skip it."""
    if item.get_closest_marker("browser") and find_browser() is None:
        if os.environ.get("ALLOW_NO_BROWSER") == "1":
            pytest.skip(NO_BROWSER)
        pytest.fail(NO_BROWSER, pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that browser tests did not run."""
    if find_browser() is None:
        terminalreporter.section("NO BROWSER", sep="#", red=True, bold=True)
        terminalreporter.line(f"Nothing was tested in a browser. {NO_BROWSER}.")


def _build_once(factory: pytest.TempPathFactory, data: Path, name: str) -> Path:
    """Build ``data`` once for all workers of a run; return the folder of builds."""
    from etl.build import build
    from etl.store import Store

    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    var = shared / name
    with FileLock(shared / f"{name}.lock"):
        build(data, Store(var))
    return var


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of builds holding the shipped data. Read only: copy it before changing anything."""
    return _build_once(tmp_path_factory, ROOT / "data", "built")


@pytest.fixture(scope="session")
def shipped(request: pytest.FixtureRequest) -> Path:
    """Builds of the shipped data: those of OBSERVATORY_VAR, else built for this run. Read only."""
    if GIVEN_BUILDS:
        return Path(GIVEN_BUILDS)
    folder: Path = request.getfixturevalue("built")
    return folder


@pytest.fixture(scope="session")
def db(shipped: Path) -> Database:
    """The shipped data, opened once; what pages keep of it serves every file of tests."""
    from observatory.db.connect import Databases

    return Databases(shipped).get()


@pytest.fixture(scope="session")
def catalogue(db: Database) -> Catalogue:
    """Everything shipped, in English, as known today."""
    from observatory.i18n import translator
    from observatory.views.measures import Catalogue

    return Catalogue(db, translator("en"))


@pytest.fixture(scope="session")
def tiny_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of builds holding tests/fixtures/tiny. Read only: copy it before changing anything."""
    return _build_once(tmp_path_factory, TINY, "tiny_built")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The executable of a Chromium or Chrome."""
    path = find_browser()
    assert path is not None, NO_BROWSER
    return path


@pytest.fixture(scope="session")
def chromium(browser_path: str) -> Iterator[Browser]:
    """A running headless browser; open a context of your own in it for each test."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=list(BROWSER_ARGUMENTS)
        )
        yield browser
        browser.close()
