"""Pages of rows of a subject, for programs: limits, order and columns come from closed lists.

The rows of a subject are a named query (``sql/<name>.sql``). What is put around it here is made of
constants of a `Listing` and of columns that the query has; values are always bound parameters.
Columns whose name begins with an underscore are for limits only and never leave.
"""

# ruff: noqa: S608 - statements are made of constants of this package; values are bound

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from observatory.db.connect import Database, statement
from observatory.db.queries import NOW, indicators

Op = Literal["in", "any", "overlap", "since", "until", "true"]

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
_PARAMETER: Final = re.compile(r"\$([a-z_]+)")
_COMMENT: Final = re.compile(r"^--.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Limit:
    """One way to limit a listing: a parameter, how it compares, and the columns it looks at.

    `in`: the column is one of the values (several columns: any of them). `any`: a column of values
    joined by semicolons holds one of them. `overlap`: two columns, first and last day, touch the
    two given days. `since`, `until`: days, inclusive. `true`: the column is the given truth value.
    """

    name: str
    op: Op
    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in (self.name, *self.columns):
            if not _NAME.fullmatch(name):
                raise ValueError(f"no plain name: {name!r}")

    def condition(self) -> str:
        """The condition in SQL; the value is the parameter of the same name."""
        given = f"$p_{self.name}"
        if self.op == "in":
            return "(" + " OR ".join(f"list_contains({given}, {c})" for c in self.columns) + ")"
        if self.op == "any":
            split = "string_split(coalesce({c}, ''), ';')"
            return "(" + " OR ".join(
                f"list_has_any({split.format(c=c)}, {given})" for c in self.columns
            ) + ")"  # fmt: skip
        first = self.columns[0]
        if self.op == "overlap":
            return f"({first} <= {given}[2] AND {self.columns[1]} >= {given}[1])"
        return f"{first} {({'since': '>=', 'until': '<=', 'true': '='})[self.op]} {given}"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of one named query: the ways to limit them and the columns of their order."""

    query: str
    limits: tuple[Limit, ...]
    order: tuple[str, ...]

    def limit(self, name: str) -> Limit:
        """A limit by name; KeyError if there is none."""
        return {one.name: one for one in self.limits}[name]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a listing with its DuckDB type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as a pyarrow table, how many rows match, and how many of them are held back by reuse."""

    rows: Any
    total: int
    held_back: Mapping[str, int]


def _run(db: Database, text: str, values: Mapping[str, Any]) -> Any:
    """A pyarrow table. Values that the statement does not name are left out."""
    names = set(_PARAMETER.findall(text))
    return db.table(text, {name: value for name, value in values.items() if name in names})


def _rows_of(name: str) -> str:
    return _COMMENT.sub("", statement(name)).strip()


@lru_cache(maxsize=256)
def fields(db: Database, listing: Listing) -> tuple[Field, ...]:
    """Columns that may leave, in order."""
    found = _run(
        db, f"DESCRIBE {_rows_of(listing.query)}", {"as_of": NOW, "single": False}
    ).to_pydict()
    pairs = zip(found["column_name"], found["column_type"], strict=True)
    return tuple(Field(name, kind) for name, kind in pairs if not name.startswith("_"))


@lru_cache(maxsize=8)
def comments(db: Database) -> Mapping[str, str]:
    """What columns of schema serve mean: by `view.column`, and by `column` where views agree."""
    found = db.query("serve_columns")
    known: dict[str, str] = {}
    for view, column, comment in zip(
        found["view_name"], found["column_name"], found["comment"], strict=True
    ):
        known[f"{view}.{column}"] = comment
        known.setdefault(column, comment)
    return known


@lru_cache(maxsize=8)
def indicator_ids(db: Database) -> frozenset[str]:
    """Every indicator that the build knows, also those without values."""
    return frozenset(indicators(db)["indicator_id"])


def is_reference(column: str) -> bool:
    """Whether a column says which thing or source a row is about, and nothing of the fact."""
    return column == "reuse" or column.endswith("_id") or column.startswith("source_")


def page(
    db: Database,
    listing: Listing,
    given: Mapping[str, Any],
    *,
    as_of: date | None,
    is_bulk: Callable[[int], bool],
    columns: Sequence[str] | None,
    limit: int,
    offset: int,
    held: bool = False,
) -> Page:
    """Rows that match, in the listing's order.

    `given`: values by limit name. `is_bulk` says of a number of rows whether they are a copy in
    bulk: then rows that are not open are held back and counted. `held` gives those rows instead, by
    their ids and sources alone. KeyError for a limit or column that the listing does not have.
    """
    every = fields(db, listing)
    known = [field.name for field in every if not held or is_reference(field.name)]
    wanted = known if columns is None else list(columns)
    if strange := [name for name in wanted if name not in known]:
        raise KeyError(", ".join(strange))
    values = {f"p_{name}": value for name, value in given.items()}
    values |= {"as_of": as_of or NOW, "single": False, "limit": limit, "offset": offset}
    conditions = [listing.limit(name).condition() for name in given]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    matched = f"WITH matched AS (SELECT * FROM ({_rows_of(listing.query)}) {where})"
    counts = _run(
        db, f"{matched} SELECT reuse, count(*) AS n FROM matched GROUP BY reuse ORDER BY reuse", values
    ).to_pydict()  # fmt: skip
    by_reuse = dict(zip(counts["reuse"], counts["n"], strict=True))
    single = not held and not is_bulk(sum(by_reuse.values()))
    values["single"] = single
    quoted = ", ".join(f'"{name}"' for name in wanted)
    order = ", ".join(f'"{name}"' for name in listing.order)
    shown = "reuse <> 'open'" if held else "$single OR reuse = 'open'"
    rows = _run(
        db,
        f"{matched} SELECT {quoted} FROM matched WHERE {shown} "
        f"ORDER BY {order} LIMIT $limit OFFSET $offset",
        values,
    )
    back = {} if single else {str(k): int(n) for k, n in by_reuse.items() if k != "open"}
    total = sum(n for k, n in by_reuse.items() if single or (k != "open") == held)
    return Page(rows, total, back)
