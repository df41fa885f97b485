"""Coverage of one measure: who has a value in which period, and what is known of provinces and aggregates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.analysis import at_period
from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, CardTable
from observatory.cards.markup import h
from observatory.cards.table import card_table
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.coverage import CoverageSpec, coverage, fitting
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, links
from observatory.views.indicator.data import Subject
from observatory.views.indicator.main import both_widths, long_table
from observatory.views.labels import clean

WIDE: Final = 782.0
NARROW: Final = 358.0
MOST_ROWS: Final = 40


def state_of(row: dict[str, Any]) -> str:
    """Known, estimate, disputed, unchecked or forecast."""
    status = clean(row["status"])
    if status in ("disputed", "unchecked"):
        return status
    if row["is_forecast"]:
        return "forecast"
    return "estimate" if status == "estimate" else "known"


def state_words(t: Translator) -> dict[str, str]:
    """What the cells mean."""
    return {
        "known": t("value"),
        "estimate": t("estimate"),
        "disputed": t("sources differ"),
        "unchecked": t("unchecked only"),
        "forecast": t("forecast"),
        "none": t("nothing on file"),
    }


def cells(subject: Subject) -> pd.DataFrame:
    """One row an entity and period on file: entity_id, period, state, row_id, said."""
    t = subject.t
    words = state_words(t)
    out = []
    for raw in subject.frame.to_dict("records"):
        row = {str(key): value for key, value in raw.items()}
        if row["entity_kind"] in ("province", "aggregate"):
            continue
        state = state_of(row)
        value = row["value"]
        shown = (
            subject.item.value(float(value), t)
            if value == value and value is not None
            else words[state]
        )
        said = [
            subject.name(str(row["entity_id"])),
            shown,
            t.period(clean(row["period"])),
            status_label(clean(row["status"]), t),
        ]
        out.append(
            {
                "entity_id": str(row["entity_id"]),
                "period": str(row["period"]),
                "state": state,
                "row_id": clean(row["row_id"]),
                "said": " · ".join(dict.fromkeys(part for part in said if part)),
                "period_end": row["period_end"],
            }
        )
    columns = ["entity_id", "period", "state", "row_id", "said", "period_end"]
    return pd.DataFrame(out, columns=columns)


def card(subject: Subject) -> Card | None:
    """The matrix of entities and periods; every cell on file opens its receipt. None without any."""
    t = subject.t
    if subject.frame.empty:
        return None
    found = cells(subject)
    # Spans share a period with others: the row that leads is drawn, the table holds all.
    found = found.drop_duplicates(["entity_id", "period"], keep="last")
    order = found.drop_duplicates("period").sort_values(["period_end", "period"])
    entities, rules = _rows(subject, found)
    spec = CoverageSpec(
        periods=tuple(str(period) for period in order["period"]),
        entities=entities[:MOST_ROWS],
        labels={key: subject.name(key) for key in entities[:MOST_ROWS]},
        hrefs={key: links.org(key) if key not in subject.catalogue.economies else links.economy(key)
               for key in entities[:MOST_ROWS]},
        words=state_words(t),
        rule_after=rules,
        width=WIDE,
        name=_title(subject, found),
    )  # fmt: skip
    colours = palette("css")
    narrow = replace(spec, width=NARROW)
    title = _title(subject, found)
    drawn = len(fitting(spec))
    notes = [t("One row an economy, one column a period.")]
    if subject.of_organisations:
        notes = [t("One row an organisation, one column a period.")]
    if drawn < len(spec.periods) or len(entities) > MOST_ROWS:
        notes.append(t("The newest {n} of {all} periods are drawn; the table holds all.",
                       n=t.number(drawn), all=t.number(len(spec.periods))))  # fmt: skip
    rows = subject.frame[~subject.frame["entity_kind"].isin(("province", "aggregate"))]
    table = replace(subject, choice=replace(subject.choice, per=""))
    return Card(
        id="coverage",
        native="picture",
        title=title,
        subtitle=t.sentences(notes),
        body=both_widths(coverage(found, spec, colours, t), coverage(found, narrow, colours, t)),
        alt=title,
        table=long_table(table, rows),
        statuses=common.statuses_of(rows),
        method=t(
            "An empty cell means that no source on file gives a value, not that the value is zero. Where "
            "sources differ no value is chosen; unchecked values are kept and never used in ranks or findings."
        ),
        actions=("receipt", "table", "method", "download"),
    )


def _rows(subject: Subject, found: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows in the house order, with those after which a line parts the groups."""
    held = list(dict.fromkeys(found["entity_id"]))
    if subject.of_organisations:
        counts = found["entity_id"].value_counts()
        ordered = sorted(held, key=lambda key: (-int(counts[key]), subject.name(key)))
        return tuple(ordered), ()
    members = [key for key in SCOPE if key in subject.members or key in held]
    others = [key for key in COMPARATORS if key in held]
    return (*members, *others), ((members[-1],) if members and others else ())


