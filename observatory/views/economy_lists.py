"""Who and what stands in an economy: companies, listings, models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from observatory.charts.palette import palette
from observatory.charts.svg_stages import HALTED, furthest, stage_progress
from observatory.db import queries
from observatory.i18n import Translator
from observatory.ui.card_model import Card, CardTable, Column, EmptyState
from observatory.ui.markup import Child, Safe, h, join, num, status_word, svg
from observatory.ui.table import table
from observatory.ui.words import status_label
from observatory.views import common, labels
from observatory.views.economy_words import capital
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN = 8
Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as dictionaries."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def company(row: Row, t: Translator, *, prefix: str = "") -> Safe:
    """Link to an organisation's profile, the second name beside it.

    Reads org_id and <prefix>name, <prefix>native_name and language columns.
    """
    language = row.get("native_language") if not prefix else row.get(f"{prefix}language")
    name = labels.org_name(row.get(f"{prefix}name"), row.get(f"{prefix}native_name"), language, t)
    parts: list[Child] = [
        h("a", name.main, href=f"/company?org={clean(row['org_id'])}", data_go=True, lang=name.main_lang or None)
    ]
    if name.second:
        parts.append(h("span", name.second, cls="native", lang=name.second_lang or None))
    return join(parts)


def fold(body: Safe, rest: Safe | None, label: str) -> Safe:
    """A table and, behind a fold, the rest of it."""
    if rest is None:
        return body
    return h("div", body, h("details", h("summary", label), rest, cls="e-more"))


def status(row: Row, t: Translator) -> Child:
    """Status word of a row."""
    word = clean(row.get("status"))
    return status_word(word, status_label(word, t)) if word else ""


def money(row: Row, t: Translator) -> str:
    """Amount in its own currency, else in the source's dollars; empty if none is stated."""
    if row.get("amount") is not None and row["amount"] == row["amount"]:
        return t.money(row["amount"], clean(row["currency"]))
    if row.get("usd") is not None and row["usd"] == row["usd"]:
        return t.money(row["usd"], "USD")
    return ""


