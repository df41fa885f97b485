"""Horizontal bars: a ranking with its values, and strips of parts that make a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.describe import describe_ranking
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear
from observatory.charts.series import need, numbers, status_word, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import shorten, text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class BarSpec:
    """Ranked bars. `subjects`: entity ids whose label is bold and colour full.

    `tint`: the others get 40 % of their colour (when one bar is the subject); `sort`: largest
    first, else the order of the frame; `most`: rows drawn, the rest counted in words; `pitch`:
    px from row to row; `whole`: value of the full width where values are parts of it.
    """

    measure: Measure = PLAIN
    subjects: tuple[str, ...] = ()
    tint: bool = False
    sort: bool = True
    most: int = 20
    pitch: float = 34
    width: float = 402
    name: str = ""
    description: str = ""
    absent: str = ""
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a ranking."""

    entity_id: str
    label: str
    native: str
    economy_id: str
    value: float | None
    row_id: str
    status: str
    absent: str


@roomy
def bars(frame: pd.DataFrame, spec: BarSpec, colours: Palette, t: Translator) -> str:
    """Draw ranked horizontal bars from zero, the value outside the end of each.

    Columns: entity_id, value; optional label, native (second line, own script), economy_id
    (colour), row_id, status, absent (words where the value is missing). Rows without a value
    come last and say so; no bar stands for them.
    """
    rows, left_out = read_bars(frame, spec, t)
    two_lines = any(row.native for row in rows)
    pitch = max(spec.pitch, 40 if two_lines else 0)
    thick = 18 if pitch >= 30 else pitch * 0.55
    known = [row.value for row in rows if row.value is not None]
    low, high = min([0.0, *known]), max([0.0, spec.whole or 0.0, *known])
    widest = max((text_width(row.label, 13, 600) for row in rows), default=0)
    # On a phone names need more of the width to be read.
    label_room = min(max(widest + 14, 60), spec.width * (0.36 if spec.width > 380 else 0.44))
    spec = replace(spec, measure=spec.measure.among(known, t))
    printed = [spec.measure.bare(value, t) for value in known]
    value_room = max((text_width(text, 13, 600) for text in printed), default=0) + 10
    x = Linear(
        low,
        high or 1.0,
        label_room + (value_room if low < 0 else 0),
        spec.width - value_room,
    )
    height = len(rows) * pitch + (22 if left_out > 0 else 0) + 6
    zero = x(0)
    parts: list[str] = []
    for i, row in enumerate(rows):
        parts.append(_row(row, 3 + i * pitch, pitch, thick, x, label_room, spec, colours, t))
    if rows:
        parts.append(svg.line(zero, 0, zero, 6 + len(rows) * pitch, colours["ink2"]))
    if left_out > 0:
        more = t.n("{n} more not drawn", "{n} more not drawn", left_out)
        parts.append(svg.words(0, height - 4, more, colours["ink3"], 12))
    return svg.document(
        spec.width,
        max(height, 24),
        *parts,
        name=spec.name or spec.measure.name or t("Ranking"),
        description=spec.description or describe_ranking(frame, spec.measure, t, spec.subjects),
        lang=t.html_lang,
    )


def read_bars(frame: pd.DataFrame, spec: BarSpec, t: Translator) -> tuple[list[Bar], int]:
    """Return the rows to draw, in order, and how many are left out."""
    need(frame, ("entity_id", "value"))
    fields = zip(
        texts(frame, "entity_id"),
        texts(frame, "label"),
        texts(frame, "native"),
        texts(frame, "economy_id"),
        numbers(frame, "value"),
        texts(frame, "row_id"),
        texts(frame, "status"),
        texts(frame, "absent"),
        strict=True,
    )
    rows = [
        Bar(
            entity_id,
            label or entity_id,
            native,
            economy_id or entity_id,
            value,
            row_id,
            status,
            absent or spec.absent or t("not on file"),
        )
        for entity_id, label, native, economy_id, value, row_id, status, absent in fields
    ]
    if spec.sort:
        rows.sort(key=lambda row: (row.value is None, -(row.value or 0.0)))
    return rows[: spec.most], max(len(rows) - spec.most, 0)


