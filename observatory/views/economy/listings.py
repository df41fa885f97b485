"""Where the listings of an economy's companies stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from observatory.analysis import pipeline
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, svg
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.stages import HALTED, furthest, stage_progress
from observatory.db import queries
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.economy.lists import (
    SHOWN,
    Row,
    company,
    fold,
)
from observatory.views.ipo import data as ipo_data
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def attempts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a listing attempt: where it stands by its newest firm stage, newest first.

    Adds ``reached`` (last stage before a halt) and ``raised`` (the newest row with an amount).
    """
    found: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in plain_records(frame[frame["is_lead"]]):
        groups.setdefault(clean(row["ipo_id"]), []).append(row)
    for rows in groups.values():
        firm = [
            row
            for row in rows
            if clean(row["status"]) != "unchecked" and row["stage"] != "rumoured"
        ] or rows
        firm.sort(key=lambda row: (str(row["period_end"]), furthest(clean(row["stage"]))))
        # The stage by the rules of the pipeline page: weak sources and rumours move nobody.
        stands = pipeline.standing([ipo_data.step_of(row) for row in rows], date.max)
        row_id = stands.step.row_id if stands else firm[-1]["row_id"]
        now = dict(next(row for row in rows if row["row_id"] == row_id))
        before = [row for row in firm if row["stage"] not in HALTED and row["row_id"] != row_id]
        now["reached"] = clean(before[-1]["stage"]) if before else ""
        paid = [row for row in firm if _raised(row)]
        now["raised"] = paid[-1] if paid else None
        found.append(now)
    return sorted(found, key=lambda row: (str(row["period_end"]), row["ipo_id"]), reverse=True)


def _raised(row: Row) -> bool:
    return any(
        row.get(key) is not None and row[key] == row[key] for key in ("raise_amount", "raise_usd_m")
    )


def listings(catalogue: Catalogue, economy: str) -> Card:
    """Where the listings of an economy's companies stand."""
    t = catalogue.t
    frame = queries.ipo_events(catalogue.db, catalogue.as_of, economy)
    title = t("Listings")
    subtitle = t("Rumoured, planned, filed, hearing, priced, listed")
    rows = attempts(frame) if len(frame) else []
    if not rows:
        return Card(
            id="listings",
            title=title,
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No listing of a company of this economy is on file."),
                title=t("No listing on file"),
            ),
        )
    done = sum(row["stage"] in ("priced", "listed") for row in rows)
    columns = (
        Column("org_id", t("Company"), show=lambda value, row: _listed(row, t), strong=True),
        Column("stage", t("Stage"), show=lambda value, row: _stage(row, economy, t)),
        Column(
            "stage_date", t("As of"), show=lambda value, row: t.period(clean(value)), phone=False
        ),
        Column("raised", t("Raise"), "right", lambda value, row: _raise(row, t)),
    )
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    none = t("not stated")
    body = fold(
        table(columns, shown, caption=t("Newest listings"), unknown=none),
        table(columns, rest, caption=t("Further listings"), unknown=none) if rest else None,
        t.n("{n} more listing", "{n} more listings", len(rest)),
    )
    said = t.n(
        "{n} attempt on file, {done} priced or listed",
        "{n} attempts on file, {done} priced or listed",
        len(rows),
        done=t.number(done) if done else t("none"),
    )
    leads = frame[frame["is_lead"]]
    columns_all = (
        Column("org_name", t("Company"), strong=True),
        Column("exchange", t("Exchange")),
        Column(
            "stage",
            t("Stage"),
            show=lambda value, row: labels.stage(clean(value), t),
            row_id="row_id",
        ),
        Column("stage_date", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column(
            "status",
            t("Status"),
            show=lambda value, row: status_label(clean(value), t),
            phone=False,
        ),
    )
    order = [
        "org_name",
        "exchange",
        "stage",
        "stage_date",
        "raise_amount",
        "currency",
        "raise_usd_m",
        "status",
        "ticker",
        "row_id",
        "source_id",
    ]
    return Card(
        id="listings",
        title=title,
        subtitle=said,
        body=body,
        table=CardTable(leads[order].reset_index(drop=True), columns_all),
        sources=common.sources_of(catalogue, leads),
        statuses=common.statuses_of(leads),
        caveat=t("A rumour never moves a company; an amount before pricing is an aim."),
        actions=("receipt", "table", "download"),
    )


def _listed(row: Row, t: Translator) -> Safe:
    return join([company(row, t, prefix="org_"), h("span", clean(row["exchange"]), cls="sub2")])


def _stage(row: Row, economy: str, t: Translator) -> Safe:
    stage = clean(row["stage"])
    drawing = stage_progress(stage, palette("css"), t, economy, reached=row["reached"])
    word = num(labels.stage(stage, t), clean(row["row_id"]))
    weak = (
        h("span", status_label("unchecked", t), cls="sub2")
        if clean(row["status"]) == "unchecked"
        else None
    )
    return h("span", svg(drawing, "inline"), h("span", word, weak), cls="e-stage")


def _raise(row: Row, t: Translator) -> Safe:
    paid = row["raised"]
    if paid.get("raise_amount") is not None and paid["raise_amount"] == paid["raise_amount"]:
        shown = t.money(paid["raise_amount"], clean(paid["currency"]))
    else:
        shown = t.money(paid["raise_usd_m"] * 1e6, "USD")
    if clean(paid["stage"]) not in ("priced", "listed"):
        shown = t("aim {amount}", amount=shown)
    return num(shown, clean(paid["row_id"]))