def newest_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by the first day they can mean, so that a bare year does not pass for its last day."""

    def key(row: Row) -> tuple[str, str]:
        start = row.get("period_start")
        known = start is not None and start == start
        return (str(start)[:10] if known else "", clean(row["row_id"]))

    return sorted(rows, key=key, reverse=True)


# Companies ------------------------------------------------------------------------------------


def companies(catalogue: Catalogue, economy: str, today: date) -> Card:
    """Organisations with the newest events first: eight, the others behind a fold."""
    t = catalogue.t
    frame = queries.economy_organizations(catalogue.db, economy, catalogue.as_of, today)
    title = t("Companies and organisations")
    if not len(frame):
        return Card(id="companies", title=title, subtitle=t("Newest event first"),
                    empty=EmptyState(reason=t("No organisation of this economy is on file."),
                                     title=t("No organisation on file")))  # fmt: skip
    models = _first_of(queries.models(catalogue.db, catalogue.as_of, economy), today)
    deals = queries.deals(catalogue.db, catalogue.as_of, economy)
    money_rows = _first_of(deals[deals["is_lead"] & (deals["status"] != "unchecked")], today)
    rows = []
    for row in records(frame):
        row["model"], row["deal"] = models.get(row["org_id"]), money_rows.get(row["org_id"])
        newest = [r for r in (row["model"], row["deal"]) if r is not None]
        newest = newest_first(newest)
        row["status"] = clean(newest[0]["status"]) if newest else clean(row["status"])
        rows.append(row)
    columns = (
        Column("name", t("Name"), show=lambda value, row: company(row, t), strong=True),
        Column("stack_layer", t("Layer"), show=lambda value, row: _layer(row, t), phone=False),
        Column("model", t("Latest model"), show=lambda value, row: _model(row["model"], t)),
        Column("deal", t("Latest money"), show=lambda value, row: _deal(row["deal"], t)),
        Column("status", t("Status"), show=lambda value, row: status(row, t), phone=False),
    )
    recent = sum(str(row["newest"])[:4] == str(today.year) for row in rows)
    subtitle = t.n("{n} on file, newest event first", "{n} on file, newest event first", len(rows))
    if recent:
        subtitle = t("{count}; {n} with news in {year}", count=subtitle, n=t.number(recent), year=t.period(str(today.year)))
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    none = t("none on file")
    body = fold(
        table(columns, shown, caption=title, unknown=none, cls="e-orgs"),
        table(columns, rest, caption=t("Further organisations"), unknown=none, cls="e-orgs") if rest else None,
        t.n("{n} more organisation", "{n} more organisations", len(rest)),
    )
    return Card(id="companies", title=title, subtitle=subtitle, body=body, table=_org_table(frame, t),
                actions=("table", "download"))  # fmt: skip


def _layer(row: Row, t: Translator) -> str:
    kind = clean(row["kind"])
    return labels.layer(clean(row["stack_layer"]), t) if clean(row["stack_layer"]) else labels.org_kind(kind, t)


def _first_of(frame: pd.DataFrame, today: date) -> dict[str, dict[str, Any]]:
    """The first row of each organisation in a frame that is newest first, the future left out."""
    found: dict[str, dict[str, Any]] = {}
    for row in newest_first(records(frame)):
        start = row.get("period_start")
        if start is not None and start == start and pd.Timestamp(start).date() > today:
            continue
        found.setdefault(clean(row["org_id"]), row)
    return found


def _dated(shown: Child, period: object, t: Translator) -> Safe:
    when = t.period(clean(period)) if clean(period) else t("date not known")
    return join([shown, h("span", when, cls="sub2")])


def _model(row: Row, t: Translator) -> Child:
    parts = clean(row["name"])
    return _dated(num(parts, clean(row["row_id"]), cls="num soft"), row["released"], t)


def _deal(row: Row, t: Translator) -> Child:
    amount = money(row, t) or t("amount not stated")
    kind = labels.deal_kind(clean(row["kind"]), t)
    firm = labels.commitment(clean(row["commitment"]), t)
    return join([
        num(amount, clean(row["row_id"])),
        h("span", t("{kind}, {firm}, {when}", kind=kind, firm=firm, when=t.period(clean(row["announced"]))), cls="sub2"),
    ])  # fmt: skip


def _org_table(frame: pd.DataFrame, t: Translator) -> CardTable:
    order = ["name", "native_name", "kind", "stack_layer", "tickers", "n_models", "n_deals", "n_stages", "newest",
             "org_id", "row_id"]  # fmt: skip
    columns = (
        Column("name", t("Name"), strong=True, row_id="row_id"),
        Column("native_name", t("Native name"), phone=False),
        Column("kind", t("Kind"), show=lambda value, row: labels.org_kind(clean(value), t)),
        Column("n_models", t("Models"), "right"),
        Column("n_deals", t("Deals"), "right"),
        Column("newest", t("Newest event"), show=lambda value, row: t.date(str(value)[:10]), phone=False),
    )
    return CardTable(frame[order].reset_index(drop=True), columns)


# Listings -------------------------------------------------------------------------------------


def attempts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a listing attempt: where it stands by its newest firm stage, newest first.

    Adds ``reached`` (last stage before a halt) and ``raised`` (the newest row with an amount).
    """
    found: list[dict[str, Any]] = []
    for _, group in frame[frame["is_lead"]].groupby("ipo_id", sort=False):
        rows = records(group)
        firm = [row for row in rows if clean(row["status"]) != "unchecked" and row["stage"] != "rumoured"] or rows
        firm.sort(key=lambda row: (str(row["period_end"]), furthest(clean(row["stage"]))))
        now = dict(firm[-1])
        before = [row for row in firm[:-1] if row["stage"] not in HALTED]
        now["reached"] = clean(before[-1]["stage"]) if before else ""
        paid = [row for row in firm if _raised(row)]
        now["raised"] = paid[-1] if paid else None
        found.append(now)
    return sorted(found, key=lambda row: (str(row["period_end"]), row["ipo_id"]), reverse=True)


def _raised(row: Row) -> bool:
    return any(row.get(key) is not None and row[key] == row[key] for key in ("raise_amount", "raise_usd_m"))


