"""A brief: one HTML file with everything inside it, to send, to print, to read with the network off.

It is made of the parts of a page, or of the cards of a story, as the screen shows them, with the
table under every chart. `pdf.to_pdf` prints it with page numbers and a tagged structure.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from observatory.cards.card_model import Card
from observatory.cards.markup import Child, Safe, external, h, join
from observatory.cards.page_view import PageView, Part
from observatory.cards.table import card_table
from observatory.charts.figure_svg import Undrawable, figure_svg
from observatory.editions import words
from observatory.editions.pictures import FONT_FILES
from observatory.editions.words import Shelf
from observatory.i18n import Translator, translator

ASSETS: Final = Path(__file__).parent / "assets"
MOST_ROWS: Final = 40
"""Rows of a chart's table in a brief; the number of the others is told."""
FIGURE_WIDTH: Final = 760.0
_SVG: Final = re.compile(r'<span([^>]*)\bdata-svg=""([^>]*)>(.*?)</span>', re.DOTALL)
_BUTTON: Final = re.compile(r"<(/?)button\b([^>]*)>")
_LINK: Final = re.compile(
    r'<a\b([^>]*?)\shref="(/[^"]*|\?[^"]*|#[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL
)
_ON_SCREEN: Final = re.compile(
    r'\s(?:tabindex|data-(?:go|act|card|receipt|sort|img|copy|open)|cursor)(?:="[^"]*")?(?=[\s>/])'
)
_FORM: Final = re.compile(r"<(?:input|label)\b[^>]*>(?:[^<]*</label>)?")


@dataclass(frozen=True)
class BriefCard:
    """One card of a story with the speaker's own title and note."""

    view: PageView
    card: Card
    title: str = ""
    note: str = ""


def page_brief(view: PageView, shelf: Shelf, css: str) -> str:
    """The brief of one page: its heading, sections, cards and what it does not know."""
    t = translator(view.lang)
    body = join(
        _part(part, view, shelf, t) for part in view.parts if part.role != "html" or part.html
    )
    cards = list(view.cards.values())
    return _document(
        view.heading.title or t("East Asia AI Observatory"), body, view, cards, shelf, css, t
    )


def story_brief(title: str, slides: Sequence[BriefCard], shelf: Shelf, css: str, lang: str) -> str:
    """The brief of a story: its cards in order, under their own titles and notes."""
    t = translator(lang)
    if not slides:
        raise ValueError("a brief needs a card")
    parts = [h("header", h("h1", title), cls="obs-title")]
    for slide in slides:
        note = h("p", slide.note, cls="bf-note") if slide.note else None
        parts.append(
            join([_card(slide.card, slide.view, shelf, t, title=slide.title, level=2), note or ""])
        )
    cards = [slide.card for slide in slides]
    return _document(title, join(parts), slides[0].view, cards, shelf, css, t)


def _document(
    title: str,
    body: Safe,
    view: PageView,
    cards: Sequence[Card],
    shelf: Shelf,
    css: str,
    t: Translator,
) -> str:
    head = [words.data_line(view), *words.choices(view, shelf)]
    link = words.address(view, shelf)
    about = h(
        "aside",
        h("p", join([h("span", text) for text in head], " · ")),
        h("p", external(link, link) if shelf.base else link, cls="bf-link"),
        cls="bf-about",
    )
    sources = h(
        "section",
        h("h2", t("Sources")),
        h("ol", *(h("li", _source(*one)) for one in words.all_sources(cards))),
        cls="bf-sources",
    )
    foot = t("East Asia AI Observatory") + " · " + words.data_line(view)
    style = _faces() + css + (ASSETS / "brief.css").read_text("utf-8")
    quoted = foot.replace("\\", "").replace('"', "'").replace("<", "")
    style += f'@page{{@bottom-left{{content:"{quoted}"}}}}'
    whole = h("main", about, body, sources, cls="brief")
    return (
        f'<!doctype html><html lang="{t.html_lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; font-src data:; img-src data:\">"
        f"<title>{h('span', title).html[6:-7]}</title>"
        f"<style>{style}</style></head><body>{whole.html}</body></html>"
    )


def _source(name: str, title: str, url: str) -> Child:
    said = name if title in ("", name) else f"{name}: {title}"
    return external(said, url) if url else said


