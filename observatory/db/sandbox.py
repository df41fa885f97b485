"""Readers' own queries over schema serve, each in a short-lived process with limits.

`run` never raises for what a reader wrote: it gives a `Result` or a `Refusal`. What the process may
do stands in `sandbox_child.py`; how long it may live, here. It is ended by its own id.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from observatory.db.connect import Database
from observatory.db.open_rows import condition, select_all, select_open

Kind = Literal[
    "empty", "long", "syntax", "several", "not_select", "parameters", "describe", "schema", "table",
    "function", "with_name", "time", "memory", "error", "busy", "unsupported",
]  # fmt: skip

MAX_SQL: Final = 8000
ROWS: Final = 1000
"""Rows of an answer on a page."""
FILE_ROWS: Final = 10_000
"""Rows of an answer as a file."""
FILE_BYTES: Final = 5_000_000
SECONDS: Final = 3.0
"""Time of the query itself."""
WALL_SECONDS: Final = 8.0
"""Life of the process, the start of Python and DuckDB with it."""
CPU_SECONDS: Final = 6
MEMORY_MB: Final = 1200
BUFFER_MB: Final = 256
AT_ONCE: Final = 2
WAITING: Final = 6
PATIENCE: Final = 15.0
_CHILD: Final = Path(__file__).with_name("sandbox_child.py")
_KEPT_BYTES: Final = 24_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result with DuckDB's name of its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a query. `cut`: there were more. `tables`: views it read."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there are no rows. `detail` is the name or message it is about; `near` a better name."""

    kind: Kind
    detail: str = ""
    near: str = ""


class _Turns:
    """Who may run: a few at once, a few wait, others are sent away."""

    def __init__(self) -> None:
        self.slots = threading.BoundedSemaphore(AT_ONCE)
        self.lock = threading.Lock()
        self.inside = 0

    def enter(self) -> bool:
        with self.lock:
            if self.inside >= AT_ONCE + WAITING:
                return False
            self.inside += 1
        if self.slots.acquire(timeout=PATIENCE):
            return True
        with self.lock:
            self.inside -= 1
        return False

    def leave(self) -> None:
        self.slots.release()
        with self.lock:
            self.inside -= 1


class _Kept:
    """The last answers, up to a size: asking the same of the same build costs nothing."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: OrderedDict[tuple[Any, ...], tuple[Result | Refusal, int]] = OrderedDict()
        self.size = 0

    def get(self, key: tuple[Any, ...]) -> Result | Refusal | None:
        with self.lock:
            if key not in self.answers:
                return None
            self.answers.move_to_end(key)
            return self.answers[key][0]

    def put(self, key: tuple[Any, ...], found: Result | Refusal, size: int) -> None:
        with self.lock:
            if key in self.answers or size > _KEPT_BYTES // 4:
                return
            self.answers[key] = (found, size)
            self.size += size
            while self.size > _KEPT_BYTES:
                self.size -= self.answers.popitem(last=False)[1][1]


_turns: Final = _Turns()
_kept: Final = _Kept()


def allowed() -> bool:
    """Whether the SQL page is on: not with OBSERVATORY_SQL=off, and in a deployment for the public
    (OBSERVATORY_PROFILE=public) only with OBSERVATORY_SQL=on."""
    said = os.environ.get("OBSERVATORY_SQL", "").strip().lower()
    if said in {"off", "0", "false", "no"}:
        return False
    public = os.environ.get("OBSERVATORY_PROFILE", "").strip().lower() == "public"
    return said in {"on", "1", "true", "yes"} or not public


@lru_cache(maxsize=8)
def views(db: Database) -> dict[str, tuple[str, ...]]:
    """Views of schema serve with their columns, by name."""
    found = db.query("serve_columns")
    return {
        str(view): tuple(str(name) for name in group["column_name"])
        for view, group in found.groupby("view_name")
    }


@lru_cache(maxsize=512)
def held_back(db: Database, view: str) -> int:
    """Rows of a view that do not leave in bulk; 0 for one that does not exist."""
    columns = views(db).get(view)
    if columns is None:
        return 0
    counted = f"SELECT count(*) AS n FROM serve.{view} WHERE NOT ({condition(view, columns)})"  # noqa: S608
    return int(db.select(counted, {})["n"][0])


def run(db: Database, sql: str, *, open_only: bool = False, file: bool = False) -> Result | Refusal:
    """Rows of one SELECT over schema serve, or why there are none.

    `open_only`: over the openly licensed rows alone. `file`: as many rows as a file may hold.
    """
    text = sql.strip().rstrip(";").strip()
    if not text:
        return Refusal("empty")
    if len(text) > MAX_SQL:
        return Refusal("long", str(MAX_SQL))
    if "\x00" in text:
        return Refusal("syntax", "null character")
    key = (db.build_id, str(db.path), text, open_only, file)
    known = _kept.get(key)
    if known is not None:
        return known
    if not _turns.enter():
        return Refusal("busy")
    try:
        found, size = _ask(_request(db, text, open_only=open_only, file=file))
    finally:
        _turns.leave()
    if isinstance(found, Result) or found.kind not in {"time", "memory", "busy", "unsupported"}:
        _kept.put(key, found, size)
    return found


def _request(db: Database, sql: str, *, open_only: bool, file: bool) -> dict[str, Any]:
    statements = {
        name: select_open(name, columns, "build.serve")
        if open_only
        else select_all(name, "build.serve")
        for name, columns in views(db).items()
    }
    return {
        "file": str(db.path.resolve()),
        "sql": sql,
        "views": statements,
        "rows": FILE_ROWS if file else ROWS,
        "bytes": FILE_BYTES if file else FILE_BYTES // 3,
        "milliseconds": int(SECONDS * 1000),
        "cpu_seconds": CPU_SECONDS,
        "memory_mb": MEMORY_MB,
        "buffer_mb": BUFFER_MB,
    }


def _ask(request: dict[str, Any]) -> tuple[Result | Refusal, int]:
    """Start the process, wait, end it. Its end is always awaited, so that no zombie stays."""
    process = subprocess.Popen(  # noqa: S603 - this interpreter on a file of this package
        [sys.executable, "-I", "-X", "utf8", str(_CHILD)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": "", "LC_ALL": "C.UTF-8"},
        cwd="/", close_fds=True, start_new_session=True,
    )  # fmt: skip
    try:
        out, _ = process.communicate(json.dumps(request).encode(), timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        return Refusal("time"), 0
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
    try:
        said: dict[str, Any] = json.loads(out)
    except ValueError:
        # Ended from outside before it could answer: by the limit on time (SIGXCPU, SIGKILL) or on memory.
        return Refusal("time" if process.returncode in {-24, -9} else "memory"), 0
    if not said.get("ok"):
        return Refusal(said["kind"], said.get("detail", ""), said.get("near", "")), 1000
    result = Result(
        tuple(Column(one["name"], one["type"]) for one in said["columns"]),
        tuple(tuple(row) for row in said["rows"]),
        bool(said["cut"]),
        tuple(said["tables"]),
    )
    # Python's objects take about four times the room of their text.
    return result, 4 * len(out)
