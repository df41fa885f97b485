"""Readers' queries: what they may not reach, what ends them, and that nothing of them stays behind."""

# ruff: noqa: S608 - statements are made of constants of this package; values are bound

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from observatory.db import open_rows, sandbox
from observatory.db.connect import Database
from observatory.db.sandbox import Refusal, Result, run


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query of these tests runs: none is answered from what was kept."""
    monkeypatch.setattr(sandbox, "_kept", sandbox._Kept())


def rows(found: Result | Refusal) -> tuple[tuple[Any, ...], ...]:
    assert isinstance(found, Result), found
    return found.rows


ESCAPES = {
    "read a file": ("SELECT * FROM read_csv('/etc/passwd')", "function"),
    "read a text": ("SELECT * FROM read_text('/etc/passwd')", "function"),
    "read bytes": ("SELECT * FROM read_blob('/etc/hostname')", "function"),
    "list files": ("SELECT * FROM glob('/*')", "function"),
    "sniff a file": ("SELECT * FROM sniff_csv('/etc/passwd')", "function"),
    "a file by its name": ("SELECT * FROM '/etc/passwd'", "table"),
    "a parquet file by its name": ("SELECT * FROM 'x.parquet'", "table"),
    "write a file": ("COPY (SELECT 1) TO '/tmp/escaped.csv'", "not_select"),
    "export": ("EXPORT DATABASE '/tmp/escaped'", "not_select"),
    "attach": ("ATTACH '/tmp/x.duckdb' AS x", "not_select"),
    "attach the build again": ("ATTACH 'build.duckdb' AS build", "not_select"),
    "install": ("INSTALL httpfs", "not_select"),
    "load": ("LOAD json", "not_select"),
    "set": ("SET enable_external_access = true", "not_select"),
    "reset": ("RESET lock_configuration", "not_select"),
    "pragma": ("PRAGMA database_list", "not_select"),
    "call": ("CALL pragma_version()", "not_select"),
    "create": ("CREATE TABLE x AS SELECT 1", "not_select"),
    "create temporarily": ("CREATE TEMP TABLE x AS SELECT 1", "not_select"),
    "a macro": ("CREATE MACRO m() AS TABLE SELECT 1", "not_select"),
    "insert": ("INSERT INTO models VALUES (1)", "not_select"),
    "delete": ("DELETE FROM models", "not_select"),
    "two statements": ("SELECT 1; COPY (SELECT 1) TO '/tmp/escaped.csv'", "several"),
    "a query in a text": ("SELECT * FROM query('SELECT 1')", "function"),
    "a table in a text": ("SELECT * FROM query_table('core.models')", "function"),
    "a serialised query": ("SELECT * FROM json_execute_serialized_sql('{}')", "function"),
    "another schema": ("SELECT * FROM core.observations", "schema"),
    "another database": ("SELECT * FROM build.serve.models", "schema"),
    "the catalogue": ("SELECT * FROM information_schema.tables", "schema"),
    "the catalogue of another kind": ("SELECT * FROM pg_catalog.pg_tables", "schema"),
    "the tables": ("SELECT * FROM duckdb_tables()", "function"),
    "the secrets": ("SELECT * FROM duckdb_secrets()", "function"),
    "the settings": ("SELECT * FROM duckdb_settings()", "function"),
    "a view of the catalogue": ("SELECT * FROM duckdb_settings", "table"),
    "a setting": ("SELECT current_setting('secret_directory')", "function"),
    "a setting in a subquery": (
        "SELECT (SELECT max(current_setting('temp_directory')) FROM models)", "function",
    ),
    "the environment": ("SELECT getenv('PATH')", "function"),
    "a name that hides a view of the catalogue": (
        "WITH a AS (WITH duckdb_settings AS (SELECT 1) SELECT * FROM duckdb_settings) SELECT * FROM duckdb_settings",
        "with_name",
    ),
    "a table of the catalogue below": (
        "SELECT * FROM models WHERE model_id IN (SELECT name FROM duckdb_settings())", "function",
    ),
    "a described table": ("SELECT * FROM (DESCRIBE models)", "describe"),
    "a python variable": ("SELECT * FROM request", "table"),
}  # fmt: skip


@pytest.mark.parametrize("name", ESCAPES)
def test_escapes_are_refused_with_a_reason(db: Database, name: str) -> None:
    sql, kind = ESCAPES[name]
    found = run(db, sql)
    assert isinstance(found, Refusal)
    assert found.kind == kind
    assert not Path("/tmp/escaped.csv").exists()  # noqa: S108 - the place the escape wanted
    assert str(db.path) not in found.detail


BOMBS = {
    "one huge value": ("SELECT length(repeat('x', 1000000000))", {"memory", "time"}),
    "a huge list": ("SELECT list(x) FROM range(1000000000) t(x)", {"memory", "time"}),
    "a huge sort": (
        "SELECT a.*, b.* FROM observations a, observations b ORDER BY a.value * b.value",
        {"memory", "time"},
    ),
    "a huge product": ("SELECT count(*) FROM range(1000000000) a, range(1000000) b", {"time"}),
    "no end": (
        "WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r",
        {"time", "memory"},
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_time(db: Database, name: str) -> None:
    sql, kinds = BOMBS[name]
    began = time.perf_counter()
    found = run(db, sql)
    assert isinstance(found, Refusal)
    assert found.kind in kinds
    assert time.perf_counter() - began < sandbox.WALL_SECONDS + 5


def test_a_long_answer_is_cut(db: Database) -> None:
    found = run(db, "SELECT x, repeat('y', 100) AS t FROM range(1000000) r(x)")
    assert isinstance(found, Result)
    assert found.cut
    assert len(found.rows) == sandbox.ROWS
    file = run(db, "SELECT x, repeat('y', 1900) AS t FROM range(1000000) r(x)", file=True)
    assert isinstance(file, Result)
    assert file.cut
    assert sum(len(row[1]) for row in file.rows) <= sandbox.FILE_BYTES
    one = run(db, "SELECT repeat('z', 50000000) AS t")
    assert isinstance(one, Refusal) or len(one.rows[0][0]) <= 2000


def test_a_process_that_hangs_is_ended_by_its_id_and_leaves_no_zombie(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The query waits outside of DuckDB's own limit on time."""
    started: list[subprocess.Popen[bytes]] = []
    whole = subprocess.Popen

    def note(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(whole(*given, **more))
        return started[-1]

    hang = Path(__file__).with_name("hang.py")
    monkeypatch.setattr(sandbox, "_CHILD", hang)
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 1.0)
    monkeypatch.setattr(sandbox.subprocess, "Popen", note)
    began = time.perf_counter()
    assert run(db, "SELECT 1") == Refusal("time")
    assert time.perf_counter() - began < 10
    assert started[0].returncode == -9
    assert not psutil.pid_exists(started[0].pid)
    mine = psutil.Process()
    assert not [p for p in mine.children(recursive=True) if p.status() == psutil.STATUS_ZOMBIE]


