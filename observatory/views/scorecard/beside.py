"""The order beside that of other publishers' indices and of output per person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_change import rank_correlation
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.cards.table import card_table
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard.choice import Plan
from observatory.views.scorecard.data import Result
from observatory.views.scorecard.method import method

LEAST = 8
"""Economies for which a rank correlation says something."""
OTHERS = ("gov_ai_readiness_score", "ai_vibrancy_score", "gdp_per_capita_usd")


def kin(catalogue: Catalogue, plan: Plan, result: Result, other: str) -> tuple[int, int]:
    """Weighted measures that are parts of another index, and further ones made by its publisher."""
    used = sc.weighted(result.sheet.field, result.weights)
    index = catalogue.indicators[other]
    parts = same = 0
    for i, row in enumerate(plan.rows):
        item = catalogue.indicators.get(str(row["indicator_id"]))
        if item is None or not used[i]:
            continue
        composite = labels.clean(row["composite"])
        if composite and str(index.row["name"]).startswith(composite):
            parts += 1
        elif item.row["publisher"] == index.row["publisher"]:
            same += 1
    return parts, same


def beside(catalogue: Catalogue, plan: Plan, result: Result) -> Card | None:
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
        parts, same = kin(catalogue, plan, result, key)
        rows.append(
            {"indicator_id": key, "r": r, "n": n, "period": section.period, "parts": parts, "same": same}
        )  # fmt: skip
    names = ["indicator_id", "r", "n", "period", "parts", "same"]
    frame = pd.DataFrame(rows, columns=names)
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
    # Which of them is closest is no finding: some of the measures are parts of these indices.
    title = t.n(
        "How the order compares with {n} other order",
        "How the order compares with {n} other orders",
        len(rows),
    )  # fmt: skip

    def measure(value: Any, row: Mapping[str, Any]) -> Safe:
        item = catalogue.indicators[str(value)]
        link = h("a", item.name, href=links.indicator(item.id), data_go=True, cls="quiet")
        shared = _shared(int(row["parts"]), int(row["same"]), result.m, t)
        return join([link, h("span", shared, cls="sub2")])

    columns = (
        Column("indicator_id", t("Measure"), show=measure),
        Column("period", t("Period"), show=lambda value, _: t.period(str(value)), phone=False),
        Column(
            "n",
            t("Economies"),
            "right",
            lambda value, _: t.number(int(value)),
            href=lambda row: links.indicator(str(row["indicator_id"])),
        ),
        Column(
            "r", t("Rank correlation"), "right", lambda value, _: t.number(value, 2), strong=True
        ),
    )
    return Card(
        id="beside",
        title=title,
        subtitle=t(
            "1: the same order; 0: none in common. Agreement is no proof: where measures are parts of an index, "
            "it agrees with itself."
        ),
        body=card_table(CardTable(frame, columns), title, t("too few values")),
        table=CardTable(frame, columns),
        method=method(t),
        actions=("table", "method"),
    )


def _shared(parts: int, same: int, m: int, t: Translator) -> str:
    """How many of the weighted measures an index holds or its publisher makes."""
    said = []
    if parts:
        said.append(
            t.n(
                "{n} of the {m} measures here is part of it.",
                "{n} of the {m} measures here are parts of it.",
                parts, m=t.number(m),
            )
        )  # fmt: skip
    if same and parts:
        said.append(
            t.n(
                "{n} more is made by its publisher.",
                "{n} more are made by its publisher.",
                same,
            )
        )  # fmt: skip
    elif same:
        said.append(
            t.n(
                "{n} of the {m} measures here is made by its publisher.",
                "{n} of the {m} measures here are made by its publisher.",
                same, m=t.number(m),
            )
        )  # fmt: skip
    return (
        t.sentences(said)
        if said
        else t("None of the measures here is part of it or made by its publisher.")
    )
