"""What layers rest on: whose chips, foundries, clusters, plans, weights and partners sources name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from observatory.analysis.cross_section import BAD
from observatory.analysis.dependence import named, weights_of_others
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.db import queries, queries_stack
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.frontier.words import made_of
from observatory.views.labels import clean
from observatory.views.stack.data import EVERYONE, Stack

WAYS: Final = ("foundries", "listed", "clusters", "owners", "plans", "weights", "partners")
WORDS_OF: Final = {"foundries": "foundries", "listed": "chips", "clusters": "chips"}
PARTNERS: Final = ("chips", "compute", "models")
UNKNOWN: Final = ""
ID: Final = "stack-rests"
MOST: Final = 3
LISTED: Final = 40


def read_way(text: str) -> tuple[tuple[str, str] | None, bool]:
    """What a link asks for, ``KOR-clusters``, and whether the text names nothing of the kind."""
    if not text:
        return None, False
    economy, _, way = text.partition("-")
    return ((economy, way), False) if economy in EVERYONE and way in WAYS else (None, True)


def way_name(way: str, t: Translator) -> str:
    """What is looked at, as the head of a column."""
    match way:
        case "foundries":
            return t("Foundries of its chips")
        case "listed":
            return t("Chips of TOP500 systems")
        case "clusters":
            return t("Chips of AI clusters")
        case "owners":
            return t("Owners of AI clusters")
        case "plans":
            return t("Investors of plans")
        case "weights":
            return t("Weights that models name")
        case _:
            return t("Foreign partners of programmes")


def silent(way: str, t: Translator) -> str:
    """What it means that no supplier is known."""
    match way:
        case "foundries":
            return t("no foundry stated")
        case "listed":
            return t("no maker of an accelerator stated")
        case "clusters":
            return t("no maker of chips stated")
        case "owners":
            return t("owner not known")
        case "weights":
            return t("name no other's weights")
        case _:
            return t("not known")


@dataclass(frozen=True, slots=True)
class Thing:
    """One chip, system, cluster, plan, model or programme. ``suppliers`` are (organisation id, its
    name, its economy); none where no source on file says."""

    way: str
    layer: str
    economy: str
    row: Mapping[str, Any]
    suppliers: tuple[tuple[str, str, str], ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """Economies it rests on, each once; empty where nothing is known."""
        return tuple(dict.fromkeys(origin for _, _, origin in self.suppliers))


def things(stack: Stack) -> tuple[Thing, ...]:
    """Everything on file that rests on something; disputed and unchecked rows are left out."""
    db, as_of = stack.data.db, stack.data.as_of
    orgs = {
        str(row["org_id"]): (clean(row["name"]), clean(row["economy_id"]))
        for row in queries.organizations(db, None).to_dict("records")
    }
    found = []
    for row in queries_stack.rests(db, as_of).to_dict("records"):
        way, economy = str(row["way"]), clean(row["economy_id"])
        if economy not in EVERYONE or row["status"] in BAD:
            continue
        if way == "partners" and row["layer"] not in PARTNERS:
            continue
        if way == "weights":
            ids = weights_of_others(clean(row["name"]), clean(row["note"]), clean(row["org_id"]),
                                    stack.words.get("weights", {}))  # fmt: skip
        elif way in WORDS_OF:
            ids = named(clean(row["text"]), stack.words.get(WORDS_OF[way], {}))
        else:
            ids = (clean(row["supplier"]),) if clean(row["supplier_economy"]) else ()
        suppliers = tuple((org, *orgs[org]) for org in ids if org in orgs and orgs[org][1])
        plain = {str(key): value for key, value in row.items()}
        found.append(Thing(way, clean(row["layer"]), economy, plain, suppliers))
    return tuple(found)


def tally(own: Sequence[Thing]) -> dict[str, int]:
    """How many things rest on each economy, most first; what is not known last, under "".

    A thing with suppliers of two economies counts for both.
    """
    counts: dict[str, int] = {}
    for thing in own:
        for origin in thing.origins or (UNKNOWN,):
            counts[origin] = counts.get(origin, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0])))


def finding(stack: Stack, every: Sequence[Thing], members: Sequence[str]) -> str:
    """Where the accelerators of listed systems come from."""
    t = stack.data.t
    # Named accelerators of makers that no source on file places count too: they rest on nobody named.
    told = [
        x
        for x in every
        if x.way == "listed" and x.economy in members and (x.origins or clean(x.row["text"]))
    ]
    top, n = next(iter(tally(told).items()), (UNKNOWN, 0))
    if top == UNKNOWN:
        return t("What layers rest on")
    return t("{n} of {m} listed supercomputers that name an accelerator use chips from {economy}",
             n=t.number(n), m=t.number(len(told)), economy=stack.data.say(top))  # fmt: skip


def matrix_card(
    stack: Stack,
    every: Sequence[Thing],
    members: Sequence[str],
    chosen: tuple[str, str] | None,
    address: Mapping[tuple[str, str], str],
) -> Card:
    """Economies by what is looked at; each cell counts suppliers by economy, unknown as unknown."""
    t = stack.data.t
    head = h(
        "tr",
        h("th", t("Economy"), scope="col"),
        *(h("th", way_name(way, t), scope="col") for way in WAYS),
    )
    lines, rows = [], []
    for economy in members:
        cells = []
        for way in WAYS:
            own = [x for x in every if x.way == way and x.economy == economy]
            cells.append(_cell(stack, economy, way, own, chosen, address[economy, way]))
            rows += _table_rows(stack, own)
        name = h(
            "a",
            swatch(economy),
            h("span", stack.data.name(economy)),
            href=links.economy(economy),
            data_go=True,
        )
        lines.append(h("tr", h("th", name, scope="row"), *cells))
    title = finding(stack, every, members)
    if not rows:
        return Card(id=ID, title=title, empty=EmptyState(t("Nothing on file says what these economies rest on.")),
                    level=2)  # fmt: skip
    frame = pd.DataFrame(rows)
    caption = t("What layers of each economy rest on, by economy of the supplier")
    return Card(
        id=ID,
        title=title,
        subtitle=t("Number of chips, systems, clusters, plans, models and programmes on file by economy of the supplier"
                   " that a source names; press a cell for the list"),
        body=h("div", h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(lines)),
                        cls="tb sk-r"), cls="tbwrap", tabindex="0", role="region", aria_label=caption),
        alt=caption,
        table=CardTable(frame, columns(t)),
        sources=common.sources_of(stack.data, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Nothing named is not independence: most sources do not say. Two lists may name one cluster twice."),
        method=method(t),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _cell(
    stack: Stack,
    economy: str,
    way: str,
    own: Sequence[Thing],
    chosen: tuple[str, str] | None,
    href: str,
) -> Safe:
    t = stack.data.t
    if not own:
        none = t("none named") if way == "partners" else t("none on file")
        return h("td", h("span", none, cls="unk small"), data_l=way_name(way, t))
    counts = tally(own)
    known = [code for code in counts if code]
    parts = []
    for code in known[:MOST]:
        home = code == economy
        label = t("home") if home else code
        name = t("home") if home else stack.data.name(code)
        parts.append(
            h("span", swatch(code), h("b", label, title=name), t.number(counts[code]), cls="sk-o")
        )
    rest = sum(counts[code] for code in known[MOST:])
    if rest:
        parts.append(h("span", t("others"), " ", t.number(rest), cls="sk-o"))
    if UNKNOWN in counts:
        parts.append(
            h(
                "span",
                t("{n} {words}", n=t.number(counts[UNKNOWN]), words=silent(way, t)),
                cls="sk-o unk",
            )
        )
    link = h(
        "a",
        *parts,
        href=href,
        data_go=True,
        aria_current="true" if chosen == (economy, way) else None,
    )
    return h("td", link, data_l=way_name(way, t))


def _table_rows(stack: Stack, own: Sequence[Thing]) -> list[dict[str, Any]]:
    t = stack.data.t
    return [
        {
            "economy": stack.data.name(thing.economy),
            "what": way_name(thing.way, t),
            "name": clean(thing.row["name"]),
            "text": clean(thing.row["text"]) if thing.way in WORDS_OF else "",
            "supplier": t.list([name for _, name, _ in thing.suppliers]) or silent(thing.way, t),
            "from": t.list([stack.data.name(code) for code in thing.origins]) or t("not known"),
            "said": clean(thing.row["said"]),
            "row_id": str(thing.row["row_id"]),
            "status": thing.row["status"],
            "source_id": thing.row["source_id"],
            "known_on": thing.row["known_on"],
            "orgs": thing.suppliers,
        }
        for thing in own
    ]


def columns(t: Translator) -> tuple[Column, ...]:
    """Columns of the list of things."""
    return (
        Column("economy", t("Economy")),
        Column("what", t("What is looked at")),
        Column("name", t("Name"), strong=True, row_id="row_id"),
        Column("text", t("As the source writes it")),
        Column("supplier", t("Supplier")),
        Column("from", t("From")),
        Column("said", t("Date"), show=lambda v, r: t.period(clean(v)) if clean(v) else ""),
    )


def list_card(stack: Stack, every: Sequence[Thing], chosen: tuple[str, str]) -> Card:
    """Everything behind one cell, those with a known supplier first."""
    t, (economy, way) = stack.data.t, chosen
    own = [x for x in every if x.way == way and x.economy == economy]
    name = stack.data.name(economy)
    card_id = f"{ID}-list"
    if not own:
        return Card(id=card_id, title=t("{economy}: {what}", economy=name, what=way_name(way, t)),
                    empty=EmptyState(t("Nothing of this kind is on file.")), level=2)  # fmt: skip
    ordered = sorted(own, key=lambda x: (not x.origins, x.origins, clean(x.row["name"]).casefold()))
    frame = pd.DataFrame(_table_rows(stack, ordered)).drop(columns=["economy", "what"])
    known = sum(bool(x.origins) for x in own)

    def who(value: Any, row: Mapping[str, Any]) -> Safe | str:
        if not row["orgs"]:
            return h("span", value, cls="unk")
        return join(
            [h("a", label, href=links.org(org), data_go=True) for org, label, _ in row["orgs"]],
            t.comma,
        )

    shown: tuple[Column, ...] = (
        Column(
            "name", t("Name"), strong=True, show=lambda v, r: num(v, r["row_id"], cls="num plain-t")
        ),
        Column("text", t("As the source writes it"), phone=False),
        Column("supplier", t("Supplier"), show=who),
        Column("from", t("From"), phone=False),
        Column("said", t("Date"), show=lambda v, r: t.period(clean(v)) if clean(v) else ""),
    )
    if way not in WORDS_OF:
        shown = tuple(column for column in shown if column.key != "text")
    title = t("{economy}: {what}, a supplier is known for {n} of {m}", economy=name, what=way_name(way, t),
              n=t.number(known), m=t.number(len(own)))  # fmt: skip
    first = CardTable(frame, shown).rows()[:LISTED]
    listing = table(shown, first, caption=title, unknown=t("not stated"), cls="sk-list")
    left = len(frame) - len(first)
    return Card(
        id=card_id,
        title=title,
        after=h("p", made_of(t.n("and {n} more", "and {n} more", left), card_id), cls="small") if left else None,
        body=h("div", listing, id="rests-list", cls="sk-anchor"),
        alt=title,
        table=CardTable(frame.drop(columns=["orgs"]), tuple(c for c in columns(t) if c.key in frame.columns)),
        sources=common.sources_of(stack.data, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download", "link"),
        level=2,
    )  # fmt: skip


def method(t: Translator) -> Safe:
    """How suppliers are read from rows."""
    return join(
        [
            h("p", t("Foundries of chips made by home makers; accelerators of the newest TOP500 list; chips of AI"
                     " clusters that run or are being built; owners of these clusters; those who plan to invest in"
                     " the economy; weights of other makers that a model's name or remark names; organisations of other"
                     " economies named as partners or signatories of programmes on chips, compute and models.")),
            h("p", t("A supplier counts where a listed word stands in the text. Its economy is that of its head office."
                     " A thing with suppliers of two economies counts for both. What no text says counts as unknown.")),
        ]
    )  # fmt: skip
