"""The quick chart of a query's result: which columns, which kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable
from observatory.cards.markup import h
from observatory.charts.palette import palette
from observatory.charts.svg.quick import MOST_BARS, Kind, QuickSpec, quick
from observatory.db.sandbox import Result
from observatory.export.csv import plain
from observatory.i18n import Translator
from observatory.model.ids import ROW_ID
from observatory.model.time import PeriodError, parse_period
from observatory.views.briefing.page import both_widths
from observatory.views.sql import desk as sql_desk
from observatory.views.sql.choice import Choice
from observatory.views.sql.desk import is_day, is_number
from observatory.views.sql.examples import EXAMPLES

_TIMES: Final = frozenset(
    {"year", "period", "date", "day", "month", "quarter", "released", "known_on"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns (counted from 0) and kind of the drawing."""

    kind: Kind
    x: int
    y: int


def numeric(result: Result) -> list[int]:
    """Columns that hold numbers."""
    return [i for i, column in enumerate(result.columns) if is_number(column.type)]


def labelled(result: Result) -> list[int]:
    """Columns that can name or place rows."""
    return [i for i, column in enumerate(result.columns) if column.name not in {"row_id", "place"}]


def _is_time(result: Result, index: int) -> bool:
    column = result.columns[index]
    return is_day(column.type) or column.name.lower() in _TIMES


def plan(result: Result, choice: Choice) -> Plan | None:
    """How to draw; None where there is nothing to draw or nobody wants it."""
    numbers, names = numeric(result), labelled(result)
    if choice.chart == "none" or len(result.rows) < 2 or not numbers:
        return None
    y = choice.y - 1 if choice.y - 1 in numbers else None
    x = choice.x - 1 if choice.x - 1 in names else None
    if x is None:
        others = [i for i in names if i != y]
        times = [i for i in others if _is_time(result, i)]
        texts = [i for i in others if i not in numbers]
        free = [i for i in others if len(numbers) > 1 or i not in numbers]
        x = next(iter((*times, *texts, *free)), None)
    if x is None:
        return None
    if y is None:
        y = next((i for i in numbers if i != x), None)
    if y is None:
        return None
    if choice.chart != "auto":
        return Plan(choice.chart, x, y)
    if _is_time(result, x):
        # Several rows of one day are no course of one thing.
        once = len({row[x] for row in result.rows}) == len(result.rows)
        return Plan("line" if once else "points", x, y)
    return Plan("points" if x in numbers else "bars", x, y)


def _place(value: Any) -> float | None:
    """Where a value stands on an axis: a number, a day, the end of a period."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value or "")
    try:
        return float(date.fromisoformat(text[:10]).toordinal()) if len(text) > 9 else float(
            parse_period(text).end.toordinal()
        )  # fmt: skip
    except (ValueError, PeriodError):
        return None


def frame_of(result: Result, chosen: Plan) -> pd.DataFrame:
    """The frame of `quick`. Rows without a place of their own are no part of a line over time; where
    none has one, the order of the rows is their place."""
    names = [column.name for column in result.columns]
    own = names.index("row_id") if names.count("row_id") == 1 else None
    rows: list[dict[str, Any]] = []
    for row in result.rows:
        value = row[chosen.y]
        number = (
            float(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else None
        )
        row_id = row[own] if own is not None else ""
        rows.append(
            {
                "label": plain(row[chosen.x]),
                "value": number,
                "x": _place(row[chosen.x]),
                "row_id": row_id if isinstance(row_id, str) and ROW_ID.fullmatch(row_id) else "",
            }
        )
    frame = pd.DataFrame(rows, columns=["label", "value", "x", "row_id"])
    placed = frame["x"].notna()
    if chosen.kind == "line" and 2 * placed.sum() > len(frame):
        return frame[placed]
    return frame if chosen.kind == "points" else frame.drop(columns="x")


def drawing(result: Result, chosen: Plan, t: Translator, width: float) -> str:
    """The chart as SVG, as wide as its place."""
    spec = QuickSpec(
        chosen.kind, _words(result.columns[chosen.x].name), _words(result.columns[chosen.y].name),
        width=width, dated=not is_number(result.columns[chosen.x].type),
    )  # fmt: skip
    return quick(frame_of(result, chosen), spec, palette("css"), t)


def card(build_id: str, result: Result, choice: Choice, chosen: Plan, t: Translator) -> Card:
    """The quick chart as a card: its table is the result, its method the query."""
    columns, rows = sql_desk.result_rows(result, sql_desk.shown_rows(result))
    keys = [column.key for column in columns]
    # A saved query has its question for a title; what is drawn stands above the axis.
    asked = next((one for one in EXAMPLES if one.sql.strip() == choice.sql.strip()), None)
    title = t(asked.title) if asked else said(result, chosen, t)
    return Card(
        id="sql-chart",
        title=title,
        subtitle=sql_desk.headline(result, t),
        body=both_widths(lambda width: drawing(result, chosen, t, width), 900),
        alt=said(result, chosen, t),
        table=CardTable(pd.DataFrame(rows, columns=[*keys, "row_id"], dtype=object), columns),
        vintage=t("Build {id}", id=build_id),
        caveat=t("Drawn from a reader's query; nothing checks that its rows may be compared."),
        method=h("pre", choice.sql),
        actions=("receipt", "table", "method", "link"),
    )


def _words(column: str) -> str:
    """A column's name as words: `points_gained` is points gained, `economy_id` an economy."""
    return column.removesuffix("_id").replace("_", " ").strip() or column


def said(result: Result, chosen: Plan, t: Translator) -> str:
    """One line over the chart: what is drawn, and of how many rows."""
    name = t(
        "{measure} by {name}",
        measure=_words(result.columns[chosen.y].name), name=_words(result.columns[chosen.x].name),
    )  # fmt: skip
    if chosen.kind == "bars" and len(result.rows) > MOST_BARS:
        return t("{name}, the first {n} rows", name=name, n=t.number(MOST_BARS))
    return name


def kinds(t: Translator) -> Mapping[str, str]:
    """Words of the kinds, as a reader chooses them."""
    return {
        "auto": t("Automatic"),
        "bars": t("Bars"),
        "line": t("Line"),
        "points": t("Points"),
        "none": t("No chart"),
    }
