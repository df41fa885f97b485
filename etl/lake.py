"""Publish a build to a DuckLake: every view of schema ``serve`` as a table, one snapshot a build.

``python -m etl.lake publish --var var --lake ADDRESS --data PATH``; needs DuckDB with the extension
(`deploy/ducklake/`), see docs/scale.md. A table whose rows did not change since the build before is
left as it is, so that its files are shared by both.
"""

# ruff: noqa: S608 - names of tables are those of the build's own views

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb

from observatory.db.connect import NoBuild
from observatory.db.lake import MESSAGE, SCHEMA, SHAPE, address, attach, builds_in, prepare, quoted
from observatory.db.pointer import Build, read_pointer

KEEP = 5
SHAPED = ("view_name", "column_name", "column_type", "view_comment", "column_comment", "place")
ORDER = {
    "observations": "indicator_id, entity_id, period_end, period, row_id",
    "headlines": "indicator_id, entity_id, period_end, period, cell_id",
    "states": "cell_id, row_id, valid_from",
    "cells": "cell_id, valid_from",
}
"""Order of rows in the files: readers skip what their limits rule out."""


def publish(build: Build, file: Path, lake: str, data: str | None) -> tuple[int, list[str]]:
    """Write a build as one snapshot; returns its number and the tables that were written.

    Raises NoBuild without the extensions, duckdb.Error if the lake refuses. Nothing is visible
    before all is there: it is one transaction.
    """
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        prepare(connection, lake)
        # ``row_id`` is a name that DuckLake keeps for itself where rows may lie in the catalogue.
        options = ["DATA_INLINING_ROW_LIMIT 0"] if lake.startswith("ducklake:") else []
        if data:
            options.append(f"DATA_PATH '{quoted(data)}'")
        attach(connection, lake, *options)
        connection.execute(f"ATTACH '{quoted(str(file))}' AS built (READ_ONLY)")
        columns = connection.execute(
            "SELECT v.view_name, c.column_name, c.data_type, v.comment, c.comment, c.column_index "
            "FROM duckdb_columns() c JOIN duckdb_views() v ON v.view_name = c.table_name "
            " AND v.schema_name = c.schema_name AND v.database_name = c.database_name "
            "WHERE c.database_name = 'built' AND c.schema_name = 'serve' ORDER BY ALL"
        ).fetchall()
        views: dict[str, list[tuple[str, str]]] = {}
        for view, name, kind, *_ in sorted(columns, key=lambda row: (row[0], row[5])):
            views.setdefault(view, []).append((name, kind))
        before = _hashes(connection)
        # Bodies of views name their tables without the database.
        connection.execute("USE built")
        connection.execute("BEGIN")
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS lake.{SCHEMA}")
        now: dict[str, str] = {}
        written = []
        for view, parts in views.items():
            shown = ", ".join(
                f'CAST("{name}" AS VARCHAR) AS "{name}"' if kind.startswith("ENUM") else f'"{name}"'
                for name, kind in parts
            )
            now[view] = _hash(connection, view, parts)
            if before.get(view) != now[view]:
                order = f" ORDER BY {ORDER[view]}" if view in ORDER else ""
                connection.execute(
                    f"CREATE OR REPLACE TABLE lake.{SCHEMA}.{view} AS SELECT {shown} FROM built.serve.{view}{order}"
                )
                written.append(view)
        _write_shape(connection, columns)
        told = json.dumps({"build": asdict(build), "hashes": now}, sort_keys=True)
        connection.execute(
            f"CALL lake.set_commit_message('etl', '{MESSAGE}{build.build_id}', extra_info => '{quoted(told)}')"
        )
        connection.execute("COMMIT")
        connection.execute("USE memory")
        return builds_in(connection)[0][0], written


def _hash(connection: duckdb.DuckDBPyConnection, view: str, parts: list[tuple[str, str]]) -> str:
    """What a view's columns and rows are, whatever their order."""
    found = connection.execute(
        f"SELECT count(*) || ' ' || coalesce(sum(hash(v)::HUGEINT), 0) FROM built.serve.{view} v"
    ).fetchone()
    return f"{found[0] if found else ''} {parts}"


def _hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Hashes of the tables of the newest build in the lake."""
    row = connection.execute(
        "SELECT commit_extra_info FROM lake.snapshots() WHERE starts_with(commit_message, $message) "
        "ORDER BY snapshot_id DESC LIMIT 1",
        {"message": MESSAGE},
    ).fetchone()
    return dict(json.loads(row[0])["hashes"]) if row else {}


def _write_shape(connection: duckdb.DuckDBPyConnection, columns: list[tuple[str, ...]]) -> None:
    """Columns of the views as one table, in one go: each statement would write a file of its own."""
    connection.execute(
        f"CREATE OR REPLACE TABLE lake.{SCHEMA}.{SHAPE} AS SELECT unnest($rows::STRUCT(view_name VARCHAR, "
        "column_name VARCHAR, column_type VARCHAR, view_comment VARCHAR, column_comment VARCHAR, "
        "place INTEGER)[], recursive := true)",
        {"rows": [dict(zip(SHAPED, row, strict=True)) for row in columns]},
    )


def expire(lake: str, keep: int = KEEP) -> list[int]:
    """Let go of all builds but the newest `keep`, with the files that only they used."""
    with duckdb.connect(":memory:") as connection:
        prepare(connection, lake)
        attach(connection, lake)
        kept = {number for number, _ in builds_in(connection)[:keep]}
        every = [
            row[0]
            for row in connection.execute("SELECT snapshot_id FROM lake.snapshots()").fetchall()
        ]
        old = [number for number in every if number not in kept and number < max(kept, default=0)]
        if old:
            connection.execute(f"CALL ducklake_expire_snapshots('lake', versions => {old})")
            connection.execute("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")
        return old


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when published, 1 when there is nothing to publish or the lake refuses."""
    parser = argparse.ArgumentParser(
        prog="python -m etl.lake", description="Publish to a DuckLake."
    )
    parser.add_argument("do", choices=("publish", "expire"))
    parser.add_argument("--var", type=Path, default=Path("var"), help="folder of builds")
    parser.add_argument("--lake", default=address(), help="address; else OBSERVATORY_LAKE")
    parser.add_argument("--data", help="folder or address of the Parquet files, the first time")
    asked = parser.parse_args(arguments)
    if not asked.lake:
        parser.error("name the lake with --lake or OBSERVATORY_LAKE")
    try:
        if asked.do == "expire":
            print(f"let go of {len(expire(asked.lake))} snapshots")
            return 0
        pointer = read_pointer(asked.var)
        build = pointer.find(pointer.current)
        if build is None:
            print(f"no build in {asked.var}; run: python -m etl build", file=sys.stderr)
            return 1
        number, written = publish(build, asked.var / build.file, asked.lake, asked.data)
    except (NoBuild, duckdb.Error) as fault:
        print(str(fault).splitlines()[0], file=sys.stderr)
        return 1
    print(f"build {build.build_id} is snapshot {number}; tables written: {len(written)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
