"""The page of one organisation: which sections it has, and the cards in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h, swatch
from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import labels
from observatory.views.company import (
    figures,
    head,
    listing,
    money,
    own,
    peers,
    record,
    standing,
    tech,
)
from observatory.views.company import money_chart as company_money_chart
from observatory.views.company.data import (
    Company,
    Row,
    Rows,
    Surroundings,
    load,
    overview,
)
from observatory.views.company.parts import org_link
from observatory.views.labels import clean, org_name

__all__ = ["Company", "Section", "Surroundings", "card", "load", "sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: rows of card keys, each row side by side."""

    title: str
    anchor: str
    rows: tuple[tuple[str, ...], ...]


def sections(c: Company, t: Translator) -> tuple[Section, ...]:
    """Sections that have something on file, in order; `beside` is above them."""
    found: list[Section] = []
    incoming, outgoing = money.raised(c), money.spent(c)
    rows: list[tuple[str, ...]] = []
    if incoming and company_money_chart.has_chart(c, t):
        rows.append(("money-chart",))
    if incoming:
        rows.append(("raised",))
    if outgoing:
        rows.append(("spent",))
    if rows:
        found.append(Section(t("Money"), "money", tuple(rows)))
    if c.stages:
        found.append(Section(t("Listing"), "listing", (("listing",),)))
    if c.observations:
        keys = [f"series:{key}" for key in figures.series(c)]
        triples = [tuple(keys[i : i + 3]) for i in range(0, len(keys), 3)]
        if figures.others(c):
            triples.append(("values",))
        found.append(Section(t("Figures"), "figures", tuple(triples)))
    rows = []
    if c.models:
        rows.append(("models",))
    rows += [(f"standing:{group}",) for group in standing.groups(c)]
    if rows:
        title = t("Models and their standing") if c.models else t("Standing")
        found.append(Section(title, "models", tuple(rows)))
    hardware = [("chips", c.chips), ("clusters", c.clusters), ("systems", c.systems)]
    rows = [(key,) for key, kept in hardware if kept]
    if rows:
        found.append(Section(t("Chips and computing"), "compute", tuple(rows)))
    rows = [(key,) for key, kept in (("policies", c.policies), ("claims", c.claims)) if kept]
    if rows:
        found.append(Section(t("Policy and claims"), "policy", tuple(rows)))
    if own.claimed(c, t):
        found.append(Section(t("On its own word"), "own-word", (("own-word",),)))
    rows = [("alike",)] if peers.has_alike(c) else []
    if c.peers and c.events:
        rows.append(("peers",))
    if rows:
        found.append(Section(t("Peers"), "peers", tuple(rows)))
    return tuple(found)


def beside(c: Company) -> str:
    """The card beside the names: events, or who else there is where none are dated."""
    return "events" if c.events else "peers"


def contents(c: Company, t: Translator) -> Safe | None:
    """What is on file, as links to the sections below."""
    parts = {section.anchor: section.title for section in sections(c, t)}
    results = sum(len(rows) for rows in standing.groups(c).values())
    said = len(own.claimed(c, t))
    counts = (
        ("money", t.n("{n} deal", "{n} deals", len({row["deal_id"] for row in c.deals}))),
        ("listing", t.n("{n} listing stage", "{n} listing stages",
                        len({row["event_id"] for row in c.stages}))),
        ("figures", t.n("{n} value", "{n} values", len(c.observations))),
        ("models", t.list(
            text for n, text in (
                (len(c.models), t.n("{n} model", "{n} models", len(c.models))),
                (results, t.n("{n} board", "{n} boards", results)),
            ) if n
        )),
        ("compute", t.list(
            text for n, text in (
                (len(c.chips), t.n("{n} AI chip", "{n} AI chips", len(c.chips))),
                (len(c.clusters), t.n("{n} AI cluster", "{n} AI clusters", len(c.clusters))),
                (len(c.systems), t.n("{n} TOP500 system", "{n} TOP500 systems", len(c.systems))),
            ) if n
        )),
        ("policy", t.list(
            text for n, text in (
                (len(c.policies), t.n("{n} policy record", "{n} policy records", len(c.policies))),
                (len(c.claims), t.n("{n} claim", "{n} claims", len(c.claims))),
            ) if n
        )),
        ("own-word", t.n("{n} company claim", "{n} company claims", said)),
        ("peers", t.n("{n} peer", "{n} peers", len(peers.alike(c)))),
    )  # fmt: skip
    rows = [
        h("li", h("a", parts[anchor], href=f"#{anchor}"), h("span", text))
        for anchor, text in counts
        if anchor in parts
    ]
    if not rows:
        return None
    return h("section", h("h3", t("On this page")), h("ul", *rows, cls="co-toc"), cls="card")


