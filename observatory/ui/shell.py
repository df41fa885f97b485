"""The frame around every page: one call from `app.py` draws it all."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from observatory.cards import states
from observatory.cards.markup import Safe, h, join
from observatory.db import queries, sandbox
from observatory.i18n import Translator, match_language, translator
from observatory.ui import boot, data, desk, errors, header, lost, metrics, nav, stage, tools
from observatory.ui.card import clear_registry
from observatory.ui.catalogue import catalogue
from observatory.ui.context import Context, set_context
from observatory.ui.door import out_style
from observatory.ui.html import put
from observatory.ui.shared import Shared
from observatory.ui.state import first_language, read
from observatory.ui.style import linked, style_sheet
from observatory.ui.visit import context_of, known_of

_CONFIGURED: Final = "obs.configured"
# In the message itself: a file of the page that named it is gone when the visit is a page further.
_ICON: Final = "data:image/png;base64," + b64encode(
    (nav.ROOT / "static" / "mark.png").read_bytes()
).decode("ascii")


def configure() -> None:
    """Page configuration, told once a visit: the browser keeps it. Tabs are named by `ui.heading`."""
    if st.session_state.get(_CONFIGURED):
        return
    st.session_state[_CONFIGURED] = True
    st.set_page_config(
        page_icon=_ICON,
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={},
    )


def _theme() -> str:
    try:
        return "dark" if st.context.theme.type == "dark" else "light"
    except Exception:  # noqa: BLE001 - outside a browser there is no theme to read
        return "light"


def _slug(page: Any) -> str:
    found = nav.find(page.url_path or "")
    return found.slug if found else nav.home().slug


@metrics.timed
def run(page: Any, asked: str = "") -> None:
    """Draw the frame and run the page inside it. `asked` is a path that no page is at."""
    if not linked():
        out_style(style_sheet())
    opened = boot.ensure()
    slug = _slug(page)
    info = nav.find(slug)
    filters, notes = read(known_of(opened, slug), slug, info.subject if info else "")
    ctx = context_of(filters, opened, slug, theme=_theme(), default_lang=first_language())
    set_context(ctx)
    clear_registry()
    desk.mount()
    if not filters.present:
        _header(ctx)
    names = data.economy_names(ctx) if notes else {}
    way_out = ctx.href("" if info is None else nav.path_of(info))
    put(
        states.stale(ctx.t.date(opened.data_date) if opened.data_date else "", ctx.t,
                     opened.problem) if opened.problem else None,
        lost.note(asked, ctx) if asked else None,
        *(states.bad_link(note, ctx.t, names, way_out) for note in notes[:3]),
        _as_of_note(ctx),
        _pick_note(ctx),
    )  # fmt: skip
    with st.container(key="obs-page", gap=None):
        try:
            if filters.present and slug != "present":
                stage.present_page(ctx)
            else:
                page.run()
        except Exception as exc:  # noqa: BLE001 - the frame outlives any page
            day = ctx.t.date(ctx.data_date) if ctx.data_date else ""
            put(states.error(errors.report(exc, f"page {slug}"), ctx.t, day, page=True))
    if not filters.present:
        put(_frame(ctx, header.foot))
    desk.open_linked_receipt(ctx)


def _header(ctx: Context) -> None:
    with st.container(key="obs-head", horizontal=True, vertical_alignment="center", gap=None):
        put(_frame(ctx, header.brand_and_nav), width="content")
        tools.popover()
        put(_frame(ctx, header.tools), width="content")


_FRAMES: Final = Shared(512)


def _frame(ctx: Context, part: Callable[[Context], Safe]) -> Safe:
    """A part of the frame, shared by all who look at the same view."""
    about = (ctx.build_id, ctx.data_date, ctx.sources, ctx.page, ctx.filters, ctx.default_lang)
    found: Safe = _FRAMES.get((part.__name__, *about, sandbox.allowed()), lambda: part(ctx))
    return found


def _as_of_note(ctx: Context) -> Safe | None:
    """The time machine is on: how many of the headline values had a source by then."""
    if ctx.as_of is None:
        return None
    t = ctx.t
    found = catalogue(ctx)
    chosen = (ctx.filters.economy,) if ctx.filters.economy else ctx.filters.economies
    known, total, first = queries.known_share(ctx.db, found.headline_ids, chosen, ctx.as_of)
    said = t(
        "{known} of {total} headline values had a source by then.",
        known=t.number(known),
        total=t.number(total),
    )
    if not known and first:
        said += " " + t("The first became known on {day}.", day=t.date(first))
    said += " " + t(
        "Most long series were read from copies of 2026 and count from the day they were read."
    )
    return states.banner(
        "history",
        t("As known on {day}.", day=t.date(ctx.as_of)),
        join([said, h("a", t("Show everything known"), href="?as_of=", data_go=True)], " "),
    )


def _pick_note(ctx: Context) -> Safe | None:
    """The reader chose among sources that differ: pages built on the chosen values follow."""
    if not ctx.filters.pick:
        return None
    t, n = ctx.t, len(catalogue(ctx).picked)
    lead = t.n("{n} value is shown as you chose it.", "{n} values are shown as you chose them.", n)
    said = t(
        "Charts, ranks and the scorecard use your choice, not that of the site’s rule, until you take it back."
    )
    see = h("a", t("See what changes"), href="/conflicts#effects", data_go=True)
    back = h("a", t("Take it back"), href="?pick=", data_go=True)
    return states.banner("call_split", lead, join([said, see, back], " "))


def translator_of_visit() -> Translator:
    """The translator for what is needed before the filters are read: the pages' titles."""
    wanted = st.query_params.get("lang")
    return translator(match_language(wanted) or first_language())
