"""The compared economies over time: one measure as lines, and as panels on shared axes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from observatory.analysis.cross_section import usable
from observatory.analysis.rebase import rebase
from observatory.cards.card_model import Card, CardTable, EmptyState
from observatory.charts.figures.time import time_lines
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.i18n import Translator
from observatory.model.pillars import LEAD, ORDER
from observatory.views import common, labels, links, markers
from observatory.views.briefing.page import both_widths
from observatory.views.compare.choice import Choice
from observatory.views.compare.data import Comparison, Row
from observatory.views.compare.parts import row_name, table
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.series_breaks import marked

WIDTH, HEIGHT = 1280, 380
MIN_PERIODS: Final = 3
EVENTS: Final = 12


def default_measure(found: Comparison) -> str:
    """The lead measure that most of the chosen hold over time, the first pillar among equals."""
    leads = [LEAD[pillar] for pillar in ORDER]
    best, most = "", 0
    order = sorted(found.rows, key=lambda row: leads.index(row.id) if row.id in leads else 99)
    for row in order:
        if row.item.pillar == "context":
            continue
        held = long_enough(row, found.economies)
        if len(held) > most:
            best, most = row.id, len(held)
    return best or (found.rows[0].id if found.rows else "")


def long_enough(row: Row, economies: Sequence[str]) -> list[str]:
    """Those with at least three usable periods."""
    held = set(zip(row.rows["entity_id"].tolist(), row.rows["period"].tolist(), strict=True))
    counts = Counter(entity for entity, _ in held)
    return [code for code in economies if counts[code] >= MIN_PERIODS]


def options(catalogue: Catalogue) -> list[str]:
    """Measures that can be drawn over time, by pillar and name."""
    order = {str(pillar): place for place, pillar in enumerate(ORDER)}
    return sorted(
        catalogue.headline_ids,
        key=lambda key: (
            order.get(catalogue.indicators[key].pillar, 99),
            catalogue.indicators[key].short,
        ),
    )


def option_label(catalogue: Catalogue, key: str) -> str:
    """A measure with its pillar, for a choice box."""
    t, item = catalogue.t, catalogue.indicators[key]
    return t("{pillar}: {measure}", pillar=labels.pillar(item.pillar, t), measure=item.short)


def drawn(
    catalogue: Catalogue, row: Row, economies: Sequence[str], index: int | None
) -> tuple[pd.DataFrame, list[str]]:
    """What is drawn of a measure with its breaks, and who of the chosen lacks the base year."""
    frame = row.series[row.series["entity_id"].isin(list(economies))]
    frame = frame[~frame["status"].isin(("unchecked", "superseded"))]
    frame = marked(catalogue, row.item, frame)
    if index is None:
        return frame, []
    based, missing = rebase(frame[frame["is_headline"].astype(bool)], index)
    return based, [code for code in economies if code in missing]


def line_card(
    catalogue: Catalogue, found: Comparison, choice: Choice, theme: str, kinds: tuple[str, ...]
) -> Card:
    """One measure of all the chosen over time."""
    t = catalogue.t
    key = choice.measure or default_measure(found)
    row = next((row for row in found.rows if row.id == key), None)
    if row is None:
        title = t("No series to draw")
        reason = t("No headline measure has a value by that day.")
        return Card(id="time", title=title, empty=EmptyState(reason=reason, title=title))
    frame, missing = drawn(catalogue, row, found.economies, choice.index)
    known = frame[frame["value"].notna()]
    name = row_name(row, found.per, t, long=True)
    subtitle = _subtitle(catalogue, row, found, choice, missing, known)
    if not len(known):
        return Card(
            id="time",
            title=name,
            subtitle=subtitle,
            empty=EmptyState(
                reason=t(
                    "No economy of this comparison has a value of this measure in these years."
                ),
                exists=_exists(catalogue, row),
                title=t("No series to draw"),
            ),
        )
    measure = measure_of(row, choice, t)
    chosen = markers.choose(
        catalogue, markers.span_of(known), found.economies, kinds, EVENTS, pillar=row.item.pillar
    )
    title = _title(catalogue, row, found, known, choice)
    spec = LineSpec(
        measure=measure,
        subjects=tuple(found.economies),
        step=clean(row.item.row["frequency"]) in ("half-yearly", "snapshot"),
        log=choice.log,
        zero=None if choice.index is None else False,
        width=WIDTH,
        height=HEIGHT,
        name=title,
        key=False,
    )
    computed = row.relative or choice.index is not None
    figure = time_lines(
        frame.assign(row_id=table_of("time")) if computed else frame,
        spec,
        palette("dark" if theme == "dark" else "light"),
        t,
        chosen.frame if chosen else None,
    )
    return Card(
        id="time",
        title=title,
        subtitle=subtitle,
        body=figure,
        alt=title,
        table=_table(catalogue, row, found, choice, known),
        sources=common.sources_of(catalogue, known),
        vintage=common.vintage_of(catalogue, known),
        statuses=common.statuses_of(known)[:3],
        caveat=common.caveat_line(row.item, t),
        method=common.method_text(row.item, t, (rule(t), markers.rule(t))),
        after=markers.below(chosen, t),
        height=HEIGHT,
        still=WIDTH,
    )


def measure_of(row: Row, choice: Choice, t: Translator) -> Measure:
    if choice.index is None:
        return row.item.measure(t)
    return Measure(name=t("{year} = 100", year=str(choice.index)), unit="count")


def _subtitle(
    catalogue: Catalogue,
    row: Row,
    found: Comparison,
    choice: Choice,
    missing: Sequence[str],
    known: pd.DataFrame,
) -> str:
    t = catalogue.t
    unit = row.item.unit(t)
    name = row_name(row, found.per, t, long=True)
    said = [t("{measure}, {unit}", measure=name, unit=unit) if _say(unit, name) else name]
    if choice.index is not None:
        said.append(t("Index, {year} = 100", year=str(choice.index)))
    if missing:
        names = t.list([catalogue.name(code) for code in missing])
        said.append(t("No value of {year}: {names}", year=str(choice.index), names=names))
    silent = [
        code
        for code in found.economies
        if code not in set(known["entity_id"]) and code not in missing
    ]
    if silent and len(known):
        said.append(
            t("No value on file: {names}", names=t.list([catalogue.name(c) for c in silent]))
        )
    if choice.log:
        said.append(t("Logarithmic scale: equal steps are equal multiples"))
    if found.per and not row.relative:
        said.append(t("As published: this measure is not divided"))
    return t.sentences(said)


def _say(unit: str, name: str) -> bool:
    return bool(unit) and unit.lower() not in name.lower() and unit not in ("count", "%")


def _exists(catalogue: Catalogue, row: Row) -> str:
    t = catalogue.t
    have = row.section.frame["entity_id"].astype(str).tolist()
    if not have:
        return ""
    return t("On file for {names}.", names=t.list([catalogue.name(code) for code in have[:6]]))


def _title(
    catalogue: Catalogue, row: Row, found: Comparison, known: pd.DataFrame, choice: Choice
) -> str:
    """Who is highest at the last period that they share, and with what; or who grew most."""
    t = catalogue.t
    name = row_name(row, found.per, t)
    rows = usable(known) if "is_headline" in known else known
    counts = rows.groupby(["period_end", "period"])["entity_id"].nunique()
    shared = counts[counts >= 2]
    if not len(shared):
        return name
    period = str(shared.index[-1][1])
    at = rows[rows["period"] == period].sort_values("value", ascending=False)
    first, second = at.iloc[0], at.iloc[1]
    if float(first["value"]) == float(second["value"]):
        return name
    who = catalogue.say(str(first["entity_id"]))
    if choice.index is not None:
        return t(
            "{measure}: {economy} at {value} in {period}, where {year} is 100",
            measure=name,
            economy=who,
            value=t.sig(float(first["value"]), 3),
            period=t.period(period),
            year=str(choice.index),
        )
    return t(
        "{measure}: {economy} highest in {period} at {value}, {other} next at {second}",
        measure=name,
        economy=who,
        period=t.period(period),
        value=row.item.value(float(first["value"]), t),
        other=catalogue.say(str(second["entity_id"])),
        second=row.item.value(float(second["value"]), t),
    )


def rule(t: Translator) -> str:
    return t(
        "With a base year, each line is 100 at the economy's last whole value of that year; economies "
        "without one are left out and named, and so are values on the other side of a break. Missing periods "
        "are gaps; nothing is interpolated."
    )


def _table(
    catalogue: Catalogue, row: Row, found: Comparison, choice: Choice, known: pd.DataFrame
) -> CardTable:
    """The values drawn, with what they are made of where they are computed."""
    if not row.relative and choice.index is None:
        return common.value_table(catalogue, row.item, known)
    frame = long(catalogue, row, found, choice, known)
    return columns(catalogue, frame, found.per or "index")


def panels_card(catalogue: Catalogue, found: Comparison, choice: Choice) -> Card | None:
    """The same measure as small multiples on shared axes, one panel an economy; None without values."""
    t = catalogue.t
    key = choice.measure or default_measure(found)
    row = next((row for row in found.rows if row.id == key), None)
    if row is None:
        return None
    frame, _ = drawn(catalogue, row, found.economies, choice.index)
    known = frame[frame["value"].notna()]
    if not len(known):
        return None
    computed = row.relative or choice.index is not None
    title = t("{measure}: one panel an economy, the same axes", measure=row_name(row, found.per, t))
    silent = [code for code in found.economies if code not in set(known["entity_id"])]
    blank = pd.DataFrame(
        [
            {"entity_id": code, "label": catalogue.name(code), "period": "", "value": None}
            for code in silent
        ]
    )
    shown = known.assign(href=[links.economy(str(code)) for code in known["entity_id"]])
    if computed:
        shown = shown.assign(row_id=table_of("panels"))
    spec = MultiplesSpec(
        measure=measure_of(row, choice, t),
        panels=found.economies,
        height=120,
        log=choice.log,
        zero=None if choice.index is None else False,
        name=title,
    )
    body = both_widths(
        lambda width: multiples(
            pd.concat([shown, blank]) if silent else shown,
            replace(spec, width=width, columns=0 if width < 500 else len(found.economies)),
            palette("css"),
            t,
        ),
        WIDTH,
        358,
    )  # fmt: skip
    return Card(
        id="panels",
        title=title,
        subtitle=t("Grey lines are the others of the comparison"),
        body=body,
        table=_table(catalogue, row, found, choice, known),
        sources=common.sources_of(catalogue, known),
        vintage=common.vintage_of(catalogue, known),
        statuses=common.statuses_of(known)[:3],
        method=common.method_text(row.item, t, (rule(t),)),
        native="picture",
    )


def long(
    catalogue: Catalogue, row: Row, found: Comparison, choice: Choice, known: pd.DataFrame
) -> pd.DataFrame:
    """Drawn values, exact, with what they are made of where they are computed."""
    computed = row.relative or choice.index is not None
    frame = pd.DataFrame(
        {
            "measure": row_name(row, found.per, catalogue.t, long=True),
            "economy": [catalogue.name(str(code)) for code in known["entity_id"]],
            "period": known["period"],
            "value": known["value"],
            "rank": None,
            "of": None,
            "status": known["status"],
            "own_value": known["own_value"] if computed else None,
            "base_value": known["base_value"] if computed else None,
            "base_period": known["base_period"] if computed else "",
            "row_id": known["row_id"],
            "value_row": "" if computed else known["row_id"],
            "base_row_id": known["base_row_id"] if computed else "",
            "indicator_id": row.id,
            "entity_id": known["entity_id"],
            "source_id": known["source_id"],
            "known_on": known["known_on"],
        }
    )
    return frame.reset_index(drop=True)


def columns(catalogue: Catalogue, frame: pd.DataFrame, per: str) -> CardTable:
    """The table of drawn values: no ranks over time."""
    made = table(catalogue, frame, per)
    return CardTable(made.frame, tuple(one for one in made.columns if one.key != "rank"))
