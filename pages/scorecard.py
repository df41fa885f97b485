"""Scorecard: the reader's own weights, with intervals that say how sure each rank is."""

from dataclasses import astuple

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import controls as pickers
from observatory.ui.pick import scorecard as pick_scorecard
from observatory.views.scorecard import beside as scorecard_beside
from observatory.views.scorecard import change as scorecard_change
from observatory.views.scorecard import measures as scorecard_measures
from observatory.views.scorecard import page as score
from observatory.views.scorecard import parts as scorecard_parts
from observatory.views.scorecard import ways as scorecard_ways
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.choice import plan_of, read
from observatory.views.scorecard.data import economies_of, result, sheet
from observatory.views.scorecard.method import step_list

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
alone = ctx.regardless("economies", "currency")
crumbs = [(t("Economies"), None), (t("Scorecard"), None)]
plan = on_file(ctx, "score-plan", lambda: plan_of(ctx.db))
if plan is None:
    ui.heading(scorecard_words.title(data, None), scorecard_words.deck(data, None), crumbs=crumbs)
else:
    choice, bad = read(dict(ctx.filters.extra), plan)
    pick_scorecard.notes(ctx, bad)
    key, per = astuple(choice), choice.per_person
    # Of a group only its comparators change what is measured against.
    field = economies_of(members)
    values = piece(alone, "score-sheet", lambda: sheet(data, plan, field, per), field, per)
    found = piece(ctx, "score-result", lambda: result(values, plan, choice, members), key)
    title, deck = scorecard_words.title(data, found), scorecard_words.deck(data, found)

    with st.container(key="score-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        ui.heading(title, deck, crumbs=crumbs, finding=True)
        with st.container(key="score-pick", width="content"):
            pickers.peers(ctx)

    pick_scorecard.register(
        piece(ctx, "score-parts", lambda: scorecard_parts.cards(data, found), key)
    )
    left, right = st.columns([0.276, 1], gap="large")
    with left:
        pick_scorecard.side(ctx, data, plan, choice)
    with right:
        draw(ctx, "score-main", lambda: score.main(data, found), key)
    if found.ranked is not None:
        with ui.columns([1, 1]) as (left, right):
            with left:
                draw(ctx, "score-change", lambda: scorecard_change.change(data, found), key)
            with right:
                draw(ctx, "score-beside", lambda: scorecard_beside.beside(data, plan, found), key)
        # Tables of many ranks stand one under the other.
        many = len(found.ranked.rows) > 14
        with ui.columns([1] if many else [1, 1]) as places:
            with places[0]:
                draw(ctx, "score-ways", lambda: scorecard_ways.methods(data, found), key)
            with places[-1]:
                draw(ctx, "score-chances", lambda: scorecard_ways.chances(data, found), key)
    with ui.block():
        draw(ctx, "score-measures", lambda: scorecard_measures.measures(data, plan, found), key)
        ui.section(t("How the scorecard is made"), anchor="method")
        draw(alone, "score-steps", lambda: step_list(t))
        ui.note_block(
            t("What this page does not know"),
            piece(ctx, "score-gaps", lambda: scorecard_measures.gaps(data, found), key),
        )
