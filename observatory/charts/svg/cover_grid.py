"""Coverage as a grid: one row a measure, one column an economy, the year of the newest value inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.palette import Palette
from observatory.charts.series import need, texts
from observatory.charts.svg import elements as svg
from observatory.charts.svg.coverage import mark
from observatory.charts.text import shorten, text_width

if TYPE_CHECKING:
    from observatory.i18n import Translator

STATES: Final = ("known", "estimate", "disputed", "unchecked", "forecast")
_ROW: Final = 23.0
_HEAD: Final = 26.0
_MOST: Final = 70.0


@dataclass(frozen=True, slots=True)
class CoverGridSpec:
    """`rows` and `columns` in order; `labels`, `hrefs` by id of either; `heads`: short names of the columns;
    `words`: what each state is called; `room`: width of the names in px."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    labels: Mapping[str, str]
    hrefs: Mapping[str, str]
    heads: Mapping[str, str]
    words: Mapping[str, str]
    width: float = 1180
    room: float = 330
    name: str = ""
    description: str = ""


def cover_grid(frame: pd.DataFrame, spec: CoverGridSpec, colours: Palette, t: Translator) -> str:
    """Draw the grid with its legend.

    Columns: row, entity_id, state (one of STATES); optional said (what hover says), short (text inside
    the cell), old (1 where the value is old: drawn light), row_id. What is not in the frame is a dot.
    """
    need(frame, ("row", "entity_id", "state"))
    fields = zip(
        texts(frame, "row"), texts(frame, "entity_id"), texts(frame, "state"), texts(frame, "short"),
        texts(frame, "old"), texts(frame, "row_id"), texts(frame, "said"), strict=True,
    )  # fmt: skip
    cells = {(row, column): rest for row, column, *rest in fields}
    pitch = min((spec.width - spec.room) / max(len(spec.columns), 1), _MOST)
    parts: list[str] = []
    for i, column in enumerate(spec.columns):
        x = spec.room + (i + 0.5) * pitch
        parts.append(svg.words(x, 14, shorten(spec.heads.get(column, column), pitch - 2, 12), colours["ink2"], 12,
                               anchor="middle", weight=550))  # fmt: skip
    y = _HEAD
    for row in spec.rows:
        label = shorten(spec.labels.get(row, row), spec.room - 14, 13)
        words = svg.words(0, y + _ROW / 2 + 4.5, label, colours["ink"], 13)
        href = spec.hrefs.get(row)
        parts.append(svg.tag("a", words, href=href, data_go="") if href else words)
        for i, column in enumerate(spec.columns):
            parts.append(_cell(cells.get((row, column)), spec.room + i * pitch, y, pitch, colours))
        y += _ROW
    legend, used = _legend(frame, spec, y + 10, colours, t)
    return svg.document(
        spec.width, y + 10 + used, *parts, *legend, name=spec.name or t("Coverage"),
        description=spec.description, lang=t.html_lang,
    )  # fmt: skip


def _cell(found: list[str] | None, x: float, y: float, pitch: float, colours: Palette) -> str:
    if found is None:
        return svg.dot(x + pitch / 2, y + _ROW / 2, 1.3, colours["ctx2"])
    state, short, old, row_id, said = found
    wide = max(pitch - 3, 4)
    box = {"x": x + (pitch - wide) / 2, "y": y + 2.5, "width": wide, "height": _ROW - 5, "rx": 2.0}
    faint = bool(old) and state in ("known", "estimate")
    if faint:
        drawn = svg.tag("rect", **box, fill=colours["ink2"], fill_opacity=0.2)
    else:
        drawn = mark(state, x + (pitch - wide) / 2, y + 2.5, wide, _ROW - 5, colours)
    ink = colours["bg"] if state == "known" and not faint else colours["ink"]
    if short and text_width(short, 11) + 6 <= wide:
        drawn += svg.words(x + pitch / 2, y + _ROW / 2 + 4, short, ink, 11, anchor="middle",
                           halo=colours["bg"] if state == "disputed" else None)  # fmt: skip
    return svg.receipt(row_id, said, drawn, focusable=False)


def _legend(
    frame: pd.DataFrame, spec: CoverGridSpec, top: float, colours: Palette, t: Translator
) -> tuple[list[str], float]:
    """The states that occur, flowing over lines; returns parts and height."""
    pairs = list(zip(texts(frame, "state"), texts(frame, "old"), strict=True))
    present = {state for state, _ in pairs}
    keys: list[str] = [state for state in STATES if state in present]
    if any(old and state in ("known", "estimate") for state, old in pairs):
        keys.insert(1 if "known" in keys else 0, "old")
    parts: list[str] = []
    x, y = 0.0, top
    for key in [*keys, "none"]:
        word = spec.words.get(key, key)
        wide = 22 + text_width(word, 12.5) + 20
        if x and x + wide - 20 > spec.width:
            x, y = 0.0, y + 22
        if key == "none":
            parts.append(svg.dot(x + 8, y + 8, 1.3, colours["ctx2"]))
        elif key == "old":
            parts.append(svg.tag("rect", x=x, y=y + 1, width=16, height=14, rx=2.0, fill=colours["ink2"],
                                 fill_opacity=0.2))  # fmt: skip
        else:
            parts.append(mark(key, x, y + 1, 16, 14, colours))
        parts.append(svg.words(x + 22, y + 12.5, word, colours["ink2"], 12.5))
        x += wide
    return parts, y + 22 - top
