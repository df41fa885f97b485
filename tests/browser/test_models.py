"""Readers' ways: how far behind and how sure; who had Kling first; from a list to a model."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_how_far_behind_and_how_sure(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/frontier?economy=JPN")
    assert re.search(r"\d+\.\d months behind", page.inner_text("h1"))
    # The months open the values they are made of, each with its own receipt.
    page.locator(".st-key-card-today button[data-act=table]").last.click()
    page.wait_for_selector(".dlg table, [role=dialog] table")
    page.locator("[role=dialog] button.num[data-receipt]").first.click()
    page.wait_for_selector(".rc dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    # A dot of the drawing opens its receipt too.
    page.locator(".st-key-card-frontier .on-wide g[data-receipt]").last.click()
    page.wait_for_selector(".rc dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    # Another board is one press away, and the address says which.
    page.locator(".st-key-card-boards").get_by_role("link", name="JamC-QA").click()
    arrived(page, "**board=jamc-qa**")
    expect(page.locator(".deck")).to_contain_text("JamC-QA")
    assert query_of(page)["economy"] == "JPN"


def test_which_board_had_kling_first(tab: Open, site: str) -> None:
    found = tab(dark=True)
    page = found.open(site + "/benchmarks")
    page.get_by_role("radio", name="Video").or_(
        page.get_by_role("button", name="Video")
    ).first.click()
    arrived(page, "**view=video**")
    card = page.locator(".st-key-card-video")
    expect(card.locator("h3")).to_contain_text("Kling 3.0 first")
    card.get_by_role("link", name="Arena image-to-video").last.click()
    arrived(page, "**board=arena-image-to-video**")
    expect(page.locator(".st-key-card-board")).to_contain_text("kling-v3-pro")


def test_from_the_list_to_a_model_and_its_board(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/models")
    box = page.get_by_role("textbox", name="Find a model")
    box.fill("deepseek r1")
    box.press("Enter")
    arrived(page, "**q=deepseek**")
    expect(page.locator(".st-key-card-models h3")).to_contain_text("deepseek r1")
    page.locator(".mo-facets").get_by_role("link", name="Open weights").click()
    arrived(page, "**weights=open**")
    page.locator(".mo-list").get_by_role("link", name="DeepSeek-R1", exact=True).click()
    arrived(page, "**/model?**id=deepseek-r1**")
    expect(page.locator("h1")).to_contain_text("DeepSeek-R1")
    page.locator(".st-key-card-results").get_by_role(
        "link", name="Epoch Capabilities Index"
    ).click()
    arrived(page, "**board=epoch-eci**")
    expect(page.locator(".st-key-card-board")).to_contain_text("DeepSeek-R1")
