"""The pipeline as one table, sorted by any column through its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from observatory.analysis import pipeline
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.filters import Currency
from observatory.cards.markup import Safe, h, join, num
from observatory.cards.table import Ordered, table
from observatory.charts.room import room
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.ipo import words
from observatory.views.ipo.bar import address
from observatory.views.ipo.choice import SORTS, Choice
from observatory.views.ipo.data import Attempt, Field, amount
from observatory.views.ipo.tracks import method
from observatory.views.labels import clean

Row = Mapping[str, Any]


def _key(name: str, t: Translator) -> Callable[[Attempt], Any]:
    """What a column sorts by; None sorts last, whichever way."""

    def usd(row: Row | None) -> float | None:
        return float(row["usd"]) if row is not None and row["usd"] is not None else None

    keys: dict[str, Callable[[Attempt], Any]] = {
        "company": lambda a: a.name(t).main.casefold(),
        "venue": lambda a: a.venue,
        "stage": lambda a: pipeline.furthest(a.stage),
        "since": lambda a: a.now.last.toordinal(),
        "days": lambda a: a.days[1] if a.days else None,
        "aim": lambda a: usd(a.aim),
        "raised": lambda a: usd(a.raised),
        "first": lambda a: float(a.first_day["value"]) if a.first_day else None,
        "heard": lambda a: a.heard.toordinal(),
    }
    return keys[name]


def ordered(field: Field, choice: Choice, t: Translator) -> list[Attempt]:
    """Attempts in the order that the address asks for; what has no value stands last."""
    down, name = choice.sort.startswith("-"), choice.sort.lstrip("-")
    key = _key(name, t)
    have = [a for a in field.attempts if key(a) is not None]
    rest = [a for a in field.attempts if key(a) is None]
    have.sort(key=lambda a: a.ipo_id)
    have.sort(key=key, reverse=down)
    return have + rest


def rows_of(
    field: Field, choice: Choice, currency: Currency, t: Translator
) -> list[dict[str, Any]]:
    """One row an attempt."""
    found = []
    for a in ordered(field, choice, t):
        aim = a.aim if amount(a.aim) else None
        paid = a.raised if amount(a.raised) else None
        found.append(
            {
                "attempt": a, "company": a.name(t).main, "venue": a.venue, "layer": a.layer,
                "economy_id": a.economy_id, "stage": a.stage, "since": a.now.last.isoformat(),
                "row_id": a.row["row_id"], "status": clean(a.row["status"]),
                "days": words.days(a.days, t) or None,
                "aim": words.amount(aim, currency, t) if aim else None,
                "aim_row": aim["row_id"] if aim else "",
                "raised": words.amount(paid, currency, t) if paid else None,
                "raised_row": paid["row_id"] if paid else "",
                "first": a.first_day["value"] if a.first_day else None,
                "first_row": a.first_day["row_id"] if a.first_day else "",
                "heard": a.heard.isoformat(), "stale": a.stale is not None,
                "sources": len(a.publishers),
            }
        )  # fmt: skip
    return found


def _columns(choice: Choice, currency: Currency, today: date, t: Translator) -> tuple[Column, ...]:
    def company(value: Any, row: Row) -> Safe:
        return words.company(row["attempt"], t)

    def stage(value: Any, row: Row) -> Safe:
        a: Attempt = row["attempt"]
        word = num(labels.stage(a.stage, t), a.row["row_id"])
        hint = words.hint(a, t)
        lost = h("span", t("outcome not on file"), cls="sub2") if a.unknown else None
        after = h("span", words.later(a, choice, t), cls="sub2") if a.later else None
        return join([h("b", word), lost, after, h("span", hint, cls="sub2") if hint else None])

    def since(value: Any, row: Row) -> Safe | str:
        a: Attempt = row["attempt"]
        said = words.plan(a, today, t) or words.stage_since(a, t)
        return num(said, a.row["row_id"])

    def cash(kind: str) -> Callable[[Any, Row], Safe | str]:
        def show(value: Any, row: Row) -> Safe | str:
            a: Attempt = row["attempt"]
            paid = a.aim if kind == "aim" else a.raised
            if paid is None:
                return clean(value)
            rate = words.short_rate(paid, currency, t)
            said = "" if kind == "aim" else words.counted(paid, t)
            weak = words.status("unchecked", t) if paid["status"] == "unchecked" else None
            under = t.parts([said, rate])
            return join([num(clean(value), paid["row_id"]), weak,
                         h("span", under, cls="sub2") if under else None], " ")  # fmt: skip

        return show

    def heard(value: Any, row: Row) -> Safe:
        a: Attempt = row["attempt"]
        mark = h("span", t("stale"), cls="sub2") if a.stale else None
        return join([h("span", t.date(a.heard)), mark])

    def sources(value: Any, row: Row) -> Safe:
        a: Attempt = row["attempt"]
        said = t("{company}: every stage and its sources", company=a.name(t).main)
        return h("a", t.number(len(a.publishers)), href=address(choice, attempt=a.ipo_id),
                 data_go=True, aria_label=said)  # fmt: skip

    def status(value: Any, row: Row) -> Safe:
        return words.status(clean(value), t)

    return (
        Column("company", t("Company"), show=company, strong=True),
        Column("venue", t("Venue")),
        Column("layer", t("Layer"), show=lambda value, row: labels.layer(clean(value), t), phone=False),
        Column("stage", t("Stage"), show=stage),
        Column("since", t("Since"), show=since),
        Column("days", t("At this stage"), phone=False),
        Column("status", t("Status"), show=status, phone=False),
        Column("aim", t("Aim"), show=cash("aim")),
        Column("raised", t("Raised"), show=cash("raised")),
        Column("first", t("First day"), "right",
               lambda value, row: num(words.percent(float(value), t), row["first_row"])),
        Column("heard", t("Last word"), show=heard, phone=False),
        Column("sources", t("Sources"), "right", sources, phone=False),
    )  # fmt: skip


def _plain(t: Translator) -> tuple[Column, ...]:
    """The columns of the card's own table: every number with its row."""
    return (
        Column("company", t("Company"), strong=True),
        Column("venue", t("Venue")),
        Column("stage", t("Stage"), show=lambda value, row: labels.stage(clean(value), t),
               row_id="row_id"),
        Column("since", t("Since"), show=lambda value, row: t.period(clean(value))),
        Column("aim", t("Aim"), row_id="aim_row"),
        Column("raised", t("Raised"), row_id="raised_row"),
        Column("first", t("First day"), "right", lambda value, row: words.percent(float(value), t),
               row_id="first_row"),
        Column("heard", t("Last word"), show=lambda value, row: t.period(clean(value))),
        Column("status", t("Status"), show=lambda value, row: words.status(clean(value), t)),
    )  # fmt: skip


