"""Write an accepted plan: all files of it or none, with its provenance in the log of readings."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from etl.build import Checked, check
from etl.findings import Finding
from etl.refresh.curated import Curated, Row, Sheet
from etl.refresh.diff import APPENDED, OWN_TIME, Change, Plan
from etl.refresh.kit import Kit
from observatory.model.tables import BY_NAME

JOURNAL = ".refresh.journal"
PART = ".refresh-part"


class Refused(Exception):
    """The accepted rows would not pass the checks of the build; nothing was written."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Written:
    """What an acceptance did."""

    files: tuple[str, ...]
    added: dict[str, int]
    warnings: tuple[Finding, ...]


def stage(plan: Plan) -> Curated:
    """The curated files as they would be. The plan's own copy stays as it is."""
    kit = plan.kit
    curated = Curated(kit.curated.root)
    used: set[str] = set()
    fresh: dict[int, list[tuple[str, Row]]] = {}
    sheets: dict[int, Sheet] = {}
    for change in plan.changes:
        row, table = _final(kit, change), change.item.table
        if row.get("source_id") == change.item.edition and change.item.edition:
            used.add(change.item.edition)
        if change.kind == "new" or (change.kind == "revised" and table in APPENDED):
            sheet = curated.sheet_for(table, row)
            sheets[id(sheet)] = sheet
            fresh.setdefault(id(sheet), []).append((table, row))
        else:
            _replace(curated, kit, change, row)
    for key, rows in fresh.items():
        sheets[key].add((row for _, row in rows), BY_NAME[rows[0][0]].key)
    held = {row["source_id"] for row in curated.rows("sources")}
    new_sources = [_source(kit, key) for key in sorted(used) if key not in held]
    if new_sources:
        curated.sheets("sources")[0].add(new_sources, ("source_id",))
    _log(curated, plan)
    return curated


def _final(kit: Kit, change: Change) -> Row:
    """The row as it will stand: its source, and the day it was read again."""
    item, row = change.item, dict(change.item.row)
    if change.kind == "filled":
        return row
    day = kit.read_on.isoformat()
    if item.table in OWN_TIME:
        if change.kind == "revised" or not item.edition:
            row["known_on"] = day
            row["note"] = _with_proof(kit, change, row.get("note", ""))
        else:
            row["source_id"] = item.edition
    elif item.edition:
        row["source_id"] = item.edition
    return row


def _with_proof(kit: Kit, change: Change, note: str) -> str:
    """The note and which file said so; the log of readings has the file's whole hash."""
    item = change.item
    copy = kit.editions.get(item.edition) or next(
        (file for file in kit.files if file.role == item.role), None
    )
    proof = f"file read {kit.read_on.isoformat()}, sha256 {copy.sha256[:12]}" if copy else ""
    return "; ".join(part for part in (note, proof) if part)


def _replace(curated: Curated, kit: Kit, change: Change, row: Row) -> None:
    table = change.item.table
    sheet = next(
        sheet for sheet in curated.sheets(table) if any(found == change.old for found in sheet.rows)
    )
    old = next(found for found in sheet.rows if found == change.old)
    sheet.replace(old, row)
    earlier = f"earlier_{table}"
    if change.kind == "revised" and earlier in BY_NAME:
        source = next(
            (s for s in kit.curated.rows("sources") if s["source_id"] == row["source_id"]), None
        ) or _source(kit, row["source_id"])
        from observatory.model.time import known_on

        until = known_on(source["published"] or None, source["read_on"]).isoformat()
        curated.sheets(earlier)[0].add([{**old, "replaced_on": until}], BY_NAME[earlier].key)


def _source(kit: Kit, key: str) -> Row:
    """The source row that a reading of one dated copy makes."""
    spec, copy = kit.upstream.spec, kit.editions[key]
    web = (
        copy.address
        if copy.address.startswith("http")
        else (spec.files[copy.role].address or spec.home)
    )
    return {
        "source_id": key,
        "url": web,
        "title": f"{spec.title}: {copy.name}",
        "publisher": spec.publisher,
        "origin": spec.origin,
        "edition": "",
        "published": copy.published or "",
        "read_on": kit.read_on.isoformat(),
        "kind": str(spec.kind),
        "language": spec.language,
        "licence": spec.licence.id,
        "reuse": str(spec.licence.reuse),
        "redistribute": str(spec.licence.redistribute),
        "attribution": spec.licence.attribution,
        "note": f"sha256 {copy.sha256}",
    }


