"""The name box of the directory. It only edits the URL."""

from __future__ import annotations

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own
from observatory.views.search import plain_query

_KEY = "pick-name"


def with_query(filters: Filters, typed: object) -> Filters:
    """The filters with another name asked for; the list starts at its first page again."""
    return with_own(filters, {"q": plain_query(str(typed or "")), "page": "", "sort": ""})


def name(ctx: Context, shown: str) -> None:
    """A box for a name in any script, an alias or a ticker."""
    t = ctx.t
    st.session_state[_KEY] = shown
    st.text_input(
        t("Find by name"), key=_KEY, on_change=edit(_KEY, with_query), max_chars=100, icon=":material/search:",
        label_visibility="collapsed", placeholder=t("Name in any script, alias or ticker"),
    )  # fmt: skip
