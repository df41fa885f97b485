"""Power behind compute: data-centre capacity by who counts it, electricity, and how clean it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_compute
from observatory.db.frames import records
from observatory.views import common, links
from observatory.views.compute.data import Row
from observatory.views.compute.national import _observed
from observatory.views.compute.parts import bars_card, lines_card, nothing, statements_card, unbuilt
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

OFFICIAL: Final = (
    "datacentre_capacity_official_mw", "datacentre_pipeline_mw", "approved_dc_capacity_mw", "dc_operator_capacity_mw",
    "datacentre_pue", "datacenter_racks",
)  # fmt: skip
USE: Final = "datacentre_electricity_twh"
MADE: Final = "electricity_generation_twh"


def capacity_cards(catalogue: Catalogue, members: Sequence[str]) -> list[Card]:
    """What runs by one firm's count, and what governments, operators and plans say."""
    t = catalogue.t
    return [
        bars_card(catalogue, "datacentre_operational_mw", members, width=600),
        statements_card(
            catalogue, "dc-statements", _observed(catalogue, OFFICIAL, members),
            t("Other counts, approvals and pipelines"), t("Each by its own definition; a pipeline is not built"),
            t("Do not add: who counts, and what, differs from line to line."),
        ),
    ]  # fmt: skip


def use_card(catalogue: Catalogue) -> Card:
    """Electricity used by data centres, beside all electricity made in the same year."""
    t, item = catalogue.t, catalogue.indicators.get(USE)
    if item is None or MADE not in catalogue.indicators:
        return unbuilt("dc-use", "", t)
    frame = queries_compute.observed(catalogue.db, [USE], catalogue.as_of)
    if not len(frame):
        return nothing("dc-use", item.short, t("No value was known by then."), t)
    made = catalogue.series(MADE)
    rows: list[dict[str, Any]] = []
    for row in records(frame):
        same = made[
            (made["entity_id"] == row["entity_id"])
            & (made["period"] == row["period"])
            & made["value"].notna()
        ]
        total = float(same["value"].iloc[0]) if len(same) else None
        rows.append({
            **row, "economy": catalogue.name(row["entity_id"]), "made": total,
            "made_row": str(same["row_id"].iloc[0]) if len(same) else "",
            "share": 100 * float(row["value"]) / total if total and not row["is_forecast"] else None,
        })  # fmt: skip
    known = {row["entity_id"]: row for row in rows if row["share"] is not None}
    title = item.name
    if "CHN" in known and "USA" in known:
        title = t(
            "Data centres used about {a} of China’s electricity in {year}, and {b} of that of the United States",
            a=t.percent(known["CHN"]["share"], 1), b=t.percent(known["USA"]["share"], 1), year=known["CHN"]["period"],
        )  # fmt: skip

    def economy(value: Any, row: Row) -> Safe:
        return join(
            [
                swatch(row["entity_id"]),
                h("a", row["economy"], href=links.economy(row["entity_id"]), data_go=True),
            ]
        )

    columns = (
        Column("economy", t("Economy"), show=economy, strong=True),
        Column("period", t("Period"), show=lambda v, row: t("{period}, forecast", period=t.period(clean(v)))
               if row["is_forecast"] else t.period(clean(v))),
        Column("value", t("Data centres, TWh"), "right", lambda v, row: num(t.sig(v, 4), row["row_id"])),
        Column("made", t("All electricity, TWh"), "right", lambda v, row: num(t.sig(v, 5), row["made_row"])),
        Column("share", t("Share"), "right", lambda v, row: t.percent(v, 1)),
    )  # fmt: skip
    table_columns = (
        Column("economy", t("Economy"), strong=True), Column("period", t("Period")),
        Column("value", t("Data centres, TWh"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
        Column("made", t("All electricity, TWh"), "right", lambda v, row: t.exact(v, ""), row_id="made_row"),
        Column("share", t("Share"), "right", lambda v, row: t.percent(v, 2)),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    )  # fmt: skip
    listed = pd.DataFrame(rows)
    return Card(
        id="dc-use",
        title=title,
        subtitle=item.name,
        body=table(columns, rows, caption=item.name, unknown=t("not known")),
        table=CardTable(listed, table_columns),
        sources=common.sources_of(catalogue, pd.concat([frame, made[made["row_id"].isin(listed["made_row"])]])),
        vintage=common.vintage_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Estimates of the International Energy Agency, read from a graphic of a news agency."),
        method=common.method_text(item, t),
        href=links.indicator(USE),
    )  # fmt: skip


def grid_cards(catalogue: Catalogue, members: Sequence[str]) -> list[Card]:
    """How much electricity there is and how clean."""
    return [
        lines_card(catalogue, "low_carbon_share_electricity", members, width=620, height=300,
                   title=_clean(catalogue, members)),
        lines_card(catalogue, MADE, members, width=620, height=300, log=True),
    ]  # fmt: skip


def _clean(catalogue: Catalogue, members: Sequence[str]) -> str:
    t = catalogue.t
    if "low_carbon_share_electricity" not in catalogue.indicators:
        return ""
    section = catalogue.section("low_carbon_share_electricity", members)
    if not section.ranked:
        return ""
    first, last = section.frame.iloc[0], section.frame.iloc[-1]
    return t(
        "Low-carbon electricity: from {low} in {last} to {high} in {first}",
        low=t.percent(float(last["value"])), last=catalogue.say(str(last["entity_id"])),
        high=t.percent(float(first["value"])), first=catalogue.say(str(first["entity_id"])),
    )  # fmt: skip


def more_cards(catalogue: Catalogue, members: Sequence[str]) -> list[Card]:
    """Carbon in each kilowatt-hour, and the power of the known clusters."""
    t = catalogue.t
    return [
        bars_card(catalogue, "electricity_carbon_intensity", members, width=600),
        bars_card(
            catalogue, "epoch_cluster_power_mw", members, width=600,
            title=t("Power of the AI clusters that Epoch AI knows of"),
        ),
    ]  # fmt: skip
