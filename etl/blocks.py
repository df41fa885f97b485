"""Curated files of nested blocks (`scorecard.yml`, `stack.yml`): read once here, filled by their own modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml

from etl.findings import Finding, error
from etl.read import MAX_YAML_BYTES, Dataset, Row, StrictLoader, decode, too_deep, typed_row
from observatory.model.tables import Table

Blocks = Mapping[str, tuple[int, Any]]
"""The blocks found: name -> line and node."""
Rows = dict[str, list[Row]]
Fill = Callable[[Blocks, str, Rows, list[Finding]], None]


def add_file(
    data: Dataset,
    file: str,
    sections: Sequence[str],
    tables: Sequence[Table],
    broken: str,
    fill: Fill,
) -> Dataset:
    """Read a file below ``data.root`` into tables of the data set; faults go to its findings.

    ``fill`` makes rows of the blocks; ``broken`` is what the data set calls a file with faults.
    """
    faults: list[Finding] = []
    rows: Rows = {table.name: [] for table in tables}
    path = data.root / file
    name = f"{data.root.name}/{file}"
    if not path.is_file():
        faults.append(
            error("file", name, 1, 1, "the file is missing; put it back from the repository")
        )
    else:
        text, faults = decode(path, name, MAX_YAML_BYTES)
        blocks = None if faults else _blocks(text, name, sections, faults)
        if blocks is not None:
            fill(blocks, name, rows, faults)
    data.tables.update(rows)
    data.findings += faults
    if faults:
        data.broken.add(broken)
    return data


def _blocks(text: str, name: str, sections: Sequence[str], faults: list[Finding]) -> Blocks | None:
    """The file's blocks; None if it is no YAML that can be read. Unknown and missing ones are faults."""
    try:
        deep = too_deep(text)
        root = None if deep else yaml.compose(text, Loader=StrictLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = getattr(fault, "problem", None) or fault
        faults.append(error("yaml", name, line, column, f"cannot be read: {problem}"))
        return None
    if deep:
        faults.append(error("yaml", name, deep[0], deep[1], "blocks in one another too deep"))
        return None
    expected = ", ".join(sections)
    found: dict[str, tuple[int, Any]] = {}
    for key, line, node in mapping(root, name, 1, f"the blocks {expected}", faults):
        if key not in sections:
            faults.append(
                error("yaml", name, line, 1, f"unknown block {key!r}; expected {expected}")
            )
        found[key] = (line, node)
    for key in sections:
        if key not in found:
            faults.append(error("yaml", name, 1, 1, f"the block {key!r} is missing"))
    return found


def mapping(
    node: Any, name: str, line: int, what: str, faults: list[Finding]
) -> list[tuple[str, int, Any]]:
    """Keys of a block with their lines and values; a key that stands twice is a fault."""
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        at = node.start_mark.line + 1
        faults.append(error("yaml", name, at, 1, f"expected {what} with fields below"))
        return []
    seen: set[str] = set()
    out: list[tuple[str, int, Any]] = []
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(error("yaml", name, at, 1, "expected a name"))
        elif key.value in seen:
            faults.append(error("yaml", name, at, 1, f"{key.value!r} stands twice"))
        else:
            seen.add(key.value)
            out.append((key.value, at, value))
    return out


class BlockReader:
    """Makes typed rows of the nodes of one file; faults of a field stand at the field's own line.

    ``check`` is what findings on the file's rows are called.
    """

    def __init__(
        self, check: str, tables: Sequence[Table], name: str, rows: Rows, faults: list[Finding]
    ) -> None:
        self.check, self.name, self.rows, self.faults = check, name, rows, faults
        self.tables = {table.name: table for table in tables}

    def text(self, node: Any, line: int) -> str:
        """The one value of a node; a fault and empty where it has several."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.faults.append(error("yaml", self.name, line, 1, "expected one value"))
        return ""

    def add(
        self, table: str, line: int, values: dict[str, str], lines: dict[str, int] | None = None
    ) -> None:
        """A row of the values that are filled; ``lines`` says where its fields stand."""
        before = len(self.faults)
        given = {key: value for key, value in values.items() if value != ""}
        row = typed_row(self.tables[table], self.name, line, given, given, {}, self.faults)
        for index in range(before, len(self.faults)):
            field, _, words = self.faults[index].message.partition(": ")
            at = (lines or {}).get(field, line)
            message = self.faults[index].message if field else words
            self.faults[index] = error(self.check, self.name, at, 1, message)
        if row:
            self.rows[table].append(row)
