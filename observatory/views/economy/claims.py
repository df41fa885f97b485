"""What the claims ledger says of an economy: a short list that leads to the ledger."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import h
from observatory.db import queries
from observatory.db.frames import records
from observatory.views import common, labels, links
from observatory.views.claims import PICTURE, ids, verdict_word
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN = 4
FIRST = ("contradicted", "partly", "corroborated", "unverified")
"""Claims that could be checked stand before those that could not."""


def card(catalogue: Catalogue, economy: str) -> Card | None:
    """Claims that name the economy, those that fail first, unverified ones last; None where none does."""
    t = catalogue.t
    rows = [
        row
        for row in records(queries.claims(catalogue.db, catalogue.as_of, economy))
        if economy in ids(row["entity_ids"])
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: FIRST.index(str(row["verdict"])))
    counts = Counter(str(row["verdict"]) for row in rows)
    mix = t.parts([
        t("{n} {verdict}", n=t.number(counts[word]), verdict=labels.verdict(word, t).lower()) for word in PICTURE
        if counts[word]
    ])  # fmt: skip
    items = [
        h("li", verdict_word(str(row["verdict"]), t),
          h("button", clean(row["statement"]), cls="num plain-t", type="button", data_receipt=str(row["row_id"]),
            lang="en"))
        for row in rows[:SHOWN]
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    columns = (
        Column("verdict", t("Verdict"), show=lambda v, row: labels.verdict(str(v), t)),
        Column("statement", t("Claim"), strong=True, row_id="row_id", lang="en"),
        Column("evidence", t("Evidence"), lang="en", phone=False),
    )
    keep = [
        "verdict",
        "statement",
        "evidence",
        "document",
        "claim_id",
        "row_id",
        "source_id",
        "known_on",
    ]
    return Card(
        id="claims",
        title=t.n("{n} claim names it", "{n} claims name it", len(rows)),
        subtitle=mix,
        body=h("ul", *items, cls="e-claims"),
        table=CardTable(frame[keep].reset_index(drop=True), columns),
        sources=common.sources_of(catalogue, frame),
        after=h("p", h("a", t("All claims with their evidence"), href=links.link("/claims", entity=economy),
                       data_go=True, cls="go")),
        caveat=t("From two founding texts, held against sources."),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip
