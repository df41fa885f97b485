"""Money flows: who pays whom by economy, with the unknown drawn, and the investors by name."""

import streamlit as st

from observatory import ui
from observatory.ui import pick_investment
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import (
    investment_choice,
    investment_data,
    investment_flows,
    investment_gaps,
    investment_investors,
    investment_twin,
    pairs,
)

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
choice, notes = investment_choice.read(ctx.filters, "/flows", frozenset(data.economies))
money = piece(ctx, "iv-money", lambda: investment_data.load(data))
ui.put(investment_choice.said(notes, ctx.href("flows"), t))

with st.container(key="iv-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="iv-title", width="stretch"):
        deck = piece(
            ctx, "fl-deck", lambda: investment_flows.deck(money, members, choice, t), choice
        )
        ui.heading(
            t("Money flows"), deck, crumbs=[(t("Companies"), None), (t("Money flows"), None)]
        )
    with st.container(key="iv-pick", width="content"):
        pick_investment.economies(ctx)

given = (data, money, members, choice)
draw(ctx, "fl-picks", lambda: investment_flows.pickers(money, members, choice, t), choice)
draw(ctx, "fl-picture", lambda: investment_flows.picture(*given, ctx.theme), choice)
with ui.columns([1, 1]) as (left, right):
    with left:
        draw(ctx, "fl-table", lambda: investment_twin.table_twin(*given), choice)
    with right:
        draw(ctx, "fl-balance", lambda: investment_twin.balance(*given), choice)
if choice.flow:
    ui.put(ui.h("div", id="flow-deals"))
    currency = ctx.filters.currency
    draw(ctx, "fl-deals", lambda: investment_twin.flow_deals(*given, currency), choice)

ui.section(t("Investors"), anchor="investors")
draw(ctx, "fl-investors", lambda: investment_investors.card(*given), choice)

ui.section(t("Developers"), anchor="developers")
draw(ctx, "fl-pairs", lambda: pairs.card(data, members))

gaps = piece(ctx, "fl-gaps", lambda: investment_gaps.parties(data, money, members))
ui.note_block(t("What this page does not know"), gaps)
