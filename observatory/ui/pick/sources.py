"""Choices of the page on sources: which part, a search box, the subject, the year."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from observatory.ui.context import Context, context
from observatory.ui.pick import controls as pickers
from observatory.ui.pick.controls import with_own
from observatory.ui.state import write
from observatory.views.sources import cover as sources_cover
from observatory.views.sources import page as sources


def _set(key: str, name: str, plain: str, **reset: str) -> None:
    chosen = st.session_state.get(key)
    value = "" if chosen is None or str(chosen) == plain else str(chosen)
    write(with_own(context().filters, {name: value, **reset}))


def view(ctx: Context, shown: str) -> None:
    """Which part of the page is looked at."""
    t = ctx.t
    names = {
        "list": t("Sources"), "cover": t("Coverage"), "fresh": t("Freshness"), "checks": t("Checks and gaps"),
    }  # fmt: skip
    key = "pick-so-view"
    st.session_state[key] = shown
    st.segmented_control(
        t("Part of the page"), list(names), key=key, format_func=lambda one: names.get(one, one),
        on_change=_set, args=(key, "view", "list"), kwargs={"page": "", "id": ""}, label_visibility="collapsed",
    )  # fmt: skip


def search(ctx: Context, shown: str) -> None:
    """Find a source by title, publisher, maker or id."""
    pickers.search("pick-so-q", shown, ctx.t("Find a source"), ctx.t("Title, publisher or maker"))


def domain(ctx: Context, shown: str) -> None:
    """The subject whose measures are listed."""
    t = ctx.t
    key = "pick-so-domain"
    st.session_state[key] = shown
    st.selectbox(
        t("Measures"), sources.DOMAINS, key=key, format_func=lambda one: sources_cover.domain_name(one, t),
        on_change=_set, args=(key, "domain", sources.HEADLINE),
    )  # fmt: skip


def year(ctx: Context, years: Sequence[int], shown: int) -> None:
    """The newest value of each, or those of one year."""
    t = ctx.t
    key = "pick-so-year"
    options = [0, *years] if shown in (0, *years) else [0, shown, *years]
    st.session_state[key] = shown
    st.selectbox(
        t("Year"), options, key=key, format_func=lambda one: str(one) if one else t("Newest of each"),
        on_change=_set, args=(key, "year", "0"),
    )  # fmt: skip
