"""Choices of the directory of models: a search box and the axis of the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context, context
from observatory.ui.pick_frontier import with_own
from observatory.ui.state import write
from observatory.views import models
from observatory.views.search import plain_query


@st.cache_resource(max_entries=6, show_spinner=False)
def _rows(build_id: str, as_of: date | None, _db: Any) -> list[dict[str, Any]]:
    return models.rows_of(_db, as_of)


def rows(ctx: Context) -> list[dict[str, Any]]:
    """Every model, as known on the reader's day; one list for all languages."""
    return _rows(ctx.build_id, ctx.as_of, ctx.db)


def group(filters: Filters) -> tuple[str, ...] | None:
    """The economies looked at; None where none was chosen: then every model is listed."""
    return None if filters.preset == "all13" else filters.economies


def search(ctx: Context, shown: str) -> None:
    """Find a model by any of its names or its maker's."""
    key = "pick-mo-q"

    def on_change() -> None:
        text = plain_query(str(st.session_state.get(key) or ""))
        write(replace(with_own(context().filters, {"q": text, "page": ""})))

    st.session_state[key] = shown
    st.text_input(
        ctx.t("Find a model"), key=key, on_change=on_change, max_chars=100, icon=":material/search:",
        placeholder=ctx.t("Model or maker, in any script"), label_visibility="collapsed",
    )  # fmt: skip


def axis(ctx: Context, shown: str) -> None:
    """What the picture shows upwards."""
    t = ctx.t
    names = {"params": t("Parameters"), "compute": t("Compute"), "context": t("Context")}
    key = "pick-mo-y"

    def on_change() -> None:
        chosen = st.session_state.get(key)
        value = chosen if isinstance(chosen, str) and chosen != "params" else ""
        write(with_own(context().filters, {"y": value}))

    st.session_state[key] = shown
    st.segmented_control(
        t("Axis"), list(names), key=key, format_func=lambda one: names.get(one, one),
        on_change=on_change, label_visibility="collapsed",
    )  # fmt: skip
