"""Rules on the trade in chips: who limits what towards whom, since when, and when a pause ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from observatory.analysis import policy_state
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, status_word, swatch
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_chips
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.time import parse_period
from observatory.views import common, labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words

ACTS: Final = ("regulation", "law", "treaty", "guideline")
SHOWN: Final = 12
Row = Mapping[str, Any]


def card(catalogue: Catalogue, today: date) -> Card:
    """Every rule on file, the ends of pauses first, newest next."""
    t = catalogue.t
    frame = queries_chips.chip_controls(catalogue.db, catalogue.as_of)
    every = records(frame)
    rows = [row for row in every if clean(row["kind"]) in ACTS]
    if not rows:
        return Card(
            id="controls", title=t("Export controls"),
            empty=EmptyState(reason=t("No rule on the trade in chips was known by then."), title=t("No rule on file")),
        )  # fmt: skip
    day = today.isoformat()
    for row in rows:
        row["ends"] = clean(row["end_date"])
        row["ahead"] = (
            str(row["period_start"])[:10] > day
            if row["period_start"] == row["period_start"]
            else False
        )
        row["standing"] = standing(row, today)
        row["said"] = _said(row, t)
    ahead = sorted((row for row in rows if row["ahead"]), key=lambda row: str(row["period_start"]))
    paused = [
        row for row in rows if row["standing"] in ("paused", "pause_over") and not row["ahead"]
    ]
    others = [row for row in rows if not row["ahead"] and row not in paused]
    ordered = [*ahead, *paused, *others]
    title = _title(rows, ahead, today, t)
    columns = _columns(catalogue)
    caption = t("Rules on the trade in chips")
    body = table(
        columns, ordered[:SHOWN], caption=caption, unknown=t("not stated"), cls="ch-controls"
    )
    if ordered[SHOWN:]:
        more = t.n("{n} more rule", "{n} more rules", len(ordered) - SHOWN)
        rest = table(
            columns, ordered[SHOWN:], caption=caption, unknown=t("not stated"), cls="ch-controls"
        )
        body = body + h("details", h("summary", more), rest, cls="co-more")
    listed = pd.DataFrame([
        {"date": row["date"], "economy": catalogue.name(clean(row["economy_id"])), "title": clean(row["title"]),
         "state": row["said"], "ends": row["ends"],
         "status": clean(row["status"]), "row_id": row["row_id"], "source_id": row["source_id"]} for row in ordered
    ])  # fmt: skip
    plain = (
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
        Column("economy", t("Who")), Column("title", t("Measure"), lang="en", strong=True),
        Column("state", t("State")),
        Column("ends", t("Pause ends"), show=lambda v, row: t.period(clean(v))),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    )  # fmt: skip
    kept = pd.DataFrame(ordered)
    return Card(
        id="controls",
        title=title,
        subtitle=t(
            "Rules on chips, tools and materials; what is ahead and what is paused stand first, then the newest"
        ),
        body=body,
        table=CardTable(listed, plain),
        **common.evidence(catalogue, kept),
        caveat=t("Read from press and summaries for the most part: for legal effect see the acts."),
        method=h("p", t(
            "Listed are regulations, guidelines and agreements under the topic chips and export control. A pause and"
            " its end are tied where a source says so; what follows after the end is not guessed. Unchecked rows are"
            " listed and marked, and stay out of the marks on charts.")),
    )  # fmt: skip


def standing(row: Row, today: date) -> str:
    """The standing of a rule on the day, by its dates and those of what suspends or ends it."""
    held = clean(row["pause_start"]) or clean(row["end_date"])
    return policy_state.state(
        clean(row["policy_status"]), clean(row["date"]), clean(row["effective_from"]), today,
        coded=policy_state.is_coded(clean(row["note"])), until=clean(row["until"]),
        pause=policy_state.Pause(clean(row["pause_start"]), clean(row["end_date"])) if held else None,
    )  # fmt: skip


def _said(row: Row, t: Translator) -> str:
    word = row["standing"]
    if word in ("paused", "pause_over"):
        return policy_words.held(word, clean(row["end_date"]), t)
    return policy_words.state_group(word, t) if word == "ahead" else labels.policy_status(word, t)


def _title(
    rows: list[dict[str, Any]], ahead: list[dict[str, Any]], today: date, t: Translator
) -> str:
    ends = [row for row in ahead if any(other["end_id"] == row["policy_id"] for other in rows)]
    if ends:
        row, period = ends[0], parse_period(clean(ends[0]["date"]))
        if period.precision == "day":
            return t.n(
                "A pause ends on {day}, in {n} day: {what}", "A pause ends on {day}, in {n} days: {what}",
                (period.start - today).days, day=t.period(period.text), what=clean(row["title"]),
            )  # fmt: skip
        return t("Next, {date}: {title}", date=t.period(period.text), title=clean(row["title"]))
    return t.n("{n} rule on the trade in chips", "{n} rules on the trade in chips", len(rows))


def _columns(catalogue: Catalogue) -> tuple[Column, ...]:
    t = catalogue.t

    def who(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        name = t("International") if code == "INT" else catalogue.name(code)
        shown = name if code == "INT" else h("a", name, href=links.economy(code), data_go=True)
        targets = row["targets"] if isinstance(row["targets"], Sequence | np.ndarray) else ()
        goals = [catalogue.name(str(one)) for one in targets]
        towards = (
            h("span", t("towards {names}", names=t.list(goals)), cls="fr-p") if goals else None
        )
        return join([swatch(code), shown, towards])

    def what(value: Any, row: Row) -> Safe:
        text, lang = labels.title_in(row, t)
        summary = (
            h("span", clean(row["summary"]), cls="fr-p", lang="en")
            if clean(row["summary"])
            else None
        )
        return join([h("span", text, lang=lang), summary])

    def state(value: Any, row: Row) -> Safe:
        parts: list[Safe | str] = [row["said"]]
        if row["standing"] == "ahead":
            parts = [h("span", t("ahead"), cls="ch-ends")]
        start = clean(row["effective_from"])
        if start and start != clean(row["date"]):
            parts.append(h("span", t("effective {day}", day=t.period(start)), cls="fr-p"))
        if row["ends"]:
            parts = [num(row["said"], clean(row["end_row"]), cls="num plain-t"), *parts[1:]]
        return join(parts)

    def word(value: Any, row: Row) -> Safe:
        return status_word(clean(value), status_label(clean(value), t))

    return (
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
        Column("economy_id", t("Who"), show=who),
        Column("title", t("Measure"), show=what, strong=True),
        Column("policy_status", t("State"), show=state),
        Column("status", t("Status"), show=word, phone=False),
    )
