"""Kept for imports by the old name: see `observatory.cards.card_model`."""

from observatory.cards.card_model import *  # noqa: F403
