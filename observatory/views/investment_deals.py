"""The list of deals: one line a deal, sortable, with all that each source says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import CLASSES, GROUPS, Deal
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Child, Safe, external, h, icon, join, num, status_word
from observatory.cards.words import status_label
from observatory.db import queries
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.investment_choice import (
    PAGE,
    Choice,
    firm_label,
    group_label,
    switch,
)
from observatory.views.investment_data import Money
from observatory.views.investment_parts import (
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
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

PARTIES = 2
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
            empty=EmptyState(
                title=t("No deal on file"),
                reason=t("No deal of this kind and firmness touches the chosen economies."),
                exists=t.n("{n} deal is on file in all.", "{n} deals are on file in all.",
                           len(money.deals)),
                action_label=t("Show every kind"),
                action_href=choice.href(group="", firm=""),
            ),
        )  # fmt: skip
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
    name, down = choice.sort.lstrip("-") or "date", choice.sort.startswith("-") or not choice.sort
    cells = []
    for key, label, cls, falling in columns:
        on = key == name
        falls = not down if on else falling
        mark = icon("arrow_downward" if down else "arrow_upward") if on else None
        cells.append(
            h(
                "th",
                h("a", label, mark, href=choice.href(sort=f"{'-' if falls else ''}{key}") + "#deals",
                  data_go=True),
                scope="col",
                cls=" ".join(filter(None, (cls, "on" if on else ""))) or None,
                aria_sort=("descending" if down else "ascending") if on else None,
            )
        )  # fmt: skip
    return h("tr", *cells, *_last_heads(t))


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
    n = len(rows)
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
            if why in ("part", "no_rate")
            else None,
            data_l=t("Firmness"),
        ),
        h("td", _ends(deal, money, catalogue), cls="x", data_l=t("From")),
        h("td", status_word(deal.status, status_label(deal.status, t)), data_l=t("Status")),
        cls="iv-main",
    )
    fold = h(
        "details",
        h(
            "summary",
            t.n("{n} source", "{n} sources", n),
            _differ(rows, t),
        ),
        join(_source(row, catalogue, sources) for row in rows),
        _linked(deal, money, catalogue),
        _all_parties(deal, money, catalogue),
        cls="iv-more",
    )
    return main, h("tr", h("td", fold, colspan=7), cls="iv-fold")


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


def _source(row: Row, catalogue: Catalogue, sources: dict[str, Row]) -> Safe:
    """What one source says, in one block."""
    t = catalogue.t
    source = sources.get(clean(row["source_id"]), {})
    facts: list[Child] = []

    def fact(label: str, value: Child) -> None:
        facts.append(h("span", h("span", label, cls="k"), " ", value, cls="iv-fact"))

    shown = original(row, t)
    fact(t("Amount"), num(shown, clean(row["row_id"])) if shown else t("not stated"))
    if has(row["amount_usd_m"]) and clean(row["currency"]) not in ("", "USD"):
        fact(
            t("In US dollars"), num(t.money(row["amount_usd_m"] * 1e6, "USD"), clean(row["row_id"]))
        )
    if has(row["post_money_usd_m"]):
        fact(t("Valuation after it"),
             num(t.money(row["post_money_usd_m"] * 1e6, "USD"), clean(row["row_id"])))  # fmt: skip
    fact(t("Date"), t.period(clean(row["announced"])))
    fact(t("Firmness"), labels.commitment(clean(row["commitment"]), t))
    if clean(row["host_economy"]):
        fact(t("Place"), catalogue.name(clean(row["host_economy"])))
    name = clean(source.get("publisher")) or clean(source.get("title")) or clean(row["source_id"])
    said = [
        h("p", h("b", external(name, clean(source.get("url")) or None, cls="quiet")), " ",
          status_word(clean(row["status"]), status_label(clean(row["status"]), t)), " ",
          join(facts), cls="iv-says")
    ]  # fmt: skip
    if clean(row["investors"]):
        said.append(h("p", h("span", t("Named: "), cls="k"),
                      h("span", clean(row["investors"]).replace(";", "; ")), cls="iv-says"))  # fmt: skip
    if clean(row["note"]):
        said.append(h("p", clean(row["note"]), lang="en", cls="iv-says muted"))
    return h("div", *said, cls="iv-source")


def differences(rows: Sequence[Row], t: Translator) -> list[str]:
    """What the sources of one deal print differently.

    Amounts in one currency differ if they are not the same; in several, if their dollars are more
    than 2 % apart. Dates differ if they cannot mean one day.
    """
    plain: tuple[tuple[str, Callable[[Row], object]], ...] = (
        (
            t("valuation"),
            lambda row: row["post_money_usd_m"] if has(row["post_money_usd_m"]) else None,
        ),
        (t("firmness"), lambda row: clean(row["commitment"]) or None),
        (t("place"), lambda row: clean(row["host_economy"]) or None),
    )
    found = [t("amount")] if _amounts_differ(rows) else []
    found += [name for name, read in plain if len({read(row) for row in rows} - {None}) > 1]
    starts = [str(row["period_start"])[:10] for row in rows if has(row["period_start"])]
    ends = [str(row["period_end"])[:10] for row in rows if has(row["period_end"])]
    if starts and ends and max(starts) > min(ends):
        found.append(t("date"))
    return found


def _amounts_differ(rows: Sequence[Row]) -> bool:
    own = {(clean(row["currency"]), row["amount"]) for row in rows if has(row["amount"])}
    if len({code for code, _ in own}) == 1 and len(own) > 1:
        return True
    dollars = [float(row["usd"]) for row in rows if has(row["usd"])]
    same = own and len(own) == 1 and all(has(row["amount"]) or not has(row["usd"]) for row in rows)
    return not same and len(dollars) > 1 and max(dollars) > 1.02 * min(dollars)


def _differ(rows: Sequence[Row], t: Translator) -> Safe | None:
    if len(rows) < 2:
        return None
    found = differences(rows, t)
    if not found:
        return h("span", t("They print the same."), cls="iv-same")
    return h(
        "span", t("They print different values: {fields}.", fields=t.list(found)), cls="iv-diff"
    )


def _linked(deal: Deal, money: Money, catalogue: Catalogue) -> Safe | None:
    t = catalogue.t
    said = []
    for link in money.links.get(deal.deal_id, ()):
        other = money.lead(link.other)
        what = t(
            "{company}, {amount}, {date}",
            company=clean(other["org_name"]),
            amount=original(other, t) or t("amount not stated"),
            date=t.period(clean(other["announced"])),
        )
        match link.relation:
            case "part_of":
                lead = t("Part of: {deal}", deal=what)
            case "contains":
                lead = t("Contains: {deal}", deal=what)
            case _:
                lead = t("May overlap with: {deal}", deal=what)
        said.append(h("p", lead, " ", h("span", link.basis, lang="en", cls="muted"), cls="iv-says"))
    return h("div", *said, cls="iv-source") if said else None


def _all_parties(deal: Deal, money: Money, catalogue: Catalogue) -> Safe | None:
    t = catalogue.t
    every = parties(money, deal.deal_id, ("payer", "investor", "receiver"))
    payers = parties(money, deal.deal_id, ("payer", "investor"))
    if len(every) < 2 or len(payers) <= PARTIES:
        return None
    names: list[Child] = [party(one, catalogue) for one in payers]
    return h("p", h("span", t("Payers and investors: "), cls="k"), join(names, "; "), cls="iv-says")


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
