"""The first start of a copy without a database, with markup in all the texts of its data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab, open_choices, start_server, stop_server
from tests.browser.test_companies import ACTIVE, ask
from tests.conftest import ROOT
from tests.security.nasty import NASTY, nasty_data

pytestmark = pytest.mark.browser

PARTS = ("app.py", "pages", "observatory", "etl", "static", ".streamlit")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a fresh copy of the app beside the small data set; nothing was built in it."""
    folder = tmp_path_factory.mktemp("copy")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy2(ROOT / part, folder / part)
    nasty_data(folder)
    environment = {k: v for k, v in os.environ.items() if k not in {"OBSERVATORY_VAR", "PORT"}}
    server = start_server(folder, {**environment, "PYTHONPATH": str(folder)})
    yield server.address
    stop_server(server)


def test_without_a_build_the_app_builds_one_and_shows_its_progress(
    tab: Callable[..., Tab], copy: str
) -> None:
    found = tab()
    page = found.page
    assert page.request.get(f"{copy}/healthz").status == 503
    page.goto(f"{copy}/company?org=org-one")
    progress = page.locator("[role='status']", has=page.locator("p"))
    progress.first.wait_for()
    assert "Building the database" in page.inner_text(".stMain")
    found.drawn()
    assert "Org One" in page.inner_text(".obs-title h1")
    assert page.get_by_text("Building the database").count() == 0
    assert page.request.get(f"{copy}/healthz").status == 200


def test_markup_in_data_is_text_in_the_browser(tab: Callable[..., Tab], copy: str) -> None:
    found = tab()  # Fails on any alert and on any error of the console.
    for path in ("/company?org=org-one", "/company?org=org-three&lang=ja", "/economy?economy=KOR"):
        page = found.open(copy + path)
        assert NASTY in page.inner_text(".stMain"), path
        # The small data set has none of the measures that an economy's scorecard is made of.
        assert path.startswith("/economy") or page.locator(".card.is-error").count() == 0
        assert page.locator("img[src='x'], a[href^='javascript:'], .katex").count() == 0
    page = found.open(copy + "/company?org=org-one")
    assert NASTY in page.inner_text(".obs-title h1")
    page.locator(".st-key-obs-page button.num[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
    assert NASTY in page.inner_text(".rc")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    page.locator(".act[data-act='table']").first.click()
    page.wait_for_selector(".dlg table")
    page.keyboard.press("Escape")
    page.wait_for_selector(".dlg", state="detached")
    open_choices(page)
    assert NASTY in page.locator("[role='listbox']").inner_text()
    assert page.locator("img[src='x'], a[href^='javascript:'], .katex").count() == 0


def test_markup_in_names_is_text_in_the_search(tab: Callable[..., Tab], copy: str) -> None:
    page = tab().open(copy)
    page.keyboard.press("Control+k")
    ask(page, "org one")
    expect(page.locator(ACTIVE)).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".obs-find-list img").count() == 0
