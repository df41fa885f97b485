"""What may stand on one line, and what may be put beside another.

Indicators already hold one definition, unit and edition each: a new edition is a new indicator.
What is left inside a series is found here: another maker of the number, another stretch of time,
for counts and amounts another length of period. Two cautions that the data state in words only
are read from those words (`ALONE`, `REFITTED`); a test names the indicators they hold for.
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
REFITTED: Final = ("re-fitted at each date", "compare countries on one date")


def across_economies(caveats: str) -> bool:
    """Whether the indicator's cautions allow one economy to be held against another."""
    return not any(words in caveats for words in ALONE)


def over_time(caveats: str) -> bool:
    """Whether levels of different dates may be joined by a line."""
    return not any(words in caveats for words in REFITTED)


def makers(origin: str) -> frozenset[str]:
    """The bodies that made a number; joint makers are parted by a semicolon."""
    return frozenset(part.strip() for part in origin.split(";") if part.strip())


def starts(
    series: pd.DataFrame, origins: Mapping[str, str], *, flow: bool, joined: bool = True
) -> pd.Series:
    """True where a value may not be joined with the one before it in its economy's series.

    ``series``: entity_id, period, period_end, period_precision, span, source_id of one indicator;
    ``origins``: makers by source id; ``flow``: a longer period makes the value larger; ``joined``
    False parts all. The result has the index of ``series``; a first value starts nothing.
    """
    order = series.sort_values(["entity_id", "period_end", "period"], kind="stable")
    same = order["entity_id"] == order["entity_id"].shift()
    if not joined:
        return same.reindex(series.index)
    by = [makers(origins.get(str(source), "")) for source in order["source_id"]]
    before = [frozenset[str](), *by[:-1]]
    other = pd.Series(
        [bool(a and b and not a & b) for a, b in zip(by, before, strict=True)], index=order.index
    )
    span = order["span"].fillna("").astype(str)
    other |= span != span.shift(fill_value="")
    if flow:
        length = order["period_precision"].astype(str)
        other |= length != length.shift(fill_value="")
    return (same & other).reindex(series.index)


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
