"""Sources and quality: who carries the facts, how complete and fresh they are, what the checks found."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import controls as pickers
from observatory.ui.pick import sources as pick_sources
from observatory.views import evidence_parts
from observatory.views.sources import checks as sources_checks
from observatory.views.sources import cover as sources_cover
from observatory.views.sources import one as source_one
from observatory.views.sources import page as sources
from observatory.views.sources import quality as sources_quality

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
today = sources_cover.today_of(ctx.as_of)
shelf = on_file(ctx, "so-shelf", lambda: sources.load(data))
c, bad = sources.read(dict(ctx.filters.extra), shelf.ids)
crumbs = [(t("Evidence"), None), (t("Sources and quality"), ctx.href("sources") if c.id else None)]
ui.put(evidence_parts.bad_choice(bad, ctx.filters.get, t))

if c.id and (one := shelf.row(c.id)):
    ui.heading(*source_one.heading(one, t), crumbs=crumbs)
    ui.put(piece(alone, "so-about", lambda: source_one.about(shelf, one), c.id))
    draw(alone, "so-rows", lambda: source_one.rows_card(shelf, one, c), c)
else:
    ui.heading(sources.title(shelf), sources.deck(shelf), crumbs=crumbs, finding=True)
    with st.container(key="so-bar", horizontal=True, vertical_alignment="bottom", gap="medium"):
        pick_sources.view(ctx, c.view)
        if c.view == "list":
            with st.container(key="so-find", width=320):
                pick_sources.search(ctx, c.q)
        elif c.view in ("cover", "fresh"):
            with st.container(key="so-domain", width=230):
                pick_sources.domain(ctx, c.domain)
        if c.view == "cover":
            with st.container(key="so-year", width=150):
                pick_sources.year(
                    ctx, piece(alone, "so-years", lambda: sources_cover.years_of(data)), c.year
                )
            with st.container(key="so-peers", width=210):
                pickers.peers(ctx)
    if c.view == "list":
        draw(alone, "so-facets", lambda: sources.facets(shelf, c), c)
        draw(alone, "so-list", lambda: sources.listing(shelf, c, today), c, today)
    elif c.view == "cover":
        draw(ctx, "so-cover", lambda: sources_cover.card(data, c, ctx.filters.economies), c)
    elif c.view == "fresh":
        draw(alone, "so-fresh", lambda: sources_quality.card(data, c, today), c, today)
    else:
        with ui.columns([1.2, 1]) as (left, right):
            with left:
                draw(alone, "so-checks", lambda: sources_checks.checks_card(data))
            with right:
                draw(alone, "so-empty", lambda: sources_checks.empty_card(data))
                draw(alone, "so-build", lambda: sources_checks.build_card(data))
