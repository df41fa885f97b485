"""Choices of the frontier and leaderboard pages, and the boards that sessions share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import data
from observatory.ui.context import Context, context
from observatory.ui.pick.controls import choose, with_own
from observatory.ui.state import write
from observatory.views.benchmarks import boards as leaderboard_data
from observatory.views.benchmarks import page as benchmarks
from observatory.views.frontier import data as frontier_data


@st.cache_resource(max_entries=6, show_spinner=False)
def _boards(build_id: str, as_of: date | None, _db: Any) -> frontier_data.Frontier:
    return frontier_data.load(_db, as_of)


def boards(ctx: Context) -> frontier_data.Frontier:
    """Every board with a scale, as known on the reader's day; one for all languages."""
    return _boards(ctx.build_id, ctx.as_of, ctx.db)


@st.cache_resource(max_entries=6, show_spinner=False)
def _leaderboards(build_id: str, as_of: date | None, _db: Any) -> leaderboard_data.Boards:
    return leaderboard_data.load(_db, as_of)


def leaderboards(ctx: Context) -> leaderboard_data.Boards:
    """Every board with its rankings, as known on the reader's day; one for all languages."""
    return _leaderboards(ctx.build_id, ctx.as_of, ctx.db)


def pickers(ctx: Context, found: frontier_data.Frontier, economy: str, other: str, board: str,
            board_names: Mapping[str, str]) -> None:  # fmt: skip
    """Economy, board and the other side."""
    t = ctx.t
    names = {**data.economy_names(ctx), frontier_data.WORLD: t("Rest of the world")}
    choose(
        ctx, "pick-fr-economy", t("Economy"), SCOPE + COMPARATORS, names, economy,
        lambda f, v: with_own(replace(f, economy=v), {"board": "", "against": ""}),
    )  # fmt: skip
    order = [one.id for one in found.order(economy)]
    options = [*order, *(one for one in found.boards if one not in order)]
    choose(
        ctx, "pick-fr-board", t("Board"), options, board_names, board,
        lambda f, v: with_own(f, {"board": v, "against": ""}),
    )  # fmt: skip
    present = found.boards[board].last.economies() if board in found.boards else []
    sides = [
        frontier_data.WORLD,
        *(e for e in COMPARATORS + SCOPE if e in present and e != economy),
    ]
    choose(
        ctx, "pick-fr-against", t("Against"), sides, names, other,
        lambda f, v: with_own(f, {"board": board, "against": "" if v == frontier_data.WORLD else v}),
    )  # fmt: skip


def view(ctx: Context, shown: str) -> None:
    """Which part of the leaderboards is looked at."""
    t = ctx.t
    names = {
        "board": t("One board"), "languages": t("Languages"), "safety": t("Safety"),
        "video": t("Video"),
    }  # fmt: skip
    key = "pick-lb-view"

    def on_change() -> None:
        chosen = st.session_state.get(key)
        value = chosen if isinstance(chosen, str) and chosen != "board" else ""
        write(with_own(context().filters, {"view": value}))

    st.session_state[key] = shown
    st.segmented_control(
        t("View"), list(names), key=key, format_func=lambda one: names.get(one, one),
        on_change=on_change, label_visibility="collapsed",
    )  # fmt: skip


def leaderboard(
    ctx: Context,
    found: leaderboard_data.Boards,
    chosen: benchmarks.Choice,
    names: Mapping[str, str],
) -> None:
    """Board and date."""
    t = ctx.t
    choose(
        ctx, "pick-lb-board", t("Board"), found.ids, names, chosen.board,
        lambda f, v: with_own(f, {"board": v, "date": ""}),
    )  # fmt: skip
    rankings = [one for one in found.rankings(chosen.board) if one.rows or one.beside]
    labels = {one.key: benchmarks.date_label(one, t) for one in rankings}
    choose(
        ctx, "pick-lb-date", t("Date"), list(labels), labels, chosen.date,
        lambda f, v: with_own(f, {"board": chosen.board, "date": v}),
    )  # fmt: skip
