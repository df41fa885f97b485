"""Figures measured for an organisation: charts of series, and a table of the other values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num
from observatory.charts.figures.columns import time_bars
from observatory.charts.figures.time import time_lines
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.i18n import Translator
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.parts import (
    folded,
    frame_of,
    remark,
    source_refs,
    status_cell,
    statuses,
)
from observatory.views.labels import clean
from observatory.views.measures import unit_shown

MOST: Final = 9
_NOT_DRAWN: Final = frozenset({"unchecked", "disputed", "superseded"})
_FIRST: Final = (
    "company_revenue", "company_operating_profit", "company_net_profit", "company_capex",
    "foundry_revenue_usd", "foundry_revenue_share", "hbm_share", "dram_revenue_share",
    "company_cloud", "company_ai", "company_rd", "nand", "market_cap", "video",
)  # fmt: skip


def drawable(row: Row) -> bool:
    """Whether a value may stand in a line: chosen, and not weak, disputed or replaced."""
    return bool(row["is_headline"]) and row["status"] not in _NOT_DRAWN and not row["span"]


def series(c: Company) -> dict[str, Rows]:
    """Lines of three points or more: one indicator and one length of period each.

    Quarters, calendar years and fiscal years of one indicator are different lines; company claims
    stay out of lines with other values. The key is `indicator.precision`.
    """
    groups: dict[str, Rows] = {}
    for row in c.observations:
        if drawable(row) and row["status"] != "company_claim":
            groups.setdefault(f"{row['indicator_id']}.{row['period_precision']}", []).append(row)
    kept = {
        key: sorted(rows, key=lambda row: row["period_end"])
        for key, rows in groups.items()
        if len({row["period"] for row in rows}) >= 3
    }

    def order(key: str) -> tuple[int, int, str]:
        rank = next((i for i, head in enumerate(_FIRST) if key.startswith(head)), len(_FIRST))
        return rank, 0 if key.endswith("year") else 1, key

    return {key: kept[key] for key in sorted(kept, key=order)[:MOST]}


def value_text(row: Row, t: Translator) -> str:
    """A value with its unit, compact."""
    return t.value(
        row["value"], clean(row["unit"]), clean(row["unit_label"]), row["scale"],
        clean(row["currency"]) or None, style="full",
    )  # fmt: skip


_UNIT_TAIL: Final = re.compile(r"\s*[(（][^()（）]*[)）]$")


def measure_name(row: Row, t: Translator) -> str:
    """Short name of the indicator; a unit in brackets at its end goes, the value carries it."""
    name = clean(row["short_name"])
    unit, currency = clean(row["unit_label"]), clean(row["currency"])
    shown = t.data(name)
    if name.endswith((f"({unit})", f"({currency})")):
        return _UNIT_TAIL.sub("", shown)
    return shown


def _missing(rows: Rows) -> list[str]:
    """Periods between the first and the last of a regular series that have no value."""
    have = {clean(row["period"]) for row in rows}
    first, last = rows[0]["period_start"].year, rows[-1]["period_start"].year
    precision = rows[0]["period_precision"]
    parts = {"quarter": [f"-Q{n}" for n in (1, 2, 3, 4)], "half": ["-H1", "-H2"]}.get(
        precision, [""]
    )
    head = "FY" if precision == "fiscal_year" else ""
    every = [f"{head}{year}{part}" for year in range(first, last + 1) for part in parts]
    begin, end = clean(rows[0]["period"]), clean(rows[-1]["period"])
    return [period for period in every if begin < period < end and period not in have]


def precision_word(key: str, t: Translator) -> str:
    """What one point of a series covers."""
    match key.rpartition(".")[2]:
        case "year":
            return t("calendar years")
        case "fiscal_year":
            return t("fiscal years, as the source names them")
        case "quarter":
            return t("quarters")
        case "half":
            return t("half-years")
        case "month":
            return t("months")
        case "day":
            return t("days")
        case _:
            return t("ranges of dates")


def _finding(rows: Rows, t: Translator) -> str:
    known = [row for row in rows if not row["is_forecast"]] or rows
    last = known[-1]
    name = measure_name(last, t)
    when = t.period(clean(last["period"]))
    value = value_text(last, t)
    before = known[-2] if len(known) > 1 else None
    gap = (last["period_end"] - before["period_end"]).days if before else 0
    length = (last["period_end"] - last["period_start"]).days + 1
    if before is None or gap > length * 1.7 or last["period_precision"] in ("day", "month"):
        return t("{name}: {value} in {period}", name=name, value=value, period=when)
    then = t.period(clean(before["period"]))
    if last["value_kind"] == "money" and before["value"] > 0 and last["value"] > 0:
        change = t.signed_percent((last["value"] / before["value"] - 1) * 100, 1)
    else:
        change = t.change(
            last["value"] - before["value"], clean(last["unit"]), clean(last["unit_label"]),
            last["scale"], clean(last["currency"]) or None,
        )  # fmt: skip
    return t(
        "{name}: {value} in {period}, {change} on {before}",
        name=name, value=value, period=when, change=change, before=then,
    )  # fmt: skip


def _columns(t: Translator) -> tuple[Column, ...]:
    return (
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value)), strong=True),
        Column("value", t("Value"), "right",
               show=lambda value, row: t.exact(clean(row.get("value_text")) or value),
               row_id="row_id"),
        Column("unit_label", t("Unit"), show=lambda value, row: t.data(clean(value))),
        Column("status", t("Status"), show=status_cell(t)),
        remark(t),
    )  # fmt: skip


_FISCAL: Final = re.compile(
    r"(?:fiscal )?year (?:to|ended|ends?|from|April|July|October)[^;.]*", re.IGNORECASE
)


def fiscal_note(rows: Sequence[Row], t: Translator) -> str:
    """Which months the fiscal years cover where the rows say so; else that it is not said."""
    said = [found[0].strip() for row in rows if (found := _FISCAL.search(clean(row["note"])))]
    if not said:
        return t("Sources do not say which months these fiscal years cover.")
    return t(
        "Fiscal years in the words of the sources: {notes}.", notes="; ".join(dict.fromkeys(said))
    )


def series_card(c: Company, key: str, s: Surroundings) -> Card:
    """One chart: bars for money of whole years, quarters and halves, else a line."""
    t = s.t
    rows = series(c)[key]
    first = rows[0]
    precision = first["period_precision"]
    entity = c.economy_id or c.org
    flow = first["value_kind"] in ("money", "count") and precision in (
        "year", "fiscal_year", "quarter", "half",
    )  # fmt: skip
    gaps = _missing(rows) if flow else []
    if len(gaps) > len(rows):
        flow, gaps = False, []
    points: list[dict[str, Any]] = [
        {
            "entity_id": entity,
            "period": row["period"],
            "value": row["value"],
            "label": value_text(rows[-1], t),
            "status": row["status"],
            "row_id": row["row_id"],
            "is_headline": True,
            "is_forecast": bool(row["is_forecast"]),
        }
        for row in rows
    ]
    # A period without a value keeps its place: the bar's room stays empty and says so.
    points += [{**points[0], "period": p, "value": None, "row_id": "", "status": ""} for p in gaps]
    frame = pd.DataFrame(points)
    measure = Measure(
        measure_name(first, t), clean(first["unit"]), t.data(clean(first["unit_label"])),
        float(first["scale"]), clean(first["currency"]) or None,
        higher_is_better=first["higher_is_better"] is not False,
    )  # fmt: skip
    spec = LineSpec(
        measure=measure, subjects=(entity,), width=402, height=260, zero=True if flow else None,
        values=False, name=measure.name,
    )  # fmt: skip
    colours = palette("dark" if s.theme == "dark" else "light")
    figure = (time_bars if flow else time_lines)(frame, spec, colours, t)
    columns = _columns(t)
    frame_table = frame_of(rows, (*columns, Column("value_text", ""), Column("indicator_id", "")))
    definition = clean(first["definition"])
    caveats = clean(first["method_caveats"])
    hidden = [
        row for row in c.observations
        if row["indicator_id"] == first["indicator_id"] and row["status"] in _NOT_DRAWN
    ]  # fmt: skip
    caveat = ""
    if hidden:
        caveat = t.n(
            "{n} weak or disputed value is not drawn; it is in the table below.",
            "{n} weak or disputed values are not drawn; they are in the table below.",
            len(hidden),
        )
    elif any(row["is_forecast"] for row in rows):
        caveat = t("Forecasts and plans are lighter.")
    if precision == "fiscal_year":
        caveat = " ".join(filter(None, [caveat, fiscal_note(rows, t)]))
    return Card(
        id="series-" + "".join(ch if ch.isalnum() else "-" for ch in key).lower(),
        title=_finding(rows, t),
        subtitle=t("{measure}, {unit}, {periods}", measure=measure.name,
                   unit=unit_shown(first, t), periods=precision_word(key, t)),
        body=figure,
        alt=_finding(rows, t),
        table=CardTable(frame_table, columns),
        sources=source_refs(c, rows),
        statuses=statuses(rows),
        caveat=caveat,
        method=join(
            [
                h("p", t.data(definition), lang=t.data_lang(definition)),
                h("p", t.data(caveats), lang=t.data_lang(caveats)) if caveats else None,
            ]
        ),
        height=260,
        still=613,
        title_lines=2,
    )  # fmt: skip


def revenue(c: Company) -> dict[str, Any] | None:
    """The newest revenue of a whole year, else of a shorter period; None without any."""
    rows = [
        row for row in c.observations
        if row["indicator_id"].startswith("company_revenue_") and drawable(row)
        and not row["is_forecast"]
        and not any(w in row["indicator_id"] for w in ("over_span", "growth", "guidance"))
    ]  # fmt: skip
    years = [row for row in rows if row["period_precision"] in ("year", "fiscal_year")]
    kept = years or rows
    return max(kept, key=lambda row: row["period_end"]) if kept else None


def others(c: Company) -> Rows:
    """Values in no chart, newest of each measure first; contradicted ones after the others."""
    drawn = {row["row_id"] for rows in series(c).values() for row in rows}
    rows = [row for row in c.observations if row["row_id"] not in drawn]

    def order(row: Row) -> tuple[Any, ...]:
        rank = next(
            (i for i, head in enumerate(_FIRST) if row["indicator_id"].startswith(head)),
            len(_FIRST),
        )
        return rank, row["indicator_id"], -row["period_end"].toordinal(), not row["is_headline"]

    return sorted(rows, key=order)


def _mark(row: Row, t: Translator) -> str:
    if row["status_reason"] == "do_not_chart":
        return t("contradicted by better evidence: never drawn")
    if row["is_forecast"]:
        return t("forecast or plan")
    if row["status"] == "company_claim":
        return t("said by the organisation itself")
    return ""


def others_card(c: Company, s: Surroundings, rows: Sequence[Row] | None = None) -> Card:
    """The table of single values."""
    t = s.t
    kept = list(rows if rows is not None else others(c))

    def name(value: Any, row: Row) -> Safe:
        mark = _mark(row, t)
        shown = h("span", measure_name(row, t))
        return shown + h("span", mark, cls="sub2") if mark else shown

    def value_cell(value: Any, row: Row) -> Safe:
        return num(value_text(row, t), row["row_id"])

    def period(value: Any, row: Row) -> Safe:
        span = clean(row["span"])
        shown = h("span", t.period(clean(value)))
        return shown + h("span", t.period(span), cls="sub2") if span else shown

    columns = (
        Column("short_name", t("Measure"), show=name, strong=True),
        Column("period", t("Period"), show=period),
        Column("value", t("Value"), "right", show=value_cell),
        Column("status", t("Status"), show=status_cell(t)),
        remark(t),
    )
    plain = (
        Column(
            "short_name", t("Measure"), show=lambda value, row: t.data(clean(value)), strong=True
        ),
        *_columns(t),
    )
    frame = frame_of(kept, (*plain, Column("value_text", ""), Column("indicator_id", "")))
    contradicted = sum(row["status_reason"] == "do_not_chart" for row in kept)
    caveat = ""
    if contradicted:
        caveat = t.n(
            "{n} value is kept only to be shown beside the better one.",
            "{n} values are kept only to be shown beside the better ones.",
            contradicted,
        )
    title = t("Other values on file") if series(c) else t("Values on file")
    return Card(
        id="values",
        title=title,
        subtitle=t(
            "Too few to draw, of days that do not fit a line, or too weak: each as its source has it."
        ),
        body=folded(columns, kept, title, t),
        table=CardTable(frame, plain),
        sources=source_refs(c, kept),
        statuses=statuses(kept),
        caveat=caveat,
        actions=("table", "download", "link"),
    )
