"""The overview of economies in a browser: playing the map, differences, receipts, phones, axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab, arrived
from tests.browser.reading import query_of, serious, visible

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
MAP = ".st-key-card-tiles"
LIST = ".st-key-card-ranks"
LABEL = ".o-player output"


def ready(page: Page) -> None:
    page.wait_for_selector(LABEL, timeout=60_000)
    page.wait_for_selector(f"{LIST} .foot")
    visible(page.locator(f"{MAP} svg")).wait_for()


def test_the_map_plays_pauses_by_keyboard_and_the_page_follows(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/economies?measure=top500_systems&lang=en")
    ready(page)
    newest = page.locator(LABEL).inner_text()
    play = page.locator(".p-play")
    play.press("Enter")
    expect(play).to_have_attribute("aria-label", "Pause")
    # From the newest it starts at the first, and goes on by itself.
    expect(page.locator(LABEL)).not_to_have_text(newest, timeout=20_000)
    first = page.locator(LABEL).inner_text()
    expect(page.locator(LABEL)).not_to_have_text(first, timeout=10_000)
    play.press("Escape")
    expect(play).to_have_attribute("aria-label", "Play")
    stopped = page.locator(LABEL).inner_text()
    arrived(page, re.compile(r"year=20\d\d-\d\d"))
    # The list is of the period at which the map stopped.
    expect(page.locator(f"{LIST} .sub")).to_contain_text(stopped, timeout=20_000)
    expect(page.locator(f"{MAP} .sub")).to_contain_text(stopped)
    page.locator(".o-player input").focus()
    page.keyboard.press("End")
    expect(page.locator(f"{LIST} .sub")).to_contain_text(newest, timeout=20_000)
    # At the end it has stopped: the last period stands, the button plays again.
    assert page.locator(".p-after").is_disabled()
    again = page.context.new_page()
    again.goto(page.url)
    ready(again)
    assert again.locator(LABEL).inner_text() == newest


def test_less_motion_steps_and_never_plays(tab: Open, site: str) -> None:
    found = tab()
    found.page.emulate_media(reduced_motion="reduce")
    page = found.open(f"{site}/economies?lang=en")
    ready(page)
    assert page.locator(".p-play").count() == 0
    page.locator(".p-before").click()
    expect(page.locator(f"{LIST} .sub")).to_contain_text("H2 2025", timeout=20_000)
    assert query_of(page)["year"] == "2025-H2"


def test_who_is_above_china_in_three_steps(tab: Open, site: str) -> None:
    """Open the page; read the answer; open the receipt of the first by keyboard."""
    page = tab().open(f"{site}/economies?economies=third-way5&lang=en")
    ready(page)
    said = page.locator(LIST).inner_text()
    assert "Against China" in said
    assert "Microsoft" in said
    assert re.search(r"Singapore \(\+47\.0 points, 3\.9 times\)", said.replace("\u00a0", " "))
    visible(page.locator(f"{LIST} [data-receipt]")).press("Enter")
    page.wait_for_selector(".rc", timeout=30_000)
    assert "63.4" in page.locator(".rc .val").inner_text()


def test_a_divided_value_opens_both_numbers_it_is_made_of(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/economies?measure=github_developers&per=population&lang=en")
    ready(page)
    visible(page.locator(f'{MAP} [data-act="table"][role="button"]')).press("Enter")
    page.wait_for_selector('[role="dialog"] table', timeout=30_000)
    row = page.locator('[role="dialog"] tbody tr').first
    assert row.locator("[data-receipt]").count() == 2


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_phone_shows_finding_map_and_leader_first(tab: Open, site: str, lang: str) -> None:
    page = tab(width=390, height=844).open(f"{site}/economies?lang={lang}")
    ready(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    title, drawing = (
        page.locator(f"{MAP} h3").bounding_box(),
        page.locator(f"{MAP} .on-phone svg").bounding_box(),
    )
    assert title is not None
    assert drawing is not None
    assert title["y"] < 420
    assert drawing["y"] + drawing["height"] < 860
    # The list comes before who is missing from it.
    lower = page.locator(".st-key-card-coverage").bounding_box()
    upper = page.locator(LIST).bounding_box()
    assert lower is not None
    assert upper is not None
    assert upper["y"] < lower["y"]
    assert serious(page) == []


def test_axe_finds_nothing_serious_on_a_desk_in_the_dark(tab: Open, site: str) -> None:
    page = tab(dark=True).open(f"{site}/economies?measure=private_ai_investment&events=1&lang=en")
    ready(page)
    assert serious(page) == []