def listings(catalogue: Catalogue, economy: str) -> Card:
    """Where the listings of an economy's companies stand."""
    t = catalogue.t
    frame = queries.ipo_events(catalogue.db, catalogue.as_of, economy)
    title = t("Listings")
    subtitle = t("Rumoured, planned, filed, hearing, priced, listed")
    rows = attempts(frame) if len(frame) else []
    if not rows:
        return Card(id="listings", title=title, subtitle=subtitle,
                    empty=EmptyState(reason=t("No listing of a company of this economy is on file."),
                                     title=t("No listing on file")))  # fmt: skip
    done = sum(row["stage"] in ("priced", "listed") for row in rows)
    columns = (
        Column("org_id", t("Company"), show=lambda value, row: _listed(row, t), strong=True),
        Column("stage", t("Stage"), show=lambda value, row: _stage(row, economy, t)),
        Column("stage_date", t("As of"), show=lambda value, row: t.period(clean(value)), phone=False),
        Column("raised", t("Raise"), "right", lambda value, row: _raise(row, t)),
    )
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    none = t("not stated")
    body = fold(
        table(columns, shown, caption=title, unknown=none),
        table(columns, rest, caption=t("Further listings"), unknown=none) if rest else None,
        t.n("{n} more listing", "{n} more listings", len(rest)),
    )
    said = t.n("{n} attempt on file, {done} priced or listed", "{n} attempts on file, {done} priced or listed",
               len(rows), done=t.number(done) if done else t("none"))  # fmt: skip
    leads = frame[frame["is_lead"]]
    columns_all = (
        Column("org_name", t("Company"), strong=True),
        Column("exchange", t("Exchange")),
        Column("stage", t("Stage"), show=lambda value, row: labels.stage(clean(value), t), row_id="row_id"),
        Column("stage_date", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("status", t("Status"), show=lambda value, row: status_label(clean(value), t), phone=False),
    )
    order = ["org_name", "exchange", "stage", "stage_date", "raise_amount", "currency", "raise_usd_m", "status",
             "ticker", "row_id", "source_id"]  # fmt: skip
    return Card(
        id="listings", title=title, subtitle=said, body=body,
        table=CardTable(leads[order].reset_index(drop=True), columns_all),
        sources=common.sources_of(catalogue, leads), statuses=common.statuses_of(leads),
        caveat=t("A rumour never moves a company; an amount before pricing is an aim."),
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def _listed(row: Row, t: Translator) -> Safe:
    return join([company(row, t, prefix="org_"), h("span", clean(row["exchange"]), cls="sub2")])


def _stage(row: Row, economy: str, t: Translator) -> Safe:
    stage = clean(row["stage"])
    drawing = stage_progress(stage, palette("css"), t, economy, reached=row["reached"])
    word = num(labels.stage(stage, t), clean(row["row_id"]))
    weak = h("span", status_label("unchecked", t), cls="sub2") if clean(row["status"]) == "unchecked" else None
    return h("span", svg(drawing, "inline"), join([word, weak]), cls="e-stage")


def _raise(row: Row, t: Translator) -> Safe:
    paid = row["raised"]
    if paid.get("raise_amount") is not None and paid["raise_amount"] == paid["raise_amount"]:
        shown = t.money(paid["raise_amount"], clean(paid["currency"]))
    else:
        shown = t.money(paid["raise_usd_m"] * 1e6, "USD")
    if clean(paid["stage"]) not in ("priced", "listed"):
        shown = t("aim {amount}", amount=shown)
    return num(shown, clean(paid["row_id"]))


# Models ---------------------------------------------------------------------------------------


def models(catalogue: Catalogue, economy: str) -> Card:
    """The newest models made in an economy."""
    t = catalogue.t
    frame = queries.models(catalogue.db, catalogue.as_of, economy)
    title = t("Models")
    if not len(frame):
        return Card(id="models", title=title, subtitle=t("Models made here, newest first"),
                    empty=EmptyState(reason=t("No model made in this economy is on file."),
                                     exists=t("The list holds models of named makers; unnamed ones are not counted."),
                                     title=t("No model on file")))  # fmt: skip
    rows = newest_first(records(frame))
    dated = [row for row in rows if clean(row["released"])]
    opened = sum(clean(row["open_weights"]) == "True" for row in rows)
    columns = (
        Column("name", t("Model"), show=lambda value, row: num(clean(value), clean(row["row_id"]), cls="num soft"), strong=True),
        Column("org_name", t("Maker"), show=lambda value, row: company(row, t, prefix="org_")),
        Column("released", t("Released"), show=lambda value, row: t.period(clean(value))),
        Column("params_b", t("Parameters"), "right", lambda value, row: t.compact(value * 1e9), phone=False),
        Column("open_weights", t("Weights"), show=lambda value, row: _weights(value, t), phone=False),
    )
    newest = dated[0] if dated else rows[0]
    finding = title
    if dated:
        finding = t("Newest model: {name}, {when}", name=clean(newest["name"]), when=t.period(clean(newest["released"])))
    order = ["name", "org_name", "released", "modality", "params_b", "active_params_b", "open_weights", "licence",
             "status", "row_id", "source_id"]  # fmt: skip
    all_columns = (
        Column("name", t("Model"), strong=True, row_id="row_id"),
        Column("org_name", t("Maker")),
        Column("released", t("Released"), show=lambda value, row: t.period(clean(value))),
        Column("modality", t("Modality"), show=lambda value, row: labels.modality(clean(value), t), phone=False),
        Column("params_b", t("Parameters"), "right", lambda value, row: t.compact(value * 1e9), phone=False),
        Column("open_weights", t("Weights"), show=lambda value, row: _weights(value, t), phone=False),
    )
    subtitle = t.n("{n} model on file, {opened} with open weights", "{n} models on file, {opened} with open weights",
                   len(rows), opened=t.number(opened) if opened else t("none"))  # fmt: skip
    if len(dated) > SHOWN:
        subtitle = t("{count}; the {n} newest are shown", count=subtitle, n=t.number(SHOWN))
    return Card(
        id="models", title=capital(finding), subtitle=subtitle,
        body=table(columns, (dated or rows)[:SHOWN], caption=title, unknown=t("not known")),
        table=CardTable(frame[order].reset_index(drop=True), all_columns),
        sources=common.sources_of(catalogue, frame), statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def _weights(value: object, t: Translator) -> str:
    return t("open") if clean(value) == "True" else t("closed")


def count(frame: pd.DataFrame, column: str, words: Sequence[str]) -> int:
    """Rows whose column holds one of the words."""
    return int(frame[column].isin(list(words)).sum()) if len(frame) else 0
