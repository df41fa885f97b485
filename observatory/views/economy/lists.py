"""Who and what stands in an economy: companies, listings, models."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num, status_word
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN = 8
Row = Mapping[str, Any]


def company(row: Row, t: Translator, *, prefix: str = "") -> Safe:
    """Link to an organisation's profile, the second name beside it.

    Reads org_id and <prefix>name, <prefix>native_name and language columns.
    """
    language = row.get("native_language") if not prefix else row.get(f"{prefix}language")
    name = labels.org_name(row.get(f"{prefix}name"), row.get(f"{prefix}native_name"), language, t)
    parts: list[Child] = [
        h(
            "a",
            name.main,
            href=f"/company?org={clean(row['org_id'])}",
            data_go=True,
            lang=name.main_lang or None,
        )
    ]
    if name.second:
        parts.append(h("span", name.second, cls="native", lang=name.second_lang or None))
    return join(parts)


def fold(body: Safe, rest: Safe | None, label: str) -> Safe:
    """A table and, behind a fold, the rest of it."""
    if rest is None:
        return body
    return h("div", body, h("details", h("summary", label), rest, cls="e-more"))


def status(row: Row, t: Translator) -> str | Safe:
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
        return Card(
            id="companies",
            title=title,
            subtitle=t("Newest event first"),
            empty=EmptyState(
                reason=t("No organisation of this economy is on file."),
                title=t("No organisation on file"),
            ),
        )
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
        subtitle = t(
            "{count}; {n} with news in {year}",
            count=subtitle,
            n=t.number(recent),
            year=t.period(str(today.year)),
        )
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    none = t("none on file")
    body = fold(
        table(
            columns,
            shown,
            caption=t("Organisations with the newest events"),
            unknown=none,
            cls="e-orgs",
        ),
        table(columns, rest, caption=t("Further organisations"), unknown=none, cls="e-orgs")
        if rest
        else None,
        t.n("{n} more organisation", "{n} more organisations", len(rest)),
    )
    return Card(
        id="companies",
        title=title,
        subtitle=subtitle,
        body=body,
        table=_org_table(frame, t),
        actions=("table", "download"),
    )


def _layer(row: Row, t: Translator) -> str:
    kind = clean(row["kind"])
    return (
        labels.layer(clean(row["stack_layer"]), t)
        if clean(row["stack_layer"])
        else labels.org_kind(kind, t)
    )


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


def _model(row: Row, t: Translator) -> Safe:
    parts = clean(row["name"])
    return _dated(num(parts, clean(row["row_id"]), cls="num soft"), row["released"], t)


def _deal(row: Row, t: Translator) -> Safe:
    amount = money(row, t) or t("amount not stated")
    kind = labels.deal_kind(clean(row["kind"]), t)
    firm = labels.commitment(clean(row["commitment"]), t)
    return join(
        [
            num(amount, clean(row["row_id"])),
            h(
                "span",
                t(
                    "{kind}, {firm}, {when}",
                    kind=kind,
                    firm=firm,
                    when=t.period(clean(row["announced"])),
                ),
                cls="sub2",
            ),
        ]
    )


def _org_table(frame: pd.DataFrame, t: Translator) -> CardTable:
    order = [
        "name",
        "native_name",
        "kind",
        "stack_layer",
        "tickers",
        "n_models",
        "n_deals",
        "n_stages",
        "newest",
        "org_id",
        "row_id",
    ]
    columns = (
        Column("name", t("Name"), strong=True, row_id="row_id"),
        Column("native_name", t("Native name"), phone=False),
        Column("kind", t("Kind"), show=lambda value, row: labels.org_kind(clean(value), t)),
        Column("n_models", t("Models"), "right"),
        Column("n_deals", t("Deals"), "right"),
        Column(
            "newest",
            t("Newest event"),
            show=lambda value, row: t.date(str(value)[:10]),
            phone=False,
        ),
    )
    return CardTable(frame[order].reset_index(drop=True), columns)
