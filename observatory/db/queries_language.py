"""Benchmarks in a language: what models score on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def language_results(db: Database, scopes: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Results of models on benchmarks whose language scope is one of ``scopes`` (lower case)."""
    return db.query("language_results", scopes=list(scopes), as_of=as_of or NOW)
