"""The economy profile: its title block, and its cards from the modules `economy_*` under one roof."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.views import labels
from observatory.views.economy_compute import clusters, supercomputers
from observatory.views.economy_context import strip
from observatory.views.economy_gaps import gaps
from observatory.views.economy_language import boards_card as boards
from observatory.views.economy_language import share_card as language
from observatory.views.economy_listings import listings
from observatory.views.economy_lists import companies
from observatory.views.economy_models import models
from observatory.views.economy_money import deals
from observatory.views.economy_peers import alike_note, group
from observatory.views.economy_policy import policy_card
from observatory.views.economy_score import scorecard
from observatory.views.economy_sources import sources
from observatory.views.economy_standing import field_of, members_of, standing, today_of
from observatory.views.economy_strengths import card as strengths
from observatory.views.economy_trends import trends
from observatory.views.economy_words import deck
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
