"""The pillar scorecard of an economy: the whole field behind each place."""

from __future__ import annotations

from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num, status_word, svg
from observatory.cards.words import status_label
from observatory.cards.woven import slot, weave
from observatory.charts.palette import palette
from observatory.charts.svg.small import SparkSpec, StripSpec, dot_strip, sparkline
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, labels, links
from observatory.views.economy import words as economy_words
from observatory.views.economy.standing import CONTEXT, OLDEST, Line, Pillar, Standing
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

STRIP = 168
SPARK = 76


def scorecard(catalogue: Catalogue, place: Standing) -> Card:
    """The card: a row a pillar, its lead measure, the others behind a fold."""
    t = catalogue.t
    lines = [line for line in place.lines if line.has_value]
    title = economy_words.scorecard_title(place, t)
    subtitle = t(
        "Each dot is an economy, {economy} in colour. Pillar and lead measure; wide ranges on a log scale.",
        economy=catalogue.name(place.economy),
    )
    if not lines:
        return Card(
            id="scorecard",
            title=t("No measure to compare yet"),
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No headline measure has a value by that day."),
                title=t("No measure to compare yet"),
            ),
        )
    head = h(
        "div",
        h("span", t("Pillar and measure")),
        h("span", h("i", t("lowest")), h("i", t("highest")), cls="ends"),
        h("span", t("Value"), cls="r"),
        h("span", t("Trend")),
        h("span", t("Rank"), cls="r"),
        h("span", t("Leader")),
        h("span", t("Status")),
        cls="e-row e-head",
        aria_hidden="true",
    )
    blocks = [_pillar(catalogue, place, pillar) for pillar in place.pillars if pillar.lines]
    used = pd.DataFrame(
        [
            {"source_id": line.source_id, "known_on": line.known_on, "status": line.status}
            for line in lines
        ]
    )
    hint = None
    if place.comparator and place.economy not in place.members:
        hint = h(
            "p",
            t("Comparators are ranked when switched on."),
            " ",
            h(
                "a",
                t("Rank them with the 13"),
                data_go=True,
                href=links.link(
                    "/economy", economy=place.economy, economies=",".join(SCOPE + COMPARATORS)
                ),
            ),
            cls="e-hint",
        )
    elif place.too_few:
        hint = h("p", t("No measure can be ranked: fewer than five of these peers have a value."), " ",
                 h("a", t("Rank it among all thirteen"), data_go=True, href=links.economy(place.economy)),
                 cls="e-hint")  # fmt: skip
    return Card(
        id="scorecard",
        title=title,
        subtitle=subtitle,
        body=h("div", head, *blocks, hint, cls="e-score"),
        table=_table(catalogue, place),
        **common.evidence(catalogue, used),
        caveat=t("Ranks among economies that have the value: missing is never read as zero."),
        method=method(t),
    )


def method(t: Translator) -> Safe:
    """How pillars and ranks come about."""
    texts = (
        t(
            "A pillar's place is the mean of an economy's places in the pillar's headline measures, each counted "
            "from 0 for the last to 1 for the first. It is a reading aid, not a score."
        ),
        t(
            "A measure is compared at the newest period that at least eight of the thirteen hold; else each "
            "economy's newest value within three years. With fewer than five values there is no rank."
        ),
        t(
            "Disputed and unchecked values, forecasts and part-years never enter. Values that end before {year} "
            "are left out.",
            year=str(OLDEST),
        ),
    )
    return join(h("p", text) for text in texts)


def _pillar(catalogue: Catalogue, place: Standing, pillar: Pillar) -> Safe:
    t = catalogue.t
    name = labels.pillar(pillar.id, t)
    first = pillar.lines[0]
    rest = pillar.lines[1:]
    rows = [_pillar_row(catalogue, place, pillar, name), _measure_row(catalogue, place, first)]
    more = None
    if rest:
        more = h(
            "details",
            h("summary", t.n("{n} more measure", "{n} more measures", len(rest))),
            h(
                "div",
                *(_measure_row(catalogue, place, line) for line in rest),
                role="table",
                aria_label=t("{pillar}: more measures", pillar=name),
            ),
            cls="e-more",
        )
    return h("div", h("div", *rows, role="table", aria_label=name), more, cls="e-pillar")


def _cell(child: Child, cls: str = "", **attributes: Any) -> Safe:
    return h("div", child, cls=cls or None, role="cell", **attributes)


