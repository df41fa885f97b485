"""Money and machines of an economy: deals, supercomputers, clusters, and what all rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from observatory.db import queries
from observatory.i18n import Translator
from observatory.ui.card_model import Card, CardTable, Column, EmptyState
from observatory.ui.markup import Child, Safe, external, h, join, num
from observatory.ui.table import table
from observatory.views import common, labels, reasons
from observatory.views.economy_lists import SHOWN, Row, company, money, newest_first, records, status
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

FIRM = ("closed", "committed", "pledged", "unknown")


def deals(catalogue: Catalogue, economy: str, currency: str = "original") -> Card:
    """Newest deals, one row a deal however many sources report it; never added up."""
    t = catalogue.t
    frame = queries.deals(catalogue.db, catalogue.as_of, economy)
    title = t("Deals, plans and funds")
    leads = frame[frame["is_lead"]] if len(frame) else frame
    if not len(leads):
        return Card(id="deals", title=title, subtitle=t("Newest first"),
                    empty=EmptyState(reason=t("No deal of this economy is on file."), title=t("No deal on file")))  # fmt: skip
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
    subtitle = t.n("{n} deal on file: {counts}. Never added up.", "{n} deals on file: {counts}. Never added up.",
                   len(rows), counts=counts)  # fmt: skip
    columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("org_name", t("Who"), show=lambda value, row: _who(row, economy, catalogue), strong=True),
        Column("kind", t("What"), show=lambda value, row: _what(row, t), phone=False),
        Column("row_id", t("Amount"), "right", lambda value, row: _amount(row, currency, t)),
        Column("status", t("Status"), show=lambda value, row: _status(row, t), phone=False),
    )
    order = ["announced", "org_name", "kind", "round", "amount", "currency", "usd", "usd_basis", "commitment", "investors",
             "host_economy", "status", "deal_id", "row_id", "source_id"]  # fmt: skip
    all_columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("org_name", t("Who"), strong=True),
        Column("kind", t("What"), show=lambda value, row: labels.deal_kind(clean(value), t)),
        Column("amount", t("Amount"), "right", lambda value, row: t.money(value, clean(row["currency"])), row_id="row_id"),
        Column("usd", t("In US dollars"), "right", lambda value, row: t.money(value, "USD"), phone=False),
        Column("commitment", t("Firmness"), show=lambda value, row: labels.commitment(clean(value), t), phone=False),
    )
    return Card(
        id="deals", title=_largest(rows, t) or title, subtitle=subtitle,
        body=table(columns, rows[:SHOWN], caption=title, unknown=t("not stated")),
        table=CardTable(leads[order].reset_index(drop=True), all_columns),
        sources=common.sources_of(catalogue, leads), statuses=common.statuses_of(leads),
        caveat=t("Dollars at the average rate of the year of the announcement, unless the source prints its own."),
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def _largest(rows: list[dict[str, Any]], t: Translator) -> str:
    known = [row for row in rows if row["usd"] == row["usd"] and row["usd"] is not None
             and clean(row["status"]) not in ("unchecked", "disputed")]  # fmt: skip
    if not known:
        return ""
    top = max(known, key=lambda row: (float(row["usd"]), clean(row["row_id"])))
    name = labels.org_name(top["org_name"], top["org_native_name"], top["org_language"], t).main
    return t("Largest on file: {company}, {amount} {firmness}", company=name, amount=money(top, t),
             firmness=labels.commitment(clean(top["commitment"]), t))  # fmt: skip


def _who(row: Row, economy: str, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    parts: list[Child] = [company(row, t, prefix="org_")]
    home, host = clean(row["org_economy_id"]), clean(row["host_economy"])
    if home and home != economy:
        parts.append(h("span", t("from {economy}", economy=catalogue.name(home)), cls="sub2"))
    elif host and host != economy:
        parts.append(h("span", t("spent in {economy}", economy=catalogue.name(host)), cls="sub2"))
    return join(parts)


def _what(row: Row, t: Translator) -> Safe:
    kind = labels.deal_kind(clean(row["kind"]), t)
    if clean(row["round"]):
        kind = t("{kind} {name}", kind=kind, name=clean(row["round"]))
    return join([kind, h("span", labels.commitment(clean(row["commitment"]), t), cls="sub2")])


def _amount(row: Row, currency: str, t: Translator) -> Safe:
    shown = money(row, t)
    usd = t.money(row["usd"], "USD") if row["usd"] is not None and row["usd"] == row["usd"] else ""
    if clean(row["status"]) == "disputed" and row["low"] == row["low"] and row["low"] != row["high"]:
        code = clean(row["currency"])
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
        note = reasons.dollars(clean(row["usd_basis"]), row["usd_rate"], clean(row["usd_rate_period"]),
                               clean(row["currency"]), t) or None  # fmt: skip
    return join([num(first, clean(row["row_id"])), h("span", note, cls="sub2") if note else None])


def _status(row: Row, t: Translator) -> Safe:
    parts: list[Child] = [status(row, t)]
    if int(row["n_sources"]) > 1:
        parts.append(h("span", t.n("{n} source", "{n} sources", int(row["n_sources"])), cls="sub2"))
    return join(parts)


# Compute --------------------------------------------------------------------------------------


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
            reason = t.n("The list of {period} counts {n} system of it; its single entries are not on file.",
                         "The list of {period} counts {n} systems of it; their single entries are not on file.",
                         listed, period=t.period(edition))  # fmt: skip
            found = t.n("{n} system on the TOP500", "{n} systems on the TOP500", listed)
        else:
            found = t("No listed supercomputer")
            reason = t("No system on the list of {period}.", period=t.period(edition)) if edition else t("No list is known by that day.")
        return Card(id="systems", title=title, subtitle=t("Systems on the newest TOP500 list"),
                    empty=EmptyState(reason=reason, exists="" if listed else _last_listed(catalogue, economy), title=found))  # fmt: skip
    columns = (
        Column("rank", t("Rank"), "right", lambda value, row: t.number(value)),
        Column("system", t("System"), show=lambda value, row: _system(row), strong=True),
        Column("accelerator", t("Accelerator"), phone=False, lang="en"),
        Column("rmax_pflops", t("PFLOP/s"), "right", lambda value, row: t.sig(value, 4), row_id="row_id"),
    )
    top = frame.iloc[0]
    found = t.n("{n} system on the TOP500, the best {place}", "{n} systems on the TOP500, the best {place}", max(listed, len(frame)),
                place=t.ordinal(int(top["rank"])))  # fmt: skip
    order = ["rank", "system", "site", "vendor", "accelerator", "rmax_pflops", "list_date", "row_id", "source_id"]
    return Card(
        id="systems", title=found, subtitle=t("List of {period}, the largest first", period=t.period(edition)),
        body=table(columns, records(frame)[:6], caption=title, unknown=t("none stated")),
        table=CardTable(frame[order].reset_index(drop=True), columns),
        sources=common.sources_of(catalogue, frame), statuses=common.statuses_of(frame), caveat=t("Voluntary entries."),
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def _system(row: Row) -> Safe:
    return join([h("span", clean(row["system"]), lang="en"), h("span", clean(row["site"]), cls="sub2", lang="en")])


def _listed(catalogue: Catalogue, economy: str, edition: str) -> int:
    """Systems of an economy that the list itself counts; 0 if that is not on file."""
    series = catalogue.series("top500_systems")
    found = series[(series["entity_id"] == economy) & (series["period"] == edition)]["value"].dropna()
    return int(found.iloc[-1]) if len(found) else 0


def _last_listed(catalogue: Catalogue, economy: str) -> str:
    series = catalogue.series("top500_systems")
    known = series[(series["entity_id"] == economy) & (series["value"] > 0)].sort_values("period_end")
    if not len(known):
        return ""
    t = catalogue.t
    return t("Its last entry was on the list of {period}.", period=t.period(clean(known["period"].iloc[-1])))


def clusters(catalogue: Catalogue, economy: str) -> Card:
    """AI clusters: running, being built and planned, told apart."""
    t = catalogue.t
    frame = queries.clusters(catalogue.db, catalogue.as_of, economy)
    title = t("AI clusters")
    if not len(frame):
        return Card(id="clusters", title=title, subtitle=t("Running, under construction and planned"),
                    empty=EmptyState(reason=t("No AI cluster in this economy is on file."), title=t("No AI cluster on file")))  # fmt: skip
    rows = records(frame)
    states = ["operational", "under_construction", "planned", "decommissioned"]
    rows.sort(key=lambda row: states.index(row["cluster_status"]) if row["cluster_status"] in states else 9)
    counts = {word: sum(row["cluster_status"] == word for row in rows) for word in dict.fromkeys(r["cluster_status"] for r in rows)}
    said = t.list([t("{n} {state}", n=t.number(n), state=labels.cluster_status(word, t)) for word, n in counts.items()])
    columns = (
        Column("name", t("Cluster"), show=lambda value, row: _cluster(row, t), strong=True),
        Column("cluster_status", t("State"), show=lambda value, row: labels.cluster_status(clean(value), t)),
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value)), phone=False),
        Column("h100_equivalents", t("H100 equivalents"), "right", lambda value, row: t.compact(value), row_id="row_id"),
    )
    order = ["name", "cluster_status", "date", "h100_equivalents", "chip", "chip_count", "power_mw", "owner_org_id",
             "status", "row_id", "source_id"]  # fmt: skip
    return Card(
        id="clusters", title=t("AI clusters: {counts}", counts=said),
        subtitle=t("Planned compute is not running compute; the running ones first"),
        body=table(columns, rows[:6], caption=title, unknown=t("not known")),
        table=CardTable(frame[order].reset_index(drop=True), columns),
        sources=common.sources_of(catalogue, frame), statuses=common.statuses_of(frame),
        caveat=t("The source covers a minority of the world's clusters."),
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def _cluster(row: Row, t: Translator) -> Safe:
    name = num(clean(row["name"]), clean(row["row_id"]), cls="num soft")
    chip, number = clean(row["chip"]), row["chip_count"]
    if not chip:
        return name
    known = number is not None and number is not pd.NA and number == number
    said = t("{n} x {chip}", n=t.compact(number), chip=chip) if known else chip
    return join([name, h("span", said, cls="sub2")])


# Sources --------------------------------------------------------------------------------------


def sources(catalogue: Catalogue, economy: str) -> Card:
    """What an economy's values rest on."""
    t = catalogue.t
    frame = queries.economy_sources(catalogue.db, economy, catalogue.as_of)
    title = t("Sources")
    if not len(frame):
        return Card(id="sources", title=title, subtitle=t("Sources of this economy's values"),
                    empty=EmptyState(reason=t("No value of this economy was known by that day."), title=t("No source by that day")))  # fmt: skip
    total = int(frame["n_rows"].sum())
    columns = (
        Column("title", t("Source"), show=lambda value, row: _source(row), strong=True),
        Column("n_rows", t("Values"), "right", lambda value, row: t.number(int(value))),
        Column("reuse", t("Reuse"), show=lambda value, row: reuse(clean(value), t)),
        Column("published", t("Published"), show=lambda value, row: t.period(clean(value)), phone=False),
    )
    found = t.n("{total} values rest on {n} source", "{total} values rest on {n} sources", len(frame), total=t.number(total))
    return Card(
        id="sources", title=found, subtitle=t("Those with most values first, with what may be done with them"),
        body=table(columns, records(frame)[:6], caption=title, unknown=t("not stated")),
        table=CardTable(frame.drop(columns=["newest"]).reset_index(drop=True), columns), actions=("table", "download"),
    )  # fmt: skip


def _source(row: Row) -> Safe:
    name = clean(row["origin"]) or clean(row["publisher"])
    return join([external(clean(row["title"]), clean(row["url"])), h("span", name, cls="sub2")])


def reuse(word: str, t: Translator) -> str:
    """What a source's licence allows."""
    match word:
        case "open":
            return t("open licence")
        case "quotable":
            return t("quotable with credit")
        case _:
            return t("shown, not for download")
