"""Words of the explorer: names of tables and columns, values of closed vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from observatory.cards.words import status_label
from observatory.db.queries_explorer import MISSING
from observatory.i18n import N_, Translator
from observatory.views import claims, evidence_parts, labels, reasons

TABLE_NAMES: Final[Mapping[str, str]] = {
    "observations": N_("Measured values"),
    "deals": N_("Deals"),
    "ipo_events": N_("Listing stages"),
    "models": N_("Models"),
    "results": N_("Test results"),
    "chips": N_("Chips"),
    "clusters": N_("Clusters"),
    "supercomputers": N_("Supercomputers"),
    "policies": N_("Policies"),
    "claims": N_("Claims"),
    "organizations": N_("Organisations"),
    "sources": N_("Sources"),
}

NAMES: Final[Mapping[str, str]] = {
    "active_params_b": N_("Active parameters, billion"),
    "actor": N_("Whose act"),
    "accelerator": N_("Accelerator"),
    "amount": N_("Amount"),
    "announced": N_("Announced"),
    "attribution": N_("Credit"),
    "benchmark": N_("Board"),
    "benchmark_id": N_("Id of the board"),
    "board_date": N_("Date of the board"),
    "checked_on": N_("Checked on"),
    "chip": N_("Chip"),
    "chip_count": N_("Number of chips"),
    "chip_id": N_("Id of the chip"),
    "chip_status": N_("On sale"),
    "chosen": N_("Headline"),
    "ci_high": N_("Interval, upper end"),
    "ci_low": N_("Interval, lower end"),
    "claim_id": N_("Id of the claim"),
    "claimed_unit": N_("Claimed unit"),
    "claimed_value": N_("Claimed figure"),
    "cluster_id": N_("Id of the cluster"),
    "cluster_status": N_("State"),
    "commitment": N_("How firm"),
    "confidence": N_("Confidence"),
    "context_tokens": N_("Context, tokens"),
    "currency": N_("Currency"),
    "date": N_("Date"),
    "deal_id": N_("Id of the deal"),
    "document": N_("Document"),
    "domain": N_("Subject"),
    "economy_id": N_("Economy"),
    "edition": N_("Edition"),
    "effective_from": N_("In effect from"),
    "entity": N_("Whose value"),
    "entity_id": N_("Id of whose value"),
    "entity_ids": N_("Names"),
    "entity_kind": N_("Economy, province or organisation"),
    "event_id": N_("Id of the stage"),
    "evidence": N_("Evidence"),
    "exchange": N_("Exchange"),
    "fault": N_("How it goes wrong"),
    "foundry": N_("Foundry"),
    "founded": N_("Founded"),
    "fp16_tflops": N_("16-bit, TFLOP/s"),
    "h100_equivalents": N_("H100 equivalents"),
    "host_economy": N_("Spent in"),
    "indicator_id": N_("Id of the measure"),
    "int8_tops": N_("8-bit, TOP/s"),
    "investors": N_("Investors"),
    "ipo_id": N_("Id of the listing"),
    "is_forecast": N_("Forecast or plan"),
    "issuer": N_("Issued by"),
    "kind": N_("Kind"),
    "known_on": N_("Known on"),
    "language": N_("Language"),
    "language_scope": N_("Languages tested"),
    "licence": N_("Licence of the source"),
    "list_date": N_("List"),
    "locator": N_("Where in the source"),
    "measure": N_("Measure"),
    "memory_bandwidth_gbs": N_("Memory bandwidth, GB/s"),
    "memory_gb": N_("Memory, GB"),
    "memory_type": N_("Memory type"),
    "metric": N_("What is measured"),
    "modality": N_("Modality"),
    "model_id": N_("Id of the model"),
    "model_licence": N_("Licence of the model"),
    "model_name": N_("Name on the board"),
    "n_sources": N_("Sources"),
    "name": N_("Name"),
    "native_name": N_("Name in its own script"),
    "notable_epoch": N_("Notable by Epoch AI"),
    "note": N_("Remark"),
    "open_weights": N_("Open weights"),
    "org": N_("Organisation"),
    "org_id": N_("Id of the organisation"),
    "origin": N_("Comes from"),
    "other_names": N_("Other names"),
    "params_b": N_("Parameters, billion"),
    "parent_org_id": N_("Parent"),
    "period": N_("Period"),
    "period_end": N_("Last day"),
    "period_start": N_("First day"),
    "pillar": N_("Pillar"),
    "place": N_("File and line"),
    "policy_id": N_("Id of the policy"),
    "policy_status": N_("State"),
    "post_money_usd_m": N_("Worth after the round, US$ million"),
    "power_mw": N_("Power, MW"),
    "process_nm": N_("Process, nm"),
    "published": N_("Published"),
    "publisher": N_("Publisher"),
    "raise_amount": N_("Raised"),
    "rank": N_("Rank"),
    "read_on": N_("Read on"),
    "redistribute": N_("May be passed on"),
    "released": N_("Released"),
    "reuse": N_("Reuse"),
    "rmax_pflops": N_("Rmax, PFLOP/s"),
    "round": N_("Round"),
    "row_id": N_("Row"),
    "rows_on_file": N_("Rows on file"),
    "score": N_("Score"),
    "site": N_("Site"),
    "source_id": N_("Id of the source"),
    "source_kind": N_("Kind of source"),
    "source_title": N_("Source"),
    "source_url": N_("Address of the source"),
    "span": N_("Days covered"),
    "stack_layer": N_("Layer"),
    "stage": N_("Stage"),
    "stage_date": N_("Date of the stage"),
    "statement": N_("Claim"),
    "status": N_("Status"),
    "status_reason": N_("Reason for the status"),
    "summary": N_("What it does"),
    "system": N_("System"),
    "tdp_w": N_("Design power, W"),
    "ticker": N_("Ticker"),
    "tickers": N_("Tickers"),
    "title": N_("Title"),
    "title_native": N_("Title in its own language"),
    "topic": N_("Subject"),
    "topics": N_("Topics"),
    "unit": N_("Unit"),
    "usd": N_("US dollars"),
    "usd_basis": N_("How the dollars came about"),
    "valuation_usd_m": N_("Valuation, US$ million"),
    "value": N_("Value"),
    "value_kind": N_("Kind of value"),
    "value_text": N_("Value as printed"),
    "vendor": N_("Made by"),
    "verdict": N_("Verdict"),
    "website": N_("Web site"),
}


def table_name(table: str, t: Translator) -> str:
    """What a table holds."""
    return t(TABLE_NAMES[table])


def name(field: str, t: Translator) -> str:
    """The head of a column."""
    return t(NAMES[field])


def yes_no(value: str, t: Translator) -> str:
    """A flag as a word."""
    return t("yes") if value == "yes" else t("no")


def _actor(word: str, t: Translator) -> str:
    match word:
        case "public":
            return t("A state's own")
        case "intergovernmental":
            return t("Of several states")
        case _:
            return t("Of companies or researchers")


def _dollars(word: str, t: Translator) -> str:
    match word:
        case "source":
            return t("the source's own figure")
        case "rate":
            return t("average rate of the year")
        case "rate_part_year":
            return t("average rate of part of the year")
        case "same_currency":
            return t("the amount is in dollars")
        case "no_rate":
            return t("no rate on file")
        case _:
            return t("no amount on file")


def _value_kind(word: str, t: Translator) -> str:
    match word:
        case "money":
            return t("Amount of money")
        case "share":
            return t("Share")
        case "count":
            return t("Count")
        case "index":
            return t("Index")
        case "rate":
            return t("Rate")
        case "physical":
            return t("Physical quantity")
        case _:
            return t("Rank")


def _entity_kind(word: str, t: Translator) -> str:
    match word:
        case "economy":
            return t("Economy")
        case "province":
            return t("Province")
        case _:
            return t("Organisation")


def _redistribute(word: str, t: Translator) -> str:
    match word:
        case "true":
            return t("yes")
        case "false":
            return t("no")
        case _:
            return t("not known")


_KINDS: Final[Mapping[str, Callable[[str, Translator], str]]] = {
    "deals": labels.deal_kind,
    "policies": labels.policy_kind,
    "organizations": labels.org_kind,
}
_WORDS: Final[Mapping[str, Callable[[str, Translator], str]]] = {
    "status": status_label,
    "status_reason": reasons.status_reason,
    "commitment": labels.commitment,
    "stage": labels.stage,
    "policy_status": labels.policy_status,
    "modality": labels.modality,
    "domain": labels.domain,
    "topic": labels.domain,
    "pillar": labels.pillar,
    "stack_layer": labels.layer,
    "cluster_status": labels.cluster_status,
    "chip_status": labels.chip_status,
    "confidence": labels.confidence,
    "verdict": labels.verdict,
    "fault": claims.fault_label,
    "document": claims.document_short,
    "actor": _actor,
    "usd_basis": _dollars,
    "value_kind": _value_kind,
    "entity_kind": _entity_kind,
    "redistribute": _redistribute,
    "source_kind": evidence_parts.tier,
    "reuse": evidence_parts.reuse,
    "language": evidence_parts.language,
}


def word(table: str, field: str, value: str, t: Translator) -> str:
    """A value of a closed vocabulary in words; a value of no vocabulary as it is."""
    if value == MISSING:
        return t("not stated")
    if value in ("yes", "no"):
        return yes_no(value, t)
    say = _KINDS.get(table) if field == "kind" else _WORDS.get(field)
    return say(value, t) if say else value
