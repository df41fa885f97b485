"""What an organisation says of itself: the facts that rest on its own word alone."""

from __future__ import annotations

from typing import Any

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, num
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.figures import measure_name, value_text
from observatory.views.company.parts import deal_amount, folded, frame_of, source_refs, stage_amount
from observatory.views.company.standing import score_text, self_reported
from observatory.views.labels import clean

CLAIM = "company_claim"


def claimed(c: Company, t: Translator) -> Rows:
    """Facts with the status of a company claim, and scores that a maker measured; newest first.

    Columns: kind, what, said, date, period_end, row_id, source_id.
    """
    found: Rows = []

    def add(row: Row, kind: str, what: str, said: str, date: str) -> None:
        found.append(
            {
                "kind": kind, "what": what, "said": said, "date": date,
                "period_end": row["period_end"], "row_id": row["row_id"],
                "source_id": row["source_id"], "status": CLAIM,
            }
        )  # fmt: skip

    for row in c.observations:
        if row["status"] == CLAIM:
            add(
                row,
                t("Measured value"),
                measure_name(row, t),
                value_text(row, t),
                clean(row["period"]),
            )
    for row in c.deals:
        if row["status"] == CLAIM:
            kind = labels.deal_kind(clean(row["kind"]), t)
            add(row, t("Deal"), kind, deal_amount(row, t), clean(row["announced"]))
    for row in c.stages:
        if row["status"] == CLAIM:
            stage = labels.stage(row["stage"], t)
            add(row, t("Listing"), stage, stage_amount(row, t), clean(row["stage_date"]))
    for row in c.models:
        if row["status"] == CLAIM:
            add(row, t("Model"), clean(row["name"]), t("released"), clean(row["released"]))
    for row in c.chips:
        if row["status"] == CLAIM:
            add(row, t("Chip"), clean(row["name"]), t("released"), clean(row["released"]))
    for row in c.clusters:
        if row["status"] == CLAIM:
            state = labels.cluster_status(clean(row["cluster_status"]), t)
            add(row, t("Cluster"), clean(row["name"]), state, clean(row["date"]))
    for row in c.standing:
        if self_reported(row):
            what = t("{model} on {board}", model=row["model_name"], board=row["benchmark_name"])
            add(row, t("Score"), what, score_text(row["score"], row, t), clean(row["as_of"]))
    return sorted(found, key=lambda row: str(row["period_end"] or ""), reverse=True)


def facts(c: Company) -> int:
    """How many facts could rest on its own word: all but what others rule or claim about it."""
    return sum(
        len(rows)
        for rows in (c.observations, c.deals, c.stages, c.models, c.chips, c.clusters, c.standing)
    )


def own_card(c: Company, s: Surroundings) -> Card:
    """The list of what only the organisation itself says."""
    t = s.t
    rows = claimed(c, t)

    def said(value: Any, row: Row) -> Safe:
        return num(clean(value) or t("without a figure"), row["row_id"])

    columns = (
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value)), strong=True),
        Column("kind", t("Kind"), phone=False),
        Column("what", t("What")),
        Column("said", t("As it says"), "right", show=said, sort=False),
    )
    plain = (*columns[:3], Column("said", t("As it says"), row_id="row_id"))
    return Card(
        id="own-word",
        title=t.n(
            "{n} of {all} facts rests on its own word alone",
            "{n} of {all} facts rest on its own word alone",
            len(rows),
            all=t.number(facts(c)),
        ),
        subtitle=t(
            "Company claims: no independent source on file says the same. They stand marked"
            " wherever they appear on this page."
        ),
        body=folded(columns, rows, t("Company claims"), t, 6),
        table=CardTable(frame_of(rows, plain), plain),
        sources=source_refs(c, rows),
        statuses=((CLAIM, len(rows)),),
        method=t(
            "A fact counts here if its status is Company claim, or if it is a score that the maker"
            " of the model measured itself. The other facts have a source besides the organisation,"
            " or are statistics, filings and counts."
        ),
        actions=("table", "method", "download", "link"),
    )
