"""Which economies have no figure, and why: computed from all rows on file, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from observatory.analysis.cross_section import is_part_year, usable
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, swatch
from observatory.cards.table import card_table
from observatory.db import queries
from observatory.i18n import Translator
from observatory.model.scope import MAX_AGE_YEARS
from observatory.views import common, links
from observatory.views.labels import clean
from observatory.views.overview_data import Per, Picture

Why = Literal[
    "disputed", "unchecked", "forecast", "part_year", "no_base", "earlier", "later", "old",
    "not_by_then", "other_years", "not_measured",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """An economy without a figure in what is shown.

    ``period`` and ``row_id``: the row that tells why, or the nearest figure there is; ``low``,
    ``high``: the range where sources differ; ``day``: when it became known.
    """

    economy: str
    why: Why
    period: str = ""
    row_id: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    day: date | None = None


def missing(picture: Picture) -> tuple[Missing, ...]:
    """Members without a figure, in the order of the house, each with the reason."""
    shown = set(picture.section.frame["entity_id"])
    return tuple(_why(picture, economy) for economy in picture.members if economy not in shown)


def _why(picture: Picture, economy: str) -> Missing:
    series = picture.catalogue.series(picture.item.id)
    own = series[series["entity_id"] == economy].sort_values(["period_end", "period"])
    good = usable(own)
    if picture.period is not None:
        here = own[own["period"] == picture.period]
        if len(good[good["period"] == picture.period]):
            row = good[good["period"] == picture.period].iloc[-1]
            return _of(economy, "no_base", row)
        if len(here):
            return _barred(economy, here)
    elif len(good):
        # Each economy's own latest: what is left out is too old, or has nothing to divide by.
        row = good.iloc[-1]
        ends = pd.to_datetime(picture.section.frame["period_end"])
        fresh = ends.empty or pd.Timestamp(row["period_end"]) >= ends.max() - pd.DateOffset(
            years=MAX_AGE_YEARS
        )
        return _of(economy, "no_base" if picture.per and fresh else "old", row)
    if len(good):
        return _nearest(picture, economy, good)
    if len(own):
        return _barred(economy, own.tail(1))
    return _unknown(picture, economy)


def _of(economy: str, why: Why, row: pd.Series) -> Missing:
    value = row["value"]
    return Missing(
        economy, why, clean(row["period"]), clean(row["row_id"]),
        None if pd.isna(value) else float(value),
    )  # fmt: skip


def _barred(economy: str, rows: pd.DataFrame) -> Missing:
    """Rows that are there and may not be used."""
    row = rows.iloc[-1]
    status = clean(row["status"])
    why: Why = "unchecked"
    if status == "disputed":
        why = "disputed"
    elif bool(row["is_forecast"]):
        why = "forecast"
    elif bool(is_part_year(rows.tail(1)).iloc[0]):
        why = "part_year"
    found = _of(economy, why, row)
    low, high = (None if pd.isna(row[name]) else float(row[name]) for name in ("low", "high"))
    return Missing(economy, why, found.period, found.row_id, found.value, low, high)


def _nearest(picture: Picture, economy: str, good: pd.DataFrame) -> Missing:
    """The nearest figure of an economy that has none in the period shown."""
    ends = pd.to_datetime(good["period_end"])
    places = [one.period for one in picture.steps]
    section = picture.rows[picture.rows["period"] == picture.period]
    end = pd.to_datetime(section["period_end"]).max() if len(section) else ends.max()
    before = good[ends <= end]
    if len(before) or not places:
        return _of(economy, "earlier", before.iloc[-1] if len(before) else good.iloc[-1])
    return _of(economy, "later", good.iloc[0])


def _unknown(picture: Picture, economy: str) -> Missing:
    """Nothing on file in this view: is there anything without its limits of time?"""
    catalogue = picture.catalogue
    if catalogue.as_of is None and not catalogue.years:
        return Missing(economy, "not_measured")
    everything = queries.headline_series(catalogue.db, [picture.item.id], None)
    own = everything[(everything["entity_id"] == economy)].sort_values("period_end")
    if own.empty:
        return Missing(economy, "not_measured")
    if catalogue.as_of is not None:
        first = pd.to_datetime(own["known_on"]).min().date()
        if first > catalogue.as_of:
            return Missing(economy, "not_by_then", day=first)
    return _of(economy, "other_years", own.iloc[-1])


def short_reason(one: Missing, per: Per, t: Translator) -> str:
    """The reason on a tile: a few words."""
    when = t.period(one.period) if one.period else ""
    match one.why:
        case "disputed":
            return t("sources differ")
        case "unchecked":
            return t("unchecked only")
        case "forecast":
            return t("forecast only")
        case "part_year":
            return t("part of the year only")
        case "no_base":
            return t("no GDP figure") if per == "gdp" else t("no population figure")
        case "earlier" | "old":
            return t("latest: {period}", period=when)
        case "later":
            return t("from {period}", period=when)
        case "not_by_then":
            return t("not known by then")
        case "other_years":
            return t("in other years")
        case _:
            return t("not measured")


def long_reason(one: Missing, picture: Picture) -> str:
    """The reason as a sentence."""
    t = picture.t
    when = t.period(one.period) if one.period else ""
    match one.why:
        case "disputed" if one.low is not None and one.high is not None:
            return t(
                "Sources differ for {period}: {low} to {high}. No value is chosen until a further source settles it.",
                period=when, low=picture.item.number(one.low, t),
                high=picture.item.value(one.high, t),
            )  # fmt: skip
        case "disputed":
            return t("Sources differ for {period}; no value is chosen.", period=when)
        case "unchecked":
            return t("Only unchecked figures are on file for {period}.", period=when)
        case "forecast":
            return t("Only a forecast or plan is on file for {period}.", period=when)
        case "part_year":
            return t("{period} is counted for a part of the year only.", period=when)
        case "no_base" if picture.per == "gdp":
            return t("No GDP figure of {period} or the five years before.", period=when)
        case "no_base":
            return t("No population figure of {period} or the five years before.", period=when)
        case "earlier":
            return t(
                "Not published for this period; the latest before it is of {period}.", period=when
            )
        case "later":
            return t("Not published for this period; the first is of {period}.", period=when)
        case "old":
            return t("The latest is of {period}, too old to stand beside the others.", period=when)
        case "not_by_then" if one.day is not None:
            return t(
                "Not known by that day; the first figure became known on {day}.",
                day=t.date(one.day),
            )
        case "other_years":
            return t("None in the chosen years; the latest is of {period}.", period=when)
        case _:
            maker = clean(picture.item.row["publisher"])
            return t("Not measured: {publisher} gives no figure for it.", publisher=maker)


def coverage_card(picture: Picture, gone: tuple[Missing, ...]) -> Card:
    """Who has no figure and why, and how many have one in each period."""
    t, catalogue = picture.t, picture.catalogue
    n, base = picture.section.n, len(picture.members)
    when = t.period(picture.period) if picture.period else ""
    if not gone and when:
        title = t("All {base} have a figure for {period}", base=t.number(base), period=when)
    elif not gone:
        title = t("All {base} have a figure", base=t.number(base))
    elif when:
        title = t(
            "{n} of {base} have a figure for {period}",
            n=t.number(n), base=t.number(base), period=when,
        )  # fmt: skip
    else:
        title = t("{n} of {base} have a figure", n=t.number(n), base=t.number(base))
    table = _table(picture, gone)
    parts: list[Safe | None] = [
        card_table(table, t("Economies without a figure"), t("none on file")) if gone else None,
        _by_period(picture),
    ]
    frame = picture.section.frame
    return Card(
        id="coverage",
        title=title,
        subtitle=common.subtitle(picture.item, picture.period, t),
        body=join(parts),
        table=table if gone else None,
        sources=common.sources_of(catalogue, frame) if len(frame) else (),
        statuses=common.statuses_of(frame),
        method=common.method_text(
            picture.item, t,
            [t("A figure that sources dispute, that is unchecked, a forecast or made before its year was over "
               "is not shown as a value, and never counted.")],
        ),
        actions=("receipt", "table", "method", "link"),
    )  # fmt: skip


def _table(picture: Picture, gone: tuple[Missing, ...]) -> CardTable:
    t, catalogue = picture.t, picture.catalogue
    frame = pd.DataFrame(
        [
            {
                "economy": catalogue.name(one.economy),
                "economy_id": one.economy,
                "why": long_reason(one, picture),
                "shown": _on_file(one, picture),
                "period": one.period,
                "row_id": one.row_id,
            }
            for one in gone
        ],
        columns=["economy", "economy_id", "why", "shown", "period", "row_id"],
    )

    def show_name(value: Any, row: Mapping[str, Any]) -> Safe:
        code = str(row["economy_id"])
        return swatch(code) + h("a", value, href=links.economy(code), data_go=True, cls="quiet")

    return CardTable(
        frame,
        (
            Column("economy", t("Economy"), show=show_name, strong=True),
            Column("why", t("Why there is no figure")),
            Column("shown", t("On file"), "right", row_id="row_id"),
        ),
    )


def _on_file(one: Missing, picture: Picture) -> str:
    """The figure that a reason speaks of; the range where there are several."""
    t, item = picture.t, picture.item
    if one.value is not None:
        return item.value(one.value, t)
    if one.low is None or one.high is None:
        return ""
    if one.low == one.high:
        return item.value(one.low, t)
    return t("{low} to {high}", low=item.number(one.low, t), high=item.value(one.high, t))


def _by_period(picture: Picture) -> Safe | None:
    """How many of the members have a figure in each period, as a row of small bars."""
    t = picture.t
    rows = picture.rows[picture.rows["entity_id"].isin(list(picture.members))]
    if rows["period"].nunique() < 2:
        return None
    counts = rows.groupby("period")["entity_id"].nunique()
    base = len(picture.members)
    bars = [
        h(
            "li",
            h("span", cls="b", style=f"height:{max(round(int(counts.get(one.period, 0)) / base * 34), 1)}px"),
            cls="on" if one.period == picture.period else None,
            title=t("{period}: {n} of {base}", period=t.period(one.period),
                    n=t.number(int(counts.get(one.period, 0))), base=t.number(base)),
        )
        for one in picture.steps
    ]  # fmt: skip
    first, last = picture.steps[0].period, picture.steps[-1].period
    said = t.sentences(
        t("{period}: {n} of {base}", period=t.period(one.period),
          n=t.number(int(counts.get(one.period, 0))), base=t.number(base))
        for one in picture.steps
    )  # fmt: skip
    return h(
        "div",
        h("p", t("Economies with a figure, by period"), cls="small ink2"),
        h("ol", *bars, aria_hidden="true"),
        h(
            "p",
            h("span", t.period(first)),
            h("span", t.period(last)),
            cls="ends",
            aria_hidden="true",
        ),
        h("p", said, cls="sr"),
        cls="o-cover",
    )
