"""The desk: what a click on a number, an action or a link does. Mounted once, above the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from observatory.cards.story import TOO_MANY
from observatory.i18n import Translator
from observatory.ui import dialogs, nav
from observatory.ui.card import FIGURES
from observatory.ui.context import Context, context
from observatory.ui.index_page import files_of
from observatory.ui.pick import present as pick_present
from observatory.ui.style import ASSETS

_OPENED: Final = "obs.opened"
SCRIPTS: Final = ("sort.js", "find.js", "visit.js", "story.js", "desk.js")
"""Parts of the one script of the page; `desk.js` ends with what Streamlit calls."""


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "observatory_desk",
        js="\n".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS),
        isolate_styles=False,
    )


@lru_cache(maxsize=8)
def _words(t: Translator) -> dict[str, Any]:
    return {
        "copied": t("Copied"),
        "noImage": t("This card has no picture; the table has everything."),
        "brand": t("East Asia AI Observatory"),
        "sorted": {
            "ascending": t("Sorted by {column}, rising", column="{column}"),
            "descending": t("Sorted by {column}, falling", column="{column}"),
            "none": t("In the first order again"),
        },
        "story": {
            "added": t("Added to the story: slide {n}", n="{n}"),
            "full": t(TOO_MANY),
            "closed": t("This browser keeps nothing; the story cannot grow here."),
        },
        "find": {
            "label": t("Search the observatory"),
            "placeholder": t("Find anything by name"),
            "close": t("Close"),
            "results": t("What was found"),
            "off": t(
                "The search needs the observatory's own server, which is not running here. The"
                " pages of economies and companies have lists to choose from."
            ),
            "keys": [["↑ ↓", t("choose")], ["Enter", t("open")], ["Esc", t("close")]],
        },
    }


def _payload(ctx: Context) -> dict[str, Any]:
    t = ctx.t
    stamp = t("data to {day}", day=t.date(ctx.data_date)) if ctx.data_date else ""
    return {
        "lang": t.html_lang,
        "permalink": urlencode(ctx.permalink_query()),
        "shared": urlencode(ctx.shared_query()),
        "page": ctx.page,
        "paths": nav.paths(),
        "words": _words(t),
        "stamp": stamp,
        "figures": files_of("PlotlyChart"),
    }


def _nothing() -> None:
    """The component asks for a callback; the fragment reads the value itself."""


@st.fragment
def mount() -> None:
    """Put the desk on the page and answer what it reports."""
    ctx = context()
    result = _component()(key="obs-desk", data=_payload(ctx), on_act_change=_nothing)
    act = result.act
    if isinstance(act, Mapping):
        _answer(ctx, act)


def _answer(ctx: Context, act: Mapping[str, Any]) -> None:
    kind = str(act.get("k", ""))[:20]
    if kind == "figures":
        st.session_state[FIGURES] = True
        st.rerun()
    if kind == "story":
        change = pick_present.edited(ctx, str(act.get("id", ""))[:40])
        if change:
            go(ctx, change)
        return
    dialogs.open_for(ctx, kind, card_id=str(act.get("card", ""))[:120],
                     row_id=str(act.get("id", ""))[:64])  # fmt: skip


def go(ctx: Context, address: str) -> None:
    """To another address of the page that the reader is on, keeping the shared choices."""
    asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    page = nav.find(ctx.page)
    if page is None:
        return
    # A name without a value takes a choice back.
    query = {name: value for name, value in {**ctx.shared_query(), **asked}.items() if value}
    st.switch_page(nav.streamlit_page(page), query_params=query)


def open_linked_receipt(ctx: Context) -> None:
    """Open the receipt that the URL names, once for each link."""
    row_id = ctx.filters.receipt
    if not row_id or st.session_state.get(_OPENED) == row_id:
        return
    st.session_state[_OPENED] = row_id
    dialogs.open_for(ctx, "receipt", row_id=row_id)
