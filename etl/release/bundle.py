"""Write the bundle: every view of schema ``serve`` as Parquet and CSV, the database, descriptions.

Same curated files, same bytes, but for the database file, whose rows have the same content hash.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.build import build, check
from etl.diff import compare
from etl.licence import open_only
from etl.release import croissant, datapackage, sdmx, words
from etl.release.tables import Column, TableInfo
from etl.store import Store
from observatory.db.pointer import Build
from observatory.model.tables import TABLES

SUMS = "SHA256SUMS"
DATABASE = "observatory.duckdb"


@dataclass(frozen=True, slots=True)
class Released:
    """What was written and where."""

    folder: Path
    build: Build
    tables: tuple[TableInfo, ...]
    left_out: int


class Occupied(Exception):
    """The folder holds something that is no bundle of ours."""


def release(data: Path, out: Path, since: Path | None = None) -> Released:
    """Make the bundle in ``out/<name>-<build id>``, replacing one of the same name.

    ``since`` is an earlier bundle to compare with; without it the newest other one in ``out``.
    Raises Invalid for faulty data, Occupied, OSError.
    """
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        made, _ = build(data, Store(Path(scratch) / "var"), licence="open")
        folder = out / f"east-asia-ai-observatory-{made.build_id}"
        if folder.exists() and not (folder / SUMS).is_file():
            raise Occupied(f"{folder} exists and is no release; move it away")
        before = since or _newest(out, folder)
        draft = Path(scratch) / "bundle"
        draft.mkdir()
        source = Path(scratch) / "var" / made.file
        tables = _write(source, draft)
        left = list(left_out(data))
        _text(draft / "left_out.csv", _csv(("table", "reuse", "source_id", "rows"), left))
        _describe(draft, made, tables, sum(int(row[3]) for row in left))
        _text(draft / "CHANGELOG.md", _changes(before, draft / DATABASE, made))
        for name in ("LICENSE-DATA.md", "CITATION.cff"):
            found = data.parent / name
            if found.is_file():
                shutil.copyfile(found, draft / name)
        _sums(draft)
        out.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(draft, folder)
    return Released(folder, made, tables, sum(int(row[3]) for row in left))


def left_out(data: Path) -> Iterator[tuple[str, str, str, int]]:
    """Rows that stay out by table, kind of reuse and source: (table, reuse, source id, rows)."""
    whole = check(data).data
    kept, _ = open_only(whole)
    reuse = {row.record.source_id: str(row.record.reuse) for row in whole.rows("sources")}
    counts: Counter[tuple[str, str, str]] = Counter()
    for table in TABLES:
        places = {(row.file, row.line) for row in kept.rows(table.name)}
        for row in whole.rows(table.name):
            if (row.file, row.line) not in places:
                source = (
                    str(row.record.source_id) if table.sourced or table.name == "sources" else ""
                )
                counts[table.name, reuse.get(source, "refers to a row left out"), source] += 1
    for (table_name, kind, source), rows in sorted(counts.items()):
        yield table_name, kind, source, rows


def _write(source: Path, folder: Path) -> tuple[TableInfo, ...]:
    """The database and every view as CSV and Parquet."""
    shutil.copyfile(source, folder / DATABASE)
    (folder / "csv").mkdir()
    (folder / "parquet").mkdir()
    tables = []
    # One thread: the order of rows and of row groups is part of the bytes.
    with duckdb.connect(str(source), read_only=True, config={"threads": 1}) as connection:
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'serve' ORDER BY 1"
        ).fetchall()
        for name, text in views:
            columns = tuple(_columns(connection, name))
            picked = ", ".join(
                f'"{c.name}"::VARCHAR AS "{c.name}"' if c.kind == "VARCHAR" else f'"{c.name}"'
                for c in columns
            )
            statement = f"SELECT {picked} FROM serve.{name} ORDER BY ALL"  # noqa: S608 - own names
            for kind, how in (
                ("csv", "FORMAT csv, HEADER"),
                ("parquet", "FORMAT parquet, COMPRESSION zstd"),
            ):
                target = str(folder / kind / f"{name}.{kind}").replace("'", "''")
                connection.execute(f"COPY ({statement}) TO '{target}' ({how})")
            found = connection.execute(f"SELECT count(*) FROM serve.{name}").fetchone()  # noqa: S608
            tables.append(TableInfo(name, text or "", columns, int(found[0]) if found else 0))
    return tuple(tables)


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> Iterator[Column]:
    rows = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE schema_name = 'serve' AND table_name = $view ORDER BY column_index",
        {"view": view},
    ).fetchall()
    for name, kind, text in rows:
        yield Column(name, "VARCHAR" if kind.startswith("ENUM") else kind, text or "")


def _describe(folder: Path, made: Build, tables: tuple[TableInfo, ...], left: int) -> None:
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        sources = connection.execute(
            "SELECT source_id, title, publisher, url, licence, attribution, n_observations FROM serve.sources "
            "ORDER BY source_id"
        ).fetchall()
        found = connection.execute("SELECT data_date FROM serve.build").fetchone()
        day = str(found[0]) if found and found[0] else ""
        _text(folder / "sdmx" / "observations.csv", sdmx.observations(connection))
        _text(folder / "sdmx" / "structure.json", _json(sdmx.structure(connection)))
    header = ("source_id", "title", "publisher", "url", "licence", "attribution", "observations")
    _text(folder / "licences.csv", _csv(header, sources))
    dictionary = [(t.name, c.name, c.kind, c.text) for t in tables for c in t.columns]
    _text(folder / "dictionary.csv", _csv(("table", "column", "type", "meaning"), dictionary))
    _text(folder / "build.json", _json(_facts(made, day, tables, left)))
    _text(
        folder / "datapackage.json", _json(datapackage.describe(folder, made, day, tables, sources))
    )
    _text(
        folder / "croissant.json",
        _json(croissant.describe(folder, made, day, tables, os.environ.get("OBSERVATORY_URL", ""))),
    )
    _text(folder / "README.md", words.readme(made, day, tables, left))


def _facts(made: Build, day: str, tables: tuple[TableInfo, ...], left: int) -> dict[str, Any]:
    return {
        "build_id": made.build_id,
        "content_hash": made.content_hash,
        "data_date": day,
        "schema_version": made.schema_version,
        "licence": made.licence,
        "rows_left_out": left,
        "tables": {table.name: table.rows for table in tables},
    }


def _newest(out: Path, but: Path) -> Path | None:
    """The bundle in ``out`` that was written last, other than the one being made."""
    found = [path.parent for path in out.glob(f"*/{SUMS}") if path.parent != but]
    return max(found, key=lambda path: (path / SUMS).stat().st_mtime, default=None)


def _changes(before: Path | None, database: Path, made: Build) -> str:
    lines = [f"# Changes to build {made.build_id}", ""]
    if before is None:
        lines.append("First release: there is no earlier one to compare with.")
    elif not (before / DATABASE).is_file():
        raise OSError(f"{before} holds no {DATABASE}; give an earlier release with --since")
    else:
        lines.append(f"Since `{before.name}`:")
        lines.append("")
        lines += [f"- {line.strip()}" for line in compare(before / DATABASE, database)]
    return "\n".join(lines) + "\n"


def _sums(folder: Path) -> None:
    lines = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}")
    _text(folder / SUMS, "\n".join(lines) + "\n")


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
