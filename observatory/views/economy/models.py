"""The newest models made in an economy."""

from __future__ import annotations

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import h, num
from observatory.cards.table import table
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.economy.lists import (
    SHOWN,
    company,
    newest_first,
)
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue


def models(catalogue: Catalogue, economy: str) -> Card:
    """The newest models made in an economy."""
    t = catalogue.t
    frame = queries.models(catalogue.db, catalogue.as_of, economy)
    title = t("Models")
    if not len(frame):
        return Card(
            id="models",
            title=title,
            subtitle=t("Models made here, newest first"),
            empty=EmptyState(
                reason=t("No model made in this economy is on file."),
                exists=t("The list holds models of named makers; unnamed ones are not counted."),
                title=t("No model on file"),
            ),
        )
    rows = newest_first(records(frame))
    dated = [row for row in rows if clean(row["released"])]
    opened = sum(clean(row["open_weights"]) == "True" for row in rows)
    columns = (
        Column(
            "name",
            t("Model"),
            show=lambda value, row: h(
                "a", clean(value), href=links.model(str(row["model_id"])), data_go=True
            ),
            strong=True,
        ),
        Column("org_name", t("Maker"), show=lambda value, row: company(row, t, prefix="org_")),
        Column(
            "released",
            t("Released"),
            show=lambda value, row: num(t.period(clean(value)), clean(row["row_id"])),
        ),
        Column(
            "params_b",
            t("Parameters"),
            "right",
            lambda value, row: num(t.compact(value * 1e9), clean(row["row_id"])),
            phone=False,
        ),
        Column(
            "open_weights", t("Weights"), show=lambda value, row: _weights(value, t), phone=False
        ),
    )
    newest = dated[0] if dated else rows[0]
    finding = title
    if dated:
        finding = t(
            "Newest model: {name}, {when}",
            name=clean(newest["name"]),
            when=t.period(clean(newest["released"])),
        )
    order = [
        "name",
        "org_name",
        "released",
        "modality",
        "params_b",
        "active_params_b",
        "open_weights",
        "licence",
        "status",
        "row_id",
        "source_id",
    ]
    all_columns = (
        Column("name", t("Model"), strong=True, row_id="row_id"),
        Column("org_name", t("Maker")),
        Column("released", t("Released"), show=lambda value, row: t.period(clean(value))),
        Column(
            "modality",
            t("Modality"),
            show=lambda value, row: labels.modality(clean(value), t),
            phone=False,
        ),
        Column(
            "params_b",
            t("Parameters"),
            "right",
            lambda value, row: t.compact(value * 1e9),
            phone=False,
        ),
        Column(
            "open_weights", t("Weights"), show=lambda value, row: _weights(value, t), phone=False
        ),
    )
    subtitle = t.n(
        "{n} model on file, {opened} with open weights",
        "{n} models on file, {opened} with open weights",
        len(rows),
        opened=t.number(opened) if opened else t("none"),
    )
    if len(dated) > SHOWN:
        subtitle = t("{count}; the {n} newest are shown", count=subtitle, n=t.number(SHOWN))
    return Card(
        id="models",
        title=sentence(finding),
        subtitle=subtitle,
        body=table(columns, (dated or rows)[:SHOWN], caption=title, unknown=t("not known")),
        table=CardTable(frame[order].reset_index(drop=True), all_columns),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download"),
    )


def _weights(value: object, t: Translator) -> str:
    return t("open weights") if clean(value) == "True" else t("closed weights")
