"""Filings of generative-AI services in China: each register apart, over time and by province."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.lines import lines
from observatory.db import queries_indicator
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.briefing.page import bars_both, both_widths
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

HOME: Final = "CHN"
FILED: Final = "cac_genai_services_filed"
REGISTERS: Final = (FILED, "cac_genai_services_registered", "cac_genai_filed_or_registered")
DEEP: Final = "cac_deep_synthesis_algorithms_cumulative"
LEAST: Final = 5


def values(catalogue: Catalogue, indicator: str) -> pd.DataFrame:
    """Every value of a register, country and provinces; disputed ones have no value."""
    if indicator not in catalogue.indicators:
        return pd.DataFrame()
    return queries_indicator.series(catalogue.db, catalogue.as_of, indicator)


def _named(frame: pd.DataFrame, catalogue: Catalogue, t: Translator) -> pd.DataFrame:
    if frame.empty:
        return frame
    native = t.lang.startswith("zh")
    label = [
        catalogue.name(HOME) if row["entity_id"] == HOME
        else (clean(row["native_name"]) if native else clean(row["name"])) or str(row["entity_id"])
        for row in frame.to_dict("records")
    ]  # fmt: skip
    return frame.assign(label=label)


def _columns(t: Translator, *, named: bool) -> tuple[Column, ...]:
    def show(value: Any, row: Any) -> str:
        return t.exact(clean(row.get("value_text")) or value, "")

    first = (Column("register", t("Register"), strong=True),) if not named else ()
    return (
        *first,
        Column("label", t("Province or country")),
        Column("period", t("Date"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Count"), "right", show, row_id="row_id"),
    )


def over_time(catalogue: Catalogue) -> Card:
    """Totals of the three registers of generative-AI services: three series, never joined or added."""
    t = catalogue.t
    frames = []
    for key in REGISTERS:
        frame = values(catalogue, key)
        if len(frame):
            own = frame[frame["entity_id"] == HOME]
            frames.append(
                _named(own, catalogue, t).assign(
                    register=catalogue.indicators[key].short, series_id=key
                )
            )
    found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    name = t("Generative-AI services filed and registered in China")
    if found.empty or found["value"].notna().sum() == 0:
        reason = t("No count of filed services was known on this day.")
        return Card(id="filings", title=name, empty=EmptyState(reason=reason))
    filed = found[(found["series_id"] == FILED) & found["value"].notna()].sort_values("period_end")
    title = name
    if len(filed):
        last = filed.iloc[-1]
        title = t(
            "{n} generative-AI services had passed China’s filing by {day}",
            n=t.exact(clean(last["value_text"]) or last["value"], ""), day=t.period(str(last["period"])),
        )  # fmt: skip
    # Totals come from many publishers at odd dates: dots, never a line between them.
    drawn = found[found["value"].notna()].assign(
        entity_id=lambda f: f["series_id"], label=lambda f: f["register"]
    )
    drawn = drawn.assign(
        economy_id=[HOME if key == FILED else "" for key in drawn["series_id"]],
        breaks=True,
    )
    spec = LineSpec(
        measure=catalogue.indicators[FILED].measure(t), subjects=(FILED,), loose=REGISTERS[1:], zero=True, width=600,
        height=300, name=title,
    )  # fmt: skip
    disputed = int(found["value"].isna().sum())
    caveat = [t("Three registers with definitions of their own: they are not added up.")]
    if disputed:
        caveat.append(
            t.n(
                "{n} total in dispute is not drawn.",
                "{n} totals in dispute are not drawn.",
                disputed,
            )
        )
    order = ["register", "label", "period", "value", "value_text", "status", "row_id", "indicator_id", "entity_id",
             "source_id", "known_on"]  # fmt: skip
    return Card(
        id="filings",
        title=title,
        subtitle=t("Running totals at the dates that sources name: a dot each, squares for the other two registers"),
        body=both_widths(lambda width: lines(drawn, replace(spec, width=width), palette("css"), t), 600),
        alt=title,
        table=CardTable(found[order].reset_index(drop=True), _columns(t, named=False)),
        **common.evidence(catalogue, found),
        caveat=t.sentences(caveat),
        method="\n\n".join(t.data(clean(catalogue.indicators[key].row["definition"])) for key in REGISTERS
                           if key in catalogue.indicators),
        href=links.indicator(FILED),
    )  # fmt: skip


def by_province(catalogue: Catalogue, indicator: str, card_id: str) -> Card:
    """The provinces on one register at one date: the one that most provinces have a value for."""
    t = catalogue.t
    frame = values(catalogue, indicator)
    name = (
        catalogue.indicators[indicator].short
        if indicator in catalogue.indicators
        else t("By province")
    )
    every = frame[frame["entity_kind"] == "province"] if len(frame) else frame
    if every.empty:
        return Card(
            id=card_id,
            title=name,
            empty=EmptyState(reason=t("No count by province was known on this day.")),
        )
    counts = every[every["value"].notna()].groupby("period")["entity_id"].nunique()
    period = str(sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))[-1][0])
    shown = _named(every[(every["period"] == period) & every["value"].notna()], catalogue, t)
    shown = shown.sort_values(["value", "entity_id"], ascending=[False, True])
    item = catalogue.indicators[indicator]
    top = shown.iloc[0]
    title = t("{measure}, by province", measure=item.short)
    # A shared first place, or fewer than five values, names no leader.
    if len(shown) >= LEAST and int((shown["value"] == top["value"]).sum()) == 1:
        title = t(
            "{measure}: {province} is first of {n} provinces with {value}",
            province=str(top["label"]), n=t.number(len(shown)), value=item.number(float(top["value"]), t),
            measure=item.short,
        )  # fmt: skip
    bar = shown.assign(economy_id=HOME)
    own_lang = "zh" if not t.lang.startswith("zh") else ""
    if own_lang:
        bar = bar.assign(native=shown["native_name"])
    spec = BarSpec(
        measure=item.measure(t), width=600, pitch=24 if not own_lang else 40, name=title, most=12
    )
    table = _named(every, catalogue, t).sort_values(
        ["period_end", "value"], ascending=[False, False]
    )
    order = ["label", "period", "value", "value_text", "status", "row_id", "indicator_id", "entity_id", "source_id",
             "known_on"]  # fmt: skip
    return Card(
        id=card_id,
        title=title,
        subtitle=t.parts([item.name, t.period(period)]),
        body=bars_both(bar, spec, t),
        alt=title,
        table=CardTable(table[order].reset_index(drop=True), _columns(t, named=True)),
        **common.evidence(catalogue, shown),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        href=links.indicator(indicator),
    )


def filed_by_province(catalogue: Catalogue) -> Card:
    """Filed generative-AI services by province."""
    return by_province(catalogue, FILED, "filings-provinces")


def deep_synthesis(catalogue: Catalogue) -> Card:
    """Filed deep-synthesis algorithms by province."""
    return by_province(catalogue, DEEP, "deep-synthesis")
