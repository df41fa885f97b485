"""Governance and readiness: all indices at a glance, one index with its editions and parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.filters import shorten
from observatory.cards.markup import Safe, h, href, swatch
from observatory.cards.states import Gap, banner
from observatory.cards.table import table
from observatory.charts.svg.bars import BarSpec
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.briefing.page import bars_both
from observatory.views.governance.data import (
    COUNTS,
    FAMILIES,
    Family,
    editions,
    family_name,
    held,
    section,
)
from observatory.views.labels import sentence
from observatory.views.measures import Catalogue, Indicator

Row = Mapping[str, Any]


def notes(bad: str, t: Translator) -> Safe | None:
    """What in the address could not be used."""
    if not bad:
        return None
    lead = t("“{value}” is no index on file here.", value=shorten(bad))
    return banner("link", lead, t("Showing the Government AI Readiness Index."), warn=True)


def choice(catalogue: Catalogue, chosen: Family) -> Safe:
    """The indices as links, those without a value on this day left out."""
    t = catalogue.t
    chips = [
        h("a", family_name(one, t), href=href("governance", index=one.id), data_go=True, cls="p-chip",
          aria_current="true" if one.id == chosen.id else None)
        for one in FAMILIES.values()
        if one.id == chosen.id or held(catalogue, one.main)
    ]  # fmt: skip
    return h(
        "div", h("div", *chips, cls="p-chips", role="group", aria_label=t("Index")), cls="p-bar"
    )


def _who(value: Any, row: Row) -> Safe:
    code = str(row["economy_id"])
    return h(
        "span",
        swatch(code),
        h("a", str(value), href=links.economy(code), data_go=True),
        cls="go-who",
    )


def _matrix(
    catalogue: Catalogue, members: Sequence[str], measures: Sequence[str], *, ranks: bool
) -> tuple[pd.DataFrame, list[Column], list[Indicator]]:
    """Economies by measures, each cell the latest edition with its receipt; rows without any value go."""
    t = catalogue.t
    items = [catalogue.indicators[key] for key in measures if held(catalogue, key)]
    rows: list[dict[str, Any]] = []
    for code in members:
        row: dict[str, Any] = {"economy_id": code, "label": catalogue.name(code)}
        for item in items:
            found = section(catalogue, item.id, members)
            one = found.row(code) if found is not None else None
            place = found.rank(code) if found is not None and one is not None and ranks else None
            row |= {
                f"v_{item.id}": None if one is None else float(one["value"]),
                f"r_{item.id}": "" if one is None else str(one["row_id"]),
                f"p_{item.id}": "" if one is None else str(one["period"]),
                f"t_{item.id}": place is not None and place[0] == 1,
                f"k_{item.id}": None
                if place is None or found is None
                else t.rank(place[0], found.n, tied=place[1]),
            }
        if any(row[f"r_{item.id}"] for item in items):
            rows.append(row)
    columns = [Column("label", t("Economy"), show=_who, strong=True)]
    for item in items:
        found = section(catalogue, item.id, members)
        period = found.period if found is not None else None
        head = (
            t("{measure}, {period}", measure=item.short, period=t.period(period))
            if period
            else item.short
        )
        show = _shown(item, t) if period else _dated(item, t)
        columns.append(Column(f"v_{item.id}", head, "right", show, row_id=f"r_{item.id}"))
    return pd.DataFrame(rows), columns, items


def _shown(item: Indicator, t: Translator) -> Any:
    def show(value: Any, row: Row) -> Safe | str:
        said = item.number(float(value), t)
        return h("b", said) if row.get(f"t_{item.id}") else said

    return show


def _dated(item: Indicator, t: Translator) -> Any:
    """Values of several editions in one column say their own."""

    def show(value: Any, row: Row) -> str:
        period = t.period(str(row[f"p_{item.id}"]))
        return t("{value} ({period})", value=item.number(float(value), t), period=period)

    return show


def _rows_of(
    catalogue: Catalogue, items: Sequence[Indicator], members: Sequence[str]
) -> pd.DataFrame:
    frames = [
        found.frame for item in items if (found := section(catalogue, item.id, members)) is not None
    ]
    return (
        pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
        if frames
        else pd.DataFrame()
    )


def _body(columns: Sequence[Column], frame: pd.DataFrame, caption: str, unknown: str) -> Safe:
    rows = CardTable(frame, tuple(columns)).rows()
    return table(columns, rows, caption=caption, unknown=unknown, cls="go-table")


def overview(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """Every index side by side, its latest edition; the title counts first places."""
    t = catalogue.t
    measures = [family.main for family in FAMILIES.values()]
    frame, columns, items = _matrix(catalogue, members, measures, ranks=True)
    name = t("Indices of governance and readiness")
    if frame.empty:
        reason = t("No index has a value for this choice on this day.")
        return Card(id="indices", title=name, empty=EmptyState(reason=reason))
    firsts: Counter[str] = Counter()
    ranked, few = 0, []
    for item in items:
        found = section(catalogue, item.id, members)
        if found is None or not found.ranked:
            few.append(item.short)
            continue
        ranked += 1
        leader = found.leader()
        if leader is not None:
            firsts[str(leader["entity_id"])] += 1
    title = t.n("{n} index with values", "{n} indices with values", len(items))
    said = t("The latest edition of each; scales differ, so values compare down a column only")
    best = firsts.most_common(2)
    if best and ranked > 1 and (len(best) == 1 or best[0][1] > best[1][1]):
        title = t(
            "{economy} is first in {n} of {all} indices", economy=catalogue.say(best[0][0]), n=t.number(best[0][1]),
            all=t.number(ranked),
        )  # fmt: skip
        title = sentence(title)
        if few:
            left = t("Not counted, fewer than five values: {names}", names=t.list(few))
            said = t.sentences([said, left])
    rest = _rows_of(catalogue, items, members)
    return Card(
        id="indices",
        title=title,
        subtitle=said,
        body=_body(columns, frame, name, t("not on file")),
        table=CardTable(frame, tuple(columns)),
        sources=common.sources_of(catalogue, rest),
        statuses=common.statuses_of(rest),
        caveat=t("An index is a judgement of its makers."),
        method=t(
            "First places count where at least five of the chosen economies have a value; a shared first place counts"
            " for nobody. The indices are not averaged: they measure different things, and several share their inputs."
        ),
        actions=("receipt", "table", "method", "download", "link"),
    )


def latest(catalogue: Catalogue, family: Family, members: Sequence[str]) -> Card:
    """The latest edition of an index as bars."""
    t = catalogue.t
    found = section(catalogue, family.main, members)
    if found is None or not found.n:
        reason = t("No chosen economy has a value of this index on this day.")
        return Card(
            id="index-latest", title=family_name(family, t), empty=EmptyState(reason=reason)
        )
    item = catalogue.indicators[family.main]
    frame = found.frame.assign(
        label=[catalogue.name(code) for code in found.frame["entity_id"]],
        economy_id=found.frame["entity_id"],
    )
    leader = found.leader()
    title = item.name
    if leader is not None:
        title = t(
            "{economy} is first of {n} in {measure}, with {value}", economy=catalogue.say(str(leader["entity_id"])),
            n=t.number(found.n), measure=item.short, value=item.number(float(leader["value"]), t),
        )  # fmt: skip
        title = sentence(title)
    spec = BarSpec(measure=item.measure(t), width=600, pitch=30, name=title)
    return common.measure_card(
        catalogue, item, frame, found.period,
        card_id="index-latest", title=title, body=bars_both(frame, spec, t),
    )  # fmt: skip


def editions_card(catalogue: Catalogue, family: Family, members: Sequence[str]) -> Card | None:
    """Editions side by side, each in a column of its own; None where there is one edition only."""
    t = catalogue.t
    every = editions(catalogue, family, members)
    if len(every) < 2:
        return None
    rows: list[dict[str, Any]] = []
    for code in members:
        row: dict[str, Any] = {"economy_id": code, "label": catalogue.name(code)}
        for one in every:
            value = one.rows.get(code)
            row |= {f"v_{one.key}": None if value is None else float(value["value"]),
                    f"r_{one.key}": "" if value is None else str(value["row_id"])}  # fmt: skip
        if any(code in one.rows for one in every):
            rows.append(row)
    columns = [Column("label", t("Economy"), show=_who, strong=True)]
    for one in reversed(every):
        item = catalogue.indicators[one.indicator]
        head = t.period(one.period)
        if one.indicator != family.main:
            head = t("{period}, older method", period=head)
        columns.append(
            Column(f"v_{one.key}", head, "right", _shown(item, t), row_id=f"r_{one.key}")
        )
    frame = pd.DataFrame(rows)
    rest = pd.DataFrame([row for one in every for row in one.rows.values()])
    methods = len({one.indicator for one in every})
    title = t.n("{n} edition, each on its own", "{n} editions, each on its own", len(every))
    said = (
        t(
            "The method changed between editions: values of an older method do not compare with the newest."
        )
        if methods > 1
        else t("Publishers revise method and coverage between editions: a difference is no trend.")
    )
    return Card(
        id="index-editions",
        title=title,
        subtitle=said,
        body=_body(columns, frame, title, t("not on file")),
        table=CardTable(frame, tuple(columns)),
        sources=common.sources_of(catalogue, rest),
        statuses=common.statuses_of(rest),
        caveat=t("No line is drawn and no change worked out across editions."),
        actions=("receipt", "table", "download", "link"),
    )


def parts_card(catalogue: Catalogue, family: Family, members: Sequence[str]) -> Card | None:
    """What the latest edition is made of; None for an index without parts on file."""
    t = catalogue.t
    frame, columns, items = _matrix(catalogue, members, family.parts, ranks=False)
    if frame.empty:
        return None
    rest = _rows_of(catalogue, items, members)
    title = t.n("{n} part of the index", "{n} parts of the index", len(items))
    return Card(
        id="index-parts",
        title=title,
        subtitle=t("Values of its latest edition"),
        body=_body(columns, frame, title, t("not on file")),
        table=CardTable(frame, tuple(columns)),
        sources=common.sources_of(catalogue, rest),
        statuses=common.statuses_of(rest),
        caveat=common.caveat_line(items[0], t),
        actions=("receipt", "table", "download", "link"),
    )


def counts_card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """Rules and agreements as others counted them: no rank, since more is not better."""
    t = catalogue.t
    frame, columns, items = _matrix(catalogue, members, COUNTS, ranks=False)
    title = t("Rules and agreements as trackers count them")
    if frame.empty:
        return Card(
            id="rule-counts", title=title, empty=EmptyState(t("No count was known on this day."))
        )
    rest = _rows_of(catalogue, items, members)
    return Card(
        id="rule-counts",
        title=title,
        subtitle=t("Four trackers with four definitions; none of them is complete"),
        body=_body(columns, frame, title, t("not counted")),
        table=CardTable(frame, tuple(columns)),
        sources=common.sources_of(catalogue, rest),
        statuses=common.statuses_of(rest),
        caveat=t("More is not better, and what a tracker leaves out may exist: no rank is told."),
        after=h("p", h("a", t("The laws and programmes on file, one by one"), href="/policy", data_go=True, cls="go")),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def deck(catalogue: Catalogue, members: Sequence[str]) -> str:
    """What is on the page, in numbers."""
    t = catalogue.t
    n = sum(held(catalogue, family.main) for family in FAMILIES.values())
    return t.n(
        "{n} index by its editions, what people think of AI rules, and the bodies and summits on AI safety.",
        "{n} indices by their editions, what people think of AI rules, and the bodies and summits on AI safety.",
        n,
    )


def gaps(catalogue: Catalogue, members: Sequence[str]) -> list[Gap]:
    """Which economies an index leaves out, counted."""
    t = catalogue.t
    found: list[Gap] = []
    for family in FAMILIES.values():
        inside = section(catalogue, family.main, members)
        if inside is None or not inside.n:
            continue
        missing = [code for code in members if inside.value(code) is None]
        if missing:
            names = t.list([catalogue.name(code) for code in missing])
            found.append(Gap(family_name(family, t), t("No value on file: {names}", names=names)))
    found.append(
        Gap(t("Shared inputs"), t("Indices take many of their parts from the same surveys and laws: agreement between"
                                  " them is no independent proof."))
    )  # fmt: skip
    return found


__all__ = [
    "choice",
    "counts_card",
    "deck",
    "editions_card",
    "gaps",
    "latest",
    "notes",
    "overview",
    "parts_card",
]
