"""What the pages on evidence ask: sources, coverage, quality, differences, changes, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW

EVER: Final = date(1, 1, 1)


def sources(db: Database, as_of: date | None) -> pd.DataFrame:
    """Sources on which something rests, with the number of rows of each table; most first."""
    return db.query("evidence_sources", as_of=as_of or NOW)


def facts(
    db: Database,
    as_of: date | None,
    source: str | None = None,
    since: date | None = None,
    *,
    values: bool = True,
) -> pd.DataFrame:
    """Rows of all tables in one shape, of one source or all, known from `since` on.

    Without `values` observations are left out: they are as many as the data is large.
    """
    return db.query(
        "evidence_facts", as_of=as_of or NOW, source=source, since=since or EVER, values=values
    )


def cover(db: Database, as_of: date | None, year: int | None = None) -> pd.DataFrame:
    """One row an indicator and economy: number of periods, the newest one, its row and status."""
    return db.query("evidence_cover", as_of=as_of or NOW, year=year)


def quality(db: Database, as_of: date | None) -> pd.DataFrame:
    """One row an indicator: values by status, sources, newest period and when it was published."""
    return db.query("evidence_quality", as_of=as_of or NOW)


def checks(db: Database) -> pd.DataFrame:
    """Findings of the checks of the build."""
    return db.query("evidence_checks")


def empty(db: Database, as_of: date | None) -> pd.DataFrame:
    """Columns that stay empty: table_name, what, total, empty."""
    return db.query("evidence_empty", as_of=as_of or NOW)


def shared_cells(db: Database, as_of: date | None) -> pd.DataFrame:
    """Cells of two rows and more that are not superseded, observations aside: one line a row."""
    return db.query("evidence_cells", as_of=as_of or NOW)


def conflict_heads(db: Database, as_of: date | None) -> pd.DataFrame:
    """Cells of observations on which several rows differ: cell_id, indicator_id, entity_id, spread,
    outcome, last_known."""
    return db.query("conflict_heads", as_of=as_of or NOW)


def conflict_values(db: Database, as_of: date | None, cells: Sequence[str]) -> pd.DataFrame:
    """Rows of some cells of observations in the shape of `facts`, with what was done where they differ."""
    return db.query("conflict_values", as_of=as_of or NOW, cells=list(cells))


def cell_days(db: Database, as_of: date | None) -> tuple[int, int]:
    """Cells of observations on file, and those that several rows tell of."""
    found = db.query("cell_days", as_of=as_of or NOW)
    return int(found["n_cells"][0]), int(found["n_several"][0])


def told_of(db: Database, as_of: date | None, entity: str) -> bool:
    """Whether any observation of an entity is in a cell that several rows tell of."""
    return bool(db.query("conflict_entity", as_of=as_of or NOW, entity=entity)["told"][0])


def cells_of(db: Database, rows: Sequence[str]) -> list[str]:
    """The cells of some rows."""
    return [str(key) for key in db.query("cells_of_rows", ids=list(rows))["cell_id"]]


def corrections(db: Database, as_of: date | None) -> pd.DataFrame:
    """Corrections made, the newest first; empty for builds from before there was a list."""
    if "corrections" not in db.build.tables:
        return pd.DataFrame(
            columns=[
                "correction_id",
                "corrected_on",
                "table_name",
                "thing_ids",
                "what",
                "was",
                "now",
                "why",
            ]
        )
    return db.query("corrections", as_of=as_of or NOW)


def boards(db: Database) -> pd.DataFrame:
    """Names of boards by id."""
    return db.query("evidence_boards")
