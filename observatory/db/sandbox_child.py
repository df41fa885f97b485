"""One query of a reader in a process of its own. Run by path: imports DuckDB and nothing of ours.

Reads one JSON object from standard input, writes one to standard output, ends. What protects the
rest of the house, from the outside inwards:

- limits of the operating system on memory, processor time, written bytes and open files, before
  DuckDB is loaded; the parent ends the process by its id when its time is up;
- the statement is parsed by DuckDB itself and must be one SELECT; every table it names must be a
  view of schema serve or its own WITH, every table function one of three;
- the views it names are copied into an empty database in memory, then the build is let go of: what
  runs the query holds nothing but those rows. Files, extensions and settings are locked.
"""

from __future__ import annotations

import base64
import datetime as dt
import difflib
import json
import math
import resource
import sys
from decimal import Decimal
from typing import Any

MEGA = 1024 * 1024
TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
SILENT_FUNCTIONS = ("current_setting", "getenv", "write_log", "set_config", "getvariable")
SILENT_STARTS = ("duckdb_", "pragma_", "pg_", "sqlite_", "json_execute",
                 "read_", "query", "parquet_",
                 "sleep")  # fmt: skip
LONGEST_TEXT = 2000


class Refused(Exception):
    """The statement is not run. `kind` is a code, `detail` the name or message it is about."""

    def __init__(self, kind: str, detail: str = "", near: str = "") -> None:
        super().__init__(kind)
        self.answer = {"ok": False, "kind": kind, "detail": detail[:600], "near": near}


def limit_process(memory_mb: int, seconds: int) -> None:
    """Memory, processor time, no core dump, no byte into any file, few files."""
    for what, most in (
        (resource.RLIMIT_AS, memory_mb * MEGA),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))


def parse(connection: Any, sql: str) -> dict[str, Any]:
    """DuckDB's own tree of the statement. Refused if it is not one SELECT."""
    import duckdb

    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise Refused("syntax", first_line(error)) from None
    if not statements:
        raise Refused("empty")
    if len(statements) > 1:
        raise Refused("several")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise Refused("not_select", str(statements[0].type).rpartition(".")[2])
    # A placeholder has no value to stand for.
    if statements[0].named_parameters:
        raise Refused("parameters")
    text = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()[0]
    tree: dict[str, Any] = json.loads(text)
    if tree.get("error"):
        raise Refused("not_select", str(tree.get("error_message", "")))
    if len(tree["statements"]) != 1:
        raise Refused("several")
    return tree


def tables_of(tree: dict[str, Any], views: frozenset[str]) -> list[str]:
    """Views the statement reads. Refused for any other table, table function or silent function."""
    named: set[str] = set()
    asked: list[list[str]] = []
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
            continue
        if not isinstance(node, dict):
            continue
        waiting += node.values()
        if isinstance(node.get("cte_map"), dict):
            named |= {str(entry["key"]).lower() for entry in node["cte_map"].get("map", [])}
        kind = node.get("type")
        if kind == "RECURSIVE_CTE_NODE" and node.get("cte_name"):
            named.add(str(node["cte_name"]).lower())
        if kind == "BASE_TABLE":
            parts = (node.get("catalog_name"), node.get("schema_name"), node.get("table_name"))
            asked.append([str(part) for part in parts if part])
        elif kind == "SHOW_REF":
            raise Refused("describe")
        elif kind == "TABLE_FUNCTION":
            function = str(node["function"].get("function_name", "")).lower()
            if function not in TABLE_FUNCTIONS:
                raise Refused("function", function)
        if node.get("class") == "FUNCTION":
            function = str(node.get("function_name", "")).lower()
            if function in SILENT_FUNCTIONS or function.startswith(SILENT_STARTS):
                raise Refused("function", function)
    for name in named:
        if name.startswith(SILENT_STARTS):
            raise Refused("with_name", name)
    found: dict[str, None] = {}
    for path in asked:
        name = path[-1].lower()
        if len(path) == 1 and name in named:
            # Its own WITH; a view of the same name may stand inside it.
            if name in views:
                found.setdefault(name)
        elif name in views and (len(path) == 1 or (len(path) == 2 and path[0].lower() == "serve")):
            found.setdefault(name)
        elif len(path) > 2 or (len(path) == 2 and path[0].lower() != "serve"):
            raise Refused("schema", ".".join(path))
        else:
            near = difflib.get_close_matches(name, sorted(views), 1)
            raise Refused("table", path[-1], near[0] if near else "")
    return list(found)


