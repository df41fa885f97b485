"""Named queries of the claims ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def claim_history(db: Database, as_of: date | None) -> pd.DataFrame:
    """Checks of all claims: claim_id, verdict, evidence, checked_on, source_id; the newest first."""
    return db.query("claim_history", as_of=as_of or NOW)


def claim_entities(db: Database, entity_ids: Sequence[str]) -> pd.DataFrame:
    """English names of economies and organisations: entity_id, name."""
    return db.query("claim_entities", ids=list(entity_ids))


def claim_things(db: Database, as_of: date | None) -> pd.DataFrame:
    """Policies, listings, deals, models, boards and measures that claims point at.

    Columns: kind, id, row_id (empty where no receipt opens it), name, org_id, economy_id.
    """
    return db.query("claim_things", as_of=as_of or NOW)
