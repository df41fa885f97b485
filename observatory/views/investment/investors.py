"""Investors and what they stand in, as far as the entries name them; unresolved names as written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.investment.choice import PAGE, Choice
from observatory.views.investment.data import Money
from observatory.views.investment.deals import paging
from observatory.views.investment.parts import (
    few,
    lead_frame,
    org,
    original,
    party,
    place,
    sorted_heads,
    spelled,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
SHOWN = 4


@dataclass(slots=True)
class Investor:
    """Somebody named as investor: an organisation or economy on file, else a name as written."""

    key: str
    party: Row
    deals: list[str] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)

    @property
    def resolved(self) -> bool:
        return str(self.party["party_kind"]) != "name"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far investors can be read: mentions in all, mentions placed, names left as written."""

    mentions: int
    placed: int
    names: int
    deals: int
    named: int


def investors(money: Money, members: Sequence[str]) -> list[Investor]:
    """Everybody named as investor of a deal that touches the economies; most deals first.

    Names are the same only if they are spelled the same but for width, case and spaces.
    """
    found: dict[str, Investor] = {}
    for deal in money.of(touching=members):
        for one in money.parties.get(deal.deal_id, ()):
            if one["role"] != "investor":
                continue
            name = clean(one["party_name"])
            target = clean(one["party_id"])
            # A fund of a government keeps its own name; an organisation has one entry.
            key = (
                f"org {target}" if one["party_kind"] == "organization" else f"name {spelled(name)}"
            )
            entry = found.setdefault(key, Investor(key, one))
            entry.spellings.add(name)
            if deal.deal_id not in entry.deals:
                entry.deals.append(deal.deal_id)
    return sorted(found.values(), key=lambda i: (-len(i.deals), not i.resolved, i.key))


def reading(money: Money, members: Sequence[str]) -> Reading:
    """Counts of what could be resolved."""
    every = investors(money, members)
    mentions = sum(len(one.deals) for one in every)
    placed = sum(len(one.deals) for one in every if one.resolved)
    deals = money.of(touching=members)
    named = sum(
        any(p["role"] == "investor" for p in money.parties.get(deal.deal_id, ())) for deal in deals
    )
    return Reading(mentions, placed, sum(not one.resolved for one in every), len(deals), named)


