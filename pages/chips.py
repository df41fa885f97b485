"""Chips: accelerators compared, who matches a reference, best so far, supply chain, trade rules."""

import streamlit as st

from observatory import ui
from observatory.cards import states
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import chips as pick_chips
from observatory.views.chips import controls as chips_controls
from observatory.views.chips import data as chips_data
from observatory.views.chips import head as chips_head
from observatory.views.chips import page as chips
from observatory.views.chips import rows as chips_list
from observatory.views.chips import supply as chips_supply
from observatory.views.chips import trends as chips_trends
from observatory.views.economy import page as eco

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
field = pick_chips.field(ctx)
chosen, bad = chips_data.read(dict(ctx.filters.extra), field)
today = eco.today_of(ctx.as_of, ctx.data_date)
crumbs = [(t("Technology"), None), (t("Chips"), None)]

ui.put(states.no_choices(bad, t))
found = piece(alone, "ch-finding", lambda: chips_head.finding(field, data, chosen), chosen)
deck = piece(alone, "ch-deck", lambda: chips_head.deck(field, t))
ui.heading(found or t("Chips"), deck, crumbs=crumbs, finding=bool(found))
if chosen.id:
    draw(alone, "ch-chip", lambda: chips_list.detail_card(data, field, chosen), chosen)
draw(alone, "ch-answer", lambda: chips_head.lead(data, field, chosen), chosen)
with st.container(key="ch-pick", horizontal=True, gap="small"):
    pick_chips.pickers(ctx, field, chosen)
draw(alone, "ch-facets", lambda: chips_head.facets(field, data, chosen), chosen)
with ui.columns([1.7, 1]) as (left, right):
    with left:
        draw(alone, "ch-duel", lambda: chips.duel_card(data, field, chosen, today), chosen, today)
    with right:
        draw(alone, "ch-scores", lambda: chips.scores_card(data, field, chosen), chosen)
draw(alone, "ch-list", lambda: chips_list.list_card(data, field, chosen), chosen)

ui.section(t("Best so far, and what it takes in power"), anchor="frontier")
draw(alone, "ch-frontier", lambda: chips_trends.frontier_card(data, field, chosen), chosen)
draw(alone, "ch-watts", lambda: chips_trends.watt_cards(data, field), widths=(1, 1))

ui.section(t("Supply chain"), anchor="supply")
draw(alone, "ch-steps", lambda: chips_supply.steps_card(data))
draw(alone, "ch-suppliers", lambda: chips_supply.supplier_cards(data), widths=(1, 1, 1))
draw(alone, "ch-market", lambda: chips_supply.market_cards(data), widths=(1, 1))

ui.section(t("Export controls and answers to them"), anchor="controls")
draw(alone, "ch-controls", lambda: chips_controls.card(data, today), today)
