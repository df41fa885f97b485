"""CSV: exact values with unit, status, source, licence and row id, one line a row.

Files that readers take (`table_csv`) put an apostrophe before text that a spreadsheet program would
run as a formula; numbers stay numbers. What the file says of itself stands in columns at the end,
the same on every line: comments before the header would break programs that read CSV.
`to_csv` is the plain writer under it and can keep every text as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import numbers
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from observatory.export.table import Field, Provenance, cells

if TYPE_CHECKING:
    import pandas as pd

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


# Signs that programs pass over before they look for a formula.
_BEFORE: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]+")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet program could run this text as a formula."""
    if text.startswith(DANGEROUS):
        return True
    before = _BEFORE.match(text)
    return before is not None and text[before.end() :].startswith(DANGEROUS)


def guarded(value: object) -> str:
    """A cell that no spreadsheet program runs as a formula."""
    shown = plain(value)
    return "'" + shown if not is_number(value) and starts_formula(shown) else shown


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


def _safe(value: object) -> str:
    """Like `guarded`, for a cell that was read already: the text "nan" is a text here."""
    if isinstance(value, str):
        return "'" + value if starts_formula(value) else value
    return guarded(value)


def table_csv(frame: pd.DataFrame, fields: Sequence[Field], provenance: Provenance) -> bytes:
    """A table as UTF-8 CSV without a byte-order mark, safe for spreadsheets.

    Columns at the end say what the file is: `file_link` (the lasting link, with every filter),
    `file_build`, `file_as_known_on`, `file_made_on`, `file_rows_held_back`.
    """
    p = provenance
    own: list[tuple[str, object]] = [
        ("file_link", p.address),
        ("file_build", p.build_id),
        ("file_as_known_on", p.as_of or "everything known"),
        ("file_made_on", p.made_on),
        ("file_rows_held_back", p.held.rows),
    ]
    tail = [_safe(value) for _, value in own]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(one.key) for one in fields] + [name for name, _ in own])
    for line in zip(*cells(frame, fields), strict=True):
        writer.writerow([*map(_safe, line), *tail])
    return out.getvalue().encode("utf-8")
