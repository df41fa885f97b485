"""A matrix of pairs: who towards whom, each cell shaded by its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

_CELL: Final = 30


@dataclass(frozen=True, slots=True)
class MatrixSpec:
    """Rows and columns in ``order`` where they occur; ``unknown`` is said of empty cells."""

    measure: Measure = PLAIN
    order: Sequence[str] = ()
    unknown: str = ""
    width: float = 620
    name: str = ""


@roomy
def matrix(frame: pd.DataFrame, spec: MatrixSpec, colours: Palette, t: Translator) -> str:
    """Draw one cell a pair. Columns: entity_id (row), counterpart_id (column), value; optional label,
    towards (names) and row_id. Shades are by powers of ten, as said in the description; a pair
    without a value is hatched, an economy towards itself stays empty."""
    need(frame, ("entity_id", "counterpart_id", "value"))
    spec = replace(spec, measure=spec.measure.among(numbers(frame, "value"), t))
    ends = {
        "entity_id": texts(frame, "entity_id"),
        "counterpart_id": texts(frame, "counterpart_id"),
    }
    names = dict(zip(ends["entity_id"], texts(frame, "label"), strict=True))
    names |= dict(zip(ends["counterpart_id"], texts(frame, "towards"), strict=True))
    order = {code: place for place, code in enumerate(spec.order)}
    rows, columns = (
        sorted(set(codes), key=lambda code: (order.get(code, 999), code)) for codes in ends.values()
    )
    if spec.order:
        rows = [code for code in spec.order if code in rows or code in columns]
    cells = {
        pair: (value, row_id)
        for *pair_, value, row_id in zip(
            ends["entity_id"],
            ends["counterpart_id"],
            numbers(frame, "value"),
            texts(frame, "row_id"),
            strict=True,
        )
        if value is not None
        for pair in [(pair_[0], pair_[1])]
    }
    left = max((text_width(names.get(code) or code, 12.5) for code in rows), default=0) + 12
    wide = min(max((spec.width - left) / max(len(columns), 1), 44), 150)
    logs = [log10(value) for value, _ in cells.values() if value > 0]
    low, high = (min(logs), max(logs)) if logs else (0.0, 1.0)
    hatch = svg.unique("matrix", tuple(rows), tuple(columns))
    out = [svg.hatch(hatch, colours)]
    for place, code in enumerate(columns):
        x = left + place * wide + wide / 2
        label = names.get(code) or code
        shown = label if text_width(label, 12) < wide - 6 else code
        out.append(svg.words(x, 14, shown, colours["ink2"], 12, anchor="middle"))
    for line, code in enumerate(rows):
        y = 22 + line * _CELL
        out.append(svg.words(0, y + 19, names.get(code) or code, colours["ink"], 12.5))
        for place, other in enumerate(columns):
            x = left + place * wide
            box = {"x": x + 1, "y": y + 1, "width": wide - 2, "height": _CELL - 2, "rx": 2}
            said = f"{names.get(code) or code} → {names.get(other) or other}"
            if code == other:
                continue
            if (code, other) not in cells:
                hole = svg.tag("rect", **box, fill=f"url(#{hatch})", stroke=colours["rule"])
                out.append(svg.tag("g", svg.title(f"{said}: {spec.unknown}"), hole))
                continue
            value, row_id = cells[code, other]
            step = (
                0 if value <= 0 or high == low else round((log10(value) - low) / (high - low) * 5)
            )
            mark = svg.tag("rect", **box, fill=colours.sequential[step])
            mark += svg.words(x + wide / 2, y + 19, spec.measure.bare(value, t), colours.on_sequential[step], 12,
                              anchor="middle", weight=600)  # fmt: skip
            out.append(svg.receipt(row_id, f"{said}: {spec.measure.full(value, t)}", mark))
    name = spec.name or t.n("{n} pair of economies", "{n} pairs of economies", len(cells))
    return svg.document(left + wide * len(columns), 24 + _CELL * len(rows), *out, name=name, lang=t.html_lang,
                        description=t("Darker cells are larger, by powers of ten."), fixed=True)  # fmt: skip
