"""Choices inside a page: an economy, its peers, a switch. They only edit the URL, by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from observatory.cards.filters import Filters, canonical
from observatory.cards.words import preset_label
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui import data
from observatory.ui.context import Context, context
from observatory.ui.state import write
from observatory.views.search import plain_query

EVERYONE: Final = "all20"
OWN_CHOICE: Final = "own"
SIMILAR: Final = "similar"


def edit(key: str, change: Callable[[Filters, Any], Filters]) -> Callable[[], None]:
    """What a widget does when it is used: write the filters changed by its value."""

    def on_change() -> None:
        write(change(context().filters, st.session_state.get(key)))

    return on_change


def with_own(filters: Filters, changes: Mapping[str, str]) -> Filters:
    """The filters with some of the page's own parameters changed; an empty text removes one."""
    kept = {name: value for name, value in filters.extra if name not in changes}
    kept.update({name: value for name, value in changes.items() if value})
    return replace(filters, extra=tuple(sorted(kept.items())))


def search(key: str, shown: str, label: str, placeholder: str) -> None:
    """A box for words to find in a list (`?q=`), which starts at its first page again."""

    def change(filters: Filters, typed: Any) -> Filters:
        return with_own(filters, {"q": plain_query(str(typed or "")), "page": ""})

    st.session_state[key] = shown
    st.text_input(
        label, key=key, on_change=edit(key, change), max_chars=100, icon=":material/search:",
        placeholder=placeholder, label_visibility="collapsed",
    )  # fmt: skip


def choose(
    ctx: Context,
    key: str,
    label: str,
    options: Sequence[str],
    names: Mapping[str, str],
    shown: str,
    change: Callable[[Filters, str], Filters],
) -> None:
    """A choice box that edits the URL by id."""
    st.session_state[key] = shown if shown in options else None
    st.selectbox(
        label, list(options), key=key, format_func=lambda one: names.get(one, one),
        on_change=edit(key, lambda f, one: change(f, one) if isinstance(one, str) else f),
        placeholder=ctx.t("Choose"),
    )  # fmt: skip


def _pick_economy(filters: Filters, chosen: object) -> Filters:
    return replace(filters, economy=str(chosen)) if chosen in SCOPE + COMPARATORS else filters


def economy(ctx: Context, shown: str) -> None:
    """Choose the economy of the page; the URL keeps its id."""
    names = data.economy_names(ctx)
    key = "pick-economy"
    st.session_state[key] = shown
    st.selectbox(
        ctx.t("Economy"), list(SCOPE + COMPARATORS), key=key, label_visibility="collapsed",
        format_func=lambda code: names.get(code, code), on_change=edit(key, _pick_economy),
    )  # fmt: skip


def _pick_peers(filters: Filters, chosen: object, similar: tuple[str, ...] = ()) -> Filters:
    if chosen == SIMILAR and similar:
        return replace(filters, economies=canonical(similar))
    if chosen == EVERYONE:
        return replace(filters, economies=SCOPE + COMPARATORS)
    if isinstance(chosen, str) and chosen in PRESETS:
        return replace(filters, economies=PRESETS[chosen])
    return filters


def peers(ctx: Context, similar: tuple[str, ...] = ()) -> None:
    """Choose whom the page ranks: the presets, those most alike, or all with the comparators.

    ``similar``: the ids that stand for the economies most like the page's own; the URL keeps ids.
    """
    t = ctx.t
    key = "pick-peers"
    chosen = canonical(ctx.filters.economies)
    current = EVERYONE if chosen == SCOPE + COMPARATORS else ctx.filters.preset or OWN_CHOICE
    if similar and chosen == canonical(similar):
        current = SIMILAR
    options = [*PRESETS, *([SIMILAR] if similar else []), EVERYONE]
    options += [OWN_CHOICE] if current == OWN_CHOICE else []
    st.session_state[key] = current

    def label(option: str) -> str:
        if option == EVERYONE:
            return t("Peers: {group}", group=t("all 13 and comparators"))
        if option == SIMILAR:
            return t("Peers: {group}", group=t("similar economies"))
        if option == OWN_CHOICE:
            count = len(ctx.filters.economies)
            return t("Peers: {group}", group=t.n("{n} economy", "{n} economies", count))
        return t("Peers: {group}", group=preset_label(option, t))

    st.selectbox(
        t("Peers"), options, key=key, label_visibility="collapsed", format_func=label,
        on_change=edit(key, lambda filters, option: _pick_peers(filters, option, similar)),
    )  # fmt: skip
