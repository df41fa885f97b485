"""A card as a small page of its own, for a frame on another site: source and link back, no chrome."""

from __future__ import annotations

from html import escape
from typing import Final, Literal

from observatory.cards.card_model import Card
from observatory.cards.markup import external, h
from observatory.cards.page_view import PageView
from observatory.editions import words
from observatory.editions.paper import Paper
from observatory.editions.words import Shelf
from observatory.i18n import translator

Scheme = Literal["light", "dark", "auto"]
STYLE: Final = "/embed/style.css"
RULES: Final = (
    "@font-face{font-family:Inter;font-weight:200 900;font-display:swap;"
    "src:url(../app/static/fonts/inter-latin.woff2) format('woff2')}"
    "html,body{margin:0;background:var(--bg);color:var(--ink)}"
    "body{font:15px/1.5 Inter,'Noto Sans','PingFang SC','Microsoft YaHei','Yu Gothic','Malgun Gothic',sans-serif}"
    ".embed{padding:14px 16px}.embed .card{border:0;padding:0;margin:0;box-shadow:none;background:none}"
    ".embed h1{font:600 20px/1.35 Inter,'Noto Sans','PingFang SC','Microsoft YaHei','Yu Gothic','Malgun Gothic',"
    "sans-serif;margin:0 0 4px}.embed a{color:inherit}.embed p{margin:4px 0}"
    ".embed .acts{display:none}.embed .foot{font-size:12.5px}.embed .plot svg{max-width:100%;height:auto}"
    ".embed .plot{overflow-x:auto}.embed .back{font-size:12.5px;margin:6px 0 0}"
)


def embed_html(view: PageView, card: Card, shelf: Shelf, scheme: Scheme = "auto") -> str:
    """The page of a card. `scheme` auto follows the reader's own light or dark."""
    t = translator(view.lang)
    link = words.address(view, shelf)
    paper = Paper(view, lambda target: "", rows=0)
    back = t("See it with its data and sources: East Asia AI Observatory")
    body = h(
        "main",
        paper.card(card, level=1),
        h(
            "p",
            external(back, link) if shelf.base else h("a", back, href=link, target="_blank"),
            cls="back",
        ),
        cls="embed",
    )
    schemes = {"light": "light", "dark": "dark", "auto": "light dark"}[scheme]
    return (
        f'<!doctype html><html lang="{t.html_lang}" style="color-scheme:{schemes}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(card.title)}</title>"
        f'<link rel="stylesheet" href="../style.css"></head><body>{body.html}</body></html>'
    )


def snippet(address: str, title: str, height: int) -> str:
    """The markup that puts the frame at `address` on another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" '
        'loading="lazy" style="border:0"></iframe>'
    )
