"""Everything a receipt says of a row, gathered from the build and put into words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import labels, links, reasons
from observatory.views.labels import clean
from observatory.views.receipt_bodies import BODIES, Row, money


def receipt(
    db: Database, row_id: str, t: Translator, as_of: date | None = None
) -> dict[str, Any] | None:
    """The receipt of a row as known on ``as_of``; None if this build holds no such row by then.

    Keys: row_id, kind, title, native_title, native_lang, entity_name, value_text_exact, value, unit,
    unit_label, period, status, status_reason, confidence, note, locator, source, others, rule, trail,
    details, indicator. A missing part is an empty text, list or mapping.
    """
    table = queries.KINDS.get(row_id[:1])
    if not table:
        return None
    cell = queries.cell_of_row(db, row_id, as_of)
    ids = cell["row_id"].tolist() if len(cell) else [row_id]
    rows = {row["row_id"]: row for row in records(queries.rows_by_id(db, table, ids, as_of))}
    row = rows.get(row_id)
    if row is None:
        return None
    state = {item["row_id"]: item for item in records(cell)}
    sources = {
        item["source_id"]: item
        for item in records(
            queries.sources_by_id(db, sorted({item["source_id"] for item in rows.values()}))
        )
    }
    own = state.get(row_id, {})
    status, code = clean(own.get("status")), clean(own.get("status_reason"))
    entities = _entities(db, row, t)
    body = BODIES[table](db, row, t, entities)
    rule = clean(own.get("rule"))
    out: dict[str, Any] = {
        "row_id": row_id,
        "kind": "observation" if table == "observations" else table,
        "status": status,
        "status_reason": reasons.status_reason(code, t),
        "confidence": clean(row.get("confidence")),
        "note": clean(row.get("note")),
        "note_lang": "en",
        "locator": clean(row.get("locator")),
        "source": _source(sources.get(row["source_id"], {}), row, t),
        "others": [
            _other(other, state.get(key, {}), sources.get(other["source_id"], {}), row, table, t)
            for key, other in sorted(rows.items())
            if key != row_id
        ],
        "rule": reasons.headline_rule(rule, t) if len(rows) > 1 or rule != "only_source" else "",
        "chosen": own.get("chosen_row_id") == row_id,
        "compare": links.conflicts(cell_id=clean(own.get("cell_id"))) if len(rows) > 1 else "",
        "details": [],
        "indicator": {},
    } | body
    out["details"] = (
        [*out["details"], (t("Confidence"), labels.confidence(out["confidence"], t))]
        if out["confidence"]
        else out["details"]
    )
    out["trail"] = _trail(out, row, db, t)
    return out


def _entities(db: Database, row: Row, t: Translator) -> dict[str, str]:
    """Names of everything a row refers to, by id."""
    columns = (
        "entity_id",
        "org_id",
        "economy_id",
        "owner_org_id",
        "site_org_id",
        "issuer_org_id",
        "host_economy",
        "parent_org_id",
    )
    ids = sorted({clean(row.get(column)) for column in columns} - {""})
    if clean(row.get("entity_ids")):
        ids += clean(row["entity_ids"]).split(";")
    found: dict[str, str] = {}
    for item in records(queries.entity_names(db, ids)):
        if item["entity_kind"] == "economy":
            found[item["entity_id"]] = labels.economy_name({**item, "name_en": item["name"]}, t)
        else:
            found[item["entity_id"]] = labels.org_name(
                item["name"], item["native_name"], item["native_language"], t
            ).main
    return found


def licence(text: str, t: Translator) -> str:
    """A licence as on file; what is said of missing ones in the reader's language."""
    match text:
        case "press or official page, single figures cited":
            return t("press or official page, single figures cited")
        case "page text, single figures cited":
            return t("page text, single figures cited")
        case "not stated" | "none stated":
            return t("none stated")
        case "not checked" | "none seen" | "terms not seen":
            return t("terms not read yet")
        case "not checked; cited figures":
            return t("terms not read yet, single figures cited")
        case "not checked; vendor figures" | "none seen; vendor figures":
            return t("terms not read yet, figures of a vendor")
        case _:
            return text


