"""Leaderboards: any board on any of its dates, languages, safety, video."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import frontier as pick_frontier
from observatory.views.benchmarks import languages as benchmarks_languages
from observatory.views.benchmarks import page as benchmarks
from observatory.views.benchmarks import safety as benchmarks_safety
from observatory.views.benchmarks import side as benchmarks_side
from observatory.views.benchmarks import video as benchmarks_video

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
boards = pick_frontier.leaderboards(ctx)
chosen, bad = benchmarks.choice(boards, dict(ctx.filters.extra))
crumbs = [(t("Technology"), None), (t("Leaderboards"), None)]
names = piece(alone, "lb-names", lambda: benchmarks.names(boards, t))

ui.put(benchmarks.notes(bad, t))
with st.container(key="lb-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    ui.heading(t("Leaderboards"), benchmarks.deck(boards, t), crumbs=crumbs)
    with st.container(key="lb-view", width="content"):
        pick_frontier.view(ctx, chosen.view)

given = (data, boards, chosen)
if chosen.view == "languages":
    draw(alone, "lb-languages", lambda: benchmarks_languages.matrix_card(data, boards))
    draw(alone, "lb-boards", lambda: benchmarks_languages.boards_card(data, boards))
elif chosen.view == "safety":
    shown = benchmarks_safety.boards(boards)
    for pair in (shown[i : i + 2] for i in range(0, len(shown), 2)):
        draw(
            alone,
            f"lb-{pair[0]}",
            lambda p=pair: [benchmarks_safety.card(data, boards, b) for b in p],
        )
    draw(alone, "lb-rest", lambda: benchmarks_safety.rest(boards, data))
elif chosen.view == "video":
    with ui.columns([2.2, 1]) as (left, right):
        with left:
            draw(alone, "lb-video", lambda: benchmarks_video.card(data, boards))
        with right:
            draw(alone, "lb-digest", lambda: benchmarks_video.digest(data, boards))
else:
    with st.container(key="fr-pick", horizontal=True, gap="small"):
        pick_frontier.leaderboard(ctx, boards, chosen, names)
    with ui.columns([2.2, 1]) as (left, right):
        with left:
            draw(alone, "lb-board", lambda: benchmarks.board_card(*given), chosen)
        with right:
            draw(alone, "lb-about", lambda: benchmarks_side.about(*given), chosen)
            draw(alone, "lb-eco", lambda: benchmarks_side.economies_card(*given), chosen)
            draw(alone, "lb-dates", lambda: benchmarks_side.dates_card(*given), chosen)
            draw(
                alone, "lb-claims", lambda: benchmarks_side.board_claims(data, chosen.board), chosen
            )
