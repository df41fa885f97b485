"""What changed: new, revised and withdrawn facts between two days or two builds; corrections; feeds."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import changes as pick_changes
from observatory.views import evidence_parts
from observatory.views.changes import data as changes_data
from observatory.views.changes import page as changes
from observatory.views.changes import side as changes_side
from observatory.views.changes import words as changes_words
from observatory.views.sources.cover import today_of

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
builds = pick_changes.kept()
c, bad = changes_data.read(
    dict(ctx.filters.extra), [one.build_id for one in builds], today_of(ctx.as_of)
)
ui.put(evidence_parts.bad_choice(bad, ctx.filters.get, t))
found = pick_changes.news(ctx, c)
home = piece(alone, "ch-home", lambda: changes_data.homes(data))
news = None if found is None else changes_data.of_economies(found, ctx.filters.economies, home)
crumbs = [(t("Evidence"), None), (t("What changed"), None)]
if news is None:
    ui.heading(t("These builds cannot be compared any more"), crumbs=crumbs)
else:
    ui.heading(
        changes_words.title(news, c, t), changes_words.deck(c, t), crumbs=crumbs, finding=True
    )
ui.put(piece(alone, "ch-visit", lambda: changes.visit(t)))
with st.container(key="ch-bar", horizontal=True, vertical_alignment="bottom", gap="medium"):
    pick_changes.view(ctx, c)
    pick_changes.states(ctx, c, builds)
if news is not None:
    ui.put(
        changes.chips(news, c, t)
        + changes.economies(c, ctx.filters.economies, ctx.filters.preset, t)
    )
    left, right = st.columns([2.1, 1], gap="large")
    with left:
        if not c.of:
            draw(ctx, "ch-top", lambda: changes.top_card(data, news, c), c)
        with st.container(key="ch-by"):
            pick_changes.by(ctx, c)
        draw(ctx, "ch-groups", lambda: changes.groups_card(data, news, c, home), c)
    with right:
        draw(ctx, "ch-feeds", lambda: changes_side.feeds_card(data, ctx.filters.economies))
        ui.put(changes_side.tables_note(news, c, t))
        draw(alone, "ch-corrections", lambda: changes_side.corrections_card(data))
