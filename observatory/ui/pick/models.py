"""Choices of the directory of models: a search box and the axis of the picture."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from observatory.cards.filters import Filters
from observatory.ui.context import Context
from observatory.ui.pick import controls as pickers
from observatory.ui.pick.controls import edit, with_own
from observatory.views.models import page as models


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
    pickers.search(
        "pick-mo-q", shown, ctx.t("Find a model"), ctx.t("Model or maker, in any script")
    )


def axis(ctx: Context, shown: str) -> None:
    """What the picture shows upwards."""
    t = ctx.t
    names = {"params": t("Parameters"), "compute": t("Compute"), "context": t("Context")}
    key = "pick-mo-y"

    def change(filters: Filters, chosen: object) -> Filters:
        return with_own(
            filters, {"y": chosen if isinstance(chosen, str) and chosen != "params" else ""}
        )

    st.session_state[key] = shown
    st.segmented_control(
        t("Axis"), list(names), key=key, format_func=lambda one: names.get(one, one),
        on_change=edit(key, change), label_visibility="collapsed",
    )  # fmt: skip
