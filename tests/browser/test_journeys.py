"""A reader's ways through the three pages, on the real build and in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, Response

from observatory.export.csv import RECEIPT_COLUMNS
from tests.browser.conftest import Tab, arrived
from tests.browser.reading import (
    BROKEN,
    NUMBER,
    ON_PAGE,
    PAGES,
    close_receipt,
    link,
    open_receipt,
    query_of,
    visible,
    whole,
)

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


@pytest.fixture
def failures() -> Iterator[Callable[[Page], Page]]:
    """Watch a page for requests that fail or are refused; any fails the test at its end."""
    found: list[str] = []

    def answered(answer: Response) -> None:
        # A deep link makes Streamlit look for its server under the page's path first.
        if answer.status >= 400 and "/_stcore/" not in answer.url:
            found.append(f"{answer.status} {answer.url}")

    def failed(request: Request) -> None:
        # What a change of page cuts short did not fail.
        if request.failure != "net::ERR_ABORTED":
            found.append(f"{request.failure} {request.url}")

    def watch(page: Page) -> Page:
        page.on("response", answered)
        page.on("requestfailed", failed)
        page.on("request", lambda request: found.append(f"left the site: {request.url}")
                if urlsplit(request.url).hostname not in {"127.0.0.1", None, ""} else None)  # fmt: skip
        return page

    yield watch
    assert found == []


@pytest.mark.parametrize(
    ("lang", "dark", "start"),
    [
        ("en", False, f"{ON_PAGE} .st-key-card-map svg a[href*='economy=']"),
        ("ja", True, f"{ON_PAGE} .b-ways a[href*='economy=']"),
    ],
)
def test_from_the_briefing_to_a_receipt(
    tab: Open, site: str, failures: Callable[[Page], Page], lang: str, dark: bool, start: str
) -> None:
    found = tab(dark=dark)
    page = failures(found.page)
    found.open(link(site + "/", f"lang={lang}"))
    page.evaluate("() => { window.stayed = true; }")

    economy = visible(page.locator(start))
    economy.wait_for()
    code = parse_qs(urlsplit(economy.get_attribute("href") or "").query)["economy"][0]
    economy.click()
    arrived(page, f"**/economy?*economy={code}*")
    company = visible(page.locator(f"{ON_PAGE} a[data-go][href*='/company?'][href*='org=']"))
    company.wait_for()
    found.drawn()
    whole(page)

    org = parse_qs(urlsplit(company.get_attribute("href") or "").query)["org"][0]
    company.click()
    arrived(page, f"**/company?*org={org}*")
    page.wait_for_selector(f"{ON_PAGE} .tile[data-receipt]")
    found.drawn()
    whole(page)
    assert page.evaluate("() => window.stayed") is True
    assert page.evaluate("() => document.documentElement.lang") == lang
    assert page.evaluate("() => document.documentElement.dataset.theme") == (
        "dark" if dark else "light"
    )

    number = visible(page.locator(NUMBER))
    first = open_receipt(page, number)
    close_receipt(page)
    assert open_receipt(page, number, key="Enter") == first
    row_id = number.get_attribute("data-receipt")
    page.locator(f".rc [data-act='link'][data-row='{row_id}']").click()
    page.wait_for_selector(".obs-live[data-show]")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    close_receipt(page)
    page.wait_for_function(
        "(id) => document.activeElement?.getAttribute('data-receipt') === id", arg=row_id
    )

    query = parse_qs(urlsplit(copied).query)
    assert query["receipt"] == [row_id]
    assert query["org"] == [org]
    other = tab(dark=dark)
    again = failures(other.page)
    other.open(copied)
    again.wait_for_selector(f".rc[data-row='{row_id}'] dl")
    assert again.inner_text(f".rc[data-row='{row_id}'] .what") == first


def test_a_number_in_a_drawing_opens_by_click_and_by_key(tab: Open, site: str) -> None:
    page = tab().open(site)
    mark = visible(page.locator(f"{ON_PAGE} .st-key-card-map svg [data-receipt][tabindex='0']"))
    row_id = mark.get_attribute("data-receipt")
    for key in ("", "Enter", " "):
        if key:
            mark.focus()
            page.keyboard.press(key)
        else:
            mark.click()
        page.wait_for_selector(f".rc[data-row='{row_id}'] dl")
        close_receipt(page)


def choose_language(page: Page, lang: str) -> None:
    page.locator(".obs-tools summary").click()
    page.locator(f".obs-tools a[hreflang='{lang}']").click()
    page.wait_for_function("(lang) => document.documentElement.lang === lang", arg=lang)


@pytest.mark.parametrize(
    "path", ["/?map=papers_iclr&since=12", "/economy?economy=VNM&events=0", "/company?org=zhipu"]
)
def test_the_language_switch_keeps_page_and_choices(tab: Open, site: str, path: str) -> None:
    page = tab().open(site + link(path, "economies=asean6&currency=USD&period=2019..2026"))
    before = query_of(page)
    for lang in ("ja", "zh-Hant"):
        choose_language(page, lang)
        arrived(page, f"**lang={lang}*")
        assert urlsplit(page.url).path == urlsplit(path).path
        assert query_of(page) == {**before, "lang": lang}
    choose_language(page, "en")
    page.wait_for_function("() => !location.search.includes('zh-Hant')")
    assert {k: v for k, v in query_of(page).items() if k != "lang"} == before


def test_groups_change_page_and_url_and_survive_switches_and_reload(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site)
    strip = page.locator(f"{ON_PAGE} .strip").inner_text()
    page.locator(".b-presets a[href*='economies=asean6']").click()
    arrived(page, "**economies=asean6*")
    page.wait_for_function("(old) => document.querySelector('.strip').innerText !== old", arg=strip)
    asean = page.locator(f"{ON_PAGE} .strip").inner_text()
    assert "China" not in asean

    page.locator(".st-key-obs-filters button").first.click()
    page.get_by_role("radio", name="US dollars").click()
    arrived(page, "**currency=USD*")
    page.keyboard.press("Escape")
    page.locator(".b-ways a[href*='economy=']").first.click()
    arrived(page, "**/economy?*")
    assert {"economies": "asean6", "currency": "USD"}.items() <= query_of(page).items()
    page.locator("a.obs-brand").click()
    arrived(page, lambda url: urlsplit(url).path == "/")
    page.wait_for_selector(f"{ON_PAGE} .strip")
    assert query_of(page) == {"economies": "asean6", "currency": "USD"}
    page.reload()
    found.drawn()
    assert query_of(page) == {"economies": "asean6", "currency": "USD"}
    assert page.locator(f"{ON_PAGE} .strip").inner_text() == asean


def test_map_and_window_are_ids_in_the_url(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site)
    page.locator(".b-map summary").click()
    choice = page.locator(".b-map a[href*='map=papers_iclr']")
    name = choice.inner_text()
    choice.click()
    arrived(page, "**map=papers_iclr*")
    page.locator(".st-key-card-map h3", has_text=name).wait_for()
    found.drawn()
    page.locator(".b-menu:not(.b-map) summary").click()
    page.locator(".b-menu:not(.b-map) a[href*='since=12']").click()
    arrived(page, "**since=12*")
    assert query_of(page) == {"map": "papers_iclr", "since": "12"}
    page.reload()
    found.drawn()
    page.locator(".st-key-card-map h3", has_text=name).wait_for()


BAD = {
    "/economy?economy=XXX": "XXX",
    "/company?org=" + quote("'; drop"): "'; drop",
    "/economy?economy=" + "K" * 50_000: "KKKK",
    "/?org=%27%3B%20drop&economies=" + "K" * 100_000: "K",
    "/?period=yesterday": "yesterday",
    "/?as_of=2999-99-99": "2999-99-99",
    "/?map=" + quote("<script>"): "<script>",
    "/?economies=" + quote("<img src=x onerror=alert(1)>"): "<img src=x onerror=alert(1)>",
    "/economy?receipt=" + quote("../etc"): "../etc",
}
"""Addresses and what their note repeats. Every parameter's own note is a test without a browser."""


