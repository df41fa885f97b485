"""Kept for imports by the old name: see `observatory.cards.filters`."""

from observatory.cards.filters import *  # noqa: F403
