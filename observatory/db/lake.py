"""Builds in a DuckLake (or any DuckDB catalogue with snapshots) instead of files; see docs/scale.md.

`OBSERVATORY_LAKE` names it. A build is one snapshot, whose commit carries the build's record; its
tables are the views of schema ``serve``, stored. A reader pins the snapshot, so that later builds
change nothing below it, and puts views of the same names and types around the tables: the named SQL
is the same.
"""

# ruff: noqa: S608 - names of tables are those that the build wrote; values are bound

from __future__ import annotations

import importlib
import json
import os
import threading
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from observatory.db.connect import QUERY_LIMIT_MS, Database, Databases, NoBuild
from observatory.db.pointer import Build

SCHEMA: Final = "observatory"
"""Schema of the lake that holds the tables."""
SHAPE: Final = "served_columns"
"""Table of the lake that says which columns the views of schema ``serve`` have, of which types."""
_COLUMNS: Final = (
    "SELECT view_name, column_name, column_type, view_comment, column_comment "
    f"FROM lake.{SCHEMA}.{SHAPE} ORDER BY view_name, place"
)
MESSAGE: Final = "build "
"""What the message of a snapshot with a build begins with; its id follows."""
LOOK_EVERY: Final = 1.0
"""Seconds for which what the catalogue said of builds is taken as still true."""
_EXTENSIONS: Final = {"ducklake:": ("ducklake",), "ducklake:postgres:": ("postgres_scanner",),
                      "md:": ("motherduck",)}  # fmt: skip


def address() -> str | None:
    """Where the lake is: ``ducklake:postgres:dbname=lake host=…``, ``ducklake:file``, ``md:name``."""
    return os.environ.get("OBSERVATORY_LAKE") or None


def prepare(connection: duckdb.DuckDBPyConnection, lake: str) -> None:
    """Load the extensions an address needs. NoBuild if they are not installed for this DuckDB."""
    for start, names in _EXTENSIONS.items():
        for name in names if lake.startswith(start) else ():
            try:
                importlib.import_module("duckdb_extensions").import_extension(name)
            except ImportError:
                pass  # Without the packages, an extension installed by hand will do.
            try:
                connection.execute(f"LOAD {name}")
            except duckdb.Error as error:
                raise NoBuild(
                    f"OBSERVATORY_LAKE needs the extension {name} of DuckDB {duckdb.__version__}; "
                    "see docs/scale.md"
                ) from error


def attach(connection: duckdb.DuckDBPyConnection, lake: str, *options: str) -> None:
    """Attach the lake as ``lake`` with options as ATTACH takes them."""
    said = f" ({', '.join(options)})" if options else ""
    connection.execute(f"ATTACH '{quoted(lake)}' AS lake{said}")


def quoted(text: str) -> str:
    """Text for between single quotes."""
    return text.replace("'", "''")


def builds_in(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, Build]]:
    """Snapshots with builds of the attached lake, newest first; a build told twice by its last."""
    rows = connection.execute(
        "SELECT snapshot_id, commit_extra_info FROM lake.snapshots() "
        "WHERE starts_with(commit_message, $message) ORDER BY snapshot_id DESC",
        {"message": MESSAGE},
    ).fetchall()
    found: dict[str, tuple[int, Build]] = {}
    for number, text in rows:
        build = Build(**json.loads(text)["build"])
        found.setdefault(build.build_id, (int(number), build))
    return list(found.values())


class LakeDatabase(Database):
    """One build of the lake. Asked like any other; the file's settings of safety do not all apply."""

    def __init__(self, lake: str, snapshot: int, build: Build) -> None:
        self.build = build
        self.path = Path(f"{lake}@{snapshot}")
        self.faults = ()
        self._connection = duckdb.connect(":memory:", config={"threads": 2})
        prepare(self._connection, lake)
        attach(self._connection, lake, "READ_ONLY", f"SNAPSHOT_VERSION {snapshot}")
        self._connection.execute("CREATE SCHEMA serve")
        columns = self._connection.execute(_COLUMNS).fetchall()
        views: dict[str, list[tuple[str, ...]]] = {}
        for view, *rest in columns:
            views.setdefault(view, []).append(tuple(rest))
        for view, parts in views.items():
            # A lake has no enums; their order is part of the answers.
            shown = ", ".join(
                f'"{name}"::{kind} AS "{name}"' if kind.startswith("ENUM") else f'"{name}"'
                for name, kind, *_ in parts
            )
            self._connection.execute(
                f"CREATE VIEW serve.{view} AS SELECT {shown} FROM lake.{SCHEMA}.{view}"
            )
            self._connection.execute(
                f"COMMENT ON VIEW serve.{view} IS '{quoted(parts[0][2] or '')}'"
            )
            for name, _, _, comment in parts:
                self._connection.execute(
                    f"COMMENT ON COLUMN serve.{view}.\"{name}\" IS '{quoted(comment or '')}'"
                )
        self._lock_down()

    def _lock_down(self) -> None:
        """What a file's connection gets at its start and a lake's can only have once it is attached."""
        wanted: dict[str, Any] = {
            "autoload_known_extensions": False, "autoinstall_known_extensions": False,
            "python_enable_replacements": False, "max_execution_time": QUERY_LIMIT_MS, "enable_progress_bar": False,
        }  # fmt: skip
        known = {
            row[0]
            for row in self._connection.execute("SELECT name FROM duckdb_settings()").fetchall()
        }
        for name, value in wanted.items():
            if name in known:
                self._connection.execute(f"SET {name} = {value}")
        self._connection.execute("SET lock_configuration = true")


class LakeDatabases(Databases):
    """Builds of a lake. Asking for the served one looks at the newest snapshot."""

    def __init__(self, lake: str) -> None:
        super().__init__(Path(lake))
        self.lake = lake
        self._watch: duckdb.DuckDBPyConnection | None = None
        self._looking = threading.Lock()
        self._found: tuple[float, list[tuple[int, Build]]] = (float("-inf"), [])

    def kept(self) -> list[str]:
        """Ids of the builds in the lake, newest first. NoBuild if it cannot be reached."""
        with self._looking:
            return [build.build_id for _, build in self.builds()]

    def builds(self) -> list[tuple[int, Build]]:
        """Builds that are kept, newest first. NoBuild if the lake cannot be reached."""
        told_at, told = self._found
        if told and time.monotonic() - told_at < LOOK_EVERY:
            return told
        try:
            if self._watch is None:
                watch = duckdb.connect(":memory:", config={"threads": 1})
                prepare(watch, self.lake)
                attach(watch, self.lake, "READ_ONLY")
                self._watch = watch
            self._found = (time.monotonic(), builds_in(self._watch))
            return self._found[1]
        except duckdb.Error as error:
            self._watch = None
            raise NoBuild(f"the lake does not answer: {str(error).splitlines()[0]}") from error

    def get(self, build_id: str | None = None) -> Database:
        """The newest build, or the one asked for while it is kept. Raises NoBuild."""
        with self._looking:
            try:
                found = self.builds()
            except NoBuild:
                # Who has a build open keeps it.
                held = self._open.get(build_id or "") or next(reversed(self._open.values()), None)
                if held is None:
                    raise
                return held
            if not found:
                raise NoBuild("the lake holds no build yet; run: python -m etl.lake publish")
            number, build = next((one for one in found if one[1].build_id == build_id), found[0])
            if build.build_id not in self._open:
                self._open[build.build_id] = LakeDatabase(self.lake, number, build)
            return self._open[build.build_id]
