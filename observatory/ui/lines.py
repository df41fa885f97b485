"""Rows of the database as lines of a CSV: exact values with ids, status and source.

A handful of queries for any number of rows. Names are English and ids stay as they are, so that
a file does not depend on the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from observatory.cards.table import is_missing
from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import records

Row = Mapping[str, Any]

# For each table: what is measured, whom, when, how much, in which unit. A name in quotes is text.
_READ: Final[dict[str, tuple[str, str, str, str, str]]] = {
    "deals": ("kind", "org_id", "announced", "amount", "currency"),
    "ipo_events": ("stage", "org_id", "stage_date", "raise_amount", "currency"),
    "models": ("name", "org_id", "released", "params_b", "'billion parameters'"),
    "benchmark_results": ("benchmark_id", "model_name", "as_of", "score", "'score'"),
    "chips": ("name", "org_id", "released", "fp16_tflops", "'FP16 TFLOP/s'"),
    "supercomputers": ("system", "economy_id", "list_date", "rmax_pflops", "'PFLOP/s'"),
    "clusters": ("name", "economy_id", "date", "h100_equivalents", "'H100 equivalents'"),
    "policies": ("title", "economy_id", "date", "policy_status", "''"),
    "claims": ("statement", "entity_ids", "period", "claimed_value", "claimed_unit"),
    "fx_rates": ("'units per US dollar'", "currency", "period", "units_per_usd", "currency"),
    "organizations": ("name", "org_id", "founded", "kind", "''"),
}


def _read(row: Row, name: str) -> Any:
    return name.strip("'") if name.startswith("'") else row.get(name)


def _names(db: Database, ids: Sequence[str]) -> dict[str, str]:
    frame = db.query("entity_names", ids=sorted(set(ids)))
    return dict(zip(frame["entity_id"], frame["name"], strict=True))


def lines(db: Database, ids: Sequence[str], as_of: dt.date | None) -> list[dict[str, Any]]:
    """One dictionary a row in the order of `ids`; unknown ids are left out.

    Keys are those of `observatory.export.csv.RECEIPT_COLUMNS`.
    """
    tables: dict[str, list[str]] = {}
    for row_id in ids:
        if table := queries.KINDS.get(row_id[:1]):
            tables.setdefault(table, []).append(row_id)
    rows: dict[str, tuple[str, Row]] = {}
    for table, wanted in tables.items():
        for row in records(queries.rows_by_id(db, table, wanted, as_of)):
            rows[str(row["row_id"])] = (table, row)
    kept = [row for _, row in rows.values()]
    sources = {
        item["source_id"]: item
        for item in records(
            queries.sources_by_id(db, sorted({str(r.get("source_id")) for r in kept}))
        )
    }
    measures = {
        item["indicator_id"]: item
        for item in records(
            queries.indicators_by_id(
                db, sorted({str(r["indicator_id"]) for r in kept if r.get("indicator_id")})
            )
        )
    }
    entities = [
        str(r.get(key)) for r in kept for key in ("entity_id", "org_id", "economy_id") if r.get(key)
    ]
    names = _names(db, entities)
    return [
        _line(*rows[row_id], sources=sources, measures=measures, names=names)
        for row_id in ids
        if row_id in rows
    ]


def _line(
    table: str,
    row: Row,
    *,
    sources: Mapping[str, Row],
    measures: Mapping[str, Row],
    names: Mapping[str, str],
) -> dict[str, Any]:
    source = sources.get(str(row.get("source_id")), {})
    if table == "observations":
        measure = measures.get(str(row.get("indicator_id")), {})
        entity = str(row.get("entity_id") or "")
        value = row.get("value")
        body = {
            "indicator_id": row.get("indicator_id"),
            "measure": measure.get("name"),
            "entity_id": entity,
            "entity": names.get(entity, entity),
            "period": row.get("period"),
            "value": row.get("value_text") if is_missing(value) else value,
            "unit": row.get("unit"),
        }
    else:
        what, whom, when, amount, unit = _READ[table]
        entity = str(_read(row, whom) or "")
        body = {
            "measure": _read(row, what),
            "entity_id": entity,
            "entity": names.get(entity, entity),
            "period": _read(row, when),
            "value": _read(row, amount),
            "unit": _read(row, unit),
        }
    return {
        "row_id": row.get("row_id"),
        "table": table,
        **body,
        "status": row.get("status"),
        "status_reason": row.get("status_reason"),
        "source_id": row.get("source_id"),
        "source_title": source.get("title"),
        "source_publisher": source.get("publisher"),
        "source_url": source.get("url"),
        "locator": row.get("locator"),
        "published": source.get("published"),
        "read_on": source.get("read_on"),
        "known_on": row.get("known_on"),
        "licence": source.get("licence"),
        "reuse": source.get("reuse"),
        "attribution": source.get("attribution"),
        "note": row.get("note"),
    }
