"""Two readers' ways: who says where a company stands; dates ahead taken along as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_who_says_where_stepfun_stands(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site + "/ipo")
    box = page.locator(".st-key-ipo-pick").get_by_role("combobox")
    box.click()
    box.fill("阶跃")
    page.get_by_role("option", name="StepFun").click()
    page.wait_for_selector(".st-key-card-ipo-attempt")
    assert query_of(page)["attempt"] == "stepfun-hkex"
    card = page.locator(".st-key-card-ipo-attempt")
    said = card.inner_text()
    assert "Rumoured, 27 Feb 2026" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "21st Century Business Herald" in said
    card.locator("button.num", has_text="US$500").first.click()
    page.wait_for_selector(".rc dl")
    assert "StepFun" in page.inner_text(".rc .what")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    card.get_by_role("link", name="Close").click()
    page.wait_for_selector(".st-key-card-ipo-attempt", state="detached")
    assert "attempt" not in query_of(page)


def test_chip_makers_by_keyboard_and_table(tab: Open, site: str) -> None:
    found = tab(dark=True)
    page = found.open(site + "/ipo")
    page.get_by_role("group", name="Venue").get_by_role("link", name="HKEX").focus()
    page.keyboard.press("Enter")
    arrived(page, "**venue=hkex**")
    page.locator(".p-menu summary", has_text="Layer").click()
    page.locator(".p-menu").get_by_role("link", name="Chips", exact=True).click()
    arrived(page, "**layer=chips**")
    page.locator(".p-strip").get_by_role("link").first.click()
    arrived(page, "**stage=listed**")
    page.wait_for_selector(".p-flow")
    assert query_of(page) == {"venue": "hkex", "layer": "chips", "stage": "listed", "year": "2026"}
    assert page.locator(".p-flow li.p-card").count() == 16
    assert page.locator(".p-flow", has_text="HK$6.42").count() == 1
    page.get_by_role("group", name="View").get_by_role("link", name="Table").click()
    page.wait_for_selector(".p-table")
    page.locator(".p-table th a", has_text="First day").click()
    arrived(page, "**sort=-first**")
    page.wait_for_selector("th[aria-sort='descending']:has-text('First day')")
    assert "383.6" in page.locator(".p-table tbody tr").first.inner_text()


def test_dates_ahead_as_a_file(tab: Open, site: str, tmp_path: Path) -> None:
    found = tab(width=390, height=844)
    page = found.open(site + "/calendar")
    page.get_by_role("link", name="Laws and programmes").first.click()
    arrived(page, "**kind=rules**")
    page.wait_for_function(
        "() => document.querySelectorAll('.st-key-card-calendar-ahead .c-list li').length < 12"
    )
    listed = page.locator(".st-key-card-calendar-ahead .c-list li").count()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar file").click()
    path = tmp_path / "dates.ics"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith("dates-ahead-rules-")
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == listed > 3
    wide, room = page.eval_on_selector(".stMain", "(m) => [m.scrollWidth, m.clientWidth]")
    assert wide <= room
