"""A brief: one HTML file with everything inside it, to send, to print, to read with the network off.

It is made of the parts of a page, or of the cards of a story, as the screen shows them, with the
table under every chart. `pdf.to_pdf` prints it with page numbers and a tagged structure.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from observatory.cards.card_model import Card
from observatory.cards.markup import Child, Safe, external, h, join
from observatory.cards.page_view import PageView
from observatory.editions import words
from observatory.editions.paper import Paper, source_list
from observatory.editions.pictures import FONT_FILES
from observatory.editions.words import Shelf
from observatory.i18n import Translator, translator

ASSETS: Final = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class BriefCard:
    """One card of a story with the speaker's own title and note."""

    view: PageView
    card: Card
    title: str = ""
    note: str = ""


def page_brief(view: PageView, shelf: Shelf, css: str) -> str:
    """The brief of one page: its heading, sections, cards and what it does not know."""
    t, paper = translator(view.lang), _paper(view, shelf)
    body = join(paper.part(part) for part in view.parts)
    title = view.heading.title or t("East Asia AI Observatory")
    return _document(title, body, view, list(view.cards.values()), shelf, css, t)


def story_brief(title: str, slides: Sequence[BriefCard], shelf: Shelf, css: str, lang: str) -> str:
    """The brief of a story: its cards in order, under their own titles and notes."""
    if not slides:
        raise ValueError("a brief needs a card")
    parts: list[Child] = [h("header", h("h1", title), cls="obs-title")]
    for slide in slides:
        parts.append(_paper(slide.view, shelf).card(slide.card, title=slide.title, level=2))
        parts.append(h("p", slide.note, cls="bf-note") if slide.note else None)
    cards = [slide.card for slide in slides]
    return _document(title, join(parts), slides[0].view, cards, shelf, css, translator(lang))


def _paper(view: PageView, shelf: Shelf) -> Paper:
    """Links lead to the site where its address is known."""

    def link(target: str) -> str:
        if not shelf.base or target.startswith("#"):
            return ""
        parts = urlsplit(target)
        return f"{shelf.base}{parts.path or view.path}" + (f"?{parts.query}" if parts.query else "")

    return Paper(view, link)


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
        source_list(cards, shelf),
        h("p", words.terms(t), cls="small muted"),
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
        f"<title>{escape(title, quote=False)}</title>"
        f"<style>{style}</style></head><body>{whole.html}</body></html>"
    )


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
