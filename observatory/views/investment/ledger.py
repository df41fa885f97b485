"""Money into the chosen economies: pledged, committed, closed, each by kind and never added."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, Tally
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.room import room
from observatory.i18n import Translator
from observatory.views import common
from observatory.views.investment.choice import (
    Choice,
    firm_label,
    firm_means,
    group_label,
    group_means,
)
from observatory.views.investment.data import Money
from observatory.views.investment.parts import deal_table, lead_frame, left_out_counts, of_deals
from observatory.views.measures import Catalogue


def deck(money: Money, members: Sequence[str], t: Translator) -> str:
    """What the page rests on."""
    deals = money.of(touching=members)
    if not deals:
        return t("No deal of these economies was known by this day, or in these years.")
    sources = sum(len(money.rows[deal.deal_id]) for deal in deals)
    return t(
        "{deals} from {entries}. A deal counts once, however many sources tell of it; pledged,"
        " committed and closed money is never added.",
        deals=t.n("{n} deal, plan or fund", "{n} deals, plans and funds", len(deals)),
        entries=t.n("{n} entry", "{n} entries", sources),
    )


def tallies(money: Money, members: Sequence[str]) -> dict[tuple[str, str], Tally]:
    """Totals into the chosen economies by group and class."""
    return {
        (group, firm): mf.tally(money.of(group=group, firm=firm, into=members), money.kept)
        for group in GROUPS
        for firm in CLASSES
    }


def finding(
    found: dict[tuple[str, str], Tally], members: Sequence[str], catalogue: Catalogue
) -> str:
    """The title: what is pledged, and how much of it is more than that."""
    t = catalogue.t
    plans = {firm: found["plans", firm] for firm in CLASSES}
    public, closed = found["public", "committed"], found["rounds", "closed"]

    def usd(one: Tally) -> str:
        return t.money(one.usd, "USD")

    one = catalogue.say(members[0]) if len(members) == 1 else ""
    if one and plans["pledged"].counted:
        if not plans["committed"].n and not plans["closed"].n:
            return t(
                "{amount} is pledged in companies' plans for {economy}; no source on file calls any of it"
                " committed or closed",
                amount=usd(plans["pledged"]), economy=one,
            )  # fmt: skip
        return t(
            "{amount} is pledged in plans for {economy}, {committed} committed, {closed} closed",
            amount=usd(plans["pledged"]), economy=one, committed=usd(plans["committed"]),
            closed=usd(plans["closed"]),
        )  # fmt: skip
    if one and public.counted:
        return t("{amount} is committed in public programmes of {economy}; no plan with an amount"
                 " names it as its place", amount=usd(public), economy=one)  # fmt: skip
    if one and closed.counted:
        return t("{amount} closed in rounds and stakes of {economy}; no plan with an amount names it"
                 " as its place", amount=usd(closed), economy=one)  # fmt: skip
    if one:
        return t("No amount on file for {economy}", economy=one)
    if plans["pledged"].counted and public.counted and closed.counted:
        return t(
            "{pledged} pledged in plans, {committed} committed by public programmes, {closed} closed"
            " in rounds: three sums that are never one",
            pledged=usd(plans["pledged"]), committed=usd(public), closed=usd(closed),
        )  # fmt: skip
    return t("Money into these economies, by how firm it is")


def ledger(catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice) -> Card:
    """Kinds of money against how firm it is; every sum opens its deals."""
    t = catalogue.t
    found = tallies(money, members)
    deals = [deal for tally in found.values() for deal in tally.deals]
    if not deals:
        return Card(
            id="ledger",
            title=t("Pledged, committed, closed"),
            subtitle=t("Money into the chosen economies"),
            empty=_empty(catalogue, money),
        )
    shown = [group for group in GROUPS if any(found[group, firm].n for firm in CLASSES)]
    head = h(
        "tr",
        h("th", t("Kind of money"), scope="col"),
        *(
            h("th", h("b", firm_label(firm, t)), h("span", firm_means(firm, t), cls="sub2"),
              scope="col", cls="r")
            for firm in CLASSES
        ),
    )  # fmt: skip
    lines = [
        h(
            "tr",
            h("th", group_label(group, t), h("span", group_means(group, t), cls="sub2"),
              scope="row"),
            *(_cell(found[group, firm], group, firm, choice, t) for firm in CLASSES),
        )
        for group in shown
    ]  # fmt: skip
    caption = t("Money into the chosen economies by kind and firmness")
    body = h(
        "div",
        h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(lines)),
          cls="tb iv-ledger"),
        cls="tbwrap", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip
    frame = lead_frame(money, deals)
    place = catalogue.say(members[0]) if len(members) == 1 else t("the chosen economies")
    return Card(
        id="ledger",
        title=finding(found, members, catalogue),
        subtitle=t("Money into {place}, US dollars.", place=place)
        if room()
        else t(
            "Money into {place}, US dollars. Every sum opens the deals it is made of.", place=place
        ),
        body=body,
        table=deal_table(money, deals, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=plans_caveat(t),
        method=method(t, *basis_counts(money, deals)),
        after=_after(money, members, found, catalogue),
        actions=("table", "method", "download", "link"),
    )


def plans_caveat(t: Translator) -> str:
    """What sums of plans are not."""
    return t("Plans run over 1 to 20 years and not all of their money is for AI.")


def _basis(money: Money, deal_id: str) -> str:
    return str(money.lead(deal_id)["usd_basis"])


def _cell(tally: Tally, group: str, firm: str, choice: Choice, t: Translator) -> Safe:
    if not tally.n:
        return h("td", h("span", t("none on file"), cls="unk"), cls="r", data_l=firm_label(firm, t))
    said = t.money(tally.usd, "USD") if tally.counted else t("no sum")
    address = choice.href(group=group, firm=firm, sort="-usd") + "#deals"
    return h(
        "td",
        h("a", said, href=address, data_go=True, cls="iv-sum"),
        h("span", of_deals(tally, t), cls="sub2"),
        cls="r",
        data_l=firm_label(firm, t),
    )


def _after(
    money: Money, members: Sequence[str], found: dict[tuple[str, str], Tally], catalogue: Catalogue
) -> Safe | None:
    """What the sums do not hold: deals left out, and money whose place nobody names."""
    t = catalogue.t
    lines = [left_out_counts(found.values(), t)]
    lines.append(of_no_place(money, members, t))
    said = [line for line in lines if line]
    return h("p", join(said, " "), cls="iv-out") if said else None


def of_no_place(money: Money, members: Sequence[str], t: Translator) -> str:
    """What plans of the members' organisations come to that name no place; empty without any."""
    nowhere = [
        deal
        for deal in money.of(group="plans", firm="pledged")
        if deal.payer in members and deal.receiver in (mf.UNKNOWN, mf.SEVERAL)
    ]
    lost = mf.tally(nowhere, money.kept)
    if not lost.counted:
        return ""
    return t.n(
        "Another {amount} pledged by organisations from here names no place and is in no sum"
        " above ({counted} of {n} plan).",
        "Another {amount} pledged by organisations from here names no place and is in no sum"
        " above ({counted} of {n} plans).",
        lost.n, amount=t.money(lost.usd, "USD"), counted=t.number(lost.counted),
    )  # fmt: skip


