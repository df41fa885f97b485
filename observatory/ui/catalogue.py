"""Shared work of pages: the catalogue of measures, and pieces of HTML that sessions share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from observatory.i18n import translator
from observatory.ui.context import Context
from observatory.views.measures import Catalogue

T = TypeVar("T")


@st.cache_resource(max_entries=48, show_spinner=False)
def _catalogue(
    build_id: str,
    lang: str,
    as_of: date | None,
    years: tuple[int | None, int | None] | None,
    _db: Any,
) -> Catalogue:
    return Catalogue(_db, translator(lang), as_of, years)


def catalogue(ctx: Context) -> Catalogue:
    """Measures, economies and headline series of the context's build, day and language."""
    return _catalogue(ctx.build_id, ctx.lang, ctx.as_of, ctx.filters.period, ctx.db)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _piece(
    name: str, key: tuple[object, ...], args: tuple[object, ...], _make: Callable[[], Any]
) -> Any:
    return _make()


def piece(ctx: Context, name: str, make: Callable[[], T], *args: object) -> T:
    """What ``make`` returns, shared between sessions that look at the same thing.

    ``args`` are what it depends on besides build, language, theme and filters; do not change the result.
    """
    found: T = _piece(name, ctx.cache_key(), args, make)
    return found
