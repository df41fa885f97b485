"""The economy profile: its title block, and its cards from the modules beside it under one roof."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.views import labels
from observatory.views.economy.compute import clusters, supercomputers
from observatory.views.economy.context import strip
from observatory.views.economy.gaps import gaps
from observatory.views.economy.language import boards_card as boards
from observatory.views.economy.language import share_card as language
from observatory.views.economy.listings import listings
from observatory.views.economy.lists import companies
from observatory.views.economy.models import models
from observatory.views.economy.money import deals
from observatory.views.economy.peers import alike_note, group
from observatory.views.economy.policy import policy_card
from observatory.views.economy.score import scorecard
from observatory.views.economy.sources import sources
from observatory.views.economy.standing import field_of, members_of, standing, today_of
from observatory.views.economy.strengths import card as strengths
from observatory.views.economy.trends import trends
from observatory.views.economy.words import deck
from observatory.views.measures import Catalogue

__all__ = [
    "Title",
    "alike_note",
    "boards",
    "clusters",
    "companies",
    "deals",
    "deck",
    "field_of",
    "gaps",
    "group",
    "language",
    "listings",
    "members_of",
    "models",
    "policy_card",
    "scorecard",
    "sources",
    "standing",
    "strengths",
    "strip",
    "supercomputers",
    "title",
    "today_of",
    "trends",
]


@dataclass(frozen=True, slots=True)
class Title:
    """Name in the reader's language and in its own script, with that script's language."""

    name: str
    native: str
    native_lang: str


def title(catalogue: Catalogue, economy: str) -> Title:
    """The economy's names."""
    row = catalogue.economies[economy]
    native, language = labels.native_economy_name(row, catalogue.t)
    name = catalogue.name(economy)
    return Title(name, "" if native == name else native, language)
