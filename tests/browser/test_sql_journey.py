"""A reader asks in SQL, sees chart and table, opens a receipt, and shares the address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.conftest import Tab, arrived
from tests.browser.reading import serious

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
SERIES = (
    "SELECT period, value, row_id FROM headlines WHERE indicator_id = 'internet_users_pct'"
    " AND entity_id = 'KOR' AND valid_to IS NULL ORDER BY period_end"
)


def test_ask_look_and_share(tab: Open, site: str) -> None:
    first = tab()
    page = first.open(f"{site}/sql")
    assert page.locator(".sq-t tbody tr").count() == 12
    editor = page.locator(".st-key-sql-editor textarea")
    editor.fill(SERIES)
    page.get_by_role("button", name="Run").click()
    arrived(page, "**q=SELECT*")
    page.locator(".sq-t th", has_text="period").wait_for()
    first.drawn()
    page.locator(".card svg path").first.wait_for(state="attached")
    number = page.locator(".sq-t td button[data-receipt]").first
    row_id = number.get_attribute("data-receipt")
    number.click()
    page.wait_for_selector(f".rc[data-row='{row_id}']")
    assert parse_qs(urlsplit(page.url).query)["q"] == [SERIES]
    again = tab(width=390, dark=True, locale="ja").open(f"{site}/sql?q={quote(SERIES)}")
    again.locator(".sq-t th", has_text="period").wait_for()
    wide, room = again.evaluate(
        "() => { const m = document.querySelector('.stMain'); return [m.scrollWidth, m.clientWidth]; }"
    )
    assert wide <= room
    assert serious(again) == []


def test_the_docs_page_copies_a_snippet(tab: Open, site: str) -> None:
    page = tab().page
    page.goto(f"{site}/api/")
    page.locator("button[data-copy='code-curl']").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f'curl -s "{site}/api/v1/headlines')
    page.locator("#deals summary").click()
    page.locator("#deals").get_by_text("commitment").first.wait_for()
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room
    assert serious(page) == []
