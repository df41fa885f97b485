"""The measures, their goalposts and periods, and what ranks do not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Child, Safe, h, join
from observatory.cards.states import Gap
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard.choice import Plan
from observatory.views.scorecard.data import Result
from observatory.views.scorecard.method import method
from observatory.views.scorecard.words import percent

OLD = 4
"""Years before the newest period compared from which a measure's values count as old."""


def measures(catalogue: Catalogue, plan: Plan, result: Result) -> Card:
    """What is scored, on which goalposts and why, with the weight in force and the coverage."""
    t, field = catalogue.t, result.sheet.field
    shares, periods = nominal_shares(result), periods_of(result)
    rows = []
    for i, key in enumerate(plan.indicators):
        goal = field.goals[i]
        held = int(field.have[:, i].sum())
        used = periods.get(key)
        rows.append(
            {
                "indicator_id": key,
                "pillar": plan.pillar_of[key],
                "first": used[0] if used else None,
                "last": used[1] if used else None,
                "low": goal.low,
                "high": goal.high,
                "log": goal.log,
                "divided": result.choice.per_person and plan.divided(key),
                "why": plan.why(key, result.choice.per_person),
                "weight": float(shares[i]),
                "held": held,
            }
        )
    frame = pd.DataFrame(rows)
    n = len(rows)
    title = t.n("{n} measure on fixed goalposts", "{n} measures on fixed goalposts", n)
    alike = len(alike_pairs(result))
    same = t.n(
        "{n} pair of measures orders the economies almost alike",
        "{n} pairs of measures order the economies almost alike",
        alike,
    )  # fmt: skip
    same = same if alike else ""
    return Card(
        id="measures",
        title=title,
        subtitle=t.sentences([t("0 points at one goalpost, 100 at the other"), same]),
        body=_by_pillar(catalogue, plan, result, shares),
        table=CardTable(frame, _measure_columns(catalogue, result)),
        method=method(t),
        actions=("table", "method"),
    )


def nominal_shares(result: Result) -> sc.Floats:
    """(I,) percent of all weight of each measure, before missing values."""
    return 100 * sc.nominal(result.sheet.field, result.weights)


def periods_of(result: Result) -> dict[str, tuple[str, str]]:
    """First and last period of the values compared, for each measure that has any."""
    found: dict[str, list[str]] = {}
    for (_, key), cell in result.sheet.cells.items():
        found.setdefault(key, []).append(str(cell["period"]))
    return {key: (min(periods), max(periods)) for key, periods in found.items()}


def _period(first: str, last: str, t: Translator) -> str:
    if first == last:
        return t.period(first)
    return t("each economy's latest, {first} to {last}", first=t.period(first), last=t.period(last))


def alike_pairs(result: Result) -> list[tuple[str, str]]:
    """Pairs of weighted measures whose values order the economies almost alike, the closest first."""
    names, used = result.sheet.field.indicators, sc.weighted(result.sheet.field, result.weights)
    return [(names[i], names[j]) for i, j, _ in result.sheet.alike if used[i] and used[j]]


def _measure_columns(catalogue: Catalogue, result: Result) -> tuple[Column, ...]:
    t = catalogue.t
    size = len(result.economies)

    def measure(value: Any, row: Mapping[str, Any]) -> Safe:
        item = catalogue.indicators.get(str(value))
        if item is None:
            return h("span", str(value))
        link = h("a", item.short, href=links.indicator(item.id), data_go=True, cls="quiet")
        return join([link, h("span", labels.pillar(str(row["pillar"]), t), cls="sub2")])

    def post(value: Any, row: Mapping[str, Any]) -> str:
        item = catalogue.indicators.get(str(row["indicator_id"]))
        shown = item.value(float(value), t) if item else t.sig(value)
        return t("{value} per million people", value=shown) if row["divided"] else shown

    def scale(value: Any, _: Mapping[str, Any]) -> str:
        return t("logarithmic") if value else t("linear")

    def period(value: Any, row: Mapping[str, Any]) -> str:
        return _period(str(value), str(row["last"]), t)

    def held(value: Any, _: Mapping[str, Any]) -> str:
        return t("{n} of {m}", n=t.number(int(value)), m=t.number(size))

    def why(value: Any, _: Mapping[str, Any]) -> Safe:
        return h("span", t.data(str(value)), lang=t.data_lang(str(value)))

    return (
        Column("indicator_id", t("Measure"), show=measure),
        Column("first", t("Period compared"), show=period),
        Column("low", t("0 points"), "right", post),
        Column("high", t("100 points"), "right", post),
        Column("log", t("Scale"), show=scale, phone=False),
        Column("why", t("Why"), show=why, phone=False),
        Column("held", t("Economies"), "right", held, href=lambda row: links.indicator(str(row["indicator_id"]))),
        Column("weight", t("Weight"), "right", lambda value, _: t.percent(value, 1)),
    )  # fmt: skip


