"""Economy profile: one economy against its peers, and all that is on file of it."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import controls as pickers
from observatory.ui.pick import events as pick_events
from observatory.views.economy import claims as economy_claims
from observatory.views.economy import page as eco
from observatory.views.markers import KINDS

ctx = ui.context()
t, data, code, money = ctx.t, catalogue(ctx), ctx.filters.economy or "KOR", ctx.filters.currency
# What rests on the economy alone is shared by all groups of peers.
alone, paid = ctx.regardless("economies", "currency"), ctx.regardless("economies")
ranked = ctx.regardless("currency")
today = eco.today_of(ctx.as_of, ctx.data_date)
members = eco.members_of(code, ctx.filters.economies)
field = piece(ranked, "eco-field", lambda: eco.field_of(data, members), members)
place = piece(ranked, "eco-place", lambda: eco.standing(data, code, field), code)
name, crumbs = eco.title(data, code), [(t("Economies"), None), (t("Profile"), None)]

with st.container(key="eco-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    deck, own = eco.deck(data, place), {"native": name.native, "native_lang": name.native_lang}
    ui.heading(name.name, deck, crumbs=crumbs, colour=code, **own)
    with st.container(key="eco-pick", horizontal=True, width="content", gap="small"):
        pickers.economy(ctx, code)
        pickers.peers(ctx, piece(alone, "eco-alike", lambda: eco.group(data, code), code))

with ui.block():
    draw(ranked, "eco-strip", lambda: eco.strip(data, code, place), code)
    draw(alone, "eco-like", lambda: eco.alike_note(data, code), code)
    ui.put(ui.h("h2", t("Among its peers"), cls="sr"))
with ui.columns([2.1, 1]) as (left, right):
    with left:
        draw(ranked, "eco-score", lambda: eco.scorecard(data, place), code)
        draw(alone, "eco-claims", lambda: economy_claims.card(data, code), code)
    with right:
        draw(ranked, "eco-stand", lambda: eco.strengths(data, place, field), code)
        draw(alone, "eco-policy", lambda: eco.policy_card(data, code, today), code, today)

with st.container(key="eco-trends", horizontal=True, vertical_alignment="bottom"):
    ui.section(t("Trends"), anchor="trends")
    kinds = pick_events.events(ctx, KINDS)
with st.container(key="eco-charts", gap=None):
    draw(
        ranked, "eco-trends", lambda: eco.trends(data, code, members, ctx.theme, kinds), code, kinds
    )

# Cards in pairs of about one height, so that no column ends long before its neighbour.
ROWS = (
    (
        "orgs",
        lambda: eco.companies(data, code, today),
        "listings",
        lambda: eco.listings(data, code),
    ),
    (
        "deals",
        lambda: eco.deals(data, code, money),
        "systems",
        lambda: eco.supercomputers(data, code),
    ),
    ("boards", lambda: eco.boards(data, code), "language", lambda: eco.language(data, code)),
    ("models", lambda: eco.models(data, code), "clusters", lambda: eco.clusters(data, code)),
)
HEADS = {"orgs": t("Organisations, money, machines"), "boards": t("Models and language")}
for one, make_one, two, make_two in ROWS:
    with ui.block():
        if head := HEADS.get(one):
            ui.section(head, anchor=one)
        with ui.columns([1.55, 1]) as (left, right):
            with left:
                draw(paid if one == "deals" else alone, f"eco-{one}", make_one, code, today)
            with right:
                draw(alone, f"eco-{two}", make_two, code, today)

with ui.block():
    draw(alone, "eco-sources", lambda: eco.sources(data, code), code)
    gaps = piece(ranked, "eco-gaps", lambda: eco.gaps(data, place, today), code, today)
    ui.note_block(t("What this page does not know"), gaps)
