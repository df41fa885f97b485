"""Who else there is: peers of the same layer and kind, and others of the same economy."""

from __future__ import annotations

import math
from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h
from observatory.cards.table import table
from observatory.views import labels, links
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.parts import frame_of, org_link
from observatory.views.labels import clean, org_name

PEERS: Final = 18
ALIKE: Final = 8
_COUNTED: Final = (
    "models", "deals", "stages", "values", "chips", "clusters", "systems", "policies",
)  # fmt: skip


def size(row: Row) -> int:
    """How many things are on file about an organisation."""
    return int(sum(row[f"n_{what}"] for what in _COUNTED))


def alike(c: Company) -> Rows:
    """Organisations of the same layer and kind, nearest by how much is on file.

    Near is the ratio of the two counts, so that 10 is as near to 20 as 20 is to 40. Those of the
    same economy go first among equals, then the order is that of the names.
    """
    layer, own = clean(c.identity["stack_layer"]), c.overview.get(c.org)
    if not layer or own is None:
        return []
    here = math.log1p(size(own))
    found = [
        {**row, "size": size(row)}
        for row in c.overview.values()
        if row["org_id"] != c.org and row["stack_layer"] == layer and row["kind"] == c.kind
    ]

    def order(row: Row) -> tuple[Any, ...]:
        far = round(abs(math.log1p(row["size"]) - here), 9)
        return far, row["economy_id"] != c.economy_id, clean(row["name"]), row["org_id"]

    return sorted(found, key=order)


def has_alike(c: Company) -> bool:
    """Whether there are two peers or more."""
    return len(alike(c)) >= 2


def alike_card(c: Company, s: Surroundings) -> Card | None:
    """The nearest peers with what is on file of each; None where there are none."""
    t = s.t
    every = alike(c)
    if not has_alike(c):
        return None
    own = {**c.overview[c.org], "size": size(c.overview[c.org])}
    rows = [own, *every[:ALIKE]]

    def name(value: Any, row: Row) -> Safe:
        if row["org_id"] == c.org:
            shown = org_name(row["name"], row["native_name"], row["native_language"], t)
            return h("b", shown.main, lang=shown.main_lang)
        return org_link(row, s)

    def economy(value: Any, row: Row) -> str:
        found = c.economies.get(clean(row["economy_id"]))
        return labels.economy_name(found, t) if found else t("not known")

    def count(value: Any, row: Row) -> str:
        return t.number(int(value))

    columns = (
        Column("name", t("Organisation"), show=name, strong=True),
        Column("economy_id", t("Economy"), show=economy, phone=False),
        Column(
            "size",
            t("Facts on file"),
            "right",
            show=count,
            href=lambda row: links.org(str(row["org_id"])),
        ),
        Column("n_models", t("Models"), "right", show=count, phone=False),
        Column("n_deals", t("Deals"), "right", show=count, phone=False),
        Column("n_chips", t("Chips"), "right", show=count, phone=False),
        Column("n_policies", t("Policies"), "right", show=count, phone=False),
    )
    hidden = (Column(key, "") for key in ("org_id", "native_name", "native_language"))
    names = [
        org_name(row["name"], row["native_name"], row["native_language"], t).main
        for row in every[:3]
    ]
    return Card(
        id="alike",
        title=t("Nearest peers by what is on file: {names}", names=t.list(names)),
        subtitle=t(
            "{kind}, layer {layer}: the nearest {shown} of {all} in the whole observatory.",
            kind=labels.org_kind(c.kind, t),
            layer=labels.layer(clean(c.identity["stack_layer"]), t),
            shown=t.number(len(rows) - 1),
            all=t.number(len(every)),
        ),
        body=table(columns, rows, caption=t("Peers"), unknown=t("not known")),
        table=CardTable(frame_of([own, *every], (*columns, *hidden)), columns),
        caveat=t("How much is on file says how much our sources tell, not how large a peer is."),
        method=t(
            "Peers are the organisations of the same layer and the same kind. They are ordered by"
            " how near their number of facts on file is to this one's, as a ratio; the same economy"
            " goes first among equals. Facts are models, deals, listing stages, measured values,"
            " chips, clusters, TOP500 systems and policy records."
        ),
        actions=("table", "method", "download", "link"),
    )


def peers_card(c: Company, s: Surroundings) -> Card | None:
    """Links to go on with; None if there is nobody."""
    t = s.t
    rows = c.peers[:PEERS]
    if not rows:
        return None
    layer = labels.layer(clean(c.identity["stack_layer"]), t)
    economy = labels.economy_name(c.economy, t) if c.economy else ""
    if rows[0]["same"] == "both" and economy:
        title = t("Others in {economy}, layer {layer}", layer=layer,
                  economy=labels.in_sentence(c.economy_id, economy, t))  # fmt: skip
    elif rows[0]["same"] == "economy" and economy:
        title = t("Others in {economy}", economy=labels.in_sentence(c.economy_id, economy, t))
    else:
        title = t("Others like it elsewhere")

    def item(row: Row) -> Safe:
        parts = []
        if row.get("n_models"):
            parts.append(t.n("{n} model", "{n} models", int(row["n_models"])))
        if row.get("n_deals"):
            parts.append(t.n("{n} deal", "{n} deals", int(row["n_deals"])))
        if row.get("n_stages"):
            parts.append(t.n("{n} listing stage", "{n} listing stages", int(row["n_stages"])))
        if row["same"] != "both" or not parts:
            parts.insert(0, labels.org_kind(clean(row["kind"]), t))
        return h("li", org_link(row, s), h("span", " · ".join(parts), cls="sub2"))

    more = len(c.peers) - len(rows)
    subtitle = t("With the newest news first.")
    if more > 0:
        subtitle = t.n("The {shown} with the newest news; {n} more on file.",
                       "The {shown} with the newest news; {n} more on file.", more,
                       shown=t.number(len(rows)))  # fmt: skip
    return Card(
        id="peers",
        title=title,
        subtitle=subtitle,
        # Beside the names there is room for two columns only.
        body=h(
            "div",
            h("ul", *(item(row) for row in rows), cls="co-peers"),
            cls=None if c.events else "co-two",
        ),
        actions=(),
    )
