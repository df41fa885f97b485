"""Money flows: who pays on the left, who receives on the right, what is unknown in grey.

Names stand beside the ends, never on the bands: on a phone a name has two lines, its amount the
second. Where ends are thinner than a line of type their names move apart and a leader joins them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, numbers, texts
from observatory.charts.spread import spread
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

SMALLER: Final = "smaller"
LOOSE: Final = frozenset({"unknown", "several", SMALLER})
"""Ends that are no economy: drawn in grey."""
_THICK: Final = 13.0
_LEADER: Final = 16.0
_NARROW: Final = 520.0
_SIZE: Final = 12.5


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A flow picture. Ends with less than ``smallest`` of the whole share one grey end a side.

    ``card``: the card whose table a band opens; none, and bands are only named.
    """

    measure: Measure = PLAIN
    smallest: float = 0.012
    width: float = 1280
    height: float = 470
    name: str = ""
    description: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One band of the picture."""

    payer: str
    receiver: str
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: bands, and the names of the ends of each side."""

    ribbons: tuple[Ribbon, ...]
    payers: dict[str, str]
    receivers: dict[str, str]
    merged: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _End:
    """An economy on one side: its sum and where its bar stands."""

    key: str
    label: str
    amount: str
    top: float
    high: float

    @property
    def middle(self) -> float:
        return self.top + self.high / 2


def read_flows(frame: pd.DataFrame, spec: FlowSpec, t: Translator) -> Picture:
    """Bands of a frame, small ends merged. Rows without a positive value are not drawn."""
    need(frame, ("payer", "receiver", "value"))
    payers, receivers = texts(frame, "payer"), texts(frame, "receiver")
    values = numbers(frame, "value")
    notes = texts(frame, "note")
    names = dict(zip(payers, texts(frame, "payer_label"), strict=True))
    to_names = dict(zip(receivers, texts(frame, "receiver_label"), strict=True))
    rows = [
        Ribbon(payer, receiver, value, note)
        for payer, receiver, value, note in zip(payers, receivers, values, notes, strict=True)
        if value is not None and value > 0
    ]
    whole = sum(row.value for row in rows)
    few_in = _small(rows, [row.payer for row in rows], whole, spec)
    few_out = _small(rows, [row.receiver for row in rows], whole, spec)
    merged: dict[tuple[str, str], Ribbon] = {}
    for row in rows:
        pair = (
            SMALLER if row.payer in few_in else row.payer,
            SMALLER if row.receiver in few_out else row.receiver,
        )
        old = merged.get(pair)
        merged[pair] = Ribbon(
            *pair, row.value + (old.value if old else 0.0), "" if SMALLER in pair else row.note
        )
    smaller = t.n("{n} smaller", "{n} smaller", len(few_in))
    return Picture(
        tuple(sorted(merged.values(), key=lambda r: (-r.value, r.payer, r.receiver))),
        {**names, SMALLER: smaller},
        {**to_names, SMALLER: t.n("{n} smaller", "{n} smaller", len(few_out))},
        (len(few_in), len(few_out)),
    )


def _small(rows: list[Ribbon], ends: list[str], whole: float, spec: FlowSpec) -> frozenset[str]:
    """Ends too thin to be labelled; one alone stays, since it would only lose its name."""
    totals: dict[str, float] = {}
    for row, end in zip(rows, ends, strict=True):
        totals[end] = totals.get(end, 0.0) + row.value
    few = {end for end, sum_ in totals.items() if sum_ < spec.smallest * whole and end not in LOOSE}
    return frozenset(few) if len(few) > 1 else frozenset()


@roomy
def flows(frame: pd.DataFrame, spec: FlowSpec, colours: Palette, t: Translator) -> str:
    """Draw money from payers to receivers.

    Columns: payer, receiver (economy ids, "unknown" or "several"), value; optional payer_label,
    receiver_label, note (a line of what a band says). Rows without a positive value are left out.
    """
    picture = read_flows(frame, spec, t)
    totals = _sums(picture.ribbons, "payer"), _sums(picture.ribbons, "receiver")
    narrow = spec.width < _NARROW
    names = (
        [(key, picture.payers.get(key) or key, totals[0][key]) for key in totals[0]],
        [(key, picture.receivers.get(key) or key, totals[1][key]) for key in totals[1]],
    )
    lines = 2 if narrow else 1
    gap = _SIZE * 1.25 * lines
    most = max(len(names[0]), len(names[1]), 1)
    high = max(spec.height, gap * most + 24)
    space = min(gap * 0.9, high * 0.5 / most)
    top, bottom = _SIZE, high - _SIZE
    whole = sum(ribbon.value for ribbon in picture.ribbons) or 1.0
    scale = (bottom - top - space * (most - 1)) / whole
    sides = [_stack(side, top, bottom, scale, space, spec, t) for side in names]
    rooms = [_room(side, spec.width, narrow=narrow) for side in sides]
    left, right = rooms[0] + _LEADER, spec.width - rooms[1] - _LEADER
    parts = _bands(picture, sides, (left + _THICK, right - _THICK), scale, spec, colours, t)
    for side, x, room, way in ((sides[0], left, rooms[0], -1), (sides[1], right, rooms[1], 1)):
        parts += _ends(side, x, room, way, (top, bottom), gap, colours, narrow=narrow)
    return svg.document(
        spec.width, high, *parts, name=spec.name or t("Money flows"), description=spec.description,
        lang=t.html_lang,
    )  # fmt: skip


