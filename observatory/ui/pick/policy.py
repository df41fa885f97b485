"""Choices of laws and programmes: the book, a search box, the economies side by side, the calendar file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import data
from observatory.ui.catalogue import catalogue, on_file, piece
from observatory.ui.context import Context, context
from observatory.ui.pick import controls as pickers
from observatory.ui.pick.controls import with_own
from observatory.ui.state import write
from observatory.views.calendar import page as calendar
from observatory.views.policy import data as policy_data
from observatory.views.policy.choice import Choice

FILE_KINDS = ("rules", "export")


@st.cache_resource(max_entries=6, show_spinner=False)
def _book(build_id: str, as_of: date | None, today: date, _db: Any) -> policy_data.Book:
    return policy_data.load(_db, as_of, today)


def book(ctx: Context) -> policy_data.Book:
    """Every policy, as known on the reader's day; one for all languages."""
    return _book(ctx.build_id, ctx.as_of, today(ctx), ctx.db)


def today(ctx: Context) -> date:
    """The day standings are told for: the reader's day of knowledge, else that of the data."""
    return ctx.as_of or ctx.data_date or date.today()


def search(ctx: Context, shown: str) -> None:
    """Find an instrument by its titles, what it does, or who issues it."""
    pickers.search(
        "pick-po-q",
        shown,
        ctx.t("Find an instrument"),
        ctx.t("Title, words or issuer, in any script"),
    )


def _pair(place: int) -> Callable[[], None]:
    def on_change() -> None:
        chosen = [st.session_state.get(f"pick-po-{side}") for side in (0, 1)]
        codes = [str(code) for code in chosen]
        # The same economy twice: the other side takes what this one was.
        if codes[0] == codes[1]:
            old = st.session_state.get("po-pair", ("KOR", "JPN"))
            codes[1 - place] = old[place]
        write(with_own(context().filters, {"with": ",".join(codes), "view": "beside"}))

    return on_change


def pair(ctx: Context, c: Choice) -> None:
    """The two economies side by side."""
    t, names = ctx.t, data.economy_names(ctx)
    st.session_state["po-pair"] = c.pair
    for place, code in enumerate(c.pair):
        key = f"pick-po-{place}"
        st.session_state[key] = code
        st.selectbox(
            t("First economy") if place == 0 else t("Second economy"), list(SCOPE + COMPARATORS), key=key,
            label_visibility="collapsed", on_change=_pair(place), format_func=lambda one: names.get(one, one),
        )  # fmt: skip


def file(ctx: Context) -> None:
    """The dates to come of laws, programmes and export controls as a file for calendar programs."""
    t, day = ctx.t, today(ctx)
    agenda = on_file(ctx, "calendar", lambda: calendar.load(ctx.db, ctx.as_of, day))
    near = agenda.pick("", ctx.filters.economies)
    chosen = replace(near, items=tuple(item for item in near.items if item.kind in FILE_KINDS))
    if chosen.coming:
        made = piece(ctx, "policy-file", lambda: calendar.file(catalogue(ctx), chosen))
        st.download_button(
            t("Calendar file (.ics)"), made, f"rules-ahead-{day}.ics", "text/calendar",
            icon=":material/event:", on_click="ignore", key="policy-ics", type="tertiary",
        )  # fmt: skip
