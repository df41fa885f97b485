"""Economy profile: one economy against its peers, and all that is on file of it."""

import streamlit as st

from observatory import ui
from observatory.ui import pickers
from observatory.ui.catalogue import catalogue, piece
from observatory.views import economy, economy_context, economy_gaps, economy_lists, economy_money
from observatory.views import economy_policy, economy_score, economy_standing, economy_trends, economy_words

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
code, chosen = ctx.filters.economy or "KOR", ctx.filters.economies
today = economy_standing.today_of(ctx.as_of, ctx.data_date)
name = economy.title(data, code)
place = piece(ctx, "eco-place", lambda: economy_standing.standing(data, code, chosen), code)

with st.container(key="eco-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="eco-title", width="stretch"):
        ui.heading(
            name.name, piece(ctx, "eco-deck", lambda: economy_words.deck(data, place), code),
            crumbs=[(t("Economies"), None), (t("Profile"), None)],
            native=name.native, native_lang=name.native_lang, colour=code,
        )  # fmt: skip
    with st.container(key="eco-pick", horizontal=True, width="content", gap="small"):
        pickers.economy(ctx, code)
        pickers.peers(ctx)

ui.put(piece(ctx, "eco-strip", lambda: economy_context.strip(data, code), code))

left, right = st.columns([1.94, 1], gap="large")
with left:
    ui.show(piece(ctx, "eco-score", lambda: economy_score.scorecard(data, place), code))
with right:
    ui.show(piece(ctx, "eco-policy", lambda: economy_policy.policy_card(data, code, today), code))

with st.container(key="eco-trends", horizontal=True, vertical_alignment="bottom"):
    ui.section(t("Trends"), anchor="trends")
    events = pickers.switch(ctx, "events", t("Events"))
ui.show_row(piece(
    ctx, "eco-trends",
    lambda: economy_trends.trends(data, code, place.members, ctx.theme, events=events), code, events,
))  # fmt: skip

left, right = st.columns([1.65, 1], gap="large")
with left:
    ui.show(piece(ctx, "eco-orgs", lambda: economy_lists.companies(data, code, today), code, today))
    ui.show(piece(ctx, "eco-models", lambda: economy_lists.models(data, code), code))
    ui.show(piece(ctx, "eco-deals", lambda: economy_money.deals(data, code, ctx.filters.currency), code))
with right:
    for make in (economy_lists.listings, economy_money.supercomputers, economy_money.clusters, economy_money.sources):
        ui.show(piece(ctx, f"eco-{make.__name__}", lambda make=make: make(data, code), code))

ui.note_block(
    t("What this page does not know"),
    piece(ctx, "eco-gaps", lambda: economy_gaps.gaps(data, place, today), code, today),
)
