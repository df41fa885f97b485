"""The pointer file: which build is served and which are kept. Written by the ETL, read by all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

POINTER = "current.json"


@dataclass(frozen=True, slots=True)
class Build:
    """What the pointer says of one published build."""

    build_id: str
    file: str
    sha256: str
    size: int
    built_at: str
    content_hash: str
    schema_version: int
    licence: str
    tables: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Id of the served build and the kept builds, newest first."""

    current: str | None
    builds: tuple[Build, ...]

    def find(self, build_id: str | None) -> Build | None:
        return next((build for build in self.builds if build.build_id == build_id), None)


def parse_pointer(text: str) -> Pointer:
    """Pointer of its text. Raises ValueError if it is none."""
    try:
        state: dict[str, Any] = json.loads(text)
        return Pointer(state["current"], tuple(Build(**entry) for entry in state["builds"]))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def read_pointer(folder: Path) -> Pointer:
    """Pointer of a folder of builds; an empty one if nothing was published yet.

    Raises ValueError if the file is no pointer.
    """
    try:
        return parse_pointer((folder / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Pointer(None, ())
    except ValueError as error:
        raise ValueError(
            f"{folder / POINTER} is damaged ({error}); run: python -m etl build --force"
        ) from error
