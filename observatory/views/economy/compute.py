"""Machines in an economy: listed supercomputers and AI clusters."""

from __future__ import annotations

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num
from observatory.cards.table import table
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.economy.lists import (
    Row,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def supercomputers(catalogue: Catalogue, economy: str) -> Card:
    """Systems on the newest TOP500 list."""
    t = catalogue.t
    frame = queries.supercomputers(catalogue.db, catalogue.as_of, economy)
    everywhere = queries.supercomputers(catalogue.db, catalogue.as_of)
    edition = clean(everywhere["list_date"].max()) if len(everywhere) else ""
    title = t("Supercomputers")
    listed = _listed(catalogue, economy, edition)
    if not len(frame):
        if listed:
            reason = t.n(
                "The list of {period} counts {n} system of it; its single entries are not on file.",
                "The list of {period} counts {n} systems of it; their single entries are not on file.",
                listed,
                period=t.period(edition),
            )
            found = t.n("{n} system on the TOP500", "{n} systems on the TOP500", listed)
        else:
            found = t("No listed supercomputer")
            reason = (
                t("No system on the list of {period}.", period=t.period(edition))
                if edition
                else t("No list is known by that day.")
            )
        return Card(
            id="systems",
            title=title,
            subtitle=t("Systems on the newest TOP500 list"),
            empty=EmptyState(
                reason=reason,
                exists="" if listed else _last_listed(catalogue, economy),
                title=found,
            ),
        )
    # One precision for the whole column.
    digits = 1 if float(frame["rmax_pflops"].max()) >= 10 else 2
    columns = (
        Column("rank", t("Rank"), "right", lambda value, row: t.number(value)),
        Column("system", t("System"), show=lambda value, row: _system(row), strong=True),
        Column("accelerator", t("Accelerator"), phone=False, lang="en"),
        Column(
            "rmax_pflops",
            t("PFLOP/s"),
            "right",
            lambda value, row: t.number(value, digits),
            row_id="row_id",
        ),
    )
    top = frame.iloc[0]
    found = t.n(
        "{n} system on the TOP500, the best {place}",
        "{n} systems on the TOP500, the best {place}",
        max(listed, len(frame)),
        place=t.ordinal(int(top["rank"])),
    )
    order = [
        "rank",
        "system",
        "site",
        "vendor",
        "accelerator",
        "rmax_pflops",
        "list_date",
        "row_id",
        "source_id",
    ]
    return Card(
        id="systems",
        title=found,
        subtitle=t("List of {period}, the largest first", period=t.period(edition)),
        body=table(columns, records(frame)[:6], caption=title, unknown=t("none stated")),
        table=CardTable(frame[order].reset_index(drop=True), columns),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Voluntary entries."),
        actions=("receipt", "table", "download"),
    )


def _system(row: Row) -> Safe:
    return join(
        [
            h("span", clean(row["system"]), lang="en"),
            h("span", clean(row["site"]), cls="sub2", lang="en"),
        ]
    )


def _listed(catalogue: Catalogue, economy: str, edition: str) -> int:
    """Systems of an economy that the list itself counts; 0 if that is not on file."""
    if "top500_systems" not in catalogue.indicators:
        return 0
    series = catalogue.series("top500_systems")
    found = series[(series["entity_id"] == economy) & (series["period"] == edition)][
        "value"
    ].dropna()
    return int(found.iloc[-1]) if len(found) else 0


def _last_listed(catalogue: Catalogue, economy: str) -> str:
    if "top500_systems" not in catalogue.indicators:
        return ""
    series = catalogue.series("top500_systems")
    known = series[(series["entity_id"] == economy) & (series["value"] > 0)].sort_values(
        "period_end"
    )
    if not len(known):
        return ""
    t = catalogue.t
    return t(
        "Its last entry was on the list of {period}.",
        period=t.period(clean(known["period"].iloc[-1])),
    )


def clusters(catalogue: Catalogue, economy: str) -> Card:
    """AI clusters: running, being built and planned, told apart."""
    t = catalogue.t
    frame = queries.clusters(catalogue.db, catalogue.as_of, economy)
    title = t("AI clusters")
    if not len(frame):
        return Card(
            id="clusters",
            title=title,
            subtitle=t("Running, under construction and planned"),
            empty=EmptyState(
                reason=t("No AI cluster in this economy is on file."),
                title=t("No AI cluster on file"),
            ),
        )
    rows = records(frame)
    states = ["operational", "under_construction", "planned", "decommissioned"]
    rows.sort(
        key=lambda row: (
            states.index(row["cluster_status"]) if row["cluster_status"] in states else 9
        )
    )
    counts = {
        word: sum(row["cluster_status"] == word for row in rows)
        for word in dict.fromkeys(r["cluster_status"] for r in rows)
    }
    said = t.list(
        [
            t("{n} {state}", n=t.number(n), state=labels.cluster_status(word, t))
            for word, n in counts.items()
        ]
    )
    columns = (
        Column("name", t("Cluster"), show=lambda value, row: _cluster(row, t), strong=True),
        Column(
            "cluster_status",
            t("State"),
            show=lambda value, row: labels.cluster_status(clean(value), t),
        ),
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value)), phone=False),
        Column(
            "h100_equivalents",
            t("H100 equivalents"),
            "right",
            lambda value, row: t.compact(value),
            row_id="row_id",
        ),
    )
    order = [
        "name",
        "cluster_status",
        "date",
        "h100_equivalents",
        "chip",
        "chip_count",
        "power_mw",
        "owner_org_id",
        "status",
        "row_id",
        "source_id",
    ]
    return Card(
        id="clusters",
        title=t("AI clusters: {counts}", counts=said),
        subtitle=t("Planned compute is not running compute; the running ones first"),
        body=table(columns, rows[:6], caption=title, unknown=t("not known")),
        table=CardTable(frame[order].reset_index(drop=True), columns),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("The source covers a minority of the world's clusters."),
        actions=("receipt", "table", "download"),
    )


def _cluster(row: Row, t: Translator) -> Safe:
    name = num(clean(row["name"]), clean(row["row_id"]), cls="num soft")
    chip, number = clean(row["chip"]), row["chip_count"]
    if not chip:
        return name
    known = number is not None and number is not pd.NA and number == number
    said = t("{n} x {chip}", n=t.compact(number), chip=chip) if known else chip
    return join([name, h("span", said, cls="sub2")])
