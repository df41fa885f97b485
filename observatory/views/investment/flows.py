"""Who pays whom: flows of one class and kind of money, their table, balances, deals behind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, SEVERAL, UNKNOWN, Deal, Flow, Tally
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.svg.flows import FlowSpec, flows
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.briefing.page import both_widths
from observatory.views.investment.choice import (
    Choice,
    end_name,
    firm_label,
    group_label,
    switch,
)
from observatory.views.investment.data import Money
from observatory.views.investment.parts import (
    lead_frame,
    left_out_counts,
    of_deals,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

DOLLARS = Measure("", "USD", "USD", 1.0, "USD")
FIRST = {"group": "plans", "firm": "pledged"}
LOOSE = (UNKNOWN, SEVERAL)
HALF = 0.5
"""From this share on, what is not known is the finding."""


def selected(money: Money, members: Sequence[str], choice: Choice) -> list[Deal]:
    """Deals of the chosen class and kind that come from or go to the chosen economies."""
    group, firm = choice.group or FIRST["group"], choice.firm or FIRST["firm"]
    chosen = set(members)
    return [
        deal
        for deal in money.of(group=group, firm=firm)
        if deal.payer in chosen or deal.receiver in chosen
    ]


def pickers(money: Money, members: Sequence[str], choice: Choice, t: Translator) -> Safe:
    """One kind of money and one class at a time: sums of others do not belong in one picture."""
    group, firm = choice.group or FIRST["group"], choice.firm or FIRST["firm"]
    kinds = [(group_label(g, t), choice.href(group=g, flow=None), g == group) for g in GROUPS]
    firms = []
    for name in CLASSES:
        n = len(selected(money, members, Choice(choice.path, group, name)))
        words = t("{label} ({n})", label=firm_label(name, t), n=t.number(n))
        firms.append((words, choice.href(group=group, firm=name, flow=None), name == firm))
    return h("div", switch(t("Kind of money"), kinds), switch(t("Firmness"), firms), cls="iv-picks")


def finding(money: Money, members: Sequence[str], choice: Choice, t: Translator) -> str:
    """How much of the money never crosses a border; empty without a sum."""
    found = mf.flows(selected(money, members, choice), money.kept)
    whole = sum(flow.tally.usd for flow in found if flow.tally.counted)
    home = sum(
        flow.tally.usd
        for flow in found
        if flow.tally.counted and flow.payer == flow.receiver and flow.payer not in LOOSE
    )
    if not whole or not home:
        return ""
    return t(
        "{share} of the money shown stays in the economy it comes from",
        share=t.percent(100 * home / whole, 0),
    )


def deck(money: Money, members: Sequence[str], choice: Choice, t: Translator) -> str:
    """How much of the money has two known ends."""
    deals = selected(money, members, choice)
    found = mf.flows(deals, money.kept)
    counted = sum(flow.tally.counted for flow in found)
    payer, receiver = mf.unknown_share(found)
    if not counted:
        return t(
            "Who pays whom, by economy. One kind of money and one class of firmness at a time."
        )
    values = {"payer": t.percent(100 * payer, 0), "receiver": t.percent(100 * receiver, 0)}
    if payer and receiver:
        return t(
            "Who pays whom, by economy. Of the money shown, {payer} has no payer that can be placed and"
            " {receiver} no place: both are drawn as not known.",
            **values,
        )
    if payer:
        return t(
            "Who pays whom, by economy. Of the money shown, {payer} has no payer that can be placed; it"
            " is drawn as not known.",
            **values,
        )
    if receiver:
        return t(
            "Who pays whom, by economy. Of the money shown, {receiver} has no place; it is drawn as not"
            " known.",
            **values,
        )
    return t("Who pays whom, by economy. Payer and place are known for all of the money shown.")


def _title(found: Sequence[Flow], choice: Choice, catalogue: Catalogue) -> str:
    """The largest flow between two economies; that most is unknown, where it is."""
    t = catalogue.t
    payer, receiver = mf.unknown_share(found)
    if payer >= HALF:
        return t(
            "For {share} of the money shown no payer can be placed", share=t.percent(100 * payer, 0)
        )
    if receiver >= HALF:
        return t("For {share} of the money shown no source names one place",
                 share=t.percent(100 * receiver, 0))  # fmt: skip
    across = [
        f
        for f in found
        if f.tally.counted and f.payer != f.receiver and not {f.payer, f.receiver} & set(LOOSE)
    ]
    if not across:
        return t("No money of this kind is known to cross a border")
    top = across[0]
    values = {
        "amount": t.money(top.tally.usd, "USD"),
        "payer": catalogue.say(top.payer),
        "receiver": catalogue.say(top.receiver),
        "deals": t.n("{n} deal", "{n} deals", top.tally.counted),
    }
    match choice.firm or FIRST["firm"]:
        case "pledged":
            return t("Most pledged across a border: {amount} from {payer} to {receiver}, {deals}",
                     **values)  # fmt: skip
        case "committed":
            return t("Most committed across a border: {amount} from {payer} to {receiver}, {deals}",
                     **values)  # fmt: skip
        case "closed":
            return t("Most closed across a border: {amount} from {payer} to {receiver}, {deals}",
                     **values)  # fmt: skip
        case _:
            return t(
                "Largest across a border: {amount} from {payer} to {receiver}, {deals}", **values
            )


def picture(catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice) -> Card:
    """Payers left, receivers right; what is unknown is grey and as wide as it is."""
    t = catalogue.t
    deals = selected(money, members, choice)
    found = mf.flows(deals, money.kept)
    drawn = [flow for flow in found if flow.tally.counted]
    group, firm = choice.group or FIRST["group"], choice.firm or FIRST["firm"]
    what = t(
        "{kind}, {firm}: {deals}, US dollars",
        kind=group_label(group, t), firm=labels.commitment(firm, t), deals=of_deals(_whole(deals, money), t),
    )  # fmt: skip
    if not drawn:
        return Card(
            id="flows",
            title=t("No flow to draw"),
            subtitle=what,
            empty=EmptyState(
                title=t("No flow to draw"),
                reason=_nothing(deals, money, t),
                exists=t("Investment plans that are pledged have most amounts with both ends known."),
                action_label=t("Show pledged plans"),
                action_href=choice.href(group="plans", firm="pledged", flow=None),
            ),
        )  # fmt: skip
    frame = pd.DataFrame(
        [
            {
                "payer": flow.payer,
                "receiver": flow.receiver,
                "payer_label": from_name(flow.payer, catalogue),
                "receiver_label": to_name(flow.receiver, catalogue),
                "value": flow.tally.usd,
                "note": of_deals(flow.tally, t),
            }
            for flow in drawn
        ]
    )
    ends = len({flow.payer for flow in drawn}), len({flow.receiver for flow in drawn})
    height = float(min(560, max(240, 34 * max(ends) + 40)))
    title = _title(found, choice, catalogue)
    alt = _alt(drawn, catalogue)

    def draw(width: float) -> str:
        spec = FlowSpec(
            measure=DOLLARS, width=width, height=height, name=title, description=alt, card="flows"
        )
        return flows(frame, spec, palette("css"), t)

    sources = lead_frame(money, deals)
    return Card(
        id="flows",
        title=title,
        subtitle=what,
        body=both_widths(draw, 1280),
        alt=alt,
        native="shapes",
        table=flow_frame(found, money, catalogue),
        sources=common.sources_of(catalogue, sources),
        statuses=common.statuses_of(sources),
        method=_method(t),
        after=h("p", left_out_counts([_whole(deals, money)], t), cls="iv-out"),
        actions=("table", "method", "download", "link"),
    )


def _whole(deals: Sequence[Deal], money: Money) -> Tally:
    return mf.tally(deals, money.kept)


def _nothing(deals: Sequence[Deal], money: Money, t: Translator) -> str:
    if not deals:
        return t("No deal of this kind and firmness comes from or goes to the chosen economies.")
    return t.n("{n} deal of this kind is on file, without an amount that can enter a sum.",
               "{n} deals of this kind are on file, none with an amount that can enter a sum.",
               len(deals))  # fmt: skip


def from_name(end: str, catalogue: Catalogue) -> str:
    """The paying end of a flow."""
    t = catalogue.t
    return t("Payer not known") if end == UNKNOWN else end_name(end, catalogue)


def to_name(end: str, catalogue: Catalogue) -> str:
    """The receiving end of a flow."""
    t = catalogue.t
    return t("Place not known") if end == UNKNOWN else end_name(end, catalogue)


def _alt(drawn: Sequence[Flow], catalogue: Catalogue) -> str:
    t = catalogue.t
    said = [
        t("{payer} to {receiver} {amount}", payer=from_name(f.payer, catalogue),
          receiver=to_name(f.receiver, catalogue), amount=t.money(f.tally.usd, "USD"))
        for f in drawn[:8]
    ]  # fmt: skip
    text = t("Flows of money, the largest first: {flows}.", flows=t.list(said))
    rest = len(drawn) - 8
    more = t.n("{n} smaller flow is in the table.", "{n} smaller flows are in the table.", rest)
    return t.sentences([text, more]) if rest > 0 else text


def _deal_name(deal: Deal, money: Money, t: Translator) -> str:
    """Who and when: what a reader knows a deal by."""
    row = money.lead(deal.deal_id)
    name = labels.org_name(
        row.get("org_name"), row.get("org_native_name"), row.get("org_language"), t
    )
    return t.parts(
        [name.main, t.period(clean(row["announced"])) if clean(row["announced"]) else ""]
    )


def flow_frame(found: Sequence[Flow], money: Money, catalogue: Catalogue) -> CardTable:
    """Flows as a card's table; which deals by name, in files by id too."""
    t = catalogue.t
    frame = pd.DataFrame(
        [
            {
                "payer": flow.payer,
                "receiver": flow.receiver,
                "usd": flow.tally.usd if flow.tally.counted else None,
                "counted": flow.tally.counted,
                "deals": flow.tally.n,
                "which": "; ".join(_deal_name(deal, money, t) for deal in flow.tally.deals),
                "deal_ids": "; ".join(deal.deal_id for deal in flow.tally.deals),
            }
            for flow in found
        ],
        columns=["payer", "receiver", "usd", "counted", "deals", "which", "deal_ids"],
    )
    columns = (
        Column("payer", t("From"), show=lambda v, row: from_name(str(v), catalogue), strong=True),
        Column("receiver", t("To"), show=lambda v, row: to_name(str(v), catalogue), strong=True),
        Column("usd", t("US dollars"), "right", lambda v, row: t.money(v, "USD")),
        Column("counted", t("Deals in the sum"), "right", lambda v, row: t.number(v)),
        Column("deals", t("Deals in all"), "right", lambda v, row: t.number(v)),
        Column("which", t("Which"), phone=False),
    )
    return CardTable(frame, columns)


def _method(t: Translator) -> Safe:
    texts = (
        t("The payer is the economy of those who pay or invest, as far as the entries name them and each"
          " can be placed: an organisation on file by its head office, a government by its economy. If"
          " one of those named cannot be placed, the payer is not known; if they are of several"
          " economies, no source says who brings how much, and the money is drawn as several."),
        t("The receiver is the place where the money is to be spent, as a source names it; where none"
          " does, the home of the organisation that receives it. A plan without a place has none."),
        t("Nothing is shared out or guessed. Disputed amounts, weak sources and plans that are part of"
          " another are in no flow."),
    )  # fmt: skip
    return join([h("p", text) for text in texts])
