"""Choices on the page of one measure: which one, view, divisor, year. They only edit the URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from observatory.cards.filters import Filters
from observatory.i18n import Translator
from observatory.ui.context import Context, context
from observatory.ui.pick.controls import with_own
from observatory.ui.state import write
from observatory.views.indicator.data import Subject, pers, views_of

OWN: Final = ("view", "per", "year", "comparators", "log", "events", "q")


def _set(name: str, value: str, default: str) -> None:
    """Write one of the page's own parameters; the default leaves the URL."""
    write(with_own(context().filters, {name: "" if value == default else value}))


def _on(
    key: str, name: str, default: str, turn: Callable[[object], str] = str
) -> Callable[[], None]:
    def change() -> None:
        chosen = st.session_state.get(key)
        _set(name, default if chosen is None else turn(chosen), default)

    return change


def measure(ctx: Context, options: Sequence[str], names: dict[str, str], shown: str | None) -> None:
    """Choose a measure; leaving one drops what was chosen for it."""
    t, key = ctx.t, "pick-measure"
    st.session_state[key] = shown

    def change() -> None:
        chosen = st.session_state.get(key)
        write(replace(context().filters, indicator=str(chosen) if chosen else None, extra=()))

    st.selectbox(
        t("Measure"), options, key=key, format_func=lambda one: names.get(one, one),
        label_visibility="collapsed", placeholder=t("Choose a measure"), on_change=change,
    )  # fmt: skip


def view_label(view: str, t: Translator) -> str:
    """The word of a view."""
    match view:
        case "line":
            return t("Over time")
        case "bar":
            return t("Ranked")
        case "map":
            return t("Map")
        case _:
            return t("Table")


def per_label(per: str, t: Translator) -> str:
    """What values are divided by."""
    match per:
        case "population":
            return t("Per million people")
        case "gdp":
            return t("Per US$ bn of GDP")
        case _:
            return t("As published")


def view(ctx: Context, subject: Subject) -> None:
    """The view switch."""
    key = "pick-view"
    st.session_state[key] = subject.choice.view
    st.segmented_control(
        ctx.t("View"), views_of(subject.item), key=key, label_visibility="collapsed",
        format_func=lambda one: view_label(one, ctx.t), on_change=_on(key, "view", ""),
    )  # fmt: skip


def options(ctx: Context, subject: Subject) -> None:
    """Divisor, year, comparators, scale: those that mean something in this view."""
    t, choice = ctx.t, subject.choice
    offered = pers(subject.catalogue, subject.item.id)
    if offered:
        st.session_state["pick-per"] = choice.per or "published"
        st.selectbox(
            t("Divided by"), ["published", *offered], key="pick-per", label_visibility="collapsed",
            format_func=lambda one: per_label(one, t), on_change=_on("pick-per", "per", "published"),
        )  # fmt: skip
    steps = [step.period for step in subject.steps][::-1]
    if choice.view in ("bar", "map") and len(steps) > 1:
        latest = "latest"
        st.session_state["pick-year"] = choice.period or latest
        st.selectbox(
            t("Period"), [latest, *steps], key="pick-year", label_visibility="collapsed",
            format_func=lambda one: t("Latest common period") if one == latest else t.period(one),
            on_change=_on("pick-year", "year", latest),
        )  # fmt: skip
    if not subject.of_organisations and choice.view != "map":
        st.session_state["pick-comparators"] = choice.comparators
        st.toggle(t("Comparators"), key="pick-comparators",
                  on_change=_on("pick-comparators", "comparators", "0", lambda on: str(int(bool(on)))))  # fmt: skip
    if choice.view == "line":
        st.session_state["pick-log"] = choice.log
        st.toggle(t("Log scale"), key="pick-log",
                  on_change=_on("pick-log", "log", "0", lambda on: str(int(bool(on)))))  # fmt: skip


def search(ctx: Context) -> str:
    """The search of the directory: `?q=`."""
    t, key = ctx.t, "pick-q"
    query = ctx.filters.get("q") or ""
    st.session_state[key] = query
    st.text_input(
        t("Search measures"), key=key, label_visibility="collapsed", max_chars=80,
        placeholder=t("Search names, definitions and publishers"),
        on_change=lambda: _set("q", allowed(str(st.session_state.get(key) or "")), ""),
    )  # fmt: skip
    return query


def allowed(text: str) -> str:
    """A search text as the URL can hold it: signs that it cannot carry become blanks."""
    kept = "".join(char if char.isalnum() or char in " .,:;@+~/()_-" else " " for char in text)
    return " ".join(kept.split())[:80]


def address(ctx: Context) -> str:
    """The lasting link of this view, with the site's own address where the browser told it."""
    query = urlencode(ctx.permalink_query())
    try:
        here = urlsplit(st.context.url or "")
    except Exception:  # noqa: BLE001 - outside a browser there is no address
        here = urlsplit("")
    site = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{site}/{ctx.page}?{query}"


def given(filters: Filters) -> dict[str, str]:
    """The page's own parameters as the URL has them."""
    return {name: value for name, value in filters.extra if name in OWN}
