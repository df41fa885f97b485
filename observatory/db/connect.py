"""Open the served build read only; if it is damaged, the last good one, and say so."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from observatory.db.answers import Answers
from observatory.db.pointer import Build, Pointer, read_pointer
from observatory.model.tables import SCHEMA_VERSION

QUERY_LIMIT_MS = 10_000
_SETTINGS: dict[str, Any] = {
    "threads": 2,
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "python_enable_replacements": False,
    "max_execution_time": QUERY_LIMIT_MS,
    # Given at the start: a file opened twice in one process shares its settings, and cannot set
    # them again once they are locked.
    "lock_configuration": True,
}


class NoBuild(Exception):
    """No readable build exists; the message says what to do."""


def builds_folder() -> Path:
    """Folder of builds: OBSERVATORY_VAR, else ``var`` beside the package."""
    given = os.environ.get("OBSERVATORY_VAR")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "var"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a build that should be served is not."""

    build_id: str
    reason: str
    """missing, truncated, damaged, schema or unreadable."""


class Database:
    """One immutable build. ``query`` is safe from many threads: each call has its own cursor."""

    def __init__(self, build: Build, path: Path, faults: tuple[Fault, ...] = ()) -> None:
        self.build = build
        self.path = path
        self.faults = faults
        self._connection = duckdb.connect(str(path), read_only=True, config=_SETTINGS)

    @property
    def build_id(self) -> str:
        return self.build.build_id

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Rows of a named query (``sql/<name>.sql``) as a frame of the caller's own."""
        return self._answers.get(name, parameters, lambda: self.select(statement(name), parameters))

    @cached_property
    def _answers(self) -> Answers:
        return Answers()

    def select(self, sql: str, parameters: dict[str, Any]) -> pd.DataFrame:
        """Rows of a query that a module of this package put together from closed lists of names.

        Nothing that came from outside may stand in ``sql``: that is what ``parameters`` are for.
        """
        cursor = self._connection.cursor()
        try:
            return _in_one_piece(cursor.execute(sql, parameters).df())
        finally:
            cursor.close()

    def table(self, text: str, parameters: Mapping[str, Any]) -> Any:
        """Rows of a statement made by `observatory.db.listing`, as a pyarrow table.

        Answers that leave as files keep the types and the missing values of the database; pages
        work on frames and take `query`.
        """
        cursor = self._connection.cursor()
        try:
            return cursor.sql(text, params=dict(parameters)).to_arrow_table()
        finally:
            cursor.close()

    def close(self) -> None:
        self._connection.close()


def _in_one_piece(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with its columns of text as plain objects, which lie together in one block.

    Pages take a few rows at a time from small frames: with twenty columns of text as strings of
    pandas, each of them its own array, that takes three times as long.
    """
    texts = {name: object for name, kind in frame.dtypes.items() if kind == "str"}
    return frame.astype(texts).copy() if texts else frame


@lru_cache(maxsize=256)
def statement(name: str) -> str:
    """Text of a named query."""
    return files("observatory.db").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def fault_of(build: Build, folder: Path) -> Fault | None:
    """What is wrong with a build's file, if anything. Reads the whole file once."""
    path = folder / build.file
    if build.schema_version != SCHEMA_VERSION:
        return Fault(build.build_id, "schema")
    if not path.is_file():
        return Fault(build.build_id, "missing")
    if path.stat().st_size != build.size:
        return Fault(build.build_id, "truncated")
    with path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != build.sha256:
            return Fault(build.build_id, "damaged")
    return None


def _order(pointer: Pointer, wanted: str | None) -> list[Build]:
    """Builds to try: the one asked for, the served one, then those kept, newest first."""
    ids = [wanted, pointer.current, *(build.build_id for build in pointer.builds)]
    found = [build for key in dict.fromkeys(ids) if key and (build := pointer.find(key))]
    return found


class Databases:
    """Open builds by id. Asking costs one ``stat`` while the pointer has not changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: dict[str, Database] = {}
        self._faults: dict[str, Fault] = {}
        self._stamp: tuple[int, int] | None = None
        self._pointer = Pointer(None, ())

    def get(self, build_id: str | None = None) -> Database:
        """The served build, or the one asked for while it is kept. Raises NoBuild."""
        with self._lock:
            self._refresh()
            faults: list[Fault] = []
            for build in _order(self._pointer, build_id):
                if known := self._open.get(build.build_id):
                    # What is wrong with those before it is news to readers it already serves.
                    known.faults = tuple(faults)
                    return known
                fault = self._faults.get(build.build_id) or fault_of(build, self.folder)
                if not fault:
                    try:
                        database = Database(build, self.folder / build.file, tuple(faults))
                    except duckdb.Error:
                        fault = Fault(build.build_id, "unreadable")
                    else:
                        self._open[build.build_id] = database
                        return database
                self._faults[build.build_id] = fault
                faults.append(fault)
        said = "; ".join(f"build {fault.build_id} is {fault.reason}" for fault in faults)
        raise NoBuild(f"{said or 'nothing was built yet'}; run: python -m etl build")

    def kept(self) -> list[str]:
        """Ids of the builds that are kept, newest first. Raises ValueError if the pointer is none."""
        return [build.build_id for build in read_pointer(self.folder).builds]

    def _refresh(self) -> None:
        try:
            found = (self.folder / "current.json").stat()
            stamp = (found.st_mtime_ns, found.st_size)
        except FileNotFoundError:
            stamp = None
        if stamp != self._stamp or stamp is None:
            try:
                self._pointer = read_pointer(self.folder)
            except ValueError as error:
                if not self._open:
                    raise NoBuild(str(error)) from error
            self._stamp = stamp
            self._faults.clear()


def database_file(path: Path) -> Database:
    """A database file by itself, outside a folder of builds, such as a release's. Raises NoBuild."""
    try:
        with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as connection:
            row = connection.execute(
                "SELECT build_id, schema_version, licence FROM serve.build"
            ).fetchone()
    except duckdb.Error as fault:
        raise NoBuild(f"{path} is no database of the observatory: {fault}") from fault
    if row is None or row[1] != SCHEMA_VERSION:
        raise NoBuild(f"{path} has another layout of tables than this version reads")
    build = Build(
        build_id=row[0], file=path.name, sha256="", size=path.stat().st_size, built_at="",
        content_hash="", schema_version=row[1], licence=row[2],
    )  # fmt: skip
    return Database(build, path)


def databases(folder: Path) -> Databases:
    """Builds of a folder, or of the lake that OBSERVATORY_LAKE names (docs/scale.md)."""
    if lake := os.environ.get("OBSERVATORY_LAKE"):
        from observatory.db.lake import LakeDatabases

        return LakeDatabases(lake)
    return Databases(folder)