def _pillar_row(catalogue: Catalogue, place: Standing, pillar: Pillar, name: str) -> Safe:
    t = catalogue.t
    frame = pillar.positions.assign(
        value=pillar.positions["position"] * 100,
        label=[catalogue.name(str(key)) for key in pillar.positions["entity_id"]],
    )
    said = t("{pillar}: places of {n} economies", pillar=name, n=t.number(len(frame)))
    strip = dot_strip(
        frame,
        StripSpec(subjects=(place.economy,), width=STRIP, height=24, name=said),
        palette("css"),
        t,
    )
    leader: Child = ""
    if pillar.id == CONTEXT:
        rank: Child = ""
        used = t("no place")
    else:
        used = (
            t.n("{n} measure", "{n} measures", pillar.used)
            if pillar.used
            else t("too few measures")
        )
        rank = h("span", t("not ranked"), cls="muted")
        used = "" if place.too_few else used
        if pillar.rank is not None:
            rank = _rank(pillar.rank, pillar.base, False, t)
        if not place.too_few:
            leader = _leader(catalogue, place, pillar.leader, pillar.rank, _second(pillar))
    return h(
        "div",
        h("div", h("b", name), role="rowheader"),
        _cell(svg(strip) if len(frame) else "", "dots"),
        _cell("", "r v"),
        _cell("", "tr"),
        _cell(rank, "r k"),
        _cell(leader, "l"),
        _cell(h("span", used, cls="muted"), "s"),
        cls="e-row e-top",
        role="row",
    )


def _second(pillar: Pillar) -> str:
    ids = pillar.positions["entity_id"].tolist()
    return str(ids[1]) if len(ids) > 1 else ""


def _rank(rank: int, base: int, tied: bool, t: Translator) -> Safe:
    whole = t.rank(rank, base, tied=tied, economies=False)
    head = t.ordinal(rank)
    if not tied and whole.startswith(head):
        return join([h("b", head), h("span", whole[len(head) :], cls="muted")])
    return h("span", whole)


def _leader(
    catalogue: Catalogue, place: Standing, leader: str, rank: int | None, second: str
) -> Child:
    t = catalogue.t
    if leader and leader != place.economy:
        return h(
            "a",
            catalogue.name(leader),
            href=links.economy(leader),
            data_go=True,
            cls="quiet",
        )
    if rank == 1 and second and leader:
        said = t("next: {economy}", economy=slot("economy"))
        name = h("a", catalogue.name(second), href=links.economy(second), data_go=True, cls="quiet")
        return h("span", weave(said, economy=name), cls="muted")
    return h("span", t("shared") if rank == 1 else t("none"), cls="muted")


def strip_of(catalogue: Catalogue, place: Standing, line: Line) -> str:
    """The dot strip of a measure: peers grey, comparators as rings, the economy in its colour."""
    t = catalogue.t
    frame = line.field.assign(label=[catalogue.name(str(key)) for key in line.field["entity_id"]])
    rings = tuple(code for code in COMPARATORS if code != place.economy)
    said = t("{measure}: {n} economies", measure=line.item.short, n=t.number(len(frame)))
    spec = StripSpec(
        measure=line.item.measure(t),
        subjects=(place.economy,),
        rings=rings,
        width=STRIP,
        height=20,
        compact=True,
        log=line.log,
        name=said,
    )
    return dot_strip(frame, spec, palette("css"), t)


def _measure_row(catalogue: Catalogue, place: Standing, line: Line) -> Safe:
    t = catalogue.t
    name: list[Child] = [
        h("a", line.item.short, href=links.indicator(line.item.id), data_go=True, cls="quiet")
    ]
    if line.period:
        when = t.period(line.period)
        unit = (
            t.data(clean(line.item.row["unit_label"]))
            if clean(line.item.row["value_kind"]) == "physical"
            else ""
        )
        name.append(
            h("span", t("{period}, {unit}", period=when, unit=unit) if unit else when, cls="when")
        )
    return h(
        "div",
        h("div", join(name, " "), role="rowheader"),
        _cell(svg(strip_of(catalogue, place, line)) if len(line.field) else "", "dots"),
        _cell(_value(line, t), "r v"),
        _cell(trend_of(catalogue, place.economy, line), "tr"),
        _cell("" if line.why == "few" and place.too_few else _place(line, t), "r k"),
        _cell(
            _leader(catalogue, place, line.leader, line.rank or None, line.second)
            if line.leader or line.rank
            else "",
            "l",
        ),
        _cell(status_word(line.status, status_label(line.status, t)) if line.status else "", "s"),
        cls="e-row",
        role="row",
    )


