"""What may be put beside another: makers, stretches of time, lengths of period.

Indicators hold one definition, unit and edition each. That economies of a measure must not be held
against each other is said in words only; it is read from those words (`ALONE`), and a test names
the indicators it holds for. Where a line breaks over time: `observatory/analysis/breaks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

# Kinds of value that a longer period makes larger.
FLOWS: Final = frozenset({"count", "money", "physical"})
ALONE: Final = (
    "inside one economy only",
    "do not compare economies",
    "never rank economies",
)


def across_economies(caveats: str) -> bool:
    """Whether the indicator's cautions allow one economy to be held against another."""
    return not any(words in caveats for words in ALONE)


def makers(origin: str) -> frozenset[str]:
    """The bodies that made a number; joint makers are parted by a semicolon."""
    return frozenset(part.strip() for part in origin.split(";") if part.strip())


def one_kind(section: pd.DataFrame, *, flow: bool) -> bool:
    """Whether the values of a cross-section cover the same stretch of time, and may be ranked."""
    if section["span"].fillna("").astype(str).nunique() > 1:
        return False
    return not flow or section["period_precision"].astype(str).nunique() <= 1


def other_makers(section: pd.DataFrame, origins: Mapping[str, str]) -> dict[str, str]:
    """Economies whose value is not from the makers of most others: their maker by economy."""
    by = section["source_id"].map(dict(origins)).fillna("").astype(str)
    if len(by) < 2:
        return {}
    usual = makers(by.value_counts(sort=True).index[0])
    return {
        str(economy): maker
        for economy, maker in zip(section["entity_id"], by, strict=True)
        if maker and not makers(maker) & usual
    }
