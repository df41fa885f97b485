"""Dot plots of several measures: one small chart a measure, each on its own scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from observatory.cards.card_model import Card
from observatory.charts.palette import Palette
from observatory.charts.scales import Linear, Log

MOST: Final = 8
"""Measures that a slide holds."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of one entity; `said` is the value in words. Those not `strong` are grey."""

    entity_id: str
    label: str
    value: float
    said: str
    colour: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure: the better end at the right, so `reverse` where a low value is better."""

    label: str
    note: str
    dots: tuple[Dot, ...]
    log: bool = False
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Strips:
    """The measures that fit, names and colours of the strong entities, and how many measures more."""

    strips: tuple[Strip, ...]
    key: tuple[tuple[str, str], ...]
    left_out: int = 0


def strips_of(card: Card, colours: Palette) -> Strips | None:
    """The dot plot of a card; None where it is none.

    It is made of `card.drawn`: row, row_label, row_note, entity_id, label, value, bare (the value
    in words), strong (its place in the key from 1, 0 for grey), log, reverse.
    """
    if card.native != "dots" or card.drawn is None or card.empty is not None:
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for line in card.drawn.to_dict("records"):
        found.setdefault(str(line["row"]), []).append({str(k): v for k, v in line.items()})
    strips = []
    named: dict[int, tuple[str, str]] = {}
    for rows in found.values():
        first = rows[0]
        dots = tuple(
            Dot(str(row["entity_id"]), str(row["label"]), float(row["value"]), str(row["bare"]),
                colours.economy(row["entity_id"]) if row["strong"] else colours["ctx"],
                bool(row["strong"]))
            for row in rows if row["value"] is not None and row["value"] == row["value"]
        )  # fmt: skip
        for row in rows:
            if row["strong"]:
                named.setdefault(
                    int(row["strong"]), (str(row["label"]), colours.economy(row["entity_id"]))
                )
        strips.append(Strip(str(first["row_label"]), str(first["row_note"]), dots,
                            bool(first["log"]), bool(first["reverse"])))  # fmt: skip
    key = tuple(named[place] for place in sorted(named))
    return Strips(tuple(strips[:MOST]), key, max(len(strips) - MOST, 0))


def apart(strip: Strip) -> dict[str, float]:
    """How far across the line each strong dot is moved so that it covers no other, -1 to 1."""
    strong = sorted(
        (dot for dot in strip.dots if dot.strong), key=lambda dot: _share(strip, dot.value)
    )
    groups: list[list[Dot]] = []
    for dot in strong:
        near = groups and _share(strip, dot.value) - _share(strip, groups[-1][-1].value) < 0.028
        if near:
            groups[-1].append(dot)
        else:
            groups.append([dot])
    places: dict[str, float] = {}
    for group in groups:
        step = min(0.55, 1.4 / max(len(group) - 1, 1))
        for at, dot in enumerate(group):
            places[dot.entity_id] = (at - (len(group) - 1) / 2) * step
    return places


def _share(strip: Strip, value: float) -> float:
    """Where a value stands between the least and the most, 0 to 1."""
    values = [dot.value for dot in strip.dots]
    positive = [one for one in values if one > 0]
    if strip.log and positive:
        return Log(min(positive), max(positive), 0, 1)(value)
    return Linear(min(values), max(values), 0, 1)(value)
