"""Chips: accelerators compared, who matches a reference, best so far, supply chain, trade rules."""

import streamlit as st

from observatory import ui
from observatory.cards import states
from observatory.ui import pick_chips
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import (
    chips,
    chips_controls,
    chips_data,
    chips_head,
    chips_list,
    chips_supply,
    chips_trends,
)
from observatory.views import economy as eco

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
field = pick_chips.field(ctx)
chosen, bad = chips_data.read(dict(ctx.filters.extra), field)
today = eco.today_of(ctx.as_of, ctx.data_date)
crumbs = [(t("Technology"), None), (t("Chips"), None)]

ui.put(states.no_choices(bad, t))
ui.heading(t("Chips"), piece(ctx, "ch-deck", lambda: chips_head.deck(field, t)), crumbs=crumbs)
if chosen.id:
    draw(ctx, "ch-chip", lambda: chips_list.detail_card(data, field, chosen), chosen)
draw(ctx, "ch-answer", lambda: chips_head.lead(data, field, chosen), chosen)
with st.container(key="ch-pick", horizontal=True, gap="small"):
    pick_chips.pickers(ctx, field, chosen)
draw(ctx, "ch-facets", lambda: chips_head.facets(field, data, chosen), chosen)
with ui.columns([2.05, 1]) as (left, right):
    with left:
        draw(ctx, "ch-duel", lambda: chips.duel_card(data, field, chosen, today), chosen, today)
    with right:
        draw(ctx, "ch-scores", lambda: chips.scores_card(data, field, chosen), chosen)
draw(ctx, "ch-list", lambda: chips_list.list_card(data, field, chosen), chosen)

ui.section(t("Best so far, and what it takes in power"), anchor="frontier")
draw(ctx, "ch-frontier", lambda: chips_trends.frontier_card(data, field, chosen), chosen)
draw(ctx, "ch-watts", lambda: chips_trends.watt_cards(data, field), widths=(1, 1))

ui.section(t("Supply chain"), anchor="supply")
draw(ctx, "ch-steps", lambda: chips_supply.steps_card(data))
draw(ctx, "ch-suppliers", lambda: chips_supply.supplier_cards(data), widths=(1, 1, 1))
draw(ctx, "ch-market", lambda: chips_supply.market_cards(data), widths=(1, 1))

ui.section(t("Export controls and answers to them"), anchor="controls")
draw(ctx, "ch-controls", lambda: chips_controls.card(data, today), today)
