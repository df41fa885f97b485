"""The brief as paper: pages, tags, text of every script."""

from __future__ import annotations

import pytest

from observatory.editions import pdf

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
