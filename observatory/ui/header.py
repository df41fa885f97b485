"""The line above every page (mark, navigation, data date, language) and the foot below."""

from __future__ import annotations

from urllib.parse import urlencode

from observatory.cards.filters import to_query
from observatory.cards.markup import Safe, h, icon, join
from observatory.i18n import KNOWN, LANGUAGES
from observatory.ui import nav
from observatory.ui.context import Context
from observatory.ui.file_links import page_links


def _href(ctx: Context, path: str, **changes: str) -> str:
    query = to_query(ctx.filters.shared(), default_lang=ctx.default_lang)
    query.update(changes)
    text = urlencode(query)
    return path + ("?" + text if text else "")


def _page_link(ctx: Context, page: nav.Page, label: str, cls: str | None = None) -> Safe:
    here = ctx.page == page.slug
    return h("a", label, href=_href(ctx, nav.path_of(page)), data_go=True, cls=cls,
             aria_current="page" if here else None)  # fmt: skip


def brand_and_nav(ctx: Context) -> Safe:
    """Mark, name and navigation; on a narrow screen the navigation is a menu."""
    t = ctx.t
    brand = h(
        "a",
        h("span", cls="obs-mark", aria_hidden="true"),
        t("East Asia AI Observatory"),
        cls="obs-brand",
        href=_href(ctx, "/"),
        data_go=True,
    )
    wide: list[Safe] = []
    narrow: list[Safe] = []
    for section, pages in nav.sections():
        here = any(page.slug == ctx.page for page in pages)
        name = t(section)
        if len(pages) == 1:
            wide.append(_page_link(ctx, pages[0], name, "top on" if here else "top"))
            narrow.append(_page_link(ctx, pages[0], name))
            continue
        items = [_page_link(ctx, page, t(page.title)) for page in pages]
        wide.append(
            h(
                "details",
                h("summary", name, icon("keyboard_arrow_down"), cls="on" if here else None),
                h("div", *items, cls="obs-drop"),
                cls="obs-menu",
            )
        )
        narrow += [h("span", name, cls="cap"), *items]
    menu = h(
        "details",
        h("summary", icon("menu", t("Pages"))),
        h("nav", *narrow, cls="obs-drop", aria_label=t("Pages")),
        cls="obs-phone obs-menu",
    )
    bar = h("nav", *wide, cls="obs-nav obs-desktop", aria_label=t("Pages"))
    return h("div", menu, brand, bar, cls="obs-head")


def tools(ctx: Context) -> Safe:
    """Search, data date, language and appearance."""
    t = ctx.t
    date = None
    if ctx.as_of:
        said = t("As known on {day}", day=t.date(ctx.as_of))
        date = h("span", icon("history"), h("span", said, cls="sr"),
                 h("span", t.date(ctx.as_of), cls="word", aria_hidden="true"), title=said,
                 cls="obs-asof")  # fmt: skip
    elif ctx.data_date:
        day = t("Data to {day}", day=t.date(ctx.data_date))
        date = h("span", icon("schedule"), h("span", day, cls="word"), title=day,
                 cls="obs-date")  # fmt: skip
    here = nav.find(ctx.page)
    path = nav.path_of(here) if here else "/"
    own = {k: v for k, v in to_query(ctx.filters, default_lang=ctx.default_lang).items()
           if k not in {"lang", "receipt"}}  # fmt: skip
    languages = [
        h(
            "a",
            language.name,
            href=path + "?" + urlencode({**own, "lang": language.id}),
            data_go=True,
            lang=language.id,
            hreflang=language.id,
            aria_current="true" if language.id == ctx.lang else None,
        )
        for language in LANGUAGES.values()
    ]
    looks = [
        h("button", icon(shape) if shape else None, label, type="button", data_theme_choice=name)
        for name, label, shape in (
            ("System", t("As the device"), "contrast"),
            ("Light", t("Light"), "light_mode"),
            ("Dark", t("Dark"), "dark_mode"),
        )
    ]
    menu = h(
        "details",
        h(
            "summary",
            icon("language"),
            h("span", KNOWN[ctx.lang].name, cls="word"),
            aria_label=t("Language and appearance"),
        ),
        h(
            "div",
            h("span", t("Language"), cls="cap"),
            *languages,
            h("hr"),
            h("span", t("Appearance"), cls="cap"),
            *looks,
            cls="obs-drop",
        ),
        cls="obs-menu",
    )
    return h("div", _search_button(ctx), _talk(ctx), date, menu, cls="obs-tools")


def _talk(ctx: Context) -> Safe:
    """The story of this browser (its script counts the slides) and the way onto the stage."""
    t = ctx.t
    story = h(
        "a", icon("bookmark", t("Your story")), h("span", "0", cls="obs-count", data_story_count=True),
        cls="obs-story quiet", href=_href(ctx, "/present"), data_story_open=True,
        title=t("Your story"), hidden=True,
    )  # fmt: skip
    stage = h(
        "button", icon("fullscreen"), type="button", cls="obs-present", data_present=True,
        aria_label=t("Present this page"), title=t("Present this page (p)"), aria_keyshortcuts="p",
    )  # fmt: skip
    return join([story, stage if ctx.page != "present" else None])


def _search_button(ctx: Context) -> Safe:
    """Opens the search box; the script of the page makes the box itself."""
    t = ctx.t
    return h(
        "button",
        icon("search"),
        h("span", t("Search"), cls="word"),
        h("span", t("Ctrl K"), cls="kbd word", aria_hidden="true"),
        type="button",
        cls="obs-find-open",
        data_find=True,
        aria_label=t("Search"),
        aria_haspopup="dialog",
        aria_keyshortcuts="Control+K Meta+K /",
    )


def foot(ctx: Context) -> Safe:
    """Build, sources, licences."""
    t = ctx.t
    parts: list[Safe] = [h("span", h("b", t("East Asia AI Observatory")))]
    if ctx.build_id:
        parts.append(h("span", t("Build {id}", id=ctx.build_id)))
    if ctx.sources:
        parts.append(h("span", t.n("{n} source", "{n} sources", ctx.sources)))
    if ctx.data_date:
        parts.append(h("span", t("Data to {day}", day=t.date(ctx.data_date))))
    parts += [
        h("span", t("Each number keeps the licence of its source; see its receipt.")),
        h("span", t("Code: Apache License 2.0")),
        h("button", icon("link"), t("Copy a link to this view"), cls="act", type="button",
          data_act="link"),
    ]  # fmt: skip
    if ctx.page != "present":
        parts += page_links(ctx)
    return h("footer", join(parts), cls="obs-foot")