def method(t: Translator, own: int, priced: int) -> Safe:
    """How sums are made; `own` of `priced` amounts have the source's own dollars."""
    texts = (
        t(
            "A deal is one thing however many sources tell of it: the entry that leads by the rule for"
            " headline values gives its amount. Where sources disagree, or all are weak, the deal is"
            " listed and stays out of every sum."
        ),
        t(
            "A plan that is part of another, or may be, counts only through the larger one. Which pairs"
            " these are, and why, stands with the deals. Sums are therefore rather too low than too high."
        ),
        t(
            "Dollars are the source's own for {own} of {n} deals with an amount; the others are converted"
            " at the average rate of the year of announcement, which stands beside each amount.",
            own=t.number(own), n=t.number(priced),
        ),
        t(
            "Money goes where a source says it is to be spent; where none says so, to the home of the"
            " organisation that receives it. Cornerstone tranches are part of what a listing raises."
        ),
    )  # fmt: skip
    return join([h("p", text) for text in texts])


def _empty(catalogue: Catalogue, money: Money) -> EmptyState:
    t = catalogue.t
    if not money.deals:
        return EmptyState(
            reason=t("No deal was known by this day, or in these years."),
            exists=t("Most deals on file were announced from 2024 on."),
        )
    return EmptyState(
        reason=t("No deal on file goes into these economies in these years."),
        exists=t.n("{n} deal is on file for other economies.",
                   "{n} deals are on file for other economies.", len(money.deals)),
        action_label=t("Show all 13 economies"),
        action_href="/investment?economies=all13",
    )  # fmt: skip


def basis_counts(money: Money, deals: Sequence[mf.Deal]) -> tuple[int, int]:
    """How many deals have the source's own dollars, and how many have any."""
    priced = [deal for deal in deals if deal.usd is not None]
    return sum(_basis(money, deal.deal_id) == "source" for deal in priced), len(priced)
