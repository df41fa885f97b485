"""What an economy's values rest on."""

from __future__ import annotations

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, external, h, join
from observatory.cards.table import table
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import links
from observatory.views.economy.lists import (
    Row,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def sources(catalogue: Catalogue, economy: str) -> Card:
    """What an economy's values rest on."""
    t = catalogue.t
    frame = queries.economy_sources(catalogue.db, economy, catalogue.as_of)
    title = t("Sources")
    if not len(frame):
        return Card(
            id="sources",
            title=title,
            subtitle=t("Sources of this economy's values"),
            empty=EmptyState(
                reason=t("No value of this economy was known by that day."),
                title=t("No source by that day"),
            ),
        )
    total = int(frame["n_rows"].sum())
    columns = (
        Column("title", t("Source"), show=lambda value, row: _source(row), strong=True),
        Column(
            "n_rows",
            t("Values"),
            "right",
            lambda value, row: t.number(int(value)),
            href=lambda row: links.source(str(row["source_id"])),
        ),
        Column("reuse", t("Reuse"), show=lambda value, row: reuse(clean(value), t)),
        Column(
            "published", t("Published"), show=lambda value, row: t.period(clean(value)), phone=False
        ),
    )
    found = t.n(
        "{total} values rest on {n} source",
        "{total} values rest on {n} sources",
        len(frame),
        total=t.number(total),
    )
    return Card(
        id="sources",
        title=found,
        subtitle=t("Those with most values first, with what may be done with them"),
        body=table(columns, records(frame)[:6], caption=title, unknown=t("not stated")),
        table=CardTable(frame.drop(columns=["newest"]).reset_index(drop=True), columns),
        actions=("table", "download"),
    )


def _source(row: Row) -> Safe:
    name = clean(row["origin"]) or clean(row["publisher"])
    return join([external(clean(row["title"]), clean(row["url"])), h("span", name, cls="sub2")])


def reuse(word: str, t: Translator) -> str:
    """What a source's licence allows."""
    match word:
        case "open":
            return t("open licence")
        case "quotable":
            return t("quotable with credit")
        case _:
            return t("shown, not for download")
