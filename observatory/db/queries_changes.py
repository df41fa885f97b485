"""What changed between two states of knowledge: only rows of things that changed, or may have, are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from observatory.db import queries_evidence
from observatory.db.connect import Database
from observatory.db.queries import NOW

State = tuple[Database, date | None]
"""A build and a day of knowledge; None is today."""


@dataclass(frozen=True)
class Touched:
    """Rows in the shape of `queries_evidence.facts`: of every thing that is not said alike in both states.

    Of tables other than observations all rows are there. ``new`` has the observations of cells that
    only the later state has: one row a measure and entity, that of the newest period, with their
    number ``n``.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    new: pd.DataFrame


def touched(before: State, after: State) -> Touched:
    """What may differ between two states; of two builds, or of two days of one build in their order."""
    (one, first), (two, second) = before, after
    since, until = first or NOW, second or NOW
    if one.build_id == two.build_id and since <= until:
        days = {"since": since, "until": until}
        was = two.query("changed_values", as_of=since, shown=True, **days)
        # Of the later day all rows: what became of those that were shown.
        now = two.query("changed_values", as_of=until, shown=False, **days)
        new = two.query("new_values", since=since, as_of=until)
    else:
        marks = [db.query("cell_marks", as_of=day) for db, day in ((one, since), (two, until))]
        cells = differing(*marks)
        was, now = (
            db.query("marked_values", as_of=day, marks=cells)
            for db, day in ((one, since), (two, until))
        )
        new = now.iloc[:0].assign(n=0)
    return Touched(_with_others(was, before), _with_others(now, after), new)


def _with_others(rows: pd.DataFrame, state: State) -> pd.DataFrame:
    others = queries_evidence.facts(*state, values=False)
    return pd.concat([others, rows], ignore_index=True) if len(rows) else others


def differing(one: pd.DataFrame, two: pd.DataFrame) -> list[int]:
    """Cells (``cell``) whose ``said`` differs between two lists of marks, or that one of them lacks."""
    said = pd.concat([one, two], ignore_index=True)
    # What both say is there twice: cell and mark together.
    odd = said.loc[~said.duplicated(keep=False), "cell"]
    found: list[int] = np.unique(odd.to_numpy()).tolist()
    return found


def before(db: Database, as_of: date | None, ids: Sequence[str]) -> pd.DataFrame:
    """Of some observations those that have an earlier value in their series, and these earlier values."""
    return db.query("values_before", as_of=as_of or NOW, ids=list(ids))


def ranges(db: Database, as_of: date | None, indicators: Sequence[str]) -> pd.Series:
    """Highest less lowest value of each of these measures, by id."""
    frame = db.query("value_ranges", as_of=as_of or NOW, indicators=list(indicators))
    return pd.Series(
        frame["span"].to_numpy("float64"), index=frame["indicator_id"].to_numpy(object)
    )
