"""A reader's selection of one table for the explorer, as SQL.

The SQL is put together from the closed lists of `explorer_fields` around one named query a table;
everything that comes from outside is a bound parameter.
"""

# ruff: noqa: S608 - every name in the SQL comes from the closed lists of explorer_fields, see `column_of`

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from observatory.db.connect import statement
from observatory.db.explorer_fields import FIRST, SOURCE, TABLES, Kind, Table
from observatory.db.queries import NOW
from observatory.model.pillars import LEAD, MAP_MEASURE

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
OPENERS: Final = tuple(dict.fromkeys((MAP_MEASURE, *LEAD.values())))
"""The measures of `FIRST`: those the first screen shows, the most widely held before the others."""
MISSING: Final = "_"
"""Stands for a missing value among the words of a limit."""
OF_CELLS: Final = frozenset({"chosen", "n_sources", "n_origins"})
"""Columns of observations that are read from their cells: most of the work, where all rows are counted."""
COUNTED: Final[Mapping[str, frozenset[str]]] = {
    "explorer_value_counts": frozenset({
        "indicator_id", "measure", "domain", "pillar", "value_kind", "entity_id", "entity", "entity_kind", "economy_id",
        "unit", "status", "status_reason", "is_forecast", "source_id", *SOURCE,
    }),
    "explorer_entity_periods": frozenset({"entity_id", "entity_kind", "economy_id"}),
}  # fmt: skip
"""Named queries that hold observations counted beforehand, and the columns they still tell apart."""


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
_TEXTS: Final = "explorer_texts"
_OWN_TEXTS: Final = ("period", "unit", "locator", "note")
"""Columns of an observation in which words are looked for. What it shares with others, the names of
its measure, entity and source, is looked through once and not in every row (`explorer_texts`)."""


def column_of(table: Table, name: str) -> str:
    """A column's name as SQL; KeyError if the table has none of this name."""
    if name not in table.fields:
        raise KeyError(f"{table.id} has no column {name!r}")
    return f'"{name}"'


def kind_of(table: Table, name: str) -> Kind:
    return table.fields[name]


def _word(parts: _Parts, table: Table, word: str, named: Sequence[str]) -> None:
    """A word must stand in one of a row's texts, or in the translated name of its measure."""
    folded = _FOLDED.format(parts.bind(word))
    if table.id == "observations":
        tests = [f"contains({_FOLDED.format(name)}, {folded})" for name in _OWN_TEXTS]
        tests += [
            f"{kind} IN (SELECT id FROM texts WHERE kind = '{kind}' AND contains({_FOLDED.format('text')}, {folded}))"
            for kind in ("indicator_id", "entity_id", "source_id")
        ]
    else:
        tests = [f"contains({_FOLDED.format('search')}, {folded})"]
    if named and "indicator_id" in table.fields:
        tests.append(f"list_contains({parts.bind(list(named))}, indicator_id)")
    parts.wheres.append(f"({' OR '.join(tests)})")


def _limit(parts: _Parts, table: Table, one: Limit) -> None:
    column, kind = column_of(table, one.field), kind_of(table, one.field)
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


def is_counted(ask: Ask, name: str, read: Collection[str] = ()) -> bool:
    """Whether a selection of observations can be counted from a query of `COUNTED`, by columns ``read``."""
    if ask.table != "observations" or ask.words or ask.years is not None:
        return False
    asked = {*read, *(one.field for one in ask.limits)}
    asked |= {"indicator_id"} if ask.indicators is not None else set()
    return asked <= COUNTED[name]


def counted(
    ask: Ask, as_of: date | None, read: Collection[str] = ()
) -> tuple[str, dict[str, Any], str]:
    """`selected`, counted beforehand where that is possible, and how many rows it says there are."""
    if is_counted(ask, "explorer_value_counts", read):
        sql, values = selected(ask, as_of, read, "explorer_value_counts")
        return sql, values, "sum(n_rows)"
    return *selected(ask, as_of, read), "count(*)"


def selected(
    ask: Ask, as_of: date | None, read: Collection[str] = (), counted: str = ""
) -> tuple[str, dict[str, Any]]:
    """The selection as SQL without order, with its parameters. ``read``: columns the caller takes;
    ``counted``: a query of `COUNTED` instead of the rows themselves."""
    table = ask.spec
    parts = _Parts({"as_of": as_of or NOW})
    if counted:
        parts.values["lead"] = ask.lead
    elif table.id == "observations":
        limited = {one.field for one in ask.limits}
        parts.values["cells"] = ask.lead or not OF_CELLS.isdisjoint({*read, *limited})
    for place, word in enumerate(ask.words):
        _word(parts, table, word, ask.named[place] if place < len(ask.named) else ())
    for one in ask.limits:
        _limit(parts, table, one)
    if ask.economies is not None and table.placed:
        parts.wheres.append(f"list_has_any(places, {parts.bind(list(ask.economies))})")
    if table.id == "observations":
        for name, ids in (("entity_id", ask.entities), ("indicator_id", ask.indicators)):
            if ids is not None:
                # One by one: so blocks of other measures are not read.
                known = ", ".join(parts.bind(one) for one in ids) or "NULL"
                parts.wheres.append(f"{name} IN ({known})")
    if ask.years is not None and table.period:
        first, last = ask.years
        if first is not None:
            parts.wheres.append(f"year(period_end) >= {parts.bind(first)}")
        if last is not None:
            parts.wheres.append(f"year(period_end) <= {parts.bind(last)}")
    if ask.lead and table.lead and not counted:
        parts.wheres.append("chosen")
    names = {
        "source_title": "s.title",
        "read_on": "TRY_CAST(left(s.read_on, 10) AS DATE)",
        "source_url": "s.url",
    }
    # A table of sources has the same columns of its own accord.
    more = ", ".join(f"{names.get(key, 's.' + key)} AS {key}" for key in SOURCE)
    where = " AND ".join(parts.wheres) or "true"
    texts, search, keep = "", "", ""
    if table.id == "observations":
        texts = f"texts AS MATERIALIZED ({statement(_TEXTS)}),\n" if ask.words else ""
    else:
        keep = " EXCLUDE (search)"
        search = ",\n  concat_ws(' ', facts.search, s.title, s.publisher, s.origin) AS search"
    sql = (
        f"WITH {texts}facts AS ({statement(counted or _ROWS[table.id])}),\n"
        f"named AS (SELECT facts.*{keep}, {more}{search}\n"
        "  FROM facts LEFT JOIN serve.sources s USING (source_id)),\n"
        f"base AS (SELECT * FROM named WHERE {where})\n"
    )
    return sql, parts.values


def ordered(table: Table, keys: Sequence[str]) -> str:
    """An ORDER BY of columns (`-` the largest first); what is missing stands last either way."""
    found = []
    for key in keys:
        if key == FIRST:
            leads = ", ".join(f"'{one}'" for one in OPENERS)
            found.append(f"list_position([{leads}], indicator_id) NULLS LAST")
            continue
        name = key.removeprefix("-")
        column, kind = column_of(table, name), kind_of(table, name)
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
