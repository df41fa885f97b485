"""Read curated files into typed rows. Every fault becomes a finding; nothing raises midway."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from etl.findings import Finding, error
from observatory.model.fields import Record, choices
from observatory.model.tables import TABLES, Table

MAX_BYTES = 64 * 2**20
MAX_YAML_BYTES = 2**20
"""Indicator files are read whole into nodes, which is slow for what no editor wrote."""
MAX_ROW_ERRORS = 500
"""After this many bad rows a file is given up: it is not the table it should be."""
MAX_HEADER_ERRORS = 20
"""Wrong columns named one by one; a file of nonsense may have millions."""
MAX_DEPTH = 16
"""Blocks in blocks of a YAML file; ours have two."""


@dataclass(frozen=True, slots=True)
class Row:
    """A typed row and where it stands. ``raw`` keeps the cells as printed in the file."""

    table: str
    file: str
    line: int
    record: Any
    raw: dict[str, str]
    columns: dict[str, int]

    def at(self, column: str) -> tuple[str, int, int]:
        """File, line and field number of a column, for findings."""
        return self.file, self.line, self.columns.get(column, 1)


@dataclass(slots=True)
class Dataset:
    """All curated rows by table, and what was wrong while reading them."""

    root: Path
    tables: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Tables with a fault of their own; checks that need all their ids are skipped."""

    def rows(self, name: str) -> list[Row]:
        return self.tables.get(name, [])


def files_of(root: Path, table: Table) -> list[Path]:
    """Files of a table below the data folder, in a fixed order."""
    return sorted(root.glob(table.files)) if "*" in table.files else [root / table.files]


def read_dataset(root: Path) -> Dataset:
    """Read every table below ``root``; all findings are collected."""
    data = Dataset(root)
    for table in TABLES:
        rows: list[Row] = []
        faults: list[Finding] = []
        paths = files_of(root, table)
        if not paths:
            faults.append(
                error(
                    "file",
                    f"{root.name}/{table.files}",
                    1,
                    1,
                    "no such file; expected at least one",
                )
            )
        for path in paths:
            name = f"{root.name}/{path.relative_to(root).as_posix()}"
            if not path.is_file():
                if table.optional:
                    continue
                faults.append(
                    error(
                        "file", name, 1, 1, "the file is missing; put it back from the repository"
                    )
                )
                continue
            reader = read_yaml if path.suffix == ".yml" else read_csv
            got, wrong = reader(path, name, table)
            rows += got
            faults += wrong
        data.tables[table.name] = rows
        data.findings += faults
        if faults:
            data.broken.add(table.name)
    return data


def decode(path: Path, name: str, limit: int = MAX_BYTES) -> tuple[str, list[Finding]]:
    """Text of a file, or the findings that say why it is none."""
    size = path.stat().st_size
    if size > limit:
        return "", [error("size", name, 1, 1, f"{size:,} bytes; expected at most {limit:,}")]
    blob = path.read_bytes()
    if blob.startswith(b"\xef\xbb\xbf"):
        return "", [
            error(
                "encoding", name, 1, 1, "starts with a byte-order mark; save as UTF-8 without BOM"
            )
        ]
    try:
        text = blob.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = blob.count(b"\n", 0, fault.start) + 1
        column = fault.start - (blob.rfind(b"\n", 0, fault.start) + 1) + 1
        message = (
            f"byte 0x{blob[fault.start]:02x} is not UTF-8; save the file in the encoding UTF-8"
        )
        return "", [error("encoding", name, line, column, message)]
    for char, what, cure in (
        ("\0", "a NUL character", "it is no text file"),
        ("\r", "a carriage return (Windows line ends)", "save with LF line ends"),
    ):
        at = text.find(char)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            return "", [error("encoding", name, line, column, f"holds {what}; {cure}")]
    return text, []


