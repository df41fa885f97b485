"""What a receipt says of each kind of row: what it is, its value, and what else it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import labels, links, reasons
from observatory.views.labels import clean

Row = Mapping[str, Any]
Detail = tuple[str, str]


def money(row: Row, amount: str, usd_m: str, t: Translator) -> str:
    """Amount as the source prints it: original currency, else its own dollars."""
    if row.get(amount) is not None and row[amount] == row[amount]:
        return t.money(row[amount], clean(row["currency"]), compact=False)
    if row.get(usd_m) is not None and row[usd_m] == row[usd_m]:
        return t.money(row[usd_m] * 1e6, "USD", compact=False)
    return ""


def _number(row: Row, key: str, t: Translator) -> str:
    """A number of the row; empty where it has none."""
    return t.number(row[key]) if row[key] == row[key] else ""


def _millions(row: Row, key: str, t: Translator) -> str:
    """A column in millions of US dollars as money; empty where it has none."""
    return t.money(row[key] * 1e6, "USD") if row[key] == row[key] else ""


def _rate_behind(row: Row, t: Translator) -> str:
    """How the row's dollars came about."""
    year, code = clean(row["usd_rate_period"]), clean(row["currency"])
    return reasons.dollars(row["usd_basis"], row["usd_rate"], year, code, t)


def _kept(pairs: list[Detail]) -> list[Detail]:
    return [(label, text) for label, text in pairs if text]


