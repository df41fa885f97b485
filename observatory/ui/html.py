"""The single door through which HTML reaches the page."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from observatory.cards.markup import Safe
from observatory.cards.page_view import Role
from observatory.ui import flow, sink


def put(
    *parts: Safe | None,
    width: Literal["stretch", "content"] = "stretch",
    role: Role = "html",
    title: object = None,
    words: object = None,
) -> None:
    """Draw HTML built with `observatory.cards.markup`. Anything but `Safe` is refused.

    `role`, `title` and `words` say what it is where a page is collected instead of drawn.
    """
    kept = [part for part in parts if part is not None]
    for part in kept:
        if not isinstance(part, Safe):
            raise TypeError(f"put() takes Safe, not {type(part).__name__}")
    body = "".join(part.html for part in kept)
    if not body.strip() or sink.keep_html(Safe(body), role, title, words):
        return
    if width != "stretch" or not flow.keep(Safe(body)):
        st.html(flow.Html(body), width=width)


def put_style(css: str) -> None:
    """Draw one style sheet. `css` comes from the repository only, never from data."""
    if "<" in css:
        raise ValueError("a style sheet holds no markup")
    st.html(f"<style>{css}</style>")
