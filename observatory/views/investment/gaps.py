"""What the investment pages do not know, counted."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.analysis.money_flows import SEVERAL, UNKNOWN
from observatory.cards.states import Gap
from observatory.views.investment.data import Money
from observatory.views.investment.investors import reading
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def gaps(catalogue: Catalogue, money: Money, members: Sequence[str]) -> list[Gap]:
    """Amounts, firmness and places that no source gives."""
    t = catalogue.t
    deals = money.of(touching=members)
    found: list[Gap] = []

    def add(lead: str, text: str) -> None:
        found.append(Gap(lead, text))

    n = sum(deal.why == "no_amount" for deal in deals)
    if n:
        add(t("Amounts"), t.n("{n} deal is on file without any amount.",
                              "{n} deals are on file without any amount.", n))  # fmt: skip
    n = sum(deal.firm == UNKNOWN for deal in deals)
    if n:
        add(t("Firmness"), t.n("Of {n} deal no source says whether the money is pledged, committed or"
                               " closed: talks, and lists without sources of their own.",
                               "Of {n} deals no source says whether the money is pledged, committed or"
                               " closed: talks, and lists without sources of their own.", n))  # fmt: skip
    plans = [deal for deal in deals if deal.group == "plans"]
    n = sum(deal.receiver in (UNKNOWN, SEVERAL) for deal in plans)
    if n:
        add(t("Where it is spent"), t("Of {n} of {all} investment plans no source says where the money is to be"
                           " spent.", n=t.number(n), all=t.number(len(plans))))  # fmt: skip
    disputed = [deal for deal in deals if deal.status == "disputed"]
    if disputed:
        names = sorted({clean(money.lead(deal.deal_id)["org_name"]) for deal in disputed})
        add(t("Disputed"), t("Sources disagree on amounts of {names}; the deals list prints each.",
                             names=t.list(names)))  # fmt: skip
    rates = sorted(
        {clean(money.lead(deal.deal_id)["currency"]) for deal in deals if deal.why == "no_rate"}
    )
    if rates:
        add(t("Exchange rates"), t("Amounts in {currencies} have no rate on file for their year and no"
                                   " dollars.", currencies=t.list(rates)))  # fmt: skip
    if deals:
        add(
            t("Spending"),
            t(
                "Sources rarely say how much of a plan has been spent since; where one does, it stands in the"
                " deal's receipt."
            ),
        )
    return found


def parties(catalogue: Catalogue, money: Money, members: Sequence[str]) -> list[Gap]:
    """Payers and investors that nobody names, or whose names cannot be placed."""
    t = catalogue.t
    deals = money.of(touching=members)
    if not deals:
        return []
    read = reading(money, members)
    found = []
    unnamed = sum(
        not any(p["role"] in ("payer", "investor") for p in money.parties.get(deal.deal_id, ()))
        for deal in deals
    )
    if unnamed:
        found.append(
            Gap(t("Payers"), t.n("{some} of {n} deal names nobody who pays.",
                                 "{some} of {n} deals name nobody who pays.", len(deals),
                                 some=t.number(unnamed)))
        )  # fmt: skip
    if read.names:
        found.append(
            Gap(
                t("Names"),
                t("{names} names of investors are in no list of organisations on file. They are shown as"
                  " written, and a deal with one of them has no payer that can be placed.",
                  names=t.number(read.names)),
            )
        )  # fmt: skip
    several = sum(deal.payer == SEVERAL for deal in deals)
    if several:
        found.append(
            Gap(t("Shares"), t.n("In {n} deal investors of several economies stand together, and no"
                                 " source says who brings how much.",
                                 "In {n} deals investors of several economies stand together, and no"
                                 " source says who brings how much.", several))
        )  # fmt: skip
    return found
