"""Compare: two to six economies side by side in every headline measure."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.data import economy_names
from observatory.ui.pick import compare as pick
from observatory.ui.pick import events as pick_events
from observatory.views.compare import page as cmp
from observatory.views.compare.over_time import option_label, options
from observatory.views.economy.peers import nearest

ctx = ui.context()
t, data, group = ctx.t, catalogue(ctx), ctx.filters.economies


def alike(code: str) -> tuple[str, ...]:
    return piece(ctx, "alike", lambda: nearest(data, code), code)


choice, problems = cmp.read(dict(ctx.filters.extra), group, data.headline_ids, alike)
codes, per, ranked = choice.economies, choice.per, cmp.members_of(group)
found = piece(ctx, "cmp", lambda: cmp.compare(data, codes, ranked, per), codes, per)
key = (codes, per)
ui.put(cmp.notes(problems, economy_names(ctx) if problems else {}, t))

with st.container(key="cmp-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    crumbs = [(t("Economies"), None), (t("Compare"), None)]
    deck = piece(ctx, "cmp-deck", lambda: cmp.deck(data, found), *key)
    ui.heading(cmp.title(data, found), deck, crumbs=crumbs)
    with st.container(key="cmp-pick", width="content", gap="small"):
        pick.proposals(ctx, codes, alike(codes[0]))
with st.container(key="cmp-bar", horizontal=True, vertical_alignment="center", gap="small"):
    pick.economies(ctx, codes)
    pick.per(ctx, per)

with ui.columns([1.55, 1]) as (left, right):
    with left:
        draw(ctx, "cmp-pillars", lambda: cmp.pillars_card(data, found), *key)
    with right:
        draw(ctx, "cmp-words", lambda: cmp.words_card(data, found), *key)

cards = piece(ctx, "cmp-dots", lambda: cmp.pillar_cards(data, found), *key)
with ui.block():
    ui.section(t("Measure by measure"), anchor="measures")
    ui.show_row(cards[:2], [1, 1][: len(cards[:2])])
if len(cards) > 2:
    with st.container(key="cmp-fold", gap=None):
        # On a phone the others stand behind this line, which is not shown elsewhere.
        ui.put(cmp.more(cards[2:], t))
        with st.container(key="cmp-rest"), ui.block():
            for pair in range(2, len(cards), 2):
                ui.show_row(cards[pair : pair + 2], [1, 1][: len(cards[pair : pair + 2])])

with st.container(key="cmp-time", horizontal=True, vertical_alignment="center", gap="small"):
    ui.section(t("Over time"), anchor="time")
    shown = choice.measure or piece(ctx, "cmp-first", lambda: cmp.default_measure(found), *key)
    pick.measure(ctx, shown, options(data), lambda option: option_label(data, option))
    pick.index(ctx, choice.index, (ctx.data_date.year if ctx.data_date else 2026))
    pick.log(ctx, choice.log)
kinds = pick_events.events(ctx)
given = (choice, kinds)
with ui.block():
    draw(ctx, "cmp-line", lambda: cmp.line_card(data, found, choice, ctx.theme, kinds), *given)
    draw(ctx, "cmp-panels", lambda: cmp.panels_card(data, found, choice), choice)
    draw(ctx, "cmp-leads", lambda: cmp.leads_card(data, found, choice), choice)

with ui.block():
    ui.section(t("All values, shaded by rank"), anchor="ranks")
    draw(ctx, "cmp-ranks", lambda: cmp.table_card(data, found), *key)
    gaps = piece(ctx, "cmp-gaps", lambda: cmp.gaps(data, found), *key)
    ui.note_block(t("What this page does not know"), gaps)
