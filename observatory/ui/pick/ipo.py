"""The box of the pipeline page that finds an attempt by any name. It only edits the URL, by id."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own

_KEY = "pick-attempt"


def with_attempt(filters: Filters, chosen: object) -> Filters:
    """The filters with another attempt on top; None shows none."""
    return with_own(filters, {"attempt": chosen if isinstance(chosen, str) else ""})


def attempt(ctx: Context, names: Mapping[str, str], shown: str) -> None:
    """Choose the attempt whose stages are laid out; `names` are the texts to type."""
    t = ctx.t
    st.session_state[_KEY] = shown or None
    st.selectbox(
        t("Find a company"), list(names), key=_KEY, label_visibility="collapsed",
        format_func=lambda key: names.get(key, key), on_change=edit(_KEY, with_attempt),
        placeholder=t("Where does a company stand? Type its name"),
    )  # fmt: skip
