"""Choices of the page on conflicts that are no links: which measure, whom."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own
from observatory.views.conflicts import page as conflicts
from observatory.views.conflicts.page import Choice
from observatory.views.conflicts.record import Record
from observatory.views.labels import clean


def _set(key: str, name: str) -> Callable[[], None]:
    return edit(key, lambda f, one: with_own(f, {name: str(one or ""), "page": "", "cell": ""}))


def pickers(ctx: Context, record: Record, c: Choice) -> None:
    """The measure and the economy or organisation, among those with a conflict."""
    t, data = ctx.t, record.data
    told = {clean(key) for key in conflicts.fits(record, c, but="measure")["indicator_id"].unique()}
    measures = sorted(
        (told | {c.measure}) - {""},
        key=lambda key: data.indicators[key].short.casefold(),
    )
    st.session_state["pick-cf-measure"] = c.measure or None
    st.selectbox(
        t("Measure"), measures, key="pick-cf-measure", on_change=_set("pick-cf-measure", "measure"),
        format_func=lambda key: data.indicators[key].short, placeholder=t("Any measure"),
    )  # fmt: skip
    entities = sorted(
        record.entities(conflicts.fits(record, c, but="entity")) | ({c.entity} - {""}),
        key=lambda key: (key not in data.economies, record.namer.entity(key).casefold()),
    )
    st.session_state["pick-cf-entity"] = c.entity or None
    st.selectbox(
        t("About"), entities, key="pick-cf-entity", on_change=_set("pick-cf-entity", "entity"),
        format_func=record.namer.entity, placeholder=t("Anyone or anywhere"),
    )  # fmt: skip
