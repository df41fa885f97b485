"""``python -m etl refresh``: print what would change; write only what a person accepts."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from etl.findings import report
from etl.refresh import words
from etl.refresh.accept import Refused, accept, patch, recover, stage
from etl.refresh.curated import Curated, Unfit
from etl.refresh.diff import Plan
from etl.refresh.faults import Fault
from etl.refresh.fetch import Fetcher
from etl.refresh.run import Job, Outcome
from etl.refresh.spec import BadSource, load, names
from etl.store import Store
from observatory.model.time import PeriodError, parse_period

OK, INVALID, USAGE = 0, 1, 2


def day(text: str, option: str) -> date:
    """A day of the command line, or the usage error."""
    try:
        period = parse_period(text)
    except PeriodError as fault:
        raise typer.BadParameter(str(fault), param_hint=option) from fault
    if period.precision != "day":
        raise typer.BadParameter(f"{text!r} is no day; expected YYYY-MM-DD", param_hint=option)
    return period.start


def chosen(sources: list[str]) -> list[str]:
    """Names of the upstreams asked for; all of them if none. Exits with 2 for an unknown one."""
    known = names()
    wanted = [source.replace("-", "_").lower() for source in sources] or known
    for name, said in zip(wanted, sources or known, strict=True):
        if name not in known:
            typer.echo(f"no source {said!r}; there are: {', '.join(known)}", err=True)
            raise typer.Exit(USAGE)
    return list(dict.fromkeys(wanted))


def refresh(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources; default: all.")] = None,
    start: Annotated[
        Path | None, typer.Option("--from", help="Read this file or folder instead of the web.")
    ] = None,
    take: Annotated[bool, typer.Option("--accept", help="Write what is printed.")] = False,
    proposal: Annotated[
        Path | None, typer.Option("--propose", help="Write a patch and its words into this folder.")
    ] = None,
    read_on: Annotated[str, typer.Option(help="Day the files were read; default: today.")] = "",
    published: Annotated[str, typer.Option(help="Date the publisher states for the files.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Print every row.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Counts for machines.")] = False,
    listing: Annotated[
        bool, typer.Option("--list", help="Name the sources, fetch nothing.")
    ] = False,
    data: Annotated[Path, typer.Option("--data", help="Folder of curated files.")] = Path("data"),
    var: Annotated[Path, typer.Option("--var", help="Folder of builds and cached files.")] = Path(
        "var"
    ),
) -> None:
    """Fetch what publishers publish and say what would change; --accept writes it."""
    try:
        wanted = chosen(sources or [])
        if listing:
            _list(wanted)
            raise typer.Exit(OK)
    except BadSource as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(INVALID) from fault
    today = day(read_on, "--read-on") if read_on else date.today()
    if published:
        day_of = parse_or_exit(published)
        if day_of > today:
            typer.echo(f"--published {published} is after the day it was read ({today})", err=True)
            raise typer.Exit(USAGE)
    for path, what in (
        (data, "folder of curated files; give it with --data"),
        (start, "file or folder"),
    ):
        if path is not None and not path.exists():
            typer.echo(f"{path}: no such {what}", err=True)
            raise typer.Exit(USAGE)
    if take and proposal:
        typer.echo("--accept writes, --propose does not: give one of them", err=True)
        raise typer.Exit(USAGE)
    lock = Store(var).locked() if take else nullcontext()
    with lock:
        if take and recover(data):
            typer.echo("Finished an acceptance that had been cut off.")
        outcomes = _run(
            wanted, Job(data, today, start, None, published or None, bool(sources)), var
        )
        failed = _tell(outcomes, every, as_json)
        if proposal:
            _propose(outcomes, proposal)
        if take:
            failed |= _accept(outcomes, data)
        elif not as_json:
            _closing(outcomes, proposal)
    raise typer.Exit(INVALID if failed else OK)


def parse_or_exit(text: str) -> date:
    try:
        return parse_period(text).start
    except PeriodError as fault:
        raise typer.BadParameter(str(fault), param_hint="--published") from fault


def _list(wanted: list[str]) -> None:
    for name in wanted:
        spec = load(name).spec
        how = "" if spec.live else "; with --from only"
        typer.echo(f"{name:18} {spec.title}: {spec.rhythm}, {spec.licence.id}{how}")
        typer.echo(f"{'':18} {spec.we_take}")


def _run(wanted: list[str], job: Job, var: Path) -> list[Outcome]:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        tasks: dict[str, Any] = {}

        def progress(name: str, got: int, whole: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=whole)
            bar.update(tasks[name], completed=got)

        if job.start is not None:
            return [job.run(name) for name in wanted]
        with Fetcher(var / "refresh-cache", job.read_on, progress=progress) as fetcher:
            job.fetcher = fetcher
            return [job.run(name) for name in wanted]


def _tell(outcomes: list[Outcome], every: bool, as_json: bool) -> bool:
    """Print every outcome; whether a source failed."""
    if as_json:
        said = {
            item.name: words.counts(item.plan) if item.plan else {"fault": str(item.fault)}
            for item in outcomes
            if item.fault or item.plan
        }
        typer.echo(json.dumps(said, indent=1, sort_keys=True))
        return any(item.fault for item in outcomes)
    for item in outcomes:
        if item.plan:
            for line in words.describe(item.plan, every):
                typer.echo(line)
        elif item.fault:
            typer.echo(f"{load(item.name).spec.title} ({item.name})")
            typer.echo(f"  stopped   {item.fault}")
    if not any(item.plan or item.fault for item in outcomes):
        typer.echo(
            "no file of a known source there; python -m etl refresh --list names them", err=True
        )
        raise typer.Exit(USAGE)
    return any(item.fault for item in outcomes)


def _closing(outcomes: list[Outcome], proposal: Path | None) -> None:
    ready = [item for item in outcomes if item.plan]
    stopped = sum(1 for item in outcomes if item.fault)
    if stopped:
        typer.echo(
            f"{stopped} of {stopped + len(ready)} sources stopped; nothing of them is taken."
        )
    changed = [item.name for item in ready if item.plan and item.plan.changes]
    if changed and not proposal:
        typer.echo("Nothing was written. The same command with --accept writes it.")
    elif not changed:
        typer.echo("Nothing would change.")


def _accept(outcomes: list[Outcome], data: Path) -> bool:
    """Accept each plan by itself, on the files as the one before left them; whether one failed."""
    failed = False
    for item in outcomes:
        if item.plan is None:
            continue
        plan = item.plan
        try:
            plan.kit.curated = Curated(data)
            done = accept(plan)
        except Refused as fault:
            failed = True
            typer.echo(
                f"{item.name}: not written, the checks of the build would stop at:", err=True
            )
            for line in report(fault.findings, 20):
                typer.echo(f"  {line}", err=True)
            continue
        except Unfit as fault:
            failed = True
            typer.echo(f"{item.name}: not written: {fault}", err=True)
            continue
        added = ", ".join(f"{count:+,} {table}" for table, count in done.added.items() if count)
        typer.echo(f"{item.name}: accepted {words.in_short(plan)}")
        for name in done.files:
            typer.echo(f"  wrote {data}/{name}")
        if added:
            typer.echo(f"  rows: {added}")
        if done.warnings:
            typer.echo(
                f"  {len(done.warnings):,} warnings nobody explained yet: python -m etl check; explain "
                f"each in {data}/accepted.csv or mend it"
            )
    typer.echo("Now: python -m etl build")
    return failed


def _propose(outcomes: list[Outcome], folder: Path) -> None:
    """A patch and its words for each source with changes; ``git apply`` takes the patch."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for item in outcomes:
        if item.fault:
            text = f"{load(item.name).spec.title} ({item.name})\n  stopped   {item.fault}\n"
            (folder / f"{item.name}.txt").write_text(text, encoding="utf-8")
        elif item.plan and (item.plan.changes or item.plan.withdrawn or item.plan.held):
            said = "\n".join(words.describe(item.plan, every=True)) + "\n"
            (folder / f"{item.name}.txt").write_text(said, encoding="utf-8")
            if item.plan.changes:
                (folder / f"{item.name}.patch").write_text(
                    patch(stage(item.plan)), encoding="utf-8"
                )
                written += 1
    typer.echo(f"{written} proposals in {folder}; nothing in the curated files was changed.")


__all__ = ["Fault", "Plan", "refresh"]
