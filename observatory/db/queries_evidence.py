"""What the pages on evidence ask: sources, coverage, quality, differences, changes, corrections."""

from __future__ import annotations

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
    db: Database, as_of: date | None, source: str | None = None, since: date | None = None
) -> pd.DataFrame:
    """Rows of all tables in one shape, of one source or all, known from `since` on."""
    return db.query("evidence_facts", as_of=as_of or NOW, source=source, since=since or EVER)


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
    """Cells of two rows and more that are not superseded, one line a row, widest spread first."""
    return db.query("evidence_cells", as_of=as_of or NOW)


def corrections(db: Database, as_of: date | None) -> pd.DataFrame:
    """Corrections made, the newest first; empty for builds from before there was a list."""
    if "corrections" not in db.build.tables:
        return pd.DataFrame(
            columns=["correction_id", "corrected_on", "table_name", "thing_ids", "what", "was", "now", "why"]
        )
    return db.query("corrections", as_of=as_of or NOW)


def boards(db: Database) -> pd.DataFrame:
    """Names of boards by id."""
    return db.query("evidence_boards")
