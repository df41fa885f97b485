"""Choices of the page on conflicts that are no links: which measure, whom."""

from __future__ import annotations

import streamlit as st

from observatory.ui.context import Context, context
from observatory.ui.pick_frontier import with_own
from observatory.ui.state import write
from observatory.views import conflicts
from observatory.views.conflicts import Choice, Record
from observatory.views.labels import clean


def _set(key: str, name: str) -> None:
    chosen = st.session_state.get(key) or ""
    write(with_own(context().filters, {name: str(chosen), "page": "", "cell": ""}))


def pickers(ctx: Context, record: Record, c: Choice) -> None:
    """The measure and the economy or organisation, among those with a conflict."""
    t, data = ctx.t, record.data
    told = {clean(one.first["indicator_id"]) for one in conflicts.fits(record, c, but="measure")}
    measures = sorted(
        (told | {c.measure}) - {""},
        key=lambda key: data.indicators[key].short.casefold(),
    )
    st.session_state["pick-cf-measure"] = c.measure or None
    st.selectbox(
        t("Measure"), measures, key="pick-cf-measure", on_change=_set, args=("pick-cf-measure", "measure"),
        format_func=lambda key: data.indicators[key].short, placeholder=t("Any measure"),
    )  # fmt: skip
    entities = sorted(
        {key for one in conflicts.fits(record, c, but="entity") for key in one.entities} | ({c.entity} - {""}),
        key=lambda key: (key not in data.economies, record.namer.entity(key).casefold()),
    )
    st.session_state["pick-cf-entity"] = c.entity or None
    st.selectbox(
        t("About"), entities, key="pick-cf-entity", on_change=_set, args=("pick-cf-entity", "entity"),
        format_func=record.namer.entity, placeholder=t("Anyone or anywhere"),
    )  # fmt: skip
