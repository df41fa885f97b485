"""What the investment pages rest on: deals counted once, with who pays and who receives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import Deal
from observatory.db import queries, queries_investment
from observatory.db.frames import records
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
CONTEXT: Final = re.compile(r"\bcontext row\b|\bkept for context\b", re.IGNORECASE)
"""How a row's remark says that it is shown beside the others but is no AI money of these years."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another deal that this one is part of, contains, or may overlap with; and why."""

    relation: str
    other: str
    basis: str


@dataclass(frozen=True, slots=True)
class Money:
    """Deals of the chosen years as known on the chosen day.

    ``rows`` are all sources' rows of a deal, the leading one first; ``deals`` each deal once;
    ``kept`` the ids that may enter totals.
    """

    rows: Mapping[str, tuple[Row, ...]]
    deals: tuple[Deal, ...]
    parties: Mapping[str, tuple[Row, ...]]
    links: Mapping[str, tuple[Link, ...]]
    kept: frozenset[str]

    def lead(self, deal_id: str) -> Row:
        """The row that stands for a deal."""
        return self.rows[deal_id][0]

    def of(
        self,
        *,
        group: str = "",
        firm: str = "",
        into: Collection[str] | None = None,
        touching: Collection[str] | None = None,
    ) -> list[Deal]:
        """Deals of a group and class, into some economies, or touching them on either side."""
        return [
            deal
            for deal in self.deals
            if (not group or deal.group == group)
            and (not firm or deal.firm == firm)
            and (into is None or deal.receiver in into)
            and (touching is None or self.touches(deal, touching))
        ]

    def touches(self, deal: Deal, economies: Collection[str]) -> bool:
        """Whether a deal is paid from, paid to, or made by one of the economies."""
        home = clean(self.lead(deal.deal_id).get("org_economy_id"))
        return bool({deal.payer, deal.receiver, home} & set(economies))


def load(catalogue: Catalogue) -> Money:
    """Read the deals of a catalogue's day and years."""
    frame = queries.deals(catalogue.db, catalogue.as_of)
    return assemble(
        records(frame),
        records(queries_investment.deal_parties(catalogue.db)),
        records(queries_investment.deal_links(catalogue.db)),
        catalogue.years,
    )


def assemble(
    rows: Sequence[Row],
    parties: Sequence[Row],
    links: Sequence[Row],
    years: tuple[int | None, int | None] | None = None,
) -> Money:
    """Deals from rows, parties and links; pure."""
    named: dict[str, list[Row]] = {}
    for party in parties:
        named.setdefault(clean(party["deal_id"]), []).append(party)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(clean(row["deal_id"]), []).append(row)
    leads = {clean(row["deal_id"]): row for row in mf.once(rows)}
    deals, ordered = [], {}
    for key, lead in leads.items():
        others = [row for row in groups[key] if row["row_id"] != lead["row_id"]]
        found = _deal(lead, others, named.get(key, ()))
        if _within(found.year, years):
            deals.append(found)
            ordered[key] = (lead, *others)
    pairs = [(clean(row["deal_id"]), clean(row["related_deal_id"])) for row in links]
    usable = {deal.deal_id for deal in deals if deal.countable}
    again = {one for row, (one, two) in zip(links, pairs, strict=True)
             if clean(row["relation"]) == "became" and two in usable}  # fmt: skip
    deals = [replace(deal, aside="later") if deal.deal_id in again else deal for deal in deals]
    joined: dict[str, list[Link]] = {}
    for row, (one, two) in zip(links, pairs, strict=True):
        if one in ordered and two in ordered:
            relation, basis = clean(row["relation"]), clean(row["basis"])
            back = {"part_of": "contains", "became": "was"}.get(relation, relation)
            joined.setdefault(one, []).append(Link(relation, two, basis))
            joined.setdefault(two, []).append(Link(back, one, basis))
    return Money(
        ordered,
        tuple(deals),
        {key: tuple(some) for key, some in named.items()},
        {key: tuple(some) for key, some in joined.items()},
        mf.apart(deals, pairs),
    )


def _deal(lead: Row, others: Iterable[Row], parties: Sequence[Row]) -> Deal:
    usd = _number(lead["usd"])
    hosts = {clean(row["host_economy"]) for row in (lead, *others)} - {""}
    hosts |= {clean(p["party_id"]) for p in parties if _is(p, "economy", "receiver")}
    receivers = [p for p in parties if p["role"] == "receiver" and p["party_kind"] != "economy"]
    if hosts:
        receiver = hosts.pop() if len(hosts) == 1 else mf.SEVERAL
        hosted = True
    else:
        receiver = mf.side(clean(p["economy_id"]) or None for p in receivers)
        hosted = False
    start = lead["period_start"]
    return Deal(
        deal_id=clean(lead["deal_id"]),
        row_id=clean(lead["row_id"]),
        group=mf.group_of(clean(lead["kind"])),
        firm=clean(lead["commitment"]) or mf.UNKNOWN,
        status=clean(lead["status"]),
        usd=usd,
        why="" if usd is not None else clean(lead["usd_basis"]),
        payer=mf.side(
            clean(p["economy_id"]) or None for p in parties if p["role"] in ("payer", "investor")
        ),
        receiver=receiver,
        hosted=hosted,
        year=_year(start),
        aside="context" if CONTEXT.search(clean(lead.get("note"))) else "",
    )


def _is(party: Row, kind: str, role: str) -> bool:
    return bool(party["party_kind"] == kind and party["role"] == role)


def _year(day: Any) -> int | None:
    return None if pd.isna(day) else int(pd.Timestamp(day).year)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _within(year: int | None, years: tuple[int | None, int | None] | None) -> bool:
    if not years:
        return True
    first, last = years
    return year is not None and (first or 0) <= year <= (last or 9999)
