"""Evidence in the browser: a choice of one's own and its effects, a receipt by key, the last visit, a feed."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from tests.browser.conftest import Tab, arrived
from tests.browser.reading import link, over_the_edge, serious

pytestmark = pytest.mark.browser


def test_a_choice_is_shown_kept_and_taken_back(site: str, tab: Callable[..., Tab]) -> None:
    one = tab()
    page = one.open(f"{site}/conflicts?measure=private_ai_investment&lang=en")
    page.locator("a.cf-pick").first.click()
    page.locator("#effects").wait_for()
    page.get_by_text("1 value is shown as you chose it.").wait_for()
    assert "pick=o" in page.url
    # A receipt opens by key and leads to the other sources of the value.
    number = page.locator(".cf-vals li.picked button.num")
    number.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("How it came here").wait_for()
    assert "compare" in dialog.inner_text()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.get_by_role("link", name="Take it back").click()
    page.locator("#effects").wait_for(state="hidden")
    arrived(page, lambda url: "pick=" not in url)


def test_since_my_last_visit_without_an_account(site: str, tab: Callable[..., Tab]) -> None:
    one = tab()
    page = one.open(f"{site}/changes?lang=en")
    assert page.locator(".ch-visit").is_hidden()
    page.evaluate("localStorage.setItem('obsVisit', JSON.stringify({day: '2026-03-01', last: ''}))")
    one.open(f"{site}/changes?lang=en")
    line = page.locator(".ch-visit")
    line.wait_for(state="visible")
    assert "March 1, 2026" in line.inner_text()
    line.get_by_role("link").click()
    arrived(page, lambda url: "since=2026-03-01" in url)
    line.get_by_role("button", name="Forget it").click()
    assert page.evaluate("localStorage.getItem('obsVisit')") is None


def test_feeds_are_served(site: str) -> None:
    with urllib.request.urlopen(f"{site}/feeds/economy/KOR.atom?lang=ko") as answer:  # noqa: S310 - our own
        assert answer.headers["content-type"].startswith("application/atom+xml")
        root = ET.fromstring(answer.read())  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")]
    assert len(ids) == len(set(ids)) > 10
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{site}/feeds/economy/XYZ.atom")  # noqa: S310


def test_phones_and_axe(site: str, tab: Callable[..., Tab]) -> None:
    found = tab(width=390, dark=True)
    problems = {}
    for path in ("/sources", "/sources?view=fresh", "/conflicts", "/changes", "/method"):
        page = found.open(site + link(path, "lang=en"))
        problems[path] = over_the_edge(page) + serious(page)
    assert {path: items for path, items in problems.items() if items} == {}
