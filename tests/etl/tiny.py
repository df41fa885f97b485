"""A copy of the tiny data set that a test may break, and what must follow when it does."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.build import Checked, check
from etl.cli import main

ROOT = Path(__file__).resolve().parents[2]
# What the fixture `refuse` gives: expected (place, check) pairs in, printed findings out.
Refuse = Callable[..., list[str]]
TINY = ROOT / "tests" / "fixtures" / "tiny"


def run(*arguments: object) -> int:
    """Exit code of the command line, run in this process."""
    with pytest.raises(SystemExit) as leave:
        main([str(argument) for argument in arguments])
    assert isinstance(leave.value.code, int)
    return leave.value.code


def link_builds(var: Path, target: Path) -> Path:
    """Copy a folder of builds; the big immutable files are hard links where possible."""
    target.mkdir()
    for path in sorted(var.iterdir()):
        if path.suffix == ".duckdb":
            try:
                os.link(path, target / path.name)
            except OSError:
                shutil.copy2(path, target / path.name)
        elif path.suffix == ".json":
            shutil.copy2(path, target / path.name)
    return target


def state(var: Path) -> dict[str, tuple[int, bytes]]:
    """Names, sizes and pointer of a folder of builds, without its lock."""
    return {
        path.name: (path.stat().st_size, path.read_bytes() if path.suffix == ".json" else b"")
        for path in sorted(var.iterdir())
        if path.name != "build.lock"
    }


class Tiny:
    """Curated files below ``data``; ``var`` already holds a good build of them."""

    def __init__(self, folder: Path, built: Path) -> None:
        self.data = folder / "tiny"
        shutil.copytree(TINY, self.data)
        self.var = link_builds(built, folder / "var")

    def lines(self, file: str) -> list[str]:
        return (self.data / file).read_text(encoding="utf-8").splitlines()

    def write(self, file: str, content: str | bytes) -> None:
        blob = content.encode() if isinstance(content, str) else content
        (self.data / file).write_bytes(blob)

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace text that stands once in a file."""
        text = (self.data / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        self.write(file, text.replace(old, new))

    def columns(self, file: str) -> list[str]:
        return self.lines(file)[0].split(",")

    def set(self, file: str, line: int, **cells: str) -> None:
        """Set cells of the CSV row on a line (the header is line 1)."""
        lines = self.lines(file)
        header = self.columns(file)
        row = next(csv.reader([lines[line - 1]]))
        for column, value in cells.items():
            row[header.index(column)] = value
        lines[line - 1] = _csv_line(row)
        self.write(file, "\n".join(lines) + "\n")

    def add(self, file: str, like: int, **cells: str) -> int:
        """Add a row like the one on line ``like`` with other cells; returns its line."""
        lines = self.lines(file)
        self.write(file, "\n".join([*lines, lines[like - 1]]) + "\n")
        self.set(file, len(lines) + 1, **cells)
        return len(lines) + 1

    def check(self) -> Checked:
        return check(self.data)

    def errors(self) -> list[str]:
        return [str(item) for item in self.check().errors]

    def warnings(self) -> list[str]:
        found = self.check()
        assert found.errors == []
        return [str(item) for item in found.warnings]


def _csv_line(row: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def place_of(finding: str) -> tuple[str, str]:
    """``file:line:column`` and check name of a printed finding."""
    place, _, rest = finding.partition(": ")
    return place, rest.rpartition("[")[2].rstrip("]")


def warned(tiny: Tiny, *expected: tuple[str, str]) -> list[str]:
    """Exactly these warnings and no error."""
    found = tiny.warnings()
    assert [place_of(line) for line in found] == [
        (f"tiny/{place}", check) for place, check in expected
    ], found
    return found
