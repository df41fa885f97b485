"""The start page: Streamlit's own file still holds what is taken out of it and replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit

from observatory.cards.filters import Filters
from observatory.i18n import LANGUAGES, translator
from observatory.ui import lost, page_meta
from observatory.ui.context import Context
from observatory.ui.index_page import (
    FOREIGN_FONT,
    MARK,
    NOSCRIPT,
    PARTS,
    files_of,
    head,
    nowhere,
    preloads,
)

SOURCE = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()


def test_the_foreign_font_is_found_and_nothing_more() -> None:
    assert len(FOREIGN_FONT.findall(SOURCE)) == 1
    left = FOREIGN_FONT.sub(b"", SOURCE)
    assert b"SourceSans" not in left
    assert left.count(b"<script") == SOURCE.count(b"<script")


def test_the_places_that_are_replaced_exist() -> None:
    assert SOURCE.count(b"<head>") == 1
    assert SOURCE.count(b"<title>Streamlit</title>") == 1
    assert SOURCE.count(b"./favicon.png") == 1
    assert SOURCE.count(MARK) == 1
    assert len(NOSCRIPT.findall(SOURCE)) == 1
    assert b"BACKEND_BASE_URL" in head()


def test_parts_that_every_page_needs_are_fetched_with_it() -> None:
    names = {name.split(".")[0] for name in files_of(*PARTS)}
    assert {"Html", "BidiComponent", "purify"} <= names
    assert not {"PlotlyChart", "DataFrame"} & names
    assert files_of(*PARTS)[0].encode() in preloads(SOURCE)
    # What the page names already is not named twice.
    assert not preloads(SOURCE + preloads(SOURCE))


def test_unknown_paths_are_told_from_pages() -> None:
    assert [nowhere(path) for path in ("/", "/economy", "/Economy", "/briefing")] == [0] * 4
    assert (nowhere("/nosuchpage"), nowhere("/economy/KOR")) == (1, 2)
    assert nowhere("/x" * 500) < 10


@pytest.mark.parametrize(
    ("path", "first"),
    [("polcy", "policy"), ("economy/KOR", "economy"), ("Benchmarks2", "benchmarks")],
)
def test_the_page_that_was_meant_comes_first(path: str, first: str) -> None:
    assert lost.near(path, translator("en"))[0].slug == first


def test_nothing_is_guessed_for_a_path_like_no_page() -> None:
    assert lost.near("wp-login.php", translator("en")) == []


def test_the_line_says_what_is_missing_and_what_was_meant() -> None:
    ctx = Context(filters=Filters())
    said = lost.note("economy/KOR", ctx).html
    assert "There is no page “economy/KOR”." in said
    assert 'href="/economy?economy=KOR"' in said
    assert "Showing Briefing instead." in said


def test_a_hostile_path_stays_text() -> None:
    bad = '<img src=x onerror=alert(1)>"/' + "a" * 5000
    said = lost.note(bad, Context(filters=Filters())).html
    assert "<img" not in said
    assert len(said) < 2000
    alone = page_meta.without_script("/" + bad, known=False).decode()
    assert "<img" not in alone
    assert len(alone) < 4000


def test_without_javascript_each_language_is_told_where_the_data_are() -> None:
    said = page_meta.without_script("/", known=True).decode()
    assert all(f'<p lang="{lang}">' in said for lang in LANGUAGES)
    assert "There is no page" not in said
    assert "Streamlit" not in said


def test_whose_page_it_is_stands_before_any_script() -> None:
    """On a slow line the first script takes a minute; until then Streamlit's page is empty."""
    early = head().decode()
    assert '#root:empty::before{content:"East Asia AI Observatory"' in early
    assert "#root:empty::after," in early
    assert b'<div id="root"></div>' in SOURCE
