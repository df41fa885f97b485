"""Tables that stand in the order of a file of blocks (`scorecard.yml`, `stack.yml`): frames, columns, comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from pydantic.fields import FieldInfo

from etl.read import Dataset
from observatory.model.tables import Table

Columns = dict[str, tuple[str, str]]
"""Type and comment of each column."""


def frames(data: Dataset, tables: Sequence[Table]) -> dict[str, pd.DataFrame]:
    """A frame a table; ``position`` is the order of the file."""
    out = {}
    for table in tables:
        columns = [*table.columns, "position", "place"]
        rows = [
            {
                **{name: plain(getattr(row.record, name)) for name in table.columns},
                "position": index,
                "place": f"{row.file}:{row.line}",
            }
            for index, row in enumerate(data.rows(table.name))
        ]
        out[table.name] = pd.DataFrame(rows, columns=columns)
    return out


def plain(value: Any) -> Any:
    """A word of a vocabulary as the text that it is."""
    return str(value) if isinstance(value, str) else value


def layout(
    tables: Sequence[Table], column_type: Callable[[FieldInfo], str]
) -> dict[str, tuple[str, Columns]]:
    """Of each core table: comment, then type and comment of each column."""
    found = {}
    for table in tables:
        columns = {
            name: (
                column_type(info) + (" NOT NULL" if info.is_required() else ""),
                info.description or "",
            )
            for name, info in table.record.model_fields.items()
        }
        columns["position"] = ("INTEGER NOT NULL", "Place in the order of the file")
        columns["place"] = ("VARCHAR NOT NULL", "File and line the row stands in")
        found[table.name] = (table.comment, columns)
    return found


def comments(tables: Sequence[Table]) -> dict[str, str]:
    """Comments of the columns, by ``view.column``: other tables use the same names otherwise."""
    return {
        f"{table}.{column}": text
        for table, (_, columns) in layout(tables, lambda _: "").items()
        for column, (_, text) in columns.items()
    }
