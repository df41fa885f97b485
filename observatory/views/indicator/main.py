"""The main card of a measure's page: lines, bars, map or table of the same values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, svg
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.lines import lines
from observatory.db.frames import records
from observatory.model.scope import COMPARATORS
from observatory.views import common, links, markers
from observatory.views.briefing.page import nothing_yet
from observatory.views.indicator import words as indicator_words
from observatory.views.indicator.data import MAIN, Subject
from observatory.views.labels import clean
from observatory.views.overview import tiles as overview_map
from observatory.views.overview.cover import missing, short_reason

WIDE, NARROW = 1280.0, 358.0
MOST_HITS: Final = 700
"""More points than this and only those drawn answer the mouse: the drawing stays small."""
SHOWN_PERIODS: Final = 12
MOST_BARS: Final = 40
MOST_PROFILES: Final = 20
MOST_ABSENT: Final = 8
"""Economies without a value are named in the bars up to this number, else counted."""


def card(subject: Subject, kinds: Sequence[str] = ()) -> Card:
    """The card of the chosen view; ``kinds`` of events are marked on lines."""
    if subject.values["value"].notna().sum() == 0 and not _rivals(subject).shape[0]:
        return _nothing(subject)
    match subject.choice.view:
        case "line":
            return line_card(subject, kinds)
        case "map" if subject.picture is not None:
            found = overview_map.map_card(subject.picture)
            return replace(found, level=2)
        case "table":
            return table_card(subject)
        case _:
            return bar_card(subject)


def both_widths(wide: str, narrow: str) -> Safe:
    """A drawing for a desk and one for a phone; the style sheet shows the one that fits."""
    return join([h("div", svg(wide), cls="on-wide"), h("div", svg(narrow), cls="on-phone")])


def _base(subject: Subject, title: str, sub: str, frame: pd.DataFrame) -> Card:
    """What the cards of all views share."""
    catalogue, t, item = subject.catalogue, subject.t, subject.item
    known = frame[frame["value"].notna()]
    return Card(
        id=MAIN,
        title=title,
        subtitle=sub,
        alt=title,
        table=long_table(subject, frame),
        sources=common.sources_of(catalogue, known),
        vintage=common.vintage_of(catalogue, known),
        statuses=common.statuses_of(frame),
        caveat=common.caveat_line(item, t),
        level=2,
    )


def long_table(subject: Subject, frame: pd.DataFrame) -> CardTable:
    """Every value drawn, one a line, newest first."""
    ordered = frame.sort_values(
        ["period_end", "value"], ascending=[False, False], kind="stable"
    ).reset_index(drop=True)
    if subject.picture is not None and subject.choice.per:
        return overview_map.value_table(subject.picture, ordered)
    found = common.value_table(subject.catalogue, subject.item, ordered)
    if not subject.of_organisations:
        return found
    first = replace(found.columns[0], label=subject.t("Organisation"))
    return CardTable(found.frame, (first, *found.columns[1:]))


def _nothing(subject: Subject) -> Card:
    t, item = subject.t, subject.item
    everything = subject.frame
    exists = ""
    if len(everything):
        who = t.list([subject.name(str(key)) for key in everything["entity_id"].unique()[:6]])
        exists = t("On file: {names}.", names=who)
    elif subject.catalogue.as_of:
        exists = nothing_yet(subject.catalogue, item.id)
    elif subject.catalogue.years:
        exists = t("There are values in other years.")
    reason = t("No value of this measure fits the filters.")
    weak = everything["status"].isin(("unchecked", "superseded"))
    if len(everything) and bool(weak.all()):
        reason = t(
            "Only unchecked values are on file: they are not drawn, and stand in the coverage below."
        )
    empty = EmptyState(title=item.short, reason=reason, exists=exists)
    return Card(id=MAIN, title=item.short, subtitle=item.name, empty=empty, level=2)


# Lines -------------------------------------------------------------------------------------------


def _rivals(subject: Subject) -> pd.DataFrame:
    """Every value of the disputed cells of those drawn: charts show what each source says."""
    found = subject.conflicts
    if subject.choice.per or found.empty:
        return found.iloc[0:0]
    found = found[(found["status"] == "disputed") & found["entity_id"].isin(subject.entities)]
    return found.assign(
        label=[subject.name(str(key)) for key in found["entity_id"]],
        economy_id=[subject.homes.get(str(key), str(key)) for key in found["entity_id"]],
        is_headline=False,
        is_forecast=False,
        breaks=False,
    )


def drawn_rows(subject: Subject) -> pd.DataFrame:
    """Rows of the line chart: chosen values, and all values where sources are in dispute."""
    rows = subject.values
    if subject.choice.per:
        return rows.assign(row_id=table_of(MAIN))
    return pd.concat([rows, _rivals(subject)], ignore_index=True)


def line_card(subject: Subject, kinds: Sequence[str]) -> Card:
    """Lines over time; breaks told, disputed values shown unjoined, events numbered."""
    t, item, catalogue = subject.t, subject.item, subject.catalogue
    values = subject.values
    frame = drawn_rows(subject)
    title, period = indicator_words.course_title(subject)
    spec = LineSpec(
        measure=subject.measure,
        subjects=subject.coloured,
        step=clean(item.row["frequency"]) in ("half-yearly", "snapshot"),
        log=subject.choice.log and bool((frame["value"].dropna() > 0).all()),
        labels=COMPARATORS if subject.choice.comparators else (),
        most_labels=16,
        key=False,
        hits=len(frame) <= MOST_HITS,
        width=WIDE,
        height=420,
        name=title,
    )
    economies = sorted({str(key) for key in values["economy_id"]})
    chosen = markers.choose(
        catalogue, markers.span_of(values), economies, kinds, pillar=item.pillar
    )
    events = chosen.frame if chosen else None
    colours = palette("css")
    narrow = replace(spec, width=NARROW, height=320, most_labels=8, hits=False)
    body = both_widths(
        lines(frame, spec, colours, t, events), lines(frame, narrow, colours, t, events)
    )
    drawn = [str(key) for key in values["entity_id"].unique()]
    notes = [indicator_words.inside_only(subject), indicator_words.colours_note(subject, drawn)]
    if bool((frame["partial_to"].fillna("") != "").any()):
        notes.append(t("Hollow: part of a year."))
    if spec.log:
        notes.append(t("Logarithmic scale."))
    if len(_rivals(subject)):
        notes.append(t("Hollow rings: sources differ, every value is shown and none is joined."))
    one_period = str(values["period"].iloc[0]) if values["period"].nunique() == 1 else None
    if one_period is None:
        notes.insert(0, indicator_words.of_period(subject, period))
    sub = t.sentences([indicator_words.subtitle(subject, one_period), *(n for n in notes if n)])
    extra = [markers.rule(t)] if kinds else []
    broken = indicator_words.why_broken(subject, values)
    return replace(
        _base(subject, title, sub, values),
        body=body,
        after=markers.below(chosen, t, broken, _profiles(subject)),
        method=_method(subject, extra),
    )


def _method(subject: Subject, extra: Sequence[str] = ()) -> Safe:
    t = subject.t
    rules = [
        t(
            "Values of different publishers, editions or lengths of period never share a line, and a line "
            "is broken where the measure's own cautions say that values do not compare."
        ),
        *extra,
    ]
    if subject.picture is not None and subject.choice.per:
        return join([overview_map.method(subject.picture), *(h("p", rule) for rule in rules)])
    return common.method_text(subject.item, t, rules)


# Bars --------------------------------------------------------------------------------------------


def bar_card(subject: Subject) -> Card:
    """Ranked bars of one period; who has no value, and why."""
    t, item = subject.t, subject.item
    section = subject.section
    title = indicator_words.cross_title(subject)
    frame = section.frame
    notes = [indicator_words.inside_only(subject)]
    rows: list[dict[str, Any]] = [_bar(subject, row) for row in records(frame)]
    if subject.picture is not None:
        if subject.choice.comparators:
            beside = subject.picture.beside
            rows += [_bar(subject, row) for row in records(beside)]
            frame = pd.concat([frame, beside], ignore_index=True)
            better = item.higher_is_better is False
            rows.sort(key=lambda row: row["value"] if better else -row["value"])
        gone = missing(subject.picture)
        if len(gone) <= MOST_ABSENT:
            rows += [
                {"entity_id": one.economy, "label": subject.name(one.economy), "value": None,
                 "economy_id": one.economy, "row_id": one.row_id,
                 "absent": short_reason(one, subject.choice.per, t)}
                for one in gone
            ]  # fmt: skip
        elif rows:
            notes.append(
                t.n("{n} economy has no value.", "{n} economies have no value.", len(gone))
            )
    shown = pd.DataFrame(
        rows, columns=["entity_id", "label", "value", "economy_id", "row_id", "status", "absent"]
    )
    spec = BarSpec(measure=subject.measure, sort=False, most=MOST_BARS, width=WIDE, name=title)
    colours = palette("css")
    body = both_widths(
        bars(shown, spec, colours, t), bars(shown, replace(spec, width=NARROW), colours, t)
    )
    named = frame.assign(label=[subject.name(str(key)) for key in frame["entity_id"]])
    several = section.period is None and section.frame["period"].nunique() > 1
    sub = indicator_words.subtitle(subject, section.period)
    if several:
        notes.insert(0, t("Each has its own latest period, printed beside its name."))
    sub = t.sentences([sub, *(note for note in notes if note)])
    base = (
        _base(subject, title, sub, named) if len(named) else replace(_nothing(subject), title=title)
    )
    if not len(named) and not rows:
        return base
    return replace(base, body=body, empty=None, method=_method(subject), after=_profiles(subject))


def _profiles(subject: Subject) -> Safe | None:
    """Links to the companies drawn; None for measures of economies, whose rows below are links."""
    if not subject.of_organisations:
        return None
    orgs = set(subject.frame.loc[subject.frame["entity_kind"] == "organization", "entity_id"])
    order = [str(key) for key in subject.section.frame["entity_id"]]
    order += [key for key in subject.entities if key not in order]
    shown = [key for key in order if key in orgs][:MOST_PROFILES]
    items = [h("a", subject.name(key), href=links.org(key), data_go=True) for key in shown]
    return (
        h("p", subject.t("Profiles"), subject.t.colon, join(items, " · "), cls="in-profiles")
        if items
        else None
    )


def _bar(subject: Subject, row: Mapping[str, Any]) -> dict[str, Any]:
    t, entity = subject.t, str(row["entity_id"])
    label = subject.name(entity)
    if subject.section.period is None and subject.section.frame["period"].nunique() > 1:
        label = t("{name}, {period}", name=label, period=t.period(clean(row["period"])))
    return {
        "entity_id": entity,
        "label": label,
        "value": float(row["value"]),
        "economy_id": subject.homes.get(entity, entity),
        "row_id": table_of(MAIN) if subject.choice.per else clean(row["row_id"]),
        "status": clean(row["status"]),
    }


# Table -------------------------------------------------------------------------------------------


def table_card(subject: Subject) -> Card:
    """Entities down, periods across: every value opens its receipt, disputes print their range."""
    t = subject.t
    values = subject.values
    order = values.drop_duplicates("period").sort_values(["period_end", "period"])
    periods = [str(period) for period in order["period"]][-SHOWN_PERIODS:]
    cells: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in records(values):
        cells[str(row["entity_id"]), str(row["period"])] = row
    rank = {str(key): i for i, key in enumerate(subject.section.frame["entity_id"])}
    held = dict.fromkeys(str(key) for key in values["entity_id"])
    entities = sorted(held, key=lambda key: (rank.get(key, 999), subject.entities.index(key)))
    rows = [
        {"entity": entity, **{p: cells.get((entity, p)) for p in periods}} for entity in entities
    ]

    def show_name(value: Any, row: Mapping[str, Any]) -> Safe:
        target = links.org(str(value)) if value in orgs else links.economy(str(value))
        return h("a", subject.name(str(value)), href=target, data_go=True, cls="quiet")

    orgs = set(subject.frame.loc[subject.frame["entity_kind"] == "organization", "entity_id"])
    head = t("Organisation") if subject.of_organisations else t("Economy")
    columns = [Column("entity", head, show=show_name, strong=True)]
    columns += [
        Column(period, t.period(period), "right", lambda value, row: _cell(subject, value))
        for period in periods
    ]
    title = indicator_words.cross_title(subject)
    sub = indicator_words.subtitle(subject, None)
    if not subject.of_organisations and subject.section.period:
        sub = t.sentences([sub, indicator_words.of_period(subject, subject.section.period)])
    if len(order) > len(periods):
        more = t("The newest {n} of {all} periods; the file holds all.", n=t.number(len(periods)),
                 all=t.number(len(order)))  # fmt: skip
        sub = t.sentences([sub, more])
    body = table(columns, rows, caption=title, unknown="–", cls="in-pivot")
    return replace(
        _base(subject, title, sub, values),
        body=body,
        method=_method(subject),
        after=indicator_words.why_broken(subject, values),
    )


def _cell(subject: Subject, row: Mapping[str, Any]) -> Safe:
    """A value with its receipt and, where it is not a plain one, its status."""
    t, item = subject.t, subject.item
    value, status = row.get("value"), clean(row.get("status"))
    if value is None or value != value:
        low, high = row.get("low"), row.get("high")
        shown = status_label(status, t)
        if low is not None and low == low and high is not None and high == high:
            shown = t(
                "{low} to {high}", low=item.number(float(low), t), high=item.number(float(high), t)
            )
        return join(
            [num(shown, clean(row["row_id"])), h("span", status_label(status, t), cls="sub2")]
        )
    shown = subject.measure.bare(float(value), t)
    if subject.choice.per:
        return h("button", shown, cls="num", type="button", data_act="table", data_card=MAIN)
    word = status_label(status, t) if status in ("estimate", "company_claim", "unchecked") else ""
    if row.get("is_forecast"):
        word = t("forecast")
    mark = "⁄⁄ " if row.get("breaks") else ""
    return join(
        [mark, num(shown, clean(row["row_id"])), h("span", word, cls="sub2") if word else None]
    )
