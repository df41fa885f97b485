"""What the explorer may ask for: a closed list of tables and of their columns, with what each holds.

Names of tables and columns in the explorer's SQL come from here and from nowhere else; whatever a
reader types travels as a parameter. A test holds the list against the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["text", "word", "id", "number", "integer", "date", "period", "flag"]
"""`word`: of a closed vocabulary; `id`: names a thing; `period`: a date as precise as stated."""

SOURCE: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "source_title": "text",
        "publisher": "text",
        "origin": "text",
        "source_url": "text",
        "source_kind": "word",
        "published": "text",
        "read_on": "date",
        "licence": "text",
        "reuse": "word",
        "attribution": "text",
    }
)
"""Columns that every row gets from its source."""

FIRST: Final = "first"
"""Not a column but an order: the measures that stand for their pillar before all others."""

_ROW: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "confidence": "word",
        "source_id": "id",
        "locator": "text",
        "note": "text",
        "known_on": "date",
        "place": "text",
        "row_id": "id",
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `fields`: its columns in order; `shown`: those a reader sees first; `order`: how it
    is sorted unless asked otherwise, `-` for the largest first. `period`: the column whose days
    stand in period_start and period_end; `lead`: one row of each thing is marked as chosen;
    `placed`: rows belong to economies."""

    id: str
    fields: Mapping[str, Kind]
    shown: tuple[str, ...]
    order: tuple[str, ...]
    period: str = ""
    lead: bool = False
    placed: bool = True

    @property
    def receipts(self) -> bool:
        """Whether its rows have receipts: sources are what receipts lead to."""
        return self.id != "sources"


def _table(
    name: str,
    own: Mapping[str, Kind],
    shown: tuple[str, ...],
    order: tuple[str, ...],
    *,
    period: str = "",
    lead: bool = False,
    leave: frozenset[str] = frozenset(),
) -> Table:
    dated: dict[str, Kind] = {"period_start": "date", "period_end": "date"} if period else {}
    led: dict[str, Kind] = {"chosen": "flag", "n_sources": "integer"} if lead else {}
    rated: dict[str, Kind] = {"status": "word", "status_reason": "word"}
    fields = {**own, **dated, **rated, **led, **_ROW, **SOURCE}
    kept = {key: kind for key, kind in fields.items() if key not in leave}
    return Table(name, MappingProxyType(kept), shown, order, period, lead)


