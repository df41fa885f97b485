"""What every page needs to know about the run: language, filters, build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from observatory.cards.filters import Filters, to_query
from observatory.cards.markup import href
from observatory.i18n import Translator, translator

_KEY = "obs.context"


@dataclass(frozen=True)
class Context:
    """One run's surroundings.

    `db` is the handle of the published build that `observatory.db` queries take; `build_id`,
    `data_date` (latest day a source was read) and `sources` (their number) describe it.
    `theme` is `light` or `dark`, for Plotly figures; SVG follows the theme by itself.
    """

    filters: Filters
    db: Any = None
    build_id: str = ""
    data_date: dt.date | None = None
    sources: int = 0
    theme: str = "light"
    page: str = ""
    default_lang: str = "en"

    @cached_property
    def t(self) -> Translator:
        """The translator of the reader's language."""
        return translator(self.filters.lang)

    @property
    def lang(self) -> str:
        return self.filters.lang

    @property
    def as_of(self) -> dt.date | None:
        """Show what was known by this day; None means everything known."""
        return self.filters.as_of

    def href(self, path: str, **params: str | None) -> str:
        """A link inside the app that keeps the shared filters."""
        return href(path, **{**self.shared_query(), **params})

    def shared_query(self) -> dict[str, str]:
        """The choices that go along to other pages, by name; without those at their default."""
        return to_query(self.filters.shared(), default_lang=self.default_lang)

    def permalink_query(self) -> dict[str, str]:
        """Every choice by name, with the build: the query of a lasting link to this view."""
        query = to_query(self.filters, complete=True)
        query.pop("receipt", None)
        if self.build_id:
            query["build"] = self.build_id
        return query

    def regardless(self, *names: Literal["economies", "currency"]) -> Context:
        """The same surroundings as if the reader had not made these choices.

        A piece that is made for them is shared by readers who differ in nothing else, so an own
        group of economies does not make it anew. Such a piece holds no link of `href`.
        """
        blank = Filters()
        chosen = {name: getattr(blank, name) for name in names}
        return replace(self, filters=replace(self.filters, **chosen))

    def cache_key(self) -> tuple[object, ...]:
        """What a card's content depends on besides its own arguments."""
        f = self.filters
        key = (
            self.build_id,
            f.lang,
            self.theme,
            f.economies,
            f.period,
            f.currency,
            f.as_of,
            f.pick,
        )
        # On a stage charts are planned for another room (observatory.charts.room).
        return (*key, "stage") if f.present else key


def set_context(value: Context) -> None:
    """Keep the context for the page, its cards and the desk. Called once a run by the shell."""
    st.session_state[_KEY] = value


def context() -> Context:
    """The context of this run; RuntimeError outside a page of the app."""
    _leave_pages_folder_mode()
    value = st.session_state.get(_KEY)
    if not isinstance(value, Context):
        raise RuntimeError("no context: pages run inside observatory.ui.shell")
    return value


def _leave_pages_folder_mode() -> None:
    """Send a page that Streamlit ran by itself through `app.py`.

    Before `st.navigation` has run once in the process, Streamlit takes the folder `pages/` for
    its own older kind of multipage app and runs a deep link's file without `app.py`.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
