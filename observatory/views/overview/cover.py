"""Which economies have no figure, and why: computed from all rows on file, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, swatch
from observatory.cards.table import card_table
from observatory.i18n import Translator
from observatory.model.scope import MAX_AGE_YEARS
from observatory.model.time import parse_period
from observatory.views import common, data_words, links
from observatory.views.labels import clean
from observatory.views.overview.choice import Per
from observatory.views.overview.data import Fact, Picture

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
    facts = picture.field.facts.get(economy, ())
    good = [fact for fact in facts if fact.usable]
    if picture.period is not None:
        here = [fact for fact in facts if fact.period == picture.period]
        if any(fact.usable for fact in here):
            return _of(economy, "no_base", [fact for fact in here if fact.usable][-1])
        if here:
            return _barred(economy, here[-1])
    elif good:
        # Each economy's own latest: what is left out is too old, or has nothing to divide by.
        ends = pd.to_datetime(picture.section.frame["period_end"])
        oldest = None if ends.empty else (ends.max() - pd.DateOffset(years=MAX_AGE_YEARS)).date()
        fresh = oldest is None or good[-1].end >= oldest
        return _of(economy, "no_base" if picture.per and fresh else "old", good[-1])
    if good:
        return _nearest(picture, economy, good)
    if facts:
        return _barred(economy, facts[-1])
    return _unknown(picture, economy)


def _of(economy: str, why: Why, fact: Fact) -> Missing:
    return Missing(economy, why, fact.period, fact.row_id, fact.value, fact.low, fact.high)


def _barred(economy: str, fact: Fact) -> Missing:
    """A row that is there and may not be used."""
    why: Why = "unchecked"
    if fact.status == "disputed":
        why = "disputed"
    elif fact.forecast:
        why = "forecast"
    elif fact.part_year:
        why = "part_year"
    return _of(economy, why, fact)


def _nearest(picture: Picture, economy: str, good: list[Fact]) -> Missing:
    """The nearest figure of an economy that has none in the period shown."""
    end = parse_period(picture.period or "").end if picture.period else good[-1].end
    before = [fact for fact in good if fact.end <= end]
    if before:
        return _of(economy, "earlier", before[-1])
    return _of(economy, "later", good[0])


def _unknown(picture: Picture, economy: str) -> Missing:
    """Nothing on file in this view: is there anything without its limits of time?"""
    catalogue = picture.catalogue
    if catalogue.as_of is None and not catalogue.years:
        return Missing(economy, "not_measured")
    everything = picture.field.known_today
    own = everything[(everything["entity_id"] == economy)].sort_values("period_end")
    if own.empty:
        return Missing(economy, "not_measured")
    if catalogue.as_of is not None:
        first = pd.to_datetime(own["known_on"]).min().date()
        if first > catalogue.as_of:
            return Missing(economy, "not_by_then", day=first)
    row = own.iloc[-1]
    value = None if pd.isna(row["value"]) else float(row["value"])
    return Missing(economy, "other_years", clean(row["period"]), clean(row["row_id"]), value)


def short_reason(one: Missing, per: Per, t: Translator) -> str:
    """The reason on a tile: a few words."""
    if said := data_words.no_value(one.why, one.period, t):
        return said
    match one.why:
        case "no_base":
            return t("no GDP figure") if per == "gdp" else t("no population figure")
        case "later":
            return t("from {period}", period=t.period(one.period) if one.period else "")
        case "not_by_then":
            return t("not known by then")
        case "other_years":
            return t("in other years")
        case _:
            return t("not on file")


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
            return t("Not measured: no figure from {publisher} on file.", publisher=maker)


def coverage_card(picture: Picture, gone: tuple[Missing, ...]) -> Card:
    """Who has no figure and why, and how many have one in each period."""
    t, catalogue = picture.t, picture.catalogue
    n, base = picture.section.n, len(picture.members)
    when = t.period(picture.period) if picture.period else ""
    if not gone and when:
        title = t.n(
            "The one economy has a figure for {period}",
            "All {n} have a figure for {period}",
            base,
            period=when,
        )
    elif not gone:
        title = t.n("The one economy has a figure", "All {n} have a figure", base)
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
    """One row an economy; those without any figure and with the same reason share a row."""
    t, catalogue = picture.t, picture.catalogue
    groups: dict[tuple[str, str], list[Missing]] = {}
    for one in gone:
        groups.setdefault((long_reason(one, picture), one.row_id), []).append(one)
    frame = pd.DataFrame(
        [
            {
                "economy": t.list([catalogue.name(one.economy) for one in group]),
                "economy_ids": [one.economy for one in group],
                "why": why,
                "shown": _on_file(group[0], picture) or t("none on file"),
                "period": group[0].period,
                "row_id": row_id,
            }
            for (why, row_id), group in groups.items()
        ],
        columns=["economy", "economy_ids", "why", "shown", "period", "row_id"],
    )

    def show_names(value: Any, row: Mapping[str, Any]) -> Safe:
        return join(
            [
                h("span", swatch(code), h("a", catalogue.name(code), href=links.economy(code),
                                          data_go=True, cls="quiet"), cls="o-eco")
                for code in row["economy_ids"]
            ],
            " ",
        )  # fmt: skip

    return CardTable(
        frame,
        (
            Column("economy", t("Economy"), show=show_names, strong=True),
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
