"""Who pays whom: flows of one class and kind of money, their table, balances, deals behind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, SEVERAL, UNKNOWN, Deal, Flow, Tally
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join
from observatory.charts.figures_flows import FlowSpec, flows
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.investment_choice import (
    Choice,
    end_name,
    firm_label,
    group_label,
    switch,
)
from observatory.views.investment_data import Money
from observatory.views.investment_deals import listing
from observatory.views.investment_parts import (
    deal_table,
    lead_frame,
    left_out_counts,
    of_deals,
    place,
)
from observatory.views.measures import Catalogue

DOLLARS = Measure("", "USD", "USD", 1.0, "USD")
FIRST = {"group": "plans", "firm": "pledged"}
_LOOSE = (UNKNOWN, SEVERAL)


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
    """The largest flow between two economies."""
    t = catalogue.t
    across = [
        f
        for f in found
        if f.tally.counted and f.payer != f.receiver and not {f.payer, f.receiver} & set(_LOOSE)
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


def picture(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice, theme: str
) -> Card:
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
                "payer_label": _from(flow.payer, catalogue),
                "receiver_label": _to(flow.receiver, catalogue),
                "value": flow.tally.usd,
                "note": of_deals(flow.tally, t),
            }
            for flow in drawn
        ]
    )
    ends = len({flow.payer for flow in drawn}), len({flow.receiver for flow in drawn})
    height = float(min(560, max(240, 34 * max(ends) + 40)))
    title = _title(found, choice, catalogue)
    spec = FlowSpec(measure=DOLLARS, height=height, name=title)
    sources = lead_frame(money, deals)
    return Card(
        id="flows",
        title=title,
        subtitle=what,
        body=flows(frame, spec, palette("dark" if theme == "dark" else "light"), t),
        height=int(height),
        alt=_alt(drawn, catalogue),
        table=_flow_frame(found, catalogue),
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


def _from(end: str, catalogue: Catalogue) -> str:
    t = catalogue.t
    return t("Payer not known") if end == UNKNOWN else end_name(end, catalogue)


def _to(end: str, catalogue: Catalogue) -> str:
    t = catalogue.t
    return t("Place not known") if end == UNKNOWN else end_name(end, catalogue)


def _alt(drawn: Sequence[Flow], catalogue: Catalogue) -> str:
    t = catalogue.t
    said = [
        t("{payer} to {receiver} {amount}", payer=_from(f.payer, catalogue),
          receiver=_to(f.receiver, catalogue), amount=t.money(f.tally.usd, "USD"))
        for f in drawn[:8]
    ]  # fmt: skip
    text = t("Flows of money, the largest first: {flows}.", flows=t.list(said))
    rest = len(drawn) - 8
    more = t.n("{n} smaller flow is in the table.", "{n} smaller flows are in the table.", rest)
    return t.sentences([text, more]) if rest > 0 else text


def _flow_frame(found: Sequence[Flow], catalogue: Catalogue) -> CardTable:
    t = catalogue.t
    frame = pd.DataFrame(
        [
            {
                "payer": flow.payer,
                "receiver": flow.receiver,
                "usd": flow.tally.usd if flow.tally.counted else None,
                "counted": flow.tally.counted,
                "deals": flow.tally.n,
                "deal_ids": "; ".join(deal.deal_id for deal in flow.tally.deals),
            }
            for flow in found
        ],
        columns=["payer", "receiver", "usd", "counted", "deals", "deal_ids"],
    )
    columns = (
        Column("payer", t("From"), show=lambda v, row: _from(str(v), catalogue), strong=True),
        Column("receiver", t("To"), show=lambda v, row: _to(str(v), catalogue), strong=True),
        Column("usd", t("US dollars"), "right", lambda v, row: t.money(v, "USD")),
        Column("counted", t("Deals in the sum"), "right", lambda v, row: t.number(v)),
        Column("deals", t("Deals in all"), "right", lambda v, row: t.number(v)),
        Column("deal_ids", t("Which"), phone=False),
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


# Table twin --------------------------------------------------------------------------------------


def table_twin(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice
) -> Card | None:
    """Every flow as a line that opens its deals."""
    t = catalogue.t
    deals = selected(money, members, choice)
    found = mf.flows(deals, money.kept)
    if not found:
        return None
    whole = sum(flow.tally.usd for flow in found)
    caption = t("Flows between economies")
    lines = [_flow_line(flow, whole, choice, catalogue) for flow in found]
    shown, rest = lines[:12], lines[12:]
    head = h("thead", h("tr", h("th", t("From"), scope="col"), h("th", t("To"), scope="col"),
             h("th", t("US dollars"), scope="col", cls="r"), h("th", t("Share"), scope="col", cls="r x"),
             h("th", t("Deals"), scope="col", cls="r x")))  # fmt: skip

    def table(some: Sequence[Safe]) -> Safe:
        return h(
            "div",
            h("table", h("caption", caption, cls="sr"), head, h("tbody", join(some)),
              cls="tb iv-flows"),
            cls="tbwrap", tabindex="0", role="region", aria_label=caption,
        )  # fmt: skip

    body = table(shown)
    if rest:
        more = t.n("{n} more flow", "{n} more flows", len(rest))
        body += h("details", h("summary", more), table(rest), cls="co-more")
    known = sum(f.tally.usd for f in found if not {f.payer, f.receiver} & set(_LOOSE))
    title = t("Both ends are known for {share} of the money",
              share=t.percent(100 * known / whole, 0)) if whole else t("No sum to share out")  # fmt: skip
    return Card(
        id="flow-table",
        title=title,
        subtitle=t("Each line opens the deals behind it. Lines without a sum hold deals without an"
                   " amount that counts."),
        body=body,
        table=_flow_frame(found, catalogue),
        actions=("table", "download", "link"),
    )  # fmt: skip


def _flow_line(flow: Flow, whole: float, choice: Choice, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    pair = (flow.payer, flow.receiver)
    address = choice.href(flow=pair) + "#flow-deals"
    said = t.money(flow.tally.usd, "USD") if flow.tally.counted else t("no sum")
    share = t.percent(100 * flow.tally.usd / whole, 0) if whole and flow.tally.counted else ""
    if share and flow.tally.usd < 0.005 * whole:
        share = t("under {share}", share=t.percent(1, 0))
    return h(
        "tr",
        h("td", _end(flow.payer, _from(flow.payer, catalogue), catalogue), data_l=t("From")),
        h("td", _end(flow.receiver, _to(flow.receiver, catalogue), catalogue), data_l=t("To")),
        h("td", h("a", said, href=address, data_go=True, cls="iv-sum"), cls="r", data_l=t("US dollars")),
        h("td", share, cls="r x", data_l=t("Share")),
        h("td", h("a", of_deals(flow.tally, t), href=address, data_go=True), cls="r x", data_l=t("Deals")),
        cls="on" if choice.flow == pair else None,
    )  # fmt: skip


def _end(end: str, shown: str, catalogue: Catalogue) -> Safe:
    return h("span", shown, cls="unk") if end in _LOOSE else place(end, catalogue)


def flow_deals(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice, currency: str
) -> Card | None:
    """The deals behind the flow a reader opened."""
    if choice.flow is None:
        return None
    t = catalogue.t
    deals = [
        deal
        for deal in selected(money, members, choice)
        if (deal.payer, deal.receiver) == choice.flow
    ]
    names = {"payer": _from(choice.flow[0], catalogue), "receiver": _to(choice.flow[1], catalogue)}
    close: Child = h("a", t("Close"), href=choice.href(flow=None), data_go=True)
    if not deals:
        return Card(
            id="flow-deals",
            title=t("From {payer} to {receiver}", **names),
            empty=EmptyState(
                title=t("From {payer} to {receiver}", **names),
                reason=t("No deal of this kind and firmness goes this way."),
                action_label=t("Show all flows"),
                action_href=choice.href(flow=None),
            ),
        )
    tally = mf.tally(deals, money.kept)
    frame = lead_frame(money, deals)
    return Card(
        id="flow-deals",
        title=t("From {payer} to {receiver}: {amount} in {deals}",
                amount=t.money(tally.usd, "USD"), deals=of_deals(tally, t), **names),
        subtitle=t("The deals behind this flow, the largest first."),
        body=h("div", h("p", close, cls="iv-close"), listing(tally.deals, money, catalogue, currency)),
        table=deal_table(money, tally.deals, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


# Balances ----------------------------------------------------------------------------------------


def balance(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice
) -> Card | None:
    """Money coming in, going out and staying, by economy."""
    t = catalogue.t
    deals = selected(money, members, choice)
    found = [b for b in mf.balances(mf.flows(deals, money.kept)) if b.economy in members]
    kept = [
        b for b in found if b.home or b.incoming or b.outgoing or b.from_unknown or b.to_unknown
    ]
    if not kept:
        return None

    def cell(label: str, value: float) -> Safe:
        if not value:
            return h("td", h("span", t("none"), cls="unk"), cls="r", data_l=label)
        button = h("button", t.money(value, "USD"), cls="num", type="button", data_act="table",
                   data_card="balance")  # fmt: skip
        return h("td", button, cls="r", data_l=label)

    labels_ = (t("Stays at home"), t("Comes in"), t("Goes out"), t("Comes from not known"),
               t("Goes to not known"))  # fmt: skip
    lines = [
        h(
            "tr",
            h("th", place(b.economy, catalogue), scope="row"),
            *(
                cell(label, value)
                for label, value in zip(
                    labels_,
                    (b.home, b.incoming, b.outgoing, b.from_unknown, b.to_unknown),
                    strict=True,
                )
            ),
        )
        for b in kept
    ]
    caption = t("Money in and out by economy")
    body = h(
        "div",
        h(
            "table",
            h("caption", caption, cls="sr"),
            h("thead", h("tr", h("th", t("Economy"), scope="col"),
                         *(h("th", label, scope="col", cls="r") for label in labels_))),
            h("tbody", join(lines)),
            cls="tb iv-balance",
        ),
        cls="tbwrap", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip
    net = max(kept, key=lambda b: (b.incoming, b.economy))
    title = t("Money in and out by economy")
    if net.incoming:
        title = t("{economy} draws most from other economies: {amount}",
                  economy=catalogue.say(net.economy), amount=t.money(net.incoming, "USD"))  # fmt: skip
    return Card(
        id="balance",
        title=labels.sentence(title),
        subtitle=t("US dollars of the same deals. Not known holds money of several economies too."),
        body=body,
        table=deal_table(money, deals, catalogue),
        actions=("table", "download", "link"),
    )
