"""One page of the static edition: the parts of the app's page, its receipts in a file beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import orjson

from observatory.cards.card_model import Card
from observatory.cards.markup import Child, Safe, h, join
from observatory.cards.page_view import PageView
from observatory.cards.story import Shown
from observatory.cards.words import status_label
from observatory.editions import words
from observatory.editions.paper import Paper, source_list
from observatory.editions.words import Shelf
from observatory.i18n import LANGUAGES, N_, Translator, translator
from observatory.site.plan import Leaf, Plan, relative

MOST: Final = 295_000
"""Bytes of a page. Tables under charts are shortened until it fits, and say what is missing."""
STEPS: Final = ((40, False), (12, False), (12, True), (0, True))
"""Rows of the table under a chart, and whether what is folded on the screen is left out."""
_ROW_ID: Final = re.compile(r'data-receipt="([a-z0-9]+)"')
SHORTENED: Final = N_(
    "Long lists and tables are shortened on this page. They are whole on the live site."
)
Lines = Callable[[Sequence[str]], list[dict[str, Any]]]


@dataclass(frozen=True)
class Rendered:
    """A page and the script that holds the receipts of its numbers. `numbers` counts them."""

    leaf: Leaf
    title: str
    html: str
    receipts: str
    numbers: int
    shortened: bool = False


def render_page(leaf: Leaf, view: PageView, plan: Plan, shelf: Shelf, lines: Lines) -> Rendered:
    """A page about an economy, an organisation or a measure."""
    title = view.heading.title

    def body(rows: int, lean: bool) -> Safe:
        paper = Paper(
            view, lambda target: plan.link(target, leaf), receipts=True, rows=rows, lean=lean
        )
        return join(paper.part(part) for part in view.parts)

    return _fitted(leaf, title, view, list(view.cards.values()), body, plan, shelf, lines)


def render_story(
    leaf: Leaf, title: str, shown: Sequence[Shown], plan: Plan, shelf: Shelf, lines: Lines
) -> Rendered:
    """A ready-made story: its cards one under the other."""
    there = [(one.view, one.card) for one in shown if one.view is not None and one.card is not None]
    if not there:
        raise ValueError(f"{leaf.file}: the story has no cards")

    def body(rows: int, lean: bool) -> Safe:
        parts: list[Child] = [h("div", h("h1", title), cls="obs-title")]
        for view, card in there:
            paper = Paper(
                view, lambda target: plan.link(target, leaf), receipts=True, rows=rows, lean=lean
            )
            parts.append(paper.card(card, level=2))
        return join(parts)

    return _fitted(leaf, title, there[0][0], [card for _, card in there], body, plan, shelf, lines)


def render_home(
    leaf: Leaf, view: PageView, groups: Mapping[str, Sequence[tuple[Leaf, str]]], omitted: Sequence[str],
    plan: Plan, shelf: Shelf, lines: Lines,
) -> Rendered:  # fmt: skip
    """The first page of a language: the briefing, then every page of the edition by kind."""
    t = translator(leaf.lang)

    def body(rows: int, lean: bool) -> Safe:
        paper = Paper(
            view, lambda target: plan.link(target, leaf), receipts=True, rows=rows, lean=lean
        )
        parts: list[Child] = [paper.part(part) for part in view.parts]
        for heading, entries in groups.items():
            items = [h("li", _way(name, relative(leaf.file, one.file))) for one, name in entries]
            parts += [h("h2", heading), h("ul", *items, cls="st-list")]
        parts.append(h("h2", t("Not in this edition")))
        lead = t("These pages answer questions while you ask them and need the live site:")
        parts.append(h("p", lead, " ", t.list(list(omitted)), t.stop))
        return join(parts)

    title = t("East Asia AI Observatory")
    return _fitted(leaf, title, view, list(view.cards.values()), body, plan, shelf, lines)


def _fitted(
    leaf: Leaf, title: str, view: PageView, cards: Sequence[Card], body: Callable[[int, bool], Safe],
    plan: Plan, shelf: Shelf, lines: Lines,
) -> Rendered:  # fmt: skip
    """The page with the longest tables that its size allows."""
    html, step = "", STEPS[0]
    for step in STEPS:
        made = body(*step)
        if step != STEPS[0]:
            made += h("p", translator(leaf.lang)(SHORTENED), cls="muted")
        html = _document(leaf, title, view, cards, made, plan, shelf)
        if len(html.encode()) <= MOST:
            break
    ids = list(dict.fromkeys(_ROW_ID.findall(html)))
    receipts = _receipts(ids, lines, translator(leaf.lang))
    return Rendered(leaf, title, html, receipts, len(ids), step != STEPS[0])


def _document(
    leaf: Leaf,
    title: str,
    view: PageView,
    cards: Sequence[Card],
    body: Safe,
    plan: Plan,
    shelf: Shelf,
) -> str:
    t = translator(leaf.lang)
    assets = relative(leaf.file, "assets")
    home = relative(leaf.file, f"{leaf.lang}/index.html")
    name = t("East Asia AI Observatory")
    head = h(
        "header",
        _way(name, home, cls="st-brand"),
        h(
            "input",
            type="search",
            cls="st-find",
            aria_label=t("Find"),
            placeholder=t("Find"),
            autocomplete="off",
        ),
        _languages(leaf, plan),
        cls="st-head",
    )
    about = [words.data_line(view), *words.choices(view, shelf)]
    live = plan.base and h("a", t("This view on the live site"), href=words.address(view, shelf))
    foot = h(
        "footer",
        h("h2", t("Sources")),
        source_list(cards, shelf),
        h("p", " · ".join(about)),
        h("p", live) if live else None,
        h(
            "p",
            t(
                "Each figure keeps the licence of its source. Selection, definitions and translations: CC BY 4.0."
            ),
        ),
        cls="st-foot",
    )
    main = h("main", body, foot, cls="brief")
    script = f"{leaf.id}.receipts.js"
    policy = (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
        "script-src 'self'"
    )
    described = escape(view.heading.text or title)
    return (
        f'<!doctype html><html lang="{t.html_lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)} · {escape(name)}</title>"
        f'<meta name="description" content="{described[:300]}">'
        f'<link rel="stylesheet" href="{assets}/site.css">'
        f'</head><body data-receipts="{escape(script)}" data-search="{assets}/search-{leaf.lang}.js" '
        f'data-root="{relative(leaf.file, ".")}">'
        f"{head.html}{main.html}"
        f'<script src="{assets}/words-{leaf.lang}.js" defer></script>'
        f'<script src="{assets}/site.js" defer></script></body></html>'
    )


def _way(label: str, address: str, **attributes: str | None) -> Safe:
    """A link to another file of the edition: a relative address, which pages of the app never have."""
    made = h("a", label, **attributes).html
    return Safe(made.replace("<a", f'<a href="{escape(address)}"', 1))


def _languages(leaf: Leaf, plan: Plan) -> Safe:
    links = []
    for lang, language in LANGUAGES.items():
        there = plan.find(leaf.kind, leaf.id, lang)
        if there is not None:
            current = "page" if lang == leaf.lang else None
            links.append(
                _way(
                    language.name, relative(leaf.file, there.file), lang=lang, aria_current=current
                )
            )
    return h("nav", *links, cls="st-lang")


def _receipts(ids: Sequence[str], lines: Lines, t: Translator) -> str:
    """A script that hands the receipts to `site.js`: files have no other way to load data."""
    found = {str(line["row_id"]): _receipt(line, t) for line in lines(ids)}
    text = orjson.dumps(found).decode().replace("<", "\\u003c")
    return f"observatoryReceipts({text});\n"


def _receipt(line: Mapping[str, Any], t: Translator) -> list[str]:
    """What a receipt says, in the order in which it is shown."""

    def said(name: str) -> str:
        value = line.get(name)
        if value is None or value != value or str(value) in ("NaT", "None", ""):
            return ""
        if isinstance(value, (dt.date, dt.datetime)) or hasattr(value, "isoformat"):
            return str(value.isoformat()[:10])
        if isinstance(value, float):
            return t.exact(value, "")
        return str(value)

    status = said("status")
    return [
        said("measure"), said("entity"), said("period"), said("value"), said("unit"),
        status_label(status, t) if status else "", said("source_title"), said("source_publisher"),
        said("source_url"), said("locator"), said("published"), said("read_on"), said("licence"), said("note"),
    ]  # fmt: skip
