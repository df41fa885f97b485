"""What a coalition holds together: pooled measures as bars, and what is not added as ranges."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from observatory.analysis.coalition import Pool
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, status_word, svg
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.bars import Part
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.pool import Bar, PoolSpec, pool_bars
from observatory.charts.svg.small import StripSpec, dot_strip
from observatory.views import common, links
from observatory.views.coalition.page import WORLD, Coalition
from observatory.views.labels import clean
from observatory.views.measures import Indicator

CARD: Final = "pool"
# A pool from here on is called level with a rival.
LEVEL: Final = 0.95
# Flows that machines swell: pooled and drawn, but the title does not rest on them.
SWELLED: Final = ("github_git_pushes",)


def percent(share: float | None, unknown: str, c: Coalition) -> str:
    """A ratio as a percentage; small ones are not rounded to nothing."""
    if share is None:
        return unknown
    if 0 < share < 0.01:
        return c.t("under {share}", share=c.t.percent(1, 0))
    return c.t.percent(share * 100, 0)


def _bar(c: Coalition, pooled: Pool, item: Indicator) -> list[Bar]:
    t, colours = c.t, palette("css")
    parts = tuple(
        Part(
            c.data.name(row["entity_id"]), row["value"], colours.economy_bar(row["entity_id"]),
            colours.on_economy(row["entity_id"]), row["entity_id"], row["row_id"],
        )
        for row in pooled.parts.to_dict("records")
    )  # fmt: skip
    if pooled.rule == "max":
        parts = parts[:1]
    mark = "*" if pooled.missing else ""
    own = table_of(CARD) if pooled.rule == "sum" else parts[0].row_id if parts else ""
    bars = [Bar(t("Coalition"), parts, pooled.total, True, mark, own)]
    for code in c.rivals:
        found = c.value(item.id, code)
        drawn = (
            (Part(c.data.name(code), found[0], colours["ctx2"], row_id=found[1]),) if found else ()
        )
        bars.append(
            Bar(
                c.data.name(code),
                drawn,
                found[0] if found else None,
                row_id=found[1] if found else "",
            )
        )
    return bars


def _period(c: Coalition, pooled: Pool) -> str:
    t = c.t
    if len(pooled.periods) == 1:
        return t.period(pooled.periods[0])
    if len(pooled.periods) > 1:
        return t(
            "{first} to {last}",
            first=t.period(pooled.periods[0]),
            last=t.period(pooled.periods[-1]),
        )
    return ""


def _measure(c: Coalition, item: Indicator) -> Safe:
    t, pooled = c.t, c.pools[item.id]
    statuses = (
        pooled.parts["status"].astype(str).value_counts()
        if len(pooled.parts)
        else pd.Series(dtype=int)
    )
    word = str(statuses.index[0]) if len(statuses) else ""
    publisher = t.data(clean(item.row["publisher"]))
    notes = []
    if pooled.rule == "max":
        notes.append(t("Not a sum: the best member counts."))
    if pooled.rule == "sum" and len(pooled.periods) > 1:
        notes.append(t("Years differ: the latest of each member."))
    if pooled.missing:
        notes.append(t("* no value: {economies}", economies=c.names(pooled.missing)))
    unit = item.unit(t)
    return h(
        "div",
        h("p", h("a", item.short, href=links.indicator(item.id), data_go=True), cls="c-name"),
        h("p", t.parts([unit, _period(c, pooled)]), cls="c-when"),
        h(
            "p",
            status_word(word, status_label(word, t)) if word else None,
            " ",
            h("span", publisher),
            cls="c-by",
        ),
        *(h("p", note, cls="c-note") for note in notes),
        cls="c-measure",
    )


def _row(c: Coalition, item: Indicator) -> Safe:
    t, pooled = c.t, c.pools[item.id]
    drawn = pool_bars(
        _bar(c, pooled, item), PoolSpec(item.measure(t), 440, t("not known")), palette("css"), t
    )
    shares = []
    for code in c.rivals:
        share = c.ratio(item.id, code)
        shares.append(
            h("p", h("b", percent(share, t("not known"), c)), h("span", t("of {economy}", economy=c.data.say(code))),
              cls="c-share")
        )  # fmt: skip
    world = c.world_share(item.id)
    if world is not None:
        shares.append(
            h(
                "p",
                h("b", percent(world, "", c)),
                h("span", t("of the world")),
                cls="c-share c-world",
            )
        )
    return h(
        "li",
        _measure(c, item),
        h("div", svg(drawn), cls="c-bars"),
        h("div", *shares, cls="c-shares"),
    )


def level_with(c: Coalition, rival: str) -> tuple[list[Indicator], list[Indicator]]:
    """Measures of the race in which the pool is level with a rival, and those in which it is behind,
    each furthest first."""
    found = [
        (c.ratio(item.id, rival), item)
        for item in c.measures
        if item.id in c.race and item.higher_is_better is not False
    ]
    known = [(ratio, item) for ratio, item in found if ratio is not None]
    level = sorted((pair for pair in known if pair[0] >= LEVEL), key=lambda p: (-p[0], p[1].id))
    behind = sorted((pair for pair in known if pair[0] < LEVEL), key=lambda p: (p[0], p[1].id))
    return [item for _, item in level], [item for _, item in behind]


def headlines(items: list[Indicator]) -> list[Indicator]:
    """The measures that the title may name, in order: those no machine swells, if there are any."""
    return [item for item in items if item.id not in SWELLED] or items


def finding(c: Coalition) -> str:
    """The page's title: where the pool is level with its rival and where it is furthest behind."""
    t, n = c.t, len(c.members)
    if not c.rival:
        return t.n("What {n} economy holds together", "What {n} economies hold together", n)
    level, behind = level_with(c, c.rival)
    rival = c.data.say(c.rival)
    reached, measured = len(level), len(level) + len(behind)
    level, behind = headlines(level), headlines(behind)
    if level and behind:
        return t(
            "{n} economies together reach {rival} in {k} of {m} measures, furthest behind in {bad}: {share}",
            n=t.number(n), rival=rival, k=t.number(reached), m=t.number(measured), bad=behind[0].short,
            share=percent(c.ratio(behind[0].id, c.rival), "", c),
        )  # fmt: skip
    if behind:
        share = c.ratio(behind[-1].id, c.rival)
        return t(
            "{n} economies together come closest to {rival} in {good}, with {share} of its value",
            n=t.number(n), rival=rival, good=behind[-1].short, share=percent(share, "", c),
        )  # fmt: skip
    if level:
        return t("{n} economies together are level with {rival} in all {m} measures",
                 n=t.number(n), rival=rival, m=t.number(len(level_with(c, c.rival)[0])))  # fmt: skip
    return t("No measure has values for these economies and {rival}", rival=rival)


