"""HTML made from data cannot become markup, and leads only where it may."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.card_model import CardTable, Column
from observatory.cards.markup import (
    TAGS,
    Safe,
    external,
    h,
    href,
    join,
    num,
    safe_url,
    svg,
    swatch,
    text,
)
from observatory.cards.table import card_table, table
from observatory.ui.door import carried, out_style
from observatory.ui.html import put
from observatory.ui.style import ASSETS, style_sheet

NASTY = "<img src=x onerror=alert(1)>[x](javascript:alert(1)) :red[x] $x$ {=1+1} \"'&"


class Seen(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data = ""
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.data += data


def seen(markup: Safe) -> Seen:
    parser = Seen()
    parser.feed(markup.html)
    parser.close()
    return parser


def test_text_from_data_is_shown_not_obeyed() -> None:
    found = seen(h("p", NASTY, title=NASTY))
    assert found.tags == ["p"]
    assert found.data == NASTY
    assert found.attributes == [("title", NASTY)]


@given(st.text())
def test_any_text_stays_text(value: str) -> None:
    plain = value.replace("\r", "")
    found = seen(join(["a", plain], plain))
    assert found.tags == []
    assert found.data.replace("\x00", "") == ("a" + plain + plain).replace("\x00", "")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " java\nscript:alert(1)",
            "data:text/html,x",
        ),
        *("//evil.example", "/\\evil.example", "\\\\evil.example", "vbscript:x", "ftp://x/y"),
        *("file:///etc/passwd", "http:", "https://", "x" * 5000, "http://[bad"),
    ],
)
def test_urls_outside_the_list_are_dropped(url: str) -> None:
    assert safe_url(url) is None
    assert "href" not in h("a", "x", href=url).html
    assert seen(external("label", url)).tags == ["span"]


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=1&c=한국", "http://example.org", "/economy?economy=KOR", "?a=1"],
)
def test_urls_inside_the_list_are_kept(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [("script", {}), ("iframe", {}), ("style", {}), ("p", {"onclick": "x"}),
     ("p", {"style": "background:url(x)"}), ("p", {"style": "a:b}<"})],
)  # fmt: skip
def test_what_the_app_does_not_use_is_refused(tag: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        h(tag, **attributes)


def test_only_safe_reaches_the_page() -> None:
    with pytest.raises(TypeError):
        put("<b>text</b>")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="markup"):
        out_style("a{}</style><script>")


def test_a_number_opens_its_receipt_and_one_without_row_is_text() -> None:
    assert ("data-receipt", "o7k2m9x4qa") in seen(num("37.1 %", "o7k2m9x4qa")).attributes
    assert seen(num("37.1 %", None)).tags == ["span"]


def test_a_drawing_travels_as_text() -> None:
    found = seen(svg("<svg><title>x</title></svg>"))
    assert found.tags == ["span"]
    assert found.data == "<svg><title>x</title></svg>"


def test_links_inside_the_app_carry_ids() -> None:
    assert href("economy", economy="KOR", lang=None) == "/economy?economy=KOR"
    assert href("company", org="a&b=c") == "/company?org=a%26b%3Dc"
    assert "KOR" in swatch("KOR").html
    assert "ctx" in swatch("x;}<").html
    assert text(Safe("<b>")).html == "<b>"


def test_tables_escape_cells_and_name_what_is_unknown() -> None:
    frame = pd.DataFrame({"name": [NASTY, "B"], "v": [1.5, float("nan")], "id": ["oabcdef", None]})
    columns = (Column("name", "Name"), Column("v", "Value", align="right", row_id="id"))
    data = CardTable(frame, columns)
    found = seen(card_table(data, "Caption", "not known"))
    assert "img" not in found.tags
    assert NASTY in found.data
    assert "not known" in found.data
    assert found.tags.count("button") == 1
    assert data.row_ids() == ["oabcdef"]
    assert found.tags.count("th") == 2
    assert "scope" in dict(found.attributes)


def test_an_empty_table_is_still_a_table() -> None:
    found = seen(table((Column("a", "A"),), [], caption="Nothing"))
    assert "table" in found.tags


def test_the_style_sheet_holds_both_themes_and_no_markup() -> None:
    css = style_sheet()
    assert "<" not in css
    assert "--bg:light-dark(" in css
    assert ".i-verified{" in css
    assert "data-testid" not in css
    assert css.count("{") == css.count("}")


def test_a_piece_carried_as_text_is_the_same_piece_with_its_drawings_as_elements() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1">a &lt; b &amp; c</text></svg>'
    made = h("p", NASTY, title=NASTY).html, svg(drawing).html, h("p", "a & b").html
    found = carried("".join(made))
    assert seen(found).tags == []
    span = made[1].replace(escape(drawing, quote=False), drawing)
    assert seen(found).data == made[0] + span + made[2]


def test_of_two_drawings_for_two_widths_both_stay_text() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1">a</text></svg>'
    for piece in (
        h("div", svg(drawing), cls="on-wide"),
        h("div", svg(drawing), cls="on-phone"),
        svg(drawing, cls="p-narrow"),
        svg(drawing, cls="di-wide"),
    ):
        assert seen(carried(piece.html)).data == piece.html
    assert seen(carried(h("div", svg(drawing), cls="plot").html)).data.count("<svg") == 1


def test_the_browser_keeps_the_elements_that_the_server_makes() -> None:
    script = (ASSETS / "desk.js").read_text("utf-8")
    kept = re.search(r"const KEPT = new Set\(\((.*?)\)\.split", script, re.DOTALL)
    assert kept
    assert set(re.sub(r'["+]', " ", kept[1]).split()) == TAGS
