"""Coverage: which measure has a value for which economy, how new it is, or which in one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.cover_grid import CoverGridSpec, cover_grid
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import labels, links
from observatory.views.indicator.main import both_widths
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.sources.page import HEADLINE, Choice, address

OLD_YEARS: Final = 3
"""A newest value whose period ended this many years before the newest of its measure is old."""


def measures_of(data: Catalogue, domain: str) -> list[str]:
    """Measures of economies in a domain by name, or the headline measures in their own order."""
    if domain == HEADLINE:
        return data.headline_ids
    found = [
        key
        for key, item in data.indicators.items()
        if clean(item.row["domain"]) == domain and clean(item.row["entity_type"]) != "organization"
    ]
    return sorted(found, key=lambda key: data.indicators[key].short.casefold())


def state_of(status: str, forecast: bool) -> str:
    """Known, estimate, disputed, unchecked or forecast."""
    if status in ("disputed", "unchecked"):
        return status
    if forecast:
        return "forecast"
    return "estimate" if status == "estimate" else "known"


def words(t: Translator, year: int) -> dict[str, str]:
    """What the cells mean."""
    return {
        "known": t("value of that year") if year else t("value, with the year of the newest"),
        "old": t("newest value three or more years behind the newest of its measure"),
        "estimate": t("estimate"),
        "disputed": t("sources differ"),
        "unchecked": t("unchecked only"),
        "forecast": t("forecast"),
        "none": t("nothing on file"),
    }


def cells(data: Catalogue, ids: Sequence[str], members: Sequence[str], year: int) -> pd.DataFrame:
    """One row a measure and economy with a value: row, entity_id, state, short, old, row_id, said,
    n (periods), period, status."""
    t = data.t
    frame = queries_evidence.cover(data.db, data.as_of, year or None)
    frame = frame[frame["indicator_id"].isin(list(ids))]
    newest = {
        str(key): pd.Timestamp(end).year
        for key, end in frame.groupby("indicator_id")["period_end"].max().items()
    }
    out = []
    for row in records(frame[frame["economy_id"].isin(list(members))]):
        key = str(row["indicator_id"])
        ends = pd.Timestamp(row["period_end"]).year
        state = state_of(clean(row["status"]), bool(row["only_forecast"]))
        said = t.parts([
            data.indicators[key].short, data.name(str(row["economy_id"])), t.period(clean(row["period"])),
            status_label(clean(row["status"]), t),
            t.n("{n} period on file", "{n} periods on file", int(row["n"])),
        ])  # fmt: skip
        out.append({
            "row": key, "entity_id": str(row["economy_id"]), "state": state, "short": str(ends),
            "old": "1" if newest[key] - ends >= OLD_YEARS else "", "row_id": clean(row["row_id"]), "said": said,
            "n": int(row["n"]), "period": clean(row["period"]), "status": clean(row["status"]),
        })  # fmt: skip
    columns = [
        "row",
        "entity_id",
        "state",
        "short",
        "old",
        "row_id",
        "said",
        "n",
        "period",
        "status",
    ]
    return pd.DataFrame(out, columns=columns)


def card(data: Catalogue, c: Choice, members: Sequence[str]) -> Card:
    """The grid with its table."""
    t = data.t
    ids = measures_of(data, c.domain)
    found = cells(data, ids, members, c.year)
    subtitle = t(
        "One row a measure, one column an economy. A cell opens the receipt of the newest value."
    )
    if c.year:
        subtitle = t("Values of periods that end in {year}. A cell opens its receipt.", year=c.year)
    if found.empty:
        return Card(
            id="cover",
            title=t("Coverage"),
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No value of these measures and economies is on file for that."),
                action_label=t("The newest value of each"),
                action_href=address(c, year=0),
            ),
        )
    held = [key for key in ids if key in set(found["row"])] or ids
    title = _title(data, found, ids, members)
    spec = CoverGridSpec(
        rows=tuple(held),
        columns=tuple(members),
        labels={key: data.indicators[key].short for key in held},
        hrefs={key: links.indicator(key) for key in held},
        heads={key: key for key in members},
        words=words(t, c.year),
        name=title,
        description=subtitle,
    )
    narrow = replace(spec, width=358, room=118)
    colours = palette("css")
    without = len(ids) - len(held)
    notes = [subtitle]
    if without:
        notes.append(t.n("{n} measure without any such value is left out.",
                         "{n} measures without any such value are left out.", without))  # fmt: skip
    return Card(
        id="cover",
        title=title,
        subtitle=t.sentences(notes),
        body=both_widths(cover_grid(found, spec, colours, t), cover_grid(found, narrow, colours, t)),
        alt=title,
        table=CardTable(
            found.assign(
                measure=[data.indicators[key].short for key in found["row"]],
                economy=[data.name(key) for key in found["entity_id"]],
            ),
            (
                Column("measure", t("Measure"), strong=True),
                Column("economy", t("Economy")),
                Column("period", t("Newest period"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
                Column("n", t("Periods"), "right"),
                Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
            ),
        ),
        method=t(
            "A dot means that no source on file gives a value, not that the value is zero. Light cells hold a value"
            " whose period ended three or more years before the newest that any economy has in the same measure."
            " Cells where sources differ have no chosen value; unchecked values never enter ranks or findings."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _title(data: Catalogue, found: pd.DataFrame, ids: Sequence[str], members: Sequence[str]) -> str:
    t = data.t
    used = [key for key in ids if key in set(found["row"])]
    share = t.percent(100 * len(found) / max(len(used) * len(members), 1), 0)
    counts = Counter(found["entity_id"])
    few = sorted(members, key=lambda key: (counts[key], SCOPE.index(key) if key in SCOPE else 99))
    if len(members) < 3 or counts[few[0]] == counts[few[1]]:
        return t("{share} of the cells hold a value: {n} measures, {m} economies", share=share,
                 n=t.number(len(used)), m=t.number(len(members)))  # fmt: skip
    return t(
        "{share} of the cells hold a value; {economy} has the fewest, {k} of {n} measures",
        share=share, economy=data.say(few[0]), k=t.number(counts[few[0]]), n=t.number(len(used)),
    )  # fmt: skip


def years_of(data: Catalogue) -> list[int]:
    """Years in which a period on file ends, the newest first."""
    ends = pd.to_datetime(data.headline_series["period_end"]).dt.year
    return sorted({int(year) for year in ends.dropna()}, reverse=True)


def domain_name(word: str, t: Translator) -> str:
    """A subject, or the headline measures."""
    return t("Headline measures") if word == HEADLINE else labels.domain(word, t)


def today_of(as_of: date | None) -> date:
    """The day that ages are counted to."""
    return as_of or date.today()