def card(catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice) -> Card:
    """A page of investors with what they stand in."""
    t = catalogue.t
    every = investors(money, members)
    if not every:
        return Card(
            id="investors",
            title=t("Investors"),
            empty=EmptyState(
                title=t("No investor on file"),
                reason=t("No deal of the chosen economies and years names an investor."),
            ),
        )
    ordered = _ordered(every, money, choice, catalogue)
    read = reading(money, members)
    pages = -(-len(ordered) // PAGE)
    page = min(choice.page, pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    caption = t("Investors and their deals")
    body = h(
        "div",
        h(
            "table",
            h("caption", caption, cls="sr"),
            h("thead", _head(choice, t)),
            h("tbody", join(_line(one, money, catalogue) for one in shown)),
            cls="tb iv-investors",
        ),
        cls="tbwrap", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip
    frame = lead_frame(money, money.of(touching=members))
    return Card(
        id="investors",
        title=_title(every, read, t),
        subtitle=t(
            "{placed} of {mentions} mentions are resolved to an organisation or a government on file;"
            " {names} names stay as they are written.",
            placed=t.number(read.placed),
            mentions=t.number(read.mentions),
            names=t.number(read.names),
        ),
        body=body + paging(page, pages, choice, "#investors", t),
        table=_table(ordered, money, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("No source says how much each of them brings, so portfolios have no sums."),
        method=t(
            "A name is resolved only if it is exactly a name of an organisation on file, or says in"
            " words of which government it is. Two spellings of one house, or a fund and its manager,"
            " stay two entries: nothing is guessed."
        ),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip


def _title(every: Sequence[Investor], read: Reading, t: Translator) -> str:
    """Who stands in most deals, if one does; else how many deals name anybody."""
    if len(every) > 4 and len(every[0].deals) > len(every[1].deals):
        return t("{name} stands in most deals on file: {n}", name=_name(every[0], t),
                 n=t.number(len(every[0].deals)))  # fmt: skip
    return t.n("{named} of {n} deal names an investor", "{named} of {n} deals name an investor",
               read.deals, named=t.number(read.named))  # fmt: skip


def _name(one: Investor, t: Translator) -> str:
    if one.party["party_kind"] == "organization":
        return labels.org_name(
            one.party["org_name"], one.party["org_native_name"], one.party["org_language"], t
        ).main
    return clean(one.party["party_name"])


def _newest(one: Investor, money: Money) -> str:
    return max(str(money.lead(deal)["period_start"])[:10] for deal in one.deals)


def _ordered(
    every: list[Investor], money: Money, choice: Choice, catalogue: Catalogue
) -> list[Investor]:
    name, down = choice.sort.lstrip("-") or "deals", choice.sort.startswith("-") or not choice.sort
    if name == "name":
        return sorted(every, key=lambda one: _name(one, catalogue.t).casefold(), reverse=down)
    if name == "newest":
        return sorted(every, key=lambda one: _newest(one, money), reverse=down)
    return every if down else every[::-1]


def _head(choice: Choice, t: Translator) -> Safe:
    columns = (
        ("name", t("Investor"), "", False),
        ("deals", t("Deals"), "r", True),
        ("newest", t("Newest"), "", True),
    )
    cells = sorted_heads(columns, choice, "deals", "investors")
    cells.insert(1, h("th", t("Home economy"), scope="col", cls="x"))
    cells.append(h("th", t("Stands in"), scope="col"))
    return h("tr", *cells)


def _line(one: Investor, money: Money, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    shown = party(one.party, catalogue)
    others = sorted(one.spellings - {clean(one.party["party_name"])})
    also: list[Child] = []
    if one.resolved and others:
        also.append(h("span", t("written as: {names}", names="; ".join(others)), cls="sub2"))
    economy = clean(one.party["economy_id"])
    home = t("not known") if one.resolved else t("name as written")
    newest = max(one.deals, key=lambda deal: str(money.lead(deal)["period_start"])[:10])
    return h(
        "tr",
        h("td", shown, *also, cls="b", data_l=t("Investor")),
        h("td", place(economy, catalogue) if economy else h("span", home, cls="unk"),
          cls="x", data_l=t("Home economy")),
        h("td", t.number(len(one.deals)), cls="r", data_l=t("Deals")),
        h("td", t.period(clean(money.lead(newest)["announced"])), cls="nw", data_l=t("Newest")),
        h("td", _portfolio(one, money, catalogue), data_l=t("Stands in")),
    )  # fmt: skip


def _portfolio(one: Investor, money: Money, catalogue: Catalogue) -> Safe:
    """The companies, and behind a fold each deal with its receipt."""
    t = catalogue.t
    order = sorted(one.deals, key=lambda d: str(money.lead(d)["period_start"])[:10], reverse=True)
    firms: dict[str, Child] = {}
    for deal in order:
        row = money.lead(deal)
        firms.setdefault(clean(row["org_id"]), _plain(row, t))
    items = [
        h(
            "li",
            org(money.lead(deal), t),
            " ",
            num(original(money.lead(deal), t) or t("amount not stated"),
                clean(money.lead(deal)["row_id"])),
            h("span", t.parts([labels.deal_kind(clean(money.lead(deal)["kind"]), t),
                               t.period(clean(money.lead(deal)["announced"]))]), cls="sub2"),
        )
        for deal in order
    ]  # fmt: skip
    return h(
        "details",
        h("summary", few(list(firms.values()), SHOWN, t)),
        h("ul", join(items), cls="iv-list"),
        cls="iv-more",
    )


def _plain(row: Row, t: Translator) -> Safe:
    name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
    return h("span", name.main, lang=name.main_lang or None)


def _table(ordered: Sequence[Investor], money: Money, catalogue: Catalogue) -> CardTable:
    t = catalogue.t
    rows = [
        {
            "investor": _name(one, t),
            "resolved": one.resolved,
            "party_id": clean(one.party["party_id"]),
            "economy": clean(one.party["economy_id"]),
            "deals": len(one.deals),
            "written": "; ".join(sorted(one.spellings)),
            "company": clean(money.lead(deal)["org_name"]),
            "announced": clean(money.lead(deal)["announced"]),
            "amount": original(money.lead(deal), t) or None,
            "row_id": clean(money.lead(deal)["row_id"]),
            "deal_id": deal,
        }
        for one in ordered
        for deal in one.deals
    ]
    columns = (
        Column("investor", t("Investor"), strong=True),
        Column("resolved", t("Resolved"), show=lambda v, row: t("yes") if v else t("as written"),
               phone=False),
        Column("company", t("Stands in")),
        Column("announced", t("Date"), show=lambda v, row: t.period(clean(v))),
        Column("amount", t("Amount of the whole deal"), "right", row_id="row_id"),
    )  # fmt: skip
    return CardTable(pd.DataFrame(rows), columns)