def _part(part: Part, view: PageView, shelf: Shelf, t: Translator) -> Safe:
    if part.card is not None:
        return _card(part.card, view, shelf, t)
    return still(part.html or Safe(""), view, shelf)


def _card(
    card: Card, view: PageView, shelf: Shelf, t: Translator, *, title: str = "", level: int = 3
) -> Safe:
    body = picture_html(card, view, shelf)
    if card.empty is not None:
        body = h("p", " ".join(filter(None, (card.empty.reason, card.empty.exists))), cls="muted")
    after = still(card.after, view, shelf) if card.after else None
    statuses = words.statuses(card, t)
    return h(
        "section",
        h(f"h{level}", title or card.title),
        h("p", card.title, cls="bf-found") if title else None,
        h("p", card.subtitle, cls="sub") if card.subtitle else None,
        h("div", body, cls="plot") if body else None,
        after,
        _twin(card, view, shelf, t),
        h(
            "p",
            " ".join(filter(None, (words.source_line(card, t), statuses, card.caveat))),
            cls="foot",
        ),
        cls="card",
        aria_label=title or card.title,
    )


def _twin(card: Card, view: PageView, shelf: Shelf, t: Translator) -> Safe | None:
    """The table under a chart; a card that is a table shows it already."""
    if card.table is None or not len(card.table.frame) or not (card.has_picture or card.is_figure):
        return None
    rows = len(card.table.frame)
    more = None
    if rows > MOST_ROWS:
        more = h("p", t.n("{n} more row", "{n} more rows", rows - MOST_ROWS), cls="small muted")
    table = card_table(card.table, card.title, t("not known"), MOST_ROWS)
    return h("div", still(table, view, shelf), more, cls="bf-twin")


def picture_html(card: Card, view: PageView, shelf: Shelf) -> Safe | None:
    """What the card shows, with its drawings in place and nothing that needs a script."""
    if card.body is None:
        return None
    if isinstance(card.body, Safe):
        return still(card.body, view, shelf)
    if isinstance(card.body, str):
        return _drawn(card.body)
    try:
        return _drawn(figure_svg(card.body, FIGURE_WIDTH, name=card.alt or card.title))
    except Undrawable:
        return h("p", card.alt or card.title, cls="muted")


def _drawn(svg: str) -> Safe:
    return Safe(f'<span class="obs-svg" data-on>{svg}</span>')


def still(html: Safe, view: PageView, shelf: Shelf) -> Safe:
    """Markup of the page without what only a running page can answer.

    Drawings that wait for the page's script stand in their place, buttons become text, links lead
    to the site where its address is known.
    """
    text = _SVG.sub(lambda m: f"<span{m[1]} data-on{m[2]}>{unescape(m[3])}</span>", html.html)
    text = _FORM.sub("", text)
    text = _BUTTON.sub(lambda m: f"<{m[1]}span{'' if m[1] else _kept(m[2])}>", text)

    def link(found: re.Match[str]) -> str:
        before, target, after, inner = found.groups()
        absolute = _absolute(unescape(target), view, shelf)
        if not absolute:
            return f"<span{before}{after}>{inner}</span>"
        return str(h("a", Safe(inner), href=absolute).html)

    text = _LINK.sub(link, text)
    return Safe(_ON_SCREEN.sub("", text))


def _kept(attributes: str) -> str:
    """The class and label of a button that becomes text."""
    found = re.findall(r'\s(?:class|lang|title)="[^"]*"', attributes)
    return "".join(found)


def _absolute(target: str, view: PageView, shelf: Shelf) -> str:
    if not shelf.base or target.startswith("#"):
        return ""
    path = urlsplit(target).path or view.path
    query = urlsplit(target).query
    return f"{shelf.base}{path}" + (f"?{query}" if query else "")


def _faces() -> str:
    """The site's Latin fonts, inside the file; other scripts use the reader's own fonts."""
    rules = []
    for family, name in (("Inter", "inter-latin"), ("Source Serif 4", "source-serif-4-latin")):
        data = base64.b64encode((FONT_FILES / f"{name}.woff2").read_bytes()).decode()
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:200 900;font-display:swap;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(rules)
