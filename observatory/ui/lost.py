"""Paths that no page is at: which pages were meant, and what is said of it.

Streamlit would open an English dialog of its own over its first page. Here the first page comes
with a line above it, as for every other part of a link that cannot be used; our own server answers
404 (`observatory.ui.index_page`).
"""

from __future__ import annotations

import difflib
from typing import Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

from observatory.cards.filters import MAX_VALUE, shorten
from observatory.cards.markup import Child, Safe, h, join
from observatory.cards.states import banner
from observatory.i18n import Translator
from observatory.ui import nav
from observatory.ui.context import Context

MOST: Final = 3
ALIKE: Final = 0.6
"""Of 1: how alike a written name and a page's have to be. `polcy` and `policy` are 0.9 alike."""


def meant(path: str) -> nav.Page | None:
    """The page of a path that differs in capitals only, or names the first page by its slug."""
    return nav.find(path.lower())


def near(path: str, t: Translator) -> list[nav.Page]:
    """Pages whose slug or name is like a part of the path, the most alike first; at most `MOST`."""
    parts = [part.lower() for part in path[:MAX_VALUE].split("/") if part][:4]
    alike: dict[str, float] = {}
    for page in nav.existing():
        if not nav.offered(page):
            continue
        for name in (page.slug, t(page.title).lower()):
            for part in parts:
                compared = difflib.SequenceMatcher(None, part, name)
                if compared.quick_ratio() >= ALIKE and (ratio := compared.ratio()) >= ALIKE:
                    alike[page.slug] = max(ratio, alike.get(page.slug, 0.0))
    best = sorted(alike, key=lambda slug: -alike[slug])[:MOST]
    return [found for slug in best if (found := nav.find(slug)) is not None]


def _thing(path: str, page: nav.Page) -> dict[str, str]:
    """`/economy/KOR` names what the page shows: its parameter, for the page it begins with."""
    slug, _, value = path.partition("/")
    name = page.subject or ("id" if "id" in page.params else "")
    fits = slug.lower() == page.slug and value and "/" not in value and len(value) <= MAX_VALUE
    return {name: value} if name and fits else {}


def _name(page: nav.Page, t: Translator) -> str:
    """A page's name; with its section where that is another, since several are an "Overview" of theirs."""
    title = t(page.title)
    return title if page.section == page.title else f"{t(page.section)}{t.colon}{title}"


def note(path: str, ctx: Context) -> Safe:
    """The line above the page that is shown instead. `path` is from outside: it stays text."""
    t = ctx.t
    links = [
        h("a", _name(page, t), href=ctx.href(nav.path_of(page), **_thing(path, page)), data_go=True)
        for page in near(path, t)
    ]
    rest: list[Child] = [t("Showing {name} instead.", name=t(nav.home().title))]
    if links:
        rest += [t("Pages with a name like it:"), join(links, " · ")]
    lead = t("There is no page “{value}”.", value=shorten(path))
    return banner("link_off", lead, join(rest, " "), warn=True)


def resolve() -> str:
    """The path that the browser asked and no page is at; empty where there is one.

    Streamlit is told that the first page was asked, or the page that was meant, so that it opens
    no dialog. To be called before `st.navigation`.
    """
    ctx = get_script_run_ctx()
    if ctx is None or ctx.pages_manager.intended_page_script_hash:
        return ""
    path = (ctx.pages_manager.intended_page_name or "").strip("/")
    if not path or (path != nav.home().slug and nav.find(path)):
        return ""
    page = meant(path)
    ctx.pages_manager.set_script_intent("", page.slug if page and page != nav.home() else "")
    return "" if page else path
