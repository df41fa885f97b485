"""Cards as slides: what a stage shows of a card, and what a speaker's notes say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h, join, svg
from observatory.cards.states import empty_body
from observatory.cards.story import Shown
from observatory.cards.table import card_table, is_missing
from observatory.cards.words import status_label
from observatory.charts.figure_svg import Undrawable, figure_svg
from observatory.charts.room import STAGE
from observatory.i18n import Translator

MOST_ROWS: Final = 24
"""Rows of a table that are sent to a stage: no slide has room for more."""
MOST_RECEIPTS: Final = 14
"""Receipts in the notes of a slide; the rest are counted."""

MOST_DRAWINGS: Final = 24
"""Small drawings of one card; more of them make a wall that nobody reads from afar: its table then."""
_DRAWING: Final = "data-svg"

Line = Mapping[str, Any]
Lines = Callable[[Sequence[str]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Face:
    """The middle of a slide. `beyond`: rows of its table that were not sent."""

    body: Safe
    beyond: int = 0


def face(card: Card, t: Translator) -> Face:
    """The card's picture, else its table, else what it says instead."""
    if card.empty is not None:
        title = h("p", h("b", card.empty.title or t("No values for this filter")))
        return Face(h("div", title, empty_body(card.empty, t), cls="stg-empty"))
    body = card.body
    if isinstance(body, str):
        return Face(join([svg(body), card.after]))
    if isinstance(body, Safe):
        if card.table is not None and _is_wall(body.html):
            return _table(card, t)
        return Face(join([body, card.after]))
    if body is not None:
        try:
            drawn = figure_svg(body, STAGE.width, name=card.alt or card.title, lang=t.html_lang)
        except Undrawable:
            return _table(card, t)
        return Face(join([svg(drawn), card.after]))
    return _table(card, t)


def _is_wall(html: str) -> bool:
    """Many small drawings, or several large ones beside each other, each planned for a stage."""
    large = html.count(f"viewBox=&quot;0 0 {STAGE.width:g} ") - html.count('class="on-phone"')
    return html.count(_DRAWING) > MOST_DRAWINGS or large > 1


def _table(card: Card, t: Translator) -> Face:
    if card.table is None:
        return Face(h("div", h("p", card.subtitle), cls="stg-empty"))
    beyond = max(len(card.table.frame) - MOST_ROWS, 0)
    return Face(card_table(card.table, card.title, t("not known"), MOST_ROWS), beyond)


def hole(shown: Shown, t: Translator) -> Safe:
    """What stands in for a card that is no longer there."""
    said = (
        t("The page of this slide could not be shown.")
        if shown.hole == "page"
        else t("This card is no longer on its page with these choices.")
    )
    where = t("Page {page}, card {card}", page=shown.slide.page, card=shown.slide.card)
    return h("div", h("p", h("b", said)), h("p", where), cls="stg-empty")


def receipts(card: Card, lines: Lines, t: Translator) -> tuple[list[list[str]], int]:
    """Rows of a speaker's notes (what, whom, value, status, source), and how many there are in all."""
    if card.table is None:
        return [], 0
    ids = card.table.row_ids()
    found = lines(ids[:MOST_RECEIPTS])
    return [_receipt(line, t) for line in found], len(ids)


def receipt_heads(t: Translator) -> list[str]:
    """The heads over `receipts`."""
    return [t("What"), t("Whom and when"), t("Value"), t("Status"), t("Source")]


def _receipt(line: Line, t: Translator) -> list[str]:
    def text(name: str) -> str:
        value = line.get(name)
        return "" if is_missing(value) else str(value)

    value = line.get("value")
    written = _exact(value, t) if isinstance(value, (int, float)) else text("value")
    unit = text("unit")
    source = text("source_publisher") or text("source_title")
    dates = [part for part in (source, text("locator"), text("published") or text("read_on")) if part]
    return [
        text("measure"),
        " · ".join(part for part in (text("entity"), text("period")) if part),
        f"{written} {unit}".strip(),
        status_label(text("status"), t) if text("status") else "",
        " · ".join(dates),
    ]


def _exact(value: float, t: Translator) -> str:
    """A number as it is on file, without rounding."""
    if is_missing(value) or abs(value) >= 1e15:
        return "" if is_missing(value) else str(value)
    places = -Decimal(str(value)).normalize().as_tuple().exponent  # type: ignore[operator]
    return t.number(value, digits=max(places, 0))
