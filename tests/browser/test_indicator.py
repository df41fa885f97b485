"""The page of one measure in a browser: views, events, receipts, copying a citation, phones, axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab
from tests.browser.reading import query_of, serious, visible

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
MAIN = ".st-key-card-measure"
KEY = f"{MAIN} .ev-key"


def ready(page: Page) -> None:
    page.wait_for_selector(f"{MAIN} .foot", timeout=60_000)
    visible(page.locator(f"{MAIN} svg")).wait_for()


def test_from_the_directory_to_a_value_in_its_source(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/indicator?lang=en")
    box = page.get_by_label("Search measures")
    box.fill("microsoft diffusion")
    box.press("Enter")
    expect(page.locator(".in-said")).to_contain_text("fit", timeout=30_000)
    assert query_of(page)["q"] == "microsoft diffusion"
    page.locator(".in-dir a").first.click()
    ready(page)
    assert query_of(page)["indicator"] == "ai_user_share_microsoft"
    # Every cell on file opens its receipt, which leads back to the measure.
    visible(page.locator(".st-key-card-coverage [data-receipt]")).click()
    page.wait_for_selector(".rc", timeout=30_000)
    assert "indicator=ai_user_share_microsoft" in (
        page.locator(".rc .what a").get_attribute("href") or ""
    )


def test_a_receipt_leads_to_its_measure(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/?lang=en")
    page.locator(".strip button.tile[data-receipt]").first.click()
    page.locator(".rc .what a").click(timeout=30_000)
    ready(page)
    assert query_of(page)["indicator"] == "epoch_notable_models"


def test_twenty_events_are_numbered_and_told(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/indicator?indicator=epoch_notable_models&lang=en")
    ready(page)
    assert page.locator(KEY).count() == 0
    for kind in ("Policies", "Export controls", "Model releases", "Large deals"):
        page.get_by_role("button", name=kind).click()
        expect(page.locator(f"{KEY} h4", has_text=kind)).to_be_visible(timeout=30_000)
    assert query_of(page)["events"] == "1"
    assert page.locator(f"{KEY} li").count() == 20
    numbers = page.locator(f"{KEY} .no").all_inner_texts()
    assert sorted(int(number) for number in numbers) == list(range(1, 21))
    marks = '.on-wide svg text[font-weight="600"][text-anchor="middle"]'
    drawn = page.locator(f"{MAIN} {marks}").all_text_contents()
    told: set[int] = set()
    for text in drawn:
        if found := re.fullmatch(r"(\d{1,2})(?:–(\d{1,2}))?", text):
            told |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    assert told >= set(range(1, 21))
    page.locator(f"{KEY} button").first.press("Enter")
    page.wait_for_selector(".rc", timeout=30_000)


def test_the_view_is_a_link_that_opens_the_same_picture(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/indicator?indicator=private_ai_investment&lang=en")
    ready(page)
    page.get_by_role("radio", name="Map").or_(page.get_by_role("button", name="Map")).first.click()
    expect(page.locator(".st-key-card-tiles")).to_be_visible(timeout=30_000)
    assert query_of(page)["view"] == "map"
    title = page.locator(".st-key-card-tiles h2").inner_text()
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(".st-key-card-tiles h2")).to_have_text(title, timeout=60_000)


def test_a_citation_is_copied(tab: Open, site: str) -> None:
    found = tab()
    found.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = found.open(f"{site}/indicator?indicator=gov_ai_readiness_score&lang=en")
    page.wait_for_selector(".st-key-card-cite pre", timeout=60_000)
    page.locator(".st-key-card-cite [data-copy]").first.click()
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert text.startswith("East Asia AI Observatory (")
    assert f"{site}/indicator?" in text
    assert "build=" in text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_phone_holds_everything(tab: Open, site: str, lang: str) -> None:
    address = f"{site}/indicator?indicator=private_ai_investment&events=1&lang={lang}"
    page = tab(width=390, height=844).open(address)
    ready(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert page.locator(f"{KEY} li").count() == 20
    assert serious(page) == []


def test_axe_finds_nothing_serious_in_the_dark(tab: Open, site: str) -> None:
    page = tab(dark=True).open(
        f"{site}/indicator?indicator=private_ai_investment&view=table&lang=en"
    )
    page.wait_for_selector(f"{MAIN} table", timeout=60_000)
    assert serious(page) == []
    page = tab(dark=True).open(f"{site}/indicator?lang=en")
    page.wait_for_selector(".in-dir", timeout=60_000)
    assert serious(page) == []
