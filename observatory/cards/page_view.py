"""A page as a value: what one link shows, in reading order, for exports and other editions.

Decks, briefs, slides, embeds and the static edition are made of these, so that they carry the
same cards, and so the same numbers, as the screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe

Role = Literal["heading", "section", "card", "note", "html"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on a page.

    A `heading` has the page's title and deck (`text`), a `section` its title, a `note` the block
    of what the page does not know. `html` is what the page draws for it; a `card` holds the card
    instead.
    """

    role: Role
    title: str = ""
    text: str = ""
    html: Safe | None = None
    card: Card | None = None


@dataclass(frozen=True)
class PageView:
    """One page for one link.

    `query` names every choice of the link in full, with the build: the same link shows the same
    page later. `path` is the page's path with its leading slash.
    """

    slug: str
    path: str
    query: Mapping[str, str]
    lang: str
    theme: str
    build_id: str
    data_date: dt.date | None
    parts: tuple[Part, ...] = field(repr=False)

    @cached_property
    def heading(self) -> Part:
        """The title block; an empty one if the page has none."""
        return next((part for part in self.parts if part.role == "heading"), Part("heading"))

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The page's cards by id, in reading order."""
        return {part.card.id: part.card for part in self.parts if part.card is not None}
