"""Named queries of models: the directory and what is on file of one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def model_directory(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every model with maker, other names and counts of scores; newest first, undated last."""
    return db.query("model_directory", as_of=as_of or NOW)


def model_other_names(db: Database, model: str | None = None) -> pd.DataFrame:
    """Other names: model_id, language, name, kind."""
    return db.query("model_other_names", model=model)


def model_further_sources(db: Database, model: str, as_of: date | None) -> pd.DataFrame:
    """What further sources say of a model, with their titles."""
    return db.query("model_further_sources", model=model, as_of=as_of or NOW)
