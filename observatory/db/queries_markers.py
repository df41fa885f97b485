"""Events that may stand as markers on charts over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def markers(
    db: Database, as_of: date | None, first: date, last: date, economy_ids: Sequence[str]
) -> pd.DataFrame:
    """Usable policies, export controls, notable models, deals and listings between two days.

    Of the given economies; export controls also where they name one of them, or an organisation
    at home there, as target or party. Neither unchecked nor disputed ones.
    """
    return db.query(
        "markers", as_of=as_of or NOW, first=first, last=last, economies=list(economy_ids)
    )
