"""Parts of a page on paper: what the parser of a browser makes of them."""

from __future__ import annotations

import datetime as dt
from html import escape

import pytest

from observatory.cards.markup import Safe
from observatory.cards.page_view import PageView
from observatory.editions.paper import LARGEST, Paper

NAMED = Safe(
    '<p><a href="/economy?economy=SGP" target="_self" data-go>Singapore</a></p>'
    '<svg viewBox="0 0 9 9"><a href="/economy?economy=SGP" target="_self" aria-label="Singapore">'
    '<title>Singapore</title><text x="1">Singapore</text></a><rect width="3"/></svg>'
)


def paper(address: str) -> Paper:
    view = PageView(
        slug="economies", path="/economies", query={}, build_id="abc", lang="en", theme="light",
        data_date=dt.date(2026, 11, 22), parts=(),
    )  # fmt: skip
    return Paper(view, lambda target: address)


def test_a_name_in_a_drawing_that_leads_nowhere_stays_in_the_drawing() -> None:
    # A span inside svg makes a browser close the drawing there and print the rest as text.
    html = paper("").still(NAMED).html
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert (
        '<g aria-label="Singapore"><title>Singapore</title><text x="1">Singapore</text></g>'
        in drawing
    )
    assert "<span" not in drawing
    assert html.startswith("<p><span>Singapore</span></p>")


def test_a_drawing_is_one_picture_and_little_larger_than_it_was_planned() -> None:
    pressed = Safe('<svg viewBox="0 0 200 90" width="100%" role="group" aria-label="Bars"></svg>')
    html = (
        paper("")
        .still(Safe(f'<span class="obs-svg" data-svg="">{escape(pressed.html)}</span>'))
        .html
    )
    assert 'role="img" aria-label="Bars"' in html
    assert f"max-width:{200 * LARGEST:.0f}px" in html


@pytest.mark.parametrize("address", ["https://example.org/economy"])
def test_links_of_drawings_lead_where_the_site_is_known(address: str) -> None:
    html = paper(address).still(NAMED).html
    assert html.count(f'href="{address}"') == 2
    assert "<g " not in html
