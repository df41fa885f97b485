"""Money of an organisation over time: what it raised, and what it was valued at."""

from __future__ import annotations

from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.charts.figures.points import PointSpec, money_dots
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Surroundings
from observatory.views.company.figures import drawable
from observatory.views.company.money import raised
from observatory.views.company.parts import leads, source_refs, status_cell, sure
from observatory.views.labels import clean


def dots(c: Company, t: Translator) -> list[dict[str, Any]]:
    """Amounts and valuations to draw, by day; weak and disputed ones are left out."""
    found: list[dict[str, Any]] = []
    for row in raised(c):
        if row["status"] in ("unchecked", "disputed"):
            continue
        base = {
            "period": row["announced"], "commitment": row["commitment"], "status": row["status"],
            "economy_id": c.economy_id, "row_id": row["row_id"],
        }  # fmt: skip
        firm = labels.commitment(clean(row["commitment"]), t)
        label = clean(row["round"]) or labels.deal_kind(clean(row["kind"]), t)
        found.append({**base, "value": row["usd"], "label": label, "owner": firm, "kind": "round"})
        if row["post_money_usd_m"] is not None:
            value = row["post_money_usd_m"] * 1e6
            found.append(
                {**base, "value": value, "label": t("Valuation after it"), "kind": "valuation",
                 "commitment": "closed"}
            )  # fmt: skip
    return found + _valuations(c, t)


def _valuations(c: Company, t: Translator) -> list[dict[str, Any]]:
    """Valuations at listings, and valuations and market values measured in US dollars."""
    found: list[dict[str, Any]] = []
    base = {"commitment": "closed", "economy_id": c.economy_id, "kind": "valuation"}
    for row in sure(leads(c.stages, "event_id")):
        if row["valuation_usd_m"] is not None:
            found.append(
                {**base, "period": row["stage_date"], "value": row["valuation_usd_m"] * 1e6,
                 "label": t("Valuation at the listing"), "owner": labels.stage(row["stage"], t),
                 "status": row["status"], "row_id": row["row_id"]}
            )  # fmt: skip
    for row in c.observations:
        worth = row["indicator_id"].startswith(("market_cap", "company_valuation"))
        if worth and row["currency"] == "USD" and drawable(row) and not row["is_forecast"]:
            market = row["indicator_id"].startswith("market_cap")
            found.append(
                {**base, "period": row["period"], "value": row["value"] * row["scale"],
                 "label": t("Market value") if market else t("Valuation"), "owner": "",
                 "status": row["status"], "row_id": row["row_id"]}
            )  # fmt: skip
    return found


def has_chart(c: Company, t: Translator) -> bool:
    """Whether there are three or more amounts to draw, a deal among them."""
    kinds = [row["kind"] for row in dots(c, t) if row["value"] is not None]
    return len(kinds) >= 3 and "round" in kinds


def _valued(c: Company, dots: list[dict[str, Any]]) -> list[Row]:
    """The rows behind the diamonds that no deal carries."""
    ids = {dot["row_id"] for dot in dots if dot["kind"] == "valuation"}
    return [row for row in (*c.stages, *c.observations) if row["row_id"] in ids]


def money_chart(c: Company, s: Surroundings) -> Card:
    """Deals by date and size; valuations as diamonds."""
    t = s.t
    rows = dots(c, t)
    frame = pd.DataFrame(rows)
    values = [row["value"] for row in rows if row["value"]]
    log = max(values) > 20 * min(values)
    spec = PointSpec(
        measure=Measure(t("Amount"), "USD", "USD", 1.0, "USD"),
        subjects=(c.economy_id,) if c.economy_id else (),
        log=log,
        zero=not log,
        named=4,
        stems=not log,
        width=1280,
        height=300,
        name=t("Money raised over time"),
    )
    figure = money_dots(frame, spec, palette("dark" if s.theme == "dark" else "light"), t)
    # Room for the last date's label, which stands under the last dot.
    figure.update_layout(margin_r=52)
    drawn = [row for row in rows if row["kind"] == "round" and row["value"] is not None]
    settled = [row for row in drawn if row["commitment"] in ("closed", "committed")]
    title = t.n("{n} deal with an amount, none said to be closed",
                "{n} deals with an amount, none said to be closed", len(drawn))  # fmt: skip
    if settled:
        largest = max(settled, key=lambda row: row["value"])
        title = t("Largest closed or committed: {money} in {date}",
                  money=t.money(largest["value"], "USD"), date=t.period(largest["period"]))  # fmt: skip
    columns = (
        Column("period", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("label", t("What"), strong=True),
        Column("value", t("US dollars"), "right", show=lambda value, row: t.exact(value),
               row_id="row_id"),
        Column("status", t("Status"), show=status_cell(t)),
    )  # fmt: skip
    hidden = sum(row["status"] in ("unchecked", "disputed") for row in raised(c))
    caveat = ""
    if hidden:
        caveat = t.n(
            "{n} deal with weak or disputed sources is in the table only.",
            "{n} deals with weak or disputed sources are in the table only.",
            hidden,
        )
    if any(row["value"] is None for row in rows):
        caveat = " ".join([caveat, t("Crosses: the amount is not on file.")]).strip()
    scale = t("logarithmic scale") if log else t("linear scale")
    return Card(
        id="money-chart",
        title=title,
        subtitle=t(
            "US dollars, {scale}. Full dots: committed or closed; hollow dots: pledged or firmness"
            " not stated; diamonds: what the organisation was valued at.",
            scale=scale,
        ),
        body=figure,
        alt=t.n("{n} deal with an amount", "{n} deals with an amount", len(drawn)),
        table=CardTable(frame[["period", "label", "value", "status", "row_id"]], columns),
        sources=source_refs(c, [*raised(c), *_valued(c, rows)]),
        caveat=caveat,
        height=300,
        still=1280,
    )  # fmt: skip
