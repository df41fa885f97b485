"""Listings that happened: what was raised, how it was counted, what the first day did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.filters import Currency
from observatory.cards.markup import Safe, h, join, num
from observatory.cards.table import table
from observatory.charts.measure import Measure
from observatory.charts.svg.bars import BarSpec
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.briefing.page import bars_both
from observatory.views.ipo import words
from observatory.views.ipo.choice import Choice
from observatory.views.ipo.data import (
    Attempt,
    Field,
    Total,
    amount,
    first_days,
    median,
    raised_on_hkex,
)
from observatory.views.labels import clean

Row = Mapping[str, Any]
SHOWN: Final = 16
MIN_FIRST_DAYS: Final = 5
"""Fewer first days have no median."""


def total_of(field: Field) -> Total | None:
    """What was raised in Hong Kong in the chosen year, else this year; if nothing was, last year."""
    years = (field.year,) if field.year else (field.today.year, field.today.year - 1)
    for year in years:
        found = raised_on_hkex(field.attempts, year)
        if found is not None:
            return found
    return None


def months(total: Total, t: Translator) -> str:
    """From the first to the last month of the listings in a total."""
    first, last = total.first.strftime("%Y-%m"), total.last.strftime("%Y-%m")
    return t.period(first if first == last else f"{first}/{last}")


def money_of(total: Total, currency: Currency, t: Translator) -> str:
    """The total in its currency, or in dollars where every part has them."""
    if currency == "USD":
        parts = [a.raised["usd"] for a in total.parts if a.raised]
        if all(part is not None for part in parts):
            return t.money(sum(parts), "USD")
    return t.money(total.amount, total.currency)


def rate_of(total: Total, currency: Currency, t: Translator) -> str:
    """The rate behind a total in dollars."""
    row = total.parts[0].raised
    return words.short_rate(row, currency, t) if row else ""


def _bar(value: float, low: float, high: float, t: Translator, row_id: str) -> Safe:
    """A first-day change as a bar from zero, with its number."""
    span = (high - low) or 1
    zero = -low / span * 100
    wide = abs(value) / span * 100
    left = zero if value >= 0 else zero - wide
    mark = h("span", cls="pos" if value >= 0 else "neg",
             style=f"left:{left:.2f}%;width:{max(wide, 0.6):.2f}%")  # fmt: skip
    axis = h("span", cls="zero", style=f"left:{zero:.2f}%")
    return h("div", h("span", mark, axis, cls="trk", aria_hidden="true"),
             h("b", num(words.percent(value, t), row_id)), cls="p-first")  # fmt: skip


def rows_of(attempts: Sequence[Attempt], currency: Currency, t: Translator) -> list[dict[str, Any]]:
    """One row a listing, for the table and its file."""
    found = []
    for a in attempts:
        paid = a.raised if amount(a.raised) else None
        first = a.first_day
        found.append(
            {
                "attempt": a, "company": a.name(t).main, "venue": a.venue,
                "listed": clean(a.row["stage_date"]), "row_id": a.row["row_id"],
                "raised": words.amount(paid, currency, t) if paid else None,
                "raised_row": paid["row_id"] if paid else "",
                "usd": paid["usd"] if paid else None,
                "base_usd": a.base["usd"] if a.base else None,
                "counted": words.counted(paid, t) if paid else "",
                "base": words.amount(a.base, currency, t) if a.base else None,
                "base_row": a.base["row_id"] if a.base else "",
                "first_day": first["value"] if first else None,
                "first_row": first["row_id"] if first else "",
                "status": clean(a.row["status"]), "layer": a.layer,
            }
        )  # fmt: skip
    return found


def _columns(
    rows: Sequence[Row], currency: Currency, t: Translator, *, plain: bool = False
) -> tuple[Column, ...]:
    values = [float(row["first_day"]) for row in rows if row["first_day"] is not None]
    low, high = min([0.0, *values]), max([0.0, *values])

    def raised(value: Any, row: Row) -> Safe | str:
        paid = row["attempt"].raised
        rate = words.short_rate(paid, currency, t)
        weak = words.status("unchecked", t) if paid["status"] == "unchecked" else None
        said = t.parts([row["counted"], rate])
        base = None
        if row["base"]:
            # The sizes stand apart: the one is never taken for the other.
            base = h("span", t("base size"), " ", num(row["base"], row["base_row"]), cls="sub2")
        return join([h("b", num(clean(value), row["raised_row"])), weak,
                     h("span", said, cls="sub2") if said else None, base], " ")  # fmt: skip

    def first(value: Any, row: Row) -> Safe | str:
        if plain:
            return num(words.percent(float(value), t), row["first_row"])
        return _bar(float(value), low, high, t, row["first_row"])

    def company(value: Any, row: Row) -> Safe:
        return join([words.company(row["attempt"], t),
                     words.status("unchecked", t) if row["status"] == "unchecked" else None])  # fmt: skip

    return (
        Column("company", t("Company"), show=None if plain else company, strong=True),
        Column("listed", t("Listed"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("venue", t("Venue"), phone=False),
        Column("layer", t("Layer"), show=lambda value, row: labels.layer(clean(value), t),
               phone=False),
        Column("raised", t("Raised"), show=None if plain else raised,
               row_id="raised_row" if plain else None, sort="usd"),
        *((Column("base", t("Base size"), row_id="base_row", sort="base_usd"),) if plain else ()),
        Column("first_day", t("First day, close against offer price"), show=first),
    )  # fmt: skip


def _title(listed: Sequence[Attempt], choice: Choice, t: Translator) -> str:
    known = first_days(a for a in listed if not a.weak)
    firm = [a for a in listed if not a.weak]
    said = t.n("{n} listing", "{n} listings", len(firm))
    if choice.layer:
        said = t("{layer}: {listings}", layer=labels.layer(choice.layer, t), listings=said)
    if len(known) < MIN_FIRST_DAYS:
        return said
    values = [float(a.first_day["value"]) for a in known if a.first_day]
    return t(
        "{listings}; first day from {low} to {high}, median {median} of {n}",
        listings=said, low=words.percent(min(values), t), high=words.percent(max(values), t),
        median=words.percent(median(values), t), n=t.number(len(values)),
    )  # fmt: skip


def listings(field: Field, choice: Choice, currency: Currency, t: Translator) -> Card | None:
    """What each listing of the choice raised and what its first day did, the newest first."""
    listed = [a for a in field.attempts if a.stage == "listed"]
    if not listed:
        return None
    rows = rows_of(listed, currency, t)
    columns = _columns(rows, currency, t)
    none = t("not known")
    body = table(columns, rows[:SHOWN], caption=t("Listings"), unknown=none, cls="p-list")
    if rest := rows[SHOWN:]:
        more = t.n("{n} more listing", "{n} more listings", len(rest))
        body += h("details", h("summary", more),
                  table(columns, rest, caption=t("Further listings"), unknown=none, cls="p-list"),
                  cls="p-fold")  # fmt: skip
    plain = _columns(rows, currency, t, plain=True)
    keep = [name for name in rows[0] if name != "attempt"]
    used = [row for a in listed for row in (a.row, a.raised) if row is not None]
    both = [a for a in listed if a.base is not None and a.raised is not None]
    method = join(
        [
            h("p", t("One row is taken for what an attempt raised: the listing's before the pricing's, an official"
                     " one before others. Rows about one deal are never added.")),
            h("p", t("The exchange's report gives the tranches as allotted, over-allotment included: extra shares"
                     " that banks may sell when demand is high. A data set gives the base size without them. So the"
                     " two differ, by up to about 15 percent where the option was used in full.")),
            h("p", t("The first day is the closing price of the first trading day against the offer price, as the"
                     " source states it. Where no source states it, it stays unknown.")),
        ]
    )  # fmt: skip
    caveat = t("Raised and base size differ by the over-allotment; they are never added or mixed.")
    if not both:
        caveat = t("How an amount was counted is said under it.")
    return Card(
        id="ipo-listings",
        title=_title(listed, choice, t),
        subtitle=t("What each listing raised, and the first day's close against the offer price"),
        body=body,
        alt=_title(listed, choice, t),
        table=CardTable(pd.DataFrame([{key: row[key] for key in keep} for row in rows]), plain),
        sources=words.sources_of(used),
        vintage=words.vintage_of(used, t),
        statuses=words.statuses_of(row for a in listed for row in [a.row]),
        caveat=caveat,
        method=method,
    )


def raised(field: Field, choice: Choice, t: Translator) -> Card | None:
    """What was raised in Hong Kong this year, company by company, from one kind of row."""
    total = total_of(field)
    if total is None or len(total.parts) < 2:
        return None
    frame = pd.DataFrame(
        [
            {
                "entity_id": a.org_id, "label": a.name(t).main, "economy_id": a.economy_id,
                "value": float(a.raised["raise_amount"]), "row_id": a.raised["row_id"],
                "status": clean(a.raised["status"]), "listed": clean(a.row["stage_date"]),
                "layer": a.layer,
            }
            for a in total.parts if a.raised
        ]
    ).sort_values(["value", "entity_id"], ascending=[False, True])  # fmt: skip
    top = frame.iloc[0]
    share = t.percent(100 * float(top["value"]) / total.amount, 0)
    title = t(
        "{company} raised {money}, {share} of what {n} listings did",
        company=top["label"], money=t.money(float(top["value"]), total.currency), share=share,
        n=t.number(len(total.parts)),
    )  # fmt: skip
    measure = Measure(name=t("Raised"), unit="HKD", unit_label="HKD", currency="HKD")
    columns = (
        Column("label", t("Company"), strong=True),
        Column("listed", t("Listed"), show=lambda value, row: t.period(clean(value))),
        Column("layer", t("Layer"), show=lambda value, row: labels.layer(clean(value), t)),
        Column("value", t("Raised, {unit}", unit=t.currency("HKD")), "right",
               lambda value, row: t.exact(value, ""), row_id="row_id"),
        Column("status", t("Status"), show=lambda value, row: words.status(clean(value), t),
               phone=False),
    )  # fmt: skip
    used = [a.raised for a in total.parts if a.raised]
    caveat = t("Hong Kong dollars, over-allotment included.")
    if total.left_out:
        caveat += " " + t.n(
            "{n} listing of the year is known from other sources only and left out.",
            "{n} listings of the year are known from other sources only and left out.",
            len(total.left_out),
        )
    spec = BarSpec(measure=measure, most=10, width=704, name=title)
    order = ["label", "listed", "layer", "value", "status", "row_id", "entity_id"]
    return Card(
        id="ipo-raised",
        title=title,
        subtitle=t("Raised in Hong Kong listings by the exchange's report, {months}", months=months(total, t)),
        body=bars_both(frame, spec, t),
        alt=title,
        table=CardTable(frame[order].reset_index(drop=True), columns),
        sources=words.sources_of(used),
        vintage=words.vintage_of(used, t),
        statuses=words.statuses_of(used),
        caveat=caveat,
        method=t("One value a listing, all from the exchange's own report, so that they may be added. A listing that"
                 " only other sources tell of is left out, since those give the base size."),
    )  # fmt: skip
