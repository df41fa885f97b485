"""Finding anything, the directory and sorted tables in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
BOX = ".obs-find input"
ACTIVE = '.obs-find [aria-selected="true"]'


def ask(page: Page, text: str) -> None:
    """Type into the open box and wait for the answer to it."""
    with page.expect_response(lambda reply: "/search?" in reply.url and reply.ok):
        page.locator(BOX).press_sequentially(text[:-1], delay=5)
        page.locator(BOX).press_sequentially(text[-1])
    page.wait_for_function(
        "() => !document.querySelector('.obs-find [aria-busy]')"
        " && document.querySelector('.obs-find-list').childElementCount + "
        "document.querySelector('.obs-find-note').textContent.length > 0"
    )


def test_keyboard_alone_finds_an_organisation(tab: Open, site: str) -> None:
    page = tab().open(site)
    page.evaluate("() => { window.stayed = true; }")
    page.keyboard.press("Control+k")
    expect(page.locator(BOX)).to_be_focused()
    ask(page, "智譜")
    expect(page.locator(ACTIVE)).to_contain_text("Zhipu AI (Z.ai)")
    expect(page.locator(BOX)).to_have_attribute("aria-activedescendant", "obs-f-org-zhipu")
    page.keyboard.press("ArrowDown")
    expect(page.locator(BOX)).to_have_attribute("aria-activedescendant", "obs-f-listing-zhipu-hkex")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    arrived(page, "**/company?*")
    assert parse_qs(urlsplit(page.url).query)["org"] == ["zhipu"]
    assert page.evaluate("() => window.stayed") is True
    assert page.locator(".obs-find").count() == 0


def test_escape_gives_the_focus_back(tab: Open, site: str) -> None:
    page = tab().open(site)
    opener = page.locator("[data-find]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".obs-find-x")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.locator(".obs-find").count() == 0
    expect(opener).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator(BOX)).to_have_value("a/b")
    page.keyboard.press("Control+k")
    assert page.locator(".obs-find").count() == 0


def test_nothing_found_and_names_near(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/?lang=en")
    page.keyboard.press("Control+k")
    expect(page.locator(".obs-find-note")).to_contain_text("You can find")
    ask(page, "qqqqzzzzxx")
    expect(page.locator(".obs-find-note")).to_contain_text("Nothing on file is called")
    assert page.locator('.obs-find [role="option"]').count() == 0
    page.keyboard.press("Enter")
    assert page.locator(".obs-find").count() == 1


def test_a_result_opens_its_receipt(tab: Open, site: str) -> None:
    page = tab().open(site)
    page.keyboard.press("Control+k")
    ask(page, "stepfun series b")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rc", timeout=30_000)
    assert "receipt=" in page.url


def test_the_header_holds_the_search_at_every_width(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/companies?lang=en")
    for width in (1440, 1366, 1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert page.locator("[data-find]").is_visible(), width
        wide, room = page.eval_on_selector(".stMain", "(m) => [m.scrollWidth, m.clientWidth]")
        assert wide <= room, width


def test_phone_and_axe(tab: Open, site: str) -> None:
    found = tab(width=390, height=780)
    page = found.open(f"{site}/?lang=ja")
    page.locator("[data-find]").click()
    ask(page, "samsung")
    box = page.locator(".obs-find-in").bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    results = Axe().run(
        page, context=".obs-find", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}
    )
    assert results.violations_count == 0, results.generate_report()
    page.locator('.obs-find [role="option"]').first.click()
    arrived(page, "**/company?*")
    assert "lang=ja" in page.url


def test_without_its_server_the_box_says_so(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/?lang=en")

    def index(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<html></html>")

    page.route("**/search?*", index)
    page.keyboard.press("Control+k")
    expect(page.locator(".obs-find-note")).to_contain_text("own server")


def test_directory_by_links_name_and_head(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/companies?lang=en")
    page.get_by_role("link", name="Chips 51").first.click()
    arrived(page, "**layer=chips*")
    head = page.locator("th", has_text="Organisation").first
    head.locator("a").click()
    arrived(page, "**sort=name*")
    expect(page.locator('th[aria-sort="ascending"]')).to_have_count(1)
    box = page.get_by_placeholder("Name in any script")
    box.fill("寒武紀")
    box.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('q') === '寒武紀'")
    expect(page.locator(".di-list tbody tr")).to_have_count(1)
    expect(page.locator(".di-list tbody")).to_contain_text("Cambricon")


def test_heads_sort_a_table_by_exact_values(tab: Open, site: str) -> None:
    """Click and key; numbers by value, missing ones last, rows move into the folded part too."""
    page = tab().open(f"{site}/company?org=alibaba&lang=en")
    card = page.locator(".st-key-card-models")
    card.locator("details.co-more > summary").click()
    head = card.locator("th", has_text="Parameters").first
    button = head.locator("button")
    button.scroll_into_view_if_needed()
    rows = card.locator("table.tb tbody tr")
    before = rows.all_inner_texts()

    def sizes() -> list[float | None]:
        cells = card.locator("table.tb tbody tr td[data-l^='Parameters']")
        found = [cell.get_attribute("data-v") for cell in cells.all()]
        return [float(text) if text else None for text in found]

    button.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    values = sizes()
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == known
    assert len(known) > 12
    button.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    values = sizes()
    assert values[: len(known)] == sorted(known)
    page.keyboard.press(" ")
    expect(head).to_have_attribute("aria-sort", "none")
    assert rows.all_inner_texts() == before
