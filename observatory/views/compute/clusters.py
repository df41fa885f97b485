"""AI clusters: what runs and what is planned, told apart and never added; every cluster on file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.room import room
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.counts import CountsSpec, counts_grid
from observatory.db import queries_compute
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import common, labels, links
from observatory.views import facets as facets_of
from observatory.views.briefing.page import both_widths
from observatory.views.compute.data import (
    EPOCH,
    STATES,
    Choice,
    Machines,
    Row,
    address,
    clusters_of,
    overdue,
)
from observatory.views.compute.parts import bars_card, lines_card, nothing, unbuilt
from observatory.views.economy.lists import company
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

RUNNING: Final = "epoch_h100e_operational"
PLANNED: Final = "epoch_h100e_planned"
SHOWN: Final = 15
_KEPT: Final = [
    "label", "period", "value", "status", "row_id", "source_id", "indicator_id", "entity_id", "unit", "value_text",
    "known_on",
]  # fmt: skip


def caveat(t: Translator) -> str:
    """What the data set is not."""
    return t(
        "Epoch AI’s set covers a minority of the world’s AI compute, unevenly by country, hides and rounds Chinese"
        " systems and ends in 2025."
    )  # fmt: skip


def states_card(
    catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str]
) -> Card:
    """Clusters of one data set by economy and state; others may name the same sites and are not counted."""
    t = catalogue.t
    inside = [row for row in machines.clusters if clean(row["economy_id"]) in members]
    own = [
        row
        for row in inside
        if clean(row["origin"]) == EPOCH and clean(row["status"]) not in ("unchecked", "disputed")
    ]
    title = t("AI clusters by state")
    if not own:
        return nothing("states", title, t("No AI cluster of these economies was known by then."), t)
    counts = Counter((clean(row["economy_id"]), clean(row["cluster_status"])) for row in own)
    totals = Counter(state for _, state in counts.elements())
    order = [code for code in SCOPE if any(counts[code, state] for state in STATES)]
    present = [state for state in STATES if totals[state]]
    newest = machines.editions[0] if machines.editions else ""
    frame = pd.DataFrame(
        [{"row": code, "column": state, "value": counts[code, state], "label": catalogue.name(code),
          "state": labels.cluster_status(state, t)} for code in order for state in present if counts[code, state]]
    )  # fmt: skip
    hrefs = {(code, state): address(c, newest, origin=code, state=state)
             for code in order for state in present if counts[code, state]}  # fmt: skip
    said = t(
        "{running} clusters run, {planned} are planned; a plan is no machine",
        running=t.number(totals["operational"]), planned=t.number(totals["planned"]),
    )  # fmt: skip

    def draw(width: float) -> str:
        spec = CountsSpec(rows=[(code, catalogue.name(code)) for code in order],
                          columns=[(state, labels.cluster_status(state, t)) for state in present], hrefs=hrefs,
                          total=t("All"), width=width, name=said)  # fmt: skip
        return counts_grid(frame, spec, palette("css"), t)

    behind = pd.DataFrame([dict(row) for row in own])
    rest = len(inside) - len(own)
    return Card(
        id="states",
        title=said,
        subtitle=t("AI clusters in Epoch AI’s set by economy and state") if room() else
        t("AI clusters in Epoch AI’s set by economy and state; a press leads to the list"),
        body=both_widths(draw, 1280),
        alt=said,
        table=CardTable(
            behind[["name", "economy_id", "cluster_status", "date", "row_id", "source_id"]].reset_index(drop=True),
            (Column("name", t("Cluster"), strong=True, row_id="row_id", lang="en"),
             Column("economy_id", t("Economy"), show=lambda v, row: catalogue.name(clean(v))),
             Column("cluster_status", t("State"), show=lambda v, row: labels.cluster_status(clean(v), t)),
             Column("date", t("Date"), show=lambda v, row: t.period(since(row)))),
        ),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind),
        caveat=t.n(
            "{n} further entry, of other sources or weakly sourced, may name the same sites: listed, not counted.",
            "{n} further entries, of other sources or weakly sourced, may name the same sites: listed, not counted.",
            rest,
        ),
    )  # fmt: skip


def running_card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """What runs, in H100 equivalents."""
    t = catalogue.t
    return bars_card(catalogue, RUNNING, members, width=600, caveat=caveat(t), card_id="running")


def planned_card(catalogue: Catalogue, machines: Machines, members: Sequence[str]) -> Card:
    """What is planned, in H100 equivalents: unchecked sums, with the project that makes most of them."""
    t, item = catalogue.t, catalogue.indicators.get(PLANNED)
    if item is None:
        return unbuilt("planned", "", t)
    frame = queries_compute.observed(catalogue.db, [PLANNED], catalogue.as_of)
    rows = [row for row in records(frame) if row["entity_id"] in members]
    if not rows:
        return nothing("planned", item.short, t("No plan of these economies was known by then."), t)
    # In the order of the house: sums that nobody checked make no ranking.
    rows.sort(
        key=lambda row: SCOPE.index(row["entity_id"]) if row["entity_id"] in SCOPE else len(SCOPE)
    )
    shown = pd.DataFrame(
        [
            {**row, "label": catalogue.name(row["entity_id"]), "economy_id": row["entity_id"]}
            for row in rows
        ]
    )
    title = t("Planned: sums of announcements, unchecked")
    plans = [
        row for row in machines.clusters
        if clean(row["cluster_status"]) == "planned" and clean(row["economy_id"]) in members
        and clean(row["status"]) not in ("unchecked", "disputed")
        and row["h100_equivalents"] is not None and row["h100_equivalents"] == row["h100_equivalents"]
    ]  # fmt: skip
    largest = max(plans, key=lambda row: float(row["h100_equivalents"]), default=None)
    if largest is not None:
        title = t(
            "The largest single plan on file: {name}, {value} H100 equivalents",
            name=clean(largest["name"]), value=t.compact(float(largest["h100_equivalents"])),
        )  # fmt: skip
    spec = BarSpec(measure=item.measure(t), width=600, name=title, pitch=30, sort=False)
    return Card(
        id="planned",
        title=title,
        subtitle=common.subtitle(item, clean(shown["period"].iloc[0]), t),
        body=bars(shown, spec, palette("css"), t),
        alt=title,
        table=CardTable(shown[_KEPT], (
            Column("label", t("Economy"), strong=True),
            Column("value", t("H100 equivalents"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
            Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
        )),
        sources=common.sources_of(catalogue, shown),
        statuses=common.statuses_of(shown),
        caveat=t("Plans slip, and phases of one project may be counted twice. Never add them to what runs."),
        method=common.method_text(item, t),
        href=links.indicator(PLANNED),
    )  # fmt: skip


def pair(catalogue: Catalogue, machines: Machines, members: Sequence[str]) -> list[Card]:
    """What runs and what is planned, side by side: never added."""
    return [running_card(catalogue, members), planned_card(catalogue, machines, members)]


def course_card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """What ran at the end of each year."""
    t = catalogue.t
    title = t("Known running AI clusters, year by year")
    return lines_card(
        catalogue, RUNNING, members, width=1280, log=True, title=title, caveat=caveat(t)
    )


# The list ----------------------------------------------------------------------------------------


def facets(catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str]) -> Safe:
    """Limits of the list with counts."""
    t = catalogue.t
    newest = machines.editions[0] if machines.editions else ""
    by_economy = Counter(
        clean(row["economy_id"]) for row in clusters_of(machines, c, members, but="from")
    )
    by_state = Counter(
        clean(row["cluster_status"]) for row in clusters_of(machines, c, members, but="state")
    )
    lines = [
        (t("Economy"), [(catalogue.name(code), by_economy[code], code == c.origin,
                         address(c, newest, origin="" if code == c.origin else code))
                        for code in SCOPE if by_economy[code] or code == c.origin]),
        (t("State"), [(labels.cluster_status(word, t), by_state[word], word == c.state,
                       address(c, newest, state="" if word == c.state else word))
                      for word in STATES if by_state[word] or word == c.state]),
    ]  # fmt: skip
    return facets_of.block((label, facets_of.entries(found, t)) for label, found in lines)


def list_card(
    catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str], today: date
) -> Card:
    """Every cluster of the choice: what runs first, the largest first."""
    t = catalogue.t
    rows = [dict(row) for row in clusters_of(machines, c, members)]
    title = t("AI clusters on file")
    if not rows:
        return Card(id="clusters", title=title, empty=EmptyState(
            reason=t("No AI cluster of this choice is on file."), title=t("No AI cluster on file"),
            exists=t("{n} are on file in all.", n=t.number(len(machines.clusters))) if machines.clusters else "",
        ))  # fmt: skip
    late = sum(overdue(row, today) for row in rows)
    for row in rows:
        row["late"] = overdue(row, today)
        row["economy"] = catalogue.name(clean(row["economy_id"]))

    def size(row: Row) -> float:
        value = row["h100_equivalents"]
        return float(value) if value is not None and value == value else -1.0

    rows.sort(
        key=lambda row: (STATES.index(clean(row["cluster_status"])), -size(row), clean(row["name"]))
    )
    columns = _columns(catalogue)
    body = table(columns, rows[:SHOWN], caption=title, unknown=t("not known"), cls="cp-clusters")
    if rows[SHOWN:]:
        more = t.n("{n} more cluster", "{n} more clusters", len(rows) - SHOWN)
        rest = table(
            columns, rows[SHOWN:], caption=title, unknown=t("not known"), cls="cp-clusters"
        )
        body = body + h("details", h("summary", more), rest, cls="co-more")
    frame = pd.DataFrame(rows)
    plain = (
        Column("name", t("Cluster"), strong=True, lang="en"), Column("economy", t("Economy")),
        Column("cluster_status", t("State"), show=lambda v, row: labels.cluster_status(clean(v), t)),
        Column("date", t("Date"), show=lambda v, row: t.period(since(row))),
        Column("h100_equivalents", t("H100 equivalents"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
        Column("chip", t("Chip"), lang="en"), Column("chip_count", t("Chips"), "right", lambda v, row: t.number(v)),
        Column("power_mw", t("Power, MW"), "right", lambda v, row: t.exact(v, "")),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    )  # fmt: skip
    subtitle = t("What runs first, the largest first; two sources on one site are two lines")
    return Card(
        id="clusters",
        title=t.n("{n} entry on AI clusters", "{n} entries on AI clusters", len(rows)),
        subtitle=subtitle,
        body=body,
        table=CardTable(frame.drop(columns=["late"]), plain),
        **common.evidence(catalogue, frame),
        caveat=t.n(
            "{n} plan is past its date and no source on file says what became of it.",
            "{n} plans are past their date and no source on file says what became of them.", late,
        ) if late else caveat(t),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def since(row: Row) -> str:
    """When a cluster ran or is due. Epoch AI dates all systems whose name it withholds to a 15th: only months."""
    when = clean(row["date"])
    hidden = clean(row["name"]).startswith("Anonymised")
    return when[:7] if hidden and when.endswith("-15") and len(when) == 10 else when


def _columns(catalogue: Catalogue) -> tuple[Column, ...]:
    t = catalogue.t

    def name(value: Any, row: Row) -> Safe:
        head = num(clean(row["name"]), clean(row["row_id"]), cls="num soft")
        owner = (
            h("span", company({**row, "org_id": row["owner_org_id"]}, t, prefix="org_"), cls="mo-e")
            if clean(row["owner_org_id"]) and clean(row["org_name"])
            else None
        )
        return join([head, owner])

    def economy(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        return join([swatch(code), h("a", row["economy"], href=links.economy(code), data_go=True)])

    def state(value: Any, row: Row) -> Safe:
        said = labels.cluster_status(clean(value), t)
        late = h("span", t("date has passed"), cls="cp-late") if row["late"] else None
        return join([said, late])

    def chips(value: Any, row: Row) -> Safe | str:
        chip, n = clean(row["chip"]), row["chip_count"]
        known = n is not None and n is not pd.NA and n == n
        if not chip and not known:
            return h("span", t("not known"), cls="unk")
        return (
            t("{n} x {chip}", n=t.number(int(n)), chip=chip)
            if known and chip
            else chip or t.number(int(n))
        )

    return (
        Column("name", t("Cluster"), show=name, strong=True, sort="name"),
        Column("economy", t("Economy"), show=economy),
        Column("cluster_status", t("State"), show=state),
        Column("date", t("Date"), show=lambda v, row: t.period(since(row))),
        Column("cp_chip", t("Chips"), show=chips, sort="chip_count", phone=False),
        Column("h100_equivalents", t("H100 equivalents"), "right", lambda v, row: num(t.sig(v, 4), row["row_id"])),
        Column("power_mw", t("Power, MW"), "right", lambda v, row: num(t.sig(v, 3), row["row_id"]), phone=False),
    )  # fmt: skip
