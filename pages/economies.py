"""Overview of economies: one measure on the map, ranked, over time, and who has no figure."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.data import economy_names
from observatory.ui.pick import controls as pickers
from observatory.ui.pick import events as pick_events
from observatory.ui.pick import overview as pick
from observatory.views.economy import page as eco
from observatory.views.overview import page as over

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
alone = ctx.regardless("economies", "currency")
own, asked = ctx.filters.extra, ctx.filters.indicator
choice, problems = piece(
    alone, "over-choice", lambda: over.read_choice(data, ctx.filters.get, asked), own, asked
)
measure = choice.measure
found = piece(
    alone, "over-field", lambda: over.field(data, measure, choice.per), measure, choice.per
)
shown = piece(ctx, "over", lambda: over.picture(found, choice, members), choice)
gone = piece(ctx, "over-gone", lambda: over.missing(shown), choice)
ui.put(over.notes(problems, economy_names(ctx), t, "") if problems else None)

with st.container(key="over-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="over-title", width="stretch", gap=None):
        crumbs = [(t("Economies"), None), (t("Overview"), None)]
        deck = piece(ctx, "over-deck", lambda: over.deck(shown), choice)
        ui.heading(t("Economies at a glance"), deck, crumbs=crumbs)
        pick.per(ctx, choice.per, over.pers(data, measure), over.per_reason(data, measure))
    with st.container(key="over-pick", width=430, gap="small"):
        known = piece(alone, "over-measures", lambda: over.measures(data, measure), measure)
        pick.measure(ctx, measure, known.ids, known.texts)
        pickers.peers(ctx)

with st.container(key="over-main", gap=None):
    left, right = st.columns([1.27, 1], gap="large")
with left:
    pick.player(ctx, shown, choice)
    draw(ctx, "over-map", lambda: over.map_card(shown), choice)
if shown.section.n:
    with right:
        with st.container(key="over-side", horizontal=True, vertical_alignment="center"):
            pick.reference(ctx, choice.reference, over.NO_REFERENCE)
            pick.switch(ctx, "comparators", t("Comparators"), on=choice.comparators)
        draw(ctx, "over-ranks", lambda: over.ranks_card(shown), choice)
# Who has no figure stands where there is room.
with left if shown.section.n else right:
    draw(ctx, "over-cover", lambda: over.coverage_card(shown, gone), choice)

kinds: tuple[str, ...] = ()
with st.container(key="over-time", horizontal=True, vertical_alignment="bottom", gap="medium"):
    ui.section(t("Each economy over time"), anchor="time")
    some, offered, is_log = piece(
        ctx, "over-log",
        lambda: (over.has_course(shown), over.log_offered(shown), over.is_log(shown)), choice,
    )  # fmt: skip
    if some:
        kinds = pick_events.events(ctx)
    if offered:
        pick.switch(ctx, "log", t("Logarithmic scale"), on=is_log, default=None)
draw(ctx, "over-course", lambda: over.course_of(shown, kinds), over.steady(choice), kinds)

day = eco.today_of(ctx.as_of, ctx.data_date)
gaps = piece(ctx, "over-gaps", lambda: over.gaps(shown, gone, day), choice, day)
ui.note_block(t("What this page does not know"), gaps)
