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
from observatory.charts.svg.quick import MOST_BARS, MOST_WORDS, Kind, QuickSpec, quick
from observatory.db.sandbox import Result
from observatory.export.csv import plain
from observatory.i18n import Translator
from observatory.model.ids import ROW_ID
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.time import PeriodError, parse_period
from observatory.views.briefing.page import both_widths
from observatory.views.sql import desk as sql_desk
from observatory.views.sql.choice import NO_SERIES, Choice
from observatory.views.sql.desk import is_day, is_number
from observatory.views.sql.examples import EXAMPLES

_ECONOMIES: Final = frozenset(SCOPE + COMPARATORS)
_TIMES: Final = frozenset(
    {"year", "period", "date", "day", "month", "quarter", "released", "known_on"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns (counted from 0) and kind of the drawing; `series` None: all rows are one series."""

    kind: Kind
    x: int
    y: int
    series: int | None = None


def numeric(result: Result) -> list[int]:
    """Columns that hold numbers."""
    return [i for i, column in enumerate(result.columns) if is_number(column.type)]


def labelled(result: Result) -> list[int]:
    """Columns that can name or place rows."""
    return [i for i, column in enumerate(result.columns) if column.name not in {"row_id", "place"}]


def _is_time(result: Result, index: int) -> bool:
    column = result.columns[index]
    return is_day(column.type) or column.name.lower() in _TIMES


def _words_of(result: Result, index: int) -> list[str]:
    """The words of a column that may name series: a text with few different ones; else none."""
    column = result.columns[index]
    if is_number(column.type) or is_day(column.type) or column.type == "BOOLEAN":
        return []
    found = list(dict.fromkeys(plain(row[index]) for row in result.rows))
    most = len(_ECONOMIES) if _ECONOMIES.issuperset(found) else MOST_WORDS
    return found if 2 <= len(found) <= most else []


def splitting(result: Result) -> list[int]:
    """Columns whose few words can name series, economies first."""
    found = {
        i: words for i in labelled(result)
        if not _is_time(result, i) and (words := _words_of(result, i))
    }  # fmt: skip
    return sorted(found, key=lambda i: (not _ECONOMIES.issuperset(found[i]), i))


def _series(result: Result, choice: Choice, x: int) -> int | None:
    """The column that names series: the reader's, else one by which what stands at one place differs."""
    fit = [i for i in splitting(result) if i != x]
    if choice.series - 1 in fit:
        return choice.series - 1
    places = len({plain(row[x]) for row in result.rows})
    if choice.series == NO_SERIES or places == len(result.rows):
        return None
    # Best a column of which every place has one row of each word, else one that splits places at all.
    split = {i: len({(plain(row[x]), plain(row[i])) for row in result.rows}) for i in fit}
    whole = [i for i, n in split.items() if n == len(result.rows)]
    return next(iter((*whole, *(i for i, n in split.items() if n > places))), None)


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
    series = _series(result, choice, x)
    if choice.chart != "auto":
        return Plan(choice.chart, x, y, series)
    if _is_time(result, x):
        # Several rows of one day are no course of one thing.
        places = {(row[x], None if series is None else row[series]) for row in result.rows}
        return Plan("line" if len(places) == len(result.rows) else "points", x, y, series)
    return Plan("points" if x in numbers else "bars", x, y, series)


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


def frame_of(result: Result, chosen: Plan, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The frame of `quick`. Rows without a place of their own are no part of a line over time; where
    none has one, the order of the rows is their place. `names`: those of economies."""
    heads = [column.name for column in result.columns]
    own = heads.index("row_id") if heads.count("row_id") == 1 else None
    rows: list[dict[str, Any]] = []
    for row in result.rows:
        value = row[chosen.y]
        number = (
            float(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else None
        )
        row_id = row[own] if own is not None else ""
        word = "" if chosen.series is None else plain(row[chosen.series])
        rows.append(
            {
                "label": plain(row[chosen.x]),
                "value": number,
                "x": _place(row[chosen.x]),
                "row_id": row_id if isinstance(row_id, str) and ROW_ID.fullmatch(row_id) else "",
                "series": word or "–",
                "series_label": (names or {}).get(word, word) or "–",
            }
        )
    columns = ["label", "value", "x", "row_id"]
    if chosen.series is not None:
        columns += ["series", "series_label"]
    frame = pd.DataFrame(rows, columns=columns)
    placed = frame["x"].notna()
    if chosen.kind == "line" and 2 * placed.sum() > len(frame):
        return frame[placed]
    return frame if chosen.kind == "points" else frame.drop(columns="x")


def drawing(
    result: Result,
    chosen: Plan,
    t: Translator,
    width: float,
    names: Mapping[str, str] | None = None,
) -> str:
    """The chart as SVG, as wide as its place."""
    spec = QuickSpec(
        chosen.kind, _words(result.columns[chosen.x].name), _words(result.columns[chosen.y].name),
        width=width, dated=not is_number(result.columns[chosen.x].type),
    )  # fmt: skip
    return quick(frame_of(result, chosen, names), spec, palette("css"), t)


def card(
    build_id: str, result: Result, choice: Choice, chosen: Plan, t: Translator,
    names: Mapping[str, str] | None = None,
) -> Card:  # fmt: skip
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
        body=both_widths(lambda width: drawing(result, chosen, t, width, names), 900),
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
    by = [chosen.x] if chosen.series is None else [chosen.x, chosen.series]
    name = t(
        "{measure} by {name}",
        measure=_words(result.columns[chosen.y].name), name=t.list(_words(result.columns[i].name) for i in by),
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
