"""Named queries of the coalition builder and of flows between economies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def shared_instruments(db: Database, members: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Agreements, bodies and programmes that at least two of ``members`` have joined.

    One row an instrument: policy_id, row_id, title, kind, policy_status, date, source_id, status,
    known_on, parties (the members in it, by comma, sorted), n_parties (all named parties).
    """
    return db.query("coalition_instruments", members=list(members), as_of=as_of or NOW)


def data_rules(db: Database, members: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Laws, regulations and guidelines on personal data and data security of ``members``."""
    return db.query("coalition_data_rules", members=list(members), as_of=as_of or NOW)


def layer_counts(db: Database, as_of: date | None) -> pd.DataFrame:
    """Organisations on file by economy and layer of the stack: economy_id, layer, n."""
    return db.query("coalition_layers", as_of=as_of or NOW)


def collaboration(db: Database, as_of: date | None) -> pd.DataFrame:
    """Newest quarter of collaboration between developers: entity_id, counterpart_id, value, period.

    Columns of headline values too (row_id, status, source_id, known_on).
    """
    return db.query("collaboration_pairs", as_of=as_of or NOW)
