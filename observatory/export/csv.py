"""CSV of what a card shows: exact values with unit, status, source, licence and row id.

Two forms: `machine` keeps every text as it is; `spreadsheet` puts an apostrophe before text that
a spreadsheet program would run as a formula, and starts with a byte-order mark so that Excel
reads UTF-8. Numbers are written as numbers in both.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

RECEIPT_COLUMNS: Final = (
    "row_id", "table", "indicator_id", "measure", "entity_id", "entity", "period", "value", "unit",
    "status", "status_reason", "source_id", "source_title", "source_publisher", "source_url",
    "locator", "published", "read_on", "known_on", "licence", "reuse", "attribution", "note",
)  # fmt: skip


def plain(value: object) -> str:
    """A cell as text: exact numbers, ISO dates, nothing for missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = float(value)
        if math.isnan(number):
            return ""
        return repr(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:10]
    shown = str(value)
    return "" if shown in {"NaT", "<NA>", "nan"} else shown


def is_number(value: object) -> bool:
    """True for real numbers, which are never turned into text."""
    return isinstance(value, (numbers.Real, Decimal)) and not isinstance(value, bool)


def guarded(value: object) -> str:
    """A cell that no spreadsheet program runs as a formula."""
    shown = plain(value)
    if is_number(value):
        return shown
    if shown.lstrip(" \u00a0\u3000").startswith(DANGEROUS):
        return "'" + shown
    return shown


def to_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, spreadsheet: bool = False
) -> bytes:
    """Rows as UTF-8 CSV, one line a row, CRLF line ends as RFC 4180 asks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    cell = guarded if spreadsheet else plain
    writer.writerow([cell(name) for name in columns])
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])
    return out.getvalue().encode("utf-8-sig" if spreadsheet else "utf-8")


def lines_csv(lines: Iterable[Mapping[str, Any]], *, spreadsheet: bool = False) -> bytes:
    """The file behind a card's CSV button: one line a number, each with its source."""
    return to_csv(RECEIPT_COLUMNS, lines, spreadsheet=spreadsheet)