def _log(curated: Curated, plan: Plan) -> None:
    """One row a file that was read, with its hash; the same file on the same day once."""
    if "readings" not in BY_NAME:
        return
    kit, spec = plan.kit, plan.kit.upstream.spec
    sheet = curated.sheets("readings")[0]
    by_role = Counter((change.kind, change.item.role) for change in plan.changes)
    seen = {(row["upstream"], row["file"], row["read_on"], row["sha256"]) for row in sheet.rows}
    rows: list[Row] = []
    for copy in kit.files:
        key = (kit.upstream.name, copy.name, kit.read_on.isoformat(), copy.sha256)
        if key in seen:
            continue
        seen.add(key)
        alone = sum(1 for other in kit.files if other.role == copy.role) == 1
        rows.append(
            {
                "upstream": kit.upstream.name,
                "file": copy.name,
                "address": copy.address if copy.address.startswith("http") else "",
                "published": copy.published or "",
                "read_on": kit.read_on.isoformat(),
                "sha256": copy.sha256,
                "bytes": str(len(copy.blob)),
                "records": str(kit.counted.get(copy.name, "")),
                "licence": spec.licence.id,
                "rows_new": str(by_role["new", copy.role]) if alone else "",
                "rows_revised": str(by_role["revised", copy.role]) if alone else "",
            }
        )
    if rows:
        sheet.add(rows, BY_NAME["readings"].key)


def validate(curated: Curated) -> Checked:
    """Check the staged files as a build would, in a copy of the folder. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="refresh-") as folder:
        copy = Path(folder) / curated.root.name
        shutil.copytree(curated.root, copy, ignore=shutil.ignore_patterns("*" + PART, JOURNAL))
        for sheet in curated.changed():
            target = copy / sheet.path.relative_to(curated.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(sheet.text(), encoding="utf-8")
        found = check(copy)
    if found.errors:
        raise Refused(found.errors)
    return found


def write(curated: Curated) -> list[str]:
    """Put the changed files in place, all or none: a crash midway is finished by ``recover``."""
    root = curated.root
    texts = {sheet.path: sheet.text() for sheet in curated.changed()}
    manifest = root / "manifest.yml"
    if manifest.is_file():
        text = _manifest(manifest.read_text(encoding="utf-8"), curated)
        if text != manifest.read_text(encoding="utf-8"):
            texts[manifest] = text
    if not texts:
        return []
    parts: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(path.name + PART)
            parts.append(part)
            with part.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        draft = root / (JOURNAL + PART)
        draft.write_text(
            json.dumps([path.relative_to(root).as_posix() for path in texts]), encoding="utf-8"
        )
        draft.replace(root / JOURNAL)
    except OSError:
        for part in parts:
            part.unlink(missing_ok=True)
        raise
    # From here on the acceptance holds: what is left to do is done now or at the next start.
    recover(root)
    return sorted(path.relative_to(root).as_posix() for path in texts)


def recover(root: Path) -> bool:
    """Finish an acceptance that was cut off after it was decided, or drop one cut off before."""
    journal = root / JOURNAL
    if not journal.is_file():
        for part in root.rglob("*" + PART):
            part.unlink(missing_ok=True)
        return False
    for name in json.loads(journal.read_text(encoding="utf-8")):
        path = root / name
        part = path.with_name(path.name + PART)
        if part.is_file():
            part.replace(path)
    journal.unlink()
    return True


def _manifest(text: str, curated: Curated) -> str:
    """Declared counts with the accepted rows; a person decided on them."""
    for table in BY_NAME:
        if any(sheet.changed for sheet in curated.sheets(table)):
            line = re.compile(rf"^  {table}: \d+$", re.M)
            text = line.sub(f"  {table}: {len(curated.rows(table))}", text)
    return text


def accept(plan: Plan) -> Written:
    """Stage, check, write. Raises Refused with the errors; OSError for storage faults."""
    before = {table: len(plan.kit.curated.rows(table)) for table in _tables(plan)}
    staged = stage(plan)
    found = validate(staged)
    files = write(staged)
    added = {table: len(staged.rows(table)) - count for table, count in before.items()}
    return Written(tuple(files), added, tuple(found.warnings))


def _tables(plan: Plan) -> set[str]:
    return {change.item.table for change in plan.changes} | {"sources"}


def patch(curated: Curated) -> str:
    """The staged changes as a patch that ``git apply`` takes from the folder above ``data``."""
    lines: list[str] = []
    for sheet in curated.changed():
        name = f"{curated.root.name}/{sheet.path.relative_to(curated.root).as_posix()}"
        there = sheet.path.is_file()
        old = sheet.path.read_text(encoding="utf-8").splitlines(keepends=True) if there else []
        new = sheet.text().splitlines(keepends=True)
        lines += difflib.unified_diff(old, new, f"a/{name}" if there else "/dev/null", f"b/{name}")
    return "".join(lines)
