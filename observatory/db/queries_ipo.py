"""Named queries of the listing pipeline and the calendar. ``as_of`` None means: all that is known."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def ipo_attempts(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every row on listing stages with company, layer and source; leads of their stage marked."""
    return db.query("ipo_attempts", as_of=as_of or NOW)


def ipo_first_days(db: Database, as_of: date | None) -> pd.DataFrame:
    """First-day changes (percent) and closing prices by company and day; null where in dispute."""
    return db.query("ipo_first_days", as_of=as_of or NOW)


def calendar_events(db: Database, first: date, as_of: date | None) -> pd.DataFrame:
    """Events that start after ``first``, and those whose date lay ahead of their source."""
    return db.query("calendar_events", first=first, as_of=as_of or NOW)


def calendar_clusters(db: Database, as_of: date | None) -> pd.DataFrame:
    """AI clusters planned or being built for which a date is named."""
    return db.query("calendar_clusters", as_of=as_of or NOW)
