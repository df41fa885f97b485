"""Kept for imports by the old name: see `observatory.cards.table`."""

from observatory.cards.table import *  # noqa: F403
