"""Choices of the overview: measure, what it is divided by, reference, period with its player.

They only edit the URL, by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from observatory.cards.filters import Filters
from observatory.cards.markup import h
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import data, sink
from observatory.ui.catalogue import piece
from observatory.ui.context import Context, context
from observatory.ui.html import put
from observatory.ui.pick.controls import edit, with_own
from observatory.ui.state import write
from observatory.ui.style import ASSETS
from observatory.views.overview import page as overview

PLAYER: Final = "economies-player"
WANTED: Final = "obs.frames"
_PER: Final = ("published", "population", "gdp")


def with_measure(filters: Filters, chosen: object) -> Filters:
    """The filters with another measure; the period of the last one does not go with it."""
    if not isinstance(chosen, str):
        return filters
    return with_own(replace(filters, indicator=None), {"measure": chosen, "year": ""})


def measure(ctx: Context, shown: str, options: Sequence[str], texts: Mapping[str, str]) -> None:
    """Choose the measure, by typing or from the list."""
    key = "pick-measure"
    st.session_state[key] = shown
    st.selectbox(
        ctx.t("Measure"), list(options), key=key, label_visibility="collapsed",
        format_func=lambda option: texts.get(option, option), on_change=edit(key, with_measure),
    )  # fmt: skip


def per(ctx: Context, shown: str, possible: Sequence[str], reason: str) -> None:
    """Choose what values are divided by; without a sensible choice it stands still and says why."""
    t = ctx.t
    key = "pick-per"
    st.session_state[key] = shown or "published"
    words = {
        "published": t("As published"),
        "population": t("Per million people"),
        "gdp": t("Per US$ bn of output"),
    }
    options = [option for option in _PER if option == "published" or option in possible or reason]

    def change(filters: Filters, chosen: object) -> Filters:
        return with_own(filters, {"per": str(chosen) if chosen in possible else ""})

    with st.container(key="over-per", horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            t("Values"), options, key=key, format_func=words.__getitem__, disabled=bool(reason),
            label_visibility="collapsed", on_change=edit(key, change), width="content",
        )  # fmt: skip
        if reason:
            put(h("p", reason, cls="o-why"))


def reference(ctx: Context, shown: str, nobody: str) -> None:
    """Choose the economy that differences are said against, or none."""
    t = ctx.t
    key = "pick-ref"
    st.session_state[key] = shown
    names = data.economy_names(ctx)

    def label(code: str) -> str:
        if code == nobody:
            return t("Against nobody")
        return t("Against {economy}", economy=names.get(code, code))

    st.selectbox(
        t("Against which economy"), [nobody, *SCOPE, *COMPARATORS], key=key, format_func=label,
        label_visibility="collapsed",
        on_change=edit(key, lambda filters, code: with_own(filters, {"ref": str(code)})),
    )  # fmt: skip


def switch(ctx: Context, name: str, label: str, *, on: bool, default: bool | None = False) -> None:
    """An on-off choice in the URL as 1 or 0; what equals `default` is left out of it."""
    key = f"pick-{name}"
    st.session_state[key] = on

    def change(filters: Filters, chosen: object) -> Filters:
        same = default is not None and bool(chosen) == default
        return with_own(filters, {name: "" if same else "1" if chosen else "0"})

    st.toggle(label, key=key, on_change=edit(key, change))


# The player ------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "observatory_economies_player",
        js=(ASSETS / "economies.js").read_text("utf-8"),
        isolate_styles=False,
    )


def _words(ctx: Context) -> dict[str, str]:
    t = ctx.t
    return {
        "play": t("Play"),
        "pause": t("Pause"),
        "before": t("Period before"),
        "after": t("Next period"),
        "period": t("Period"),
        "still": t("Your device asks for less motion: step with the arrows."),
        "loading": t("Loading"),
    }


def player(ctx: Context, shown: overview.Picture, choice: overview.Choice) -> None:
    """A slider over the periods with a button that plays them on the map.

    The drawings of all periods are sent when they are first asked for, and change in the browser;
    where it stops, the period goes into the URL. Nothing where there is one period only.
    """
    wanted = st.session_state.pop(WANTED, None)
    if len(shown.play) < 2 or sink.active():
        return
    bar = piece(ctx, "over-play", lambda: overview.play_data(shown), choice)
    same = replace(choice, period=None, reference="", comparators=False, log=None)
    payload: dict[str, object] = {
        **bar, "card": overview.MAP, "words": _words(ctx), "key": str((ctx.cache_key(), same)),
    }  # fmt: skip
    if wanted in ("wide", "narrow"):
        narrow = wanted == "narrow"
        frames = piece(
            ctx, "over-frames", lambda: overview.frames(shown, narrow=narrow), choice, narrow
        )
        payload |= {"frames": frames, "size": wanted}
    with st.container(key="over-player"):
        _component()(key=PLAYER, data=payload, on_period_change=_to_period, on_frames_change=_ask)


def _told(name: str) -> str:
    found = st.session_state.get(PLAYER)
    value = getattr(found, name, None) if found is not None else None
    return str(value)[:40] if value else ""


def _to_period() -> None:
    chosen = _told("period")
    if chosen:
        filters = context().filters
        write(with_own(filters, {"year": "" if chosen == overview.LATEST else chosen}))


def _ask() -> None:
    st.session_state[WANTED] = _told("frames")
