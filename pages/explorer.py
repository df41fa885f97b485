"""Data explorer: any rows of any table, limited, sorted, searched, shown in pages and taken as files."""

import streamlit as st

from observatory import ui
from observatory.db import queries_explorer
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import explorer as pick
from observatory.views.explorer import page as explorer
from observatory.views.explorer import picture as explorer_picture
from observatory.views.explorer import starts as explorer_starts

ctx = ui.context()
t, data, as_of = ctx.t, catalogue(ctx), ctx.as_of
alone = ctx.regardless("economies", "currency")
c, bad = pick.choice(ctx)
rows = pick.selection(ctx, c)
counts = piece(alone, "ex-counts", lambda: queries_explorer.counts(ctx.db, as_of))
found = piece(ctx, "ex-found", lambda: explorer.find(ctx.db, c, rows, as_of), c, rows)

ui.put(explorer.notes(bad, t))
ui.heading(
    t("Data explorer"),
    explorer.deck(counts, t),
    crumbs=[(t("Evidence"), None), (t("Data explorer"), None)],
)
draw(alone, "ex-presets", lambda: explorer_starts.presets(t))
draw(ctx, "ex-tables", lambda: explorer.tables(counts, c, t), c)
if c.table == "observations":
    with st.container(key="ex-what", horizontal=True, gap="medium"):
        pick.what(ctx, c)
with st.container(key="ex-forms", horizontal=True, vertical_alignment="center", gap="medium"):
    with st.container(key="ex-find", width=300):
        pick.search(ctx, c)
    pick.limits(ctx, c, rows)
    pick.columns(ctx, c)
    pick.everywhere(ctx, c)
ui.put(explorer.active(c, data))
with st.container(key="ex-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="ex-count", width="stretch"):
        ui.put(ui.h("h2", explorer.headline(found, t), id="rows"), explorer.account(found, t))
    with st.container(key="ex-take", horizontal=True, gap="small", width="content"):
        pick.files(ctx, c, found)
        pick.cite(ctx, c)
with st.container(key="ex-shape", horizontal=True, gap="medium"):
    pick.forms(ctx, c)
if c.picture:
    draw(
        ctx,
        "ex-picture",
        lambda: explorer_picture.card(ctx.db, data, c, rows, found.n, as_of),
        c,
        rows,
    )
else:
    draw(ctx, "ex-list", lambda: explorer.listing(found, data), c, rows)
