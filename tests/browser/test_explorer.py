"""The data explorer in a browser: limit, receipt in one press, a file that holds what the screen shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.browser.conftest import Tab, arrived

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]


def test_files_hold_what_the_screen_shows(tab: Open, site: str, tmp_path: Path) -> None:
    found = tab()
    page = found.open(f"{site}/explorer?indicators=internet_users_pct&rows=200")
    page.wait_for_selector(".ex-list")
    shown = {
        number.get_attribute("data-receipt"): number.inner_text()
        for number in page.locator(".ex-list button.num").all()
    }
    assert len(shown) >= 100
    page.get_by_role("button", name="Download").first.click()
    files = {}
    for label, suffix in (("CSV", "csv"), ("Excel", "xlsx"), ("Parquet", "parquet")):
        with page.expect_download() as waiting:
            page.locator(".st-key-ex-file-buttons").get_by_role("button", name=label).click()
        files[suffix] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[suffix])
    assert files["csv"].name.startswith("observations-internet_users_pct-")
    frames = [
        pd.read_csv(files["csv"]),
        pd.read_excel(files["xlsx"]),
        pd.read_parquet(files["parquet"]),
    ]
    # Exact in every file, and rounded on screen: each number is that of its row to its last digit.
    exact = dict(zip(frames[0]["row_id"], frames[0]["value"], strict=True))
    for frame in frames[1:]:
        assert dict(zip(frame["row_id"], frame["value"], strict=True)) == pytest.approx(
            exact, rel=1e-12
        )
    assert set(exact) == set(shown)
    for row, text in shown.items():
        half = 0.5 * 10 ** -len(text.partition(".")[2])
        assert abs(exact[row] - float(text)) <= half * (1 + 1e-9), row
    assert any(value != float(shown[row]) for row, value in exact.items())
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.sheetnames == ["Data", "Columns", "Sources", "About"]
    said = dict(book["About"].iter_rows(values_only=True))
    assert said["filter: indicators"] == "internet_users_pct"
    assert str(said["link"]).startswith(site + "/explorer?")
    again = tab().open(str(said["link"]))
    assert again.locator(".ex-list button.num").count() > 0


def test_a_row_opens_its_receipt_in_one_press_and_can_be_reported(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/explorer?table=deals&filter=kind:round")
    first = page.locator(".ex-r").first
    row_id = first.get_attribute("data-receipt")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f".rc[data-row='{row_id}']")
    page.locator(".rc summary", has_text="Report this number").click()
    text = page.locator(".rc pre").last.inner_text()
    assert str(row_id) in text
    assert f"{site}/?receipt={row_id}" in text


def test_searching_limiting_and_lifting_go_through_the_link(tab: Open, site: str) -> None:
    page = tab().open(f"{site}/explorer?table=models")
    box = page.get_by_role("textbox", name="Find in the rows")
    box.fill("qwen")
    box.press("Enter")
    arrived(page, "**q=qwen*")
    page.locator(".ex-chip").first.wait_for()
    page.locator(".ex-list th a", has_text="Released").first.click()
    arrived(page, "**sort=released*")
    page.locator(".ex-list th[aria-sort='ascending']", has_text="Released").wait_for()
    page.locator(".ex-chip").first.click()
    arrived(page, lambda url: "q=" not in url)
    assert "sort=released" in page.url


def test_nothing_flows_over_on_a_phone(tab: Open, site: str) -> None:
    page = tab(width=390).open(f"{site}/explorer?form=periods&values=all&lang=ja")
    wide, room = page.evaluate(
        "() => { const m = document.querySelector('.stMain'); return [m.scrollWidth, m.clientWidth]; }"
    )
    assert wide <= room
