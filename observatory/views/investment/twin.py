"""Flows as tables: each line opens its deals; money in, out and at home by economy."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import Flow
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Child, Safe, h, join
from observatory.views import common, labels
from observatory.views.investment.choice import Choice
from observatory.views.investment.data import Money
from observatory.views.investment.deals import listing
from observatory.views.investment.flows import LOOSE, flow_frame, from_name, selected, to_name
from observatory.views.investment.parts import deal_table, lead_frame, of_deals, place
from observatory.views.measures import Catalogue

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
    known = sum(f.tally.usd for f in found if not {f.payer, f.receiver} & set(LOOSE))
    title = t("Both ends are known for {share} of the money",
              share=t.percent(100 * known / whole, 0)) if whole else t("No sum to share out")  # fmt: skip
    return Card(
        id="flow-table",
        title=title,
        subtitle=t("Each line opens the deals behind it. Lines without a sum hold deals without an"
                   " amount that counts."),
        body=body,
        table=flow_frame(found, money, catalogue),
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
        h("td", _end(flow.payer, from_name(flow.payer, catalogue), catalogue), data_l=t("From")),
        h("td", _end(flow.receiver, to_name(flow.receiver, catalogue), catalogue), data_l=t("To")),
        h("td", h("a", said, href=address, data_go=True, cls="iv-sum"), cls="r", data_l=t("US dollars")),
        h("td", share, cls="r x", data_l=t("Share")),
        h("td", h("a", of_deals(flow.tally, t), href=address, data_go=True), cls="r x", data_l=t("Deals")),
        cls="on" if choice.flow == pair else None,
    )  # fmt: skip


def _end(end: str, shown: str, catalogue: Catalogue) -> Safe:
    return h("span", shown, cls="unk") if end in LOOSE else place(end, catalogue)


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
    names = {
        "payer": from_name(choice.flow[0], catalogue),
        "receiver": to_name(choice.flow[1], catalogue),
    }
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
    if net.incoming and len(kept) == 1:
        title = t("{economy} draws {amount} from other economies",
                  economy=catalogue.say(net.economy), amount=t.money(net.incoming, "USD"))  # fmt: skip
    elif net.incoming:
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
