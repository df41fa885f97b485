"""A reader compares: link, numbers, switches, phone, and what axe says."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Tab, open_choices

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
PATH = "/compare?with=KOR,JPN,USA"
BROKEN = ".card.is-error, .stException, [data-testid='stException']"


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_difference_opens_its_receipt_and_a_divided_number_its_table(
    tab: Open, site: str
) -> None:
    page = tab().open(f"{site}{PATH}")
    assert page.locator(BROKEN).count() == 0
    assert page.locator("h1").inner_text() == "South Korea, Japan and United States"
    number = page.locator(".c-words button.num[data-receipt]").first
    shown = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[role='dialog'] .rc .val")
    assert any(
        digit in page.inner_text("[role='dialog'] .rc .val") for digit in shown if digit.isdigit()
    )
    page.keyboard.press("Escape")
    page.wait_for_selector("[role='dialog'] .rc", state="detached")

    page.get_by_role("button", name="Per million people").or_(
        page.get_by_role("radio", name="Per million people")
    ).first.click()
    page.wait_for_url("**per=population**")
    page.locator(".c-ranks button[data-act='table']").first.wait_for()
    page.locator(".c-ranks button[data-act='table']").first.click()
    page.wait_for_selector(".dlg table.tb")
    head = page.locator(".dlg thead").inner_text()
    assert "As published" in head
    assert "People" in head
    assert page.locator(".dlg button.num[data-receipt]").count() > 20


def test_a_group_is_chosen_by_id_and_the_link_shows_the_same_elsewhere(
    tab: Open, site: str
) -> None:
    page = tab().open(f"{site}/compare")
    open_choices(page, 0)
    page.get_by_role("option", name="Economies like South Korea").click()
    page.wait_for_url("**with=KOR**")
    page.wait_for_function(
        "() => document.querySelector('h1').innerText.split(/, | and /).length === 4"
    )
    query = query_of(page)
    assert query["with"].startswith("KOR,")
    assert len(query["with"].split(",")) == 4
    title = page.locator("h1").inner_text()
    other = tab().open(page.url)
    assert other.locator("h1").inner_text() == title


def test_a_phone_keeps_further_pillars_behind_a_line(tab: Open, site: str) -> None:
    page = tab(width=390).open(f"{site}{PATH}")
    page.locator("details.c-more").first.wait_for()
    further = page.locator(".st-key-cmp-rest")
    assert page.locator("section.card h3, section.card h2").first.is_visible()
    assert not further.is_visible()
    page.locator(".st-key-cmp-fold details.c-more summary").click()
    further.wait_for(state="visible")
    # On a wide page nothing is behind a line.
    wide = tab(width=1440).open(f"{site}{PATH}")
    wide.locator(".st-key-cmp-rest").wait_for(state="visible")
    assert not wide.locator("details.c-more").first.is_visible()
