"""Links to files of what is on the screen: slides, briefs, frames (`observatory.ui.export_routes`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h, icon
from observatory.editions import pictures
from observatory.editions.embed import snippet
from observatory.i18n import Translator
from observatory.ui import card_files, deck_templates
from observatory.ui.context import Context

FRAME_WIDTH: Final = 760.0
FRAME_HEIGHT: Final = (320, 1000)
"""Least and most px of a frame; in between as high as the card's drawing asks for."""


def export_link(kind: str, query: Mapping[str, str]) -> str:
    """The address of a file: `kind` is one of `export_routes.TYPES`."""
    return f"/export/{kind}?{urlencode(query)}"


def _link(label: str, address: str, name: str = "download") -> Safe:
    return h("a", icon(name), label, href=address, target="_blank", cls="act", rel="noopener")


def _height(card: Card) -> int:
    """Room for the title, the drawing in a column of usual width, and the source line."""
    wide, high = max(map(pictures.size, pictures.drawings(card)[:1]), default=(FRAME_WIDTH, 420.0))
    asked = high * min(1.0, FRAME_WIDTH / wide) + 200
    return int(min(max(asked, FRAME_HEIGHT[0]), FRAME_HEIGHT[1]))


def page_links(ctx: Context) -> list[Safe]:
    """This page as slides and as a brief, with every choice of its link."""
    t = ctx.t
    query = {**ctx.permalink_query(), "page": ctx.page}
    return _files(query, t)


def story_links(text: str, t: Translator) -> list[Safe]:
    """A story as slides and as a brief. `text` is that of its link."""
    return _files({"story": text}, t)


def _files(query: Mapping[str, str], t: Translator) -> list[Safe]:
    """Slides, those of each template that the operator offers, and the brief."""
    decks = [_link(t("PowerPoint"), export_link("deck.pptx", query))]
    for name in deck_templates.offered():
        said = t("{name}: {value}", name=t("PowerPoint"), value=name)
        decks.append(_link(said, export_link("deck.pptx", {**query, "template": name})))
    return [
        *decks,
        _link(t("Brief (PDF)"), export_link("brief.pdf", query)),
        _link(t("Brief (HTML)"), export_link("brief.html", query)),
    ]


def card_block(ctx: Context, card: Card) -> Safe:
    """One card as a slide that can be edited, and as a frame for another site."""
    t = ctx.t
    query = {**ctx.permalink_query(), "page": ctx.page, "card": card.id}
    frame = f"/embed/{ctx.page}/{quote(card.id)}?{urlencode(ctx.permalink_query())}"
    code = snippet(card_files.site() + frame, card.title, _height(card))
    return h(
        "div",
        h("div", _link(t("Slide (PowerPoint)"), export_link("deck.pptx", query)),
          _link(t("Open as a frame"), frame, "open_in_new"), cls="row-btns"),
        h("p", t("To show the chart on another site, with its source and a link back, copy this:"),
          cls="small muted"),
        h("pre", h("code", code)),
        h("button", icon("content_copy"), t("Copy"), type="button", cls="btn", data_copy="1"),
        cls="dlg", data_copy_scope=True,
    )  # fmt: skip
