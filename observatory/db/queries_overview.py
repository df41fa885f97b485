"""Queries of the overview of economies."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def measure_counts(db: Database, as_of: date | None) -> pd.DataFrame:
    """Measures of economies with ``economies`` and ``periods``: how many hold a usable value."""
    return db.query("measure_counts", as_of=as_of or NOW)
