"""Putting HTML onto the page, or into what collects it."""

from __future__ import annotations

from typing import Literal

from observatory.cards.markup import Safe
from observatory.cards.page_view import Role
from observatory.ui import flow, sink
from observatory.ui.door import out


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
        out(Safe(body), width)
