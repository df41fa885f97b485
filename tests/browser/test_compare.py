"""A reader compares: link, numbers, switches, phone, and what axe says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute

from tests.browser.conftest import Tab, arrived, open_choices

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
    arrived(page, "**per=population**")
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
    arrived(page, "**with=KOR**")
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


def test_the_figure_is_a_picture_until_a_reader_comes_near(tab: Open, site: str) -> None:
    page = tab().open(f"{site}{PATH}")
    asked = "performance.getEntriesByType('resource').some((one) => /PlotlyChart/.test(one.name))"
    still = page.locator(".st-key-card-time [data-figure] svg")
    still.wait_for(state="attached")
    assert not page.evaluate(asked)
    still.scroll_into_view_if_needed()
    page.wait_for_selector(".st-key-card-time .js-plotly-plot .main-svg")
    assert page.evaluate(asked)
    assert page.locator("[data-figure]").count() == 0
    assert page.locator(BROKEN).count() == 0


def test_figures_do_not_call_back_who_is_on_the_way_elsewhere(tab: Open, site: str) -> None:
    """Their script arrives after a click that leaves the page, on a line that is slow."""
    held = tab(alone=True, width=1440)
    scripts: list[Route] = []
    answers: list[Callable[[], None]] = []
    asked: list[str] = []
    slow = False

    # Playwright marks the functions it is given, which it cannot do with a list's own method.
    def hold(route: Route) -> None:
        scripts.append(route)

    def hand_on() -> None:
        while answers:
            answers.pop(0)()

    def between(reader: WebSocketRoute) -> None:
        server = reader.connect_to_server()

        def ask(data: str | bytes) -> None:
            asked.append(str(data))
            server.send(data)

        def answer(data: str | bytes) -> None:
            answers.append(partial(reader.send, data))
            if not slow:
                hand_on()

        reader.on_message(ask)
        server.on_message(answer)

    held.page.route("**/PlotlyChart*.js", hold)
    held.page.route_web_socket("**/_stcore/stream", between)
    page = held.open(f"{site}{PATH}")
    page.locator(".st-key-card-time [data-figure] svg").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('link[href*=PlotlyChart]')")
    slow = True
    before = len(asked)
    page.locator("a:visible").get_by_text("Present", exact=True).first.click()
    for route in scripts:
        route.continue_()
    page.wait_for_timeout(4_000)
    slow = False
    hand_on()
    arrived(page, "**/present**")
    page.locator("h1", has_text="Present").wait_for()
    held.drawn()
    assert scripts
    assert len(asked) > before
    assert not any("figures" in data for data in asked)


def test_of_two_drawings_the_one_that_is_seen_is_made_the_other_when_it_comes_to_be_seen(
    tab: Open, site: str
) -> None:
    held = tab(width=1440, height=900)
    page = held.open(f"{site}/compare?with=CHN,USA")
    small, wide = page.locator(".on-phone > [data-svg]"), page.locator(".on-wide > [data-svg]")
    both = small.count()
    assert both == wide.count() > 5
    assert (wide.locator("svg").count(), small.locator("svg").count()) == (both, 0)
    # A window that becomes narrow, as a tablet that is turned.
    page.set_viewport_size({"width": 390, "height": 844})
    first = small.first.locator("svg")
    first.wait_for()
    assert first.bounding_box()["width"] < 390
    # A sheet of paper shows either, so that both are made for it.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (wide.locator("svg").count(), small.locator("svg").count()) == (both, both)
    assert page.locator("[data-late]").count() == 0
    assert held.problems == []
