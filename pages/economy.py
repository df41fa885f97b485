"""Economy profile: one economy against its peers, and all that is on file of it."""

import streamlit as st

from observatory import ui
from observatory.ui import pickers
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import economy as eco

ctx = ui.context()
t, data, code, money = ctx.t, catalogue(ctx), ctx.filters.economy or "KOR", ctx.filters.currency
today = eco.today_of(ctx.as_of, ctx.data_date)
members = eco.members_of(code, ctx.filters.economies)
field = piece(ctx, "eco-field", lambda: eco.field_of(data, members), members)
place = piece(ctx, "eco-place", lambda: eco.standing(data, code, field), code)
name, crumbs = eco.title(data, code), [(t("Economies"), None), (t("Profile"), None)]

with st.container(key="eco-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="eco-title", width="stretch"):
        deck, own = eco.deck(data, place), {"native": name.native, "native_lang": name.native_lang}
        ui.heading(name.name, deck, crumbs=crumbs, colour=code, **own)
    with st.container(key="eco-pick", horizontal=True, width="content", gap="small"):
        pickers.economy(ctx, code)
        pickers.peers(ctx)

draw(ctx, "eco-strip", lambda: eco.strip(data, code), code)
ui.put(ui.h("h2", t("Among its peers"), cls="sr"))
left, right = st.columns([1.94, 1], gap="large")
with left:
    draw(ctx, "eco-score", lambda: eco.scorecard(data, place), code)
with right:
    draw(ctx, "eco-policy", lambda: eco.policy_card(data, code, today), code)

with st.container(key="eco-trends", horizontal=True, vertical_alignment="bottom"):
    ui.section(t("Trends"), anchor="trends")
    on = pickers.switch(ctx, "events", t("Events"))
with st.container(key="eco-charts", gap=None):
    given = (data, code, members, ctx.theme)
    draw(ctx, "eco-trends", lambda: eco.trends(*given, events=on), code, on)

left, right = st.columns([1.55, 1], gap="large")
with left:
    draw(ctx, "eco-orgs", lambda: eco.companies(data, code, today), code, today)
    draw(ctx, "eco-models", lambda: eco.models(data, code), code)
    draw(ctx, "eco-deals", lambda: eco.deals(data, code, money), code)
with right:
    listings = piece(ctx, "eco-listings", lambda: eco.listings(data, code), code)
    systems = piece(ctx, "eco-systems", lambda: eco.supercomputers(data, code), code)
    ui.show(listings)
    ui.show(systems)
    draw(ctx, "eco-clusters", lambda: eco.clusters(data, code), code)
# The sources stand on the shorter side.
with right if listings.empty or systems.empty else left:
    draw(ctx, "eco-sources", lambda: eco.sources(data, code), code)

gaps = piece(ctx, "eco-gaps", lambda: eco.gaps(data, place, today), code, today)
ui.note_block(t("What this page does not know"), gaps)
