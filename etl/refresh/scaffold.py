"""``python -m etl new``: the rows a new source, organisation or indicator needs, ready to be filled."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etl.refresh.accept import write
from etl.refresh.curated import Curated, Unfit
from observatory.model.fields import Record, choices
from observatory.model.tables import BY_NAME
from observatory.model.vocab import Domain

OK, INVALID, USAGE = 0, 1, 2
ID = re.compile(r"[a-z0-9][a-z0-9_.+-]{1,150}")


class Thing(StrEnum):
    INDICATOR = "indicator"
    SOURCE = "source"
    ORGANISATION = "organisation"


TABLE = {
    Thing.SOURCE: "sources",
    Thing.ORGANISATION: "organizations",
    Thing.INDICATOR: "indicators",
}
# May stay empty, but readers miss them.
WORTH = {
    Thing.SOURCE: ("url", "published", "language"),
    Thing.ORGANISATION: ("native_name", "native_language", "economy_id", "stack_layer", "website"),
    Thing.INDICATOR: (
        "higher_is_better", "aggregation", "per_capita_base", "method_caveats", "method_url",
    ),
}  # fmt: skip


def new(
    thing: Annotated[Thing, typer.Argument(help="What to add.")],
    key: Annotated[str, typer.Argument(help="Its id: lower case, never changed afterwards.")],
    fill: Annotated[
        list[str] | None,
        typer.Option("--set", help="A field, as name=value; may stand several times."),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask for every field that must be filled.")
    ] = False,
    domain: Annotated[
        Domain | None, typer.Option(help="Subject of an indicator: its file.")
    ] = None,
    data: Annotated[Path, typer.Option("--data", help="Folder of curated files.")] = Path("data"),
) -> None:
    """Add the row or block of a new indicator, source or organisation, for you to fill."""
    if not data.is_dir():
        raise _wrong(f"{data}: no such folder; give the folder of curated files with --data")
    if not ID.fullmatch(key):
        raise _wrong(f"{key!r} is no id; expected lower-case letters, digits, - and _")
    record = BY_NAME[TABLE[thing]].record
    values = _given(fill or [], record)
    if thing is Thing.SOURCE:
        values.setdefault("read_on", date.today().isoformat())
    if ask:
        for name in _open(record, values, thing):
            values[name] = typer.prompt(f"{name} ({_about(record, name)})")
    try:
        place = (
            _indicator(data, key, domain, values)
            if thing is Thing.INDICATOR
            else _row(data, thing, key, values)
        )
    except Unfit as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(INVALID) from fault
    typer.echo(f"Added {key} to {place}")
    left = _open(record, values, thing)
    if left:
        typer.echo("Still to be filled, or python -m etl check will name each:")
        for name in left:
            typer.echo(f"  {name}: {_about(record, name)}")
    worth = [name for name in WORTH[thing] if not values.get(name)]
    if worth:
        typer.echo("May stay empty, but readers miss them:")
        for name in worth:
            typer.echo(f"  {name}: {_about(record, name)}")
    typer.echo("Then: python -m etl check")


def _about(record: type[Record], name: str) -> str:
    """What a field says, and the words it may hold."""
    about = record.model_fields[name].description or name
    known = choices(record, name)
    return f"{about} ({', '.join(known)})" if known else about


def _place(path: Path, start: str) -> str:
    """`file:line` of the first line that starts so."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"{path}:{1 + next(at for at, line in enumerate(lines) if line.startswith(start))}"


def _wrong(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(USAGE)


def _given(pairs: list[str], record: type[Record]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark or name not in record.model_fields:
            known = ", ".join(record.model_fields)
            raise _wrong(f"--set {pair!r}: expected name=value with one of {known}")
        values[name] = value
    return values


KEYS = {"source_id", "org_id", "indicator_id", "domain", "measure_id"}


def _open(record: type[Record], values: dict[str, str], thing: Thing) -> list[str]:
    """Required fields without a value. The source of an organisation is one of them, no key."""
    own = KEYS - {"source_id"} if thing is Thing.ORGANISATION else KEYS
    return [
        name
        for name, info in record.model_fields.items()
        if info.is_required() and name not in own and not values.get(name)
    ]


def _row(data: Path, thing: Thing, key: str, values: dict[str, str]) -> str:
    table = BY_NAME[TABLE[thing]]
    curated = Curated(data)
    sheet = curated.sheets(table.name)[0]
    if any(row[table.key[0]] == key for row in sheet.rows):
        raise _wrong(f"{key!r} stands in {sheet.path} already")
    sheet.add([{**values, table.key[0]: key}], table.key)
    write(curated)
    return _place(sheet.path, f"{key},")


def _indicator(data: Path, key: str, domain: Domain | None, values: dict[str, str]) -> str:
    if domain is None:
        raise _wrong(f"an indicator needs --domain: one of {', '.join(Domain)}")
    curated = Curated(data)
    if key in curated.indicators:
        raise _wrong(f"{key!r} is an indicator of {curated.indicators[key]['domain']} already")
    path = data / "indicators" / f"{domain}.yml"
    record = BY_NAME["indicators"].record
    lines = [f"{key}:"]
    for name, info in record.model_fields.items():
        if name in ("indicator_id", "domain"):
            continue
        if info.is_required() and name != "measure_id":
            value = values.get(name, "")
            lines += [f"  # {_about(record, name)}"] if not value else []
            lines.append(f"  {name}: {_scalar(value)}".rstrip())
        elif values.get(name):
            lines.append(f"  {name}: {_scalar(values[name])}")
        elif name in WORTH[Thing.INDICATOR]:
            lines.append(f"  # {name}: {_about(record, name)}")
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    gap = "\n" if old and not old.endswith("\n\n") else ""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(f"{old}{gap}" + "\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(path)
    return _place(path, f"{key}:")


def _scalar(value: str) -> str:
    """A YAML scalar on one line: quoted where it would read as something else."""
    if not value:
        return ""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ,.()/_-]*", value) and ": " not in value:
        return value
    return "'" + value.replace("'", "''") + "'"
