"""The single door through which HTML reaches the browser: `Safe` built by `cards.markup`, and our CSS."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

import streamlit as st

from observatory.cards.markup import Safe, as_text, h
from observatory.ui import named
from observatory.ui.style import linked

CARRIED: Final = 3000
"""Characters of a piece from which it travels as text."""
KEPT: Final = 768
"""Pieces that are kept ready: some hundred views are asked for again and again."""
NAMED: Final = 600
"""Characters of a piece from which its message is remembered: as many as the browser keeps."""


# Drawings are text within a piece already: left so, they are elements of the piece carried as text.
# Of two for windows of different widths the browser makes elements of the one that is seen.
_DRAWING: Final = re.compile(
    r'(?<!<div class="on-wide">)(?<!<div class="on-phone">)<span(?! class="[^"]*-(?:wide|narrow)")'
    r'[^>]* data-svg="">(?P<drawing>[^<]*)'
)


def carried(html: str) -> Safe:
    """A piece as text, with its drawings as elements."""
    made, end = [], 0
    for found in _DRAWING.finditer(html):
        made += [as_text(html[end : found.start("drawing")]).html, found["drawing"]]
        end = found.end()
    return Safe("".join([*made, as_text(html[end:]).html]))


@lru_cache(maxsize=KEPT)
def _piece(html: str, width: str) -> named.Piece:
    """What is sent for a piece of a width. The same pieces go to many readers."""
    if len(html) > CARRIED:
        html = h("div", carried(html), hidden=True, data_html=True).html
    return named.Piece(html)


class _Html:
    """Finished HTML for `st.html`, which strips and unindents a string at every call."""

    __slots__ = ("body",)

    def __init__(self, body: str) -> None:
        self.body = body

    def _repr_html_(self) -> str:
        return self.body


def out(piece: Safe, width: Literal["stretch", "content"] = "stretch") -> None:
    """Send a piece as one message. Anything but `Safe` is refused.

    Our own server sends large pieces as text, of which the desk's script makes elements and keeps
    those that `h` makes: Streamlit's sanitiser was a large part of the scripts after a click.
    """
    if not isinstance(piece, Safe):
        raise TypeError(f"only Safe goes out, not {type(piece).__name__}")
    if linked() and len(piece.html) > NAMED:
        named.send(_piece(piece.html, width), lambda html: st.html(_Html(html), width=width))
    else:
        st.html(_Html(piece.html), width=width)


def out_style(css: str) -> None:
    """Send one style sheet. `css` comes from the repository only, never from data."""
    if "<" in css:
        raise ValueError("a style sheet holds no markup")
    st.html(f"<style>{css}</style>")
