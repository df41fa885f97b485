"""The single door through which HTML reaches the browser: `Safe` built by `cards.markup`, and our CSS."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from observatory.cards.markup import Safe


class _Html:
    """Finished HTML for `st.html`, which strips and unindents a string at every call."""

    __slots__ = ("body",)

    def __init__(self, body: str) -> None:
        self.body = body

    def _repr_html_(self) -> str:
        return self.body


def out(piece: Safe, width: Literal["stretch", "content"] = "stretch") -> None:
    """Send a piece as one message. Anything but `Safe` is refused."""
    if not isinstance(piece, Safe):
        raise TypeError(f"only Safe goes out, not {type(piece).__name__}")
    st.html(_Html(piece.html), width=width)


def out_style(css: str) -> None:
    """Send one style sheet. `css` comes from the repository only, never from data."""
    if "<" in css:
        raise ValueError("a style sheet holds no markup")
    st.html(f"<style>{css}</style>")
