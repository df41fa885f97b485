"""One attempt in full: every stage, who says so, and what each source adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from observatory.analysis import pipeline
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.filters import Currency
from observatory.cards.markup import Safe, external, h, icon, join, num
from observatory.cards.table import table
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.ipo import words
from observatory.views.ipo.bar import address
from observatory.views.ipo.choice import Choice
from observatory.views.ipo.data import Attempt, Field, amount
from observatory.views.ipo.tracks import drawings, method
from observatory.views.labels import clean

Row = Mapping[str, Any]


def _title(attempt: Attempt, t: Translator) -> str:
    name = attempt.name(t).main
    said = clean(attempt.row["publisher"]) or clean(attempt.row["origin"])
    if planned := words.planned_for(attempt, t):
        return t("{company}, {venue}: planned for {date}, says {source}", company=name,
                 venue=attempt.venue, date=planned, source=said)  # fmt: skip
    return t("{company}, {venue}: {stage}, {date}, says {source}", company=name,
             venue=attempt.venue, stage=labels.stage(attempt.stage, t),
             date=words.stage_since(attempt, t), source=said)  # fmt: skip


def _facts(attempt: Attempt, currency: Currency, t: Translator) -> Safe:
    """The attempt in a few pairs: stage, hint, time, silence, money, first day."""
    pairs: list[tuple[str, Safe | str | None]] = [
        (
            t("Stage"),
            join([num(t.parts([labels.stage(attempt.stage, t), words.stage_since(attempt, t)]),
                      attempt.row["row_id"]),
                  words.status(clean(attempt.row["status"]), t)], " "),
        ),
        (t("A weak source says more"), words.hint(attempt, t)),
        (t("Time at this stage"), words.days(attempt.days, t)),
        (t("Last word"), t.date(attempt.heard)),
        (t("Stale since"), t.date(attempt.stale) if attempt.stale and attempt.open else None),
        (t("Outcome"), t("not on file; nothing heard since the last word") if attempt.unknown else None),
    ]  # fmt: skip
    for label, row in ((t("Aim"), attempt.aim), (t("Raised"), attempt.raised),
                       (t("Base size"), attempt.base)):  # fmt: skip
        if row is None or not amount(row):
            continue
        shown: list[Safe | str | None] = [num(words.amount(row, currency, t), row["row_id"])]
        more = t.parts([words.counted(row, t),
                        words.short_rate(row, currency, t)])  # fmt: skip
        shown.append(h("span", more, cls="muted") if more else None)
        if row["status"] in ("unchecked", "disputed"):
            shown.append(words.status(str(row["status"]), t))
        pairs.append((label, join(shown, " ")))
    if attempt.first_day is not None:
        first = attempt.first_day
        shown = [num(words.percent(first["value"], t), first["row_id"])]
        if attempt.close is not None:
            unit = clean(attempt.close["unit"]).partition(" ")[0]
            close = t.money(attempt.close["value"], unit, compact=False)
            told = num(t("closed at {price}", price=close), attempt.close["row_id"])
            shown.append(h("span", told, cls="sub2"))
        pairs.append((t("First day"), join(shown)))
    way = pipeline.way(attempt.steps)
    if way is not None:
        pairs.append((t("From first stage to listing"), words.days((way[2], way[3]), t)))
    return h(
        "dl",
        *(part for label, value in pairs if value not in (None, "")
          for part in (h("dt", label), h("dd", value))),
        cls="p-facts",
    )  # fmt: skip


def _columns(currency: Currency, t: Translator) -> tuple[Column, ...]:
    def money(value: Any, row: Row) -> Safe | str:
        if not amount(row):
            return ""
        word = t("raised") if pipeline.money_kind(str(row["stage"])) == "raised" else t("aim")
        rate = words.short_rate(row, currency, t)
        return join(
            [num(words.amount(row, currency, t), row["row_id"]), h("span", word, cls="muted"),
             h("span", rate, cls="sub2") if rate else None], " ",
        )  # fmt: skip

    def said(value: Any, row: Row) -> Safe:
        name = clean(row["publisher"]) or clean(row["origin"])
        maker = clean(row["origin"])
        more = (
            h("span", maker, cls="sub2")
            if maker and maker.casefold() not in name.casefold()
            else None
        )
        return join([external(name, clean(row["url"]) or None), more])

    def stage(value: Any, row: Row) -> Safe:
        word = words.status(clean(row["status"]), t)
        return join([h("b", labels.stage(clean(value), t)), h("span", word, cls="sub2")])

    return (
        Column("stage_date", t("Date"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("stage", t("Stage"), show=stage),
        Column("publisher", t("Who says so"), show=said),
        Column("ip_money", t("Amount"), show=money),
        Column("note", t("Remark"), lang="en", phone=False),
    )  # fmt: skip


def card(attempt: Attempt, field: Field, choice: Choice, currency: Currency, t: Translator) -> Card:
    """Where one attempt stands and who says so, the newest word first."""
    rows = list(reversed(attempt.rows))
    columns = _columns(currency, t)
    title = _title(attempt, t)
    others = [
        a for a in field.attempts if a.org_id == attempt.org_id and a.ipo_id != attempt.ipo_id
    ]
    ways = [
        h("a", t("Profile of {company}", company=attempt.name(t).main), icon("arrow_forward"),
          href=links.org(attempt.org_id), data_go=True),
        words.later(attempt, choice, t) if attempt.later else None,
        *(h("a", t("Other attempt: {venue}", venue=other.venue), icon("arrow_forward"),
            href=address(choice, attempt=other.ipo_id), data_go=True)
          for other in others if other.ipo_id != attempt.later),
        h("a", t("Close"), icon("close"), href=address(choice, attempt=None), data_go=True),
    ]  # fmt: skip
    plain = (
        Column("stage_date", t("Date"), row_id="row_id"),
        Column("stage", t("Stage")),
        Column("raise_amount", t("Amount"), "right"),
        Column("currency", t("Currency")),
        Column("publisher", t("Source")),
        Column("status", t("Status")),
        Column("note", t("Remark"), lang="en"),
    )
    keep = [column.key for column in plain] + ["row_id"]
    caveat = t("A rumour never moves an attempt; an amount before pricing is an aim.")
    return Card(
        id="ipo-attempt",
        title=title,
        subtitle=t("Every dated stage on file with its source, the newest first"),
        body=h(
            "div",
            h("div", _facts(attempt, currency, t), h("p", *ways, cls="p-ways"), cls="p-left"),
            h("div", drawings([attempt], field.today, t, wide=880, columns=False),
              table(columns, rows, caption=t("Stages"), unknown=""), cls="p-rows"),
            cls="p-attempt", id="attempt",
        ),
        alt=title,
        table=CardTable(pd.DataFrame([{key: row[key] for key in keep} for row in rows]), plain),
        sources=words.sources_of(rows),
        vintage=words.vintage_of(rows, t),
        statuses=words.statuses_of(rows),
        caveat=caveat,
        method=method(t),
    )  # fmt: skip
