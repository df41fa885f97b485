"""Money flows: who pays whom by economy, with the unknown drawn, and the investors by name."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import investment as pick_investment
from observatory.views.investment import choice as investment_choice
from observatory.views.investment import data as investment_data
from observatory.views.investment import flows as investment_flows
from observatory.views.investment import gaps as investment_gaps
from observatory.views.investment import investors as investment_investors
from observatory.views.investment import twin as investment_twin
from observatory.views.models import pairs

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
choice, notes = investment_choice.read(ctx.filters, "/flows", frozenset(data.economies))
money = on_file(ctx, "iv-money", lambda: investment_data.load(data))
ui.put(investment_choice.said(notes, ctx.href("flows"), t))

with st.container(key="iv-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    deck = piece(ctx, "fl-deck", lambda: investment_flows.deck(money, members, choice, t), choice)
    found = piece(
        ctx, "fl-finding", lambda: investment_flows.finding(money, members, choice, t), choice
    )
    crumbs = [(t("Companies"), None), (t("Money flows"), None)]
    ui.heading(found or t("Money flows"), deck, crumbs=crumbs, finding=bool(found))
    with st.container(key="iv-pick", width="content"):
        pick_investment.economies(ctx)

given = (data, money, members, choice)
draw(ctx, "fl-picks", lambda: investment_flows.pickers(money, members, choice, t), choice)
draw(ctx, "fl-picture", lambda: investment_flows.picture(*given), choice)
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
