"""Dates of listings that lie ahead, and those that were planned and have passed in silence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from observatory.analysis import pipeline
from observatory.analysis.pipeline import Step
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, icon, join, num
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.ipo import words
from observatory.views.ipo.data import Attempt, Field
from observatory.views.labels import clean


def _found(field: Field) -> tuple[list[tuple[Attempt, Step]], list[tuple[Attempt, Step]]]:
    ahead = [(a, step) for a in field.attempts for step in pipeline.upcoming(a.steps, field.today)]
    passed = [(a, step) for a in field.attempts for step in pipeline.overdue(a.steps, field.today)]
    ahead.sort(key=lambda item: (item[1].start, item[0].ipo_id))
    passed.sort(key=lambda item: (item[1].end, item[0].ipo_id), reverse=True)
    return ahead, passed


def _row(attempt: Attempt, step: Step) -> dict[str, Any]:
    return next(row for row in attempt.rows if row["row_id"] == step.row_id)


def _item(attempt: Attempt, step: Step, t: Translator) -> Safe:
    row = _row(attempt, step)
    source = clean(row["publisher"]) or clean(row["origin"])
    stage = t("Listing planned") if step.stage == "planned" else labels.stage(step.stage, t)
    return h(
        "li",
        h("span", num(t.period(clean(row["stage_date"])), row["row_id"]), cls="d"),
        h(
            "div",
            words.company(attempt, t),
            h("span", t.parts([stage, attempt.venue, source]),
              words.status(clean(row["status"]), t), cls="s"),
            cls="w",
        ),
    )  # fmt: skip


def dates(field: Field, t: Translator) -> Card:
    """Listing dates still to come, and planned ones of which nothing more was heard."""
    ahead, passed = _found(field)
    title = t.n("{n} listing date ahead on file", "{n} listing dates ahead on file", len(ahead))
    if not ahead:
        title = t("No listing date ahead is on file")
    parts: list[Safe | None] = []
    if ahead:
        parts.append(h("ul", *(_item(a, step, t) for a, step in ahead), cls="b-list b-dates"))
    if passed:
        parts.append(h("h4", t("Planned, passed, nothing heard since"), cls="p-h4"))
        parts.append(h("ul", *(_item(a, step, t) for a, step in passed), cls="b-list b-dates"))
    if not ahead:
        said = t(
            "No source on file names a day or month still to come for a listing of this choice."
        )
        parts.insert(0, h("p", said, cls="ink2"))
    parts.append(h("p", h("a", t("Calendar of all dates ahead"), icon("arrow_forward"),
                          href=links.calendar(), data_go=True), cls="p-ways"))  # fmt: skip
    every = [(a, _row(a, step)) for a, step in [*ahead, *passed]]
    frame = pd.DataFrame(
        [
            {"company": a.name(t).main, "venue": a.venue, "stage": str(row["stage"]),
             "date": clean(row["stage_date"]), "status": clean(row["status"]), "row_id": row["row_id"]}
            for a, row in every
        ],
        columns=["company", "venue", "stage", "date", "status", "row_id"],
    )  # fmt: skip
    columns = (
        Column("company", t("Company"), strong=True),
        Column("venue", t("Venue")),
        Column("stage", t("Stage"), show=lambda value, row: labels.stage(clean(value), t)),
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value)), row_id="row_id"),
        Column("status", t("Status"), show=lambda value, row: words.status(clean(value), t)),
    )  # fmt: skip
    rows = [row for _, row in every]
    return Card(
        id="ipo-dates",
        title=title,
        subtitle=t("Dates that lay ahead when their source named them"),
        body=join(parts),
        table=CardTable(frame, columns) if every else None,
        sources=words.sources_of(rows),
        vintage=words.vintage_of(rows, t),
        statuses=words.statuses_of(rows),
        caveat=t("A planned date can move; none is carried forward by us."),
        actions=("receipt", "table", "download"),
    )
