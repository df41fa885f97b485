"""A data set of openly licensed rows only: what else goes, goes with its references, and is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from etl.checks.keys import REFERENCES, SOFT
from etl.read import Dataset, Row
from observatory.model.tables import TABLES, Table, reference_column
from observatory.model.vocab import PartyKind, Reuse


def open_only(data: Dataset) -> tuple[Dataset, Counter[str]]:
    """Rows of open sources, and how many rows of each table were left out.

    A row that needs a row left out is left out too; where the reference may be empty it is emptied.
    """
    kept = Dataset(data.root, dict(data.tables), [], set(data.broken))
    allowed = {
        row.record.source_id for row in data.rows("sources") if row.record.reuse is Reuse.OPEN
    }
    for _ in range(len(TABLES)):
        ids = {
            table.name: {
                getattr(row.record, reference_column(table.name)) for row in kept.rows(table.name)
            }
            for table in TABLES
        }
        before = sum(len(rows) for rows in kept.tables.values())
        for table in TABLES:
            kept.tables[table.name] = [
                fitted
                for row in kept.rows(table.name)
                if (table.name != "sources" or row.record.source_id in allowed)
                and (fitted := _fit(table, row, ids, allowed))
            ]
        if sum(len(rows) for rows in kept.tables.values()) == before:
            break
    left = Counter({name: len(data.rows(name)) - len(kept.rows(name)) for name in data.tables})
    return kept, +left


def _fit(table: Table, row: Row, ids: dict[str, set[str]], allowed: set[str]) -> Row | None:
    """The row with references to what is left out emptied; None if it cannot stay."""
    record = row.record
    if table.sourced and record.source_id not in allowed:
        return None
    changes: dict[str, str | None] = {}
    for column, (target, many) in REFERENCES[table.name].items():
        value = getattr(record, column)
        if value is None or column == "source_id":
            continue
        parts = value.split(";") if many else [value]
        left = [part for part in parts if part in ids[target]]
        if len(left) == len(parts):
            continue
        if not left and table.record.model_fields[column].is_required():
            return None
        changes[column] = ";".join(left) or None
    if any(
        getattr(record, column) not in ids[target]
        for column, target in SOFT.get(table.name, {}).items()
    ):
        return None
    if table.name == "observations":
        homes = ids["economies"] | ids["subnational"] | ids["organizations"]
        if record.entity_id not in homes:
            return None
    kind = getattr(record, "party_kind", None)
    if kind is PartyKind.ORGANIZATION and record.party_id not in ids["organizations"]:
        return None
    if not changes:
        return row
    raw = row.raw | {column: value or "" for column, value in changes.items()}
    return replace(row, record=record.model_copy(update=changes), raw=raw)
