"""Pieces that pages are made of: title block, section line, notes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from observatory.cards.markup import Child, Safe, h, icon, join
from observatory.cards.states import Gap
from observatory.ui import nav, sink
from observatory.ui.context import context
from observatory.ui.html import put


def heading(
    title: Child,
    deck: Child = None,
    *,
    crumbs: Sequence[tuple[str, str | None]] = (),
    native: str | None = None,
    native_lang: str | None = None,
    colour: str | None = None,
    finding: bool = False,
) -> None:
    """The page's title block: crumbs, h1 (with native name and economy colour), deck.

    `crumbs` are (label, href or None); `colour` is an economy id.
    """
    if not sink.active():
        _name_tab("" if finding else sink.plain(title))
    trail: list[Safe] = []
    for index, (label, target) in enumerate(crumbs):
        if index:
            trail.append(icon("chevron_right"))
        trail.append(
            h("a", label, href=target, data_go=True) if target else h("span", label)
        )  # fmt: skip
    mark = None
    if colour:
        mark = h(
            "span",
            cls="sw",
            style=f"background:var(--eco-{colour[:3]},var(--ctx2));width:12px;height:26px;"
            "margin-right:12px;border-radius:3px;vertical-align:-2px",
            aria_hidden="true",
        )
    put(
        h(
            "div",
            h("p", *trail, cls="crumb") if trail else None,
            h(
                "h1",
                mark,
                title,
                h("span", native, cls="native", lang=native_lang) if native else None,
                cls="find" if finding else None,
            ),
            h("p", deck, cls="deck") if deck else None,
            cls="obs-title",
        ),
        role="heading",
        title=title,
        words=deck,
    )


def _name_tab(title: str) -> None:
    """The name of the browser's tab, else that of the navigation. Said each time: the browser keeps the last."""
    t, info = context().t, nav.find(context().page)
    named = title or (t(info.title) if info else "")
    st.set_page_config(page_title=f"{named} · {t('East Asia AI Observatory')}")


def section(title: str, more: Child = None, *, anchor: str | None = None) -> None:
    """A 2-px ink line and a section title; `more` stands at the right."""
    put(h("div", h("h2", title, id=anchor), more, cls="sec"), role="section", title=title)


def note_block(title: str, gaps: Sequence[Gap]) -> None:
    """The sunk note at a page's end: what this page does not know."""
    if not gaps:
        return
    colon = context().t.colon
    items = [
        h("li", h("b", gap.lead), " " if gap.lead.endswith((".", ":", "。")) else colon, gap.text)
        for gap in gaps
    ]
    block = h("div", h("h3", icon("help"), title), h("ul", join(items)), cls="obs-note")
    put(block, role="note", title=title)
