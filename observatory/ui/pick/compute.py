"""Choices of the compute page: its view, the measure and the list; they only edit the URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from observatory.ui.context import Context, context
from observatory.ui.pick.controls import choose, with_own
from observatory.ui.state import write
from observatory.views.compute import data as compute_data
from observatory.views.compute.data import MEASURES, VIEWS, Choice, Machines


@st.cache_resource(max_entries=6, show_spinner=False)
def _machines(build_id: str, as_of: date | None, _db: Any) -> Machines:
    return compute_data.load(_db, as_of)


def machines(ctx: Context) -> Machines:
    """Systems and clusters, as known on the reader's day; the same for all languages."""
    return _machines(ctx.build_id, ctx.as_of, ctx.db)


def _switch(
    ctx: Context, key: str, label: str, options: Sequence[str], names: Mapping[str, str], shown: str,
    changes: Callable[[str], Mapping[str, str]],
) -> None:  # fmt: skip
    def on_change() -> None:
        chosen = st.session_state.get(key)
        value = chosen if isinstance(chosen, str) else options[0]
        write(with_own(context().filters, changes("" if value == options[0] else value)))

    st.session_state[key] = shown
    st.segmented_control(
        label, list(options), key=key, format_func=lambda one: names.get(one, one), on_change=on_change,
        label_visibility="collapsed",
    )  # fmt: skip


def view(ctx: Context, shown: Choice) -> None:
    """Which part of the page is looked at."""
    names = {one: compute_data.view_name(one, ctx.t) for one in VIEWS}
    _switch(ctx, "pick-cp-view", ctx.t("View"), VIEWS, names, shown.view,
            lambda v: {"view": v, "from": "", "state": "", "list": "", "measure": ""})  # fmt: skip


def measure(ctx: Context, shown: Choice) -> None:
    """What is counted on the TOP500."""
    names = {one: compute_data.measure_name(one, ctx.t) for one in MEASURES}
    _switch(ctx, "pick-cp-measure", ctx.t("Measure"), tuple(MEASURES), names, shown.measure,
            lambda v: {"measure": v})  # fmt: skip


def edition(ctx: Context, found: Machines, shown: Choice) -> None:
    """Which list the systems are of."""
    newest = found.editions[0] if found.editions else ""
    choose(ctx, "pick-cp-list", ctx.t("List of"), found.editions,
           {one: ctx.t.period(one) for one in found.editions}, shown.edition,
           lambda f, v: with_own(f, {"list": "" if v == newest else v}))  # fmt: skip
