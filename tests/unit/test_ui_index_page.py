"""The start page: Streamlit's own file still holds what is taken out of it and replaced."""

from __future__ import annotations

from pathlib import Path

import streamlit

from observatory.ui.index_page import FOREIGN_FONT, head

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
    assert b"BACKEND_BASE_URL" in head()