def fill(connection: Any, file: str, wanted: dict[str, str]) -> None:
    """Copy what the statement reads into memory and let go of the build."""
    connection.execute("CREATE SCHEMA serve")
    if wanted:
        quoted = file.replace("'", "''")
        attach = f"ATTACH '{quoted}' AS build (READ_ONLY)"
        connection.execute(attach)
        for view, statement in wanted.items():
            copy = f'CREATE TABLE serve."{view}" AS {statement}'
            connection.execute(copy)
        connection.execute("DETACH build")


def lock(connection: Any, milliseconds: int) -> None:
    """Nothing outside of memory from here on, and nobody changes that."""
    connection.execute("SET schema = 'serve'")
    connection.execute("SET enable_external_access = false")
    limit = f"SET max_execution_time = {int(milliseconds)}"
    connection.execute(limit)
    connection.execute("SET lock_configuration = true")
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def plain(value: Any) -> Any:
    """A cell as JSON: numbers, truth values, days and texts; anything else as text."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, bytes):
        value = base64.b64encode(value[:LONGEST_TEXT]).decode()
    elif isinstance(value, (list, tuple, dict)):
        value = json.dumps(value, default=str, ensure_ascii=False)
    text = str(value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def run(connection: Any, sql: str, most_rows: int, most_bytes: int) -> dict[str, Any]:
    """Columns and rows up to the limits; `cut` says whether there were more."""
    cursor = connection.execute(sql)
    columns = [{"name": str(one[0]), "type": str(one[1])} for one in cursor.description or ()]
    rows: list[list[Any]] = []
    size, cut = 0, False
    while not cut and (batch := cursor.fetchmany(200)):
        for found in batch:
            row = [plain(value) for value in found]
            size += sum(len(value) if isinstance(value, str) else 9 for value in row)
            if len(rows) == most_rows or size > most_bytes:
                cut = True
                break
            rows.append(row)
    return {"ok": True, "columns": columns, "rows": rows, "cut": cut}


def first_line(error: Exception) -> str:
    """A message of DuckDB without the name of its class and the lines that point at the text."""
    text = str(error).strip().split("\n\nLINE")[0].split("\n\nCandidate functions")[0].strip()
    return text.partition("Error: ")[2] or text


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request of `observatory.db.sandbox`."""
    import duckdb

    config: dict[str, Any] = {
        "threads": 1,
        "memory_limit": f"{int(request['buffer_mb'])}MB",
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
        "allow_community_extensions": False,
    }
    # Empty and in memory: there is no file that this connection could write.
    connection = duckdb.connect(":memory:", config=config)
    sql = str(request["sql"])
    statements: dict[str, str] = request["views"]
    try:
        views = frozenset(statements)
        tables = tables_of(parse(connection, sql), views)
        fill(connection, str(request["file"]), {name: statements[name] for name in tables})
        lock(connection, int(request["milliseconds"]))
        found = run(connection, sql, int(request["rows"]), int(request["bytes"]))
        return found | {"tables": sorted(tables)}
    except Refused as refused:
        return refused.answer
    except duckdb.InterruptException:
        return {"ok": False, "kind": "time", "detail": "", "near": ""}
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"ok": False, "kind": "memory", "detail": "", "near": ""}
    except RecursionError:
        return {"ok": False, "kind": "syntax", "detail": "nested too deeply", "near": ""}
    except duckdb.Error as error:
        return {"ok": False, "kind": "error", "detail": first_line(error)[:600], "near": ""}


def main() -> None:
    """Read, answer, end."""
    request = json.load(sys.stdin)
    limit_process(int(request["memory_mb"]), int(request["cpu_seconds"]))
    try:
        found = answer(request)
    except MemoryError:
        found = {"ok": False, "kind": "memory", "detail": "", "near": ""}
    sys.stdout.write(json.dumps(found, ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
