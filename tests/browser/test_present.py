"""A talk in a browser: a story built by hand, the stage and its keys, sizes of type, no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from observatory.cards import story
from tests.browser.conftest import Server, Tab, arrived, environment_of, start_server, stop_server

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
READY = ".stg[data-ready]"
NOW = ".stg-view .stg-slide[data-now]"

# Every text of every slide with the size it has on the screen, and where it stands.
SIZES = """() => {
  const found = [];
  document.querySelectorAll('.stg-view .stg-slide').forEach((slide, n) => {
    const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('title,desc,.sr')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if (!range.getBoundingClientRect().width) continue;
      let size = parseFloat(getComputedStyle(parent).fontSize);
      const svg = parent.ownerSVGElement;
      if (svg) size *= parent.getScreenCTM().a;
      else size *= parseFloat(parent.closest('.stg-fit')?.style.zoom || 1);
      const box = range.getBoundingClientRect();
      found.push([n, size, Boolean(parent.closest('.stg-foot')), node.data.trim().slice(0, 40),
        box.left, box.right, Boolean(svg)]);
    }
  });
  return found;
}"""


def at(page: Page) -> int:
    return int(page.locator(".stg").get_attribute("data-at") or "-1")


def title(page: Page) -> str:
    return page.locator(f"{NOW} .stg-title").inner_text()


def stage(tab: Tab, address: str) -> Page:
    tab.page.goto(address)
    tab.page.wait_for_selector(READY, timeout=90_000)
    return tab.page


def test_every_word_of_the_ready_made_talks_can_be_read_from_the_back(tab: Open, site: str) -> None:
    one = tab(width=1280, height=720)
    for ready, least in (("region", 10), ("economy&economy=JPN&lang=ko", 6)):
        page = stage(one, f"{site}/present?ready={ready}&present=1")
        texts = page.evaluate(SIZES)
        assert len({text[0] for text in texts}) >= least
        small = [t for t in texts if t[1] < (17.9 if t[2] else 19.9)]
        assert small == [], small[:5]
        outside = [t for t in texts if t[5] > 1281 or t[4] < -1]
        assert outside == [], outside[:5]
        for slide in page.locator(".stg-view .stg-slide").all():
            assert slide.locator(".stg-title").text_content()
            assert slide.locator(".stg-foot").text_content()


def test_no_slide_of_a_comparison_is_taller_than_its_room(tab: Open, site: str) -> None:
    page = stage(tab(width=1280, height=720), f"{site}/compare?present=1")
    rooms = page.evaluate(
        "() => [...document.querySelectorAll('.stg-view .stg-body')]"
        ".map((body) => [body.scrollHeight, body.clientHeight])"
    )
    assert len(rooms) > 10
    assert [room for room in rooms if room[0] > room[1] + 2] == []


def test_a_talk_fills_screens_of_any_shape_without_cutting(tab: Open, site: str) -> None:
    one = tab(width=1920, height=1080)
    page = stage(one, f"{site}/economy?economy=JPN&present=1")
    for wide, high in ((1920, 1080), (1024, 768), (1280, 720)):
        page.set_viewport_size({"width": wide, "height": high})
        box = page.locator(NOW).bounding_box()
        assert box is not None
        scale = min(wide / 1280, high / 720)
        assert abs(box["width"] - 1280 * scale) < 1.5
        assert abs(box["x"] - (wide - 1280 * scale) / 2) < 1.5
        assert abs(box["y"] - (high - 720 * scale) / 2) < 1.5


def test_one_key_presents_the_page_and_the_keys_of_a_talk_work(tab: Open, site: str) -> None:
    one = tab(width=1280, height=720)
    page = one.open(f"{site}/economy?economy=SGP&currency=USD")
    page.locator("body").press("p")
    page.wait_for_selector(READY, timeout=90_000)
    assert "present=1" in page.url
    slides = page.locator(".stg-view .stg-slide").count()
    assert slides > 8
    steps = (("ArrowRight", 1), ("PageDown", 2), (" ", 3), ("PageUp", 2), ("ArrowLeft", 1),
             ("End", slides - 1), ("ArrowRight", slides - 1), ("Home", 0), ("ArrowLeft", 0))  # fmt: skip
    page.keyboard.press("Home")
    for key, place in steps:
        page.keyboard.press(key)
        assert at(page) == place, key
    page.keyboard.press("b")
    assert page.locator(".stg-black").is_visible()
    page.keyboard.press("PageDown")
    assert not page.locator(".stg-black").is_visible()
    assert at(page) == 0
    page.keyboard.press("o")
    assert page.locator(".stg-grid button").count() == slides
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.stg').dataset.at === '2'")
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    notes.wait_for_selector("h1")
    assert notes.locator("h1").inner_text() == title(page)
    assert notes.locator("tbody tr").count() >= 1
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.stg').dataset.at === '3'")
    assert notes.locator("h1").inner_text() == title(page)
    found = [
        f for f in Axe().run(page).response["violations"] if f["impact"] in ("serious", "critical")
    ]
    assert found == [], [(f["id"], [n["html"][:120] for n in f["nodes"][:3]]) for f in found]
    page.keyboard.press("Escape")
    page.wait_for_selector(".stg", state="detached")
    one.drawn()
    asked = parse_qs(urlsplit(page.url).query)
    assert "present" not in asked
    assert asked["economy"] == ["SGP"]
    assert asked["currency"] == ["USD"]
    # The same key starts it again, and the browser's way back leaves it like Escape does.
    page.locator("body").press("p")
    page.wait_for_selector(READY, timeout=90_000)
    page.go_back()
    page.wait_for_selector(".stg", state="detached")
    one.drawn()
    assert "present" not in parse_qs(urlsplit(page.url).query)


def test_a_late_answer_of_the_server_does_not_open_the_stage_again(tab: Open, site: str) -> None:
    one = tab(width=1280, height=720)
    page = stage(one, f"{site}/economy?economy=SGP&present=1")
    # The link that leaves is held back, as on a slow line; the server draws the slides once more.
    page.evaluate("""() => {
      const send = window.__obsState.send;
      window.__obsState.send = (...what) => setTimeout(() => send(...what), 2500);
    }""")
    page.keyboard.press("Escape")
    page.wait_for_selector(".stg", state="detached")
    page.set_viewport_size({"width": 1000, "height": 700})
    page.emulate_media(color_scheme="dark")
    one.drawn()
    arrived(page, lambda url: "present=1" not in url)
    assert page.locator(".stg").count() == 0


def _add(page: Page, card: str) -> None:
    page.locator(f".st-key-card-{card} [data-act='story']").first.click()


def test_five_slides_by_hand_then_order_title_note_and_the_same_link(tab: Open, site: str) -> None:
    one = tab(width=1440, height=1000)
    page = one.open(f"{site}/economy?economy=KOR&economies=KOR,JPN,SGP&lang=ja&currency=USD")
    clicks = 0
    for card in ("scorecard", "language", "deals"):
        _add(page, card)
        clicks += 1
    page.goto(f"{site}/scorecard?preset=sovereignty&w=talent:30&lang=ja")
    one.drawn()
    for card in ("ranks", "measures"):
        _add(page, card)
        clicks += 1
    assert page.locator("[data-story-count]").inner_text() == "5"
    page.locator("[data-story-open]").click()
    clicks += 1
    page.wait_for_selector(".pr-list > li:nth-child(5)", timeout=90_000)
    assert clicks == 6
    page.wait_for_selector("[data-thumb] .stg-slide")
    asked = story.decode(parse_qs(urlsplit(page.url).query)["story"][0])
    assert [slide.card for slide in asked.slides] == [
        "scorecard",
        "language",
        "deals",
        "ranks",
        "measures",
    ]
    first, fourth = asked.slides[0].query, asked.slides[3].query
    assert set(first["economies"].split(",")) == {"KOR", "JPN", "SGP"}
    assert (first["lang"], first["currency"], first["economy"]) == ("ja", "USD", "KOR")
    assert (fourth["preset"], fourth["w"]) == ("sovereignty", "talent:30")
    assert all(slide.query["build"] for slide in asked.slides)
    titles = page.locator(".pr-title").all_inner_texts()
    page.locator("[data-story='down:0']").click()
    page.wait_for_function(f"document.querySelector('.pr-title').textContent !== {titles[0]!r}")
    assert page.locator(".pr-title").all_inner_texts()[:2] == [titles[1], titles[0]]
    page.locator("[data-story='edit:0']").click()
    arrived(page, "**slide=1")
    page.locator(".st-key-pr-edit .pr-h2").wait_for()
    page.locator(".st-key-pr-edit input").last.fill("自分の見出し")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.pr-title').textContent === '自分の見出し'")
    page.locator("[data-story='finding:0']").click()
    page.wait_for_function(f"document.querySelector('.pr-title').textContent === {titles[1]!r}")
    page.locator("[data-story='delete:4']").click()
    page.wait_for_selector(".pr-list > li:nth-child(5)", state="detached")
    page.locator("body").press("p")
    page.wait_for_selector(READY)
    assert title(page) == titles[1]
    # A second browser sees the same talk from the link alone.
    other = stage(tab(width=1280, height=720), f"{page.url}&present=1")
    # Four cards, of which the ranked list takes as many slides as its thirteen rows need.
    heads = other.locator(".stg-view .stg-slide .stg-title").all_text_contents()
    parts = [head for head in heads if re.search(r"\(\d/\d\)$", head)]
    assert len(heads) == 3 + len(parts)
    assert 3 <= len(parts) <= 5
    assert [head[-5:] for head in parts] == [
        f"({n}/{len(parts)})" for n in range(1, len(parts) + 1)
    ]
    assert other.locator(".stg-view .s-row:not(.s-head)").count() == 13
    # A row without room is said to be on the page.
    short = other.locator(".stg-view .stg-slide:has(.s-row.stg-off) .stg-more").all_text_contents()
    assert len(short) <= 1
    assert all(short)
    assert other.locator(".stg-view .stg-title").first.text_content() == titles[1]


class Lost(list[str]):
    """What went wrong in a tab, without what the browser says of a server that is gone."""

    def append(self, problem: str) -> None:
        if not any(
            word in problem
            for word in ("ERR_", "WebSocket", "fetch", "Client Error", "not responding")
        ):
            super().append(problem)


@pytest.fixture
def own_server(builds: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, to be killed in the middle of a talk."""
    server = start_server(tmp_path, environment_of(builds))
    yield server
    stop_server(server)


