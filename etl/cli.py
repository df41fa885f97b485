"""Command line: build, check, status, diff, rollback. Exit codes stand in ``docs/architecture.md``."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from typer.exceptions import TyperException

from etl.build import STEPS, Invalid
from etl.build import build as run_build
from etl.build import check as run_check
from etl.diff import compare
from etl.findings import report
from etl.pages import unmet
from etl.refresh.command import refresh
from etl.refresh.scaffold import new
from etl.refresh.sheet_import import import_file
from etl.release.bundle import Occupied
from etl.release.bundle import release as run_release
from etl.store import Busy, Store
from observatory.db.connect import fault_of
from observatory.db.pointer import Build, read_pointer

OK, INVALID, USAGE, STORAGE, BUSY = 0, 1, 2, 3, 75


class Licence(StrEnum):
    ALL = "all"
    OPEN = "open"


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Build the observatory's database from curated files.",
)
Data = Annotated[Path, typer.Option("--data", help="Folder of curated files.")]
Var = Annotated[Path, typer.Option("--var", help="Folder of builds.")]
DATA, VAR = Path("data"), Path("var")

WORDS = {
    "read": "Reading curated files",
    "check": "Checking rows and references",
    "derive": "Working out status, headlines, dollars, events",
    "load": "Writing the database",
    "prove": "Proving it opens and counts right",
    "publish": "Publishing",
}


def _folder(data: Path) -> None:
    if not data.is_dir():
        typer.echo(
            f"{data}: no such folder; give the folder of curated files with --data", err=True
        )
        raise typer.Exit(USAGE)


@app.command()
def build(
    data: Data = DATA,
    var: Var = VAR,
    licence: Annotated[
        Licence, typer.Option(help="open: openly licensed rows only.")
    ] = Licence.ALL,
    force: Annotated[bool, typer.Option(help="Build even if nothing changed.")] = False,
) -> None:
    """Read, check and publish a new build; the last good one stays if anything fails."""
    _folder(data)
    store = Store(var)
    console = Console(stderr=True)
    try:
        if console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            with Progress(*columns, console=console, transient=True) as bar:
                task = bar.add_task("Starting", total=len(STEPS))
                done, new = run_build(
                    data,
                    store,
                    licence,
                    force,
                    lambda name: bar.update(task, description=WORDS[name], advance=1),
                )
        else:
            done, new = run_build(
                data,
                store,
                licence,
                force,
                lambda name: typer.echo(f"{STEPS.index(name) + 1}/{len(STEPS)} {WORDS[name]}"),
            )
    except Invalid as fault:
        for line in report(fault.findings):
            typer.echo(line, err=True)
        served = store.current()
        last = f"still serving build {served.build_id}" if served else "no build is served yet"
        typer.echo(f"{len(fault.findings)} errors; nothing was published, {last}", err=True)
        raise typer.Exit(INVALID) from fault
    verb = "Published" if new else "Up to date:"
    typer.echo(
        f"{verb} build {done.build_id}: {sum(done.tables.values()):,} rows, "
        f"{done.checks['warnings']} open warnings, {done.checks['accepted']} accepted"
    )
    typer.echo(f"{store.path(done)} ({done.size / 1e6:.1f} MB), content {done.content_hash[:16]}")


@app.command()
def check(
    data: Data = DATA,
    strict: Annotated[bool, typer.Option(help="Unexplained warnings count as errors.")] = False,
    accepted: Annotated[bool, typer.Option(help="Print accepted warnings too.")] = False,
) -> None:
    """Read and check without building: every finding as file:line:column: message."""
    _folder(data)
    found = run_check(data)
    for line in report(found.errors):
        typer.echo(f"error {line}")
    for line in report(found.warnings):
        typer.echo(f"warning {line}")
    for line in unmet(found.data):
        typer.echo(f"note {line}", err=True)
    if accepted:
        for item, reason in found.accepted:
            typer.echo(f"accepted {item} because: {reason}")
    counts = found.counts()
    typer.echo(
        f"{counts['errors']} errors, {counts['warnings']} open warnings, {counts['accepted']} accepted"
    )
    raise typer.Exit(INVALID if found.errors or (strict and found.warnings) else OK)


@app.command()
def status(
    var: Var = VAR, as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False
) -> None:
    """Say which build is served, which are kept, and what is wrong with them."""
    store = Store(var)
    try:
        pointer = read_pointer(var)
    except ValueError as fault:
        typer.echo(json.dumps({"build_id": None, "fault": str(fault)}) if as_json else str(fault))
        raise typer.Exit(STORAGE) from fault
    current = pointer.find(pointer.current)
    if as_json:
        typer.echo(json.dumps(_status(store, current), indent=1))
    elif not current:
        typer.echo(f"no build in {var}; run: python -m etl build")
    else:
        for item in store.builds():
            mark = "*" if item.build_id == current.build_id else " "
            typer.echo(
                f"{mark} {item.build_id}  {item.built_at}  {item.size / 1e6:.1f} MB  {item.licence}"
                f"{_damage(item, var)}"
            )
    raise typer.Exit(OK if current else STORAGE)


def _damage(build: Build, var: Path) -> str:
    fault = fault_of(build, var)
    return f"  {fault.reason}: passed over" if fault else ""


def _status(store: Store, current: Build | None) -> dict[str, object]:
    if not current:
        return {"build_id": None}
    return {
        "build_id": current.build_id,
        "built_at": current.built_at,
        "content_hash": current.content_hash,
        "file": current.file,
        "licence": current.licence,
        "tables": current.tables,
        "checks": current.checks,
        "kept": [item.build_id for item in store.builds()],
    }


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Build id; default: the one before.")] = "",
    new: Annotated[str, typer.Argument(help="Build id; default: the one served.")] = "",
    var: Var = VAR,
) -> None:
    """Say what differs between two builds: new, revised (old -> new), withdrawn."""
    store = Store(var)
    builds = store.builds()
    current = store.current()
    right = store.find(new) if new else current
    left = store.find(old) if old else next((item for item in builds if item != right), None)
    if not left or not right:
        typer.echo(
            f"no two builds to compare; kept: {', '.join(b.build_id for b in builds) or 'none'}",
            err=True,
        )
        raise typer.Exit(USAGE)
    for line in compare(store.path(left), store.path(right)):
        typer.echo(line)


@app.command()
def rollback(
    to: Annotated[str, typer.Option(help="Build id; default: the one before the served one.")] = "",
    var: Var = VAR,
) -> None:
    """Serve an earlier build again."""
    store = Store(var)
    with store.locked():
        builds, current = store.builds(), store.current()
        places = [item.build_id for item in builds]
        if to:
            wanted = store.find(to)
        else:
            at = places.index(current.build_id) if current else -1
            wanted = builds[at + 1] if at + 1 < len(builds) else None
        if not wanted or not store.path(wanted).is_file():
            typer.echo(
                f"no such build to go back to; kept: {', '.join(places) or 'none'}", err=True
            )
            raise typer.Exit(USAGE)
        store.point_to(wanted)
    typer.echo(f"Serving build {wanted.build_id} of {wanted.built_at}")


@app.command()
def release(
    data: Data = DATA,
    out: Annotated[Path, typer.Option(help="Folder of releases.")] = Path("release"),
    since: Annotated[
        Path | None, typer.Option(help="Earlier release to compare with; default: the newest.")
    ] = None,
) -> None:
    """Write the release bundle: openly licensed rows as Parquet, CSV, DuckDB and SDMX-CSV."""
    _folder(data)
    try:
        done = run_release(data, out, since)
    except Invalid as fault:
        for line in report(fault.findings):
            typer.echo(line, err=True)
        raise typer.Exit(INVALID) from fault
    except Occupied as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(STORAGE) from fault
    rows = sum(table.rows for table in done.tables)
    typer.echo(f"Released {done.folder}: {len(done.tables)} tables, {rows:,} rows; "
               f"{done.left_out:,} rows are not open and stay out")  # fmt: skip


app.command()(refresh)
app.command()(new)
app.command("import")(import_file)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the agreed exit code."""
    try:
        code = app(arguments, standalone_mode=False)
    except typer.Exit as leave:
        code = leave.exit_code
    except TyperException as fault:
        # Wrong use knows how to show itself, with a hint at the help.
        show = getattr(fault, "show", None)
        if show:
            show()
        else:
            typer.echo(str(fault), err=True)
        code = USAGE
    except (Busy, OSError, duckdb.Error, json.JSONDecodeError) as fault:
        busy = isinstance(fault, Busy)
        typer.echo(str(fault) if busy else f"storage: {fault}", err=True)
        code = BUSY if busy else STORAGE
    except typer.Abort:
        code = USAGE
    sys.exit(code or OK)
