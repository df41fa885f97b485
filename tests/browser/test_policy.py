"""Readers' ways: what comes next and where it leads; two rule books; one index after another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def test_from_the_next_dates_to_the_law_and_its_receipt(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/policy")
    card = page.locator(".st-key-card-policy-next")
    expect(card.locator("h3")).to_contain_text("by 22 May 2027")
    card.get_by_role("link", name="AI law: end of the twelve-month transition").click()
    arrived(page, "**/policy?id=vnm-ai-law-compliance-2027**")
    expect(page.locator("h1")).to_contain_text("twelve-month transition")
    # What it carries out is one press away.
    page.locator(".po-rel a.po-t").first.click()
    arrived(page, "**id=vn-**")
    page.locator(".po-id button.num[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")


def test_limits_and_two_rule_books(tab: Open, site: str) -> None:
    found = tab(dark=True)
    page = found.open(site + "/policy")
    page.locator("a.mo-f", has_text="Copyright").click()
    arrived(page, "**topic=copyright**")
    expect(page.locator(".st-key-card-policy-list h3")).to_contain_text("3 instruments")
    page.get_by_role("link", name="Two economies side by side").click()
    arrived(page, "**view=beside**")
    expect(page.locator(".po-beside tbody tr").first).to_contain_text("Binding rule")
    expect(page.locator(".st-key-card-policy-beside .foot")).to_contain_text("is not “no law”")


def test_an_index_and_its_editions(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/governance")
    page.get_by_role("link", name="Global Cybersecurity Index").click()
    arrived(page, "**index=cybersecurity**")
    expect(page.locator(".st-key-card-index-editions")).to_contain_text(
        "2 editions, each on its own"
    )
    page.locator(".st-key-card-indices button.num[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
