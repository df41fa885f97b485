"""Every page in every look: whole, inside the screen, and without a barrier.

Each page is opened once for a desk, in English, and once for a phone, in another script. The desk is
then made as narrow as a phone, so that both languages are looked at there. A theme changes colours
only, so the other one is looked at in place, by axe's rule for contrast; pages take turns in which
theme they open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.conftest import DESK, Tab, arrived
from tests.browser.reading import (
    NUMBER,
    ON_PAGE,
    PAGES,
    link,
    open_receipt,
    over_the_edge,
    serious,
    visible,
    whole,
)

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

# Each walks through all pages; busy cores may need longer for that than for any other test.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

Open = Callable[..., Tab]
Problems = dict[str, list[str]]
# A page that is being loaded anew has no element yet.
THEME = "() => document.documentElement?.dataset.theme"
CONTRAST = "color-contrast"
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}


def test_on_a_desk_whole_without_barrier_and_in_the_theme_that_was_chosen(
    tab: Open, site: str
) -> None:
    found = tab()
    page = found.page
    problems: Problems = {}
    theme = "light"
    for path in PAGES:
        found.open(site + path)
        # What was chosen on the page before holds here, and is not asked of the device again.
        assert page.evaluate(THEME) == theme, path
        assert " · " in page.title(), f"{path}: the tab has no name of its own"
        whole(page)
        problems[path] = over_the_edge(page) + serious(page)
        theme = {"light": "dark", "dark": "light"}[theme]
        page.locator(".obs-tools summary").click()
        page.locator(f"[data-theme-choice='{theme.title()}']").click()
        page.wait_for_function(f"{THEME} === '{theme}'")
        page.keyboard.press("Escape")
        found.drawn()
        problems[f"{path} turned {theme}"] = serious(page, CONTRAST)
        page.set_viewport_size(PHONE)
        page.wait_for_function("(width) => innerWidth === width", arg=PHONE["width"])
        problems[f"{path} made narrow"] = over_the_edge(page)
        page.set_viewport_size(DESK)
    problems["receipt"] = of_a_receipt(found, site)
    assert {path: items for path, items in problems.items() if items} == {}


def test_on_a_phone_in_another_script_inside_the_screen_without_barrier(
    tab: Open, site: str
) -> None:
    found = tab(**PHONE, dark=True)
    page = found.page
    problems: Problems = {}
    theme = "dark"
    for path in PAGES:
        found.open(site + link(path, "lang=ja"))
        assert page.evaluate(THEME) == theme, path
        problems[path] = over_the_edge(page) + serious(page)
        theme = {"light": "dark", "dark": "light"}[theme]
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(f"{THEME} === '{theme}'")
        found.drawn()
        problems[f"{path} turned {theme}"] = serious(page, CONTRAST)
    problems["receipt"] = of_a_receipt(found, site)
    assert {path: items for path, items in problems.items() if items} == {}
    for lang in ("en", "ja"):
        phone_menus(found, site, lang)


def of_a_receipt(found: Tab, site: str) -> list[str]:
    """What axe says of a page with an open receipt."""
    page = found.open(site + "/")
    open_receipt(page, visible(page.locator(NUMBER)))
    # It comes into place from the side; while it moves, its colours are mixed.
    page.wait_for_function(
        "() => !document.getAnimations().some((one) => one.playState === 'running')"
    )
    return serious(page)


def phone_menus(found: Tab, site: str, lang: str) -> None:
    """Menus open inside the screen, and the menu of pages leads to one."""
    page = found.open(f"{site}/?lang={lang}")
    for menu in (
        page.locator(f"{ON_PAGE} details.obs-menu:has(> .obs-drop)").locator("visible=true").all()
    ):
        menu.locator("summary").click()
        box = menu.locator(".obs-drop").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        menu.locator("summary").press("Escape")
    page.locator("details.obs-phone summary").click()
    pages = page.locator("details.obs-phone nav")
    pages.wait_for()
    pages.locator("a[href^='/economy']").click()
    arrived(page, "**/economy*")
    assert not pages.is_visible()
