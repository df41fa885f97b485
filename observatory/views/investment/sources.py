"""What every source says of one deal, and what they print differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import Deal
from observatory.cards.markup import Child, Safe, external, h, join, num, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.investment.data import Money
from observatory.views.investment.parts import Row, has, original, parties, party
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

PARTIES = 2
"""Parties named in a deal's own line; if there are more, the fold names them all."""


def fold(deal: Deal, money: Money, catalogue: Catalogue, sources: Mapping[str, Row]) -> Safe:
    """The fold under a deal's line: each source, related deals, all parties."""
    t = catalogue.t
    rows = money.rows[deal.deal_id]
    return h(
        "details",
        h("summary", t.n("{n} source", "{n} sources", len(rows)), _differ(rows, t)),
        join(_source(row, catalogue, sources) for row in rows),
        _linked(deal, money, catalogue),
        _all_parties(deal, money, catalogue),
        cls="iv-more",
    )


def _source(row: Row, catalogue: Catalogue, sources: Mapping[str, Row]) -> Safe:
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
    firm = clean(row["commitment"])
    fact(t("Firmness"), t("not stated") if firm == mf.UNKNOWN else labels.commitment(firm, t))
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
            case "became":
                lead = t("Told again later as: {deal}", deal=what)
            case "was":
                lead = t("Told earlier as: {deal}", deal=what)
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
