"""Choices of the comparison: economies, proposals, what values are divided by, over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from observatory.cards.filters import Filters
from observatory.cards.words import preset_label
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui import data
from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own
from observatory.views.compare.choice import FIRST_YEAR, LEAST, MOST, PER


def with_economies(filters: Filters, chosen: object) -> Filters:
    """The filters with these economies compared; fewer than two change nothing."""
    codes = [str(code) for code in chosen] if isinstance(chosen, list | tuple) else []
    good = [code for code in codes if code in SCOPE + COMPARATORS][:MOST]
    return with_own(filters, {"with": ",".join(good)}) if len(good) >= LEAST else filters


def economies(ctx: Context, shown: Sequence[str]) -> None:
    """Choose two to six economies; the URL keeps their ids."""
    names = data.economy_names(ctx)
    key = "pick-with"
    st.session_state[key] = list(shown)
    st.multiselect(
        ctx.t("Economies to compare"), list(SCOPE + COMPARATORS), key=key,
        max_selections=MOST, label_visibility="collapsed",
        format_func=lambda code: names.get(code, code),
        on_change=edit(key, with_economies),
    )  # fmt: skip


def proposals(ctx: Context, shown: Sequence[str], alike: Sequence[str]) -> None:
    """Groups to start from: those most like the first economy, and the small presets."""
    t = ctx.t
    groups: dict[str, tuple[str, ...]] = {}
    if alike and shown:
        groups["alike"] = (shown[0], *[code for code in alike if code != shown[0]])[:4]
    groups |= {name: codes for name, codes in PRESETS.items() if LEAST <= len(codes) <= MOST}
    groups["china-usa"] = ("CHN", "USA")
    first = data.economy_names(ctx).get(shown[0], shown[0]) if shown else ""

    def label(name: str) -> str:
        if name == "alike":
            return t("Economies like {name}", name=first)
        if name == "china-usa":
            return t("China and the United States")
        return preset_label(name, t)

    key = "pick-proposal"
    current = next((name for name, codes in groups.items() if set(codes) == set(shown)), None)
    st.session_state[key] = current
    st.selectbox(
        t("Groups to start from"), list(groups), key=key, label_visibility="collapsed",
        format_func=label, placeholder=t("Start from a group"), index=None,
        on_change=edit(key, lambda filters, name: with_economies(filters, groups.get(str(name)))),
    )  # fmt: skip


def per(ctx: Context, chosen: str) -> None:
    """What counts and amounts are divided by."""
    t = ctx.t
    key = "pick-per"
    st.session_state[key] = chosen or "published"

    def label(option: str) -> str:
        if option == "population":
            return t("Per million people")
        if option == "gdp":
            return t("Per US$ bn of output")
        return t("As published")

    st.segmented_control(
        t("Values"), ["published", *PER], key=key, format_func=label,
        label_visibility="collapsed",
        on_change=edit(
            key,
            lambda filters, option: with_own(filters, {"per": str(option) if option in PER else ""}),
        ),
    )  # fmt: skip


def measure(ctx: Context, shown: str, options: Sequence[str], label: Callable[[str], str]) -> None:
    """Choose the measure over time."""
    key = "pick-measure"
    st.session_state[key] = shown if shown in options else None
    st.selectbox(
        ctx.t("Measure"), list(options), key=key, label_visibility="collapsed", format_func=label,
        on_change=edit(
            key, lambda filters, option: with_own(filters, {"measure": str(option or "")})
        ),
    )  # fmt: skip


def index(ctx: Context, chosen: int | None, last: int) -> None:
    """Choose the base year of an index, or none."""
    t = ctx.t
    key = "pick-index"
    years = list(range(last, FIRST_YEAR - 1, -1))
    if chosen and chosen not in years:
        years.append(chosen)
    st.session_state[key] = str(chosen) if chosen else "none"

    def label(option: str) -> str:
        return t("No index") if option == "none" else t("{year} = 100", year=option)

    st.selectbox(
        t("Index"), ["none", *map(str, years)], key=key, label_visibility="collapsed",
        format_func=label,
        on_change=edit(
            key,
            lambda filters, option: with_own(
                filters, {"index": "" if option in (None, "none") else str(option)}
            ),
        ),
    )  # fmt: skip


def log(ctx: Context, on: bool) -> None:
    """Switch the logarithmic scale."""
    key = "pick-log"
    st.session_state[key] = on
    st.toggle(
        ctx.t("Log scale"), key=key,
        on_change=edit(
            key, lambda filters, option: with_own(filters, {"log": "1" if option else ""})
        ),
    )  # fmt: skip
