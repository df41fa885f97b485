"""A reader weighs for herself, hands the link on, and asks a score what it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Tab
from tests.browser.reading import serious

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def table(page: Page) -> list[str]:
    """The rows of the ranked table as a reader sees them."""
    found: list[str] = page.locator(".s-row").all_inner_texts()
    return [re.sub(r"\s+", " ", row) for row in found]


def picked(page: Page, name: str, value: str) -> None:
    page.wait_for_function(
        "([name, value]) => new URLSearchParams(location.search).get(name) === value",
        arg=[name, value],
    )


def test_own_weights_travel_in_the_link(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/scorecard?lang=en")
    before = table(page)
    slider = page.locator(".st-key-score-w-talent input[type=range]")
    slider.wait_for(state="attached")
    slider.focus()
    page.keyboard.press("End")
    picked(page, "w", "talent:100")
    page.locator(".st-key-score-w-talent label").get_by_text(
        "53\N{NARROW NO-BREAK SPACE}%"
    ).wait_for()
    # Focus stays where it was, so that a keyboard can go on.
    assert slider.evaluate("node => node === document.activeElement")
    page.locator(".st-key-score-fold-talent summary").click()
    measure = page.locator(".st-key-score-m-github_developers input[type=range]")
    measure.wait_for(state="attached")
    measure.focus()
    page.keyboard.press("ArrowRight")
    picked(page, "w", "talent:100,github_developers:2")
    page.get_by_text("2 weights changed").wait_for()
    found.drawn()
    after = table(page)
    assert after != before

    other = tab()
    assert table(other.open(page.url)) == after
    assert other.page.inner_text("h1") == page.inner_text("h1")

    page.get_by_role("radio", name="Sovereignty").click(force=True)
    picked(page, "preset", "sovereignty")
    assert query_of(page) == {"preset": "sovereignty"}
    page.locator(".s-top a").click()
    page.wait_for_function("() => !location.search.includes('preset')")
    page.locator(".st-key-score-w-talent label").get_by_text(
        "10\N{NARROW NO-BREAK SPACE}%"
    ).wait_for()
    found.drawn()
    assert table(page) == before


def test_a_score_shows_its_parts_and_each_its_receipt(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/scorecard?lang=en")
    score = page.locator(".s-row", has_text="South Korea").locator("button[data-card='score-KOR']")
    points = int(score.inner_text())
    score.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=dialog] table tbody tr")
    parts = page.locator("[role=dialog] tbody tr td:last-child").all_inner_texts()
    assert len(parts) == 30
    assert round(sum(float(part) for part in parts)) in (points - 1, points, points + 1)
    page.locator("[role=dialog] button.num").first.click()
    page.wait_for_selector(".rc dl")
    assert "Notable" in page.inner_text(".rc .what")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["desk", "phone"])
def test_no_barrier_and_nothing_beside_the_screen(
    tab: Open, site: str, width: int, dark: bool
) -> None:
    found = tab(width=width, dark=dark)
    page = found.open(site + "/scorecard?lang=en&per=population")
    page.locator(".st-key-score-w-governance input[type=range]").wait_for(state="attached")
    assert serious(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # On a phone the ranks come first, the weights after them.
    top = [page.locator(name).first.bounding_box() for name in (".s-table", ".st-key-score-side")]
    assert top[0] is not None
    assert top[1] is not None
    assert (top[0]["y"] < top[1]["y"]) is (width == 390)
