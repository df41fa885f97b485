"""Investment in a browser: from a sum to its deals and their sources, from a flow to its deals."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Tab, arrived, open_choices
from tests.browser.reading import visible

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
DEALS = ".st-key-card-deals"


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_from_an_economy_to_a_sum_to_its_deals_and_their_sources(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/investment?lang=en")
    open_choices(page)
    page.locator("[role='option']", has_text="Malaysia").click()
    arrived(page, "**economies=MYS*")
    title = page.locator(
        ".st-key-card-ledger h3", has_text="pledged in companies' plans for Malaysia"
    )
    title.wait_for()
    assert "committed or closed" in title.inner_text()

    page.locator(".st-key-card-ledger a.iv-sum").first.click()
    arrived(page, "**firm=pledged*")
    page.locator(f"{DEALS} nav a.on", has_text="Pledged").wait_for()
    found.drawn()
    assert query_of(page)["group"] == "plans"
    assert page.locator(f"{DEALS} tr.iv-main").count() == 9
    # The list a link names comes into view.
    page.wait_for_function(
        "() => { const top = document.getElementById('deals').getBoundingClientRect().top;"
        " return top > -80 && top < innerHeight; }"
    )
    fold = page.locator(f"{DEALS} details.iv-more").first
    fold.locator("summary").click()
    number = fold.locator("button.num[data-receipt]").first
    row_id = number.get_attribute("data-receipt")
    number.click()
    page.wait_for_selector(f".rc[data-row='{row_id}'] dl")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")


def test_three_sources_of_a_round_open_under_it(tab: Open, site: str) -> None:
    found = tab(width=390)
    page = found.open(site + "/investment?lang=en&economies=CHN&group=rounds&sort=-usd")
    row = page.locator(f"{DEALS} tbody", has_text="DeepSeek").first
    row.locator("details.iv-more > summary").click()
    assert row.locator(".iv-source:visible").count() == 3
    assert "They print different values" in row.inner_text()


def test_from_a_flow_to_its_deals(tab: Open, site: str) -> None:
    found = tab(dark=True)
    page = found.open(site + "/flows?lang=en")
    names = page.locator(".st-key-card-flows .on-wide svg text")
    visible(names).wait_for()
    assert names.filter(has_text="Place not known").count() == 1
    line = page.locator(".st-key-card-flow-table tr", has_text="Malaysia").first
    line.locator("a.iv-sum").click()
    arrived(page, "**flow=USA-MYS*")
    card = page.locator(".st-key-card-flow-deals")
    card.locator("tr.iv-main").first.wait_for()
    assert card.locator("tr.iv-main").count() == 4
    assert "Oracle" in card.inner_text()
    card.get_by_text("Close", exact=True).click()
    card.wait_for(state="detached")
    assert "flow" not in query_of(page)
