"""Developers' collaboration between economies: every pair that is counted, as a matrix and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.charts.palette import palette
from observatory.charts.svg.matrix import MatrixSpec, matrix
from observatory.db import queries_coalition
from observatory.views import common
from observatory.views.briefing.page import both_widths
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def newest(catalogue: Catalogue) -> pd.DataFrame:
    """One quarter for all pairs, the newest; an economy towards itself is no pair. Columns of the query."""
    found = queries_coalition.collaboration(catalogue.db, catalogue.as_of)
    if found.empty:
        return found
    found = found[found["period_end"] == found["period_end"].max()]
    pairs: pd.DataFrame = found[found["entity_id"] != found["counterpart_id"]].reset_index(
        drop=True
    )
    return pairs


def card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """Pushes and pull requests from each chosen economy towards each economy that is counted."""
    t = catalogue.t
    every = newest(catalogue)
    name = t("Developers across borders")
    subtitle = t("GitHub: pushes and pull requests sent towards the other economy")
    found = every[every["entity_id"].isin(list(members))] if len(every) else every
    if found.empty:
        reason = t("No pair of the chosen economies was known on this day.")
        return Card(
            id="developer-pairs", title=name, subtitle=subtitle, empty=EmptyState(reason=reason)
        )
    found = found.sort_values(
        ["value", "entity_id", "counterpart_id"], ascending=[False, True, True]
    )
    found = found.assign(
        label=[catalogue.name(code) for code in found["entity_id"]],
        towards=[catalogue.name(code) for code in found["counterpart_id"]],
    ).reset_index(drop=True)
    top = found.iloc[0]
    item = catalogue.indicators[str(top["indicator_id"])]
    title = name
    if len(found) >= 5 and int((found["value"] == top["value"]).sum()) == 1:
        title = t(
            "Most collaboration runs from {one} towards {other}: {value}",
            one=catalogue.say(str(top["entity_id"])), other=catalogue.say(str(top["counterpart_id"])),
            value=item.value(float(top["value"]), t),
        )  # fmt: skip
    towards = t.list([catalogue.say(code) for code in sorted(set(every["counterpart_id"]))])
    spec = MatrixSpec(measure=item.measure(t), unknown=t("not counted"), order=tuple(members))
    columns = (
        Column("label", t("Economy"), strong=True),
        Column("towards", t("Towards")),
        Column("period", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Value"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
    )
    return Card(
        id="developer-pairs",
        title=title,
        subtitle=t.parts([subtitle, t.period(str(top["period"]))]),
        body=both_widths(lambda wide: matrix(found, replace(spec, width=wide), palette("css"), t), spec.width),
        alt=title,
        table=CardTable(found, columns),
        **common.evidence(catalogue, found),
        caveat=t("Counted towards {economies} only; all other pairs are unknown, not zero.", economies=towards),
        method=common.method_text(item, t, [
            t("Each cell is what the source counts from the economy of the row towards that of the column. The two"
              " directions are counts of their own. Nothing is added up: the pairs that are missing would make any"
              " sum wrong."),
        ]),
    )  # fmt: skip