def _sums(ribbons: Sequence[Ribbon], side: str) -> dict[str, float]:
    """Totals of one side's ends, the largest first."""
    totals: dict[str, float] = {}
    for ribbon in ribbons:
        end = str(getattr(ribbon, side))
        totals[end] = totals.get(end, 0.0) + ribbon.value
    return dict(sorted(totals.items(), key=lambda pair: -pair[1]))


def _stack(
    side: Sequence[tuple[str, str, float]], top: float, bottom: float, scale: float, space: float,
    spec: FlowSpec, t: Translator,
) -> list[_End]:  # fmt: skip
    used = sum(total for _, _, total in side) * scale + space * (len(side) - 1)
    at = top + max(bottom - top - used, 0.0) / 2
    found = []
    for key, label, total in side:
        found.append(_End(key, label, spec.measure.bare(total, t), at, max(total * scale, 1.0)))
        at += total * scale + space
    return found


def _room(side: Sequence[_End], width: float, *, narrow: bool) -> float:
    """What the names of a side need: at most a third of the drawing."""
    if narrow:
        need_ = max(
            (max(text_width(e.label, _SIZE, 600), text_width(e.amount, _SIZE)) for e in side),
            default=0,
        )
    else:
        need_ = max((text_width(f"{e.label}  {e.amount}", _SIZE, 600) for e in side), default=0)
    return min(need_ + 4, width * (0.35 if narrow else 0.32))


def _bands(
    picture: Picture, sides: Sequence[Sequence[_End]], xs: tuple[float, float], scale: float,
    spec: FlowSpec, colours: Palette, t: Translator,
) -> list[str]:  # fmt: skip
    starts = [{end.key: end.top for end in side} for side in sides]
    order = [{end.key: i for i, end in enumerate(side)} for side in sides]
    (a, b), n = xs, svg.num
    middle = (a + b) / 2
    parts: list[str] = []
    for one in sorted(picture.ribbons, key=lambda r: (order[0][r.payer], order[1][r.receiver])):
        high = one.value * scale
        y0, y1 = starts[0][one.payer], starts[1][one.receiver]
        starts[0][one.payer] += high
        starts[1][one.receiver] += high
        path = (
            f"M{n(a)} {n(y0)}C{n(middle)} {n(y0)} {n(middle)} {n(y1)} {n(b)} {n(y1)}"
            f"L{n(b)} {n(y1 + high)}C{n(middle)} {n(y1 + high)} {n(middle)} {n(y0 + high)} {n(a)} {n(y0 + high)}Z"
        )
        band = svg.tag("path", d=path, fill=_colour(one.payer, colours), fill_opacity=0.34)
        row = svg.table_of(spec.card) if spec.card else ""
        parts.append(svg.receipt(row, _said(one, picture, spec, t), band, focusable=False))
    return parts


def _ends(
    side: Sequence[_End], x: float, room: float, way: int, box: tuple[float, float], gap: float,
    colours: Palette, *, narrow: bool,
) -> list[str]:  # fmt: skip
    places = spread([end.middle for end in side], gap, box[0], box[1])
    anchor, parts = ("end" if way < 0 else "start"), []
    for end, at in zip(side, places, strict=True):
        bar = x if way < 0 else x - _THICK
        parts.append(svg.tag("rect", x=bar, y=end.top, width=_THICK, height=end.high,
                             fill=_colour(end.key, colours)))  # fmt: skip
        words = x + way * _LEADER
        if abs(at - end.middle) > 2:
            parts.append(svg.line(x + way * 2, end.middle, words - way * 3, at, colours["ctx"]))
        label = shorten(end.label, room, _SIZE, 600)
        if narrow:
            parts.append(
                svg.words(words, at - 2, label, colours["ink"], _SIZE, weight=600, anchor=anchor)
            )
            parts.append(
                svg.words(words, at + _SIZE, end.amount, colours["ink2"], _SIZE, anchor=anchor)
            )
            continue
        # The amount stands nearest to its end on either side.
        amount = text_width(end.amount, _SIZE) + 7
        parts.append(
            svg.words(words, at + _SIZE * 0.35, end.amount, colours["ink2"], _SIZE, anchor=anchor)
        )
        parts.append(
            svg.words(words + way * amount, at + _SIZE * 0.35, shorten(end.label, room - amount, _SIZE, 600),
                      colours["ink"], _SIZE, weight=600, anchor=anchor)
        )  # fmt: skip
    return parts


def _colour(end: str, colours: Palette) -> str:
    return colours["ctx"] if end in LOOSE else colours.economy_bar(end)


def _said(ribbon: Ribbon, picture: Picture, spec: FlowSpec, t: Translator) -> str:
    words = t(
        "From {payer} to {receiver}: {amount}",
        payer=picture.payers.get(ribbon.payer) or ribbon.payer,
        receiver=picture.receivers.get(ribbon.receiver) or ribbon.receiver,
        amount=spec.measure.full(ribbon.value, t),
    )
    return f"{words} · {ribbon.note}" if ribbon.note else words
