"""Kept for imports by the old name: see `observatory.cards.words`."""

from observatory.cards.words import *  # noqa: F403
