"""Whole sentences with numbers and links in them, so that translators see a sentence."""

from __future__ import annotations

import re
from typing import Final

from observatory.cards.markup import Child, Safe, join

_SLOT: Final = re.compile("\ue000([a-z_0-9]+)\ue001")


def slot(name: str) -> str:
    """What stands in a sentence for a part that `weave` puts in: give it to `t` as a value."""
    return f"\ue000{name}\ue001"


def weave(sentence: str, **parts: Child) -> Safe:
    """A translated sentence with HTML parts in its slots.

    ``weave(t("{who} has {value}.", who=name, value=slot("value")), value=num("8", row_id))``.
    A slot without a part stays empty.
    """
    pieces: list[Child] = []
    for index, piece in enumerate(_SLOT.split(sentence)):
        pieces.append(parts.get(piece) if index % 2 else piece)
    return join(pieces)
