"""Choose the members of a coalition: ready-made ones as links, single economies as pills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from observatory.cards.filters import Filters
from observatory.cards.markup import Safe, h
from observatory.ui import data
from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own
from observatory.views.coalition.page import EVERYONE, GROUPS, group_label, parameter

KEY = "coalition.members"


def _with_members(filters: Filters, ticked: Any) -> Filters:
    chosen = [code for code in EVERYONE if code in (ticked or ())]
    return with_own(filters, {"members": parameter(chosen)}) if len(chosen) >= 2 else filters


def pills(ctx: Context, members: tuple[str, ...]) -> None:
    """All economies as switches; a coalition has two members at least."""
    t = ctx.t
    names = data.economy_names(ctx)
    st.session_state[KEY] = list(members)
    st.pills(
        t("Members"), list(EVERYONE), key=KEY, selection_mode="multi", on_change=edit(KEY, _with_members),
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
