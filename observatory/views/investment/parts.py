"""Pieces the investment cards share: names, amounts with their rate, reasons, tables of deals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import Deal, Tally
from observatory.cards.card_model import CardTable, Column
from observatory.cards.markup import Child, Safe, h, icon, join, num, swatch
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels, links, reasons
from observatory.views.investment.choice import Choice, end_name
from observatory.views.investment.data import Money
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]


def has(value: object) -> bool:
    """Whether a cell holds something."""
    return value is not None and value == value


def original(row: Row, t: Translator) -> str:
    """Amount in the currency the source prints, else its dollars; empty if none is stated."""
    if has(row["amount"]):
        return t.money(row["amount"], clean(row["currency"]))
    return t.money(row["usd"], "USD") if has(row["usd"]) else ""


def amount(row: Row, currency: str, t: Translator) -> Safe:
    """The amount with its receipt; under it the other currency with the rate, or why there is none."""
    shown = original(row, t)
    if not shown:
        return h("span", t("not stated"), cls="unk")
    row_id, code = clean(row["row_id"]), clean(row["currency"])
    foreign = has(row["amount"]) and code != "USD"
    if not foreign:
        return num(shown, row_id)
    why = rate(row, t)
    if not has(row["usd"]):
        return num(shown, row_id) + h("span", why, cls="sub2")
    dollars = t.money(row["usd"], "USD")
    first, second = (dollars, shown) if currency == "USD" else (shown, dollars)
    return num(first, row_id) + h(
        "span", t("{amount}, {basis}", amount=second, basis=why), cls="sub2"
    )


def rate(row: Row, t: Translator) -> str:
    """Where an amount in dollars comes from, or why there is none, in few words."""
    code, year = clean(row["currency"]), clean(row["usd_rate_period"])
    match clean(row["usd_basis"]):
        case "source":
            return t("source's own")
        case "rate":
            return t(
                "at {rate} per US$ in {year}", rate=t.sig(row["usd_rate"], 4), year=t.period(year)
            )
        case "rate_part_year":
            return t(
                "at {rate} per US$ in {year} so far",
                rate=t.sig(row["usd_rate"], 4),
                year=t.period(year),
            )
        case "no_rate":
            return reasons.dollars("no_rate", None, year, code, t)
        case _:
            return ""


def left_out(why: str, t: Translator) -> str:
    """Why a deal is in no total; empty for one that is."""
    match why:
        case "":
            return ""
        case "no_amount":
            return t("no amount stated")
        case "no_rate":
            return t("no exchange rate on file")
        case "disputed":
            return t("sources disagree on the amount")
        case "part":
            return t("part of another deal, or may be")
        case "superseded":
            return t("replaced by a later text")
        case "context":
            return t("shown for context only")
        case "later":
            return t("the same money, told again later")
        case _:
            return t("weak sources only")


def _counted(why: str, t: Translator) -> str:
    return t("no: {why}", why=left_out(why, t)) if why else t("yes")


def left_out_counts(tallies: Iterable[Tally], t: Translator) -> str:
    """How many deals the totals leave out, by reason; empty if none."""
    some = list(tallies)
    no_amount, no_rate = sum(x.no_amount for x in some), sum(x.no_rate for x in some)
    weak, parts = sum(x.unchecked for x in some), sum(x.parts for x in some)
    disputed = sum(x.disputed for x in some)
    said = []
    if no_amount:
        said.append(t.n("{n} without an amount", "{n} without an amount", no_amount))
    if no_rate:
        said.append(t.n("{n} without an exchange rate", "{n} without an exchange rate", no_rate))
    if disputed:
        said.append(
            t.n(
                "{n} on whose amount sources disagree",
                "{n} on whose amounts sources disagree",
                disputed,
            )
        )
    if weak:
        said.append(t.n("{n} with weak sources only", "{n} with weak sources only", weak))
    if parts:
        said.append(
            t.n(
                "{n} that is part of another, or may be",
                "{n} that are part of others, or may be",
                parts,
            )
        )
    context, later = sum(x.context for x in some), sum(x.later for x in some)
    if context:
        said.append(t.n("{n} shown for context only", "{n} shown for context only", context))
    if later:
        said.append(
            t.n(
                "{n} whose money was told again later",
                "{n} whose money was told again later",
                later,
            )
        )
    return t("Deals in no sum: {deals}.", deals=t.list(said)) if said else ""


def of_deals(found: Tally, t: Translator) -> str:
    """How many of the deals are in the sum."""
    return t.n("{counted} of {n} deal", "{counted} of {n} deals", found.n,
               counted=t.number(found.counted))  # fmt: skip


def org(row: Row, t: Translator, *, prefix: str = "org_", org_id: str = "") -> Safe:
    """An organisation's name as a link to its profile."""
    name = labels.org_name(
        row.get(f"{prefix}name"), row.get(f"{prefix}native_name"), row.get(f"{prefix}language"), t
    )
    target = org_id or clean(row.get("org_id"))
    main = h("a", name.main, href=links.org(target), data_go=True, lang=name.main_lang or None)
    if not name.second:
        return main
    return main + h("span", name.second, cls="native", lang=name.second_lang or None)


