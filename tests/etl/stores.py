"""Builds of the tiny data set as commands make them, and what readers see of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tiny import ROOT, Tiny, run

from observatory.db import queries
from observatory.db.connect import Databases
from observatory.db.pointer import read_pointer


def build(tiny: Tiny, *more: object) -> str:
    """Build the copy; returns the id of the served build."""
    assert run("build", "--data", tiny.data, "--var", tiny.var, *more) == 0
    return served(tiny.var)


def served(var: Path) -> str:
    build_id = read_pointer(var).current
    assert build_id is not None
    return build_id


def change(tiny: Tiny, value: float) -> None:
    tiny.set("observations/adoption.csv", 3, value=str(value))


def headline(var: Path) -> float:
    """A value as readers see it."""
    db = Databases(var).get()
    try:
        frame = queries.headline_series(db, ["firms_using"], None)
    finally:
        db.close()
    row = frame[(frame["entity_id"] == "CHN") & (frame["period"] == "2024")]
    return float(row["value"].iloc[0])


def command(tiny: Tiny, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "etl",
        "build",
        "--data",
        str(tiny.data),
        "--var",
        str(tiny.var),
        *more,
    ]


class Forked:
    """Builds of the copy in processes of their own that are there at once: see forked.py."""

    def __init__(self, tiny: Tiny) -> None:
        self._server = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forked.py")), *command(tiny)[3:]],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *given: object) -> None:
        self._server.communicate(timeout=60)

    def start(self) -> int:
        """Begin a build; the number of its process."""
        self._say()
        return int(self._line())

    def until(self, start: str) -> None:
        """Wait for a line of the build that begins like this, or for its end."""
        while not self._line().startswith((start, "over")):
            pass

    def ended(self) -> int:
        """How the build ended, as subprocess says it."""
        self._say()
        while not (line := self._line()).startswith("ended "):
            pass
        return int(line.split()[1])

    def _say(self) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write("\n")
        self._server.stdin.flush()

    def _line(self) -> str:
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        assert line, "the build ended before that"
        return line


def ids(var: Path) -> tuple[str, str]:
    """Older and newer build."""
    newer, older = read_pointer(var).builds
    return older.build_id, newer.build_id


def own_copy(var: Path, build_id: str) -> Path:
    """File of a build, no longer shared with other tests."""
    path = var / f"observatory-{build_id}.duckdb"
    blob = path.read_bytes()
    path.unlink()
    path.write_bytes(blob)
    return path
