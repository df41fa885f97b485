"""Rows of any table for the explorer: columns, limits, order and pages of a reader's choice.

The SQL of a selection is that of `explorer_selection`. Every function takes ``as_of``.
"""

# ruff: noqa: S608 - every name in the SQL comes from the closed lists of explorer_fields

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

import pandas as pd

from observatory.db.connect import Database
from observatory.db.explorer_fields import FIRST
from observatory.db.explorer_selection import (
    MISSING,
    OF_CELLS,
    Ask,
    Limit,
    column_of,
    counted,
    is_counted,
    kind_of,
    ordered,
    selected,
)
from observatory.db.queries import NOW

__all__ = ["MISSING", "Ask", "Limit"]

MOST_OPTIONS: Final = 400
MOST_MEASURES: Final = 60
"""Measures up to which a page is read from theirs alone."""
Form = Literal["periods", "measures"]


def counts(db: Database, as_of: date | None) -> dict[str, int]:
    """Rows of each table as known on a day."""
    frame = db.query("explorer_counts", as_of=as_of or NOW)
    found = {str(key): int(n) for key, n in zip(frame["table_id"], frame["n"], strict=True)}
    return {**found, "sources": count(db, Ask("sources"), as_of)}


def entities(db: Database, as_of: date | None) -> pd.DataFrame:
    """Economies, provinces and organisations that have values: entity_id, name, entity_kind."""
    return db.query("explorer_entities", as_of=as_of or NOW)


def count(db: Database, ask: Ask, as_of: date | None) -> int:
    """How many rows a selection has."""
    sql, values, n = counted(ask, as_of)
    return int(db.select(f"{sql} SELECT coalesce({n}, 0)::BIGINT AS n FROM base", values)["n"][0])


def summary(db: Database, ask: Ask, as_of: date | None) -> dict[str, int]:
    """Rows, sources and rows by reuse (open, quotable, closed); of observations measures, entities, units,
    periods and series too."""
    sql, values, n = counted(ask, as_of)
    more, observed = "", ask.table == "observations"
    if observed:
        more = (
            ", count(DISTINCT indicator_id) AS measures, count(DISTINCT entity_id) AS entities,"
            " count(DISTINCT unit) AS units"
        )
    elif "currency" in ask.spec.fields:
        more = ", count(DISTINCT currency) AS units"
    frame = db.select(
        f"{sql} SELECT coalesce({n}, 0) AS n, count(DISTINCT source_id) AS sources,"
        f" coalesce({n} FILTER (reuse = 'open'), 0) AS open,"
        f" coalesce({n} FILTER (reuse = 'quotable'), 0) AS quotable,"
        f" coalesce({n} FILTER (reuse = 'closed'), 0) AS closed{more} FROM base",
        values,
    )
    found = {str(key): int(value) for key, value in frame.iloc[0].items()}
    return found | {"periods": _periods(db, ask, as_of)} if observed else found


def _periods(db: Database, ask: Ask, as_of: date | None) -> int:
    """How many periods the observations of a selection have."""
    name = "explorer_entity_periods"
    sql, values = selected(ask, as_of, counted=name if is_counted(ask, name) else "")
    return int(db.select(f"{sql} SELECT count(DISTINCT period) AS n FROM base", values)["n"][0])


