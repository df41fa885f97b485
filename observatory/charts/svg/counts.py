"""A matrix of counts as bars: one row a thing, one column a class, all bars on one scale.

On a narrow screen the columns become totals: one block of bars by row, one by column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

_NARROW: Final = 560
_PITCH: Final = 27.0
_BAR: Final = 13.0
_CLOSE: Final = 80.0
_TURN: Final = 22.0


@dataclass(frozen=True, slots=True)
class CountsSpec:
    """Rows and columns in drawing order, as (id, label); `hrefs` leads cells to their lists.

    Keys of `hrefs` are (row id, column id); an empty id stands for the total. `total` is the head
    of the last column.
    """

    rows: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    hrefs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    chosen: str = ""
    total: str = ""
    width: float = 1280
    name: str = ""


@roomy
def counts_grid(frame: pd.DataFrame, spec: CountsSpec, colours: Palette, t: Translator) -> str:
    """Draw counts: columns `row`, `column`, `value`, one line a cell that is not empty."""
    need(frame, ("row", "column", "value"))
    counts: dict[tuple[str, str], float] = {}
    for row, column, value in zip(
        texts(frame, "row"), texts(frame, "column"), numbers(frame, "value"), strict=True
    ):
        if value is not None and value > 0:
            counts[row, column] = counts.get((row, column), 0) + value
    narrow = spec.width < _NARROW
    return (_blocks if narrow else _grid)(counts, spec, colours, t)


def _link(spec: CountsSpec, key: tuple[str, str], label: str, *children: str) -> str:
    href = spec.hrefs.get(key)
    if not href:
        return svg.tag("g", svg.title(label), *children)
    return svg.tag("a", svg.title(label), *children, href=href, aria_label=label)


def _sums(counts: Mapping[tuple[str, str], float], at: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in counts.items():
        found[key[at]] = found.get(key[at], 0) + value
    return found


def _grid(
    counts: Mapping[tuple[str, str], float], spec: CountsSpec, colours: Palette, t: Translator
) -> str:
    heads = {column: wrap(label, 110, 12.5, most=2) for column, label in spec.columns}
    label_room = min(max((text_width(n, 13, 550) for _, n in spec.rows), default=60) + 16, 190)
    total_room = 78.0
    step = (spec.width - label_room - total_room) / max(len(spec.columns), 1)
    widest = max((text_width(label, 12.5, 600) for _, label in spec.columns), default=0.0)
    # Heads that are wider than their columns stand in two lines by turns.
    turn = _TURN if step < _CLOSE and widest > step - 6 else 0.0
    if turn:
        heads = {
            column: [shorten(label, 2 * step - 8, 12.5, 600)] for column, label in spec.columns
        }
    top = 20.0 + turn + 17 * max((len(lines) for lines in heads.values()), default=1)
    most = max(counts.values(), default=1.0)
    figure = text_width(t.number(most), 12) + 10
    scale = (step - figure - 14) / most
    totals, below = _sums(counts, 0), _sums(counts, 1)
    parts: list[str] = []
    for place, (column, _) in enumerate(spec.columns):
        x = label_room + place * step
        strong = 600 if column == spec.chosen else 500
        ink = colours["ink"] if column == spec.chosen else colours["ink2"]
        parts += [
            svg.words(x, 16 + turn * (place % 2) + 16 * line, text, ink, 12.5, weight=strong)
            for line, text in enumerate(heads[column])
        ]
    parts.append(
        svg.words(
            spec.width,
            16 + turn * (len(spec.columns) % 2),
            spec.total,
            colours["ink2"],
            12.5,
            weight=500,
            anchor="end",
        )
    )
    for index, (row, label) in enumerate(spec.rows):
        y = top + index * _PITCH
        parts.append(svg.line(0, y + _PITCH - 1, spec.width, y + _PITCH - 1, colours["hair"]))
        shown = shorten(label, label_room - 12, 13, 550)
        name = svg.words(0, y + 17.5, shown, colours["ink"], 13, weight=550)
        parts.append(_link(spec, (row, ""), label, name))
        for place, (column, head) in enumerate(spec.columns):
            value = counts.get((row, column))
            if value is None:
                continue
            x = label_room + place * step
            size = max(value * scale, 1.5)
            bar = svg.tag(
                "rect", x=x, y=y + (_PITCH - _BAR) / 2 - 1, width=size, height=_BAR, rx=1,
                fill=colours["seq-3"],
                fill_opacity=0.35 if spec.chosen and column != spec.chosen else None,
            )  # fmt: skip
            text = svg.words(x + size + 5, y + 17, t.number(value), colours["ink2"], 12)
            said = t("{row}, {column}: {n}", row=label, column=head, n=t.number(value))
            area = svg.hit(x, y, step - 4, _PITCH - 1)
            parts.append(_link(spec, (row, column), said, bar, text, area))
        whole = t.number(totals.get(row, 0))
        text = svg.words(spec.width, y + 17.5, whole, colours["ink"], 13, weight=600, anchor="end")
        parts.append(_link(spec, (row, ""), f"{label}: {whole}", text))
    y = top + len(spec.rows) * _PITCH
    parts.append(svg.words(0, y + 18, spec.total, colours["ink2"], 12.5))
    for place, (column, head) in enumerate(spec.columns):
        whole = t.number(below.get(column, 0))
        x = label_room + place * step
        text = svg.words(x, y + 18, whole, colours["ink"], 13, weight=600)
        parts.append(_link(spec, ("", column), f"{head}: {whole}", text))
    whole = t.number(sum(counts.values()))
    parts.append(svg.words(spec.width, y + 18, whole, colours["ink"], 13, weight=600, anchor="end"))
    return svg.document(
        spec.width,
        y + 26,
        *parts,
        name=spec.name or t("Counts by row and column"),
        lang=t.html_lang,
    )


def _blocks(
    counts: Mapping[tuple[str, str], float], spec: CountsSpec, colours: Palette, t: Translator
) -> str:
    parts: list[str] = []
    y = 0.0
    for at, kinds in ((0, spec.rows), (1, spec.columns)):
        sums = _sums(counts, at)
        shown = [(key, label) for key, label in kinds if sums.get(key)]
        most = max(sums.values(), default=1.0)
        room = min(max((text_width(n, 13) for _, n in shown), default=60) + 14, 130)
        scale = (spec.width - room - text_width(t.number(most), 12.5) - 12) / most
        for key, label in shown:
            value = sums[key]
            fill = colours["seq-3"] if at == 0 else colours["ctx2"]
            size = max(value * scale, 1.5)
            said = f"{label}: {t.number(value)}"
            parts.append(
                _link(
                    spec, (key, "") if at == 0 else ("", key), said,
                    svg.words(0, y + 18, shorten(label, room - 8, 13), colours["ink"], 13),
                    svg.tag("rect", x=room, y=y + 7, width=size, height=_BAR, rx=1, fill=fill),
                    svg.words(room + size + 6, y + 18, t.number(value), colours["ink2"], 12.5),
                    svg.hit(0, y, spec.width, _PITCH),
                )
            )  # fmt: skip
            y += _PITCH
        y += 16
    height = max(y - 16, 24)
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or t("Counts by row and column"),
        lang=t.html_lang,
    )
