"""Frontier gap: best model so far by economy, and how far behind in points and in months."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import frontier as pick_frontier
from observatory.views.frontier import charts as frontier_charts
from observatory.views.frontier import lag as frontier_lag
from observatory.views.frontier import matrix as frontier_matrix
from observatory.views.frontier import page as frontier
from observatory.views.frontier import tables as frontier_tables

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
alone = ctx.regardless("economies", "currency")
boards = pick_frontier.boards(ctx)
asked, bad = frontier.ask(boards, ctx.filters.economy, dict(ctx.filters.extra))
crumbs = [(t("Technology"), None), (t("Frontier gap"), None)]
given = (data, boards, asked)
names = piece(alone, "fr-names", lambda: frontier.board_names(boards, t))

ui.put(frontier.notes(bad, t))
title = piece(alone, "fr-title", lambda: frontier.title(*given), asked)
deck = piece(alone, "fr-deck", lambda: frontier.deck(*given), asked)
ui.heading(title, deck, crumbs=crumbs, finding=True)
with st.container(key="fr-pick", horizontal=True, gap="small"):
    pick_frontier.pickers(ctx, boards, asked.economy, asked.other, asked.board, names)

with ui.columns([2.05, 1]) as (left, right):
    with left:
        draw(ctx, "fr-chart", lambda: frontier_charts.chart_card(*given, members), asked)
        draw(ctx, "fr-lag", lambda: frontier_lag.lag_card(*given, members), asked)
    with right:
        draw(ctx, "fr-today", lambda: frontier_tables.today_card(*given, members), asked)
        draw(alone, "fr-breaks", lambda: frontier_tables.breaks_panel(*given), asked)
ui.section(t("Do other boards agree?"), anchor="boards")
draw(alone, "fr-boards", lambda: frontier_tables.boards_card(*given), asked)
ui.section(t("Every economy"), anchor="economies")
draw(ctx, "fr-matrix", lambda: frontier_matrix.matrix_card(data, boards, members))
ui.note_block(t("What this page does not know"), frontier.gaps(boards, t))
