"""From a cell of the stack to its evidence, from a supply to its list, by pointer and by key."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser


def test_a_cell_opens_its_evidence_and_a_value_its_receipt(
    tab: Callable[..., Tab], site: str
) -> None:
    found = tab()
    page = found.open(site + "/stack")
    page.locator(".sk").get_by_role("link", name="South Korea · Chips").or_(
        page.locator('.sk a[href*="cell=KOR-chips"]')
    ).first.click()
    arrived(page, "**cell=KOR-chips**")
    card = page.locator(".st-key-card-stack-cell")
    expect(card.locator("h2, h3").first).to_contain_text("South Korea, chips")
    expect(page.locator('.sk a[aria-current="true"]')).to_have_count(1)
    card.locator(".sk-signs button[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    # A count opens the table of what it counts.
    card.locator(".sk-signs button[data-act=table]").first.click()
    page.wait_for_selector("[role=dialog] table")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    # By key: another cell, whose layer has nothing on file.
    page.locator('.sk a[href*="cell=VNM-chips"]').press("Enter")
    arrived(page, "**cell=VNM-chips**")
    expect(card).to_contain_text("nothing on file")


def test_a_supply_opens_its_list_on_a_phone(tab: Callable[..., Tab], site: str) -> None:
    found = tab(width=390)
    page = found.open(site + "/stack?cell=JPN-compute")
    page.locator('.sk-r a[href*="rests=JPN-clusters"]').click()
    arrived(page, "**rests=JPN-clusters**")
    query = parse_qs(urlsplit(page.url).query)
    assert query["cell"] == ["JPN-compute"]
    expect(page.locator(".st-key-card-stack-rests-list")).to_contain_text("NVIDIA")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
