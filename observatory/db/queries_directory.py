"""Named queries of search and directory. ``as_of`` None means: all that is known."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def search_things(db: Database, as_of: date | None) -> pd.DataFrame:
    """Everything that can be found by name, one row a thing."""
    return db.query("search_things", as_of=as_of or NOW)


def search_names(db: Database) -> pd.DataFrame:
    """Further names: kind and id of the thing, language, name, kind of name."""
    return db.query("search_names")


def directory(db: Database, as_of: date | None, today: date) -> pd.DataFrame:
    """Every organisation: counts of what is on file, listing, newest event and newest worth."""
    return db.query("directory", as_of=as_of or NOW, today=today)
