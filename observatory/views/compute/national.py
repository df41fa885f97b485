"""National capacity as states and institutes put it, each series by itself, and public GPU programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, status_word, swatch
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_compute
from observatory.db.frames import records
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, labels, links
from observatory.views.compute.data import Row
from observatory.views.compute.parts import panel_card, statements_card
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

PANELS: Final = (
    "total_compute_eflops_official", "intelligent_compute_eflops_official", "intelligent_compute_eflops_idc",
    "compute_racks_10k",
)  # fmt: skip
"""Series of China with several periods: different precisions, definitions and makers."""
STATEMENTS: Final = (
    "intelligent_compute_capacity", "computing_device_eflops_caict", "intelligent_device_eflops_caict",
    "ten_thousand_card_clusters", "supercomputing_internet_cards", "public_compute_pflops",
    "planned_compute_pflops", "ai_compute_target_eflops",
)  # fmt: skip
THERE: Final = ("government_gpu_pool", "national_ai_gpus_total", "gov_gpu_hour_price")
PLANNED: Final = ("government_gpu_target", "planned_gpu_supply", "planned_gpu_allocation")


def _observed(catalogue: Catalogue, ids: Sequence[str], members: Sequence[str]) -> pd.DataFrame:
    frame = queries_compute.observed(catalogue.db, ids, catalogue.as_of)
    inside = set(members) | set(COMPARATORS)
    kept = frame[frame["home"].isin(inside)].copy()
    places = {code: i for i, code in enumerate((*SCOPE, *COMPARATORS))}
    order = {key: i for i, key in enumerate(ids)}
    kept["_place"] = [places.get(str(code), 99) for code in kept["home"]]
    kept["_order"] = [order[str(key)] for key in kept["indicator_id"]]
    return kept.sort_values(["_place", "_order", "period_end", "row_id"]).drop(
        columns=["_place", "_order"]
    )


def panel_cards(catalogue: Catalogue) -> list[Card]:
    """China's series, each with its own axis."""
    frame = queries_compute.observed(catalogue.db, list(PANELS), catalogue.as_of)
    return [panel_card(catalogue, key, frame, "CHN") for key in PANELS]


def statements(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """What else is stated, one line each."""
    t = catalogue.t
    frame = _observed(catalogue, STATEMENTS, members)
    return statements_card(
        catalogue, "statements", frame, t("Single statements: no two of one kind"),
        t("Capacity by definition and precision as stated; plans say so"),
        t("Precisions, bases and dates differ from line to line: do not compare or add."),
    )  # fmt: skip


def gpu_cards(catalogue: Catalogue, members: Sequence[str]) -> list[Card]:
    """GPUs of public programmes: there, and planned."""
    t = catalogue.t
    there = statements_card(
        catalogue, "gpus-there", _observed(catalogue, THERE, members), t("GPUs bought, contracted or in the pool"),
        t("Public programmes, as their sources put it"),
        t("Counts mix generations of chips, and bought is not yet running."),
    )  # fmt: skip
    planned = statements_card(
        catalogue, "gpus-planned", _observed(catalogue, PLANNED, members), t("GPUs that are targets or promises"),
        t("Target years and announcements; parts of one promise stand below its sum"),
        t("A target for 2028 holds that of 2026; a promise may overlap with a target: do not add."),
    )  # fmt: skip
    return [there, planned]


def programmes_card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """Acts of states on computing power."""
    t = catalogue.t
    rows = [
        row for row in records(queries_compute.compute_programmes(catalogue.db, catalogue.as_of))
        if clean(row["economy_id"]) in members
    ]  # fmt: skip
    title = t("Public programmes and rules on compute")
    if not rows:
        return Card(id="programmes", title=title, empty=EmptyState(
            reason=t("No public programme of these economies was known by then."), title=t("Nothing on file"),
        ))  # fmt: skip
    for row in rows:
        row["economy"] = catalogue.name(clean(row["economy_id"]))

    def economy(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        return join([swatch(code), h("a", row["economy"], href=links.economy(code), data_go=True)])

    def what(value: Any, row: Row) -> Safe:
        text, lang = labels.title_in(row, t)
        summary = (
            h("span", clean(row["summary"]), cls="fr-p", lang="en")
            if clean(row["summary"])
            else None
        )
        return join([h("span", text, lang=lang), summary])

    columns = (
        Column("economy", t("Economy"), show=economy, strong=True),
        Column("title", t("Programme"), show=what),
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
        Column("policy_status", t("State"), show=lambda v, row: labels.policy_status(clean(v), t)),
        Column("status", t("Status"), phone=False,
               show=lambda v, row: status_word(clean(v), status_label(clean(v), t))),
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    return Card(
        id="programmes",
        title=t.n("{n} public programme or rule on compute", "{n} public programmes and rules on compute", len(rows)),
        subtitle=t("By date, the newest first"),
        body=table(columns, rows, caption=title, unknown=t("not known"), cls="ch-controls cp-programmes"),
        table=CardTable(frame[["economy", "title", "date", "policy_status", "status", "row_id", "source_id"]], (
            Column("economy", t("Economy")), Column("title", t("Programme"), strong=True, lang="en"),
            Column("date", t("Date"), row_id="row_id"),
            Column("policy_status", t("State"), show=lambda v, row: labels.policy_status(clean(v), t)),
        )),
        **common.evidence(catalogue, frame),
        caveat=t("Programmes known to us by name; sums of money stand on the investment page."),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip
