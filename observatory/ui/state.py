"""Filters in the URL: read at the start of a run, written back, changed by the tools."""

from __future__ import annotations

from typing import Final

import streamlit as st

from observatory.i18n import DEFAULT_LANGUAGE, match_language
from observatory.ui.filters import Filters, Known, Note, first, parse, to_query

OWN: Final = (
    "economies", "period", "currency", "lang", "as_of", "build",
    "economy", "org", "indicator", "receipt", "present",
)  # fmt: skip
SHARED: Final = ("economies", "period", "currency", "lang", "as_of", "build")
_LAST: Final = "obs.last"
_LANG: Final = "obs.lang"


def first_language() -> str:
    """The language of a first visit: the browser's, where we have it. Fixed for a session."""
    known = st.session_state.get(_LANG)
    if isinstance(known, str):
        return known
    try:
        wanted = st.context.locale
    except Exception:
        wanted = None
    lang = match_language(wanted) or DEFAULT_LANGUAGE
    st.session_state[_LANG] = lang
    return lang


def _query() -> dict[str, object]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def read(known: Known, page: str) -> tuple[Filters, list[Note]]:
    """The state of this run. Coming from another page without filters keeps the last ones."""
    query = _query()
    last = st.session_state.get(_LAST)
    if isinstance(last, tuple) and last[0] != page and not any(first(query, n) for n in SHARED):
        query.update(last[1])
    filters, notes = parse(query, known, default_lang=first_language())
    write(filters)
    shared = to_query(filters.shared(), default_lang=first_language())
    st.session_state[_LAST] = (page, dict(shared))
    return filters, notes


def write(filters: Filters) -> None:
    """Bring our own parameters of the URL in line with `filters`; others are left alone."""
    wanted = to_query(filters, default_lang=first_language())
    for name in (*OWN, *(key for key, _ in filters.extra)):
        value = wanted.get(name)
        present = name in st.query_params
        if value is None and present:
            del st.query_params[name]
        elif value is not None and (not present or st.query_params.get_all(name) != [value]):
            st.query_params[name] = value
