"""Leaderboards: any board on any of its dates, languages, safety, video."""

import streamlit as st

from observatory import ui
from observatory.ui import pick_frontier
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import (
    benchmarks,
    benchmarks_languages,
    benchmarks_safety,
    benchmarks_side,
    benchmarks_video,
)

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
boards = pick_frontier.leaderboards(ctx)
chosen, bad = benchmarks.choice(boards, dict(ctx.filters.extra))
crumbs = [(t("Technology"), None), (t("Leaderboards"), None)]
names = piece(ctx, "lb-names", lambda: benchmarks.names(boards, t))

ui.put(benchmarks.notes(bad, t))
with st.container(key="lb-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(key="lb-title", width="stretch"):
        ui.heading(t("Leaderboards"), benchmarks.deck(boards, t), crumbs=crumbs)
    with st.container(key="lb-view", width="content"):
        pick_frontier.view(ctx, chosen.view)

given = (data, boards, chosen)
if chosen.view == "languages":
    draw(ctx, "lb-languages", lambda: benchmarks_languages.matrix_card(data, boards))
    draw(ctx, "lb-boards", lambda: benchmarks_languages.boards_card(data, boards))
elif chosen.view == "safety":
    shown = benchmarks_safety.boards(boards)
    for pair in (shown[i : i + 2] for i in range(0, len(shown), 2)):
        draw(
            ctx,
            f"lb-{pair[0]}",
            lambda p=pair: [benchmarks_safety.card(data, boards, b) for b in p],
        )
    draw(ctx, "lb-rest", lambda: benchmarks_safety.rest(boards, data))
elif chosen.view == "video":
    with ui.columns([2.2, 1]) as (left, right):
        with left:
            draw(ctx, "lb-video", lambda: benchmarks_video.card(data, boards))
        with right:
            draw(ctx, "lb-digest", lambda: benchmarks_video.digest(data, boards))
else:
    with st.container(key="fr-pick", horizontal=True, gap="small"):
        pick_frontier.leaderboard(ctx, boards, chosen, names)
    with ui.columns([2.2, 1]) as (left, right):
        with left:
            draw(ctx, "lb-board", lambda: benchmarks.board_card(*given), chosen)
        with right:
            draw(ctx, "lb-about", lambda: benchmarks_side.about(*given), chosen)
            draw(ctx, "lb-eco", lambda: benchmarks_side.economies_card(*given), chosen)
            draw(ctx, "lb-dates", lambda: benchmarks_side.dates_card(*given), chosen)
            draw(ctx, "lb-claims", lambda: benchmarks_side.board_claims(data, chosen.board), chosen)