def _title(subject: Subject, found: pd.DataFrame) -> str:
    t = subject.t
    values = found[found["state"].isin(("known", "estimate"))]
    disputed = int((found["state"] == "disputed").sum())
    if subject.of_organisations:
        n = int(values["entity_id"].nunique())
        said = t.n("{n} organisation has a value", "{n} organisations have a value", n)
    else:
        held = values["entity_id"].isin(list(subject.members))
        n, base = int(values.loc[held, "entity_id"].nunique()), len(subject.members)
        if n == base > 1:
            said = t("All {base} economies have a value", base=t.number(base))
        else:
            said = t("{n} of {base} economies have a value", n=t.number(n), base=t.number(base))
    if not disputed:
        return said
    more = t.n("sources differ on {n} cell", "sources differ on {n} cells", disputed)
    return t.parts([said, more])


# Provinces and aggregates ------------------------------------------------------------------------


def others_card(subject: Subject) -> Card | None:
    """Provinces and aggregates as a table: never ranked among economies. None without any."""
    t = subject.t
    rows = subject.frame[subject.frame["entity_kind"].isin(("province", "aggregate"))]
    rows = rows[rows["value"].notna()]
    if rows.empty:
        return None
    rows = rows.sort_values(["entity_kind", "period_end", "value"], ascending=[True, False, False])
    provinces = int(rows.loc[rows["entity_kind"] == "province", "entity_id"].nunique())
    areas = int(rows.loc[rows["entity_kind"] == "aggregate", "entity_id"].nunique())
    parts = [
        t.n("{n} province of China", "{n} provinces of China", provinces) if provinces else "",
        t.n("{n} larger area", "{n} larger areas", areas) if areas else "",
    ]
    title = t("Also on file: {what}", what=t.list([part for part in parts if part]))
    found = common.value_table(subject.catalogue, subject.item, rows)
    first = replace(found.columns[0], label=t("Area"))
    table = CardTable(found.frame, (first, *found.columns[1:]))
    return Card(
        id="areas",
        title=title,
        subtitle=t("Shown beside the economies, never ranked among them."),
        body=card_table(table, title, t("not known"), 24),
        table=table,
        **common.evidence(subject.catalogue, rows),
        after=h("p", t("The first {n} of {all} rows; the table holds all.", n=t.number(24),
                       all=t.number(len(rows))), cls="muted small") if len(rows) > 24 else None,
        actions=("receipt", "table", "download"),
    )  # fmt: skip


def newest(subject: Subject) -> str:
    """The newest period with usable values; empty without one."""
    everyone = tuple(str(key) for key in subject.frame["entity_id"].unique())
    steps = at_period.steps(usable(subject.frame), everyone)
    return steps[-1].period if steps else ""


__all__ = ["card", "cells", "newest", "others_card", "state_of", "state_words"]
