"""What the cards of a comparison share: names, numbers with their receipts, the table of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import CardTable, Column
from observatory.cards.markup import Safe, h, num
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.compare.data import Comparison, Row
from observatory.views.economy.score import short
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

_RATIO: Final = ("count", "money", "physical", "rate")


def is_ratio(item: Indicator) -> bool:
    """Whether "twice as much" means something: not for shares, scores and ranks."""
    return clean(item.row["value_kind"]) in _RATIO


def per_words(per: str, t: Translator) -> str:
    """What the values are divided by, as a sentence; empty for values as published."""
    match per:
        case "population":
            return t("Counts and amounts are per million people where their name says so.")
        case "gdp":
            return t(
                "Counts and amounts are per billion US dollars of output where their name says so."
            )
        case _:
            return ""


def row_name(row: Row, per: str, t: Translator, *, long: bool = False) -> str:
    """Name of a measure, with what its values are divided by."""
    name = row.item.name if long else row.item.short
    if not row.relative:
        return name
    if per == "population":
        return t("{measure} per million people", measure=name)
    return t("{measure} per US$ bn of output", measure=name)


def row_value(row: Row, value: float, t: Translator) -> str:
    """A value for a narrow column: with its currency or percent sign, without nouns."""
    return short(row.item, value, t)


def number(
    row: Row, value: float, row_id: str, card: str, t: Translator, *, unit: bool = False
) -> Safe:
    """A value that opens its receipt; one that is divided opens the table of its two parts.

    ``unit`` names the unit of physical quantities.
    """
    shown = row_value(row, value, t)
    if unit and clean(row.item.row["value_kind"]) == "physical":
        shown = row.item.value(value, t)
    if not row.relative:
        return num(shown, row_id)
    return h("button", shown, cls="num", type="button", data_act="table", data_card=card)


def older_base(row: Row, row_id: str, t: Translator) -> list[str]:
    """The year of the people or output that a value is divided by, where it is two years older or more."""
    own = row.series[row.series["row_id"] == row_id]
    if own.empty or "base_age" not in own or not own["base_age"].iloc[0] >= 2:
        return []
    return [t("divided by {period}", period=t.period(clean(own["base_period"].iloc[0])))]


def hint(found: Comparison, t: Translator) -> Safe | None:
    """Comparators are ranked where switched on: one link does it."""
    if not found.unranked:
        return None
    chosen = {"with": ",".join(found.economies), "economies": ",".join(SCOPE + COMPARATORS)}
    if found.per:
        chosen["per"] = found.per
    return h(
        "p",
        t("Comparators are ranked when switched on."),
        " ",
        h("a", t("Rank them with the 13"), data_go=True, href=links.link("/compare", **chosen)),
        cls="e-hint",
    )


def values(
    catalogue: Catalogue,
    found: Comparison,
    pairs: Iterable[tuple[Row, str]],
    periods: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row a measure and economy, exact, with the rows that its value is made of.

    ``periods`` names the period by measure; else the value is that of the comparison.
    """
    t = catalogue.t
    out: list[dict[str, Any]] = []
    for row, economy in pairs:
        line = row.lines[economy]
        own = _own(row, economy, periods[row.id] if periods is not None else None)
        here = clean(own.get("period")) == line.period
        out.append(
            {
                "measure": row_name(row, found.per, t, long=True),
                "economy": catalogue.name(economy),
                "period": clean(own.get("period")),
                "value": own.get("value"),
                "rank": line.rank if here and line.rank else None,
                "of": line.base if here and line.rank else None,
                "status": clean(own.get("status")),
                "own_value": own.get("own_value") if row.relative else None,
                "base_value": own.get("base_value") if row.relative else None,
                "base_period": clean(own.get("base_period")) if row.relative else "",
                "row_id": clean(own.get("row_id")),
                "value_row": "" if row.relative else clean(own.get("row_id")),
                "base_row_id": clean(own.get("base_row_id")) if row.relative else "",
                "indicator_id": row.id,
                "entity_id": economy,
                "source_id": own.get("source_id"),
                "known_on": own.get("known_on"),
            }
        )
    return pd.DataFrame(out)


def _own(row: Row, economy: str, period: str | None) -> dict[str, Any]:
    """The row behind a value; what a line holds is enough unless it is divided or of a named period."""
    line = row.lines[economy]
    if not line.row_id and period is None:
        return {}
    # Cells without a value, such as disputed ones, name no source: they are looked up.
    if period is None and not row.relative and line.known_on is not None:
        return {
            "value": line.value,
            "period": line.period,
            "status": line.status,
            "row_id": line.row_id,
            "source_id": line.source_id or None,
            "known_on": line.known_on,
        }
    if period is None:
        rows = row.series[(row.series["row_id"] == line.row_id) & (line.row_id != "")]
    else:
        rows = row.rows[(row.rows["entity_id"] == economy) & (row.rows["period"] == period)]
    if rows.empty:
        return {}
    return {str(key): value for key, value in rows.iloc[-1].to_dict().items()}


def table(catalogue: Catalogue, frame: pd.DataFrame, per: str) -> CardTable:
    """The card's table of `values`; divided values stand beside what they are made of."""
    t = catalogue.t

    def exact(value: Any, row: Mapping[str, Any]) -> str:
        return t.sig(value, 5)

    columns = [
        Column("measure", t("Measure"), strong=True),
        Column("economy", t("Economy")),
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
        Column("value", t("Value"), "right", exact, row_id="value_row"),
    ]
    if per:
        base = {"population": t("People"), "gdp": t("Output, US$ bn")}.get(per, t("Base year"))
        columns += [
            Column("own_value", t("As published"), "right", exact, row_id="row_id"),
            Column("base_value", base, "right", exact, row_id="base_row_id"),
            Column(
                "base_period", t("Year of the base"), show=lambda value, row: t.period(clean(value))
            ),
        ]
    columns += [
        Column(
            "rank",
            t("Rank"),
            "right",
            lambda value, row: t.rank(int(value), int(row["of"]), economies=False),
            phone=False,
        ),
        Column(
            "status",
            t("Status"),
            show=lambda value, row: status_label(clean(value), t) if clean(value) else "",
            phone=False,
        ),
    ]
    return CardTable(frame.drop(columns=["known_on"]), tuple(columns))
