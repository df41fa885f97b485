"""Kept for imports by the old name: see `observatory.cards.receipt`."""

from observatory.cards.receipt import *  # noqa: F403
