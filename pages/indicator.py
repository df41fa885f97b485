"""One measure: lines, bars, map and table, definition, sources, conflicts, coverage; or all measures."""

from datetime import date
from functools import partial

import streamlit as st

from observatory import ui
from observatory.cards.states import bad_link
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import events as pick_events
from observatory.ui.pick import indicator as pick_indicator
from observatory.views.indicator import page as ind

ctx = ui.context()
t, data, chosen, members = ctx.t, catalogue(ctx), ctx.filters.indicator, ctx.filters.economies
alone = ctx.regardless("economies", "currency")
crumbs = [(t("Economies"), None), (t("Measures"), ctx.href("indicator") if chosen else None)]

if chosen is None:
    ui.heading(t("All measures"), ind.intro(data), crumbs=crumbs)
    query = pick_indicator.search(ctx)
    draw(ctx, "ind-all", lambda: ind.directory(data, query), query)
else:
    given = pick_indicator.given(ctx.filters)
    key = (chosen, tuple(sorted(pair for pair in given.items() if pair[0] != "events")))
    make = partial(ind.opened, data, chosen, given, members)
    subject, notes = piece(ctx, "ind", make, *key)
    ui.put(*(bad_link(note, t, {}, ctx.href("indicator", indicator=chosen)) for note in notes))
    with st.container(key="in-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
        deck = piece(ctx, "ind-deck", lambda: ind.page_deck(subject), *key)
        ui.heading(subject.item.name, deck, crumbs=crumbs)
        with st.container(key="in-pick", width=300):
            pick_indicator.measure(
                ctx, *piece(alone, "ind-names", lambda: ind.choices(data)), chosen
            )
    with st.container(key="in-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        pick_indicator.view(ctx, subject)
        pick_indicator.options(ctx, subject)
    with st.container(key="in-main", gap=None):
        kinds = pick_events.events(ctx) if subject.choice.view == "line" else ()
        draw(ctx, "ind-main", lambda: ind.main_card(subject, kinds), *key, kinds)
    draw(ctx, "ind-about", lambda: ind.about_card(subject), *key)
    with ui.columns([1.55, 1]) as (left, right):
        with left:
            draw(ctx, "ind-cover", lambda: ind.coverage_card(subject), *key)
            draw(ctx, "ind-conflicts", lambda: ind.conflicts_card(subject), *key)
            draw(ctx, "ind-sources", lambda: ind.sources_card(subject), *key)
        with right:
            draw(ctx, "ind-near", lambda: ind.near_card(subject), *key)
            day, at = date.today(), pick_indicator.address(ctx)
            draw(
                ctx,
                "ind-cite",
                lambda: ind.cite_card(subject, at, ctx.data_date, day),
                *key,
                at,
                day,
            )
            draw(ctx, "ind-areas", lambda: ind.others_card(subject), *key)
    draw(ctx, "ind-same", lambda: ind.same_card(subject), *key)
    unknown = piece(ctx, "ind-gaps", lambda: ind.gaps(subject), *key)
    ui.note_block(t("What this page does not know"), unknown)