def test_a_talk_goes_on_without_network_and_without_server(tab: Open, own_server: Server) -> None:
    one = tab(width=1280, height=720)
    one.problems = Lost()
    page = stage(one, f"{own_server.address}/present?ready=region&present=1")
    before = page.locator(".stg-view").inner_html()
    page.keyboard.press("PageDown")
    page.context.set_offline(True)
    own_server.process.kill()
    own_server.process.wait(15)
    # Streamlit notices and says so under the stage; nothing of it may be seen.
    page.wait_for_timeout(4_000)
    # Ten charts, of which the ranked list takes three slides.
    for place in range(2, 12):
        page.keyboard.press("PageDown")
        assert at(page) == place
        top = page.evaluate("() => Boolean(document.elementFromPoint(640, 360).closest('.stg'))")
        assert top
        assert page.locator(NOW).is_visible()
    page.keyboard.press("o")
    assert page.locator(".stg-grid button").count() == 12
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    strip = "(html) => html.replaceAll(' data-now=\"\"', '')"
    after = page.locator(".stg-view").inner_html()
    assert page.evaluate(strip, after) == page.evaluate(strip, before)


def test_newer_data_are_offered_and_never_put_in(tab: Open, site: str) -> None:
    one = tab(width=1280, height=720, alone=True)
    page = one.page
    page.clock.install()
    stage(one, f"{site}/?present=1")
    before = title(page)
    page.route(
        "**/healthz", lambda route: route.fulfill(json={"status": "ok", "build_id": "another"})
    )
    assert not page.locator(".stg-chip").is_visible()
    page.clock.run_for(31_000)
    page.locator(".stg-chip").wait_for()
    assert title(page) == before
