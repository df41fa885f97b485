"""Filters in the URL: read at the start of a run, written back, changed by the tools."""

from __future__ import annotations

from typing import Final

import streamlit as st

from observatory.cards.filters import Filters, Known, Note, first, parse, to_query
from observatory.i18n import DEFAULT_LANGUAGE, match_language

OWN: Final = (
    "economies", "period", "currency", "lang", "as_of", "build",
    "economy", "org", "indicator", "receipt", "present", "pick",
)  # fmt: skip
SHARED: Final = ("economies", "period", "currency", "lang", "as_of", "build", "pick")
SUBJECTS: Final = ("economy", "org", "indicator")
_LAST: Final = "obs.last"
_LANG: Final = "obs.lang"
_EXTRA: Final = "obs.extra"


def first_language() -> str:
    """The language of a first visit: the browser's, where we have it. Fixed for a session."""
    known = st.session_state.get(_LANG)
    if isinstance(known, str):
        return known
    try:
        wanted = st.context.locale
    except Exception:  # noqa: BLE001 - outside a browser there is no locale to read
        wanted = None
    lang = match_language(wanted, started=False) or DEFAULT_LANGUAGE
    st.session_state[_LANG] = lang
    return lang


def _query() -> dict[str, object]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def read(known: Known, page: str, subject: str = "") -> tuple[Filters, list[Note]]:
    """The state of this run. Coming from another page without filters keeps the last ones.

    `subject` is the one of `economy`, `org` and `indicator` that the page shows; the other two
    do not belong to its URL.
    """
    query = _query()
    for name in SUBJECTS:
        if name != subject:
            query.pop(name, None)
    last = st.session_state.get(_LAST)
    if isinstance(last, tuple) and last[0] != page and not any(first(query, n) for n in SHARED):
        query.update(last[1])
    filters, notes = parse(query, known, default_lang=first_language())
    st.session_state[_EXTRA] = tuple(known.extra)
    write(filters)
    shared = to_query(filters.shared(), default_lang=first_language())
    st.session_state[_LAST] = (page, dict(shared))
    return filters, notes


def write(filters: Filters) -> None:
    """Bring our own parameters of the URL in line with `filters`; others are left alone.

    Ours are the app's and those that the page declared: one that is back at its default goes.
    """
    wanted = to_query(filters, default_lang=first_language())
    ours = {*OWN, *wanted, *st.session_state.get(_EXTRA, ())}
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    if {name: [value] for name, value in wanted.items()} == {
        name: values for name, values in now.items() if name in ours
    }:
        return
    if ours.issuperset(now):
        # One message, so that the browser gets one entry in its history.
        st.query_params.from_dict(wanted)
        return
    for name in ours:
        if name not in wanted and name in now:
            del st.query_params[name]
        elif name in wanted and now.get(name) != [wanted[name]]:
            st.query_params[name] = wanted[name]
