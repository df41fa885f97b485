"""Where a page's parts go when nobody looks at it: into a list, instead of onto the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import unescape
from typing import Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, one_line
from observatory.cards.page_view import Part, Role

_SINK: Final[ContextVar[list[Part] | None]] = ContextVar("obs.sink", default=None)
_TAGS: Final = re.compile(r"<[^>]+>")


def plain(value: object) -> str:
    """The words of HTML or text, on one line."""
    if value is None:
        return ""
    if isinstance(value, Safe):
        return one_line(unescape(_TAGS.sub("", value.html)))
    return str(value)


@contextmanager
def collecting() -> Iterator[list[Part]]:
    """Within this block, parts drawn on this thread are kept in the list."""
    parts: list[Part] = []
    token = _SINK.set(parts)
    try:
        yield parts
    finally:
        _SINK.reset(token)


def keep_html(html: Safe, role: Role = "html", title: object = None, words: object = None) -> bool:
    """Keep a block of HTML; False if the page is being drawn."""
    parts = _SINK.get()
    if parts is None:
        return False
    parts.append(Part(role, plain(title), plain(words), html))
    return True


def keep_card(card: Card) -> bool:
    """Keep a card; False if the page is being drawn."""
    parts = _SINK.get()
    if parts is None:
        return False
    parts.append(Part("card", card.title, card.subtitle, card=card))
    return True


def active() -> bool:
    """Whether the page is collected: what only a browser can use is left out then."""
    return _SINK.get() is not None
