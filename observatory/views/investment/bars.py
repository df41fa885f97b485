"""One kind of money by economy, and the largest deals: bars in dollars, each deal once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, Tally
from observatory.cards.card_model import Card
from observatory.cards.markup import Child, Safe, h, join
from observatory.charts.measure import Measure
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.elements import table_of
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.briefing.page import bars_both
from observatory.views.investment.choice import Choice, end_name, firm_label, group_label, switch
from observatory.views.investment.data import Money
from observatory.views.investment.ledger import basis_counts, method, of_no_place, plans_caveat
from observatory.views.investment.parts import deal_table, lead_frame, left_out_counts, of_deals
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue

_WIDTHS = {0: 396, 1: 820, 2: 610, 3: 396}
MOST = 13
DOLLARS = Measure("", "USD", "USD", 1.0, "USD")

# By economy --------------------------------------------------------------------------------------


def finding(money: Money, members: Sequence[str], catalogue: Catalogue) -> str:
    """Which economy has most of the plans, by the class that holds most deals; empty without one."""
    leads = []
    for firm in CLASSES[:3]:
        deals = money.of(group="plans", firm=firm, into=members)
        known = {k: v for k, v in mf.by(deals, money.kept, _receiver).items() if v.counted}
        if len(known) >= 2:
            leads.append((firm, *next(iter(known.items()))))
    return sentence(_lead_title(leads, "plans", catalogue))


def by_economy(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice
) -> Card | None:
    """One kind of money by the economy it goes to: a panel a class, each with its own scale."""
    t = catalogue.t
    if len(members) < 2 or not money.deals:
        return None
    group = choice.group or "plans"
    some = money.of(group=group, into=members)
    title = t("{kind} by economy", kind=group_label(group, t))
    options = [
        (group_label(name, t), choice.href(group=name, firm=""), name == group) for name in GROUPS
    ]
    picker = switch(t("Kind of money"), options)
    if not some:
        return Card(id="by-economy", title=title, body=picker,
                    after=h("p", t("No deal of this kind goes into these economies."),
                            cls="iv-out"))  # fmt: skip
    panels, empty = [], []
    leads: list[tuple[str, str, Tally]] = []
    held = [firm for firm in CLASSES[:3] if any(deal.firm == firm for deal in some)]
    for firm in CLASSES[:3]:
        deals = [deal for deal in some if deal.firm == firm]
        if not deals:
            empty.append(firm_label(firm, t))
            continue
        panels.append(_panel(deals, money, firm, choice, group, _WIDTHS[len(held)], catalogue))
        known = {k: v for k, v in mf.by(deals, money.kept, _receiver).items() if v.counted}
        if len(known) >= 2:
            leads.append((firm, *next(iter(known.items()))))
    unstated = sum(deal.firm == mf.UNKNOWN for deal in some)
    frame = lead_frame(money, some)
    everything = [mf.tally([d for d in some if d.firm == firm], money.kept) for firm in CLASSES]
    lines = [left_out_counts(everything, t)]
    if empty:
        lines.append(t("Nothing on file under: {classes}.", classes=t.list(empty)))
    if unstated:
        lines.append(
            t.n("{n} deal of unstated firmness is not drawn.",
                "{n} deals of unstated firmness are not drawn.", unstated)
        )  # fmt: skip
    if group == "plans":
        lines.append(of_no_place(money, members, t))
    return Card(
        id="by-economy",
        title=_lead_title(leads, group, catalogue) or title,
        subtitle=t("{kind}, US dollars by the economy the money goes to. Each column has its own scale.",
                   kind=group_label(group, t)),
        body=picker + h("div", join(panels), cls=f"iv-panels of{len(held)}"),
        table=deal_table(money, some, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        after=h("p", join([line for line in lines if line], " "), cls="iv-out"),
        caveat=plans_caveat(t) if group in ("plans", "public") else "",
        method=method(t, *basis_counts(money, some)),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip


def _receiver(deal: mf.Deal) -> str:
    return deal.receiver


def _lead_title(leads: Sequence[tuple[str, str, Tally]], group: str, catalogue: Catalogue) -> str:
    """Who has most of the class that holds most deals."""
    if not leads:
        return ""
    t = catalogue.t
    firm, economy, tally = max(leads, key=lambda lead: (lead[2].n, lead[0]))
    values = {
        "amount": t.money(tally.usd, "USD"),
        "economy": catalogue.say(economy),
        "deals": t.n("{n} deal", "{n} deals", tally.counted),
    }
    match firm:
        case "pledged" if group == "plans":
            # Large plans name no place: they may be of another economy than of the first here.
            return t(
                "Of plans that name a place, {economy} has most pledged: {amount} in {deals}",
                **values,
            )
        case "pledged":
            return t("{economy} has most pledged: {amount} in {deals}", **values)
        case "committed":
            return t("{economy} has most committed: {amount} in {deals}", **values)
        case _:
            return t("{economy} has most closed: {amount} in {deals}", **values)


def _panel(
    deals: Sequence[mf.Deal],
    money: Money,
    firm: str,
    choice: Choice,
    group: str,
    width: float,
    catalogue: Catalogue,
) -> Safe:
    t = catalogue.t
    whole = mf.tally(deals, money.kept)
    head: list[Child] = [h("h4", firm_label(firm, t))]
    head.append(
        h(
            "p",
            h("a", of_deals(whole, t), href=choice.href(group=group, firm=firm, sort="-usd") + "#deals",
              data_go=True),
            " ", t("in the sums"), cls="sub2",
        )
    )  # fmt: skip
    rows = [
        {
            "entity_id": economy,
            "label": end_name(economy, catalogue),
            "value": tally.usd if tally.counted else None,
            "absent": t("no amount that counts"),
            "row_id": table_of("by-economy"),
        }
        for economy, tally in mf.by(deals, money.kept, _receiver).items()
    ]
    spec = BarSpec(measure=DOLLARS, width=width, pitch=31, most=MOST, name=firm_label(firm, t))
    return h("div", *head, bars_both(pd.DataFrame(rows), spec, t), cls="iv-panel")


# Largest -----------------------------------------------------------------------------------------


def largest(catalogue: Catalogue, money: Money, members: Sequence[str]) -> list[Card]:
    """The largest closed rounds and the largest pledged plans."""
    wanted = (("rounds", "closed"), ("plans", "pledged"))
    found = [(pair, _leaders(money, members, *pair)) for pair in wanted]
    held = [(pair, top) for pair, top in found if top]
    width = 610 if len(held) > 1 else 1240
    return [_top(catalogue, money, top, group, width) for (group, _), top in held]


def _leaders(money: Money, members: Sequence[str], group: str, firm: str) -> list[mf.Deal]:
    """Deals with an amount that counts, the largest first."""
    deals = money.of(group=group, firm=firm, touching=members)
    kept = [deal for deal in deals if deal.countable and deal.deal_id in money.kept]
    return sorted(kept, key=lambda deal: (-(deal.usd or 0.0), deal.deal_id))


def _top(
    catalogue: Catalogue, money: Money, top: Sequence[mf.Deal], group: str, width: float
) -> Card:
    t = catalogue.t
    rows = []
    for deal in top[:10]:
        lead = money.lead(deal.deal_id)
        name = labels.org_name(lead["org_name"], lead["org_native_name"], lead["org_language"], t)
        home = str(lead["org_economy_id"] or "")
        rows.append(
            {
                "entity_id": deal.deal_id,
                "label": name.main,
                "native": t.parts(
                    [t.period(clean(lead["announced"])), _where(deal, home, catalogue)]
                ),
                "economy_id": home,
                "value": deal.usd,
                "row_id": deal.row_id,
                "status": deal.status,
            }
        )
    first = rows[0]
    values = {"company": str(first["label"]), "amount": t.money(top[0].usd or 0.0, "USD")}
    if group == "rounds":
        title = t("Largest closed round or stake: {company}, {amount}", **values)
        what = t("Closed rounds and stakes, US dollars, coloured by the company's home")
    else:
        title = t("Largest pledged plan: {company}, {amount}", **values)
        what = t("Pledged investment plans, US dollars, coloured by the company's home")
    spec = BarSpec(measure=DOLLARS, width=width, pitch=41, most=10, name=title)
    frame = lead_frame(money, top)
    count = t.n(
        "{n} deal has an amount that counts", "{n} deals have an amount that counts", len(top)
    )
    return Card(
        id=f"top-{group}",
        title=title,
        subtitle=t("{what}. {count}.", what=what, count=count),
        body=bars_both(pd.DataFrame(rows), spec, t),
        alt=title,
        table=deal_table(money, top, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download", "link"),
        native="bar",
        drawn=_drawn(rows, t),
    )


def _drawn(rows: Sequence[dict[str, Any]], t: Translator) -> pd.DataFrame:
    """The bars for an editable chart, where each has a name of its own: two of one company have their days."""
    frame = pd.DataFrame(rows)
    twice = frame["label"].duplicated(keep=False)
    named = [
        t.parts([str(row["label"]), str(row["native"])]) if again else str(row["label"])
        for row, again in zip(rows, twice, strict=True)
    ]
    return frame.assign(label=named)[["label", "economy_id", "value"]]


def _where(deal: mf.Deal, home: str, catalogue: Catalogue) -> str:
    """Where the money goes, if that is not the company's home."""
    if deal.receiver in (mf.UNKNOWN, mf.SEVERAL, home):
        return ""
    return catalogue.t("for {economy}", economy=catalogue.say(deal.receiver))
