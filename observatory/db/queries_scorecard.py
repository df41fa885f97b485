"""What the scorecard asks the database: its plan, and every usable value of the scored measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW

TABLES = (
    "scorecard_indicators",
    "scorecard_pillars",
    "scorecard_presets",
    "scorecard_weights",
)


def has_scorecard(db: Database) -> bool:
    """Whether the build knows the scorecard: builds made before it was added do not."""
    return all(name in db.build.tables for name in TABLES)


def scored_indicators(db: Database) -> pd.DataFrame:
    """Scored measures with goalposts, pillar and composite, in the order of the file."""
    return db.query("scorecard_indicators")


def pillars(db: Database) -> pd.DataFrame:
    """Pillars in the order of the file: pillar, meaning."""
    return db.query("scorecard_pillars")


def presets(db: Database) -> pd.DataFrame:
    """Presets in the order of the file: preset_id, name, why."""
    return db.query("scorecard_presets")


def weights(db: Database) -> pd.DataFrame:
    """Weights of all presets: preset_id, kind, target, weight."""
    return db.query("scorecard_weights")


def usable_values(db: Database, indicator_ids: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Every value of the measures that may count, as known on a day; several rows a cell where
    several sources print it. Columns: indicator_id, entity_id, period, span, value, row_id."""
    return db.query("scorecard_values", indicators=list(indicator_ids), as_of=as_of or NOW)