def place(end: str, catalogue: Catalogue) -> Safe:
    """An economy as a link with its colour; words for what is not known."""
    shown = end_name(end, catalogue)
    if end in (mf.UNKNOWN, mf.SEVERAL):
        return h("span", shown, cls="unk")
    row = catalogue.economies.get(end)
    if row is None or row.get("group_id") in ("aggregate", "other"):
        return h("span", swatch(end), shown)
    return h(
        "span", swatch(end), h("a", shown, href=links.economy(end), data_go=True), cls="iv-eco"
    )


def party(row: Row, catalogue: Catalogue) -> Safe:
    """A party: an organisation or economy as a link, else the name as it is written."""
    t = catalogue.t
    written = clean(row["party_name"])
    if row["party_kind"] == "organization" and clean(row["party_id"]):
        return org(row, t, org_id=clean(row["party_id"]))
    if row["party_kind"] == "economy" and clean(row["party_id"]) in catalogue.economies:
        name = catalogue.name(clean(row["party_id"]))
        if written in (name, clean(catalogue.economies[clean(row["party_id"])].get("name_en"))):
            return place(clean(row["party_id"]), catalogue)
        return h("span", swatch(clean(row["party_id"])), written, cls="iv-eco")
    return h("span", written, cls="iv-written")


def parties(money: Money, deal_id: str, roles: Sequence[str]) -> list[Row]:
    """Parties of a deal in some roles, each once however it is spelled; the placed ones first."""
    found: dict[str, Row] = {}
    for one in money.parties.get(deal_id, ()):
        if one["role"] in roles:
            found.setdefault(clean(one["party_id"]) or spelled(clean(one["party_name"])), one)
    return sorted(found.values(), key=lambda p: p["party_kind"] == "name")


def spelled(name: str) -> str:
    """A name without differences of width, case and spaces."""
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def few(items: Sequence[Child], most: int, t: Translator) -> Safe:
    """The first of some names, the rest counted."""
    shown = join(items[:most], "; ")
    rest = len(items) - most
    if rest <= 0:
        return shown
    return shown + Safe(" ") + h("span", t.n("and {n} more", "and {n} more", rest), cls="muted")


def deal_table(money: Money, deals: Sequence[Deal], catalogue: Catalogue) -> CardTable:
    """The deals behind a card, one row each, with the reason of those in no sum."""
    t = catalogue.t
    rows = []
    for deal in deals:
        lead = money.lead(deal.deal_id)
        why = mf.reason(deal, money.kept)
        rows.append(
            {
                "announced": clean(lead["announced"]),
                "org": clean(lead["org_name"]),
                "kind": clean(lead["kind"]),
                "firm": deal.firm,
                "payer": deal.payer,
                "receiver": deal.receiver,
                "amount": lead["amount"],
                "currency": clean(lead["currency"]),
                "usd": deal.usd,
                "counted": not why,
                "why": why,
                "status": deal.status,
                "deal_id": deal.deal_id,
                "row_id": deal.row_id,
                "source_id": clean(lead["source_id"]),
            }
        )
    names = ["announced", "org", "kind", "firm", "payer", "receiver", "amount", "currency", "usd",
             "counted", "why", "status", "deal_id", "row_id", "source_id"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("org", t("Who"), strong=True),
        Column("kind", t("What"), show=lambda value, row: labels.deal_kind(clean(value), t)),
        Column("firm", t("Firmness"), show=lambda value, row: labels.commitment(clean(value), t),
               phone=False),
        Column("payer", t("From"), show=lambda value, row: end_name(clean(value), catalogue),
               phone=False),
        Column("receiver", t("To"), show=lambda value, row: end_name(clean(value), catalogue),
               phone=False),
        Column("usd", t("US dollars"), "right", lambda value, row: t.money(value, "USD"),
               row_id="row_id"),
        Column("why", t("Counted in a sum"), show=lambda value, row: _counted(clean(value), t)),
        Column("status", t("Status"), show=lambda value, row: status_label(clean(value), t),
               phone=False),
    )  # fmt: skip
    return CardTable(frame, columns)


def lead_frame(money: Money, deals: Sequence[Deal]) -> pd.DataFrame:
    """Columns source_id, known_on and status of all sources' rows of some deals."""
    rows = [
        {"source_id": row["source_id"], "known_on": row["known_on"], "status": row["status"]}
        for deal in deals
        for row in money.rows[deal.deal_id]
    ]
    return pd.DataFrame(rows, columns=["source_id", "known_on", "status"])


def sorted_heads(
    columns: Iterable[tuple[str, str, str, bool]], choice: Choice, first: str, anchor: str
) -> list[Safe]:
    """Heads that sort a list by a new link: (key, label, class, whether it falls at first) each.

    ``first`` is the key it is sorted by from the start, ``anchor`` the place on the page to return to.
    """
    name, down = choice.sort.lstrip("-") or first, choice.sort.startswith("-") or not choice.sort
    cells = []
    for key, label, cls, falling in columns:
        on = key == name
        falls = not down if on else falling
        way = "-" if falls else ""
        href = f"{choice.href(sort=way + key)}#{anchor}"
        cells.append(
            h(
                "th",
                h("a", label, icon("arrow_upward") if on else None, href=href, data_go=True),
                scope="col",
                cls=" ".join(filter(None, (cls, "on" if on else ""))) or None,
                aria_sort=("descending" if down else "ascending") if on else None,
            )
        )
    return cells
