"""A quick picture of a selection: one measure over time or by size, else rows by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.columns import columns
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.lines import lines
from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.explorer_fields import TABLES
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, links
from observatory.views.explorer import words
from observatory.views.explorer.cells import Cells, needed
from observatory.views.explorer.choice import Choice, address
from observatory.views.indicator.main import NARROW, WIDE, both_widths
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

CARD: Final = "explorer"
MOST_ROWS: Final = 4000
MOST_SERIES: Final = 40
MOST_BARS: Final = 40
COLOURED: Final = 7


def card(
    db: Database,
    catalogue: Catalogue,
    c: Choice,
    ask: q.Ask,
    n: Mapping[str, int],
    as_of: date | None,
) -> Card:
    """The picture that suits the selection; what cannot be drawn says what to choose."""
    t = catalogue.t
    if not n["n"]:
        return _empty(t("No row fits."), catalogue, c)
    if n.get("measures") == 1:
        return _measure(db, catalogue, c, ask, as_of)
    if TABLES[c.table].period:
        return _by_year(db, catalogue, c, ask, as_of)
    return _empty(t("These rows have no dates to draw."), catalogue, c)


def _empty(reason: str, catalogue: Catalogue, c: Choice) -> Card:
    t = catalogue.t
    return Card(
        id=CARD,
        title=words.table_name(c.table, t),
        empty=EmptyState(
            reason=reason, title=t("Nothing to draw"), action_label=t("Show the rows"),
            action_href=address(c, picture=False),
        ),
    )  # fmt: skip


# One measure ---------------------------------------------------------------------------------------


def _measure(db: Database, catalogue: Catalogue, c: Choice, ask: q.Ask, as_of: date | None) -> Card:
    t = catalogue.t
    names = (
        "row_id", "indicator_id", "measure", "entity", "entity_id", "entity_kind", "economy_id", "period",
        "period_start", "period_end", "span", "value", "value_text", "unit", "status", "is_forecast", "chosen",
        "source_id", "known_on",
        "publisher",
    )  # fmt: skip
    frame = q.rows(db, ask, as_of, fields=names, order=("entity", "period"), limit=MOST_ROWS)
    item = catalogue.indicators[clean(frame["indicator_id"].iloc[0])]
    frame["label"] = [
        catalogue.name(clean(key)) if kind == "economy" else clean(name)
        for key, kind, name in zip(
            frame["entity_id"], frame["entity_kind"], frame["entity"], strict=True
        )
    ]
    # Values of several publishers, editions or spans share a chart, but never a line.
    span = frame["span"].fillna("")
    frame["series_id"] = frame["entity_id"].where(
        frame["chosen"] & (span == ""), frame["entity_id"] + " " + frame["source_id"] + " " + span
    )
    frame["is_headline"] = frame["chosen"]
    periods = frame["period"].nunique()
    ordered = frame.sort_values("period_end")
    first, last = clean(ordered["period"].iloc[0]), clean(ordered["period"].iloc[-1])
    count = t.n("{n} value", "{n} values", len(frame))
    title = t(
        "{measure}: {count}, {first} to {last}",
        measure=item.short,
        count=count,
        first=t.period(first),
        last=t.period(last),
    )
    if periods == 1:
        title = t(
            "{measure}: {count}, {period}", measure=item.short, count=count, period=t.period(first)
        )
    order = [*SCOPE, *COMPARATORS]
    present = sorted(
        frame["entity_id"].unique(), key=lambda one: (order.index(one) if one in order else 99, one)
    )
    subjects = tuple(str(one) for one in present[:COLOURED])
    draw_lines = periods > 1 and len(present) <= MOST_SERIES
    note = (
        t("Values that sources differ on are hollow and joined to none.")
        if (frame["status"] == "disputed").any()
        else ""
    )
    colours = palette("css")
    if draw_lines:

        def drawing(width: float, height: float) -> str:
            spec = LineSpec(measure=item.measure(t), subjects=subjects, width=width, height=height, most_labels=16,
                            hits=len(frame) <= 700, name=title)  # fmt: skip
            return lines(frame, spec, colours, t)
    else:
        newest = ordered[ordered["chosen"]].drop_duplicates("entity_id", keep="last")
        newest = (
            newest if len(newest) else ordered.drop_duplicates("entity_id", keep="last")
        ).nlargest(MOST_BARS, "value")
        note = t(
            "The newest value of each, at most {n}; the periods stand in the table.",
            n=t.number(MOST_BARS),
        )

        def drawing(width: float, height: float) -> str:
            return bars(
                newest, BarSpec(measure=item.measure(t), width=width, name=title), colours, t
            )

    known = frame[frame["value"].notna()]
    return Card(
        id=CARD,
        title=title,
        subtitle=t.sentences([part for part in (item.name, note) if part]),
        body=both_widths(drawing(WIDE, 420), drawing(NARROW, 320)),
        alt=title,
        table=common.value_table(catalogue, item, ordered.iloc[::-1]),
        sources=common.sources_of(catalogue, known),
        vintage=common.vintage_of(catalogue, known),
        statuses=common.statuses_of(frame),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        href=links.indicator(item.id),
    )


# Rows by year --------------------------------------------------------------------------------------


def _by_year(db: Database, catalogue: Catalogue, c: Choice, ask: q.Ask, as_of: date | None) -> Card:
    t, spec = catalogue.t, TABLES[c.table]
    found = q.by_year(db, ask, as_of)
    if found.empty:
        return _empty(t("These rows have no dates to draw."), catalogue, c)
    years = {int(year): int(n) for year, n in zip(found["year"], found["n"], strict=True)}
    full = range(min(years), max(years) + 1)
    frame = pd.DataFrame(
        {
            "entity_id": c.table,
            "period": [str(year) for year in full],
            "value": [float(years.get(year, 0)) for year in full],
            "row_id": table_of(CARD),
        }
    )  # fmt: skip
    most = max(years, key=lambda year: (years[year], year))
    name = words.table_name(c.table, t)
    title = t(
        "{table} by year: most in {year}, {n}", table=name, year=str(most), n=t.number(years[most])
    )
    if len(years) == 1:
        title = t("{table}: all {n} in {year}", table=name, year=str(most), n=t.number(years[most]))
    more = [one for one in ("source_id", "known_on", "status") if one in spec.fields]
    rows = q.rows(
        db,
        ask,
        as_of,
        fields=[*needed(spec, c.shown), *more],
        order=(f"-{spec.period}",),
        limit=MOST_ROWS,
    )
    dated = sum(years.values())
    undated = q.count(db, ask, as_of) - dated
    note = (
        t.n(
            "{n} row without a date is not drawn.",
            "{n} rows without a date are not drawn.",
            undated,
        )
        if undated
        else ""
    )
    colours = palette("css")

    def drawing(width: float, height: float) -> str:
        return columns(frame, LineSpec(subjects=(c.table,), width=width, height=height, name=title), colours, t,
                       most=40 if width > 600 else 12)  # fmt: skip

    return Card(
        id=CARD,
        title=title,
        subtitle=t.sentences(
            [
                part
                for part in (
                    t("Rows of the selection by the year in which their period ends."),
                    note,
                )
                if part
            ]
        ),
        body=both_widths(drawing(WIDE, 340), drawing(NARROW, 280)),
        alt=title,
        table=CardTable(rows, _columns(catalogue, c)),
        sources=common.sources_of(catalogue, rows),
        statuses=common.statuses_of(rows) if "status" in rows.columns else (),
        caveat=t("How many rows are on file says how much was collected, not how much happened."),
        method=t(
            "Each bar counts the rows that fit, by the last day of their period. Press a bar for the rows."
        ),
    )


def _columns(catalogue: Catalogue, c: Choice) -> tuple[Column, ...]:
    return Cells(catalogue, c.spec).columns(c.shown)