def _source(source: Row, row: Row, t: Translator) -> dict[str, Any]:
    known = row.get("known_on")
    return {
        "source_id": clean(source.get("source_id")),
        "title": clean(source.get("title")),
        "url": clean(source.get("url")),
        "publisher": clean(source.get("publisher")),
        "origin": clean(source.get("origin")),
        "edition": clean(source.get("edition")),
        "published": clean(source.get("published")),
        "read_on": clean(source.get("read_on")),
        "known_on": pd.Timestamp(known).date().isoformat()
        if known is not None and known == known
        else "",
        "language": clean(source.get("language")),
        "language_name": ev.language(clean(source.get("language")), t) if source else "",
        "tier": ev.tier(clean(source.get("source_kind")), t) if source else "",
        "allows": ev.reuse(clean(source.get("reuse")), t) if source else "",
        "href": links.source(clean(source.get("source_id"))) if source else "",
        "licence": licence(clean(source.get("licence")), t),
        "reuse": clean(source.get("reuse")),
        "attribution": clean(source.get("attribution")),
        "kind": clean(source.get("source_kind")),
    }


_VALUES = {
    "observations": "value",
    "benchmark_results": "score",
    "supercomputers": "rmax_pflops",
    "fx_rates": "units_per_usd",
}


def _other(
    other: Row, state: Row, source: Row, row: Row, table: str, t: Translator
) -> dict[str, Any]:
    column = _VALUES.get(table)
    value = other.get(column) if column else None
    mine = row.get(column) if column else None
    diff = None
    if isinstance(value, float) and isinstance(mine, float) and mine and value == value:
        diff = (value - mine) / abs(mine) * 100
    shown = _short_value(other, table, t)
    if (
        table == "deals"
        and other.get("currency") == row.get("currency")
        and row.get("amount")
        and other.get("amount")
    ):
        diff = (other["amount"] - row["amount"]) / row["amount"] * 100
    return {
        "row_id": other["row_id"],
        "value": value,
        "value_text_exact": shown,
        "diff_pct": diff if diff == diff else None,
        "status": clean(state.get("status")),
        "confidence": clean(other.get("confidence")),
        "source_title": clean(source.get("title")),
        "publisher": clean(source.get("publisher")),
        "origin": clean(source.get("origin")),
        "chosen": state.get("chosen_row_id") == other["row_id"],
    }


def _short_value(row: Row, table: str, t: Translator) -> str:
    match table:
        case "observations":
            return t.exact(clean(row["value_text"]), "")
        case "deals":
            return money(row, "amount", "amount_usd_m", t)
        case "ipo_events":
            return money(row, "raise_amount", "raise_usd_m", t) or t.period(
                clean(row["stage_date"])
            )
        case "benchmark_results":
            return t.number(row["score"]) if row["score"] == row["score"] else ""
        case "policies":
            return t.period(clean(row["date"])) or labels.policy_status(row["policy_status"], t)
        case "chips":
            return t.period(clean(row["released"]))
        case _:
            return ""


def _trail(out: Mapping[str, Any], row: Row, db: Database, t: Translator) -> list[dict[str, str]]:
    source = out["source"]
    steps = [
        (t("Source"), ", ".join(part for part in (source["title"], out["locator"]) if part)),
        (t("Curated row"), clean(row.get("place"))),
        (t("Row id"), clean(row.get("row_id"))),
    ]
    if clean(row.get("usd_basis")):
        words = reasons.dollars(
            clean(row["usd_basis"]),
            row.get("usd_rate"),
            clean(row.get("usd_rate_period")),
            clean(row.get("currency")),
            t,
        )
        steps.append((t("US dollars"), words))
    if out.get("shown_text"):
        steps.append((t("Shown as"), str(out["shown_text"])))
    steps.append((t("Build"), db.build_id))
    return [{"step": step, "text": text} for step, text in steps if text]
