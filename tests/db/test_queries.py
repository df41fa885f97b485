"""Named queries: one SELECT each, over schema serve, with a function; each runs on any build."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import duckdb
import pandas as pd
import pytest

from observatory.api.resources import RESOURCES
from observatory.db import queries, queries_stack
from observatory.db.connect import Database, Databases

SQL = Path(queries.__file__).parent / "sql"
FILES = sorted(SQL.glob("*.sql"))
FUNCTIONS = {
    name: function
    for name, function in vars(queries).items()
    if inspect.isfunction(function) and not name.startswith("_")
}


def test_files_and_functions_are_found() -> None:
    assert len(FILES) >= 45
    assert len(FUNCTIONS) >= 35


@pytest.fixture(scope="module", params=["tiny_built", "built"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    found = Databases(request.getfixturevalue(request.param)).get()
    yield found
    found.close()


def tables_of(node: Any) -> Iterator[tuple[str, str]]:
    """Schema and name of every table a serialised statement reads."""
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield node["schema_name"], node["table_name"]
        for value in node.values():
            yield from tables_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from tables_of(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_select_over_schema_serve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- "), "the first line says what it gives"
    with duckdb.connect(":memory:") as connection:
        (statement,) = connection.extract_statements(text)
        assert statement.type == duckdb.StatementType.SELECT
        assert not any(name.isdigit() for name in statement.named_parameters)
        assert "?" not in text.partition("\n")[2]
        found = connection.execute("SELECT json_serialize_sql($sql)", {"sql": text}).fetchone()
    assert found
    tree = json.loads(found[0])
    assert not tree["error"], tree
    tables = set(tables_of(tree))
    # What the schema holds is asked of DuckDB itself.
    assert any(schema == "serve" for schema, _ in tables) or path.stem == "serve_columns"
    # A name without a schema is a part of the statement itself.
    assert {schema for schema, _ in tables} <= {"serve", ""}
    known_by_day = {
        "serve.headlines",
        "serve.observations",
        "serve.states",
        "serve.cells",
        "serve.events",
    }
    if {f"{schema}.{name}" for schema, name in tables} & known_by_day and path.stem not in (
        "first_known",
        "company_first_known",
    ):
        assert "as_of" in statement.named_parameters, "knowledge has a day"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_a_function(path: Path) -> None:
    # Each subject keeps its functions in a module of its own: queries_<subject>.py; listings for
    # programs read the rows of `api_<subject>`.
    modules = sorted(Path(queries.__file__).parent.glob("*.py"))
    source = "".join(module.read_text(encoding="utf-8") for module in modules)
    name = path.stem
    if name.startswith("row_"):
        assert name.removeprefix("row_") in queries.KINDS.values()
    elif name.startswith("api_"):
        assert name in {resource.listing.query for resource in RESOURCES}
    elif name.startswith("stack_") and f'"{name}"' not in source:
        assert name.removeprefix("stack_") in get_args(queries_stack.Part)
    else:
        assert f'"{name}"' in source


def test_every_function_is_explained() -> None:
    assert [name for name, function in FUNCTIONS.items() if not inspect.getdoc(function)] == []


# Running them ---------------------------------------------------------------------------------------


def values(db: Database) -> dict[str, list[Any]]:
    """Values to try for each parameter by its name: known, unknown, and none where allowed."""
    small = db.build.tables["observations"] < 100
    orgs = (
        ["org-one", "org-two", "org-three"]
        if small
        else ["zhipu", "samsung-electronics", "softbank-group"]
    )
    indicators = (
        ["firms_using", "people_using"] if small else ["population", "epoch_notable_models"]
    )
    cursor = db._connection.cursor()
    row = cursor.execute("SELECT min(row_id), max(row_id) FROM core.observations").fetchone()
    cell = cursor.execute(
        "SELECT min(cell_id) FROM core.cells WHERE table_name = 'observations'"
    ).fetchone()
    source = cursor.execute("SELECT min(source_id) FROM core.sources").fetchone()
    board = cursor.execute("SELECT min(benchmark_id) FROM core.benchmarks").fetchone()
    assert row
    assert cell
    assert source
    assert board
    return {
        "as_of": [None, date(2025, 12, 31), date(1990, 1, 1)],
        "today": [date(2026, 11, 21)],
        "first": [date(2024, 1, 1)],
        "last": [date(2026, 12, 31)],
        "economy": ["JPN", "XXX"],
        "entity": [None, "JPN", orgs[0]],
        "org": [*orgs, "nobody"],
        "indicator_ids": [indicators, [], ["nobody"]],
        "economy_ids": [["JPN", "KOR"], []],
        "org_ids": [orgs],
        "cell_ids": [[cell[0]], []],
        "ids": [[*indicators, "JPN", *orgs, *row, *source], []],
        "benchmark_id": [board[0], "nobody"],
        "row_id": [row[0], "nobody"],
        "table": ["observations", "deals", "policies", "fx_rates", "models"],
    }


def calls(function: Callable[..., Any], db: Database) -> Iterator[dict[str, Any]]:
    """Every value of every parameter at least once, against the first of the others."""
    parameters = inspect.signature(function).parameters
    names = list(parameters)[1:]
    pool = values(db)
    for name in names:
        if parameters[name].default is None:
            pool[name] = [None, *(value for value in pool[name] if value is not None)]
    for name in names:
        assert name in pool, f"a value to try for {name!r}"
    first = {name: pool[name][0] for name in names}
    yield first
    for name in names:
        for value in pool[name][1:]:
            yield first | {name: value}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_runs(db: Database, name: str) -> None:
    function = FUNCTIONS[name]
    filled = 0
    for arguments in calls(function, db):
        found = function(db, **arguments)
        if isinstance(found, pd.DataFrame):
            assert len(found.columns) >= 2
            assert not found.columns.duplicated().any(), list(found.columns)
            filled += len(found)
            if arguments.get("as_of") == date(1990, 1, 1) and "known_on" in found:
                assert found.empty
        else:
            filled += found is not None
    quiet = {"subnational", "conflicts"} if db.build.tables["observations"] < 100 else set()
    assert filled or name in quiet, f"{name} gave nothing for any arguments"


@pytest.mark.parametrize("table", sorted(queries.KINDS.values()))
def test_rows_by_id(db: Database, table: str) -> None:
    found = (
        db._connection.cursor()
        .execute(f"SELECT row_id FROM core.{table} ORDER BY 1 LIMIT 3")  # noqa: S608
        .fetchall()
    )
    ids = [row for (row,) in found]
    frame = queries.rows_by_id(db, table, ids, None)
    assert list(frame["row_id"]) == ids
    letter = next(letter for letter, name in queries.KINDS.items() if name == table)
    assert all(row.startswith(letter) for row in ids)
    assert queries.rows_by_id(db, table, ids, date(1990, 1, 1)).empty


def test_rows_of_an_unknown_table(db: Database) -> None:
    with pytest.raises(KeyError):
        queries.rows_by_id(db, "build", ["x"], None)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("deals", {"org": "org-one"}),
        ("ipo_events", {"economy": "CHN"}),
        ("models", {"economy": "JPN"}),
        ("chips", {"org": "org-two"}),
        ("clusters", {"org": "org-one"}),
        ("supercomputers", {"economy": "KOR"}),
        ("policies", {"economy": "KOR"}),
    ],
)
def test_filters_keep_theirs_and_leave_others(
    tiny_built: Path, name: str, arguments: dict[str, str]
) -> None:
    db = Databases(tiny_built).get()
    function = FUNCTIONS[name]
    kept, every = function(db, None, **arguments), function(db, None)
    assert 0 < len(kept) <= len(every)
    for column in ("economy", "org"):
        if column in arguments:
            assert function(db, None, **{column: "XXX"}).empty
    db.close()


def test_disputed_values_have_no_headline(tiny_built: Path) -> None:
    db = Databases(tiny_built).get()
    frame = queries.headline_series(db, ["firms_using"], None)
    disputed = frame[(frame["entity_id"] == "JPN") & (frame["period"] == "2024")].iloc[0]
    assert (
        disputed["status"],
        bool(disputed["is_headline"]),
        disputed["low"],
        disputed["high"],
    ) == ("disputed", False, 31, 45)
    assert pd.isna(disputed["value"])
    confirmed = frame[(frame["entity_id"] == "KOR") & (frame["period"] == "2024")].iloc[0]
    assert (confirmed["status"], confirmed["value"], confirmed["value_text"]) == (
        "confirmed",
        28,
        "28.0",
    )
    forecast = frame[frame["period"] == "2027"].iloc[0]
    assert bool(forecast["is_forecast"])
    db.close()


def test_a_reading_again_replaces_the_old_from_its_day(tiny_built: Path) -> None:
    db = Databases(tiny_built).get()

    def people(day: date | None) -> float:
        frame = queries.headline_series(db, ["people_using"], day)
        return float(
            frame[(frame["entity_id"] == "CHN") & (frame["period"] == "2024")]["value"].iloc[0]
        )

    assert people(date(2026, 1, 31)) == 120
    assert people(date(2026, 2, 1)) == people(None) == 125
    assert queries.headline_series(db, ["people_using"], date(2025, 6, 29)).empty
    assert len(queries.headline_series(db, ["people_using"], date(2025, 6, 30))) == 3
    assert queries.first_known(db, ["people_using"]) == date(2025, 6, 30)
    db.close()
