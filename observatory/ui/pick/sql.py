"""The SQL page's editor, choices and file. They only edit the URL; the page runs what stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from observatory.db.sandbox import MAX_SQL, Refusal, Result
from observatory.db.sandbox import run as run_query
from observatory.ui.context import Context, context
from observatory.ui.pick.controls import with_own
from observatory.ui.state import write
from observatory.views.sql import chart as sql_chart
from observatory.views.sql import choice as sql_choice
from observatory.views.sql import desk as sql_desk
from observatory.views.sql.choice import Choice

_TEXT = "sql.text"


def _go(choice: Choice) -> None:
    write(with_own(context().filters, sql_choice.write(choice)))


def editor(ctx: Context, choice: Choice) -> None:
    """The query, and the button that runs it."""
    t = ctx.t

    def on_run() -> None:
        # Columns of another query's result mean nothing to this one.
        _go(Choice(str(st.session_state.get(_TEXT) or ""), choice.open_only))

    st.session_state[_TEXT] = choice.sql
    with st.form("sql.form", border=False):
        st.text_area(
            t("Query"), key=_TEXT, height=264, max_chars=MAX_SQL, label_visibility="collapsed",
            placeholder="SELECT …",
        )  # fmt: skip
        st.form_submit_button(
            t("Run"), type="primary", icon=":material/play_arrow:", on_click=on_run
        )


def run(ctx: Context, choice: Choice) -> Result | Refusal:
    """The rows of the query in the URL."""
    return run_query(ctx.db, choice.sql, open_only=choice.open_only)


def rows(ctx: Context, choice: Choice) -> None:
    """Rows of all sources, or openly licensed ones."""
    t = ctx.t
    names = {"all": t("All rows"), "open": t("Openly licensed rows")}
    key = "sql.rows"

    def on_change() -> None:
        _go(replace(choice, open_only=st.session_state.get(key) == "open"))

    st.session_state[key] = "open" if choice.open_only else "all"
    st.segmented_control(
        t("Rows"), list(names), key=key, format_func=lambda one: names.get(one, one),
        on_change=on_change, label_visibility="collapsed",
    )  # fmt: skip


def download(ctx: Context, choice: Choice) -> None:
    """The result as a file."""
    t = ctx.t
    st.download_button(
        t("Download CSV"), lambda: sql_desk.csv_file(ctx.db, choice.sql, t, open_only=choice.open_only),
        f"query-{ctx.build_id[:12] or 'data'}.csv", "text/csv", icon=":material/download:",
        on_click="ignore", key="sql.file", type="tertiary",
    )  # fmt: skip


def chart(ctx: Context, choice: Choice, result: Result, shown: sql_chart.Plan | None) -> None:
    """What the quick chart shows."""
    t = ctx.t
    kinds = sql_chart.kinds(t)
    names = {index: column.name for index, column in enumerate(result.columns)}

    def change(key: str, edit: Callable[[object], Choice]) -> Callable[[], None]:
        def on_change() -> None:
            _go(edit(st.session_state.get(key)))

        return on_change

    def place(value: object) -> int:
        return int(value) + 1 if isinstance(value, int) else 0

    def name(index: int) -> str:
        return names.get(index, "")

    st.session_state["sql.kind"] = choice.chart
    st.selectbox(
        t("Chart"), list(kinds), key="sql.kind", format_func=lambda one: kinds.get(one, one),
        on_change=change("sql.kind", lambda one: replace(
            choice, chart=next((kind for kind in sql_choice.DRAWN if kind == one), "auto"))),
    )  # fmt: skip
    if shown is None:
        return
    fit = [index for index in sql_chart.splitting(result) if index != shown.x]
    st.session_state["sql.x"], st.session_state["sql.y"] = shown.x, shown.y
    st.selectbox(
        t("Across"), sql_chart.labelled(result), key="sql.x", format_func=name,
        on_change=change("sql.x", lambda one: replace(choice, x=place(one), y=shown.y + 1)),
    )  # fmt: skip
    st.selectbox(
        t("Values"), sql_chart.numeric(result), key="sql.y", format_func=name,
        on_change=change("sql.y", lambda one: replace(choice, x=shown.x + 1, y=place(one))),
    )  # fmt: skip
    if not fit:
        return
    st.session_state["sql.series"] = sql_choice.NO_SERIES if shown.series is None else shown.series
    st.selectbox(
        t("Series"), [sql_choice.NO_SERIES, *fit], key="sql.series",
        format_func=lambda one: t("none") if one == sql_choice.NO_SERIES else name(one),
        on_change=change("sql.series", lambda one: replace(
            choice, x=shown.x + 1, y=shown.y + 1,
            series=sql_choice.NO_SERIES if one == sql_choice.NO_SERIES else place(one))),
    )  # fmt: skip
