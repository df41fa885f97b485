"""Named queries of the library: whole tables, and every value of a measure."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def build_facts(db: Database) -> pd.DataFrame:
    """One row: what the build says of itself."""
    return db.query("build_facts")


def all_observations(db: Database, indicator: str, as_of: date | None) -> pd.DataFrame:
    """Every value of every source of a measure, by entity, period and source."""
    return db.query("all_observations", indicator=indicator, as_of=as_of or NOW)


def whole_table(db: Database, view: str) -> pd.DataFrame:
    """Every row of a view of schema `serve`, states of knowledge that ended too.

    Raises KeyError for a name that is no view of the build.
    """
    if view not in set(db.query("serve_columns")["view_name"]):
        raise KeyError(f"no table {view!r} in schema serve")
    return db.select(f"SELECT * FROM serve.{view}", {})  # noqa: S608 - a view of the build
