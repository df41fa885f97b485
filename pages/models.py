"""Models: every model on file, with limits, search and order; releases, open weights, size."""

import streamlit as st

from observatory import ui
from observatory.cards import states
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import models as pick_models
from observatory.views.models import page as models
from observatory.views.models import rows as models_list
from observatory.views.models import trends as models_trends

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
every = pick_models.rows(ctx)
choice, bad = models.read(dict(ctx.filters.extra), every)
rows = piece(ctx, "mo-rows", lambda: models.inside(every, pick_models.group(ctx.filters)))
crumbs = [(t("Technology"), None), (t("Models"), None)]

ui.put(states.no_choices(bad, t))
with st.container(key="mo-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    found = piece(ctx, "mo-finding", lambda: models_trends.finding(rows, t))
    deck = piece(
        ctx,
        "mo-deck",
        lambda: t.sentences([models_trends.left_out(rows, t), models.deck(rows, t)]),
    )
    ui.heading(found or t("Models"), deck, crumbs=crumbs, finding=bool(found))
    with st.container(key="mo-find", width=330):
        pick_models.search(ctx, choice.q)
draw(ctx, "mo-facets", lambda: models.facets(data, rows, choice), choice)
draw(ctx, "mo-list", lambda: models_list.listing(data, rows, choice), choice)

with st.container(key="mo-trends", horizontal=True, vertical_alignment="bottom"):
    ui.section(t("Size, compute and open weights"), anchor="trends")
    pick_models.axis(ctx, choice.y)
limited = piece(ctx, "mo-limited", lambda: models.fits(rows, choice), choice)
newest = piece(ctx, "mo-newest", lambda: models_trends.last_day(rows))
with ui.columns([2, 1]) as (left, right):
    with left:
        draw(
            ctx,
            "mo-scatter",
            lambda: models_trends.scatter_card(data, limited, choice.y, ctx.theme),
            choice,
        )
    with right:
        draw(ctx, "mo-open", lambda: models_trends.open_card(data, limited), choice)
ui.section(t("Releases over time"), anchor="releases")
draw(ctx, "mo-releases", lambda: models_trends.releases_card(data, limited, newest), choice)
