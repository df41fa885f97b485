"""The database file: explained, keyed, read only, readable by older versions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.ddl import DERIVED, create_derived, create_table, create_types, enums
from etl.derive.frames import build_frames
from etl.serve import STORED, view_files
from observatory.db import queries
from observatory.db.connect import Database, Databases
from observatory.model.tables import GROUP_KEYS, TABLES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tiny_db(tiny_built: Path) -> Iterator[Database]:
    db = Databases(tiny_built).get()
    yield db
    db.close()


def rows(db: Database, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    return db._connection.cursor().execute(sql, list(parameters)).fetchall()


# What stands in it --------------------------------------------------------------------------------


def test_every_table_and_view_is_explained(tiny_db: Database) -> None:
    tables = rows(tiny_db, "SELECT schema_name, table_name, comment FROM duckdb_tables()")
    views = rows(
        tiny_db, "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"
    )
    assert len(tables) == len(TABLES) + len(DERIVED) + len(STORED)
    assert len(views) == len(view_files()) >= 30
    assert {schema for schema, _, _ in tables} == {"core", "stored"}
    assert {schema for schema, _, _ in views} == {"serve"}
    assert [name for _, name, comment in tables + views if not comment] == []


def test_what_is_stored_is_what_the_views_say(built: Path) -> None:
    """Rows that were worked out in the build are those their statement gives, none more or less."""
    db = Databases(built).get()
    statements = {name: body for name, _, body in view_files()}
    try:
        for name in STORED:
            kept, said = f"FROM serve.{name}", f"FROM ({statements[name]})"
            for one, two in ((kept, said), (said, kept)):
                odd = f"SELECT count(*) FROM (SELECT * {one} EXCEPT ALL SELECT * {two})"  # noqa: S608
                assert rows(db, odd) == [(0,)], name
            assert rows(db, f"SELECT count(*) > 0 {kept}") == [(True,)], name
    finally:
        db.close()


def test_every_column_is_explained(tiny_db: Database) -> None:
    columns = rows(
        tiny_db,
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() "
        "WHERE schema_name IN ('core', 'serve')",
    )
    assert len(columns) >= 700
    assert [column[:3] for column in columns if not column[3]] == []


def test_every_table_has_a_key(tiny_db: Database) -> None:
    found = dict(
        rows(
            tiny_db,
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
            "WHERE constraint_type = 'PRIMARY KEY'",
        )
    )
    for table in TABLES:
        expected = [table.key[0]] if len(table.key) == 1 else ["row_id"]
        assert found[table.name] == expected


def test_references_are_foreign_keys(tiny_db: Database) -> None:
    keys = rows(
        tiny_db,
        "SELECT table_name, referenced_table FROM duckdb_constraints() "
        "WHERE constraint_type = 'FOREIGN KEY'",
    )
    assert len(keys) >= 30
    assert ("observations", "indicators") in keys
    assert ("observations", "sources") in keys
    assert not {target for _, target in keys} & set(GROUP_KEYS)


def test_vocabularies_are_enums(tiny_db: Database) -> None:
    found = rows(
        tiny_db,
        "SELECT type_name, labels FROM duckdb_types() WHERE logical_type = 'ENUM' AND schema_name = 'core'",
    )
    assert len(found) == len(enums()) >= 30
    assert dict(found)["status"] == [
        "official", "confirmed", "reported", "company_claim", "estimate", "disputed", "superseded", "unchecked",
    ]  # fmt: skip


def test_public_ids_are_unique_over_all_tables(built: Path) -> None:
    db = Databases(built).get()
    parts = " UNION ALL ".join(f"SELECT row_id FROM core.{table.name}" for table in TABLES)  # noqa: S608
    ((count, distinct),) = rows(db, f"SELECT count(*), count(DISTINCT row_id) FROM ({parts})")  # noqa: S608
    assert count == distinct > 30_000
    db.close()


# Constraints bite -----------------------------------------------------------------------------------


@pytest.fixture
def writable(tiny_built: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny build's tables in memory, with the constraints of the file."""
    from etl.build import check
    from etl.context import Context

    frames = build_frames(Context(check(ROOT / "tests" / "fixtures" / "tiny").data))
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE SCHEMA core")
        for statement in create_types():
            connection.execute(statement)
        for table in TABLES:
            for statement in create_table(table, list(frames[table.name].columns)):
                connection.execute(statement)
            frame = frames[table.name]
            connection.register("incoming", frame)
            names = ", ".join(f'"{column}"' for column in frame.columns)
            connection.execute(
                f"INSERT INTO core.{table.name} ({names}) SELECT {names} FROM incoming"  # noqa: S608
            )
            connection.unregister("incoming")
        for name in DERIVED:
            for statement in create_derived(name):
                connection.execute(statement)
        yield connection


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("UPDATE core.observations SET value = 'nan'", "CHECK"),
        ("UPDATE core.observations SET value = 'inf'", "CHECK"),
        ("UPDATE core.observations SET value = NULL", "NOT NULL"),
        ("UPDATE core.observations SET known_on = NULL", "NOT NULL"),
        ("UPDATE core.observations SET confidence = 'sure'", "enum"),
        ("UPDATE core.observations SET source_id = 'nobody'", "foreign key"),
        ("UPDATE core.observations SET indicator_id = 'nobody'", "foreign key"),
        ("UPDATE core.observations SET period_start = DATE '2999-01-01'", "CHECK"),
        ("UPDATE core.deals SET org_id = 'nobody'", "foreign key"),
        ("UPDATE core.policies SET status = 'dead'", "enum"),
        ("INSERT INTO core.fx_rates SELECT * FROM core.fx_rates LIMIT 1", "uplicate key"),
        ("INSERT INTO core.economies SELECT * FROM core.economies LIMIT 1", "uplicate key"),
        ("DELETE FROM core.sources", "foreign key"),
        ("INSERT INTO core.row_status VALUES ('a', 'b', DATE '2025-01-01', NULL, 'surely', 'x')", "enum"),
    ],
)  # fmt: skip
def test_constraints_bite(writable: duckdb.DuckDBPyConnection, change: str, word: str) -> None:
    with pytest.raises(duckdb.Error) as fault:
        writable.execute(change)
    assert word.casefold() in str(fault.value).casefold()


