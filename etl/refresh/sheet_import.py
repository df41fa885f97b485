"""``python -m etl import``: a spreadsheet by hand, through the same comparison and acceptance."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer
import yaml
from pydantic import Field, ValidationError

from etl.findings import report
from etl.refresh import words
from etl.refresh.accept import Refused, accept, recover
from etl.refresh.command import day
from etl.refresh.curated import Curated, Unfit
from etl.refresh.diff import Plan, plan
from etl.refresh.faults import Fault, listed
from etl.refresh.kit import Kit
from etl.refresh.names import Names
from etl.refresh.received import Received, first_look, local
from etl.refresh.spec import Assertions, FileSpec, Licence, Spec, Strict, Upstream
from etl.refresh.tabular import LINE, Row, csv_rows, xlsx_rows
from etl.store import Store
from observatory.model.time import PeriodError, parse_period
from observatory.model.vocab import Confidence, Redistribute, Reuse, SourceKind, StatusHint

OK, INVALID, USAGE = 0, 1, 2


class Mapping(Strict):
    """Which columns of a file are what. ``wide``: each further column is a period."""

    indicator: str | None = None
    indicator_column: str | None = None
    source: str
    entity: str
    period: str | None = None
    value: str | None = None
    note: str | None = None
    layout: Literal["long", "wide"] = "long"
    confidence: Confidence = Confidence.HIGH
    status_hint: StatusHint = StatusHint.REPORTED
    locator: str = "row {row}"
    entities: dict[str, str] = Field(default_factory=dict)

    def columns(self) -> list[str]:
        named = (self.entity, self.indicator_column, self.period, self.value, self.note)
        return [column for column in named if column]


def import_file(
    file: Annotated[Path, typer.Argument(help="Spreadsheet (.xlsx) or CSV.")],
    mapping: Annotated[
        Path | None, typer.Option("--map", help="Saved mapping; without it you are asked.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Keep the answers as a mapping here.")] = None,
    take: Annotated[bool, typer.Option("--accept", help="Write what is printed.")] = False,
    read_on: Annotated[str, typer.Option(help="Day the file was read; default: today.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Print every row.")] = False,
    data: Annotated[Path, typer.Option("--data", help="Folder of curated files.")] = Path("data"),
    var: Annotated[Path, typer.Option("--var", help="Folder of builds.")] = Path("var"),
) -> None:
    """Read values from a spreadsheet, say what would change, and write it with --accept."""
    for path in (data, file, *([mapping] if mapping else [])):
        if not path.exists():
            typer.echo(f"{path}: no such file or folder", err=True)
            raise typer.Exit(USAGE)
    form: Literal["csv", "xlsx"] = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    today = day(read_on, "--read-on") if read_on else date.today()
    try:
        item = local("sheet", file, today, None, 20)
        first_look(item, form)
        rows = _read(item, form, [])
        known = _load(mapping) if mapping else _ask(rows, Curated(data))
        if save:
            _save(known, save)
        rows = _read(item, form, known.columns())
        found = _plan(item, rows, known, Curated(data), today, form)
        for line in words.describe(found, every):
            typer.echo(line)
        if not take:
            again = "Nothing was written. The same command with --accept writes it."
            typer.echo(again if found.changes else "Nothing would change.")
            raise typer.Exit(OK)
        with Store(var).locked():
            recover(data)
            found.kit.curated = Curated(data)
            done = accept(found)
    except (Fault, Unfit) as fault:
        typer.echo(f"stopped: {fault}", err=True)
        raise typer.Exit(INVALID) from fault
    except Refused as fault:
        typer.echo("not written, the checks of the build would stop at:", err=True)
        for line in report(fault.findings, 20):
            typer.echo(f"  {line}", err=True)
        raise typer.Exit(INVALID) from fault
    typer.echo(f"accepted {words.in_short(found)}")
    for name in done.files:
        typer.echo(f"  wrote {data}/{name}")
    typer.echo("Now: python -m etl build")


def _read(item: Received, form: Literal["csv", "xlsx"], columns: list[str]) -> list[Row]:
    spec = FileSpec(matches=["*"], format=form, columns=columns)
    rows = xlsx_rows(item, spec) if form == "xlsx" else csv_rows(item, spec)
    if not rows:
        raise Fault("rows below the header", "none", item.where)
    return rows


def _load(path: Path) -> Mapping:
    try:
        text = path.read_text(encoding="utf-8")
        return Mapping.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - texts only
    except yaml.YAMLError as fault:
        raise Fault("a mapping in YAML", str(fault), path.name) from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Fault(
            f"a mapping with {listed(Mapping.model_fields, 20)}",
            f"{place}: {first['msg']}",
            path.name,
        ) from fault


def _save(known: Mapping, path: Path) -> None:
    said = {key: value for key, value in known.model_dump(mode="json").items() if value}
    path.write_text(yaml.safe_dump(said, sort_keys=False, allow_unicode=True), encoding="utf-8")
    typer.echo(f"Mapping kept in {path}")


def _ask(rows: list[Row], curated: Curated) -> Mapping:
    """Ask which column is what; an answer that is no column is asked again."""
    header = [name for name in rows[0] if name != LINE and name]
    typer.echo(f"Columns: {', '.join(header)}")
    first = {name: rows[0][name] for name in header}
    typer.echo(f"First row: {', '.join(f'{name}={value}' for name, value in first.items())}")

    def column(what: str, optional: bool = False) -> str | None:
        while True:
            said = str(typer.prompt(f"Column of the {what}", default="" if optional else None))
            if said in header or (optional and not said):
                return said or None
            typer.echo(f"{said!r} is no column; expected one of {', '.join(header)}")

    def one_of(what: str, known: list[str]) -> str:
        while True:
            said = str(typer.prompt(what))
            if said in known:
                return said
            typer.echo(f"{said!r} is not on file; python -m etl new adds it")

    indicator = one_of("Id of the indicator", list(curated.indicators))
    source = one_of("Id of the source", [row["source_id"] for row in curated.rows("sources")])
    entity = column("economy or organisation")
    wide = [name for name in header if _period(name)]
    if wide and typer.confirm(f"Are {listed(wide)} periods with a value each?", default=True):
        return Mapping(indicator=indicator, source=source, entity=str(entity), layout="wide")
    return Mapping(
        indicator=indicator,
        source=source,
        entity=str(entity),
        period=column("period"),
        value=column("value"),
        note=column("remark, if there is one", optional=True),
    )


def _period(text: str) -> str | None:
    """A canonical period of a cell or head: 2025, 2025-Q1, Q1 2025, 2025.0."""
    text = text.strip()
    flipped = re.fullmatch(r"([QH]\d)\s*(20\d\d)", text)
    text = f"{flipped[2]}-{flipped[1]}" if flipped else re.sub(r"(?<=\d)\s+(?=[QH]\d)", "-", text)
    try:
        return parse_period(text).text
    except PeriodError:
        return None


def _plan(
    item: Received,
    rows: list[Row],
    known: Mapping,
    curated: Curated,
    today: date,
    form: Literal["csv", "xlsx"],
) -> Plan:
    sources = {row["source_id"]: row for row in curated.rows("sources")}
    source = sources.get(known.source)
    if source is None:
        raise Fault(
            f"the source {known.source!r} in data/sources.csv",
            "none; python -m etl new source adds it",
        )
    kit = Kit(_upstream(source, form), [item], curated, Names(curated), today)
    kit.counted[item.name] = len(rows)
    bodies = {row["org_id"] for row in curated.rows("organizations")}
    areas = {row["economy_id"] for row in curated.rows("economies")} | {
        row["subnational_id"] for row in curated.rows("subnational")
    }
    pairs: set[tuple[str, str]] = set()
    for row in rows:
        raw = row[known.entity].strip()
        if not raw:
            kit.left_out["rows without a name"] += 1
            continue
        entity = known.entities.get(raw, raw)
        if entity not in bodies | areas:
            entity = kit.names.economy(raw)[1] or kit.names.organization(raw)
        if not entity:
            kit.report(
                "organization",
                raw,
                "its rows are left out; name it under 'entities' of the mapping",
            )
            continue
        indicator = known.indicator or row[str(known.indicator_column)]
        for period, text in _cells(row, known, item):
            pairs.add((indicator, known.source))
            kit.observation(
                item, indicator, known.source, entity, period, text,
                known.locator.format(row=row[LINE], file=item.name),
                confidence=str(known.confidence), hint=str(known.status_hint),
                note=row.get(known.note or "", "").strip(),
            )  # fmt: skip
    if not kit.items:
        raise Fault("rows with an entity, a period and a value", "none", item.where)
    # A spreadsheet may hold a part of a series: what it does not say is not withdrawn.
    kit.observations_of(pairs, lambda row: False)
    return plan(kit)


def _cells(row: Row, known: Mapping, item: Received) -> list[tuple[str, str]]:
    if known.layout == "wide":
        pairs = [(name, text) for name, text in row.items() if name != LINE and _period(name)]
    else:
        if not (known.period and known.value):
            raise Fault("a mapping with period and value, or layout: wide", "neither")
        pairs = [(row[known.period], row[known.value])]
    found = []
    for name, printed in pairs:
        text = printed.strip().replace("\u00a0", "").removesuffix("%").strip()
        period = _period(name)
        if not text or text in ("-", "–", "..", "n/a", "N/A"):
            continue
        if period is None:
            raise Fault(
                "a period such as 2025 or 2025-Q1", f"{name!r} in row {row[LINE]}", item.where
            )
        if "," in text:
            raise Fault(
                "numbers without thousands separators", f"{text!r} in row {row[LINE]}", item.where
            )
        found.append((period, text))
    return found


def _upstream(source: dict[str, str], form: Literal["csv", "xlsx"]) -> Upstream:
    """A spreadsheet as an upstream: what is known of it stands in its row of the sources."""
    spec = Spec(
        title=f"Import for {source['title']}",
        publisher=source["publisher"],
        origin=source["origin"],
        kind=SourceKind(source["kind"]),
        language=source["language"] or "en",
        licence=Licence(
            id=source["licence"],
            reuse=Reuse(source["reuse"]),
            redistribute=Redistribute(source["redistribute"]),
            attribution=source["attribution"],
        ),
        rhythm="by hand",
        rhythm_days=365,
        home=source["url"] or "https://example.org/",
        we_take="What the mapping names.",
        checked_on=source["read_on"],
        belongs=[source["source_id"]],
        files={"sheet": FileSpec(matches=["*"], format=form)},
        assertions=Assertions(withdrawn_share=1, growth=1e9),
    )
    return Upstream("import", spec)
