"""The choice of event markers, for every page with charts over time: `?events=` in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from observatory.cards import states
from observatory.cards.filters import Filters, Note, shorten
from observatory.ui.context import Context, context
from observatory.ui.html import put
from observatory.ui.state import write
from observatory.views import markers


def with_kinds(filters: Filters, kinds: Sequence[str], default: Sequence[str]) -> Filters:
    """The filters with these kinds of event switched on; the page's default leaves the URL."""
    kept = tuple(pair for pair in filters.extra if pair[0] != "events")
    if tuple(kinds) == tuple(default):
        return replace(filters, extra=kept)
    value = "0" if not kinds else "1" if tuple(kinds) == markers.KINDS else ",".join(kinds)
    return replace(filters, extra=tuple(sorted((*kept, ("events", value)))))


def events(ctx: Context, default: Sequence[str] = ()) -> tuple[str, ...]:
    """Draw the choice and return the kinds that are on, in their order."""
    t = ctx.t
    kinds, bad = markers.kinds_of(ctx.filters.get("events"), default)
    if bad:
        note = Note("extra", shorten(f"events={','.join(bad)}"))
        put(states.bad_link(note, t, {}, ctx.href(ctx.page)))
    key = "pick-events"
    st.session_state[key] = list(kinds)

    def change() -> None:
        chosen = st.session_state.get(key) or []
        now = [kind for kind in markers.KINDS if kind in chosen]
        write(with_kinds(context().filters, now, default))

    st.pills(
        t("Events on the charts"), markers.KINDS, selection_mode="multi", key=key,
        format_func=lambda kind: markers.kind_label(kind, t), on_change=change,
    )  # fmt: skip
    return kinds