def rows(
    db: Database,
    ask: Ask,
    as_of: date | None,
    *,
    fields: Sequence[str] | None = None,
    order: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Rows of a selection: the named columns (None: all) in the order asked for, else the table's."""
    table = ask.spec
    names = list(table.fields) if fields is None else list(dict.fromkeys(fields))
    columns = ", ".join(column_of(table, name) for name in names)
    keys = order or table.order
    if limit is not None:
        ask, offset = _measures_of_page(db, ask, as_of, keys, limit, offset)
    sql, values = selected(ask, as_of, [*names, *(key.removeprefix("-") for key in keys)])
    order_by = ordered(table, keys)
    page = ""
    if limit is not None:
        values |= {"most": int(limit), "skip": int(offset)}
        page = " LIMIT $most OFFSET $skip"
    return db.select(f"{sql} SELECT {columns} FROM base ORDER BY {order_by}{page}", values)


def _measures_of_page(
    db: Database, ask: Ask, as_of: date | None, keys: Sequence[str], limit: int, offset: int
) -> tuple[Ask, int]:
    """The selection cut to the measures whose rows a page shows, and where in them it begins.

    Only where rows stand measure by measure; else as it was given.
    """
    by = keys[: keys.index("indicator_id") + 1] if "indicator_id" in keys else ()
    alone = {"measure", "indicator_id", FIRST}
    if (
        not by
        or not alone.issuperset(by)
        or not is_counted(ask, "explorer_value_counts", ["measure"])
    ):
        return ask, offset
    sql, values = selected(ask, as_of, counted="explorer_value_counts")
    frame = db.select(
        f"{sql} SELECT indicator_id, sum(n_rows)::BIGINT AS n FROM base GROUP BY indicator_id, measure"
        f" ORDER BY {ordered(ask.spec, by).removesuffix(', row_id')}",
        values,
    )
    ends = frame["n"].cumsum()
    shown = frame[(ends > offset) & (ends - frame["n"] < offset + limit)]
    if len(shown) in (0, len(frame)) or len(shown) > MOST_MEASURES:
        return ask, offset
    before = int(ends[shown.index[0]] - shown["n"].iloc[0])
    return replace(ask, indicators=tuple(shown["indicator_id"])), offset - before


def options(db: Database, ask: Ask, name: str, as_of: date | None) -> dict[str, int]:
    """Values of a word, id or flag column with their counts, the commonest first; missing is MISSING.

    A limit of the same column does not count: a reader may want to widen it.
    """
    table = ask.spec
    column, kind = column_of(table, name), kind_of(table, name)
    free = tuple(one for one in ask.limits if one.field != name)
    sql, values, n = counted(replace(ask, limits=free), as_of, [name])
    shown = f"CAST({column} AS VARCHAR)"
    if kind == "flag":
        shown = f"CASE WHEN {column} THEN 'yes' WHEN NOT {column} THEN 'no' END"
    values |= {"none": MISSING, "most": MOST_OPTIONS}
    frame = db.select(
        f"{sql} SELECT coalesce({shown}, $none) AS word, ({n})::BIGINT AS n FROM base"
        " GROUP BY 1 ORDER BY n DESC, word LIMIT $most",
        values,
    )
    return {str(word): int(n) for word, n in zip(frame["word"], frame["n"], strict=True)}


def by_year(db: Database, ask: Ask, as_of: date | None) -> pd.DataFrame:
    """Rows by the year in which their period ends: columns year, n; the undated are left out."""
    sql, values = selected(ask, as_of)
    if not ask.spec.period:
        return pd.DataFrame({"year": [], "n": []})
    return db.select(
        f"{sql} SELECT year(period_end) AS year, count(*) AS n FROM base"
        " WHERE period_end IS NOT NULL GROUP BY 1 ORDER BY 1",
        values,
    )


_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "periods": ("measure", "indicator_id", "entity", "entity_id", "unit", "span"),
    "measures": ("entity", "entity_id", "period_end", "period", "span"),
}
"""What a line of the wide forms is made of, in the order of sorting."""


def wide_heads(db: Database, ask: Ask, form: Form, as_of: date | None) -> list[str]:
    """The columns of a wide form: periods in order of their end, or ids of indicators by name."""
    sql, values = selected(ask, as_of)
    if form == "periods":
        order = "max(period_end), max(period_start) DESC, period"
        text = f"{sql} SELECT period AS head FROM base GROUP BY 1 ORDER BY {order}"
    else:
        text = f"{sql} SELECT indicator_id AS head FROM base GROUP BY 1 ORDER BY min(lower(measure)), 1"
    return [str(head) for head in db.select(text, values)["head"]]


def _lined(ask: Ask, form: Form) -> str:
    """SQL after the selection: its rows with `line`, the number of their line in a wide form."""
    keys = [f"coalesce(lower(CAST({key} AS VARCHAR)), '')" for key in _LINES[form]]
    by_source = (
        ["coalesce(publisher, '')", "source_id"] if form == "periods" and not ask.lead else []
    )
    cell = ["indicator_id", "entity_id", "period", "coalesce(span, '')", *by_source[1:]]
    return (
        ", several AS (SELECT *, row_number() OVER (PARTITION BY "
        + ", ".join(cell)
        + " ORDER BY chosen DESC, known_on DESC, source_id, row_id) AS nth FROM base),"
        " lined AS (SELECT *, dense_rank() OVER (ORDER BY "
        + ", ".join([*keys, *by_source, "nth"])
        + ") AS line FROM several)"
    )


def wide_lines(db: Database, ask: Ask, form: Form, as_of: date | None) -> int:
    """How many lines a wide form has."""
    sql, values = selected(ask, as_of, OF_CELLS)
    frame = db.select(
        f"{sql}{_lined(ask, form)} SELECT coalesce(max(line), 0) AS n FROM lined", values
    )
    return int(frame["n"][0])


def wide_rows(
    db: Database,
    ask: Ask,
    form: Form,
    as_of: date | None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Rows of some lines of a wide form, with `line` (from 1): every row of the selection is in one line,
    and no two of a line share a column. Without a dispute and with `lead`, a cell is one row."""
    table = ask.spec
    columns = ", ".join(column_of(table, name) for name in table.fields)
    sql, values = selected(ask, as_of, OF_CELLS)
    page = ""
    if limit is not None:
        values |= {"most": int(offset) + int(limit), "skip": int(offset)}
        page = " WHERE line > $skip AND line <= $most"
    return db.select(
        f"{sql}{_lined(ask, form)} SELECT line, {columns} FROM lined{page}"
        " ORDER BY line, period_end, indicator_id",
        values,
    )
