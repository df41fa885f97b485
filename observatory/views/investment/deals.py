"""The list of deals: one line a deal, sortable, with all that each source says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, Deal
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Child, Safe, h, icon, join, status_word
from observatory.cards.words import status_label
from observatory.db import queries
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.investment.choice import (
    PAGE,
    Choice,
    firm_label,
    group_label,
    switch,
)
from observatory.views.investment.data import Money
from observatory.views.investment.parts import (
    Row,
    amount,
    deal_table,
    few,
    has,
    lead_frame,
    left_out,
    org,
    original,
    parties,
    party,
    place,
    sorted_heads,
)
from observatory.views.investment.sources import PARTIES, fold
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

_ORDER: dict[str, Callable[[Row, Deal], Any]] = {
    "date": lambda row, deal: str(row["period_start"])[:10] if has(row["period_start"]) else None,
    "who": lambda row, deal: clean(row["org_name"]).casefold() or None,
    "usd": lambda row, deal: deal.usd,
    "kind": lambda row, deal: (deal.group, clean(row["kind"])),
    "firm": lambda row, deal: mf.CLASSES.index(deal.firm),
    "sources": lambda row, deal: None,
}


def chosen(money: Money, members: Sequence[str], choice: Choice) -> list[Deal]:
    """The deals of the list in its order: what has no value for the order comes last."""
    deals = money.of(group=choice.group, firm=choice.firm, touching=members)
    name, down = choice.sort.lstrip("-") or "date", choice.sort.startswith("-") or not choice.sort

    def key(deal: Deal) -> Any:
        if name == "sources":
            return len(money.rows[deal.deal_id])
        return _ORDER[name](money.lead(deal.deal_id), deal)

    known = [deal for deal in deals if key(deal) is not None]
    rest = [deal for deal in deals if key(deal) is None]
    known.sort(key=lambda deal: deal.deal_id)
    known.sort(key=key, reverse=down)
    return known + sorted(rest, key=lambda deal: deal.deal_id)


def card(
    catalogue: Catalogue, money: Money, members: Sequence[str], choice: Choice, currency: str
) -> Card:
    """Deals that touch the chosen economies, a page of them."""
    t = catalogue.t
    deals = chosen(money, members, choice)
    picker = _pickers(choice, t)
    if not deals:
        return Card(
            id="deals",
            title=t("No deal on file"),
            subtitle=t("Deals that touch the chosen economies"),
            empty=_empty(money, choice, t),
        )
    pages = -(-len(deals) // PAGE)
    page = min(choice.page, pages)
    shown = deals[(page - 1) * PAGE : page * PAGE]
    several = sum(len(money.rows[deal.deal_id]) > 1 for deal in deals)
    frame = lead_frame(money, deals)
    body = listing(shown, money, catalogue, currency, _head(choice, t))
    return Card(
        id="deals",
        title=_title(deals, money, choice, catalogue),
        subtitle=t(
            "{deals}, {several} told by more than one source. Open a line for all that each source"
            " says.",
            deals=t.n("{n} deal", "{n} deals", len(deals)), several=t.number(several),
        ),
        body=picker + body + paging(page, pages, choice, "#deals", t),
        table=deal_table(money, deals, catalogue),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("An amount is that of the whole deal, of all who take part."),
        method=t(
            "Amounts stand in the currency of the source; beside them dollars with the rate used, in"
            " units of the currency for one US dollar. Where no rate is on file there are no dollars."
        ),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip


def _empty(money: Money, choice: Choice, t: Translator) -> EmptyState:
    title = t("No deal on file")
    if not money.deals:
        return EmptyState(
            title=title, reason=t("No deal was known by this day, or in these years.")
        )
    return EmptyState(
        title=title,
        reason=t("No deal of this kind and firmness touches the chosen economies."),
        exists=t.n(
            "{n} deal is on file in all.", "{n} deals are on file in all.", len(money.deals)
        ),
        action_label=t("Show every kind"),
        action_href=choice.href(group="", firm=""),
    )


def listing(
    deals: Sequence[Deal],
    money: Money,
    catalogue: Catalogue,
    currency: str,
    head: Safe | None = None,
) -> Safe:
    """Deals as a table: a line each, and a fold with what every source says."""
    t = catalogue.t
    sources = _sources(catalogue, money, deals)
    caption = t("Deals, plans and funds")
    return h(
        "div",
        h(
            "table",
            h("caption", caption, cls="sr"),
            h("thead", head or _plain_head(t)),
            *(h("tbody", *_lines(deal, money, catalogue, currency, sources)) for deal in deals),
            cls="tb iv-deals",
        ),
        cls="tbwrap",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _title(deals: Sequence[Deal], money: Money, choice: Choice, catalogue: Catalogue) -> str:
    """The largest of the list that may stand in a finding."""
    t = catalogue.t
    usable = [deal for deal in deals if deal.countable]
    if not usable:
        return t("Deals, plans and funds")
    top = max(usable, key=lambda deal: (deal.usd or 0.0, deal.deal_id))
    lead = money.lead(top.deal_id)
    name = labels.org_name(lead["org_name"], lead["org_native_name"], lead["org_language"], t).main
    values = {"company": name, "amount": original(lead, t)}
    match top.firm:
        case "pledged":
            return t("Largest here: {company}, {amount} pledged", **values)
        case "committed":
            return t("Largest here: {company}, {amount} committed", **values)
        case "closed":
            return t("Largest here: {company}, {amount} closed", **values)
        case _:
            return t("Largest here: {company}, {amount}, firmness not stated", **values)


def _pickers(choice: Choice, t: Translator) -> Safe:
    kinds = [("", choice.group == "")] + [(name, choice.group == name) for name in GROUPS]
    firms = [("", choice.firm == "")] + [(name, choice.firm == name) for name in CLASSES]
    return h(
        "div",
        switch(
            t("Kind of money"),
            [(group_label(k, t), choice.href(group=k) + "#deals", on) for k, on in kinds],
        ),
        switch(
            t("Firmness"),
            [(firm_label(f, t), choice.href(firm=f) + "#deals", on) for f, on in firms],
        ),
        cls="iv-picks",
    )


def _head(choice: Choice, t: Translator) -> Safe:
    columns = (
        ("date", t("Date"), "", True),
        ("who", t("Who"), "", False),
        ("kind", t("What"), "", False),
        ("usd", t("Amount"), "r", True),
        ("firm", t("Firmness"), "", False),
    )
    return h("tr", *sorted_heads(columns, choice, "date", "deals"), *_last_heads(t))


def _plain_head(t: Translator) -> Safe:
    names = (t("Date"), t("Who"), t("What"), t("Amount"), t("Firmness"))
    cells = [
        h("th", name, scope="col", cls="r" if i == 3 else None) for i, name in enumerate(names)
    ]
    return h("tr", *cells, *_last_heads(t))


def _last_heads(t: Translator) -> tuple[Safe, Safe]:
    return (
        h("th", t("From and to"), scope="col", cls="x"),
        h("th", t("Status"), scope="col"),
    )


def _lines(
    deal: Deal, money: Money, catalogue: Catalogue, currency: str, sources: dict[str, Row]
) -> tuple[Safe, Safe]:
    """A deal's line, and under it the fold with every source."""
    t = catalogue.t
    rows = money.rows[deal.deal_id]
    lead = rows[0]
    what = labels.deal_kind(clean(lead["kind"]), t)
    name = clean(lead["round"])
    why = mf.reason(deal, money.kept)
    main = h(
        "tr",
        h("td", t.period(clean(lead["announced"])), cls="nw", data_l=t("Date")),
        h("td", org(lead, t), cls="b", data_l=t("Who")),
        h("td", what, h("span", name, cls="sub2") if name else None, data_l=t("What")),
        h("td", _amounts(deal, rows, currency, t), cls="r", data_l=t("Amount")),
        h(
            "td",
            labels.sentence(labels.commitment(deal.firm, t)),
            h("span", t("in no sum: {reason}", reason=left_out(why, t)), cls="sub2")
            if why in ("part", "no_rate", "context", "later")
            else None,
            data_l=t("Firmness"),
        ),
        h("td", _ends(deal, money, catalogue), cls="x", data_l=t("From")),
        h("td", status_word(deal.status, status_label(deal.status, t)), data_l=t("Status")),
        cls="iv-main",
    )
    under = fold(deal, money, catalogue, sources)
    return main, h("tr", h("td", under, colspan=7), cls="iv-fold")


