"""Deals, plans and funds of an economy; one row a deal, never added up."""

from __future__ import annotations

from typing import Any

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num
from observatory.cards.table import table
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, reasons
from observatory.views.economy.lists import (
    SHOWN,
    Row,
    company,
    money,
    newest_first,
    status,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

FIRM = ("closed", "committed", "pledged", "unknown")


def deals(catalogue: Catalogue, economy: str, currency: str = "original") -> Card:
    """Newest deals, one row a deal however many sources report it; never added up."""
    t = catalogue.t
    frame = queries.deals(catalogue.db, catalogue.as_of, economy)
    title = t("Deals, plans and funds")
    named = frame.groupby("deal_id")["currency"].agg(lambda codes: next(iter(codes.mode()), ""))
    frame = frame.assign(cell_currency=frame["deal_id"].map(named))
    leads = frame[frame["is_lead"]] if len(frame) else frame
    if not len(leads):
        return Card(
            id="deals",
            title=title,
            subtitle=t("Newest first"),
            empty=EmptyState(
                reason=t("No deal of this economy is on file."), title=t("No deal on file")
            ),
        )
    rows = newest_first(records(leads))
    rows.sort(key=lambda row: clean(row["status"]) == "unchecked")
    firm = {word: sum(clean(row["commitment"]) == word for row in rows) for word in FIRM}
    counts = t.list(
        [
            t("{n} {firmness}", n=t.number(n), firmness=labels.commitment(word, t))
            if word != "unknown"
            else t("{n} of unstated firmness", n=t.number(n))
            for word, n in firm.items()
            if n
        ]
    )
    subtitle = t.n(
        "{n} deal on file: {counts}. Never added up.",
        "{n} deals on file: {counts}. Never added up.",
        len(rows),
        counts=counts,
    )
    columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column(
            "org_name", t("Who"), show=lambda value, row: _who(row, economy, catalogue), strong=True
        ),
        Column("kind", t("What"), show=lambda value, row: _what(row, t), phone=False),
        Column("row_id", t("Amount"), "right", lambda value, row: _amount(row, currency, t)),
        Column("status", t("Status"), show=lambda value, row: _status(row, t), phone=False),
    )
    order = [
        "announced",
        "org_name",
        "kind",
        "round",
        "amount",
        "currency",
        "usd",
        "usd_basis",
        "commitment",
        "investors",
        "host_economy",
        "status",
        "deal_id",
        "row_id",
        "source_id",
    ]
    all_columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("org_name", t("Who"), strong=True),
        Column("kind", t("What"), show=lambda value, row: labels.deal_kind(clean(value), t)),
        Column(
            "amount",
            t("Amount"),
            "right",
            lambda value, row: t.money(value, clean(row["currency"])),
            row_id="row_id",
        ),
        Column(
            "usd",
            t("In US dollars"),
            "right",
            lambda value, row: t.money(value, "USD"),
            phone=False,
        ),
        Column(
            "commitment",
            t("Firmness"),
            show=lambda value, row: labels.commitment(clean(value), t),
            phone=False,
        ),
    )
    return Card(
        id="deals",
        title=_largest(rows, t) or title,
        subtitle=subtitle,
        body=table(columns, rows[:SHOWN], caption=title, unknown=t("not stated")),
        table=CardTable(leads[order].reset_index(drop=True), all_columns),
        sources=common.sources_of(catalogue, leads),
        statuses=common.statuses_of(leads),
        caveat=t(
            "Dollars at the average rate of the year of the announcement, unless the source prints its own."
        ),
        actions=("receipt", "table", "download"),
    )


def _largest(rows: list[dict[str, Any]], t: Translator) -> str:
    known = [
        row
        for row in rows
        if row["usd"] == row["usd"]
        and row["usd"] is not None
        and clean(row["status"]) not in ("unchecked", "disputed")
    ]
    if not known:
        return ""
    top = max(known, key=lambda row: (float(row["usd"]), clean(row["row_id"])))
    name = labels.org_name(top["org_name"], top["org_native_name"], top["org_language"], t).main
    return t(
        "Largest on file: {company}, {amount} {firmness}",
        company=name,
        amount=money(top, t),
        firmness=labels.commitment(clean(top["commitment"]), t),
    )


def _who(row: Row, economy: str, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    parts: list[Child] = [company(row, t, prefix="org_")]
    home, host = clean(row["org_economy_id"]), clean(row["host_economy"])
    if home and home != economy:
        parts.append(h("span", t("from {economy}", economy=catalogue.say(home)), cls="sub2"))
    elif host and host != economy:
        parts.append(h("span", t("spent in {economy}", economy=catalogue.say(host)), cls="sub2"))
    return join(parts)


def _what(row: Row, t: Translator) -> Safe:
    kind = labels.deal_kind(clean(row["kind"]), t)
    if clean(row["round"]):
        kind = t("{kind} {name}", kind=kind, name=clean(row["round"]))
    return join([kind, h("span", labels.commitment(clean(row["commitment"]), t), cls="sub2")])


def _amount(row: Row, currency: str, t: Translator) -> Safe:
    shown = money(row, t)
    usd = t.money(row["usd"], "USD") if row["usd"] is not None and row["usd"] == row["usd"] else ""
    if (
        clean(row["status"]) == "disputed"
        and row["low"] == row["low"]
        and row["low"] != row["high"]
    ):
        # Low and high are in the currency most rows of the deal name, else in dollars.
        code = clean(row.get("cell_currency")) or "USD"
        shown = t("{low} or {high}", low=t.money(row["low"], code), high=t.money(row["high"], code))
        usd = ""
    if not shown:
        return num(t("amount not stated"), clean(row["row_id"]))
    foreign = clean(row["currency"]) not in ("", "USD")
    first, second = (usd, shown) if currency == "USD" and usd else (shown, usd)
    basis = t("source's own") if clean(row["usd_basis"]) == "source" else t("converted")
    note: str | None = None
    if foreign and usd:
        note = t("{amount}, {basis}", amount=second, basis=basis)
    elif foreign:
        note = (
            reasons.dollars(
                clean(row["usd_basis"]),
                row["usd_rate"],
                clean(row["usd_rate_period"]),
                clean(row["currency"]),
                t,
            )
            or None
        )
    return join([num(first, clean(row["row_id"])), h("span", note, cls="sub2") if note else None])


def _status(row: Row, t: Translator) -> Safe:
    parts: list[Child] = [status(row, t)]
    if int(row["n_sources"]) > 1:
        parts.append(h("span", t.n("{n} source", "{n} sources", int(row["n_sources"])), cls="sub2"))
    return join(parts)
