"""Who leads a test: one line a model, of one date where dates may not be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from observatory.analysis.cross_section import BAD

MIN_MODELS: Final = 5
"""Fewer models than this: no leader."""


@dataclass(frozen=True, slots=True)
class Board:
    """A test's table. ``frame``: one row a model, best first, with a column ``place``; ``period``: its
    newest date; ``leader``: row of the first, None if shared."""

    benchmark: str
    frame: pd.DataFrame
    period: str

    @property
    def n(self) -> int:
        return len(self.frame)

    @property
    def leader(self) -> pd.Series | None:
        first = self.frame[self.frame["place"] == 1]
        return first.iloc[0] if len(first) == 1 else None

    def best_of(self, economy: str) -> pd.Series | None:
        """The best model of an economy's makers."""
        own = self.frame[self.frame["economy_id"] == economy]
        return own.iloc[0] if len(own) else None


def board(rows: pd.DataFrame) -> Board | None:
    """A board from the results of one benchmark; None with fewer than five models.

    A fixed test (``comparable_over_time``) takes each model's newest result; other boards only
    those of their newest date. Disputed, unchecked and superseded results never enter. Columns read:
    benchmark_id, model_name, economy_id, score, period, period_end, status, higher_is_better,
    comparable_over_time.
    """
    rows = rows[~rows["status"].isin(BAD) & rows["score"].notna()]
    if rows.empty:
        return None
    rows = rows.sort_values(["period_end", "row_id"], kind="stable")
    newest = rows.iloc[-1]
    if not bool(newest["comparable_over_time"]):
        rows = rows[rows["period"] == newest["period"]]
    rows = rows.drop_duplicates("model_name", keep="last")
    if len(rows) < MIN_MODELS:
        return None
    low = str(newest["higher_is_better"]) == "False"
    frame = rows.sort_values(["score", "model_name"], ascending=[low, True], kind="stable")
    frame = frame.assign(place=frame["score"].rank(method="min", ascending=low).astype("int64"))
    return Board(str(newest["benchmark_id"]), frame.reset_index(drop=True), str(newest["period"]))
