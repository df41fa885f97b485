"""The page frame, chart cards, receipts and filters: the only package that draws with Streamlit.

Pages import what they need from here: `from observatory import ui`.
"""

from __future__ import annotations

from observatory.cards.card_model import Card, CardTable, Column, SourceRef
from observatory.cards.filters import Filters
from observatory.cards.markup import Safe, h, icon, join, link, num, status_word, svg, swatch
from observatory.cards.states import Empty, Gap, bad_link, empty, stale, too_thin
from observatory.cards.table import table
from observatory.ui.card import cached_card, placeholder, show, show_row
from observatory.ui.context import Context, context
from observatory.ui.flow import block, columns
from observatory.ui.html import put
from observatory.ui.page import heading, note_block, section

__all__ = [
    "Card",
    "CardTable",
    "Column",
    "Context",
    "Empty",
    "Filters",
    "Gap",
    "Safe",
    "SourceRef",
    "bad_link",
    "block",
    "cached_card",
    "columns",
    "context",
    "empty",
    "h",
    "heading",
    "icon",
    "join",
    "link",
    "note_block",
    "num",
    "placeholder",
    "put",
    "section",
    "show",
    "show_row",
    "stale",
    "status_word",
    "svg",
    "swatch",
    "table",
    "too_thin",
]
