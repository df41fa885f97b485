"""One dated stream of what happened and what is due: policies, deals, listings, models, chips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.context import Context
from observatory.model.time import parse_period
from observatory.model.vocab import EventKind, PolicyKind

COLUMNS = [
    "event_id",
    "row_id",
    "kind",
    "subkind",
    "economy_id",
    "org_id",
    "date",
    "date_start",
    "date_end",
    "date_precision",
    "effective",
    "title",
    "title_native",
    "usd",
    "valid_from",
    "valid_to",
]
TABLES = {
    "policies": EventKind.POLICY,
    "deals": EventKind.DEAL,
    "ipo_events": EventKind.IPO,
    "models": EventKind.MODEL,
    "chips": EventKind.CHIP,
}
EXPORT_CONTROL = "chips_export_control"


def events(
    context: Context, records: dict[str, list[dict[str, Any]]], cells: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """One row an event and interval of knowledge, told by the row that leads its cell."""
    rows = {name: {row["row_id"]: row for row in records[name]} for name in TABLES}
    homes = {row.record.org_id: row.record.economy_id for row in context.rows("organizations")}
    control = {
        row.record.policy_id
        for row in context.rows("policy_topics")
        if row.record.topic == EXPORT_CONTROL
    }
    yield from _earlier(records, cells, homes, control)
    for cell in cells:
        if cell["table_name"] not in TABLES:
            continue
        row = rows[cell["table_name"]][cell["lead_row_id"]]
        for event in _of(cell["table_name"], row, homes, control):
            yield {
                **event,
                "event_id": f"{cell['cell_id']}{'e' if event['effective'] else ''}",
                "row_id": cell["lead_row_id"],
                "valid_from": cell["valid_from"],
                "valid_to": cell["valid_to"],
            }


def _earlier(
    records: dict[str, list[dict[str, Any]]],
    cells: list[dict[str, Any]],
    homes: dict[str, str | None],
    control: set[str],
) -> Iterator[dict[str, Any]]:
    """Releases of models as they were told before a revision, up to the day of it."""
    now = {row["model_id"]: row["row_id"] for row in records["models"]}
    before = {row["row_id"]: row for row in records["earlier_models"]}
    for cell in cells:
        row = before.get(cell["lead_row_id"])
        if cell["table_name"] != "earlier_models" or row is None or row["model_id"] not in now:
            continue
        end = date.fromisoformat(row["replaced_on"])
        if cell["valid_from"] < end:
            for event in _of("models", row, homes, control):
                yield {
                    **event,
                    "event_id": cell["cell_id"],
                    "row_id": now[row["model_id"]],
                    "valid_from": cell["valid_from"],
                    "valid_to": min(cell["valid_to"] or end, end),
                }


def _of(
    table: str, row: dict[str, Any], homes: dict[str, str | None], control: set[str]
) -> Iterator[dict[str, Any]]:
    kind = TABLES[table]
    org = row.get("issuer_org_id" if table == "policies" else "org_id")
    event: dict[str, Any] = {
        "kind": str(kind),
        "org_id": org,
        "economy_id": row.get("economy_id") or row.get("host_economy") or homes.get(org or ""),
        "title_native": row.get("title_native") or row.get("native_name"),
        "usd": row.get("usd"),
        "effective": False,
    }
    dates: list[tuple[str | None, bool]]
    match table:
        case "policies":
            if row["kind"] == PolicyKind.DISPUTE:
                event["kind"] = str(EventKind.DISPUTE)
            elif row["policy_id"] in control:
                event["kind"] = str(EventKind.EXPORT_CONTROL)
            event |= {"subkind": row["kind"], "title": row["title"]}
            dates = [(row["date"], False)]
            if row["effective_from"] and row["effective_from"] != row["date"]:
                dates.append((row["effective_from"], True))
        case "deals":
            event |= {
                "subkind": row["kind"],
                "title": row["round"],
                "economy_id": homes.get(org or ""),
            }
            dates = [(row["announced"], False)]
        case "ipo_events":
            event |= {"subkind": row["stage"], "title": row["exchange"]}
            dates = [(row["stage_date"], False)]
        case "models":
            event |= {"subkind": row["modality"], "title": row["name"]}
            dates = [(row["released"], False)]
        case _:
            event |= {"subkind": row["status"], "title": row["name"]}
            dates = [(row["released"], False)]
    for text, effective in dates:
        if text:
            period = parse_period(text)
            yield event | {
                "date": text,
                "date_start": period.start,
                "date_end": period.end,
                "date_precision": period.precision,
                "effective": effective,
            }
