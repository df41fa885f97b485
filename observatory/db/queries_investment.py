"""Queries of the investment pages. ``as_of`` None means: all that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def deal_parties(db: Database) -> pd.DataFrame:
    """Every party of every deal with the economy it is placed in, where the rows place it."""
    return db.query("investment_parties")


def deal_links(db: Database) -> pd.DataFrame:
    """Deals that are, or may be, part of another: deal_id, relation, related_deal_id, basis."""
    return db.query("investment_links")


def counts(db: Database, indicators: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """All values of money indicators with the publisher and edition of each source."""
    return db.query("investment_counts", indicators=list(indicators), as_of=as_of or NOW)
