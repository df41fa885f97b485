"""Which file of a folder is which: by name, else by what stands in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.refresh.faults import Fault, listed
from etl.refresh.received import Received, dated, local
from etl.refresh.spec import FileSpec, Upstream

SKIP = (".git", "__pycache__", "node_modules")
MAX_FILES = 20_000


def offline(
    upstream: Upstream, start: Path, read_on: date, published: str | None, asked: bool
) -> list[Received]:
    """Files of an upstream below ``start``, or that one file. Empty if none fits and nobody asked.

    Raises Fault where two files could be the same one, or one that must be there is not.
    """
    paths = [start] if start.is_file() else _below(start, upstream.name)
    found: dict[str, list[Path]] = {}
    roles = upstream.spec.files
    licences: list[Path] = []
    for path in paths:
        within = (
            f"{start.name}/{path.relative_to(start).as_posix()}" if path != start else path.name
        )
        if any(_fits(pattern, within) for pattern in upstream.spec.licence.matches):
            licences.append(path)
            continue
        role = next((name for name, spec in roles.items() if spec.fits(within)), None)
        if role is None:
            role = _by_content(path, roles)
        if role:
            found.setdefault(role, []).append(path)
    if start.is_file() and asked and not found:
        known = ", ".join(pattern for spec in roles.values() for pattern in spec.matches)
        raise Fault(
            f"a file of {upstream.spec.title} (named like {known}, or with its columns)",
            f"{start.name}, which is none",
        )
    if not found:
        if asked:
            raise Fault(f"files of {upstream.spec.title} in {start}", "none that fits")
        return []
    out: list[Received] = []
    for role, places in found.items():
        spec = roles[role]
        taken = _newest(places, role) if not spec.many and len(places) > 1 else sorted(places)
        out += [local(role, path, read_on, published, spec.max_mb) for path in taken]
    out += [local("licence", path, read_on, None, 1) for path in licences]
    return out


def _fits(pattern: str, path: str) -> bool:
    return FileSpec(matches=[pattern], format="text").fits(path)


def _below(start: Path, name: str) -> list[Path]:
    """Files below a folder; only those of the upstream's own subfolder if there is one."""
    own = next(
        (start / form for form in (name, name.replace("_", "-")) if (start / form).is_dir()), start
    )
    found = []
    for path in sorted(own.rglob("*")):
        if path.is_file() and not any(
            part in SKIP or part.startswith(".") for part in path.parts[len(own.parts) :]
        ):
            found.append(path)
            if len(found) > MAX_FILES:
                raise Fault(
                    f"a folder of upstream files, at most {MAX_FILES:,}", "more", str(start)
                )
    return found


def _newest(places: Sequence[Path], role: str) -> list[Path]:
    """The one with the latest date in its name; two without a date cannot be told apart."""
    days = {path: dated(f"{path.parent.name}/{path.name}") or "" for path in places}
    best = max(days.values())
    chosen = [path for path, day in days.items() if day == best]
    if len(chosen) > 1:
        raise Fault(
            f"one file for {role!r}, or dates in their names",
            f"{len(chosen)}: {listed(sorted(path.name for path in chosen))}",
        )
    return chosen


def _by_content(path: Path, roles: dict[str, FileSpec]) -> str | None:
    """The one role whose columns or marks stand at the head of the file; several tell nothing."""
    try:
        with path.open("rb") as stream:
            head = stream.read(20_000).decode("utf-8-sig", "replace")
    except OSError:
        return None
    cells = {cell.strip() for cell in next(csv.reader(io.StringIO(head.partition("\n")[0])), [])}
    found = []
    for name, spec in roles.items():
        # Two columns could be anybody's.
        known = spec.format == "csv" and len(spec.columns) > 2 and set(spec.columns) <= cells
        if known or (spec.marks and all(mark in head for mark in spec.marks)):
            found.append(name)
    return found[0] if len(found) == 1 else None
