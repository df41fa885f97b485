"""The state of the SQL page in its URL: the query (compressed where long), rows, chart."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from observatory.charts.svg.quick import Kind
from observatory.db.sandbox import MAX_SQL
from observatory.views.sql.examples import EXAMPLES

LONG: Final = 900
"""Signs from which on a query travels compressed."""
MARK: Final = "~z"
Drawn = Literal["auto", "none"] | Kind
DRAWN: Final[tuple[Drawn, ...]] = ("auto", "bars", "line", "points", "none")
MOST_COLUMN: Final = 200
NO_SERIES: Final = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked. `x`, `y` and `series` are columns counted from 1; 0 leaves the choice to the page,
    `NO_SERIES` wants none."""

    sql: str
    open_only: bool = False
    chart: Drawn = "auto"
    x: int = 0
    y: int = 0
    series: int = 0


def pack(sql: str) -> str:
    """A query as it stands in a URL."""
    text = sql.strip()
    if len(text) <= LONG and not text.startswith(MARK):
        return text
    small = zlib.compress(text.encode(), 9)
    return MARK + base64.urlsafe_b64encode(small).decode().rstrip("=")


def unpack(value: str) -> str | None:
    """The query of a URL; None if it is damaged or unpacks to more than a query may be long."""
    if not value.startswith(MARK):
        return value
    packed = value.removeprefix(MARK)
    try:
        small = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(small, 4 * MAX_SQL + 1)
        if not unpacker.eof or len(text) > 4 * MAX_SQL:
            return None
        return text.decode()
    except (ValueError, zlib.error):
        return None


def _column(value: str) -> int | None:
    if value.isascii() and value.isdigit() and 0 < int(value[:6]) <= MOST_COLUMN:
        return int(value)
    return None


def read(own: Mapping[str, str]) -> tuple[Choice, list[str]]:
    """The choice of a URL, and the names of parameters that could not be used."""
    bad: list[str] = []
    sql: str | None = EXAMPLES[0].sql
    if given := own.get("q"):
        sql = unpack(given)
        if sql is None:
            bad.append("q")
            sql = EXAMPLES[0].sql
    rows = own.get("rows", "all")
    if rows not in {"all", "open"}:
        bad.append("rows")
    chart = own.get("chart", "auto")
    if chart not in DRAWN:
        bad.append("chart")
        chart = "auto"
    places = {}
    for name in ("x", "y"):
        place = _column(own[name]) if own.get(name) else 0
        if place is None:
            bad.append(name)
        places[name] = place or 0
    series = NO_SERIES if own.get("series") == "none" else _column(own.get("series") or "0")
    if series is None and own.get("series"):
        bad.append("series")
    found = Choice(
        sql or "", rows == "open", cast("Drawn", chart), places["x"], places["y"], series or 0
    )
    return found, bad


def write(choice: Choice) -> dict[str, str]:
    """Parameters of a choice; what is at its default is empty."""
    return {
        "q": pack(choice.sql),
        "rows": "open" if choice.open_only else "",
        "chart": "" if choice.chart == "auto" else choice.chart,
        "x": str(choice.x or ""),
        "y": str(choice.y or ""),
        "series": "none" if choice.series == NO_SERIES else str(choice.series or ""),
    }
