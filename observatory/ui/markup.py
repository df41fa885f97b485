"""Kept for imports by the old name: see `observatory.cards.markup`."""

from observatory.cards.markup import *  # noqa: F403