def _row(
    row: Bar,
    top: float,
    pitch: float,
    thick: float,
    x: Linear,
    label_room: float,
    spec: BarSpec,
    colours: Palette,
    t: Translator,
) -> str:
    middle = top + pitch / 2
    subject = row.entity_id in spec.subjects
    weight = 600 if subject else 400
    label = shorten(row.label, label_room - 12, 13, weight)
    base = middle + (4.5 if not row.native else -2)
    parts = [svg.words(0, base, label, colours["ink"], 13, weight=weight)]
    if row.native:
        native = shorten(row.native, label_room - 12, 12)
        parts.append(svg.words(0, base + 15, native, colours["ink3"], 12))
    if row.value is None:
        parts.append(svg.words(x(0) + 8, middle + 4.5, row.absent, colours["ink3"], 12.5))
        return svg.tag("g", svg.title(f"{row.label}: {row.absent}"), *parts)
    start, end = sorted((x(0), x(row.value)))
    faint = spec.tint and not subject
    mark = svg.tag(
        "rect",
        x=start,
        y=middle - thick / 2,
        width=max(end - start, 1),
        height=thick,
        rx=1,
        fill=colours.economy_bar(row.economy_id),
        fill_opacity=0.4 if faint else None,
    )
    outside, anchor = (end + 7, "start") if row.value >= 0 else (start - 7, "end")
    figure = svg.words(
        outside,
        middle + 4.5,
        spec.measure.bare(row.value, t),
        colours["ink"],
        13,
        weight=weight,
        anchor=anchor,
    )
    word = status_word(row.status, t)
    name = f"{row.label}: {spec.measure.full(row.value, t)}" + (f", {word}" if word else "")
    pressed = svg.receipt(
        row.row_id,
        name,
        mark,
        figure,
        svg.hit(x(0), middle - 12, spec.width - x(0), 24),
    )
    if subject and spec.tint:
        parts.insert(
            0,
            svg.tag(
                "rect",
                x=-8,
                y=top + 1,
                width=spec.width + 16,
                height=pitch - 2,
                rx=3,
                fill=colours["focus"],
            ),
        )
    return "".join(parts) + pressed


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a strip: its size, colour, label and, where it has one, its receipt."""

    label: str
    value: float
    colour: str
    ink: str | None = None
    short: str = ""
    row_id: str = ""


def strip(
    parts: Sequence[Part],
    colours: Palette,
    t: Translator,
    *,
    total: float | None = None,
    width: float = 300,
    height: float = 14,
    measure: Measure = PLAIN,
    name: str = "",
    labels: bool = False,
) -> str:
    """Draw parts side by side: a pillar's contributions, members of a sum, counts of verdicts.

    `total` is the value of the full width (default: the sum of the parts). `labels` prints label
    and value under each part that has room; `short` and `ink` put a code inside a part.
    """
    kept = [part for part in parts if part.value > 0]
    whole = total or sum(part.value for part in kept) or 1.0
    measure = measure.among((part.value for part in kept), t)
    out: list[str] = []
    x = free = 0.0
    for part in kept:
        wide = part.value / whole * width
        mark = svg.tag("rect", x=x, y=0, width=max(wide - 1, 0.8), height=height, fill=part.colour)
        if part.short and part.ink and text_width(part.short, 11, 600) + 8 < wide:
            mark += svg.words(x + 5, height / 2 + 4, part.short, part.ink, 11, weight=600)
        said = f"{part.label}: {measure.full(part.value, t)}"
        out.append(svg.receipt(part.row_id, said, mark, focusable=False))
        if labels:
            figure = measure.bare(part.value, t)
            needed = text_width(part.label, 12.5, 600) + text_width(figure, 12.5) + 10
            last = part is kept[-1]
            start = width - needed if last and needed > wide else x
            if start >= free and (needed <= wide or last):
                out.append(
                    svg.words(start, height + 18, part.label, colours["ink"], 12.5, weight=600)
                )
                beside = start + text_width(part.label, 12.5, 600) + 8
                out.append(svg.words(beside, height + 18, figure, colours["ink2"], 12.5))
                free = start + needed + 8
        x += wide
    said = name or t.list([f"{part.label} {measure.bare(part.value, t)}" for part in kept])
    return svg.document(
        width,
        height + (24 if labels else 0),
        *out,
        name=said or t("No parts"),
        lang=t.html_lang,
        fixed=not labels,
    )
