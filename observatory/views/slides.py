"""Cards as slides: what a stage shows of a card, and what a speaker's notes say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from typing import Any, Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h, join, one_line, svg
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
RANKED_ROOM: Final = 30
ROW_ROOM: Final = 5
TIER_ROOM: Final = 4
"""Room of a slide for a ranked list with its drawings, of a row and of a tier's name (12 px each)."""
AS_TABLE: Final = 'data-slide="table"'
"""The mark of a list whose entries are too tall for a slide: its table is shown from afar."""
KEY_MARK: Final = 'data-slide="key"'
"""The mark of a key that stands below every part of a picture that goes over several slides."""
_DRAWING: Final = "data-svg"
_RANKED: Final = '<div class="s-table"'
_LARGE: Final = f'viewBox="0 0 {STAGE.width:g} '
_SPAN: Final = re.compile(r'<span[^>]*\bdata-svg=""[^>]*>.*?</span>', re.DOTALL)
_TWIN: Final = re.compile(
    r'<span class="obs-svg [\w-]*-narrow"[^>]*>.*?</span>'
    r'|<div class="on-(?:narrow|phone)"><span[^>]*\bdata-svg=""[^>]*>.*?</span></div>',
    re.DOTALL,
)
"""The drawing that phones see beside the one of wider screens."""
_HEAD: Final = re.compile(r"<h4\b[^>]*>(.*?)</h4>", re.DOTALL)
_BLOCK: Final = re.compile(r"<(/?)div\b")

Line = Mapping[str, Any]
Lines = Callable[[Sequence[str]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Face:
    """The middle of a slide. `beyond`: rows of its table that were not sent; `sub`: what this part
    of a card that goes over several slides is about."""

    body: Safe
    beyond: int = 0
    sub: str = ""


def faces(card: Card, t: Translator) -> list[Face]:
    """The card's slides: one, but for several charts one each, and for long ranked rows two."""
    if card.empty is None and isinstance(card.body, Safe):
        html = _TWIN.sub("", card.body.html)
        drawn = [found for found in _SPAN.finditer(html) if _LARGE in found[0]]
        if len(drawn) > 1:
            key = card.after if card.after is not None and KEY_MARK in card.after.html else Safe("")
            return [
                Face(join([Safe(one[0]), key]), sub=_head_before(html, one.start()))
                for one in drawn
            ]
        if _RANKED in html:
            return [Face(Safe(part)) for part in _ranked(html)]
        card = replace(card, body=Safe(html))
    return [face(card, t)]


def _head_before(html: str, place: int) -> str:
    """The heading that a drawing stands under."""
    heads = _HEAD.findall(html[:place])
    return one_line(unescape(re.sub(r"<[^>]+>", " ", heads[-1]))) if heads else ""


def _ranked(html: str) -> list[str]:
    """The rows of a ranked list in parts that fit, each under the list's head and its own tier."""
    start = html.index(_RANKED)
    opening = html[start : html.index(">", start) + 1]
    rows = _children(html, start + len(opening))
    head, rest = rows[0], rows[1:]
    parts: list[list[str]] = [[head]]
    tier, used = "", 0
    for row in rest:
        if 'class="s-row' not in row:
            tier = row
            # The name of a tier goes with its first row.
            if used + TIER_ROOM + ROW_ROOM <= RANKED_ROOM:
                parts[-1].append(row)
                used += TIER_ROOM
            else:
                used = RANKED_ROOM
            continue
        if used + ROW_ROOM > RANKED_ROOM:
            parts.append([head, tier])
            used = TIER_ROOM if tier else 0
        parts[-1].append(row)
        used += ROW_ROOM
    return [f"{opening}{''.join(part)}</div>" for part in parts]


def _children(html: str, place: int) -> list[str]:
    """The blocks inside a block that opens just before `place`."""
    found, depth, start = [], 0, place
    for tag in _BLOCK.finditer(html, place):
        if tag[1]:
            depth -= 1
            if depth < 0:
                break
            if depth == 0:
                found.append(html[start : html.index(">", tag.start()) + 1])
        else:
            if depth == 0:
                start = tag.start()
            depth += 1
    return found


def face(card: Card, t: Translator) -> Face:
    """The card's picture, else its table, else what it says instead."""
    if card.empty is not None:
        title = h("p", h("b", card.empty.title or t("No values for this filter")))
        return Face(h("div", title, empty_body(card.empty, t), cls="stg-empty"))
    body = card.body
    if isinstance(body, str):
        return Face(join([svg(body), card.after]))
    if isinstance(body, Safe):
        if card.table is not None and (AS_TABLE in body.html or _is_wall(body.html)):
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
    """Many small drawings."""
    return html.count(_DRAWING) > MOST_DRAWINGS


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
    dates = [
        part for part in (source, text("locator"), text("published") or text("read_on")) if part
    ]
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