def _by_pillar(catalogue: Catalogue, plan: Plan, result: Result, shares: sc.Floats) -> Safe:
    """Measures with their weights, pillar by pillar."""
    t, blocks, periods = catalogue.t, [], periods_of(result)
    for pillar in plan.pillars:
        items = []
        for key in plan.of_pillar(pillar):
            item, share = catalogue.indicators.get(key), float(shares[plan.indicators.index(key)])
            name: Child = key
            if item is not None:
                name = h("a", item.short, href=links.indicator(key), data_go=True, cls="quiet")
            weight = percent(t, round(share, 1), 1) if share else t("no weight")
            if key in result.sheet.thin:
                weight = t("too few values")
            when = h("span", _period(*periods[key], t), cls="sub2") if key in periods else None
            items.append(h("li", h("span", name, when), h("span", weight, cls="w")))
        mark = h("span", cls="sw", style=f"background:var(--pillar-{pillar})", aria_hidden="true")
        meaning = plan.meanings[pillar]
        blocks.append(
            h(
                "div",
                h("h4", mark, labels.pillar(pillar, t)),
                h("p", t.data(meaning), lang=t.data_lang(meaning), cls="sub2"),
                h("ul", *items),
            )
        )
    return h("div", *blocks, cls="s-list")


def old_pillars(result: Result) -> list[tuple[str, float, str, str]]:
    """Pillars resting on old years, most of all first: pillar, share of its weight on measures whose
    newest value compared lies ``OLD`` or more years before the newest of all, first and last such period."""
    field, shares, periods = result.sheet.field, nominal_shares(result), periods_of(result)
    if not periods:
        return []
    limit = max(int(last[:4]) for _, last in periods.values()) - OLD
    out = []
    for p, pillar in enumerate(field.pillars):
        total, old = float(shares[field.pillar_of == p].sum()), 0.0
        seen: list[str] = []
        for i in np.flatnonzero(field.pillar_of == p):
            first, last = periods.get(field.indicators[i], ("", "9999"))
            if int(last[:4]) <= limit and shares[i] > 0:
                old += float(shares[i])
                seen += [first, last]
        if seen:
            out.append((pillar, old / total, min(seen), max(seen)))
    return sorted(out, key=lambda item: -item[1])


def _old_years(result: Result, t: Translator) -> str:
    said = []
    for pillar, share, first, last in old_pillars(result):
        name, part = labels.pillar(pillar, t), t.percent(100 * share, 0)
        if first == last:
            said.append(
                t("{pillar}: {share} of its weight rests on values of {period}.",
                  pillar=name, share=part, period=t.period(first))
            )  # fmt: skip
        else:
            said.append(
                t("{pillar}: {share} of its weight rests on values of {first} to {last}.",
                  pillar=name, share=part, first=t.period(first), last=t.period(last))
            )  # fmt: skip
    return t.sentences(said)


def gaps(catalogue: Catalogue, result: Result) -> list[Gap]:
    """What ranks and intervals do not know."""
    t = catalogue.t
    found = [
        Gap(
            t("Errors of the figures."),
            t("The draws vary choices, not measurements: a wrong count stays wrong in every draw."),
        ),
        Gap(
            t("Missing values."),
            t(
                "Without a value a measure is left out. That spares an economy where absence means weakness, and "
                "costs it where nobody counted: compare the numbers of measures."
            ),
        ),
        Gap(
            t("Lists nobody has to join."),
            t(
                "TOP500 and the lists of clusters and models hold what owners tell: China's machines are mostly absent."
            ),
        ),
        Gap(
            t("What is not measured."),
            t(
                "Use inside firms, quality of data, use of models in public, energy to come: no comparable figures."
            ),
        ),
    ]
    old = _old_years(result, t)
    if old:
        found.append(Gap(t("Old values."), old))
    alike = alike_pairs(result)
    if alike:
        a, b = alike[0]
        found.append(
            Gap(
                t("Measures that repeat each other."),
                t(
                    "{first} and {second} order the economies almost alike; together they count the same thing twice.",
                    first=catalogue.indicators[a].short,
                    second=catalogue.indicators[b].short,
                ),
            )
        )
    return found
