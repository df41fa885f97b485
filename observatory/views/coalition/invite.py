"""Whom to invite, and who brings what: contributions of one more member, strengths by layer."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from observatory.analysis.coalition import KNOWN_SHARE
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, num, swatch
from observatory.cards.table import table
from observatory.db import queries_coalition
from observatory.model.vocab import StackLayer
from observatory.views import common, labels, links
from observatory.views.coalition.page import Coalition, parameter
from observatory.views.coalition.pool import percent

MOST: Final = 2


def _lead_measures(c: Coalition) -> list[str]:
    """One measure a pillar for the narrow table: the gap with most candidates known."""
    known = c.added[c.added["value"].notna()]["indicator_id"].value_counts()
    found: dict[str, str] = {}
    for key in c.open_gaps:
        pillar = c.data.indicators[key].pillar
        best = found.get(pillar)
        if best is None or (known.get(key, 0), key) > (known.get(best, 0), best):
            found[pillar] = key
    return list(found.values())[:MOST]


def best_invitation(c: Coalition) -> tuple[str, float, int, int] | None:
    """The candidate that closes most of the gaps: economy, mean share closed, measures known, of."""
    first = c.invited.dropna(subset=["closed"]).head(1)
    if first.empty:
        return None
    row = first.iloc[0]
    return str(row["entity_id"]), float(row["closed"]), int(row["n"]), int(row["of"])


def invite_card(c: Coalition, href: Any) -> Card:
    """Candidates by the share of the gaps to the rival that they would close."""
    t = c.t
    if not c.rival or not c.open_gaps or not c.candidates:
        reason = (
            t("Nobody of the thirteen is left to invite.")
            if not c.candidates
            else t("There is no gap to close: nobody outside is ahead, or no value is known.")
        )
        return Card(id="invite", title=t("Who would add most?"), empty=EmptyState(reason), level=2)
    rival = c.data.say(c.rival)
    best = best_invitation(c)
    leads = _lead_measures(c)
    by_cell = {(r["entity_id"], r["indicator_id"]): r for r in c.added.to_dict("records")}
    head = h(
        "tr",
        h("th", t("If it joined"), scope="col"),
        h("th", t("Gaps closed"), scope="col", cls="r"),
        *(h("th", c.data.indicators[key].short, scope="col", cls="r x") for key in leads),
    )
    lines = []
    for row in c.invited.to_dict("records"):
        code = str(row["entity_id"])
        cells = []
        for key in leads:
            found = by_cell[(code, key)]
            if found["value"] != found["value"] or found["value"] is None:
                cells.append(h("td", h("span", t("unknown"), cls="muted"), cls="r x"))
                continue
            growth = found["growth"]
            said = _growth(growth, c)
            cells.append(h("td", num(said, found["row_id"]), cls="r x"))
        score = row["closed"]
        closed = (
            h("span", t("too little known"), cls="muted")
            if score != score
            else h("b", percent(score, "", c))
        )
        lines.append(
            h(
                "tr",
                h(
                    "th",
                    h("a", swatch(code), " ", c.data.name(code), href=href(members=parameter((*c.members, code))),
                      data_go=True, title=t("Add {economy} to the coalition", economy=c.data.say(code))),
                    scope="row",
                ),
                h("td", closed, " ", h("span", t("{n} of {m}", n=t.number(row["n"]), m=t.number(row["of"])),
                                       cls="small muted"), cls="r"),
                *cells,
            )
        )  # fmt: skip
    title = (
        t("Of the candidates {economy} would add most: {share} of the gap to {rival} on average",
          economy=c.data.say(best[0]), rival=rival, share=percent(best[1], "", c))
        if best
        else t("Too little is known of any candidate")
    )  # fmt: skip
    columns = (
        Column("label", t("Economy"), strong=True),
        Column("measure", t("Measure")),
        Column("value", t("Value"), "right", lambda v, r: t.exact(v, "") if v == v and v is not None else t("unknown"),
               row_id="row_id"),
        Column("growth", t("Growth of the pool"), "right",
               lambda v, r: _growth(v, c) if v == v and v is not None else ""),
        Column("closed", t("Gap closed"), "right",
               lambda v, r: percent(v, "", c) if v == v and v is not None else t("no gap")),
    )  # fmt: skip
    frame = c.added.assign(
        label=[c.data.name(code) for code in c.added["entity_id"]],
        measure=[c.data.indicators[key].short for key in c.added["indicator_id"]],
    )
    return Card(
        id="invite",
        title=title,
        subtitle=t.n(
            "Candidates of the thirteen; {n} measure in which the coalition is behind {rival}",
            "Candidates of the thirteen; {n} measures in which the coalition is behind {rival}",
            len(c.open_gaps),
            rival=rival,
        ),
        body=h("div", h("table", h("thead", head), h("tbody", *lines), cls="tb c-invite"), cls="tbwrap", tabindex="0",
               role="region", aria_label=title),
        alt=title,
        table=CardTable(frame.reset_index(drop=True), columns),
        caveat=t("Unknown is not zero: a candidate is placed by the measures that are known of it."),
        method=t(
            "For each measure in which the coalition is behind {rival}, the share of the distance that a candidate"
            " alone would close, 100 % at most. Means are taken within a pillar first, then over pillars, so"
            " that a pillar with many measures weighs like one with few. Who has a value in under {share} of"
            " these measures is not placed. Growth is the pool with the candidate over the pool without it.",
            rival=rival,
            share=t.percent(KNOWN_SHARE * 100, 0),
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _growth(growth: float, c: Coalition) -> str:
    t = c.t
    if 0 < growth < 0.01:
        return t("+ under {share}", share=t.percent(1, 0))
    return t.signed_percent(growth * 100, 0)


# Who brings what ----------------------------------------------------------------------------------


def layers(c: Coalition) -> pd.DataFrame:
    """Organisations on file by member and layer: economy_id, layer, n; zero where none is on file."""
    found = queries_coalition.layer_counts(c.data.db, c.as_of)
    return found[found["economy_id"].isin(c.members)]


def lacking(c: Coalition) -> list[str]:
    """Layers of which no member has an organisation on file."""
    have = set(layers(c)["layer"])
    return [layer.value for layer in StackLayer if layer.value not in have]


def brings_card(c: Coalition) -> Card:
    """The member that brings most to each measure, and its share of the pool."""
    t = c.t
    rows: list[dict[str, Any]] = []
    for item in c.measures:
        pooled = c.pools[item.id]
        leader = pooled.leader
        if leader is None or item.id not in c.race:
            continue
        first = pooled.parts.iloc[0]
        share = first["value"] / pooled.total if pooled.rule == "sum" and pooled.total else None
        rows.append(
            {
                "pillar": labels.pillar(item.pillar, t), "measure": item.short, "indicator_id": item.id,
                "entity_id": leader, "label": c.data.name(leader), "value": float(first["value"]),
                "shown": item.value(float(first["value"]), t), "share": share, "row_id": first["row_id"],
                "of": percent(share, t("the best counts"), c),
                "period": first["period"], "source_id": first["source_id"], "status": first["status"],
                "known_on": first["known_on"],
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    if frame.empty:
        return Card(id="brings", title=t("Who brings most?"),
                    empty=EmptyState(t("No member has a value in any pooled measure.")))  # fmt: skip

    def name(value: Any, row: Any) -> Safe:
        return h(
            "a",
            swatch(row["entity_id"]),
            " ",
            value,
            href=links.economy(row["entity_id"]),
            data_go=True,
        )

    columns = (
        Column("measure", t("Measure"), strong=True,
               show=lambda v, r: h("a", v, href=links.indicator(r["indicator_id"]), data_go=True)),
        Column("label", t("Brings most"), show=name),
        Column("shown", t("Value"), "right", row_id="row_id"),
        Column("of", t("Of the pool"), "right"),
    )  # fmt: skip
    counts = frame["entity_id"].value_counts()
    top = counts[counts == counts.max()]
    title = (
        t("{economy} brings most in {n} of {m} measures", economy=c.data.say(str(top.index[0])),
          n=t.number(int(top.iloc[0])), m=t.number(len(frame)))
        if len(top) == 1
        else t("No single member brings most")
    )  # fmt: skip
    return Card(
        id="brings",
        title=title,
        subtitle=t("The largest contribution to each pooled measure"),
        body=table(
            columns, CardTable(frame, columns).rows(), caption=title, unknown=t("not known")
        ),
        alt=title,
        table=CardTable(frame, columns),
        sources=common.sources_of(c.data, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download", "link"),
    )


def layers_card(c: Coalition) -> Card:
    """Organisations on file by layer of the stack and member; what no member has."""
    t = c.t
    counts = {(r["economy_id"], r["layer"]): int(r["n"]) for r in layers(c).to_dict("records")}
    gaps = lacking(c)
    head = h("tr", h("th", t("Layer"), scope="col"),
             *(h("th", h("a", code, href=links.economy(code), data_go=True, title=c.data.name(code)),
                 scope="col", cls="r") for code in c.members))  # fmt: skip
    lines = []
    frame = []
    for layer in StackLayer:
        cells = []
        for code in c.members:
            n = counts.get((code, layer.value), 0)
            frame.append({"layer_id": layer.value, "layer": labels.layer(layer.value, t), "economy_id": code,
                          "label": c.data.name(code), "n": n})  # fmt: skip
            inner = (
                h(
                    "a",
                    t.number(n),
                    href=links.link("/companies", economies=code, layer=layer.value),
                    data_go=True,
                )
                if n
                else h("span", t("none"), cls="small muted")
            )
            cells.append(h("td", inner, cls="r"))
        lines.append(h("tr", h("th", labels.layer(layer.value, t), scope="row"), *cells))
    title = (
        t("No member has an organisation on file in {layers}",
          layers=t.list([labels.layer(layer, t) for layer in gaps]))
        if gaps
        else t("Every layer of the stack has a member with organisations on file")
    )  # fmt: skip
    columns = (
        Column("layer", t("Layer"), strong=True),
        Column("label", t("Economy")),
        Column(
            "n",
            t("Organisations on file"),
            "right",
            href=lambda row: links.link(
                "/companies", economies=row["economy_id"], layer=row["layer_id"]
            ),
        ),
    )
    return Card(
        id="layers",
        title=title,
        subtitle=t("Organisations in this observatory's directory by layer of the stack"),
        body=h("div", h("table", h("thead", head), h("tbody", *lines), cls="tb"), cls="tbwrap", tabindex="0",
               role="region", aria_label=title),
        after=h("p", h("a", t("The layers of these economies, graded by the evidence on file"),
                       href=links.link("/stack", economies=",".join(c.members)), data_go=True), cls="small"),
        alt=title,
        table=CardTable(pd.DataFrame(frame), columns),
        caveat=t("What is on file follows what sources were read; it does not measure an economy."),
        actions=("table", "download", "link"),
    )  # fmt: skip
