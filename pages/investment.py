"""Investment: what is pledged, committed and closed, private money as it is counted, every deal."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import investment as pick_investment
from observatory.views.investment import authorities as investment_authorities
from observatory.views.investment import bars as investment_bars
from observatory.views.investment import choice as investment_choice
from observatory.views.investment import counts as investment_counts
from observatory.views.investment import data as investment_data
from observatory.views.investment import deals as investment_deals
from observatory.views.investment import gaps as investment_gaps
from observatory.views.investment import ledger as investment_ledger

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
choice, notes = investment_choice.read(ctx.filters, "/investment", frozenset(data.economies))
money = on_file(ctx, "iv-money", lambda: investment_data.load(data))
ui.put(investment_choice.said(notes, ctx.href("investment"), t))

with st.container(key="iv-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    deck = piece(ctx, "iv-deck", lambda: investment_ledger.deck(money, members, t))
    found = piece(ctx, "iv-finding", lambda: investment_bars.finding(money, members, data))
    crumbs = [(t("Companies"), None), (t("Investment"), None)]
    ui.heading(found or t("Investment"), deck, crumbs=crumbs, finding=bool(found))
    with st.container(key="iv-pick", width="content"):
        pick_investment.economies(ctx)

draw(ctx, "iv-ledger", lambda: investment_ledger.ledger(data, money, members, choice), choice)
draw(ctx, "iv-by", lambda: investment_bars.by_economy(data, money, members, choice), choice)
draw(ctx, "iv-auth", lambda: investment_authorities.authorities(data, members))

if largest := piece(ctx, "iv-largest", lambda: investment_bars.largest(data, money, members)):
    ui.section(t("Largest on file"), anchor="largest")
    ui.show_row(largest)

ui.section(t("Private investment, as each source counts it"), anchor="private")
draw(ctx, "iv-private", lambda: investment_counts.card(data, members))
draw(ctx, "iv-defs", lambda: investment_counts.definitions(data, members))

ui.section(t("Every deal"), anchor="deals")
currency = ctx.filters.currency
draw(ctx, "iv-deals", lambda: investment_deals.card(data, money, members, choice, currency), choice)

gaps = piece(ctx, "iv-gaps", lambda: investment_gaps.gaps(data, money, members))
ui.note_block(t("What this page does not know"), gaps)
