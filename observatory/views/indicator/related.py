"""Other measures near this one: the same by other publishers, side by side and never joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, icon, join
from observatory.charts.measure import PLAIN
from observatory.charts.palette import palette
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.indicator import data as indicator_data
from observatory.views.indicator.data import Subject
from observatory.views.indicator.main import both_widths
from observatory.views.labels import clean
from observatory.views.measures import Indicator

MOST_PANELS: Final = 6
MOST_NEAR: Final = 12


def same_measure(subject: Subject) -> list[Indicator]:
    """Other series of the same measure: other publishers, units, editions."""
    measure = clean(subject.item.row["measure_id"])
    return [
        item
        for item in subject.catalogue.indicators.values()
        if clean(item.row["measure_id"]) == measure and item.id != subject.item.id
    ]


def same_card(subject: Subject) -> Card | None:
    """The same measure elsewhere: a panel each on its own scale, with values of shared periods."""
    others = same_measure(subject)
    if not others:
        return None
    catalogue, t = subject.catalogue, subject.t
    shown = others[:MOST_PANELS]
    panels = [subject.item, *shown]
    frames = []
    for item in panels:
        rows = (
            subject.frame
            if item.id == subject.item.id
            else indicator_data.labelled(catalogue, item)
        )
        own = rows[
            rows["entity_id"].isin(subject.coloured)
            & ~rows["status"].isin(("unchecked", "superseded"))
        ]
        # What the panel says where nobody of those in colour is measured.
        lonely = pd.DataFrame([{"entity_id": subject.coloured[0] if subject.coloured else "", "period": "2024",
                                "value": None, "economy_id": "", "label": ""}])  # fmt: skip
        part = own if len(own) else lonely
        frames.append(
            part.assign(
                # In whole units: panels of one measure count in thousands, millions and billions.
                value=pd.to_numeric(part["value"]) * float(item.row["scale"]),
                own=part["value"],
                panel=item.id,
                panel_label=_panel_name(item, t),
                href=links.indicator(item.id),
                absent=t("no value for those in colour"),
            )
        )
    frame = pd.concat(frames, ignore_index=True)
    if "status" not in frame:
        return _only_names(subject, others)
    frame["series_id"] = frame["panel"]
    title = _apart(subject, panels, frame) or t.n(
        "{n} other series of the same measure", "{n} other series of the same measure", len(others)
    )
    spec = MultiplesSpec(
        measure=PLAIN, zero=True, panels=tuple(item.id for item in panels), shared=False, context=False,
        subjects=subject.coloured, width=1280, columns=min(len(panels), 4), name=title,
    )  # fmt: skip
    colours = palette("css")
    narrow = replace(spec, width=358, columns=1)
    table = _table(subject, panels, frame)
    known = frame[frame["value"].notna()]
    return Card(
        id="same",
        title=title,
        subtitle=t(
            "Each panel has its own publisher, definition or unit, and its own scale: look at the course, do not "
            "read levels across."
        ),
        body=both_widths(multiples(frame, spec, colours, t), multiples(frame, narrow, colours, t)),
        alt=title,
        table=table,
        sources=common.sources_of(catalogue, known),
        statuses=common.statuses_of(known),
        after=_list(others, t) if len(others) > MOST_PANELS else None,
        method=t(
            "Series that share the id of a measure are shown side by side and never joined: publishers count "
            "different things under one name. The table holds all values of those in colour."
        ),
        actions=("receipt", "table", "method", "download"),
    )


def _only_names(subject: Subject, others: list[Indicator]) -> Card:
    """Other series of the measure, where none has a value of those in colour."""
    t = subject.t
    title = t.n(
        "{n} other series of the same measure", "{n} other series of the same measure", len(others)
    )
    items = h("ul", *(_entry(item, None, t) for item in others), cls="in-list")
    return Card(id="same", title=title, body=items, actions=())


def _apart(subject: Subject, panels: list[Indicator], frame: pd.DataFrame) -> str:
    """How far another series is from this one for the first economy that both hold in one period."""
    t = subject.t
    known = frame[frame["value"].notna() & ~frame["status"].isin(("disputed", "unchecked"))]
    unit = _unit(subject.item)
    others = [item for item in panels[1:] if _unit(item) == unit]
    best: tuple[Any, float, str] | None = None
    for entity in subject.coloured[:3]:
        rows = known[known["entity_id"] == entity]
        mine = rows[rows["panel"] == subject.item.id].drop_duplicates("period").set_index("period")
        for item in others:
            theirs = rows[rows["panel"] == item.id].drop_duplicates("period").set_index("period")
            for period in mine.index.intersection(theirs.index):
                one, two = float(mine["value"][period]), float(theirs["value"][period])
                if min(one, two) <= 0 or max(one, two) / min(one, two) < 1.05:
                    continue
                said = t(
                    "{name} in {period}: {value} here, {other} in “{series}”",
                    name=subject.name(entity), period=t.period(period), series=item.short,
                    value=subject.item.value(float(mine["own"][period]), t),
                    other=item.value(float(theirs["own"][period]), t),
                )  # fmt: skip
                rank = (mine["period_end"][period], max(one, two) / min(one, two))
                if best is None or rank > best[:2]:
                    best = (*rank, said)
        if best is not None:
            return best[2]
    return ""


def _unit(item: Indicator) -> tuple[str, str]:
    """What two series must share for their values to be put into one sentence."""
    money = clean(item.row["currency"])
    return (clean(item.row["value_kind"]), money or clean(item.row["unit"]))


def _panel_name(item: Indicator, t: Translator) -> str:
    unit = item.unit(t)
    name = item.short
    return t.parts([name, unit if unit.lower() not in name.lower() else ""])


def _table(subject: Subject, panels: list[Indicator], frame: pd.DataFrame) -> CardTable:
    t = subject.t
    names = {item.id: item for item in panels}
    rows = frame[frame["value"].notna()].sort_values(
        ["label", "period_end", "panel"], ascending=[True, False, True]
    )

    def value(_: Any, row: Mapping[str, Any]) -> str:
        return names[str(row["panel"])].value(float(row["value"]), t)

    columns = (
        Column(
            "label", t("Organisation") if subject.of_organisations else t("Economy"), strong=True
        ),
        Column("period", t("Period"), show=lambda x, row: t.period(clean(x))),
        Column("own", t("Value"), "right", value, row_id="row_id", sort=False),
        Column(
            "panel_label",
            t("Series"),
            show=lambda x, row: h("a", str(x), href=clean(row["href"]), data_go=True),
        ),
    )
    keep = [
        "label",
        "period",
        "value",
        "panel_label",
        "panel",
        "href",
        "row_id",
        "entity_id",
        "source_id",
    ]
    return CardTable(rows[keep].reset_index(drop=True), columns)


def _list(items: list[Indicator], t: Translator) -> Safe:
    entries = [_entry(item, None, t) for item in items]
    return h(
        "details", h("summary", t("All of them")), h("ul", *entries, cls="in-list"), cls="in-more"
    )


def near_card(subject: Subject) -> Card:
    """Measures of the same pillar, else of the same subject: headline ones first, then wide ones."""
    catalogue, t, item = subject.catalogue, subject.t, subject.item
    cover = {clean(row["indicator_id"]): row for row in records(indicator_data.coverage(catalogue))}
    measure = clean(item.row["measure_id"])
    kind = indicator_data.is_of_organisations(item)
    candidates = [
        other
        for other in catalogue.indicators.values()
        if clean(other.row["domain"]) == clean(item.row["domain"])
        and clean(other.row["measure_id"]) != measure
        and other.id in cover
        and indicator_data.is_of_organisations(other) == kind
    ]
    candidates.sort(
        key=lambda other: (
            other.pillar != item.pillar or not item.pillar,
            not other.row["headline"],
            -int(cover[other.id]["n_scope"] if not kind else cover[other.id]["n_orgs"]),
            other.short,
        )
    )
    entries = [_entry(other, cover.get(other.id), t) for other in candidates[:MOST_NEAR]]
    subject_name = labels.domain(clean(item.row["domain"]), t)
    title = t.n(
        "{n} more measure on {subject}", "{n} more measures on {subject}", len(candidates),
        subject=subject_name,
    )  # fmt: skip
    if not entries:
        title = t("Other measures")
    body: Safe = h("ul", *entries, cls="in-list")
    way = h(
        "a", t("All measures"), icon("arrow_forward"), href="/indicator", data_go=True, cls="btn"
    )
    return Card(
        id="near",
        title=title,
        subtitle=t("Those with most coverage first.") if entries else "",
        body=join([body, h("p", way, cls="in-way")]),
        actions=(),
    )


def _entry(item: Indicator, cover: Mapping[str, Any] | None, t: Translator) -> Safe:
    said = ""
    if cover is not None:
        said = reach(cover, t)
    star = h("span", t("headline"), cls="in-tag") if item.row["headline"] else None
    return h(
        "li",
        h("a", item.short, href=links.indicator(item.id), data_go=True),
        star,
        h("span", said, cls="muted") if said else None,
    )


def reach(cover: Mapping[str, Any], t: Translator) -> str:
    """How many have a value, of which periods."""
    orgs, economies = int(cover["n_orgs"]), int(cover["n_economies"])
    who = []
    if economies:
        who.append(t.n("{n} economy", "{n} economies", economies))
    if orgs:
        who.append(t.n("{n} organisation", "{n} organisations", orgs))
    if int(cover["n_provinces"]):
        who.append(t.n("{n} province", "{n} provinces", int(cover["n_provinces"])))
    first, last = pd.Timestamp(cover["first_end"]).year, pd.Timestamp(cover["last_end"]).year
    when = str(first) if first == last else f"{first}–{last}"
    return t.parts([t.list(who), when])