def test_the_process_knows_nothing_of_ours(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    whole = subprocess.Popen

    def note(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        seen.update(more)
        return whole(*given, **more)

    monkeypatch.setenv("SECRET", "no")
    monkeypatch.setattr(sandbox.subprocess, "Popen", note)
    assert rows(run(db, "SELECT 1 AS one")) == ((1,),)
    assert set(seen["env"]) == {"PATH", "LC_ALL"}
    assert seen["close_fds"]
    assert seen["cwd"] == "/"


def test_a_few_at_once_and_the_others_are_sent_away(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    inside: list[int] = []

    def slow(_: Any) -> tuple[Refusal, int]:
        inside.append(1)
        gate.wait(20)
        return Refusal("empty"), 0

    monkeypatch.setattr(sandbox, "_ask", slow)
    monkeypatch.setattr(sandbox, "_turns", sandbox._Turns())
    found: list[Result | Refusal] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(run(db, f"SELECT {n}")))  # type: ignore[misc]
        for n in range(sandbox.AT_ONCE + sandbox.WAITING)
    ]
    for thread in threads:
        thread.start()
    while sandbox._turns.inside < sandbox.AT_ONCE + sandbox.WAITING:
        time.sleep(0.01)
    assert run(db, "SELECT 99") == Refusal("busy")
    assert len(inside) <= sandbox.AT_ONCE
    gate.set()
    for thread in threads:
        thread.join(20)
    assert len(found) == len(threads)
    assert sandbox._turns.inside == 0


def test_honest_queries_work(db: Database) -> None:
    total = rows(run(db, "SELECT count(*) FROM observations"))[0][0]
    assert total == db.table("SELECT count(*) AS n FROM serve.observations", {}).to_pydict()["n"][0]
    assert rows(
        run(db, "WITH models AS (SELECT * FROM models LIMIT 3) SELECT count(*) FROM models")
    ) == ((3,),)
    assert rows(run(db, "SELECT x FROM range(3) t(x) UNION ALL VALUES (7);")) == (
        (0,),
        (1,),
        (2,),
        (7,),
    )
    found = run(
        db, "SELECT 1.5::DECIMAL(4,2), DATE '2026-01-02', [1, 2], NULL, true, 'ü', 2::HUGEINT << 70"
    )
    assert rows(found) == ((1.5, "2026-01-02", "[1, 2]", None, True, "ü", 2 << 70),)
    assert run(db, "SELECT * FROM modles") == Refusal("table", "modles", "models")
    assert run(db, "  ;  ") == Refusal("empty")
    wrong = run(db, "SELECT nothing FROM models")
    assert isinstance(wrong, Refusal)
    assert "nothing" in wrong.detail


def test_open_rows_only(db: Database) -> None:
    whole, kept = (
        run(db, "SELECT count(*) FROM deals"),
        run(db, "SELECT count(*) FROM deals", open_only=True),
    )
    assert rows(kept)[0][0] == rows(whole)[0][0] - sandbox.held_back(db, "deals")
    closed = "SELECT count(*) FROM observations o JOIN sources s USING (source_id) WHERE s.reuse <> 'open'"
    assert rows(run(db, closed))[0][0] > 0
    assert rows(run(db, closed, open_only=True)) == ((0,),)


def test_every_view_says_what_its_rows_rest_on(db: Database) -> None:
    """A view without a source that nobody classified leaves whole: then it is named here."""
    views = sandbox.views(db)
    assert len(views) > 30
    unsaid = [
        view
        for view, columns in views.items()
        if open_rows.condition(view, columns) == "false" and view not in open_rows.WHOLE
    ]
    assert unsaid == []
    for view, columns in views.items():
        text = open_rows.select_open(view, columns)
        count = f"SELECT count(*) AS n FROM ({text})"
        kept = db.table(count, {}).to_pydict()["n"][0]
        whole = db.table(f"SELECT count(*) AS n FROM serve.{view}", {}).to_pydict()["n"][0]
        assert kept == whole - sandbox.held_back(db, view), view


@pytest.mark.parametrize(
    ("sql", "profile", "on"),
    [
        ("", "", True), ("off", "", False), ("OFF", "", False), ("0", "", False), ("on", "", True),
        ("", "public", False), ("off", "public", False), ("on", "public", True),
    ],
)  # fmt: skip
def test_the_switch(monkeypatch: pytest.MonkeyPatch, sql: str, profile: str, on: bool) -> None:
    monkeypatch.setenv("OBSERVATORY_SQL", sql)
    monkeypatch.setenv("OBSERVATORY_PROFILE", profile)
    assert sandbox.allowed() is on
