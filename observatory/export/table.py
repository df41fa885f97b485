"""Tables on their way into a file: typed columns, what the file says of itself, what it leaves out.

Every kind of file (`csv`, `xlsx`, `parquet`, `json`) is made of the same three things: a frame, the
`Field`s that say what its columns hold, and a `Provenance`. Pure functions, the same input gives
the same bytes: the day of making is given, never looked up.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

import pandas as pd

Kind = Literal["text", "number", "integer", "date", "flag", "mixed"]
"""`mixed`: numbers stay numbers, everything else is text."""
Cell = str | int | float | Decimal | dt.date | bool | None

SITE: Final = "East Asia AI Observatory"
OWN_LICENCE: Final = (
    "Selection, arrangement, identifiers and definitions: CC BY 4.0, credit East Asia AI Observatory."
    " Each value keeps the licence of its source, named in the columns licence, reuse and attribution;"
    " cite the source of each figure that you use."
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file. `note` says what it holds, where the name does not."""

    key: str
    kind: Kind = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldSource:
    """Rows of one source that are not in the file."""

    source_id: str
    publisher: str
    title: str
    url: str
    licence: str
    reuse: str
    rows: int


@dataclass(frozen=True, slots=True)
class Held:
    """What was held back: how many rows, of which sources, and why."""

    rows: int = 0
    sources: tuple[HeldSource, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file says of itself. Texts are for readers; `filters` are (name, value) as in the link.

    `address` is the lasting link of the view, `as_of` the day of knowledge (None: all that is
    known), `made_on` the day the file was made, `sources` one mapping a source with the keys of
    `SOURCE_KEYS`.
    """

    title: str
    address: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    build_id: str = ""
    data_date: dt.date | None = None
    as_of: dt.date | None = None
    made_on: dt.date | None = None
    licence: str = OWN_LICENCE
    cite: str = ""
    bibtex: str = ""
    ris: str = ""
    held: Held = Held()
    sources: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


SOURCE_KEYS: Final = (
    "source_id", "source_title", "publisher", "origin", "source_url", "published", "read_on", "licence", "reuse",
    "attribution", "rows",
)  # fmt: skip


def about(provenance: Provenance, rows: int) -> list[tuple[str, Cell]]:
    """What a file says of itself, as (name, value) lines; the same in every format."""
    p = provenance
    lines: list[tuple[str, Cell]] = [
        ("title", p.title),
        ("site", SITE),
        ("link", p.address),
        ("rows", rows),
        ("rows_held_back", p.held.rows),
        ("why_held_back", p.held.why),
        ("build", p.build_id),
        ("data_read_up_to", p.data_date),
        ("as_known_on", p.as_of or "everything known"),
        ("made_on", p.made_on),
        ("licence", p.licence),
        ("cite_as", p.cite),
        ("bibtex", p.bibtex),
        ("ris", p.ris),
    ]
    lines += [("note", note) for note in p.notes]
    lines += [(f"filter: {name}", value) for name, value in p.filters]
    return [(name, value) for name, value in lines if value not in (None, "")]


def is_missing(value: object) -> bool:
    """True for None, NaN, NaT, NA and the empty text."""
    if value is None or value is pd.NaT or value is pd.NA or value == "":
        return True
    if isinstance(value, (float, Decimal)):
        return math.isnan(value)
    return False


def is_number(value: object) -> bool:
    """True for real numbers; flags are none."""
    return isinstance(value, (numbers.Real, Decimal)) and not isinstance(value, bool)


def _number(value: object) -> int | float | Decimal | None:
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return _number(float(found)) if found.is_finite() else None


def cell(value: object, kind: Kind) -> Cell:
    """One value as its column's kind; what cannot be read as it is missing, never guessed."""
    if is_missing(value):
        return None
    match kind:
        case "number":
            return _number(value)
        case "integer":
            found = _number(value)
            return round(found) if isinstance(found, (float, Decimal)) else found
        case "flag":
            return bool(value)
        case "date":
            return _date(value)
        case "mixed" if is_number(value):
            return _number(value)
        case _:
            return _text(value)


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:10]
    # A half of a surrogate pair cannot be written in any encoding.
    return str(value).encode("utf-8", "replace").decode("utf-8")


def cells(frame: pd.DataFrame, fields: Sequence[Field]) -> list[list[Cell]]:
    """The frame's columns as lists of cells, in the order of the fields; a missing column is empty."""
    found: list[list[Cell]] = []
    for one in fields:
        if one.key in frame.columns:
            found.append([cell(value, one.kind) for value in frame[one.key].tolist()])
        else:
            found.append([None] * len(frame))
    return found


def fields_of(frame: pd.DataFrame) -> list[Field]:
    """Fields guessed from a frame's values, for tables whose columns nobody declared."""
    return [Field(str(name), _guess(frame[name].tolist())) for name in frame.columns]


def _guess(values: Sequence[object]) -> Kind:
    known = [value for value in values if not is_missing(value)]
    if not known:
        return "text"
    if all(isinstance(value, bool) for value in known):
        return "flag"
    if any(isinstance(value, bool) for value in known):
        return "text"
    if all(isinstance(value, numbers.Integral) for value in known):
        return "integer"
    if all(isinstance(value, (numbers.Real, Decimal)) for value in known):
        return "number"
    if all(isinstance(value, (dt.date, dt.datetime)) for value in known):
        return "date"
    return "text"


def sources_in(frame: pd.DataFrame) -> tuple[dict[str, Any], ...]:
    """One line a source of the rows of a frame, those with most rows first."""
    if "source_id" not in frame.columns:
        return ()
    lines: dict[str, dict[str, Any]] = {}
    for row in frame.to_dict("records"):
        key = row.get("source_id")
        if is_missing(key):
            continue
        line = lines.setdefault(
            str(key), {name: row.get(name) for name in SOURCE_KEYS if name != "rows"} | {"rows": 0}
        )
        line["rows"] += 1
    return tuple(sorted(lines.values(), key=lambda line: (-line["rows"], str(line["source_id"]))))
