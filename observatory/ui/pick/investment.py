"""Which economies the investment pages look at: a group, or one. Edits the shared filter."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from observatory.cards.filters import Filters
from observatory.cards.words import preset_label
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui import data
from observatory.ui.context import Context, context
from observatory.ui.state import write

KEY: Final = "pick-money-of"
OWN: Final = "own"


def changed(filters: Filters, chosen: object) -> Filters:
    """The filters with another group or a single economy; anything else changes nothing.

    A list starts at its first page again, and an opened flow is closed.
    """
    extra = tuple(pair for pair in filters.extra if pair[0] not in ("page", "flow"))
    if isinstance(chosen, str) and chosen in PRESETS:
        return replace(filters, economies=PRESETS[chosen], extra=extra)
    if chosen in SCOPE + COMPARATORS:
        return replace(filters, economies=(str(chosen),), extra=extra)
    return filters


def _on_change() -> None:
    write(changed(context().filters, st.session_state.get(KEY)))


def current(filters: Filters) -> str:
    """The option that stands for the chosen economies."""
    if filters.preset:
        return filters.preset
    return filters.economies[0] if len(filters.economies) == 1 else OWN


def economies(ctx: Context) -> None:
    """Choose a group of economies or one of them."""
    t, names = ctx.t, data.economy_names(ctx)
    now = current(ctx.filters)
    options = [*PRESETS, *SCOPE, *COMPARATORS, *([OWN] if now == OWN else [])]

    def label(option: str) -> str:
        name = preset_label(option, t) if option in PRESETS else names.get(option, option)
        if option == OWN:
            name = t.n("{n} economy", "{n} economies", len(ctx.filters.economies))
        return t("Economies: {group}", group=name)

    st.session_state[KEY] = now
    st.selectbox(
        t("Economies"), options, key=KEY, label_visibility="collapsed", format_func=label,
        on_change=_on_change,
    )  # fmt: skip
