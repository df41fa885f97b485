"""A card's table as a table of the slide program: what fits, and how much more there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from observatory.cards.card_model import Card, Column
from observatory.cards.table import is_missing
from observatory.charts.palette import palette
from observatory.editions.deck_text import put_text, rgb, spoken
from observatory.editions.grid import Grid
from observatory.editions.pictures import plain_text
from observatory.i18n import Translator

MOST_COLUMNS: Final = 7
SIGN: Final = Inches(0.1)
"""Width of a letter of 13 points, with some to spare."""
ROW: Final = Inches(0.36)
LINE: Final = Inches(0.22)
"""What a further line adds to a row."""
_MOST_LINES: Final = 3
LEAST_ROW: Final = Inches(0.31)
"""Rows of a matrix stand this close before it goes on over the next slide."""


def cell_text(column: Column, row: Mapping[str, Any], unknown: str) -> str:
    """A cell's words, as the table on the page shows them."""
    value = row.get(column.key)
    if is_missing(value) and not (column.show is not None and column.key not in row):
        return unknown
    return plain_text(column.show(value, row) if column.show else str(value))


def draw_table(slide: Any, card: Card, place: Sequence[int], t: Translator) -> None:
    """The rows that fit into `place`; the number of the others stands in the last row."""
    assert card.table is not None  # noqa: S101 - asked by the caller
    # What a phone leaves out goes first where a slide has no room for all columns either.
    columns = list(card.table.columns)
    for column in [c for c in reversed(columns) if not c.phone]:
        if len(columns) <= MOST_COLUMNS:
            break
        columns.remove(column)
    columns = columns[:MOST_COLUMNS]
    rows = card.table.rows()
    # Widths are those of the rows that would fit if each took one line.
    texts = [
        [cell_text(c, row, t("not known")) for c in columns] for row in rows[: place[3] // ROW]
    ]
    widths = _widths(columns, texts, place[2])
    heights = [_height(row, widths) for row in texts]
    shown = _fitting(heights, len(rows), place[3] - ROW)
    texts = [
        [_short(text, width, _MOST_LINES) for text, width in zip(row, widths, strict=True)]
        for row in texts[:shown]
    ]
    high = [ROW, *heights[:shown], *((ROW,) if shown < len(rows) else ())]
    count = len(high)
    frame = slide.shapes.add_table(count, len(columns), *place[:3], Emu(int(sum(high))))
    frame.name = card.title[:120]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", spoken(card))
    grid = frame.table
    _plain_style(frame)
    for at, width in enumerate(widths):
        grid.columns[at].width = width
    for at, height in enumerate(high):
        grid.rows[at].height = Emu(int(height))
    for at, column in enumerate(columns):
        _fill(grid.cell(0, at), _short(column.label, widths[at]), column, t, head=True)
    for line, texts_of_row in enumerate(texts, 1):
        for at, text in enumerate(texts_of_row):
            _fill(grid.cell(line, at), text, columns[at], t)
    if shown < len(rows):
        last = count - 1
        grid.cell(last, 0).merge(grid.cell(last, len(columns) - 1))
        more = len(rows) - shown
        _fill(grid.cell(last, 0), t.n("{n} more row", "{n} more rows", more), columns[0], t)


def grid_parts(grid: Grid, high: int) -> list[Grid]:
    """The matrix in parts that fit into a height, each under the heads of the first."""
    heads, rows = grid.rows[: grid.heads], grid.rows[grid.heads :]
    room = max(int(high // LEAST_ROW) - len(heads), 4)
    count = -(-len(rows) // room)
    each = -(-len(rows) // max(count, 1))
    return [
        Grid([*heads, *rows[at : at + each]], len(heads))
        for at in range(0, len(rows), max(each, 1))
    ]


def draw_grid(slide: Any, grid: Grid, card: Card, place: Sequence[int], t: Translator) -> None:
    """A matrix as a table with its cells shaded as on the screen."""
    wide, high = grid.width, len(grid.rows)
    row = min(ROW, int(place[3] // max(high, 1)))
    frame = slide.shapes.add_table(high, wide, *place[:3], Emu(int(row * high)))
    frame.name = card.title[:120]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", spoken(card))
    _plain_style(frame)
    made = frame.table
    widths = _grid_widths(grid, place[2])
    for at, width in enumerate(widths):
        made.columns[at].width = width
    for line, cells in enumerate(grid.rows):
        made.rows[line].height = Emu(row)
        at = 0
        for one in cells:
            cell = made.cell(line, at)
            if one.across > 1:
                cell.merge(made.cell(line, min(at + one.across, wide) - 1))
            room = sum(widths[at : at + one.across])
            top = line < grid.heads
            _put(cell, _short(one.text, room), t, right=one.right, strong=top,
                 bold=one.head, ink=one.ink)  # fmt: skip
            if one.fill:
                cell.fill.solid()
                cell.fill.fore_color.rgb = rgb(one.fill)
            at += one.across


def _grid_widths(grid: Grid, whole: int) -> list[Emu]:
    asks = [6.0] * grid.width
    for cells in grid.rows:
        at = 0
        for one in cells:
            if one.across == 1:
                asks[at] = max(asks[at], _span(one.text) + 2.2)
            at += one.across
    return _shared(asks, whole)


def _room(width: int, lines: int = 1) -> float:
    """Letters that go into so many lines of a column; each line may break a word's length early."""
    letters = (width - Inches(0.12)) / SIGN
    return letters * lines - min(6.0, letters * 0.3) * (lines - 1)


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Height of a row in which long texts take more than one line, at most `_MOST_LINES`."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        while lines < _MOST_LINES and _span(text) > _room(width, lines):
            lines += 1
    return ROW + LINE * (lines - 1)


def _fitting(heights: Sequence[int], count: int, room: int) -> int:
    """How many of `count` rows fit, a line for the number of the others among them; at least one."""
    if count == len(heights) and sum(heights) <= room:
        return count
    used, shown = int(ROW), 0
    for height in heights:
        if used + height > room:
            break
        used, shown = used + height, shown + 1
    return max(shown, 1)


def _short(text: str, width: int, lines: int = 1) -> str:
    """As much of a text as fits on so many lines of a column."""
    room = _room(width, lines)
    if _span(text) <= room:
        return text
    while text and _span(text) > room - 2:
        text = text[:-1]
    return text.rstrip() + "…"


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], whole: int) -> list[Emu]:
    """Columns as wide as their longest words ask for, within the whole."""
    asks = [
        max([_span(column.label), *(_span(row[at]) for row in texts)]) + 2.6
        for at, column in enumerate(columns)
    ]
    return _shared(asks, whole)


def _shared(asks: Sequence[float], whole: int) -> list[Emu]:
    """Widths for columns that ask for so many letters: narrow ones get all, wide ones share the rest."""
    room = whole / SIGN
    given = [0.0] * len(asks)
    left = room
    for done, at in enumerate(sorted(range(len(asks)), key=lambda i: asks[i])):
        given[at] = min(asks[at], left / (len(asks) - done))
        left -= given[at]
    return [Emu(int(whole * one / sum(given))) for one in given]


def _span(text: str) -> float:
    """Width in letters; a wide sign counts for two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _plain_style(frame: Any) -> None:
    """No coloured bands: the table's style without fills."""
    properties = frame._element.find(f".//{qn('a:tblPr')}")
    properties.set("bandRow", "0")
    properties.set("firstRow", "1")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _fill(cell: Any, text: str, column: Column, t: Translator, *, head: bool = False) -> None:
    _put(cell, text, t, right=column.align == "right", strong=head, bold=head or column.strong)


def _put(
    cell: Any, text: str, t: Translator, *, right: bool, strong: bool, bold: bool, ink: str | None = None
) -> None:  # fmt: skip
    """Words of a cell; `strong` is a head over columns."""
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    frame.word_wrap = True
    put_text(frame, text, t.html_lang, size=12 if strong else 13, bold=bold,
             colour="ink2" if strong else "ink")  # fmt: skip
    if ink:
        for run in frame.paragraphs[0].runs:
            run.font.color.rgb = rgb(ink)
    if right:
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    _rule(cell, strong=strong)


def _rule(cell: Any, *, strong: bool) -> None:
    """A hairline under the cell."""
    colour = palette("light")["ink" if strong else "hair"]
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(int(Pt(1.25 if strong else 0.75)))})
    fill = line.makeelement(qn("a:solidFill"), {})
    tone = fill.makeelement(qn("a:srgbClr"), {"val": str(rgb(colour))})
    fill.append(tone)
    line.append(fill)
    properties.insert(0, line)
