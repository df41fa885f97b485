"""Compute: supercomputers, AI clusters, national capacity, power."""

import streamlit as st

from observatory import ui
from observatory.cards import states
from observatory.ui.catalogue import catalogue, draw
from observatory.ui.pick import compute as pick_compute
from observatory.views.compute import clusters, national, power, top500
from observatory.views.compute import data as compute_data
from observatory.views.compute import page as compute
from observatory.views.economy import page as eco

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
alone = ctx.regardless("economies", "currency")
machines = pick_compute.machines(ctx)
c, bad = compute_data.read(dict(ctx.filters.extra), machines)
today = eco.today_of(ctx.as_of, ctx.data_date)
crumbs = [(t("Technology"), None), (t("Compute"), None)]

ui.put(states.no_choices(bad, t))
with st.container(key="cp-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    found = top500.finding(machines, c, members, data) if c.view == "top500" else ""
    ui.heading(found or t("Compute"), compute.deck(c, t), crumbs=crumbs, finding=bool(found))
    with st.container(key="cp-view", width="content"):
        pick_compute.view(ctx, c)

if c.view == "clusters":
    draw(ctx, "cp-states", lambda: clusters.states_card(data, machines, c, members), c)
    draw(ctx, "cp-pair", lambda: clusters.pair(data, machines, members))
    draw(ctx, "cp-years", lambda: clusters.course_card(data, members))
    ui.section(t("Every cluster on file"), anchor="list")
    draw(ctx, "cp-facets", lambda: clusters.facets(data, machines, c, members), c)
    draw(ctx, "cp-list", lambda: clusters.list_card(data, machines, c, members, today), c, today)
elif c.view == "national":
    draw(alone, "cp-panels", lambda: national.panel_cards(data)[:2])
    draw(alone, "cp-panels-2", lambda: national.panel_cards(data)[2:])
    draw(ctx, "cp-statements", lambda: national.statements(data, members))
    ui.section(t("Public GPU programmes"), anchor="gpus")
    draw(ctx, "cp-gpus", lambda: national.gpu_cards(data, members))
    draw(ctx, "cp-programmes", lambda: national.programmes_card(data, members))
elif c.view == "power":
    draw(ctx, "cp-capacity", lambda: power.capacity_cards(data, members), widths=(1, 1.2))
    draw(alone, "cp-use", lambda: power.use_card(data))
    draw(ctx, "cp-grid", lambda: power.grid_cards(data, members))
    draw(ctx, "cp-more", lambda: power.more_cards(data, members))
else:
    with st.container(key="cp-measure", width="content"):
        pick_compute.measure(ctx, c)
    with ui.columns([2.05, 1]) as (left, right):
        with left:
            draw(ctx, "cp-course", lambda: top500.course_card(data, c, members), c)
        with right:
            draw(ctx, "cp-newest", lambda: top500.newest_card(data, machines, c, members), c)
    draw(ctx, "cp-makers", lambda: top500.makers_card(data, machines, c, members), c)
    ui.section(t("Every system on file"), anchor="list")
    with st.container(key="cp-list"):
        pick_compute.edition(ctx, machines, c)
    draw(ctx, "cp-systems", lambda: top500.systems_card(data, machines, c, members), c)
