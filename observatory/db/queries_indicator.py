"""Everything on file about one indicator. ``as_of`` None means: all that is known."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def series(db: Database, as_of: date | None, indicator: str) -> pd.DataFrame:
    """Chosen values of every entity; value is null in dispute. Adds to the columns of
    ``headline_series``: cell_id, origin, edition, publisher, entity_kind (economy, aggregate,
    province, organization), economy_id (home), name, native_name, native_language, short_name."""
    return db.query("indicator_series", as_of=as_of or NOW, indicator=indicator)


def conflicts(db: Database, as_of: date | None, indicator: str) -> pd.DataFrame:
    """All values of the cells on which sources differ, widest first, lowest value first."""
    return db.query("indicator_conflicts", as_of=as_of or NOW, indicator=indicator)


def sources(db: Database, as_of: date | None, indicator: str) -> pd.DataFrame:
    """Sources with ``n`` (values that rest on each), first and last period, newest row."""
    return db.query("indicator_sources", as_of=as_of or NOW, indicator=indicator)


def coverage(db: Database, as_of: date | None) -> pd.DataFrame:
    """One row an indicator with values: n_scope, n_economies, n_orgs, n_provinces, first and last
    period with their ends, n_cells, n_disputed, n_sources."""
    return db.query("indicator_coverage", as_of=as_of or NOW)


def breaks(db: Database) -> pd.DataFrame:
    """Curated breaks: row_id, indicator_id, starts (null: every period), entity_id (null: all),
    reason. Builds that are kept from before breaks were curated have none."""
    try:
        return db.query("indicator_breaks")
    except duckdb.CatalogException:
        return pd.DataFrame(columns=["row_id", "indicator_id", "starts", "entity_id", "reason"])
