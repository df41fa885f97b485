"""Group rows that speak of one thing and work out their states over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from etl.context import Context
from etl.derive.status import Candidate, Interval, history, order
from etl.read import Row
from observatory.model.differ import FIELDS
from observatory.model.ids import row_id
from observatory.model.tables import BY_NAME
from observatory.model.vocab import Confidence, OrgKind, StatusHint

# Which columns make a cell; the value that sources are compared by.
CELLS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "observations": (("indicator_id", "entity_id", "period", "span"), "value"),
    "deals": (("deal_id",), "amount"),
    "ipo_events": (("event_id",), "raise_amount"),
    "models": (("model_id",), None),
    "benchmark_results": (("benchmark_id", "model_name", "as_of"), "score"),
    "chips": (("chip_id",), None),
    "supercomputers": (("list_date", "rank"), "rmax_pflops"),
    "clusters": (("cluster_id",), None),
    "policies": (("policy_id",), None),
    "claims": (("claim_id",), None),
    "fx_rates": (("currency", "period"), "units_per_usd"),
    "organizations": (("org_id",), None),
    "earlier_models": (("model_id", "replaced_on"), None),
    "earlier_clusters": (("cluster_id", "replaced_on"), None),
    "earlier_supercomputers": (("list_date", "rank", "replaced_on"), "rmax_pflops"),
    "earlier_fx_rates": (("currency", "period", "replaced_on"), "units_per_usd"),
}

# Where no row of a cell names an amount in another currency, the sources' own dollars are compared.
DOLLARS = {"deals": "amount_usd_m", "ipo_events": "raise_usd_m"}

ORG_COLUMN = {
    "observations": "entity_id",
    "clusters": "owner_org_id",
    "earlier_clusters": "owner_org_id",
    "policies": "issuer_org_id",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one thing, and its states over time."""

    table: str
    cell_id: str
    candidates: tuple[Candidate, ...]
    intervals: tuple[Interval, ...]
    words: Mapping[str, Mapping[str, str]]
    """What each row says in words, by row id: texts by the words of `differ.FIELDS`."""


def public_id(row: Row) -> str:
    """Stable public id of a row: the hash of its key as printed in the file."""
    table = BY_NAME[row.table]
    return row_id(table.kind, *(row.raw.get(column, "") for column in table.key))


def own_names(context: Context) -> dict[str, set[str]]:
    """Names under which an organisation would be the origin of a source, by organisation."""
    public = {
        row.record.org_id
        for row in context.rows("organizations")
        if row.record.kind in (OrgKind.GOVERNMENT, OrgKind.CONSORTIUM)
    }
    names: dict[str, set[str]] = defaultdict(set)
    for row in context.rows("organizations"):
        if row.record.org_id not in public:
            names[row.record.org_id].add(row.record.name.casefold())
    for row in context.rows("names"):
        if row.record.org_id not in public and row.record.kind != "ticker":
            names[row.record.org_id].add(row.record.name.casefold())
    return names


def build_cells(context: Context) -> list[Cell]:
    """Every cell of every table with statuses, in a fixed order."""
    names = own_names(context)
    cells: list[Cell] = []
    for table, (columns, value) in CELLS.items():
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in context.rows(table):
            groups[tuple(row.raw.get(column, "") for column in columns)].append(row)
        for key, rows in sorted(groups.items()):
            currency = _main_currency(rows)
            found = tuple(_candidate(context, row, value, currency, names) for row in rows)
            words = {
                public_id(row): {
                    word: str(getattr(row.record, name) or "")
                    for word, name in FIELDS.get(table, {}).items()
                }
                for row in rows
            }
            cells.append(Cell(table, row_id("0", table, *key), found, tuple(history(found)), words))
    return cells


def _main_currency(rows: Iterable[Row]) -> str | None:
    """Currency most rows of a cell are in; amounts in others are not compared."""
    counts = Counter(c for row in rows if (c := getattr(row.record, "currency", None)))
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None


def _candidate(
    context: Context, row: Row, column: str | None, currency: str | None, names: dict[str, set[str]]
) -> Candidate:
    record, source = row.record, context.sources[row.record.source_id]
    value = getattr(record, column) if column else None
    text = row.raw.get(column, "") if column else ""
    if getattr(record, "currency", currency) != currency:
        value = None
    if value is None and currency in (None, "USD") and row.table in DOLLARS:
        millions = getattr(record, DOLLARS[row.table])
        if millions is not None:
            value, text = millions * 1e6, f"{row.raw[DOLLARS[row.table]]}e6"
    org = getattr(record, ORG_COLUMN.get(row.table, "org_id"), None)
    note = (getattr(record, "note", None) or "").casefold()
    hint = getattr(record, "status_hint", None)
    # Two relays of what a company says of itself are one voice: they never confirm each other.
    claim = hint is StatusHint.COMPANY_CLAIM and org
    return Candidate(
        row_id=public_id(row),
        source_id=record.source_id,
        origin=f"statement of {org}" if claim else source.origin,
        edition=source.edition or "",
        kind=source.kind,
        confidence=getattr(record, "confidence", Confidence.MEDIUM),
        known_on=context.known(row),
        value=value,
        text=text,
        hint=hint,
        barred="do not chart" in note,
        own=bool(org) and source.origin.casefold() in names.get(str(org), ()),
    )


def lead(cell: Cell, day: date) -> str | None:
    """Row that stands for a cell in lists on a day: the best usable one, else the best at all."""
    visible = [row for row in cell.candidates if row.known_on <= day]
    statuses = {
        key: status
        for interval in cell.intervals
        if interval.start <= day and (interval.end is None or day < interval.end)
        for key, status, _ in interval.state.statuses
    }
    ranked = sorted(
        visible, key=lambda row: (statuses[row.row_id] == "superseded", row.barred, order(row))
    )
    return ranked[0].row_id if ranked else None
