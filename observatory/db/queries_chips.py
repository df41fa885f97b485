"""Named queries of chips: what every source says of each, and the rules on their trade."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def chip_rows(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every row on a chip with the names of its maker and the origin of its source."""
    return db.query("chip_rows", as_of=as_of or NOW)


def chip_controls(db: Database, as_of: date | None) -> pd.DataFrame:
    """Policies on chips and their trade; parties as lists, `suspended_by` and its end where known."""
    return db.query("chip_controls", as_of=as_of or NOW)


def supplier_shares(db: Database, ids: list[str], as_of: date | None) -> pd.DataFrame:
    """Headline values of measures of companies, with the companies' names and economies."""
    return db.query("supplier_shares", ids=ids, as_of=as_of or NOW)
