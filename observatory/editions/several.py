"""Cards of several measures: one editable chart each, side by side on a slide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.charts.palette import Palette
from observatory.editions.native import NativeChart, native_chart
from observatory.editions.pictures import drawings
from observatory.i18n import Translator

MOST: Final = 9
"""Charts that a slide holds."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its name, its part of the card, its chart."""

    title: str
    card: Card
    chart: NativeChart


def panels_of(card: Card, colours: Palette, t: Translator) -> tuple[Panel, ...]:
    """A chart a measure where the card draws each by itself, or asks for bars; else none."""
    if card.table is None or card.empty is not None or card.native not in ("auto", "bar"):
        return ()
    frame = card.table.frame if card.drawn is None else card.drawn
    if not {"measure", "economy", "entity_id", "value"} <= set(frame.columns):
        return ()
    known = frame[frame["value"].notna()]
    groups = list(dict.fromkeys(known["measure"]))
    drawn = len(drawings(card)) if isinstance(card.body, Safe) else 0
    if not 2 <= len(groups) <= MOST or (card.native == "auto" and drawn != len(groups)):
        return ()
    found = []
    for name in groups:
        own = replace(card, drawn=known[known["measure"] == name])
        chart = native_chart(own, colours, t)
        if chart is None:
            return ()
        found.append(Panel(str(name), own, chart))
    return tuple(found)
