"""Plotly flows: who pays on the left, who receives on the right, what is unknown in grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.colour import rgba
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, numbers, texts
from observatory.charts.theme import build, safe

if TYPE_CHECKING:
    from observatory.i18n import Translator

SMALLER: Final = "smaller"
LOOSE: Final = frozenset({"unknown", "several", SMALLER})
"""Ends that are no economy: drawn in grey."""


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A flow picture. Ends with less than ``smallest`` of the whole share one grey end a side."""

    measure: Measure = PLAIN
    smallest: float = 0.012
    height: float = 470
    name: str = ""


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
def flows(frame: pd.DataFrame, spec: FlowSpec, colours: Palette, t: Translator) -> go.Figure:
    """Draw money from payers to receivers.

    Columns: payer, receiver (economy ids, "unknown" or "several"), value; optional payer_label,
    receiver_label, note (a line of the hover text). Rows without a positive value are left out.
    """
    picture = read_flows(frame, spec, t)
    left = _sums(picture.ribbons, [r.payer for r in picture.ribbons])
    right = _sums(picture.ribbons, [r.receiver for r in picture.ribbons])
    ends = [("l", key) for key in left] + [("r", key) for key in right]
    index = {end: i for i, end in enumerate(ends)}

    def label(side: str, key: str) -> str:
        names = picture.payers if side == "l" else picture.receivers
        total = left[key] if side == "l" else right[key]
        return f"{names.get(key) or key}  {spec.measure.bare(total, t)}"

    trace: dict[str, Any] = {
        "type": "sankey",
        "arrangement": "snap",
        "valueformat": ".3s",
        "node": {
            "label": [safe(label(*end)) for end in ends],
            "color": [_colour(key, colours) for _, key in ends],
            "pad": 13,
            "thickness": 13,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [index["l", r.payer] for r in picture.ribbons],
            "target": [index["r", r.receiver] for r in picture.ribbons],
            "value": [r.value for r in picture.ribbons],
            "color": [rgba(_colour(r.payer, colours), 0.34) for r in picture.ribbons],
            "customdata": [safe(_hover(r, picture, spec, t)) for r in picture.ribbons],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"size": 12.5, "color": colours["ink"]},
    }
    layout = {"height": spec.height, "margin": {"l": 4, "r": 4, "t": 10, "b": 10, "pad": 0}}
    return build([trace] if picture.ribbons else [], layout, colours, t)


def _sums(ribbons: tuple[Ribbon, ...], ends: list[str]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for ribbon, end in zip(ribbons, ends, strict=True):
        totals[end] = totals.get(end, 0.0) + ribbon.value
    return totals


def _colour(end: str, colours: Palette) -> str:
    return colours["ctx"] if end in LOOSE else colours.economy_bar(end)


def _hover(ribbon: Ribbon, picture: Picture, spec: FlowSpec, t: Translator) -> str:
    words = t(
        "From {payer} to {receiver}: {amount}",
        payer=picture.payers.get(ribbon.payer) or ribbon.payer,
        receiver=picture.receivers.get(ribbon.receiver) or ribbon.receiver,
        amount=spec.measure.full(ribbon.value, t),
    )
    return f"{words} · {ribbon.note}" if ribbon.note else words
