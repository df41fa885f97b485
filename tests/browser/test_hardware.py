"""Chips and compute in a browser: a question answered at a glance, its list, one chip, a receipt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def test_which_chinese_chips_match_an_h100_and_ship(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/chips")
    expect(page.locator("h1")).to_contain_text(
        "No chip of China is known both to ship and to match"
    )
    page.get_by_role("link", name="Which chips of China ship and match").click()
    arrived(page, re.compile(r"from=CHN.*match=1"))
    card = page.locator(".st-key-card-list")
    expect(card.locator("h3")).to_contain_text("these come nearest")
    card.get_by_role("link", name="Huawei Ascend 910C").click()
    arrived(page, "**id=ascend-910c**")
    own = page.locator(".st-key-card-chip")
    expect(own).to_contain_text("2 sources speak of it")
    own.locator("button.num[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")


def test_clusters_from_the_count_to_the_list(tab: Open, site: str) -> None:
    found = tab(dark=True)
    page = found.open(site + "/compute")
    page.get_by_role("radio", name="AI clusters").or_(
        page.get_by_role("button", name="AI clusters")
    ).first.click()
    arrived(page, "**view=clusters**")
    facets = page.locator(".mo-facets")
    facets.get_by_role("link", name="South Korea").click()
    arrived(page, "**from=KOR**")
    expect(page.locator(".st-key-card-clusters h3")).to_contain_text("entries on AI clusters")
