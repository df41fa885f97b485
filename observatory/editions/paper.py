"""Parts of a page as HTML that needs no running app: for briefs, and for the static edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, external, h
from observatory.cards.page_view import PageView, Part
from observatory.cards.table import card_table
from observatory.charts.figure_svg import Undrawable, figure_svg
from observatory.editions import words
from observatory.i18n import Translator, translator

FIGURE_WIDTH: Final = 760.0
LARGEST: Final = 1.15
"""How much larger than it was planned a drawing may become: type beside it stays the larger."""
_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ')
_SVG: Final = re.compile(r'<span([^>]*)\bdata-svg=""([^>]*)>(.*?)</span>', re.DOTALL)
_BUTTON: Final = re.compile(r"<(/?)button\b([^>]*)>")
_LINK: Final = re.compile(
    r'<a\b([^>]*?)\shref="((?:/(?!/)|\?|#)[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL
)
_DRAWING: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ON_SCREEN: Final = re.compile(
    r'\s(?:data-(?:go|act|card|sort|img|copy|open)|cursor)(?:="[^"]*")?(?=[\s>/])'
)
_RECEIPT: Final = re.compile(r'\s(?:tabindex|data-receipt)(?:="[^"]*")?(?=[\s>/])')
_FORM: Final = re.compile(r"<(?:input|label)\b[^>]*>(?:[^<]*</label>)?")
_HEAVY: Final = re.compile(r'\s(?:xmlns|font-family|font-variant)="[^"]*"')
"""What the style sheet says once for all drawings."""
_TOOLTIP: Final = re.compile(r"(?<=>)<title>[^<]*</title>")
"""What a mouse is told of a mark; its label says the same."""
_FOLD: Final = re.compile(r"<(/?)details\b[^>]*>")
_GROUP: Final = re.compile(r'(<svg\b[^>]*\s)role="group"')
_NUMBER: Final = re.compile(r'\bdata-receipt="([^"]*)"')


@dataclass(frozen=True)
class Paper:
    """How parts are written: `link` turns a link of the app into an address, empty for none;
    `receipts` keeps the row ids of numbers for a script; `rows` is the most a chart's table shows;
    `lean` leaves out what is folded away on the screen."""

    view: PageView
    link: Callable[[str], str]
    receipts: bool = False
    rows: int = 40
    lean: bool = False

    @property
    def t(self) -> Translator:
        return translator(self.view.lang)

    def part(self, part: Part) -> Safe:
        """A heading, section, card or block of the page."""
        return self.card(part.card) if part.card is not None else self.still(part.html)

    def card(self, card: Card, *, title: str = "", level: int = 3) -> Safe:
        """A card with the table under its chart, its sources and statuses.

        `title` is the reader's own; the computed finding then stands below it.
        """
        t = self.t
        body = self.body(card)
        if card.empty is not None:
            said = " ".join(filter(None, (card.empty.reason, card.empty.exists)))
            body = h("p", said, cls="muted")
        foot = (words.source_line(card, t), words.statuses(card, t), card.caveat)
        return h(
            "section",
            h(f"h{level}", title or card.title),
            h("p", card.title, cls="bf-found") if title else None,
            h("p", card.subtitle, cls="sub") if card.subtitle else None,
            h("div", body, cls="plot") if body else None,
            self.still(card.after) if card.after else None,
            self._twin(card),
            h("p", " · ".join(filter(None, foot)), cls="foot"),
            cls="card",
            aria_label=title or card.title,
            id=f"card-{card.id}" if self.receipts else None,
        )

    def body(self, card: Card) -> Safe | None:
        """What the card shows, with its drawings in place."""
        if card.body is None:
            return None
        if isinstance(card.body, Safe):
            return self.still(card.body)
        if isinstance(card.body, str):
            return self.still(_drawn(card.body))
        try:
            return self.still(
                _drawn(figure_svg(card.body, FIGURE_WIDTH, name=card.alt or card.title))
            )
        except Undrawable:
            return h("p", card.alt or card.title, cls="muted")

    def _twin(self, card: Card) -> Safe | None:
        """The table under a chart; a card that is a table shows it already."""
        if card.table is None or not len(card.table.frame) or not self.rows:
            return None
        if not (card.has_picture or card.is_figure):
            return None
        t, beyond = self.t, len(card.table.frame) - self.rows
        more = None
        if beyond > 0:
            more = h("p", t.n("{n} more row", "{n} more rows", beyond), cls="small muted")
        table = card_table(card.table, card.title, t("not known"), self.rows)
        return h("div", self.still(table), more, cls="bf-twin")

    def still(self, html: Safe | None) -> Safe:
        """Markup without what only a running page can answer.

        Drawings that wait for the page's script stand in their place, buttons become text, links
        lead where `link` says.
        """
        if html is None:
            return Safe("")
        text = _SVG.sub(
            lambda m: f"<span{m[1]} data-on{m[2]}>{_no_larger(unescape(m[3]))}</span>", html.html
        )
        text = _HEAVY.sub("", text)
        if self.lean:
            text = _TOOLTIP.sub("", _unfolded(text))
        text = _FORM.sub("", text)
        text = _BUTTON.sub(lambda m: f"<{m[1]}span{'' if m[1] else self._kept(m[2])}>", text)
        text = _DRAWING.sub(lambda m: _LINK.sub(lambda a: self._linked(a, "g"), m[0]), text)
        text = _LINK.sub(self._linked, text)
        text = _ON_SCREEN.sub("", text)
        if self.receipts:
            return Safe(text)
        # Nothing in it can be pressed: the drawing is one picture with its words, for readers of a
        # PDF too.
        return Safe(_GROUP.sub(r'\1role="img"', _RECEIPT.sub("", text)))

    def _linked(self, found: re.Match[str], bare: str = "span") -> str:
        """The link with its address, or the element `bare` without one.

        In a drawing that is a group: a span would end the drawing where it stands.
        """
        before, target, after, inner = found.groups()
        address = self.link(unescape(target))
        if not address:
            kept = f"{before}{after}".replace(' target="_self"', "")
            return f"<{bare}{kept}>{inner}</{bare}>"
        return f'<a{before} href="{escape(address)}"{after}>{inner}</a>'

    def _kept(self, attributes: str) -> str:
        """The class, language and row id of a button that becomes text."""
        kept = re.findall(r'\s(?:class|lang|title)="[^"]*"', attributes)
        number = _NUMBER.search(attributes)
        if number and self.receipts:
            kept.append(f' data-receipt="{number[1]}" role="button" tabindex="0"')
        return "".join(kept)


def source_list(cards: Sequence[Card], shelf: words.Shelf) -> Safe:
    """Every source of the cards once, linked, with its licence."""
    items = []
    for one in words.all_sources(cards, shelf):
        items.append(h("li", external(one.said, one.url) if one.url else one.said))
    return h("ol", *items)


def _unfolded(html: str) -> str:
    """The markup without its folded parts, outermost ones whole."""
    kept, place, depth = [], 0, 0
    for tag in _FOLD.finditer(html):
        if not tag[1]:
            if depth == 0:
                kept.append(html[place : tag.start()])
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                place = tag.end()
    return "".join(kept) + (html[place:] if depth == 0 else "")


def _drawn(svg: str) -> Safe:
    return Safe(f'<span class="obs-svg" data-on>{_no_larger(svg)}</span>')


def _no_larger(svg: str) -> str:
    """The drawing at little more than its own width, however wide the paper is."""
    box = _BOX.search(svg)
    if box is None:
        return svg
    most = f'<svg style="max-width:{float(box[1]) * LARGEST:.0f}px" '
    return svg.replace("<svg ", most, 1)
