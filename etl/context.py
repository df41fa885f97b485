"""Lookups shared by checks and derivations: sources, indicators, and when each row was known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.read import Dataset, Row
from observatory.model.tables import BY_NAME, reference_column
from observatory.model.time import known_on, parse_period


@dataclass(slots=True)
class Context:
    """The data set with its lookups. Built once; everything after reads it."""

    data: Dataset
    sources: dict[str, Any] = field(default_factory=dict)
    indicators: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sources = {row.record.source_id: row.record for row in self.data.rows("sources")}
        self.indicators = {
            row.record.indicator_id: row.record for row in self.data.rows("indicators")
        }
        for table in BY_NAME:
            column = reference_column(table)
            self.ids[table] = {getattr(row.record, column) for row in self.data.rows(table)}
        self._known = {
            key: known_on(source.published, source.read_on) for key, source in self.sources.items()
        }

    def rows(self, table: str) -> list[Row]:
        return self.data.rows(table)

    def known(self, row: Row) -> date:
        """Day the row was known by: its own, where it was read again, else its source's."""
        own = getattr(row.record, "known_on", None)
        if own:
            return parse_period(own).end
        return self._known.get(row.record.source_id, date.max)

    def origin(self, row: Row) -> str:
        return str(self.sources[row.record.source_id].origin)

    def sourced(self) -> Iterator[Row]:
        """Every row that names a source."""
        for name, table in BY_NAME.items():
            if table.sourced:
                yield from self.rows(name)

    def whole(self, *tables: str) -> bool:
        """Whether these tables were read without a fault, so that a missing id means something."""
        return not self.data.broken.intersection(tables)
