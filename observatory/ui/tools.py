"""The filters popover: economies, period, currency, as known on. It only edits the URL."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import streamlit as st

from observatory.cards.filters import Filters, canonical
from observatory.cards.markup import h
from observatory.cards.words import preset_label
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui import data, nav
from observatory.ui.context import Context, context
from observatory.ui.html import put
from observatory.ui.state import write

FIRST: Final = 2015


def _key(name: str) -> str:
    return f"obs.f.{name}"


def _last_year(ctx: Context) -> int:
    return max((ctx.data_date or dt.date.today()).year + 1, FIRST + 1)


def _regional(ctx: Context) -> bool:
    page = nav.find(ctx.page)
    return page is None or page.regional


def changed(filters: Filters, *, regional: bool = True) -> int:
    """How many choices that the page heeds differ from the defaults."""
    return sum(
        (
            regional and filters.economies != SCOPE,
            filters.period is not None,
            filters.currency != "original",
            filters.as_of is not None,
        )
    )


def _apply(filters: Filters) -> None:
    write(filters)
    st.session_state["obs.f.changed"] = True


def _on_preset() -> None:
    chosen = st.session_state.get(_key("preset"))
    if chosen in PRESETS:
        _apply(replace(context().filters, economies=PRESETS[chosen]))


def _on_economies() -> None:
    chosen = st.session_state.get(_key("economies")) or list(SCOPE)
    _apply(replace(context().filters, economies=canonical(chosen)))


def _on_period() -> None:
    start, end = st.session_state[_key("period")]
    whole = start <= FIRST and end >= _last_year(context())
    period = None if whole else (None if start <= FIRST else start, end)
    if period is not None and end >= _last_year(context()):
        period = (start, None)
    _apply(replace(context().filters, period=period))


def _on_currency() -> None:
    chosen = st.session_state.get(_key("currency"))
    _apply(replace(context().filters, currency="USD" if chosen == "USD" else "original"))


def _on_as_of() -> None:
    day = st.session_state.get(_key("as_of"))
    _apply(replace(context().filters, as_of=day if isinstance(day, dt.date) else None))


def _reset() -> None:
    f = context().filters
    _apply(replace(f, economies=SCOPE, period=None, currency="original", as_of=None))


@st.fragment
def popover() -> None:
    """Draw the popover. Its content runs only while it is open."""
    ctx = context()
    t = ctx.t
    count = changed(ctx.filters, regional=_regional(ctx))
    name = f"{t('Filters')} **{t.number(count)}**" if count else t("Filters")
    chosen = t.n("{n} filter set", "{n} filters set", count) if count else None
    box = st.popover(
        name, icon=":material/tune:", type="tertiary", key="obs-filters", on_change="rerun", help=chosen
    )  # fmt: skip
    if box.open:
        with box:
            _widgets(ctx)
    if st.session_state.pop("obs.f.changed", False):
        st.rerun()


def _widgets(ctx: Context) -> None:
    t, f = ctx.t, ctx.filters
    names = data.economy_names(ctx)
    last = _last_year(ctx)
    start, end = f.period or (None, None)
    state = st.session_state
    state[_key("preset")] = f.preset
    state[_key("economies")] = list(f.economies)
    state[_key("period")] = (
        min(max(start or FIRST, FIRST), last),
        min(max(end or last, FIRST), last),
    )
    state[_key("currency")] = f.currency
    state[_key("as_of")] = f.as_of
    st.pills(
        t("Groups of economies"), list(PRESETS), key=_key("preset"), on_change=_on_preset,
        format_func=lambda preset: preset_label(preset, t),
    )  # fmt: skip
    st.multiselect(
        t("Economies"), list(SCOPE + COMPARATORS), key=_key("economies"),
        on_change=_on_economies, format_func=lambda code: names.get(code, code),
        placeholder=t("All 13"),
    )  # fmt: skip
    if not _regional(ctx):
        put(h("p", t("This page does not follow the choice of economies."), cls="small muted"))
    st.slider(t("Years"), FIRST, last, key=_key("period"), on_change=_on_period, format="%d")
    st.segmented_control(
        t("Money in"), ["original", "USD"], key=_key("currency"), on_change=_on_currency,
        format_func=lambda c: t("US dollars") if c == "USD" else t("original currency"),
    )  # fmt: skip
    st.date_input(
        t("As known on"), value=None, key=_key("as_of"), on_change=_on_as_of,
        min_value=dt.date(2015, 1, 1), max_value=ctx.data_date or dt.date.today(),
        format="YYYY-MM-DD", help=t("Shows only what had been published by that day."),
    )  # fmt: skip
    st.button(t("Reset"), icon=":material/restart_alt:", on_click=_reset, key=_key("reset"))