def trend_of(catalogue: Catalogue, economy: str, line: Line) -> Child:
    """The measure's own line in small, with the newest step in words for those who do not see it."""
    if not line.has_value:
        return ""
    # The same whomever the economy is compared with.
    return catalogue.kept(
        ("trend", line.item.id, economy), lambda: _trend_of(catalogue, economy, line)
    )


def _trend_of(catalogue: Catalogue, economy: str, line: Line) -> Safe:
    t = catalogue.t
    rows = catalogue.usable_of(line.item.id, economy)
    if len(rows) < 3:
        return h("span", t("too short"), cls="muted")
    first, last = rows.iloc[0], rows.iloc[-1]
    said = t(
        "{measure}: {old} in {old_period}, {value} in {period}",
        measure=line.item.short,
        old=short(line.item, float(first["value"]), t),
        old_period=t.period(clean(first["period"])),
        value=short(line.item, float(last["value"]), t),
        period=t.period(clean(last["period"])),
    )
    spec = SparkSpec(
        measure=line.item.measure(t),
        subject=economy,
        width=SPARK,
        height=24,
        zero=clean(line.item.row["value_kind"]) == "count",
        name=said,
    )
    return svg(sparkline(rows, spec, palette("css"), t))


def _value(line: Line, t: Translator) -> Child:
    if line.value is not None:
        return num(short_value(line, line.value, t), line.row_id)
    if line.kind == "disputed" and line.low is not None and line.high is not None:
        measure = line.item.measure(t)
        shown = t(
            "{low} or {high}", low=measure.bare(line.low, t), high=short_value(line, line.high, t)
        )
        return num(shown, line.row_id)
    if line.kind == "unchecked":
        return num(t("unchecked only"), line.row_id)
    return h("span", t("none on file"), cls="muted")


def short_value(line: Line, value: float, t: Translator) -> str:
    """A value for a narrow column: with its currency or percent sign, without nouns."""
    return short(line.item, value, t)


def short(item: Indicator, value: float, t: Translator) -> str:
    """A value of an indicator for a narrow column."""
    row = item.row
    if clean(row["unit"]) == "percent":
        return item.value(value, t)
    if clean(row["currency"]):
        unit = clean(row["unit"])
        factor = 1e9 if "billion" in unit else 1e6 if "million" in unit else 1.0
        return t.money(value * factor, clean(row["currency"]))
    return item.measure(t).bare(value, t)


def _place(line: Line, t: Translator) -> Child:
    if line.kind == "ranked":
        shown = _rank(line.rank, line.base, line.tied, t)
        if line.item.higher_is_better is None:
            return join([shown, h("span", t("by size"), cls="muted")], " ")
        if line.item.higher_is_better is False:
            return join([shown, h("span", t("lower is better"), cls="muted")], " ")
        return shown
    match line.kind, line.why:
        case "shown", "few":
            said = t("too few: {n}", n=t.number(line.base))
        case "shown", "period":
            said = t("other period")
        case "shown", _:
            said = t("not ranked")
        case "old", _:
            said = t("too old")
        case "disputed", _:
            said = t("no rank")
        case _:
            said = t("{n} have it", n=t.number(line.base)) if line.base else ""
    return h("span", said, cls="muted")


def _table(catalogue: Catalogue, place: Standing) -> CardTable:
    t = catalogue.t
    rows = [
        {
            "pillar": labels.pillar(line.item.pillar, t),
            "measure": line.item.name,
            "period": line.period,
            "value": line.value,
            "shown": line.item.value(line.value, t) if line.value is not None else "",
            "unit": clean(line.item.row["unit_label"]),
            "rank": line.rank or None,
            "of": line.base or None,
            "leader": catalogue.name(line.leader) if line.leader else "",
            "status": line.status,
            "row_id": line.row_id,
            "indicator_id": line.item.id,
            "source_id": line.source_id,
        }
        for line in place.all_lines
    ]
    columns = (
        Column("pillar", t("Pillar"), phone=False),
        Column("measure", t("Measure"), strong=True),
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
        Column("shown", t("Value"), "right", row_id="row_id"),
        Column(
            "rank",
            t("Rank"),
            "right",
            lambda value, row: t.rank(int(value), int(row["of"]), economies=False),
            phone=False,
        ),
        Column("leader", t("Leader"), phone=False),
        Column(
            "status",
            t("Status"),
            show=lambda value, row: status_label(clean(value), t),
            phone=False,
        ),
    )
    return CardTable(pd.DataFrame(rows), columns)
