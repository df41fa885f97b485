"""The comparison of economies: its parts from the modules `compare_*` under one roof."""

from __future__ import annotations

from observatory.views.compare_choice import Choice, notes, read
from observatory.views.compare_data import Comparison, compare, members_of
from observatory.views.compare_dots import more, pillar_cards, pillars_card
from observatory.views.compare_gaps import gaps
from observatory.views.compare_leads import leads_card
from observatory.views.compare_table import card as table_card
from observatory.views.compare_time import default_measure, line_card, panels_card
from observatory.views.compare_words import card as words_card
from observatory.views.compare_words import deck, title

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
