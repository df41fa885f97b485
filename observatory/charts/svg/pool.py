"""Bars of one measure for a coalition and those it is held against, on one scale from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.svg import elements as svg
from observatory.charts.svg.bars import Part
from observatory.charts.text import text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

_PITCH: Final = 20
_HIGH: Final = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name and parts; ``total`` is what is printed behind it (None: ``unknown``)."""

    label: str
    parts: tuple[Part, ...]
    total: float | None
    strong: bool = False
    mark: str = ""
    """A sign behind the value, explained beside the drawing."""
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class PoolSpec:
    """Width in px, room for names, and the word for a line without a value."""

    measure: Measure = PLAIN
    width: float = 620
    unknown: str = ""
    name: str = ""


def pool_bars(bars: Sequence[Bar], spec: PoolSpec, colours: Palette, t: Translator) -> str:
    """Draw lines under each other; the parts of a line stand side by side in their own colours."""
    room = max((text_width(bar.label, 12, 600 if bar.strong else 400) for bar in bars), default=0)
    left = min(room + 10, spec.width * 0.34)
    spec = replace(spec, measure=spec.measure.among((bar.total for bar in bars), t))
    figures = [
        spec.unknown if bar.total is None else spec.measure.bare(bar.total, t) + bar.mark
        for bar in bars
    ]
    right = max((text_width(text, 12, 600) for text in figures), default=0) + 10
    scale = max((bar.total or 0.0 for bar in bars), default=0.0) or 1.0
    span = max(spec.width - left - right, 40)
    out = [svg.line(left, 0, left, len(bars) * _PITCH, colours["ink3"])]
    for place, (bar, figure) in enumerate(zip(bars, figures, strict=True)):
        y = place * _PITCH
        weight = 600 if bar.strong else 400
        ink = colours["ink"] if bar.strong else colours["ink2"]
        out.append(svg.words(0, y + 14, bar.label, ink, 12, weight=weight))
        x = left + 0.5
        for part in bar.parts:
            wide = part.value / scale * span
            mark = svg.tag(
                "rect", x=x, y=y + 3.5, width=max(wide - (1 if len(bar.parts) > 1 else 0), 0.8),
                height=_HIGH, fill=part.colour,
            )  # fmt: skip
            if part.short and part.ink and text_width(part.short, 11, 600) + 8 < wide:
                mark += svg.words(x + 4, y + 14, part.short, part.ink, 11, weight=600)
            said = f"{part.label}: {spec.measure.full(part.value, t)}"
            out.append(svg.receipt(part.row_id, said, mark, focusable=False))
            x += wide
        text = svg.words(
            x + 6,
            y + 14,
            figure,
            ink if bar.total is not None else colours["ink3"],
            12,
            weight=weight,
        )
        if bar.row_id and bar.total is not None:
            text = svg.receipt(bar.row_id, f"{bar.label}: {spec.measure.full(bar.total, t)}", text)
        out.append(text)
    said = spec.name or t.list(
        [f"{bar.label} {figure}" for bar, figure in zip(bars, figures, strict=True)]
    )
    return svg.document(spec.width, len(bars) * _PITCH + 2, *out, name=said, lang=t.html_lang)
