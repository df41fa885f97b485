"""Laws and programmes: what comes next, what is on file over time, two rule books, one policy."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import policy as pick_policy
from observatory.views.policy import ahead as policy_next
from observatory.views.policy import beside as policy_beside
from observatory.views.policy import choice as policy_choice
from observatory.views.policy import entry as policy_entry
from observatory.views.policy import filings as policy_filings
from observatory.views.policy import lanes as policy_lanes
from observatory.views.policy import rows as policy_list

ctx = ui.context()
t, data, book = ctx.t, catalogue(ctx), pick_policy.book(ctx)
members, years = ctx.filters.economies, ctx.filters.period
alone = ctx.regardless("economies", "currency")
choice, bad = policy_choice.read(dict(ctx.filters.extra), book, members)
entry = book.by_id.get(choice.id)
ui.put(policy_choice.notes(bad, t))

if entry is not None:
    head = policy_entry.titles(entry, t)
    ui.heading(
        policy_entry.main_title(entry, t),
        policy_entry.deck(entry),
        crumbs=policy_entry.crumbs(t),
        **head,
    )
    draw(alone, "po-identity", lambda: policy_entry.identity(data, book, entry), entry.id)
    with ui.columns([2, 1]) as (left, right):
        with left:
            draw(alone, "po-sources", lambda: policy_entry.sources_card(data, entry), entry.id)
            draw(alone, "po-rel", lambda: policy_entry.relations_panel(data, book, entry), entry.id)
        with right:
            draw(alone, "po-side", lambda: policy_entry.side(data, book, entry), entry.id)
    ui.note_block(t("What this page does not know"), policy_entry.gaps(entry, t))
else:
    inside = piece(ctx, "po-inside", lambda: book.of(members, years))
    crumbs = [(t("Policy"), None), (t("Laws and programmes"), None)]
    with st.container(key="po-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
        found = policy_choice.finding(inside, t)
        deck = policy_choice.deck(inside, t)
        ui.heading(found or t("Laws and programmes"), deck, crumbs=crumbs, finding=bool(found))
        with st.container(key="po-find", horizontal=True, width="content", gap="small"):
            if choice.view == "beside":
                pick_policy.pair(ctx, choice)
            else:
                pick_policy.search(ctx, choice.q)
    given = (inside, book, choice, members, ctx.filters.preset, t)
    draw(ctx, "po-bar", lambda: policy_choice.bar(*given), choice)
    if choice.view == "beside":
        draw(alone, "po-beside", lambda: policy_beside.card(data, book, choice.pair), choice.pair)
    else:
        draw(ctx, "po-next", lambda: policy_next.card(data, book, inside))
        pick_policy.file(ctx)
        ui.section(t("Everything on file"), anchor="all")
        draw(ctx, "po-facets", lambda: policy_choice.facets(inside, choice, t), choice)
        fit = piece(ctx, "po-fit", lambda: policy_choice.fits(inside, choice), choice)
        draw(ctx, "po-lanes", lambda: policy_lanes.picture(data, book, fit), choice)
        draw(ctx, "po-list", lambda: policy_list.listing(data, book, inside, choice), choice)
        if policy_filings.HOME in members:
            ui.section(t("Filings of services in China"), anchor="filings")
            with ui.columns([1, 1]) as (left, right):
                with left:
                    draw(alone, "po-filings", lambda: policy_filings.over_time(data))
                    draw(alone, "po-provinces", lambda: policy_filings.filed_by_province(data))
                with right:
                    draw(alone, "po-deep", lambda: policy_filings.deep_synthesis(data))
    ui.note_block(t("What this page does not know"), policy_choice.gaps(inside, t))
