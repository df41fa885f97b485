"""What differs between two builds, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from observatory.model.tables import TABLES

SHOWN = 20
SKIPPED = {"row_id", "place"}
"""A row that only moved in its file did not change."""


def compare(old: Path, new: Path) -> Iterator[str]:
    """Lines that name new, revised and withdrawn rows of each curated table."""
    with duckdb.connect(":memory:") as connection:
        for name, path in (("old", old), ("new", new)):
            connection.execute(
                f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {name} (READ_ONLY)"
            )
        quiet = True
        for table in TABLES:
            columns = [column for column in table.columns if column not in SKIPPED]
            lines = list(_table(connection, table.name, table.key, columns))
            quiet = quiet and not lines
            yield from lines
        if quiet:
            yield "no differences in the curated rows"


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, key: tuple[str, ...], columns: list[str]
) -> Iterator[str]:
    picked = ", ".join(f'"{column}"' for column in ["row_id", *columns])
    sides: dict[str, dict[str, dict[str, object]]] = {}
    for side in ("old", "new"):
        rows = connection.execute(f"SELECT {picked} FROM {side}.core.{name}").fetchall()  # noqa: S608 - own names
        sides[side] = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
    before, after = sides["old"], sides["new"]
    added, gone = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    revised = [row for row in sorted(before.keys() & after.keys()) if before[row] != after[row]]
    if not (added or gone or revised):
        return
    yield f"{name}: {len(added)} new, {len(revised)} revised, {len(gone)} withdrawn"
    for label, ids, rows_by_id in (("new", added, after), ("withdrawn", gone, before)):
        for row_id in ids[:SHOWN]:
            yield f"  {label} {_name(rows_by_id[row_id], key)}"
        if len(ids) > SHOWN:
            yield f"  {label}: and {len(ids) - SHOWN} more"
    for row in revised[:SHOWN]:
        changes = "; ".join(
            f"{column}: {before[row][column]} -> {after[row][column]}"
            for column in columns
            if before[row][column] != after[row][column]
        )
        yield f"  revised {_name(after[row], key)}: {changes}"
    if len(revised) > SHOWN:
        yield f"  revised: and {len(revised) - SHOWN} more"


def _name(row: dict[str, object], key: tuple[str, ...]) -> str:
    return " / ".join(str(row[column]) for column in key if row.get(column) is not None)
