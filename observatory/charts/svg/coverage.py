"""Coverage: who has a value in which period, one cell each, its state told by shape and shade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

STATES: Final = ("known", "estimate", "disputed", "unchecked", "forecast")
_ROW: Final = 24.0
_GROUP: Final = 14.0
_MOST_PITCH: Final = 72.0
_LEAST_PITCH: Final = 13.0


@dataclass(frozen=True, slots=True)
class CoverageSpec:
    """A coverage matrix. `periods`: the columns in order of time, the newest that fit are drawn;
    `entities`: the rows in order; `labels` and `hrefs` by entity; `rule_after`: entities below
    which a thin line parts groups; `words`: what each state is called."""

    periods: tuple[str, ...]
    entities: tuple[str, ...]
    labels: Mapping[str, str]
    hrefs: Mapping[str, str]
    words: Mapping[str, str]
    rule_after: tuple[str, ...] = ()
    width: float = 782
    name: str = ""
    description: str = ""


def fitting(spec: CoverageSpec) -> tuple[str, ...]:
    """The newest periods that have room."""
    room = spec.width - label_room(spec)
    return spec.periods[-max(int(room // _LEAST_PITCH), 1) :]


def label_room(spec: CoverageSpec) -> float:
    """Width of the column of names, in px."""
    widest = max((text_width(label, 13) for label in spec.labels.values()), default=40)
    return min(widest + 12, spec.width * 0.4)


@roomy
def coverage(frame: pd.DataFrame, spec: CoverageSpec, colours: Palette, t: Translator) -> str:
    """Draw the matrix with its legend.

    Columns: entity_id, period, state (one of STATES); optional row_id, said (what hover says).
    What is not in the frame is an empty cell.
    """
    need(frame, ("entity_id", "period", "state"))
    periods = fitting(spec)
    left = label_room(spec)
    pitch = min((spec.width - left) / max(len(periods), 1), _MOST_PITCH)
    fields = zip(
        texts(frame, "entity_id"), texts(frame, "period"), texts(frame, "state"),
        texts(frame, "row_id"), texts(frame, "said"), strict=True,
    )  # fmt: skip
    cells = {(entity, period): (state, row, said) for entity, period, state, row, said in fields}
    head, top = _head(spec, periods, left, pitch, colours, t)
    parts = [*head]
    y = top
    for entity in spec.entities:
        parts.append(_name(entity, spec, left, y, colours))
        for i, period in enumerate(periods):
            x = left + i * pitch
            parts.append(_cell(cells.get((entity, period)), x, y, pitch, colours))
        y += _ROW
        if entity in spec.rule_after:
            parts.append(svg.line(0, y + 3, left + len(periods) * pitch, y + 3, colours["grid"]))
            y += _GROUP / 2
    legend, used = _legend(frame, spec, y + 8, colours, t)
    return svg.document(
        spec.width,
        y + 8 + used,
        *parts,
        *legend,
        name=spec.name or t("Coverage"),
        description=spec.description,
        lang=t.html_lang,
    )


def _head(
    spec: CoverageSpec,
    periods: Sequence[str],
    left: float,
    pitch: float,
    colours: Palette,
    t: Translator,
) -> tuple[list[str], float]:
    """Labels of the periods, as many as fit, the newest always; returns parts and height."""
    labels = [t.period(period) for period in periods]
    widest = max((text_width(label, 12) for label in labels), default=0) + 8
    stride = max(1, -(-int(widest) // max(int(pitch), 1)))
    parts: list[str] = []
    for i, label in enumerate(labels):
        if (len(labels) - 1 - i) % stride:
            continue
        half = text_width(label, 12) / 2
        at = min(left + (i + 0.5) * pitch, spec.width - half)
        if at - half > left - 24:
            parts.append(svg.words(at, 13, label, colours["ink3"], 12, anchor="middle"))
    return parts, 22.0


def _name(entity: str, spec: CoverageSpec, left: float, y: float, colours: Palette) -> str:
    label = shorten(spec.labels.get(entity, entity), left - 8, 13)
    words = svg.words(0, y + _ROW / 2 + 4.5, label, colours["ink"], 13)
    href = spec.hrefs.get(entity)
    return svg.tag("a", words, href=href, data_go="") if href else words


def _cell(
    found: tuple[str, str, str] | None, x: float, y: float, pitch: float, colours: Palette
) -> str:
    """A filled cell, a cell with a mark, or a dot where nothing is on file."""
    wide = max(pitch - 3, 4)
    if found is None:
        return svg.dot(x + pitch / 2, y + _ROW / 2, 1.3, colours["ctx2"])
    state, row_id, said = found
    return svg.receipt(
        row_id, said, mark(state, x + (pitch - wide) / 2, y + 3, wide, _ROW - 6, colours),
        focusable=False,
    )  # fmt: skip


def mark(state: str, x: float, y: float, wide: float, high: float, colours: Palette) -> str:
    """The cell of a state: full, tinted, ringed, hollow or barred."""
    box = {"x": x, "y": y, "width": wide, "height": high, "rx": 2.0}
    ink = colours["ink2"]
    match state:
        case "known":
            return svg.tag("rect", **box, fill=ink)
        case "estimate":
            return svg.tag("rect", **box, fill=ink, fill_opacity=0.45)
        case "disputed":
            inner = svg.tag("rect", x=x + 0.9, y=y + 0.9, width=max(wide - 1.8, 1), height=high - 1.8,
                            rx=1.5, fill=colours["bg"], stroke=colours["warn"], stroke_width=1.8)  # fmt: skip
            return inner + svg.line(x + 2, y + high - 2, x + wide - 2, y + 2, colours["warn"], 1.6)
        case "forecast":
            return svg.tag("rect", **box, fill=ink, fill_opacity=0.16)
        case _:
            return svg.tag("rect", x=x + 0.6, y=y + 0.6, width=max(wide - 1.2, 1), height=high - 1.2,
                           rx=1.5, fill=colours["bg"], stroke=colours["ctx2"], stroke_width=1.2,
                           stroke_dasharray="2 2")  # fmt: skip


def _legend(
    frame: pd.DataFrame, spec: CoverageSpec, top: float, colours: Palette, t: Translator
) -> tuple[list[str], float]:
    """The states that occur, flowing over lines; returns parts and height."""
    present = set(texts(frame, "state"))
    parts: list[str] = []
    x, y = 0.0, top
    entries: list[tuple[str, str]] = [
        (state, spec.words.get(state, state)) for state in STATES if state in present
    ]
    entries.append(("", spec.words.get("none", t("nothing on file"))))
    for state, word in entries:
        wide = 22 + text_width(word, 12.5) + 20
        if x and x + wide - 20 > spec.width:
            x, y = 0.0, y + 22
        if state:
            parts.append(mark(state, x, y + 1, 16, 14, colours))
        else:
            parts.append(svg.dot(x + 8, y + 8, 1.3, colours["ctx2"]))
        parts.append(svg.words(x + 22, y + 12.5, word, colours["ink2"], 12.5))
        x += wide
    return parts, y + 22 - top