def ordering(choice: Choice) -> Ordered:
    """How the table is sorted now, and where a press on each heading leads."""
    key, down = choice.sort.lstrip("-"), choice.sort.startswith("-")
    found = {}
    for name in SORTS:
        # A number is wanted from its top first, a name from its first letter.
        other = name if name in ("company", "venue") else f"-{name}"
        if name == key:
            other = name if down else f"-{name}"
        found[name] = address(choice, sort=other)
    return Ordered(key, "descending" if down else "ascending", found)


def card(field: Field, choice: Choice, currency: Currency, t: Translator) -> Card:
    """Every attempt of the choice in one sortable table."""
    subtitle = t("One row is one attempt at one venue; press a heading to sort")
    if room():
        subtitle = t("One row is one attempt at one venue")
    if not field.attempts:
        empty = EmptyState(reason=t("No listing attempt fits this choice."))
        return Card(id="ipo-table", title=t("All attempts"), subtitle=subtitle, empty=empty)
    rows = rows_of(field, choice, currency, t)
    title = t.n("{n} attempt", "{n} attempts", len(rows))
    keep = [name for name in rows[0] if name not in ("attempt", "stale")]
    used = [row for a in field.attempts for row in a.rows]
    return Card(
        id="ipo-table",
        title=title,
        subtitle=subtitle,
        body=table(_columns(choice, currency, field.today, t), rows, caption=title, unknown="",
                   cls="p-table", ordered=ordering(choice)),
        alt=title,
        table=CardTable(pd.DataFrame([{key: row[key] for key in keep} for row in rows]), _plain(t)),
        sources=words.sources_of(used),
        vintage=words.vintage_of(used, t),
        statuses=words.statuses_of(a.row for a in field.attempts),
        caveat=t("Sorted by dollars where amounts are in different currencies. An aim is no money raised."),
        method=method(t),
    )  # fmt: skip
