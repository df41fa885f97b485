"""The name box of the directory. It only edits the URL."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context, context
from observatory.ui.state import write
from observatory.views.search import plain_query

_KEY = "pick-name"


def with_query(filters: Filters, typed: object) -> Filters:
    """The filters with another name asked for; the list starts at its first page again."""
    kept = [pair for pair in filters.extra if pair[0] not in ("q", "page", "sort")]
    asked = plain_query(str(typed or ""))
    return replace(filters, extra=tuple(sorted([*kept, ("q", asked)] if asked else kept)))


def _on_change() -> None:
    write(with_query(context().filters, st.session_state.get(_KEY)))


def name(ctx: Context, shown: str) -> None:
    """A box for a name in any script, an alias or a ticker."""
    t = ctx.t
    st.session_state[_KEY] = shown
    st.text_input(
        t("Find by name"), key=_KEY, on_change=_on_change, max_chars=100, icon=":material/search:",
        label_visibility="collapsed", placeholder=t("Name in any script, alias or ticker"),
    )  # fmt: skip
