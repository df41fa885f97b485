"""The comparison of economies: its parts from the modules beside it under one roof."""

from __future__ import annotations

from observatory.views.compare.choice import Choice, notes, read
from observatory.views.compare.data import Comparison, compare, members_of
from observatory.views.compare.dots import more, pillar_cards, pillars_card
from observatory.views.compare.gaps import gaps
from observatory.views.compare.leads import leads_card
from observatory.views.compare.over_time import default_measure, line_card, panels_card
from observatory.views.compare.table import card as table_card
from observatory.views.compare.words import card as words_card
from observatory.views.compare.words import deck, title

__all__ = [
    "Choice",
    "Comparison",
    "compare",
    "deck",
    "default_measure",
    "gaps",
    "leads_card",
    "line_card",
    "members_of",
    "more",
    "notes",
    "panels_card",
    "pillar_cards",
    "pillars_card",
    "read",
    "table_card",
    "title",
    "words_card",
]