def deck(c: Coalition) -> str:
    """Who the members are, and what is added."""
    return c.t.sentences(
        [
            c.t("Members: {economies}.", economies=c.names(c.members)),
            c.t("Only what can honestly be added is added; shares, indices and counts of joint work are shown as"
                " ranges instead."),
        ]
    )  # fmt: skip


def pool_table(c: Coalition) -> CardTable:
    """Every number behind the bars: measure, economy, role, value with receipt."""
    t = c.t
    rows: list[dict[str, Any]] = []
    for item in c.measures:
        pooled = c.pools[item.id]
        members = pooled.parts.assign(role="member").to_dict("records")
        others = c.sections[item.id]
        outside = (
            others[others["entity_id"].isin([*c.rivals, WORLD])]
            .assign(role="outside")
            .to_dict("records")
        )
        for row in [*members, *outside]:
            rows.append(
                {
                    "measure": item.short, "label": c.data.name(row["entity_id"]), "role": row["role"],
                    "period": row["period"], "value": row["value"], "value_text": row.get("value_text"),
                    "unit_label": t.data(clean(item.row["unit_label"])), "status": row["status"],
                    "row_id": row["row_id"], "source_id": row["source_id"], "indicator_id": item.id,
                    "entity_id": row["entity_id"],
                }
            )  # fmt: skip
        if pooled.rule == "sum" and pooled.total is not None:
            rows.append(
                {
                    "measure": item.short, "label": t("Coalition"), "role": "sum", "period": _period(c, pooled),
                    "value": pooled.total, "value_text": None, "row_id": None, "source_id": None, "status": None,
                    "unit_label": t.data(clean(item.row["unit_label"])), "indicator_id": item.id, "entity_id": "",
                }
            )  # fmt: skip
    roles = {"member": t("Member"), "outside": t("Not a member"), "sum": t("Sum of members")}
    columns = (
        Column("measure", t("Measure"), strong=True),
        Column("label", t("Economy")),
        Column("role", t("Part"), show=lambda v, r: roles[v]),
        Column("period", t("Period"), show=lambda v, r: v if r["role"] == "sum" else t.period(clean(v))),
        Column("value", t("Value"), "right", lambda v, r: t.exact(clean(r["value_text"]) or v, ""), row_id="row_id"),
        Column("unit_label", t("Unit"), phone=False),
        Column("status", t("Status"), phone=False,
               show=lambda v, r: status_label(clean(v), t) if clean(v) else ""),
    )  # fmt: skip
    keys = ["measure", "label", "role", "period", "value", "value_text", "unit_label", "status", "row_id",
            "source_id", "indicator_id", "entity_id"]  # fmt: skip
    return CardTable(pd.DataFrame(rows, columns=keys), columns)


