"""One build: read, check, derive, load, prove, publish. A fault leaves what is served untouched."""

from __future__ import annotations

import fnmatch
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import etl
import observatory.model
from etl import checks
from etl.context import Context
from etl.derive.frames import build_frames
from etl.findings import Finding, ordered, warning
from etl.licence import as_on_site, open_only
from etl.load import content_hash, write_database
from etl.read import Dataset, Row, read_dataset
from etl.scorecard import add_scorecard
from etl.stack import add_stack
from etl.store import Store, file_hash
from observatory.db.pointer import Build
from observatory.model.tables import SCHEMA_VERSION
from observatory.model.vocab import Severity

Step = Callable[[str], None]
STEPS = ("read", "check", "derive", "load", "prove", "publish")


class Invalid(Exception):
    """The data has errors; nothing was published."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Checked:
    """Data that was read and checked; ``accepted`` maps findings to the editor's reason."""

    data: Dataset
    errors: list[Finding]
    warnings: list[Finding]
    accepted: list[tuple[Finding, str]]

    def counts(self) -> dict[str, int]:
        return {
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "accepted": len(self.accepted),
        }


def check(root: Path) -> Checked:
    """Read and check everything below ``root``; never raises for faults of the data."""
    data = add_stack(add_scorecard(read_dataset(root)))
    found = data.findings + checks.run(Context(data))
    errors = [item for item in found if item.severity is Severity.ERROR]
    loose, accepted = _accept(
        [item for item in found if item.severity is Severity.WARNING], data.rows("accepted")
    )
    return Checked(data, ordered(errors), ordered(loose), accepted)


def _accept(
    warnings: list[Finding], rows: list[Row]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """Split warnings by whether an editor explained them; an explanation of nothing is a warning."""
    used: Counter[int] = Counter()
    loose: list[Finding] = []
    accepted: list[tuple[Finding, str]] = []
    for item in warnings:
        for index, row in enumerate(rows):
            if row.record.check == item.check and fnmatch.fnmatchcase(item.key, row.record.key):
                used[index] += 1
                accepted.append((item, row.record.reason))
                break
        else:
            loose.append(item)
    for index, row in enumerate(rows):
        if not used[index]:
            loose.append(
                warning(
                    "accepted",
                    *row.at("key"),
                    f"key: {row.record.key!r} accepts no finding of {row.record.check!r} any more; remove the row",
                )
            )
    return loose, accepted


def input_hash(root: Path, licence: str) -> str:
    """Hash of everything a build is made from: the curated files and the code that reads them."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {licence}\n".encode())
    code = [Path(etl.__file__).parent, Path(observatory.model.__file__).parent]
    for base, patterns in [
        (root, ("**/*.csv", "**/*.yml")),
        *((folder, ("**/*.py", "**/*.sql", "**/*.yml")) for folder in code),
    ]:
        for path in sorted(path for pattern in patterns for path in base.glob(pattern)):
            digest.update(f"{path.relative_to(base).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build(
    root: Path, store: Store, licence: str = "all", force: bool = False, step: Step = lambda _: None
) -> tuple[Build, bool]:
    """Build and publish; returns the build and whether it is new.

    Raises Invalid for faulty data, Busy when another build runs, OSError for storage faults.
    """
    with store.locked():
        build_id = input_hash(root, licence)[:12]
        known = store.find(build_id)
        if known and not force and _intact(store, known):
            if store.current() != known:
                store.point_to(known)
            return known, False
        step("read")
        step("check")
        checked = check(root)
        if checked.errors:
            raise Invalid(checked.errors)
        step("derive")
        data, left_out, checked_all = checked.data, Counter[str](), checked
        if licence == "open":
            data, left_out = open_only(checked.data)
            # Findings quote values: only those on rows that stay may go along.
            checked = replace(checked, **_findings_within(data))
        frames = build_frames(Context(data))
        if licence == "open":
            frames = as_on_site(frames, build_frames(Context(checked_all.data)))
        frames["check_results"] = _check_frame(checked)
        frames["build"] = pd.DataFrame(
            [(build_id, SCHEMA_VERSION, licence, _data_date(data), left_out.total())],
            columns=["build_id", "schema_version", "licence", "data_date", "left_out"],
        )
        content = content_hash(frames)
        step("load")
        temporary = store.temporary(build_id)
        try:
            tables = write_database(temporary, frames)
            step("prove")
            prove(temporary, tables)
            step("publish")
            done = Build(
                build_id=build_id,
                file=f"observatory-{build_id}.duckdb",
                sha256=file_hash(temporary),
                size=temporary.stat().st_size,
                built_at=datetime.now(UTC).isoformat(timespec="seconds"),
                content_hash=content,
                schema_version=SCHEMA_VERSION,
                licence=licence,
                tables=tables,
                checks=checked.counts(),
            )
            store.publish(temporary, done)
        finally:
            temporary.unlink(missing_ok=True)
            temporary.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        return done, True


def _findings_within(data: Dataset) -> dict[str, Any]:
    """Warnings of a smaller data set; what they quote stands in it."""
    found = [item for item in checks.run(Context(data)) if item.severity is Severity.WARNING]
    loose, accepted = _accept(found, data.rows("accepted"))
    return {
        "warnings": ordered(item for item in loose if item.check != "accepted"),
        "accepted": accepted,
    }


def _intact(store: Store, build: Build) -> bool:
    path = store.path(build)
    return path.is_file() and path.stat().st_size == build.size and file_hash(path) == build.sha256


def _data_date(data: Dataset) -> object:
    days = [row.record.read_on for row in data.rows("sources")]
    return pd.Timestamp(max(days)).date() if days else None


def _check_frame(checked: Checked) -> pd.DataFrame:
    rows = [(item, None) for item in checked.warnings] + list(checked.accepted)
    return pd.DataFrame(
        [
            (
                item.check,
                str(item.severity),
                f"{item.file}:{item.line}",
                item.message,
                item.key,
                reason,
            )
            for item, reason in sorted(
                rows, key=lambda pair: (pair[0].file, pair[0].line, pair[0].message)
            )
        ],
        columns=["check_name", "severity", "place", "message", "finding_key", "accepted_because"],
    )


def prove(path: Path, tables: dict[str, int]) -> None:
    """Open the finished file as a reader would, count its rows and read every view once."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for name, count in tables.items():
            found = connection.execute(f"SELECT count(*) FROM core.{name}").fetchone()  # noqa: S608 - own names
            if not found or found[0] != count:
                raise OSError(f"table {name} holds {found} rows after writing; expected {count}")
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'serve' ORDER BY view_name"
        ).fetchall()
        for (view,) in views:
            connection.execute(f"SELECT * FROM serve.{view}").fetchone()  # noqa: S608 - own names


__all__ = ["STEPS", "Checked", "Invalid", "build", "check", "input_hash"]