def _observation(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    indicator = records(queries.indicators_by_id(db, [row["indicator_id"]]))[0]
    details = [
        (t("Days covered"), t.period(clean(row["span"]))),
        (t("Kind of value"), t("forecast or plan") if row["is_forecast"] else ""),
    ]
    return {
        "title": t.data(indicator["name"]),
        "entity_name": names.get(row["entity_id"], row["entity_id"]),
        "value_text_exact": t.exact(clean(row["value_text"]), ""),
        "value": row["value"],
        # What charts and tables print of it: compact, in the reader's language.
        "shown_text": ""
        if row["value"] is None or row["value"] != row["value"]
        else t.value(
            row["value"],
            clean(indicator["unit"]),
            clean(indicator["unit_label"]),
            indicator["scale"],
            clean(indicator["currency"]) or None,
        ),
        "unit": row["unit"],
        "unit_label": indicator["unit_label"],
        "period": row["period"],
        "details": _kept(details),
        "indicator": {
            "indicator_id": indicator["indicator_id"],
            "href": links.indicator(str(indicator["indicator_id"])),
            "name": indicator["name"],
            "definition": clean(indicator["definition"]),
            "caveats": clean(indicator["method_caveats"]),
            "publisher": clean(indicator["publisher"]),
            "method_url": clean(indicator["method_url"]),
        },
    }


def _deal(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    kind = labels.deal_kind(row["kind"], t)
    usd = (
        t.money(row["usd"], "USD")
        if row["usd"] == row["usd"] and row["usd_basis"] not in ("source", "same_currency")
        else ""
    )
    if row["usd_basis"] == "source" and clean(row["currency"]) not in ("", "USD"):
        usd = t.money(row["usd"], "USD")
    return {
        "title": t("{kind} {name}", kind=kind, name=clean(row["round"])).strip(),
        "entity_name": names.get(row["org_id"], row["org_id"]),
        "value_text_exact": money(row, "amount", "amount_usd_m", t) or t("amount not stated"),
        "period": row["announced"],
        "details": _kept(
            [
                (t("Firmness"), labels.commitment(row["commitment"], t)),
                (t("In US dollars"), usd),
                (t("Rate"), _rate_behind(row, t)),
                (t("Post-money valuation"), _millions(row, "post_money_usd_m", t)),
                (t("Investors or payers"), clean(row["investors"]).replace(";", "; ")),
                (t("Spent in"), names.get(clean(row["host_economy"]), "")),
            ]
        ),
    }


def _ipo(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    amount = money(row, "raise_amount", "raise_usd_m", t)
    return {
        "title": t("{stage}, {venue}", stage=labels.stage(row["stage"], t), venue=row["exchange"]),
        "entity_name": names.get(row["org_id"], row["org_id"]),
        "value_text_exact": amount or t.period(row["stage_date"]),
        # The day is the value where there is no amount: then it is not said again.
        "period": row["stage_date"] if amount else "",
        "ticker": clean(row["ticker"]),
        "details": _kept(
            [
                (t("Stage"), labels.stage(row["stage"], t)),
                (t("Valuation"), _millions(row, "valuation_usd_m", t)),
                (t("Rate"), _rate_behind(row, t)),
            ]
        ),
    }


def _model(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    weights = clean(row["open_weights"])
    return {
        "title": row["name"],
        "native_title": clean(row["native_name"]),
        "entity_name": names.get(clean(row["org_id"]), ""),
        "value_text_exact": t.period(clean(row["released"])) or t("release date not known"),
        "period": "",
        "details": _kept(
            [
                (t("Modality"), labels.modality(row["modality"], t)),
                (t("Parameters, billion"), _number(row, "params_b", t)),
                (t("Active parameters, billion"), _number(row, "active_params_b", t)),
                (
                    t("Context, tokens"),
                    t.number(row["context_tokens"]) if clean(row["context_tokens"]) else "",
                ),
                (
                    t("Open weights"),
                    (t("yes") if weights == "True" else t("no")) if weights else t("not known"),
                ),
                (t("Licence of the weights"), clean(row["licence"])),
                (t("Economy of the maker"), names.get(clean(row["economy_id"]), "")),
            ]
        ),
    }


def _result(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    board = records(queries.benchmark(db, row["benchmark_id"]))[0]
    interval = ""
    if row["ci_low"] == row["ci_low"] and row["ci_high"] == row["ci_high"]:
        interval = t("{low} to {high}", low=t.number(row["ci_low"]), high=t.number(row["ci_high"]))
    return {
        "title": board["name"],
        "native_title": clean(board["native_name"]),
        "entity_name": row["model_name"],
        "value_text_exact": t.number(row["score"], None)
        if row["score"] == row["score"]
        else t("grade only"),
        "unit_label": board["unit"],
        "period": row["as_of"],
        "details": _kept(
            [
                (t("Metric"), board["metric"]),
                (
                    t("Direction"),
                    t("higher is better") if board["higher_is_better"] else t("lower is better"),
                ),
                (
                    t("Rank in the source"),
                    t.ordinal(int(row["rank"])) if clean(row["rank"]) else "",
                ),
                (t("Interval"), interval),
                (t("Maker"), names.get(clean(row["org_id"]), "")),
                (
                    t("Comparable over time"),
                    t("yes")
                    if board["comparable_over_time"]
                    else clean(board["comparability_note"]),
                ),
            ]
        ),
        "indicator": {
            "definition": clean(board["definition"]),
            "caveats": clean(board["comparability_note"]),
            "name": board["name"],
        },
    }


def _chip(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    numbers = [
        (t("Process, nm"), "process_nm"),
        (t("Memory, GB"), "memory_gb"),
        (t("Memory bandwidth, GB/s"), "memory_bandwidth_gbs"),
        (t("FP16, TFLOP/s"), "fp16_tflops"),
        (t("INT8, TOP/s"), "int8_tops"),
        (t("Design power, W"), "tdp_w"),
    ]
    return {
        "title": row["name"],
        "native_title": clean(row["native_name"]),
        "entity_name": names.get(row["org_id"], row["org_id"]),
        "value_text_exact": t.period(clean(row["released"])) or t("release date not known"),
        "details": _kept(
            [
                (t("Status"), labels.chip_status(row["chip_status"], t)),
                (t("Foundry"), clean(row["foundry"])),
                (t("Memory type"), clean(row["memory_type"])),
                *((label, _number(row, key, t)) for label, key in numbers),
                (t("Format of the 16-bit figure"), labels.half_format(row["fp16_format"], t)),
                (
                    t("Not compared"),
                    t.list(
                        [
                            name
                            for name, key in numbers
                            if key in clean(row["not_compared"]).split(";")
                        ]
                    ),
                ),
            ]
        ),
    }


def _supercomputer(
    db: Database, row: Row, t: Translator, names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "title": t("{system}, rank {rank} on the TOP500", system=row["system"], rank=row["rank"]),
        "entity_name": "",
        "value_text_exact": t.exact(row["rmax_pflops"], ""),
        "unit_label": "PFLOP/s",
        "period": row["list_date"],
        "details": _kept(
            [
                (t("Site"), row["site"]),
                (t("Economy"), names.get(row["economy_id"], "")),
                (t("Maker"), row["vendor"]),
                (t("Accelerator"), clean(row["accelerator"])),
            ]
        ),
    }


def _cluster(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    h100 = row["h100_equivalents"]
    return {
        "title": row["name"],
        "entity_name": names.get(row["economy_id"], ""),
        "value_text_exact": t.exact(h100, "") if h100 == h100 else t("size not known"),
        "unit_label": "H100 equivalents" if h100 == h100 else "",
        "period": clean(row["date"]),
        "details": _kept(
            [
                (t("Status"), labels.cluster_status(row["cluster_status"], t)),
                (t("Owner"), names.get(clean(row["owner_org_id"]), "")),
                (t("Chip"), clean(row["chip"])),
                (
                    t("Number of chips"),
                    t.number(row["chip_count"]) if clean(row["chip_count"]) else "",
                ),
                (t("Power, MW"), _number(row, "power_mw", t)),
            ]
        ),
    }


def _policy(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "native_title": clean(row["title_native"]),
        "entity_name": "",
        "value_text_exact": t.period(clean(row["date"])) or t("date not stated"),
        "details": _kept(
            [
                (t("Economy"), names.get(row["economy_id"], "")),
                (t("Kind"), labels.policy_kind(row["kind"], t)),
                (t("Status then"), labels.policy_status(row["policy_status"], t)),
                (t("Takes effect"), t.period(clean(row["effective_from"]))),
                (t("Issued by"), names.get(clean(row["issuer_org_id"]), "")),
                (t("What it does"), row["summary"]),
            ]
        ),
    }


def _claim(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": row["statement"],
        "entity_name": "",
        "value_text_exact": labels.verdict(row["verdict"], t),
        "period": clean(row["period"]),
        "details": _kept(
            [
                (
                    t("Figure claimed"),
                    " ".join(
                        part
                        for part in (clean(row["claimed_value"]), clean(row["claimed_unit"]))
                        if part
                    ),
                ),
                (t("Evidence"), row["evidence"]),
                (
                    t("Claimed in"),
                    t("the essay on a third way")
                    if row["document"] == "third-way-essay"
                    else t("the digest on governance"),
                ),
                (
                    t("About"),
                    t.list(
                        [names[key] for key in clean(row["entity_ids"]).split(";") if key in names]
                    ),
                ),
            ]
        ),
    }


def _rate(db: Database, row: Row, t: Translator, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": t("{currency} for one US dollar, yearly average", currency=row["currency"]),
        "entity_name": "",
        "value_text_exact": t.exact(row["units_per_usd"], ""),
        "unit_label": "",
        "period": row["period"],
    }


def _organization(
    db: Database, row: Row, t: Translator, names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "title": row["name"],
        "native_title": clean(row["native_name"]),
        "native_lang": clean(row["native_language"]) or None,
        "entity_name": "",
        "value_text_exact": labels.org_kind(row["kind"], t),
        "details": _kept(
            [
                (t("Economy"), names.get(clean(row["economy_id"]), "")),
                (
                    t("Layer"),
                    labels.layer(clean(row["stack_layer"]), t) if clean(row["stack_layer"]) else "",
                ),
                (t("Parent"), names.get(clean(row["parent_org_id"]), "")),
                (t("Founded"), t.period(clean(row["founded"]))),
                (t("Ticker"), clean(row["tickers"]).replace(";", ", ")),
            ]
        ),
    }


BODIES: dict[str, Callable[[Database, Row, Translator, Mapping[str, str]], dict[str, Any]]] = {
    "observations": _observation,
    "deals": _deal,
    "ipo_events": _ipo,
    "models": _model,
    "benchmark_results": _result,
    "chips": _chip,
    "supercomputers": _supercomputer,
    "clusters": _cluster,
    "policies": _policy,
    "claims": _claim,
    "fx_rates": _rate,
    "organizations": _organization,
}
