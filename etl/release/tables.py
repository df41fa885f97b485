"""What the bundle says of its tables; the descriptions are made of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: DuckDB's type with enumerations as text, and what it means."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table of the bundle."""

    name: str
    text: str
    columns: tuple[Column, ...]
    rows: int
