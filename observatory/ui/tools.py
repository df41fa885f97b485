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

FIRST: Final = 2000
"""The slider's first year, with which the first series begin; a link may go further back."""
FIRST_DAY: Final = dt.date(2015, 1, 1)


def _key(name: str) -> str:
    return f"obs.f.{name}"


Span = tuple[int, int]


def _last_year(ctx: Context) -> int:
    return max((ctx.data_date or dt.date.today()).year + 1, FIRST + 1)


def span_of(period: tuple[int | None, int | None] | None, last: int) -> tuple[Span, Span]:
    """The slider's ends and the years that it shows: always those that the link says, however far out."""
    start, end = period or (None, None)
    ends = min(FIRST, start or FIRST, end or FIRST), max(last, start or last, end or last)
    return ends, (start or ends[0], end or ends[1])


def period_of(chosen: Span, ends: Span, last: int) -> tuple[int | None, int | None] | None:
    """The link's period for chosen years: no limit at an end of the slider that nobody moved outwards."""
    start = None if chosen[0] == ends[0] == FIRST else chosen[0]
    end = None if chosen[1] == ends[1] == last else chosen[1]
    return None if start is None and end is None else (start, end)


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
    ctx = context()
    last = _last_year(ctx)
    ends, _ = span_of(ctx.filters.period, last)
    _apply(replace(ctx.filters, period=period_of(st.session_state[_key("period")], ends, last)))


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
    ends, years = span_of(f.period, _last_year(ctx))
    today = ctx.data_date or dt.date.today()
    state = st.session_state
    state[_key("preset")] = f.preset
    state[_key("economies")] = list(f.economies)
    state[_key("period")] = years
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
    st.slider(t("Years"), *ends, key=_key("period"), on_change=_on_period, format="%d")
    st.segmented_control(
        t("Money in"), ["original", "USD"], key=_key("currency"), on_change=_on_currency,
        format_func=lambda c: t("US dollars") if c == "USD" else t("original currency"),
    )  # fmt: skip
    st.date_input(
        t("As known on"), value=None, key=_key("as_of"), on_change=_on_as_of,
        min_value=min(FIRST_DAY, f.as_of or FIRST_DAY), max_value=max(today, f.as_of or today),
        format="YYYY-MM-DD", help=t("Shows only what had been published by that day."),
    )  # fmt: skip
    st.button(t("Reset"), icon=":material/restart_alt:", on_click=_reset, key=_key("reset"))