def test_a_bad_link_gives_a_note_and_a_whole_page(tab: Open, site: str) -> None:
    found = tab()
    for path, note in BAD.items():
        page = found.open(site + path)
        banner = page.locator(".obs-banner.warn").first
        banner.wait_for()
        assert note.lower() in banner.inner_text().lower(), path[:80]
        if path.startswith("/company"):
            assert page.locator(f"{ON_PAGE} a[href*='org=']").count() > 10
            assert page.locator(BROKEN).count() == 0
        else:
            whole(page)


def test_a_parameter_of_100_kb_is_refused_or_noted_never_an_error_page(
    tab: Open, site: str
) -> None:
    page = tab().page
    answer = page.request.get(f"{site}/?economies=" + "K" * 100_000)
    assert answer.status in {200, 400, 414, 431}
    assert "Traceback" not in answer.text()
    whole(tab().open(site))


def test_an_unknown_receipt_is_said_in_place(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(f"{site}/?receipt=zzz")
    page.locator(".obs-banner.warn, .rc").first.wait_for()
    assert "zzz" in page.locator(".obs-banner.warn, .rc").first.inner_text()
    whole(page)
    # An id of the right shape, of no row.
    found.open(f"{site}/?receipt=ozzzzzzzzz9")
    page.wait_for_selector(".rc")
    assert "ozzzzzzzzz9" in page.inner_text(".rc")


def test_an_earlier_day_says_how_many_values_were_known(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/?as_of=2026-03-01")
    banner = page.locator(".obs-banner", has_text="As known on").first
    banner.wait_for()
    counts = re.search(r"([\d,]+) of ([\d,]+) headline values", banner.inner_text())
    assert counts
    known, total = (int(part.replace(",", "")) for part in counts.groups())
    assert 0 < known < total
    banner.locator("a").click()
    arrived(page, lambda url: "as_of" not in url)
    banner.wait_for(state="detached")


def act(page: Page, card: str, action: str) -> None:
    page.locator(f".act[data-act='{action}'][data-card='{card}']").first.click()


def test_a_cards_table_csv_method_link_and_picture(tab: Open, site: str, tmp_path: Path) -> None:
    page = tab().open(f"{site}/?map=ai_user_share_microsoft")
    act(page, "map", "table")
    page.wait_for_selector(".dlg table")
    rows = page.locator(".dlg tbody tr")
    shown = {
        row.locator("button.num").get_attribute("data-receipt"): row.locator(
            "button.num"
        ).inner_text()
        for row in rows.all()
    }
    assert 8 <= len(shown) <= 13
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert re.fullmatch(r"briefing-ai_user_share_microsoft-map-[0-9a-f]{12}\.csv", file.name)
    lines = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
    assert tuple(lines[0])[: len(RECEIPT_COLUMNS)] == RECEIPT_COLUMNS
    assert all(line["file_build"] in file.name for line in lines)
    curated = Path(__file__).resolve().parents[2] / "data" / "observations" / "adoption.csv"
    with curated.open(encoding="utf-8", newline="") as stream:
        exact = {
            (row["entity_id"], row["period"]): row
            for row in csv.DictReader(stream)
            if row["indicator_id"] == "ai_user_share_microsoft"
        }
    assert {line["row_id"] for line in lines} == set(shown)
    for line in lines:
        row = exact[line["entity_id"], line["period"]]
        assert float(line["value"]) == float(row["value"])
        assert (line["source_id"], line["locator"]) == (row["source_id"], row["locator"])
        assert line["unit"] == row["unit"]
        assert line["source_url"].startswith("http")
        assert line["licence"]
        assert float(shown[line["row_id"]]) == float(row["value"])
    # A number of the table opens its receipt, on top of it or in its place.
    page.locator(".dlg button.num").first.click()
    page.wait_for_selector(".rc")
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")
    if page.locator(".dlg").count():
        page.keyboard.press("Escape")
    page.wait_for_selector(".dlg", state="detached")

    act(page, "map", "method")
    page.wait_for_selector(".dlg")
    assert len(page.inner_text(".dlg")) > 120
    page.keyboard.press("Escape")
    page.wait_for_selector(".dlg", state="detached")

    act(page, "map", "download")
    with page.expect_download() as waiting:
        page.locator("[data-img='svg'][data-card='map']").click()
    assert waiting.value.suggested_filename == file.name.replace(".csv", ".svg")
    drawing = tmp_path / "map.svg"
    waiting.value.save_as(drawing)
    assert "var(--" not in drawing.read_text("utf-8")
    assert "font/woff2" in drawing.read_text("utf-8")
    with page.expect_download() as waiting:
        page.locator("[data-img='png'][data-card='map']").click()
    picture = tmp_path / "map.png"
    waiting.value.save_as(picture)
    data = picture.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert 900 < width < 4000
    assert 900 < height < 4000
    assert 20_000 < len(data) < 4_000_000
    page.keyboard.press("Escape")
    page.wait_for_selector(".dlg", state="detached")

    act(page, "map", "link")
    page.wait_for_selector(".obs-live[data-show]")
    copied = urlsplit(page.evaluate("() => navigator.clipboard.readText()"))
    assert copied.path == "/"
    assert {"map", "build", "lang", "economies"} <= set(parse_qs(copied.query))


def damaged(builds: Path, folder: Path) -> str:
    """A folder whose newest build is cut short; returns the id of the last good one."""
    shutil.copytree(builds, folder)
    pointer = json.loads((folder / "current.json").read_text("utf-8"))
    good = next(one for one in pointer["builds"] if one["build_id"] == pointer["current"])
    newest = {**good, "build_id": "feedfeed0001", "file": "observatory-feedfeed0001.duckdb"}
    content = (folder / good["file"]).read_bytes()
    (folder / newest["file"]).write_bytes(content[: len(content) // 2])
    pointer.update(current=newest["build_id"], builds=[newest, good])
    (folder / "current.json").write_text(json.dumps(pointer), "utf-8")
    return str(good["build_id"])


def test_with_a_damaged_newest_build_pages_stand_and_say_so(
    tab: Open, serve: Callable[[Path], str], builds: Path, tmp_path: Path
) -> None:
    good = damaged(builds, tmp_path / "var")
    address = serve(tmp_path / "var")
    found = tab()
    # The frame says it, the same on every page; what they hold is the good build's, tested above.
    for path in (*PAGES[:3], "/ipo"):
        page = found.open(address + path)
        assert "last good one is shown" in page.locator(".obs-banner").first.inner_text()
        assert good in page.inner_text(".obs-foot")
        whole(page)
    answer = found.page.request.get(address + "/healthz")
    assert (answer.status, answer.json()["status"]) == (503, "stale")
    assert answer.json()["build_id"] == good
    assert str(tmp_path) not in page.content()


def test_health_and_headers(tab: Open, site: str) -> None:
    request = tab().page.request
    answer = request.get(site + "/healthz")
    assert answer.status == 200
    assert set(answer.json()) == {"status", "build_id", "observations", "data_date"}
    for path in ("/", "/economy?economy=KOR", "/healthz", "/no-such-page", "/app/static/mark.png",
                 "/app/static/fonts/inter-latin.woff2",
                 "/app/static/../app.py", "/_stcore/health"):  # fmt: skip
        headers = request.get(site + path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy, path
        assert "object-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "origin" in headers["referrer-policy"]


def test_only_static_files_can_be_fetched(tab: Open, site: str) -> None:
    request = tab().page.request
    for path in ("/app/static/../app.py", "/app/static/..%2fapp.py", "/app/static/%2e%2e/var/current.json",
                 "/app.py", "/.streamlit/config.toml", "/data/sources.csv"):  # fmt: skip
        body = request.get(site + path).text()
        assert "shell.configure" not in body, path
        assert "built_at" not in body, path
        assert "[server]" not in body, path
        assert "source_id" not in body, path


def test_the_page_is_served_again_after_a_lost_connection(tab: Open, site: str) -> None:
    found = tab()
    page = found.open(site)
    page.context.set_offline(True)
    time.sleep(0.5)
    page.context.set_offline(False)
    found.drawn()
    open_receipt(page, visible(page.locator(NUMBER)))
    found.problems[:] = [p for p in found.problems if "ERR_INTERNET_DISCONNECTED" not in p]
