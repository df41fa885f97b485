"""The brief as paper: pages, tags, text of every script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from observatory.editions import pdf
from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser


def test_a_brief_prints_with_tags_and_page_numbers(
    browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_BROWSER", browser_path)
    html = (
        '<!doctype html><html lang="ja"><head><title>概要</title><style>@page{size:A4;margin:20mm;'
        "@bottom-right{content:counter(page)}}</style></head><body><h1>東アジア</h1>"
        "<table><tr><th>a</th></tr></table>" + "<p>text</p>" * 200 + "</body></html>"
    )
    made = pdf.to_pdf(html)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Outlines" in made
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") > 1


def test_a_page_on_paper_is_light_in_one_column_and_has_nothing_to_press(
    tab: Callable[..., Tab], site: str
) -> None:
    page = tab(dark=True).open(f"{site}/scorecard")
    page.emulate_media(media="print")
    # A sheet of A4 with the margins of the page.
    page.set_viewport_size({"width": 703, "height": 1000})
    facts = page.evaluate(
        """() => {
          const seen = (node) => node.getClientRects().length > 0;
          const all = (what) => [...document.querySelectorAll(what)].filter(seen).length;
          const wide = [...document.querySelectorAll(".stMain .card, .stMain table.tb")].filter(seen)
            .filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1)
            .map((node) => node.className);
          const sides = [...document.querySelectorAll(".stMain .obs-cols, .stMain .stHorizontalBlock")]
            .filter(seen).filter((node) => getComputedStyle(node).display !== "block").length;
          const link = document.querySelector(".stMain a[href^='http']");
          return {
            pressed: all(".stMain .acts, .stMain .stSlider, .stMain .stSelectbox, .stMain input, .st-key-obs-head"),
            sides, wide,
            paper: getComputedStyle(document.body).backgroundColor,
            ink: getComputedStyle(document.querySelector(".stMain h1")).color,
            after: link ? getComputedStyle(link, "::after").content : "none",
          };
        }"""
    )
    assert facts["pressed"] == 0
    assert facts["sides"] == 0
    assert facts["wide"] == []
    assert facts["paper"] == "rgb(255, 255, 255)"
    assert facts["ink"] == "rgb(27, 31, 36)"
    assert facts["after"] == "none"
