"""Compute: supercomputers, AI clusters, national capacity, power."""

import streamlit as st

from observatory import ui
from observatory.ui import pick_compute
from observatory.ui.catalogue import catalogue, draw
from observatory.views import (
    compute,
    compute_clusters,
    compute_data,
    compute_national,
    compute_power,
    compute_top500,
)
from observatory.views import economy as eco

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
machines = pick_compute.machines(ctx)
chosen, bad = compute_data.read(dict(ctx.filters.extra), machines)
today = eco.today_of(ctx.as_of, ctx.data_date)
crumbs = [(t("Technology"), None), (t("Compute"), None)]

ui.put(compute_data.notes(bad, t))
with st.container(key="cp-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="cp-title", width="stretch"):
        ui.heading(t("Compute"), compute.deck(chosen, t), crumbs=crumbs)
    with st.container(key="cp-view", width="content"):
        pick_compute.view(ctx, chosen)

if chosen.view == "clusters":
    draw(ctx, "cp-states", lambda: compute_clusters.states_card(data, machines, chosen, members), chosen)
    pair = lambda: [compute_clusters.running_card(data, members), compute_clusters.planned_card(data, machines, members)]  # noqa: E731
    draw(ctx, "cp-pair", pair)
    draw(ctx, "cp-course", lambda: compute_clusters.course_card(data, members))
    ui.section(t("Every cluster on file"), anchor="list")
    draw(ctx, "cp-facets", lambda: compute_clusters.facets(data, machines, chosen, members), chosen)
    draw(ctx, "cp-list", lambda: compute_clusters.list_card(data, machines, chosen, members, today), chosen, today)
elif chosen.view == "national":
    draw(ctx, "cp-panels", lambda: compute_national.panel_cards(data)[:2], widths=(1, 1))
    draw(ctx, "cp-panels-2", lambda: compute_national.panel_cards(data)[2:], widths=(1, 1))
    draw(ctx, "cp-statements", lambda: compute_national.statements(data, members))
    ui.section(t("Public GPU programmes"), anchor="gpus")
    draw(ctx, "cp-gpus", lambda: compute_national.gpu_cards(data, members), widths=(1, 1))
    draw(ctx, "cp-programmes", lambda: compute_national.programmes_card(data, members))
elif chosen.view == "power":
    draw(ctx, "cp-capacity", lambda: compute_power.capacity_cards(data, members), widths=(1, 1.2))
    draw(ctx, "cp-use", lambda: compute_power.use_card(data))
    draw(ctx, "cp-grid", lambda: compute_power.grid_cards(data, members), widths=(1, 1))
    draw(ctx, "cp-more", lambda: compute_power.more_cards(data, members), widths=(1, 1))
else:
    with st.container(key="cp-measure", width="content"):
        pick_compute.measure(ctx, chosen)
    left, right = st.columns([2.05, 1], gap="large")
    with left:
        draw(ctx, "cp-course", lambda: compute_top500.course_card(data, chosen, members), chosen)
    with right:
        draw(ctx, "cp-newest", lambda: compute_top500.newest_card(data, chosen, members), chosen)
    draw(ctx, "cp-makers", lambda: compute_top500.makers_card(data, machines, chosen, members), chosen)
    ui.section(t("Every system on file"), anchor="list")
    with st.container(key="cp-list"):
        pick_compute.edition(ctx, machines, chosen)
    draw(ctx, "cp-systems", lambda: compute_top500.systems_card(data, machines, chosen, members), chosen)
