"""Write the frames into a new DuckDB file that DuckDB 1.4 and later can read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from etl.ddl import DERIVED, create_derived, create_table, create_types
from etl.serve import create_views
from observatory.model.tables import TABLES

STORAGE_VERSION = "v1.4.0"
BLOCK_SIZE = 16_384
"""Bytes. Many small columns fill small blocks: a third of the size of the default 262,144."""

ORDERED = {"cells": "cell_id, valid_from", "row_status": "cell_id, row_id, valid_from"}
"""Tables that are asked by the id of a cell: sorted by it, most of their blocks need not be read."""


def content_hash(frames: dict[str, pd.DataFrame]) -> str:
    """SHA-256 of all rows, table by table; the same rows give the same hash on any machine."""
    digest = hashlib.sha256()
    for name in sorted(frames):
        digest.update(f"{name}\n".encode())
        digest.update(frames[name].to_csv(index=False, lineterminator="\n").encode())
    return digest.hexdigest()


@contextmanager
def new_database(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, Sequence[str]]
) -> Iterator[None]:
    """A new file as ``target`` with empty tables, to be filled inside the block; then views are added.

    ``columns`` names the columns of each curated table.
    """
    name = str(path).replace("'", "''")
    connection.execute(
        f"ATTACH '{name}' AS target (STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE {BLOCK_SIZE})"
    )
    connection.execute("USE target")
    # One transaction: a thousand small ones would each wait for the disk.
    connection.execute("BEGIN")
    connection.execute("CREATE SCHEMA core; CREATE SCHEMA serve")
    for statement in create_types():
        connection.execute(statement)
    for table in TABLES:
        for statement in create_table(table, list(columns[table.name])):
            connection.execute(statement)
    for name in DERIVED:
        for statement in create_derived(name):
            connection.execute(statement)
    yield
    create_views(connection, "target")
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT target")
    connection.execute("USE memory; DETACH target")


def write_database(path: Path, frames: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Create the file with tables, views and comments; returns rows by table."""
    columns = {name: list(frame.columns) for name, frame in frames.items()}
    with (
        duckdb.connect(":memory:", config={"threads": 2}) as connection,
        new_database(connection, path, columns),
    ):
        for name in (*(table.name for table in TABLES), *DERIVED):
            _fill(connection, name, frames[name])
    return {name: len(frame) for name, frame in frames.items()}


def _fill(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    connection.register("incoming", frame)
    columns = ", ".join(f'"{column}"' for column in frame.columns)
    order = f" ORDER BY {ORDERED[name]}" if name in ORDERED else ""
    connection.execute(f"INSERT INTO core.{name} ({columns}) SELECT {columns} FROM incoming{order}")  # noqa: S608
    connection.unregister("incoming")
