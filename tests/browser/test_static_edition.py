"""The static edition opened from a folder: no request fails, the search finds, a receipt opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observatory.site.build import build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(built))
        out = tmp_path_factory.mktemp("edition") / "site"
        build_site(out, ("en", "zh-Hans"), economies=["SGP"], orgs=["naver"], indicators=[])
    return out


@pytest.mark.parametrize("width", [1440, 390])
def test_a_reader_of_the_folder(folder: Path, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    page.goto((folder / "en/index.html").as_uri())
    page.locator(".st-find").fill("naver")
    page.locator(".st-found a").first.click()
    page.wait_for_url("**/company/naver.html")
    page.locator("button[data-receipt], span[data-receipt]").first.click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert "Source" in dialog.inner_text()
    page.keyboard.press("Escape")
    page.locator(".st-lang a[lang='zh-Hans']").click()
    page.wait_for_url("**/zh-Hans/company/naver.html")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert wrong == []
    context.close()
