"""Kept for imports by the old name: see `observatory.cards.states`."""

from observatory.cards.states import *  # noqa: F403