_ALL: Final = (
    _table(
        "observations",
        {
            "measure": "text", "indicator_id": "id", "domain": "word", "pillar": "word", "value_kind": "word",
            "entity": "text", "entity_id": "id", "entity_kind": "word", "economy_id": "id", "period": "period",
            "span": "text", "value": "number", "value_text": "text", "unit": "text", "is_forecast": "flag",
        },
        ("measure", "entity", "period", "value", "unit", "status", "publisher"),
        (FIRST, "measure", "indicator_id", "entity", "-period"),
        period="period", lead=True,
    ),
    _table(
        "deals",
        {
            "deal_id": "id", "org": "text", "org_id": "id", "economy_id": "id", "host_economy": "id",
            "announced": "period", "kind": "word", "round": "text", "amount": "number", "currency": "id",
            "usd": "number", "usd_basis": "word", "post_money_usd_m": "number", "investors": "text",
            "commitment": "word",
        },
        ("announced", "org", "economy_id", "kind", "amount", "currency", "usd", "commitment", "status", "publisher"),
        ("-announced", "deal_id"),
        period="announced", lead=True,
    ),
    _table(
        "ipo_events",
        {
            "ipo_id": "id", "event_id": "id", "org": "text", "org_id": "id", "economy_id": "id", "exchange": "id",
            "stage": "word", "stage_date": "period", "raise_amount": "number", "currency": "id", "usd": "number",
            "usd_basis": "word", "valuation_usd_m": "number", "ticker": "text",
        },
        ("stage_date", "org", "economy_id", "exchange", "stage", "raise_amount", "currency", "status", "publisher"),
        ("-stage_date", "ipo_id"),
        period="stage_date", lead=True,
    ),
    _table(
        "models",
        {
            "model_id": "id", "name": "text", "native_name": "text", "org": "text", "org_id": "id", "economy_id": "id",
            "released": "period", "modality": "word", "params_b": "number", "active_params_b": "number",
            "context_tokens": "integer", "open_weights": "flag", "model_licence": "text", "notable_epoch": "flag",
        },
        ("name", "org", "economy_id", "released", "modality", "params_b", "open_weights", "status", "publisher"),
        ("-released", "name"),
        period="released",
    ),
    _table(
        "results",
        {
            "benchmark": "text", "benchmark_id": "id", "metric": "text", "unit": "text", "modality": "word",
            "language_scope": "text", "model_name": "text", "model_id": "id", "org": "text", "org_id": "id",
            "economy_id": "id", "score": "number", "rank": "integer", "ci_low": "number", "ci_high": "number",
            "board_date": "period",
        },
        ("benchmark", "board_date", "rank", "model_name", "org", "economy_id", "score", "unit", "publisher"),
        ("benchmark", "benchmark_id", "-board_date", "rank"),
        period="board_date",
    ),
    _table(
        "chips",
        {
            "chip_id": "id", "name": "text", "native_name": "text", "org": "text", "org_id": "id", "economy_id": "id",
            "released": "period", "process_nm": "number", "foundry": "text", "memory_type": "text",
            "memory_gb": "number", "memory_bandwidth_gbs": "number", "fp16_tflops": "number", "int8_tops": "number",
            "tdp_w": "number", "chip_status": "word",
        },
        ("name", "org", "economy_id", "released", "process_nm", "memory_gb", "fp16_tflops", "tdp_w", "status",
         "publisher"),
        ("-released", "name"),
        period="released", lead=True, leave=frozenset({"n_sources"}),
    ),
    _table(
        "clusters",
        {
            "cluster_id": "id", "name": "text", "org": "text", "org_id": "id", "economy_id": "id", "chip": "text",
            "chip_count": "integer", "power_mw": "number", "h100_equivalents": "number", "cluster_status": "word",
            "date": "period",
        },
        ("name", "org", "economy_id", "date", "cluster_status", "chip", "chip_count", "h100_equivalents",
         "status", "publisher"),
        ("-h100_equivalents", "name"),
        period="date",
    ),
    _table(
        "supercomputers",
        {
            "list_date": "period", "rank": "integer", "system": "text", "site": "text", "org": "text", "org_id": "id",
            "economy_id": "id", "vendor": "text", "rmax_pflops": "number", "accelerator": "text",
        },
        ("list_date", "rank", "system", "site", "economy_id", "rmax_pflops", "accelerator", "publisher"),
        ("-list_date", "rank"),
        period="list_date",
    ),
    _table(
        "policies",
        {
            "policy_id": "id", "title": "text", "title_native": "text", "economy_id": "id", "date": "period",
            "effective_from": "text", "kind": "word", "policy_status": "word", "actor": "word", "org": "text",
            "org_id": "id", "topics": "text", "summary": "text",
        },
        ("date", "title", "economy_id", "kind", "policy_status", "org", "status", "publisher"),
        ("-date", "policy_id"),
        period="date", lead=True,
    ),
    _table(
        "claims",
        {
            "claim_id": "id", "document": "id", "statement": "text", "entity_ids": "text", "topic": "word",
            "claimed_value": "text", "claimed_unit": "text", "period": "text", "verdict": "word", "fault": "word",
            "evidence": "text", "checked_on": "date",
        },
        ("claim_id", "statement", "topic", "verdict", "evidence", "checked_on", "publisher"),
        ("claim_id",),
        leave=frozenset({"status", "status_reason"}),
    ),
    _table(
        "organizations",
        {
            "org_id": "id", "name": "text", "native_name": "text", "other_names": "text", "economy_id": "id",
            "kind": "word", "stack_layer": "word", "parent_org_id": "id", "founded": "text", "tickers": "text",
            "website": "text",
        },
        ("name", "native_name", "economy_id", "kind", "stack_layer", "founded", "tickers", "status", "publisher"),
        ("name",),
        leave=frozenset({"confidence", "locator"}),
    ),
    Table(
        "sources",
        MappingProxyType(
            {
                "source_id": "id", "source_title": "text", "publisher": "text", "origin": "text", "edition": "text",
                "published": "text", "read_on": "date", "known_on": "date", "source_kind": "word", "language": "id",
                "rows_on_file": "integer", "licence": "text", "reuse": "word", "redistribute": "word",
                "attribution": "text", "source_url": "text", "note": "text", "place": "text",
            }
        ),
        ("source_title", "publisher", "origin", "source_kind", "published", "rows_on_file", "reuse", "licence"),
        ("-rows_on_file", "source_id"),
        placed=False,
    ),
)  # fmt: skip

TABLES: Final[Mapping[str, Table]] = MappingProxyType({one.id: one for one in _ALL})
