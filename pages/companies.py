"""Directory: every organisation on file, by economy, layer, kind, and what is known of it."""

import streamlit as st

from observatory import ui
from observatory.ui import find
from observatory.ui.catalogue import draw, on_file, piece
from observatory.ui.pick import companies as pick_companies
from observatory.views.directory import page as directory
from observatory.views.directory import rows as directory_list

ctx = ui.context()
t, members = ctx.t, ctx.filters.economies
alone = ctx.regardless("economies", "currency")
day = ctx.as_of or ctx.data_date
choice, bad = directory.read(dict(ctx.filters.extra))
rows = on_file(ctx, "di-rows", lambda: directory.rows_of(ctx.db, ctx.as_of, day))
found = piece(alone, "di-found", lambda: directory.matches(find.finder(ctx.db), choice.q), choice.q)
field = piece(ctx, "di-field", lambda: directory.field(ctx.db, rows, found, members), found)

ui.put(directory_list.notes(bad, t))
crumbs = [(t("Companies"), None), (t("Directory"), None)]
ui.heading(t("Directory of organisations"), directory_list.deck(field, choice, t), crumbs=crumbs)
draw(ctx, "di-picture", lambda: directory_list.picture(field, choice, t), choice)
with st.container(key="di-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    ui.section(t("Organisations"), anchor="list")
    with st.container(key="di-pick", width=330):
        pick_companies.name(ctx, choice.q)
draw(ctx, "di-facets", lambda: directory_list.facets(field, choice, t), choice)
draw(ctx, "di-list", lambda: directory_list.listing(field, choice, t), choice)