def _records(text: str, name: str, faults: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """First line and fields of each CSV record; a broken quote ends the reading with a finding."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        first = reader.line_num + 1
        try:
            yield first, next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            message = f"the record that starts here cannot be read ({fault}); expected quotes closed and doubled inside"
            faults.append(error("csv", name, first, 1, message))
            return


def read_csv(path: Path, name: str, table: Table) -> tuple[list[Row], list[Finding]]:
    """Rows of one CSV file and its faults."""
    text, faults = decode(path, name)
    if faults:
        return [], faults
    records = _records(text, name, faults)
    header = next(records, (1, []))[1]
    if not header:
        return [], faults or [
            error("header", name, 1, 1, "the file is empty; expected a header row")
        ]
    expected = table.columns
    for column in expected:
        if column not in header:
            faults.append(
                error(
                    "header",
                    name,
                    1,
                    1,
                    f"column {column!r} is missing; expected {', '.join(expected)}",
                )
            )
    seen: set[str] = set()
    for index, column in enumerate(header, 1):
        if column in expected and column not in seen:
            seen.add(column)
            continue
        if len(faults) >= MAX_HEADER_ERRORS:
            message = f"{len(header):,} columns, more of them wrong; is this the right file?"
            faults.append(error("header", name, 1, index, message))
            break
        twice = f"column {column!r} stands twice"
        what = twice if column in seen else f"unknown column {column[:60]!r}"
        faults.append(error("header", name, 1, index, f"{what}; expected {', '.join(expected)}"))
    if faults:
        return [], faults
    places = {column: index for index, column in enumerate(header, 1)}
    rows: list[Row] = []
    for line, cells in records:
        if len(faults) >= MAX_ROW_ERRORS:
            faults.append(
                error(
                    "csv",
                    name,
                    line,
                    1,
                    f"given up after {MAX_ROW_ERRORS} faults; is this the right file?",
                )
            )
            break
        if len(cells) != len(header):
            what = "an empty line" if not cells else f"{len(cells)} fields"
            faults.append(
                error(
                    "csv", name, line, 1, f"{what}; expected {len(header)} fields as in the header"
                )
            )
            continue
        raw = dict(zip(header, cells, strict=True))
        row = typed_row(
            table, name, line, {k: v for k, v in raw.items() if v != ""}, raw, places, faults
        )
        if row:
            rows.append(row)
    return rows, faults


def typed_row(
    table: Table,
    name: str,
    line: int,
    values: dict[str, Any],
    raw: dict[str, str],
    places: dict[str, int],
    faults: list[Finding],
) -> Row | None:
    try:
        record: Record = table.record.model_validate(values)
    except ValidationError as fault:
        for detail in fault.errors(include_url=False, include_context=True):
            column = str(detail["loc"][0]) if detail["loc"] else ""
            said = _words(detail)
            if detail["type"] == "missing" and (known := choices(table.record, column)):
                said = f"is empty; expected one of {', '.join(known)}"
            faults.append(error("type", name, line, places.get(column, 1), f"{column}: {said}"))
        return None
    return Row(table.name, name, line, record, raw, places)


def _words(detail: ErrorDetails) -> str:
    """What was wrong and what was expected, in plain words."""
    kind, given = detail["type"], detail.get("input")
    shown = repr(given if len(str(given)) <= 80 else f"{str(given)[:80]}…")
    context = detail.get("ctx", {})
    match kind:
        case "missing":
            return "is empty; expected a value"
        case "extra_forbidden":
            return "is no field of this table; expected only the documented ones"
        case "enum":
            return f"{shown} is not in the vocabulary; expected {context['expected']}"
        case "string_pattern_mismatch":
            return f"{shown} has the wrong form; expected the pattern {context['pattern']}"
        case "value_error":
            return str(context["error"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return (
                f"{shown} is out of range; {detail['msg'].replace('Input should be', 'expected')}"
            )
        case _:
            return f"{shown}: {detail['msg'].replace('Input should be', 'expected')}"


class StrictLoader(yaml.CSafeLoader):
    """Texts stay texts: only true, false and plain numbers are converted ('NO' is a country)."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own protocol
        key: [(tag, regexp) for tag, regexp in found if tag.endswith((":int", ":float", ":null"))]
        for key, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def too_deep(text: str) -> tuple[int, int] | None:
    """Line and column at which blocks nest deeper than any table's; composing them would exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                return (mark.line + 1, mark.column + 1) if mark else (1, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def read_yaml(path: Path, name: str, table: Table) -> tuple[list[Row], list[Finding]]:
    """Indicator blocks of one YAML file; the file's name is their domain."""
    text, faults = decode(path, name, MAX_YAML_BYTES)
    if faults:
        return [], faults
    try:
        if deep := too_deep(text):
            return [], [
                error(
                    "yaml",
                    name,
                    *deep,
                    f"over {MAX_DEPTH} blocks in one another; expected fields below each id",
                )
            ]
        root = yaml.compose(text, Loader=StrictLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return [], [
            error(
                "yaml",
                name,
                line,
                column,
                f"cannot be read: {getattr(fault, 'problem', None) or fault}",
            )
        ]
    if not isinstance(root, yaml.MappingNode):
        return [], [
            error(
                "yaml", name, 1, 1, "expected blocks of the form 'indicator_id:' with fields below"
            )
        ]
    rows: list[Row] = []
    for key, block in root.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(error("yaml", name, line, 1, "expected the id of an indicator"))
            continue
        if not isinstance(block, yaml.MappingNode):
            faults.append(error("yaml", name, line, 1, f"{key.value!r} has no fields below it"))
            continue
        values: dict[str, Any] = {"indicator_id": key.value, "domain": path.stem}
        wrong = False
        for item, node in block.value:
            at, column = node.start_mark.line + 1, node.start_mark.column + 1
            if not isinstance(item, yaml.ScalarNode):
                faults.append(
                    error(
                        "yaml",
                        name,
                        item.start_mark.line + 1,
                        item.start_mark.column + 1,
                        "expected the name of a field",
                    )
                )
                wrong = True
            elif item.value in values:
                faults.append(
                    error("yaml", name, at, column, f"{item.value!r} stands twice in {key.value!r}")
                )
                wrong = True
            elif not isinstance(node, yaml.ScalarNode):
                faults.append(error("yaml", name, at, column, f"{item.value}: expected one value"))
                wrong = True
            elif node.value != "":
                values[item.value] = node.value
        if wrong:
            continue
        values.setdefault("measure_id", key.value)
        lines = {item.value: item.start_mark.line + 1 for item, _ in block.value}
        before = len(faults)
        raw = {k: str(val) for k, val in values.items()}
        row = typed_row(table, name, line, values, raw, {}, faults)
        for index in range(before, len(faults)):
            column = faults[index].message.partition(":")[0]
            if column in lines:
                old = faults[index]
                faults[index] = error(old.check, name, lines[column], 1, old.message)
        if row:
            rows.append(row)
    return rows, faults
