"""Scorecard: the reader's own weights, with intervals that say how sure each rank is."""

from dataclasses import astuple

import streamlit as st

from observatory import ui
from observatory.ui import pick_scorecard, pickers
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import scorecard as score
from observatory.views import (
    scorecard_beside,
    scorecard_change,
    scorecard_measures,
    scorecard_parts,
    scorecard_ways,
    scorecard_words,
)
from observatory.views.scorecard_choice import plan_of, read
from observatory.views.scorecard_data import economies_of, result, sheet
from observatory.views.scorecard_method import step_list

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
crumbs = [(t("Economies"), None), (t("Scorecard"), None)]
plan = piece(ctx, "score-plan", lambda: plan_of(ctx.db))
if plan is None:
    ui.heading(scorecard_words.title(data, None), scorecard_words.deck(data, None), crumbs=crumbs)
else:
    choice, bad = read(dict(ctx.filters.extra), plan)
    pick_scorecard.notes(ctx, bad)
    key, per = astuple(choice), choice.per_person
    values = piece(ctx, "score-sheet", lambda: sheet(data, plan, economies_of(members), per), per)
    found = piece(ctx, "score-result", lambda: result(values, plan, choice, members), key)
    title, deck = scorecard_words.title(data, found), scorecard_words.deck(data, found)

    with st.container(key="score-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(key="score-title", width="stretch"):
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
        left, right = (st.container(), st.container()) if many else st.columns(2, gap="large")
        with left:
            draw(ctx, "score-ways", lambda: scorecard_ways.methods(data, found), key)
        with right:
            draw(ctx, "score-chances", lambda: scorecard_ways.chances(data, found), key)
    draw(ctx, "score-measures", lambda: scorecard_measures.measures(data, plan, found), key)
    ui.section(t("How the scorecard is made"), anchor="method")
    ui.put(step_list(t))
    ui.note_block(
        t("What this page does not know"),
        piece(ctx, "score-gaps", lambda: scorecard_measures.gaps(data, found), key),
    )