def _amounts(deal: Deal, rows: Sequence[Row], currency: str, t: Translator) -> Safe:
    if deal.status != "disputed":
        return amount(rows[0], currency, t)
    # No winner among values in dispute: each is printed.
    found: dict[str, Safe] = {}
    for row in rows:
        if original(row, t):
            found.setdefault(original(row, t), h("span", amount(row, currency, t), cls="co-rival"))
    return join(found.values())


def _ends(deal: Deal, money: Money, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    payers = parties(money, deal.deal_id, ("payer", "investor"))
    names: list[Child] = [party(one, catalogue) for one in payers]
    who = few(names, PARTIES, t) if names else h("span", t("not named"), cls="unk")
    return who + h("span", icon("arrow_forward"), place(deal.receiver, catalogue), cls="sub2 iv-to")


def _sources(catalogue: Catalogue, money: Money, deals: Sequence[Deal]) -> dict[str, Row]:
    ids = sorted({clean(r["source_id"]) for deal in deals for r in money.rows[deal.deal_id]})
    frame = queries.sources_by_id(catalogue.db, ids)
    return {
        clean(row["source_id"]): {str(k): v for k, v in row.items()}
        for row in frame.to_dict("records")
    }


def paging(page: int, pages: int, choice: Choice, anchor: str, t: Translator) -> Safe:
    """Links to the neighbouring pages of a list; nothing where it has one."""
    if pages < 2:
        return Safe("")

    def link(to: int, *words: Child) -> Safe:
        return h("a", *words, href=choice.href(page=to) + anchor, data_go=True)

    back = link(page - 1, icon("arrow_back"), t("Earlier page")) if page > 1 else None
    on = link(page + 1, t("Next page"), icon("arrow_forward")) if page < pages else None
    here = h("span", t("Page {page} of {pages}", page=t.number(page), pages=t.number(pages)))
    return h("nav", back, here, on, cls="iv-pages", aria_label=t("Pages of the list"))
