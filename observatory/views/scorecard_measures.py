"""The measures and their goalposts, the order beside other indices, and what ranks do not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_change import rank_correlation
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join
from observatory.cards.states import Gap
from observatory.cards.table import card_table
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard_choice import Plan
from observatory.views.scorecard_data import Result
from observatory.views.scorecard_method import method
from observatory.views.scorecard_words import percent

LEAST = 8
"""Economies for which a rank correlation says something."""
OTHERS = ("gov_ai_readiness_score", "ai_vibrancy_score", "gdp_per_capita_usd")


def measures(catalogue: Catalogue, plan: Plan, result: Result) -> Card:
    """What is scored, on which goalposts and why, with the weight in force and the coverage."""
    t, field = catalogue.t, result.sheet.field
    shares = nominal_shares(result)
    rows = []
    for i, key in enumerate(plan.indicators):
        goal = field.goals[i]
        held = int(field.have[:, i].sum())
        rows.append(
            {
                "indicator_id": key,
                "pillar": plan.pillar_of[key],
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
    field, weights = result.sheet.field, result.weights
    out = np.zeros(len(field.indicators))
    used = sc.weighted(field, weights)
    total = 0.0
    for p, points in enumerate(weights.pillars):
        columns = (field.pillar_of == p) & used
        inside = weights.within[columns].sum()
        if inside > 0:
            out[columns] = points * weights.within[columns] / inside
            total += points
    return 100 * out / total if total else out


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

    def held(value: Any, _: Mapping[str, Any]) -> str:
        return t("{n} of {m}", n=t.number(int(value)), m=t.number(size))

    def why(value: Any, _: Mapping[str, Any]) -> Safe:
        return h("span", t.data(str(value)), lang=t.data_lang(str(value)))

    return (
        Column("indicator_id", t("Measure"), show=measure),
        Column("low", t("0 points"), "right", post),
        Column("high", t("100 points"), "right", post),
        Column("log", t("Scale"), show=scale, phone=False),
        Column("why", t("Why"), show=why, phone=False),
        Column("held", t("Economies"), "right", held),
        Column("weight", t("Weight"), "right", lambda value, _: t.percent(value, 1)),
    )  # fmt: skip


def _by_pillar(catalogue: Catalogue, plan: Plan, result: Result, shares: sc.Floats) -> Safe:
    """Measures with their weights, pillar by pillar."""
    t, blocks = catalogue.t, []
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
            items.append(h("li", h("span", name), h("span", weight, cls="w")))
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


def beside(catalogue: Catalogue, result: Result) -> Card | None:
    """The order beside that of other publishers' indices and of output per person."""
    ranked = result.ranked
    if ranked is None:
        return None
    t = catalogue.t
    rows = []
    for key in OTHERS:
        if key not in catalogue.indicators:
            continue
        section = catalogue.section(key, result.economies)
        values = np.full(len(result.economies), np.nan)
        for economy, value in zip(section.frame["entity_id"], section.frame["value"], strict=True):
            values[result.economies.index(str(economy))] = float(value)
        places = ranked.rows
        n = int((~np.isnan(values[places])).sum())
        r = rank_correlation(result.scores[places], values[places]) if n >= LEAST else None
        rows.append({"indicator_id": key, "r": r, "n": n, "period": section.period})
    frame = pd.DataFrame(rows, columns=["indicator_id", "r", "n", "period"])
    if all(row["r"] is None for row in rows):
        return Card(
            id="beside", title=t("Beside other indices"),
            empty=EmptyState(
                reason=t(
                    "No other index holds {n} of these economies; fewer say nothing about an order.",
                    n=t.number(LEAST),
                )
            ),
        )  # fmt: skip
    best = max((row for row in rows if row["r"] is not None), key=lambda row: float(str(row["r"])))
    title = t(
        "The order is closest to {measure}: rank correlation {r}",
        measure=catalogue.indicators[str(best["indicator_id"])].short,
        r=t.number(float(str(best["r"])), 2),
    )

    def measure(value: Any, _: Mapping[str, Any]) -> Safe:
        item = catalogue.indicators[str(value)]
        return h("a", item.name, href=links.indicator(item.id), data_go=True, cls="quiet")

    columns = (
        Column("indicator_id", t("Measure"), show=measure),
        Column("period", t("Period"), show=lambda value, _: t.period(str(value)), phone=False),
        Column("n", t("Economies"), "right", lambda value, _: t.number(int(value))),
        Column(
            "r", t("Rank correlation"), "right", lambda value, _: t.number(value, 2), strong=True
        ),
    )
    return Card(
        id="beside",
        title=title,
        subtitle=t(
            "1: the same order; 0: none in common. Agreement is no proof, since indices share sources."
        ),
        body=card_table(CardTable(frame, columns), title, "–"),
        table=CardTable(frame, columns),
        method=method(t),
        actions=("table", "method"),
    )


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
