"""Which economies are most like one: by income and by size, in doublings.

Income is output per head; size is half people, half output. A difference is counted in doublings
(logarithm to base two), so that it does not depend on units and twice as rich weighs the same at
every level. The distance of two economies is the root of

    (income)^2 + (people)^2 / 2 + (output)^2 / 2
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

PROPOSED: Final = 6
"""How many economies are proposed as peers: with the economy itself enough for ranks."""

COLUMNS: Final = ("entity_id", "distance", "income", "people", "output")


def distances(sizes: pd.DataFrame, economy: str) -> pd.DataFrame:
    """How far every other economy is from ``economy``, the nearest first.

    ``sizes``: entity_id, people, output (both above zero, one row an economy). Columns of the
    result: entity_id, distance, income, people, output; the last three are the other economy's
    figures as multiples of this one's. Rows without both figures are left out; without the
    economy's own the result is empty.
    """
    known = sizes.copy()
    known["people"] = pd.to_numeric(known["people"], errors="coerce")
    known["output"] = pd.to_numeric(known["output"], errors="coerce")
    known = known[(known["people"] > 0) & (known["output"] > 0)]
    known = known.drop_duplicates("entity_id", keep="last")
    own = known[known["entity_id"] == economy]
    if own.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    out = known[known["entity_id"] != economy].copy()
    out["people"] = out["people"].astype("float64") / float(own["people"].iloc[0])
    out["output"] = out["output"].astype("float64") / float(own["output"].iloc[0])
    out["income"] = out["output"] / out["people"]
    steps = np.log2(out[["income", "people", "output"]].to_numpy(dtype="float64"))
    out["distance"] = np.sqrt(steps[:, 0] ** 2 + steps[:, 1] ** 2 / 2 + steps[:, 2] ** 2 / 2)
    out = out.sort_values(["distance", "entity_id"], kind="stable")
    return out[list(COLUMNS)].reset_index(drop=True)


def similar(
    sizes: pd.DataFrame,
    economy: str,
    most: int = PROPOSED,
    among: Collection[str] | None = None,
) -> tuple[str, ...]:
    """The ``most`` nearest economies, the nearest first; ``among`` limits who may be one."""
    found = distances(sizes, economy)
    ids = [str(key) for key in found["entity_id"] if among is None or key in among]
    return tuple(ids[:most])
