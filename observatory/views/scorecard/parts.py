"""What one score is made of: value, receipt, points, weight and contribution of every measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard.data import Result
from observatory.views.scorecard.method import method
from observatory.views.scorecard.page import card_id

NAMES = (
    "pillar", "indicator_id", "value", "period", "row_id", "base_row_id", "own_value", "base_value",
    "points", "weight", "contribution",
)  # fmt: skip


def cards(catalogue: Catalogue, result: Result) -> list[Card]:
    """One card an economy shown; they are opened from its score and not drawn on the page."""
    return [card(catalogue, result, row) for row in result.shown]


def card(catalogue: Catalogue, result: Result, row: int) -> Card:
    """The parts of one economy's score, with a row for each weighted measure."""
    t, economy = catalogue.t, result.economies[row]
    name = labels.sentence(catalogue.say(economy))
    have, m = t.number(int(result.n[row])), t.number(result.m)
    if result.scores[row] == result.scores[row]:
        points = t.number(result.scores[row], 1)
        title = t("{economy}: {points} points", economy=name, points=points)
    else:
        title = t("{economy}: no score", economy=name)
    frame = _frame(catalogue, result, row)
    subtitle = t(
        "{n} of {m} weighted measures. Points times weight is the contribution; contributions add up to the score.",
        n=have, m=m,
    )  # fmt: skip
    if result.choice.agg == "geometric":
        subtitle = t(
            "{n} of {m} weighted measures. Geometric mean: contributions add up to the score, in proportion to "
            "weight times the logarithm of the points.",
            n=have, m=m,
        )  # fmt: skip
    return Card(
        id=card_id(economy),
        title=title,
        subtitle=subtitle,
        table=CardTable(frame, _columns(catalogue, result)),
        method=method(t),
    )


def _frame(catalogue: Catalogue, result: Result, row: int) -> pd.DataFrame:
    field, economy = result.sheet.field, result.economies[row]
    columns: dict[str, list[Any]] = {name: [] for name in NAMES}
    for i, key in enumerate(field.indicators):
        p = field.pillar_of[i]
        if result.weights.within[i] * result.weights.pillars[p] <= 0:
            continue
        cell: Mapping[str, Any] = result.sheet.cells.get((economy, key), {})
        numbers = (result.pts[row, i], result.shares[row, i] * 100, result.parts[row, i])
        row_of = (
            field.pillars[p], key, cell.get("value"), cell.get("period"), cell.get("row_id"),
            cell.get("base_row_id"), cell.get("own_value", cell.get("value")), cell.get("base_value", "–"),
            *(float(x) if cell else None for x in numbers),
        )  # fmt: skip
        for name, value in zip(NAMES, row_of, strict=True):
            columns[name].append(value)
    return pd.DataFrame(columns)


def _columns(catalogue: Catalogue, result: Result) -> tuple[Column, ...]:
    t = catalogue.t

    def measure(value: Any, row: Mapping[str, Any]) -> Safe:
        item = catalogue.indicators[str(value)]
        link = h("a", item.short, href=links.indicator(item.id), data_go=True, cls="quiet")
        return join([link, h("span", labels.pillar(str(row["pillar"]), t), cls="sub2")])

    def amount(value: Any, row: Mapping[str, Any]) -> str:
        return catalogue.indicators[str(row["indicator_id"])].value(float(value), t)

    def compared(value: Any, row: Mapping[str, Any]) -> str:
        shown = amount(value, row)
        return t("{value} per million people", value=shown) if _divided(row) else shown

    def people(value: Any, row: Mapping[str, Any]) -> str:
        return t.compact(float(value)) if _divided(row) else "–"

    def one(value: Any, _: Mapping[str, Any]) -> str:
        return t.number(value, 1)

    values: tuple[Column, ...] = (Column("own_value", t("Value"), "right", amount, "row_id"),)
    if result.choice.per_person:
        values = (
            Column("value", t("Value compared"), "right", compared, phone=False),
            Column("own_value", t("As published"), "right", amount, "row_id"),
            Column("base_value", t("People"), "right", people, "base_row_id"),
        )  # fmt: skip
    return (
        Column("indicator_id", t("Measure"), show=measure),
        *values,
        Column("period", t("Period"), show=lambda value, _: t.period(str(value)), phone=False),
        Column("points", t("Points of 100"), "right", one),
        Column("weight", t("Weight, %"), "right", one),
        Column("contribution", t("Contribution"), "right", one, strong=True),
    )


def _divided(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("base_row_id"), str) and bool(row["base_row_id"])
