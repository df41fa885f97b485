"""SQL: one SELECT over the tables the pages are made of, in a process with limits."""

import streamlit as st

from observatory import ui
from observatory.cards.markup import h
from observatory.db import sandbox
from observatory.ui.catalogue import draw, piece
from observatory.ui.data import economy_names
from observatory.ui.pick import sql as pick_sql
from observatory.views.sql import chart as sql_chart
from observatory.views.sql import choice as sql_choice
from observatory.views.sql import desk as sql_desk
from observatory.views.sql import words as sql_words

ctx = ui.context()
t = ctx.t
choice, bad = sql_choice.read(dict(ctx.filters.extra))


def href(packed: str) -> str:
    return ctx.href("/sql", q=packed)


ui.heading(
    t("Ask the data in SQL"),
    t("One SELECT over the tables that the pages are made of. The address of this page holds the query:"
      " share it as it is."),
    crumbs=[(t("Evidence"), None), (t("SQL"), None)],
)  # fmt: skip
if not sandbox.allowed():
    ui.put(sql_desk.switched_off(t))
    st.stop()
ui.put(sql_desk.bad_choice(bad, t))
left, right = st.columns([2.1, 1], gap="large")
with left, st.container(key="sql-editor", gap=None):
    pick_sql.editor(ctx, choice)
    ui.put(
        h("p", sql_words.limits(t), " ", h("a", t("Open data"), href="/api/"), cls="small muted")
    )
with right:
    draw(ctx, "sql-examples", lambda: sql_desk.examples(choice, href, t), choice.sql)

found = pick_sql.run(ctx, choice)
if isinstance(found, sandbox.Refusal):
    ui.put(sql_desk.refused(found, t))
else:
    plan = sql_chart.plan(found, choice)
    with st.container(key="sql-head", horizontal=True, vertical_alignment="center"):
        ui.section(sql_desk.headline(found, t), anchor="result")
        pick_sql.rows(ctx, choice)
        pick_sql.download(ctx, choice)
    ui.put(piece(ctx, "sql-left", lambda: sql_desk.left_line(ctx.db, found, choice, t), choice))
    if len(found.rows) > 1 and sql_chart.numeric(found):
        with st.container(key="sql-chart", horizontal=True, vertical_alignment="bottom"):
            pick_sql.chart(ctx, choice, found, plan)
    if plan:
        with st.container(key="sql-draw"):
            draw(
                ctx,
                "sql-draw",
                lambda: sql_chart.card(ctx.build_id, found, choice, plan, t, economy_names(ctx)),
                choice,
            )
    draw(ctx, "sql-table", lambda: sql_desk.result_table(found, t), choice)
ui.section(t("Tables"), anchor="tables")
draw(ctx, "sql-schema", lambda: sql_desk.schema(ctx.db, href, t))
ui.note_block(t("What to know before you add up"), sql_words.gaps(t))
