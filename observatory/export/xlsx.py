"""Workbooks: numbers as numbers, days as dates, sources and provenance on sheets of their own.

No cell is ever a formula or a link: every text is written as text, and text that a spreadsheet
program would run if it were typed carries the mark that keeps it text when it is edited.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd
import xlsxwriter

from observatory.export.csv import starts_formula
from observatory.export.table import SOURCE_KEYS, Cell, Field, Provenance, about, cell, cells

MAX_TEXT: Final = 32_767
MAX_ROWS: Final = 1_048_576 - 1
CUT: Final = " … (cut)"
MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_EXACT: Final = 10**15
"""Spreadsheets keep fifteen digits; larger whole numbers stay text."""


class TooLarge(ValueError):
    """More rows than a sheet can hold."""


def to_xlsx(
    frame: pd.DataFrame,
    fields: Sequence[Field],
    provenance: Provenance,
    more: Sequence[tuple[str, pd.DataFrame, Sequence[Field]]] = (),
) -> bytes:
    """A workbook of four sheets: Data, Columns, Sources, About; and Held back where rows are missing.

    `more`: further sheets after the data, as (name, frame, fields), such as the single values behind
    a table with one column a period. Raises TooLarge for more rows than a sheet holds.
    """
    if len(frame) > MAX_ROWS:
        raise TooLarge(f"{len(frame)} rows; a sheet holds {MAX_ROWS}")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    day = provenance.made_on or provenance.data_date or dt.date(2000, 1, 1)
    book.set_properties(
        {
            "title": provenance.title[:255], "author": "East Asia AI Observatory",
            "comments": provenance.address[:255], "created": dt.datetime.combine(day, dt.time()),
        }
    )  # fmt: skip
    write = _Writer(book)
    columns = cells(frame, fields)
    write.sheet("Data", [one.key for one in fields], columns, len(frame))
    for name, other, own in more:
        write.sheet(name, [one.key for one in own], cells(other, own), len(other))
    lines = [(one.key, _KINDS[one.kind], one.note) for one in fields]
    write.rows("Columns", ("column", "holds", "meaning"), lines)
    sources = [[cell(line.get(key), "integer" if key == "rows" else "text") for key in SOURCE_KEYS]
               for line in provenance.sources]  # fmt: skip
    write.rows("Sources", SOURCE_KEYS, sources)
    write.rows("About", ("about this file", ""), about(provenance, len(frame)))
    if provenance.held.rows:
        held = [(h.source_id, h.publisher, h.title, h.url, h.licence, h.reuse, h.rows)
                for h in provenance.held.sources]  # fmt: skip
        heads = ("source_id", "publisher", "title", "url", "licence", "reuse", "rows held back")
        write.rows("Held back", heads, held)
    book.close()
    return out.getvalue()


_KINDS: Final = {
    "text": "text", "number": "number", "integer": "whole number", "date": "date",
    "flag": "TRUE or FALSE", "mixed": "number or text",
}  # fmt: skip


class _Writer:
    """Sheets of one workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.marked = book.add_format({"quote_prefix": True})

    def cell(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        """Write one cell as what it is; text never as anything but text."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, dt.date):
            if value.year < 1900:
                sheet.write_string(row, column, value.isoformat())
            else:
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.day)
        elif isinstance(value, int) and abs(value) >= _EXACT:
            sheet.write_string(row, column, str(value))
        elif isinstance(value, (int, float, Decimal)):
            sheet.write_number(row, column, value)
        else:
            text = value.replace("\r\n", "\n")
            text = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT
            sheet.write_string(row, column, text, self.marked if starts_formula(text) else None)

    def _start(self, name: str, heads: Sequence[str]) -> Any:
        sheet = self.book.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def sheet(
        self, name: str, heads: Sequence[str], columns: Sequence[Sequence[Cell]], n: int
    ) -> None:
        """A sheet from columns, with a filter on its heads."""
        sheet = self._start(name, heads)
        for column, values in enumerate(columns):
            for row, value in enumerate(values, 1):
                self.cell(sheet, row, column, value)
            longest = max((len(str(v)) for v in values[:200] if v is not None), default=0)
            sheet.set_column(column, column, min(max(longest, len(heads[column]) + 2, 8), 48))
        if heads:
            sheet.autofilter(0, 0, max(n, 1), len(heads) - 1)

    def rows(self, name: str, heads: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
        """A sheet from lines."""
        sheet = self._start(name, heads)
        widths = [len(head) + 2 for head in heads]
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                self.cell(sheet, row, column, value)
                widths[column] = max(widths[column], min(len(str(value or "")), 70))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