def card(c: Company, key: str, s: Surroundings) -> Card | None:
    """The card of a key from `sections`. Raises KeyError for an unknown key."""
    name, _, rest = key.partition(":")
    builders: dict[str, Callable[[], Card | None]] = {
        "names": partial(head.names_card, c, s),
        "events": partial(record.events_card, c, s),
        "money-chart": partial(company_money_chart.money_chart, c, s),
        "raised": partial(money.raised_card, c, s),
        "spent": partial(money.spent_card, c, s),
        "listing": partial(listing.listing_card, c, s),
        "series": partial(figures.series_card, c, rest, s),
        "values": partial(figures.others_card, c, s),
        "models": partial(tech.models_card, c, s),
        "standing": partial(standing.standing_card, c, rest, s),
        "chips": partial(tech.chips_card, c, s),
        "clusters": partial(tech.clusters_card, c, s),
        "systems": partial(tech.systems_card, c, s),
        "policies": partial(record.policies_card, c, s),
        "claims": partial(record.claims_card, c, s),
        "own-word": partial(own.own_card, c, s),
        "alike": partial(peers.alike_card, c, s),
        "peers": partial(peers.peers_card, c, s),
    }
    return builders[name]()


# The picker and the page without an organisation. -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choices:
    """Every organisation for the picker: ids in order of their names, and what to print."""

    ids: tuple[str, ...]
    texts: dict[str, str]


def choices(db: Database, t: Translator) -> Choices:
    """Organisations with names in both scripts, so that either can be typed."""
    rows = plain_records(queries.organizations(db, None))
    texts: dict[str, str] = {}
    for row in rows:
        name = org_name(row["name"], row["native_name"], row["native_language"], t)
        parts = [name.main]
        if name.second:
            parts.append(name.second)
        economy = clean(row["economy_id"])
        tail = ", ".join(filter(None, [economy, clean(row["tickers"]).replace(";", ", ")]))
        texts[row["org_id"]] = " ".join(parts) + (f" ({tail})" if tail else "")
    ids = sorted(texts, key=lambda org: texts[org].casefold())
    return Choices(tuple(ids), texts)


def _most_on_file(rows: Sequence[Row], most: int) -> list[Row]:
    def size(row: Row) -> int:
        return int(row["n_models"] + 2 * row["n_deals"] + 2 * row["n_stages"] + row["n_values"])

    return sorted(rows, key=size, reverse=True)[:most]


def index(db: Database, as_of: date | None, today: date, s: Surroundings) -> Safe:
    """Ways in: the organisations with most on file, by economy."""
    t = s.t
    groups: dict[str, Rows] = {}
    for row in overview(db, as_of, today).values():
        groups.setdefault(clean(row["economy_id"]), []).append(row)
    names: dict[str, dict[str, Any]] = {
        row["economy_id"]: row for row in plain_records(queries.economies(db))
    }
    blocks = []
    for economy in SCOPE:
        rows = groups.get(economy, [])
        if not rows:
            continue
        kept = _most_on_file(rows, 8)
        title = h("h3", swatch(economy), labels.economy_name(names[economy], t))
        count = t.n("{n} organisation on file", "{n} organisations on file", len(rows))
        items = [h("li", org_link(row, s)) for row in kept]
        blocks.append(
            h(
                "section",
                title,
                h("p", count, cls="sub"),
                h("ul", *items, cls="co-list"),
                cls="card",
            )
        )
    return h("div", *blocks, cls="co-index")
