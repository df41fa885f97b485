"""Curated CSV files as texts: read as they stand, changed in memory, written back byte for byte."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import yaml

from etl.read import files_of
from observatory.model.tables import BY_NAME

Row = dict[str, str]


class Unfit(Exception):
    """A curated file is not in a state to be changed; the message names it."""


class Sheet:
    """One CSV file: header and rows as texts. ``changed`` once a row was added or replaced."""

    def __init__(self, path: Path, header: tuple[str, ...], rows: list[Row]) -> None:
        self.path, self.header, self.rows = path, header, rows
        self.changed = False

    @classmethod
    def read(cls, path: Path, header: tuple[str, ...]) -> Sheet:
        """Read a file; one that is absent is an empty sheet with ``header``."""
        if not path.is_file():
            return cls(path, header, [])
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            try:
                found = tuple(next(reader, ()))
                rows = [dict(zip(found, cells, strict=True)) for cells in reader]
            except (csv.Error, ValueError, UnicodeDecodeError) as fault:
                raise Unfit(
                    f"{path}: cannot be read ({fault}); run: python -m etl check"
                ) from fault
        missing = [column for column in header if column not in found]
        if missing:
            raise Unfit(f"{path}: the column {missing[0]!r} is missing; run: python -m etl check")
        return cls(path, found, rows)

    def text(self) -> str:
        out = io.StringIO()
        writer = csv.DictWriter(out, self.header, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()

    def add(self, rows: Iterable[Row], key: tuple[str, ...]) -> None:
        """Add rows where their key belongs, if the file is mostly in order of it, else at the end."""
        keys = [tuple(row.get(column, "") for column in key) for row in self.rows]
        astray = sum(keys[at] > keys[at + 1] for at in range(len(keys) - 1))
        ordered = astray * 20 <= len(keys)
        for row in sorted(rows, key=lambda row: tuple(row.get(column, "") for column in key)):
            full = {column: row.get(column, "") for column in self.header}
            mark = tuple(full.get(column, "") for column in key)
            at = bisect_right(keys, mark) if ordered else len(keys)
            self.rows.insert(at, full)
            keys.insert(at, mark)
            self.changed = True

    def replace(self, old: Row, new: Row) -> None:
        """Put ``new`` in the place of ``old`` (the same object as in ``rows``)."""
        at = next(index for index, row in enumerate(self.rows) if row is old)
        self.rows[at] = {column: new.get(column, "") for column in self.header}
        self.changed = True


class Curated:
    """All curated tables below a folder, each file read when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sheets: dict[Path, Sheet] = {}
        self._tables: dict[str, list[Sheet]] = {}

    def sheets(self, table: str) -> list[Sheet]:
        """Sheets of a table; none where it is kept in YAML."""
        if table not in self._tables:
            spec = BY_NAME[table]
            paths = [path for path in files_of(self.root, spec) if path.suffix == ".csv"]
            for path in paths:
                if path not in self._sheets:
                    self._sheets[path] = Sheet.read(path, spec.columns)
            self._tables[table] = [self._sheets[path] for path in paths]
        return self._tables[table]

    def rows(self, table: str) -> list[Row]:
        return [row for sheet in self.sheets(table) for row in sheet.rows]

    def sheet_for(self, table: str, row: Row) -> Sheet:
        """Sheet a row of the table belongs in: observations go by the domain of their indicator."""
        sheets = self.sheets(table)
        if table != "observations":
            return sheets[0]
        domain = self.indicators[row["indicator_id"]]["domain"]
        path = self.root / "observations" / f"{domain}.csv"
        if path not in self._sheets:
            self._sheets[path] = Sheet.read(path, BY_NAME[table].columns)
            sheets.append(self._sheets[path])
        return self._sheets[path]

    def changed(self) -> list[Sheet]:
        return [sheet for sheet in self._sheets.values() if sheet.changed]

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Fields of every indicator as texts, with its domain."""
        found: dict[str, dict[str, str]] = {}
        for path in files_of(self.root, BY_NAME["indicators"]):
            try:
                blocks = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
            except yaml.YAMLError as fault:
                raise Unfit(f"{path}: cannot be read ({fault})") from fault
            for key, block in (blocks or {}).items():
                found[key] = {**block, "domain": path.stem}
        return found
