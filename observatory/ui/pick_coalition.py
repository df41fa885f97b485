"""Choose the members of a coalition: ready-made ones as links, single economies as pills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from observatory.cards.markup import Safe, h
from observatory.ui import data
from observatory.ui.context import Context, context
from observatory.ui.state import write
from observatory.views.coalition import EVERYONE, GROUPS, group_label, parameter

KEY = "coalition.members"


def _on_change() -> None:
    chosen = [code for code in EVERYONE if code in (st.session_state.get(KEY) or ())]
    filters = context().filters
    kept = tuple(pair for pair in filters.extra if pair[0] != "members")
    if len(chosen) >= 2:
        write(replace(filters, extra=(*kept, ("members", parameter(chosen)))))


def pills(ctx: Context, members: tuple[str, ...]) -> None:
    """All economies as switches; a coalition has two members at least."""
    t = ctx.t
    names = data.economy_names(ctx)
    st.session_state[KEY] = list(members)
    st.pills(
        t("Members"), list(EVERYONE), key=KEY, selection_mode="multi", on_change=_on_change,
        format_func=lambda code: names.get(code, code), help=t("At least two."),
    )  # fmt: skip


def groups(ctx: Context, members: tuple[str, ...], href: Callable[..., str]) -> Safe:
    """Ready-made coalitions as links."""
    t = ctx.t
    chosen = parameter(members)
    return h(
        "nav",
        h("span", t("Start from"), cls="cap"),
        h("div", *(
            h("a", group_label(group, t), href=href(members=group), data_go=True, cls="on" if group == chosen else None,
              aria_current="true" if group == chosen else None)
            for group in GROUPS
        ), cls="seg"),
        cls="b-presets",
        aria_label=t("Ready-made coalitions"),
    )  # fmt: skip
