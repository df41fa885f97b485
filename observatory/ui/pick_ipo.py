"""The box of the pipeline page that finds an attempt by any name. It only edits the URL, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context, context
from observatory.ui.state import write

_KEY = "pick-attempt"


def with_attempt(filters: Filters, chosen: object) -> Filters:
    """The filters with another attempt on top; None shows none."""
    kept = tuple(pair for pair in filters.extra if pair[0] != "attempt")
    if not isinstance(chosen, str) or not chosen:
        return replace(filters, extra=kept)
    return replace(filters, extra=tuple(sorted((*kept, ("attempt", chosen)))))


def _on_change() -> None:
    write(with_attempt(context().filters, st.session_state.get(_KEY)))


def attempt(ctx: Context, names: Mapping[str, str], shown: str) -> None:
    """Choose the attempt whose stages are laid out; `names` are the texts to type."""
    t = ctx.t
    st.session_state[_KEY] = shown or None
    st.selectbox(
        t("Find a company"), list(names), key=_KEY, label_visibility="collapsed",
        format_func=lambda key: names.get(key, key), on_change=_on_change,
        placeholder=t("Where does a company stand? Type its name"),
    )  # fmt: skip