# Reading only ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO core.topics (topic) VALUES ('x')",
        "DELETE FROM core.topics",
        "UPDATE core.topics SET name_en = 'x'",
        "CREATE TABLE core.more (a INTEGER)",
        "DROP VIEW serve.topics",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "COPY core.topics TO '/tmp/stolen.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA threads = 8",
        "EXPORT DATABASE '/tmp/stolen'",
    ],
)
def test_readers_can_neither_write_nor_reach_out(tiny_db: Database, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        tiny_db._connection.cursor().execute(statement).fetchall()
    assert rows(tiny_db, "SELECT count(*) FROM core.topics") == [(2,)]


def test_python_variables_are_out_of_reach(tiny_db: Database) -> None:
    import pandas as pd

    secret = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.Error, match="secret"):
        tiny_db._connection.cursor().execute("SELECT * FROM secret").fetchall()
    assert len(secret) == 1


def test_a_parameter_is_a_value_whatever_it_holds(tiny_db: Database) -> None:
    for text in ("'; DROP TABLE core.topics; --", "JPN' OR '1'='1", "\x00", "x" * 100_000, "日本"):
        assert queries.organization(tiny_db, text, None).empty
        assert queries.economy_sources(tiny_db, text, None).empty


def test_a_query_that_runs_away_is_ended(tiny_db: Database) -> None:
    assert rows(tiny_db, "SELECT current_setting('max_execution_time')") == [(10_000,)]


def test_eight_threads_read_at_once(tiny_db: Database) -> None:
    expected = queries.headline_series(tiny_db, ["firms_using", "people_using"], None)
    assert len(expected) >= 9
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(12):
                found = queries.headline_series(tiny_db, ["firms_using", "people_using"], None)
                assert found.equals(expected)
                assert len(queries.economies(tiny_db)) == 5
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert faults == []


def test_the_file_can_be_read_by_older_versions(built: Path, tiny_built: Path) -> None:
    """DuckDB 1.4 reads files tagged v1.4 or earlier; the tag is what the file says of itself."""
    for var in (built, tiny_built):
        db = Databases(var).get()
        ((tags,),) = rows(db, "SELECT tags FROM duckdb_databases() WHERE NOT internal")
        assert tuple(
            int(part)
            for part in tags["storage_version"]
            .lstrip("v")
            .split(" ")[0]
            .split("+")[0]
            .split(".")[:2]
        ) <= (1, 4)
        db.close()
