"""Rows of any table for the explorer: columns, limits, order and pages of a reader's choice.

The SQL is put together from the closed lists of `explorer_fields` around one named query a table;
everything that comes from outside is a bound parameter. Every function takes ``as_of``.
"""

# ruff: noqa: S608 - every name in the SQL comes from the closed lists of explorer_fields, see `_column`

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from observatory.db.connect import Database, statement
from observatory.db.explorer_fields import SOURCE, TABLES, Kind, Table
from observatory.db.queries import NOW

_ROWS: Final[Mapping[str, str]] = {
    "observations": "explorer_observations",
    "deals": "explorer_deals",
    "ipo_events": "explorer_ipo_events",
    "models": "explorer_models",
    "results": "explorer_results",
    "chips": "explorer_chips",
    "clusters": "explorer_clusters",
    "supercomputers": "explorer_supercomputers",
    "policies": "explorer_policies",
    "claims": "explorer_claims",
    "organizations": "explorer_organizations",
    "sources": "explorer_sources",
}
"""The named query that gives the rows of each table."""
MISSING: Final = "_"
"""Stands for a missing value among the words of a limit."""
MOST_OPTIONS: Final = 400
Form = Literal["periods", "measures"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of one column; which parts are read follows from the column's kind.

    `words`: one of these (words, ids, flags as `yes` and `no`; MISSING is a missing value), or
    all of these in a text. `low`, `high`: numbers or days, both inside, None for no end.
    """

    field: str
    words: tuple[str, ...] = ()
    low: float | date | None = None
    high: float | date | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A selection of one table, all limits at once. None does not limit.

    `words`: each must stand somewhere in the row's texts; `named`: for each word, indicators whose
    translated name holds it. `economies`: rows of these; `entities`, `indicators`: observations
    only. `years`: first and last, of the period's end. `lead`: one row of each thing.
    """

    table: str
    words: tuple[str, ...] = ()
    named: tuple[tuple[str, ...], ...] = ()
    limits: tuple[Limit, ...] = ()
    economies: tuple[str, ...] | None = None
    entities: tuple[str, ...] | None = None
    indicators: tuple[str, ...] | None = None
    years: tuple[int | None, int | None] | None = None
    lead: bool = False

    @property
    def spec(self) -> Table:
        """The table's columns; KeyError for a table that is not on the list."""
        return TABLES[self.table]


@dataclass
class _Parts:
    """Conditions and their parameters, gathered one by one."""

    values: dict[str, Any]
    wheres: list[str] = field(default_factory=list)

    def bind(self, value: Any) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"


_FOLDED: Final = "lower(strip_accents({}))"


def _column(table: Table, name: str) -> str:
    """A column's name as SQL; KeyError if the table has none of this name."""
    if name not in table.fields:
        raise KeyError(f"{table.id} has no column {name!r}")
    return f'"{name}"'


def _kind(table: Table, name: str) -> Kind:
    return table.fields[name]


def _limit(parts: _Parts, table: Table, one: Limit) -> None:
    column, kind = _column(table, one.field), _kind(table, one.field)
    if kind == "text":
        for word in one.words:
            at = parts.bind(word)
            parts.wheres.append(f"contains({_FOLDED.format(column)}, {_FOLDED.format(at)})")
    elif kind in ("word", "id"):
        known = [word for word in one.words if word != MISSING]
        tests = [f"list_contains({parts.bind(known)}, CAST({column} AS VARCHAR))"] if known else []
        tests += [f"{column} IS NULL"] if MISSING in one.words else []
        if tests:
            parts.wheres.append("(" + " OR ".join(tests) + ")")
    elif kind == "flag":
        words = {"yes": f"{column}", "no": f"NOT {column}", MISSING: f"{column} IS NULL"}
        tests = [words[word] for word in one.words if word in words]
        if tests:
            parts.wheres.append("(" + " OR ".join(tests) + ")")
    else:
        first, last = (("period_end", "period_start") if kind == "period" else (column, column))  # fmt: skip
        if one.low is not None:
            parts.wheres.append(f"{first} >= {parts.bind(one.low)}")
        if one.high is not None:
            parts.wheres.append(f"{last} <= {parts.bind(one.high)}")


def _base(ask: Ask, as_of: date | None) -> tuple[str, dict[str, Any]]:
    """The selection as SQL without order, with its parameters."""
    table = ask.spec
    parts = _Parts({"as_of": as_of or NOW})
    for place, word in enumerate(ask.words):
        test = f"contains({_FOLDED.format('search')}, {_FOLDED.format(parts.bind(word))})"
        named = list(ask.named[place]) if place < len(ask.named) else []
        if named and "indicator_id" in table.fields:
            test = f"({test} OR list_contains({parts.bind(named)}, indicator_id))"
        parts.wheres.append(test)
    for one in ask.limits:
        _limit(parts, table, one)
    if ask.economies is not None and table.placed:
        parts.wheres.append(f"list_has_any(places, {parts.bind(list(ask.economies))})")
    if table.id == "observations":
        for name, ids in (("entity_id", ask.entities), ("indicator_id", ask.indicators)):
            if ids is not None:
                parts.wheres.append(f"list_contains({parts.bind(list(ids))}, {name})")
    if ask.years is not None and table.period:
        first, last = ask.years
        if first is not None:
            parts.wheres.append(f"year(period_end) >= {parts.bind(first)}")
        if last is not None:
            parts.wheres.append(f"year(period_end) <= {parts.bind(last)}")
    if ask.lead and table.lead:
        parts.wheres.append("chosen")
    names = {
        "source_title": "s.title",
        "read_on": "TRY_CAST(left(s.read_on, 10) AS DATE)",
        "source_url": "s.url",
    }
    # A table of sources has the same columns of its own accord.
    more = ", ".join(f"{names.get(key, 's.' + key)} AS {key}" for key in SOURCE)
    where = " AND ".join(parts.wheres) or "true"
    sql = (
        f"WITH facts AS ({statement(_ROWS[table.id])}),\n"
        f"named AS (SELECT facts.* EXCLUDE (search), {more},\n"
        "  concat_ws(' ', facts.search, s.title, s.publisher, s.origin) AS search\n"
        "  FROM facts LEFT JOIN serve.sources s USING (source_id)),\n"
        f"base AS (SELECT * FROM named WHERE {where})\n"
    )
    return sql, parts.values


def _order(table: Table, keys: Sequence[str]) -> str:
    """An ORDER BY of columns (`-` the largest first); what is missing stands last either way."""
    found = []
    for key in keys:
        name = key.removeprefix("-")
        column, kind = _column(table, name), _kind(table, name)
        way = "DESC" if key.startswith("-") else "ASC"
        if kind == "period":
            found += [f"period_end {way} NULLS LAST", f"period_start {way} NULLS LAST"]
        else:
            if kind == "text":
                column = f"lower({column})"
            elif kind in ("word", "id"):
                column = f"CAST({column} AS VARCHAR)"
            found.append(f"{column} {way} NULLS LAST")
    tie = "row_id" if table.receipts else "source_id"
    return ", ".join([*found, tie])


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
    sql, values = _base(ask, as_of)
    return int(db.select(f"{sql} SELECT count(*) AS n FROM base", values)["n"][0])


def summary(db: Database, ask: Ask, as_of: date | None) -> dict[str, int]:
    """Rows, sources and rows by reuse (open, quotable, closed); of observations measures, entities, units,
    periods and series too."""
    sql, values = _base(ask, as_of)
    more = ""
    if ask.table == "observations":
        more = (
            ", count(DISTINCT indicator_id) AS measures, count(DISTINCT entity_id) AS entities,"
            " count(DISTINCT unit) AS units, count(DISTINCT period) AS periods"
        )
    elif "currency" in ask.spec.fields:
        more = ", count(DISTINCT currency) AS units"
    frame = db.select(
        f"{sql} SELECT count(*) AS n, count(DISTINCT source_id) AS sources,"
        " count(*) FILTER (reuse = 'open') AS open, count(*) FILTER (reuse = 'quotable') AS quotable,"
        f" count(*) FILTER (reuse = 'closed') AS closed{more} FROM base",
        values,
    )
    return {str(key): int(value) for key, value in frame.iloc[0].items()}


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
    columns = ", ".join(_column(table, name) for name in names)
    sql, values = _base(ask, as_of)
    ordered = _order(table, order or table.order)
    page = ""
    if limit is not None:
        values |= {"most": int(limit), "skip": int(offset)}
        page = " LIMIT $most OFFSET $skip"
    return db.select(f"{sql} SELECT {columns} FROM base ORDER BY {ordered}{page}", values)


def options(db: Database, ask: Ask, name: str, as_of: date | None) -> dict[str, int]:
    """Values of a word, id or flag column with their counts, the commonest first; missing is MISSING.

    A limit of the same column does not count: a reader may want to widen it.
    """
    table = ask.spec
    column, kind = _column(table, name), _kind(table, name)
    free = tuple(one for one in ask.limits if one.field != name)
    sql, values = _base(replace(ask, limits=free), as_of)
    shown = f"CAST({column} AS VARCHAR)"
    if kind == "flag":
        shown = f"CASE WHEN {column} THEN 'yes' WHEN NOT {column} THEN 'no' END"
    values |= {"none": MISSING, "most": MOST_OPTIONS}
    frame = db.select(
        f"{sql} SELECT coalesce({shown}, $none) AS word, count(*) AS n FROM base"
        " GROUP BY 1 ORDER BY n DESC, word LIMIT $most",
        values,
    )
    return {str(word): int(n) for word, n in zip(frame["word"], frame["n"], strict=True)}


def by_year(db: Database, ask: Ask, as_of: date | None) -> pd.DataFrame:
    """Rows by the year in which their period ends: columns year, n; the undated are left out."""
    sql, values = _base(ask, as_of)
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
    sql, values = _base(ask, as_of)
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
    sql, values = _base(ask, as_of)
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
    columns = ", ".join(_column(table, name) for name in table.fields)
    sql, values = _base(ask, as_of)
    page = ""
    if limit is not None:
        values |= {"most": int(offset) + int(limit), "skip": int(offset)}
        page = " WHERE line > $skip AND line <= $most"
    return db.select(
        f"{sql}{_lined(ask, form)} SELECT line, {columns} FROM lined{page}"
        " ORDER BY line, period_end, indicator_id",
        values,
    )
