"""Named queries of benchmarks: boards, their scores, their scales."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def board_index(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every benchmark with counts of scores, dates, economies and intervals known by a day."""
    return db.query("board_index", as_of=as_of or NOW)


def board_results(
    db: Database,
    as_of: date | None,
    boards: Sequence[str] | None = None,
    model: str | None = None,
) -> pd.DataFrame:
    """Scores with makers, of some boards or one model; superseded ones are left out."""
    chosen = None if boards is None else list(boards)
    return db.query("board_results", as_of=as_of or NOW, boards=chosen, model=model)


def scale_blocks(db: Database) -> pd.DataFrame:
    """Spans of boards inside which levels may be compared, and gaps with their reasons."""
    return db.query("scale_blocks")


def board_claims(db: Database, as_of: date | None, board: str) -> pd.DataFrame:
    """Claims of the founding documents that bear on a board."""
    return db.query("board_claims", as_of=as_of or NOW, board=board)
