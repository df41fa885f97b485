"""Choices of the page on changes: days or builds, which ones, how they are grouped."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from observatory.db.connect import builds_folder
from observatory.db.pointer import Build, read_pointer
from observatory.ui import data
from observatory.ui.catalogue import catalogue
from observatory.ui.context import Context, context
from observatory.ui.pick.controls import with_own
from observatory.ui.state import write
from observatory.views.changes import data as changes_data
from observatory.views.changes.data import Choice, News


def kept() -> list[Build]:
    """Builds that are kept, newest first; empty where the list cannot be read."""
    try:
        return list(read_pointer(builds_folder()).builds)
    except ValueError:
        return []


@st.cache_resource(max_entries=8, show_spinner=False)
def _days(build_id: str, lang: str, since: date, until: date, _ctx: Context) -> News:
    db = _ctx.db
    return changes_data.between(catalogue(_ctx), (db, since), (db, until))


@st.cache_resource(max_entries=4, show_spinner=False)
def _builds(old: str, new: str, lang: str, as_of: date | None, _ctx: Context, _dbs: Any) -> News:
    one, two = _dbs
    return changes_data.between(catalogue(_ctx), (one, as_of), (two, as_of))


def news(ctx: Context, c: Choice) -> News | None:
    """What changed; None where one of the builds cannot be opened any more."""
    if c.view == "days":
        return _days(ctx.build_id, ctx.lang, c.since, c.until, ctx)
    opened = [data.open_build(key) for key in (c.old, c.new)]
    if any(
        one is None or one.build_id != key for one, key in zip(opened, (c.old, c.new), strict=True)
    ):
        return None
    return _builds(c.old, c.new, ctx.lang, ctx.as_of, ctx, tuple(one.db for one in opened if one))


def _set(key: str, name: str, plain: str) -> None:
    chosen = st.session_state.get(key)
    value = chosen.isoformat() if isinstance(chosen, date) else str(chosen or "")
    write(
        with_own(context().filters, {name: "" if value == plain else value, "page": "", "of": ""})
    )


def view(ctx: Context, c: Choice) -> None:
    """Two days of knowledge, or two builds of the data."""
    names = {"days": ctx.t("Between two days"), "builds": ctx.t("Between two builds")}
    key = "pick-ch-view"
    st.session_state[key] = c.view
    st.segmented_control(
        ctx.t("What is compared"), changes_data.VIEWS, key=key, format_func=lambda one: names[one], on_change=_set,
        args=(key, "view", "days"), label_visibility="collapsed",
    )  # fmt: skip


def states(ctx: Context, c: Choice, builds: list[Build]) -> None:
    """The two days, or the two builds."""
    t = ctx.t
    if c.view == "days":
        for name, label, day, plain in (
            ("since", t("Known on"), c.since, c.default_since),
            ("until", t("and on"), c.until, c.default_until),
        ):
            key = f"pick-ch-{name}"
            st.session_state[key] = day
            st.date_input(label, key=key, min_value=min(date(2015, 1, 1), day), max_value=c.default_until,
                          format="YYYY-MM-DD", width=150, on_change=_set,
                          args=(key, name, plain.isoformat()))  # fmt: skip
        return
    said = {
        one.build_id: f"{t.date(one.built_at[:10])}, {one.built_at[11:16]} · {one.build_id[:6]}"
        for one in builds
    }
    for name, label, value in (("from", t("Build"), c.old), ("to", t("and build"), c.new)):
        key = f"pick-ch-{name}"
        st.session_state[key] = value or None
        st.selectbox(label, list(said), key=key, format_func=lambda one: said.get(one, one), on_change=_set,
                     width=260, args=(key, name, ""))  # fmt: skip


def by(ctx: Context, c: Choice) -> None:
    """How the changes are grouped."""
    t = ctx.t
    names = {
        "economy": t("By economy"),
        "company": t("By company or body"),
        "measure": t("By measure"),
    }
    key = "pick-ch-by"
    st.session_state[key] = c.by
    st.segmented_control(
        t("Groups"), changes_data.BY, key=key, format_func=lambda one: names[one], on_change=_set,
        args=(key, "by", "economy"), label_visibility="collapsed",
    )  # fmt: skip