def pool_card(c: Coalition) -> Card:
    """Pooled measures against China and the United States."""
    t = c.t
    shown = [item for item in c.measures if c.pools[item.id].total is not None]
    frames = [c.pools[item.id].parts for item in shown]
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    race = [item for item in shown if item.id in c.race]
    size = [item for item in shown if item.id not in c.race]
    body = join(
        [
            h("ul", *(_row(c, item) for item in race), cls="c-pool"),
            h("h4", t("How large they are"), cls="c-sub") if size else None,
            h("ul", *(_row(c, item) for item in size), cls="c-pool") if size else None,
        ]
    )
    rival = c.data.say(c.rival) if c.rival else ""
    level, behind = level_with(c, c.rival) if c.rival else ([], [])
    known = len(level) + len(behind)
    title = (
        t(
            "Level with {rival} in {n} of {m} measures",
            rival=rival,
            n=t.number(len(level)),
            m=t.number(known),
        )
        if known
        else t("What the members hold together")
    )
    return Card(
        id=CARD,
        title=title,
        subtitle=t("Sum of the members against those outside; the bars of a measure share one scale from zero."),
        body=body,
        alt=title,
        table=pool_table(c),
        sources=common.sources_of(c.data, whole) if len(whole) else (),
        vintage=common.vintage_of(c.data, whole) if len(whole) else "",
        statuses=common.statuses_of(whole) if len(whole) else (),
        caveat=t("Members without a value add nothing and are named; the sum is then a lower bound."),
        method=t(
            "A measure is added only where its own rule says that numbers of economies may be added; where the"
            " best member stands for all, the best one counts. The period is the one that at least eight of"
            " the thirteen hold, else each economy's latest within three years. Disputed and unchecked values"
            " stay out. The share of the world is given where the same source counts the world for the same"
            " period. Level means at least 95 % of the other's value."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def ranges_card(c: Coalition) -> Card:
    """Measures that must not be added: where the members lie, with the rivals as open rings."""
    t, colours = c.t, palette("css")
    blocks, frames = [], []
    for item in c.refused:
        frame = c.sections[item.id]
        inside = frame[frame["entity_id"].isin(c.members)]
        if len(inside) < 2:
            continue
        drawn = frame[frame["entity_id"].isin([*c.members, *c.rivals])].assign(
            label=lambda f: [c.data.name(code) for code in f["entity_id"]],
            economy_id=lambda f: f["entity_id"],
        )
        frames.append(inside)
        spec = StripSpec(
            measure=item.measure(t), subjects=c.members, rings=c.rivals, width=290, span=True
        )
        low, high = inside["value"].min(), inside["value"].max()
        blocks.append(
            h(
                "div",
                h("p", h("a", item.short, href=links.indicator(item.id), data_go=True),
                  h("span", t("{low} to {high}", low=item.number(low, t), high=item.number(high, t))), cls="c-range"),
                svg(dot_strip(drawn, spec, colours, t)),
                h("p", t.sentences([_unit(item, c), _why(item, c)]), cls="c-note"),
            )
        )  # fmt: skip
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    named = whole.assign(
        label=[c.data.name(code) for code in whole["entity_id"]],
        measure=[c.data.indicators[key].short for key in whole["indicator_id"]],
    ) if len(whole) else whole  # fmt: skip
    table = None
    if len(whole):
        columns = (
            Column("measure", t("Measure"), strong=True),
            Column("label", t("Economy")),
            Column("period", t("Period"), show=lambda v, r: t.period(clean(v))),
            Column("value", t("Value"), "right", lambda v, r: t.exact(clean(r["value_text"]) or v, ""),
                   row_id="row_id"),
        )  # fmt: skip
        table = CardTable(named.reset_index(drop=True), columns)
    return Card(
        id="ranges",
        title=t.n("{n} measure is not added", "{n} measures are not added", len(blocks)),
        subtitle=t("The range of the members; open rings are those outside. Adding them would count things twice or"
                   " mean nothing."),
        body=h("div", *blocks, cls="c-ranges")
        if blocks
        else h("p", t("No such measure has two members with a value.")),
        table=table,
        sources=common.sources_of(c.data, whole) if len(whole) else (),
        statuses=common.statuses_of(whole) if len(whole) else (),
        actions=("table", "download", "link"),
    )  # fmt: skip


def _unit(item: Indicator, c: Coalition) -> str:
    unit = item.unit(c.t)
    return c.t("In {unit}.", unit=unit) if unit else ""


def _why(item: Indicator, c: Coalition) -> str:
    """Why values of a measure are not added."""
    t = c.t
    match clean(item.row["value_kind"]):
        case "share":
            return t("A share of each economy's own total.")
        case "index" | "rank" | "rate":
            return t("An index or score has no sum.")
        case "count":
            return t("Joint work is counted once for each economy in it.")
        case _:
            return t("Its rule says: do not combine.")
