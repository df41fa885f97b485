"""The tile map: one equal tile an economy in rough geography, no borders drawn."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.describe import describe_ranking
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.room import roomy
from observatory.charts.series import need, numbers, texts
from observatory.charts.svg import elements as svg
from observatory.charts.text import serif, shorten, text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

_COMPACT_BELOW: Final = 520
_CLASSES: Final = 6
_LADDER: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class TileSpec:
    """A tile map. `breaks`: up to five class limits, else set from the values.

    `legend`: what the scale shows; `note`: a line under it, such as what the small figure is;
    `absent`: the words of a tile without a value; `width`: below 520 the tiles carry codes.
    """

    measure: Measure = PLAIN
    breaks: tuple[float, ...] = ()
    legend: str = ""
    note: str = ""
    absent: str = ""
    width: float = 782
    flat: float = 0
    """Height of tiles that hold name and figure on one line; 0: a figure under its name."""
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Tile:
    entity_id: str
    label: str
    row: int
    col: int
    value: float | None
    row_id: str
    change: str
    href: str
    absent: str


@roomy
def tile_map(frame: pd.DataFrame, spec: TileSpec, colours: Palette, t: Translator) -> str:
    """Draw the tile map with its legend.

    Columns: entity_id, map_row, map_col (cells, from 1), value; optional label, row_id (opens the
    receipt of the figure), change (a text, in the corner), href (page of the economy), absent
    (words where there is no value, e.g. why). Tiles without a value are hatched and say so.
    """
    need(frame, ("entity_id", "map_row", "map_col", "value"))
    tiles = _read(frame, spec, t)
    compact = spec.width < _COMPACT_BELOW
    columns = max((tile.col for tile in tiles), default=5)
    rows = max((tile.row for tile in tiles), default=5)
    gap = 7 if compact else 8
    wide = (spec.width - gap * (columns - 1)) / columns
    high = spec.flat or wide * (0.88 if compact else 0.673)
    values = [tile.value for tile in tiles if tile.value is not None]
    spec = replace(spec, measure=spec.measure.among(values, t))
    breaks = list(spec.breaks) or class_breaks(values)
    taken = {(tile.row, tile.col) for tile in tiles}
    corner = columns >= 3 and not taken & {(1, 1), (1, 2)} and not spec.flat
    top = 0.0 if corner else 58.0 + 16 * bool(spec.note)
    parts = [_legend(spec, breaks, 2 * wide + gap - 8 if corner else spec.width, colours, t)]
    pattern = svg.unique("hatch", spec.name, spec.width, len(tiles))
    if any(tile.value is None for tile in tiles):
        parts.insert(0, svg.hatch(pattern, colours))
    for tile in sorted(tiles, key=lambda tile: (tile.row, tile.col)):
        x, y = (tile.col - 1) * (wide + gap), top + (tile.row - 1) * (high + gap)
        box = (x, y, wide, high)
        parts.append(_draw(tile, box, breaks, pattern, compact, spec, colours, t))
    return svg.document(
        spec.width,
        top + rows * high + (rows - 1) * gap,
        *parts,
        name=spec.name or spec.measure.name or t("Tile map"),
        description=spec.description or describe_ranking(frame, spec.measure, t),
        lang=t.html_lang,
    )


def _read(frame: pd.DataFrame, spec: TileSpec, t: Translator) -> list[_Tile]:
    rows = zip(
        texts(frame, "entity_id"),
        texts(frame, "label"),
        numbers(frame, "map_row"),
        numbers(frame, "map_col"),
        numbers(frame, "value"),
        texts(frame, "row_id"),
        texts(frame, "change"),
        texts(frame, "href"),
        texts(frame, "absent"),
        strict=True,
    )
    seen: dict[tuple[int, int], _Tile] = {}
    for entity_id, label, row, col, value, row_id, change, href, absent in rows:
        if row is None or col is None:
            continue
        cell = (int(row), int(col))
        # One tile a cell: two values of one economy are the caller's to choose between.
        seen.setdefault(
            cell,
            _Tile(
                entity_id,
                label or entity_id,
                *cell,
                value,
                row_id,
                change,
                href,
                absent or spec.absent or t("not on file"),
            ),
        )
    return list(seen.values())


def class_breaks(values: Sequence[float], classes: int = _CLASSES) -> list[float]:
    """Return up to `classes` - 1 rising round limits that share the values out evenly."""
    # Numbers too small to divide by are zero for a colour.
    known = sorted(0.0 if abs(value) < 1e-280 else value for value in values)
    if len(known) < 2 or known[-1] - known[0] <= max(abs(known[0]), abs(known[-1]), 1e-280) * 1e-9:
        return []
    middles = [_quantile(known, i / classes) for i in range(1, classes)]
    if known[0] >= 0:
        limits = _rising([_round(middle) for middle in middles if middle > 0], known)
        if len(limits) >= min(classes - 2, len(set(known)) - 1):
            return limits
    # Values close together, or below zero, need limits of an even step.
    step = 10.0 ** math.floor(math.log10((known[-1] - known[0]) / classes))
    return _rising([round(middle / step) * step for middle in middles], known)


def _quantile(known: Sequence[float], share: float) -> float:
    place = share * (len(known) - 1)
    low = math.floor(place)
    rest = place - low
    return known[low] * (1 - rest) + known[min(low + 1, len(known) - 1)] * rest


def _rising(limits: Sequence[float], known: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for rough in limits:
        limit = float(f"{rough:.10g}")
        if known[0] < limit <= known[-1] and (not kept or limit > kept[-1]):
            kept.append(limit)
    return kept


def _round(value: float) -> float:
    """The nearest number of a short ladder of round ones."""
    power = 10.0 ** math.floor(math.log10(value))
    return min(_LADDER, key=lambda f: abs(math.log(value / (f * power)))) * power


def _class_of(value: float, breaks: Sequence[float]) -> int:
    """The colour step of a value: few classes are spread over the whole scale."""
    place = bisect_right(breaks, value)
    return _steps(len(breaks) + 1)[place]


def _steps(classes: int) -> list[int]:
    if classes <= 1:
        return [3]
    return [round(i * (_CLASSES - 1) / (classes - 1)) for i in range(classes)]


def _draw(
    tile: _Tile,
    box: tuple[float, float, float, float],
    breaks: Sequence[float],
    pattern: str,
    compact: bool,
    spec: TileSpec,
    colours: Palette,
    t: Translator,
) -> str:
    if spec.flat:
        return _flat(tile, box, breaks, pattern, spec, colours, t)
    x, y, wide, high = box
    pad = 7 if compact else 10
    room = wide - 2 * pad
    name_size = 11.5 if compact or text_width(tile.label, 12.5, 600) > room else 12.5
    label = tile.entity_id if compact else shorten(tile.label, room, name_size, 600)
    if tile.value is None:
        face = svg.tag(
            "rect",
            x=x + 0.5,
            y=y + 0.5,
            width=wide - 1,
            height=high - 1,
            rx=4,
            fill=f"url(#{pattern})",
            stroke=colours["ctx"],
        )
        said = t("n/a") if compact and text_width(tile.absent, 11) > wide - 2 * pad else tile.absent
        lines = wrap(said, wide - 2 * pad, 11.5 if compact else 12, most=2)
        bottom = y + high - pad - 16 * (len(lines) - 1) - 2
        inside = svg.words(
            x + pad,
            y + 20,
            label,
            colours["ink2"],
            name_size,
            weight=600,
            halo=colours["bg"],
        ) + "".join(
            svg.words(x + pad, bottom + 16 * i, text, colours["ink2"], 12, halo=colours["bg"])
            for i, text in enumerate(lines)
        )
        name = f"{tile.label}: {tile.absent}"
        return _linked(tile.href, name, face + inside)
    step = _class_of(tile.value, breaks)
    ink = colours.on_sequential[step]
    face = svg.tag("rect", x=x, y=y, width=wide, height=high, rx=4, fill=colours.sequential[step])
    head = svg.words(
        x + pad,
        y + (19 if compact else 20),
        label,
        ink,
        name_size,
        weight=600,
    )
    written = spec.measure.bare(tile.value, t)
    size = 17.0 if compact else 24.0
    if not compact and tile.change:
        room -= text_width(tile.change, 12) + 8
    size = max(12.0, min(size, size * room / max(text_width(written, size, 600) * 0.9, 1)))
    base = y + high - (11 if compact else 12)
    figure = svg.words(x + pad, base, written, ink, size, weight=600, family=serif(t.html_lang))
    full = spec.measure.full(tile.value, t)
    name = f"{tile.label}: {full}" + (f" ({tile.change})" if tile.change else "")
    figure += svg.hit(x, base - 26, wide * 0.72, 36)
    parts = _linked(tile.href, tile.label, face + head)
    parts += svg.receipt(tile.row_id, name, figure)
    if tile.change and not compact:
        parts += svg.words(x + wide - pad, base - 1, tile.change, ink, 12, weight=550, anchor="end")
    return parts


def _flat(
    tile: _Tile,
    box: tuple[float, float, float, float],
    breaks: Sequence[float],
    pattern: str,
    spec: TileSpec,
    colours: Palette,
    t: Translator,
) -> str:
    """A low tile: the name at its left, the figure at its right."""
    x, y, wide, high = box
    base = y + high / 2 + 4.5
    if tile.value is None:
        fill, ink, rim = f"url(#{pattern})", colours["ink2"], colours["bg"]
        written, size = t("n/a"), 12.0
    else:
        step = _class_of(tile.value, breaks)
        fill, ink, rim = colours.sequential[step], colours.on_sequential[step], ""
        written, size = spec.measure.bare(tile.value, t), 14.0
    room = wide - 22 - text_width(written, size, 600)
    name = svg.words(
        x + 8, base, shorten(tile.label, room, 12, 600), ink, 12, weight=600, halo=rim or None
    )
    figure = svg.words(
        x + wide - 8, base, written, ink, size, weight=600, anchor="end", halo=rim or None
    )
    face = svg.tag("rect", x=x, y=y, width=wide, height=high, rx=4, fill=fill,
                   stroke=colours["ctx"] if rim else None)  # fmt: skip
    said = (
        f"{tile.label}: {tile.absent if tile.value is None else spec.measure.full(tile.value, t)}"
    )
    return svg.receipt(tile.row_id, said, face, name, figure)


def _linked(href: str, name: str, inside: str) -> str:
    if not href:
        return svg.tag("g", svg.title(name), inside)
    return svg.tag("a", svg.title(name), inside, href=href, target="_self", aria_label=name)


def _legend(
    spec: TileSpec,
    breaks: Sequence[float],
    room: float,
    colours: Palette,
    t: Translator,
) -> str:
    compact = spec.width < _COMPACT_BELOW
    size = 11.5 if compact else 12.0
    parts: list[str] = []
    y, pitch = (6.0, 13) if compact else (9.0, 15)
    if spec.legend:
        for text in wrap(spec.legend, room, size, most=2):
            parts.append(svg.words(0, y + 2, text, colours["ink2"], size))
            y += pitch
    classes = len(breaks) + 1
    steps = _steps(classes)
    block = min(46.0, (room + 1) / classes) if breaks else 46.0
    for i, step in enumerate(steps):
        parts.append(
            svg.tag(
                "rect",
                x=i * block,
                y=y,
                width=block - 1,
                height=9,
                rx=1,
                fill=colours.sequential[step],
            )
        )
    y += 21 if compact else 23
    alone = spec.measure.among(breaks, t)
    limits = [alone.bare(limit, t) for limit in breaks]
    # Limits too long for their block are printed at every second one.
    tight = any(text_width(text, size) > block - 7 for text in limits)
    for i, text in enumerate(limits):
        if not tight or i % 2 == 0:
            parts.append(
                svg.words(
                    (i + 1) * block - 0.5,
                    y,
                    text,
                    colours["ink2"],
                    size,
                    anchor="middle",
                )
            )
    if spec.note and not compact:
        for i, text in enumerate(wrap(spec.note, room, 12, most=2)):
            parts.append(svg.words(0, y + 20 + 16 * i, text, colours["ink3"], 12))
    return "".join(parts)
