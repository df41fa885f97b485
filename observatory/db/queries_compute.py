"""Named queries of compute: values as observed, systems by list, clusters, public programmes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def observed(db: Database, ids: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Every standing value of some measures, unchecked and disputed ones too, with whose it is.

    Unlike headline values these hold what rests on weak sources only: it is shown, never ranked.
    """
    return db.query("observed_values", ids=list(ids), as_of=as_of or NOW)


def listed_systems(db: Database, as_of: date | None) -> pd.DataFrame:
    """Systems of every TOP500 list on file, with the site's organisation."""
    return db.query("listed_systems", as_of=as_of or NOW)


def ai_clusters(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every AI cluster with its owner's names and the origin of its source."""
    return db.query("ai_clusters", as_of=as_of or NOW)


def compute_programmes(db: Database, as_of: date | None) -> pd.DataFrame:
    """Acts of states on computing power: programmes, plans, rules; leads only, newest first."""
    return db.query("compute_programmes", as_of=as_of or NOW)
