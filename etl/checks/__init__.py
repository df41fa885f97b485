"""Checks across rows. Each takes the context and yields findings; ALL lists them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from etl import scorecard, stack
from etl.checks import breaks, capital, claims, keys, scales, values
from etl.context import Context
from etl.findings import Finding

Check = Callable[[Context], Iterable[Finding]]

ALL: dict[str, Check] = {
    "duplicate-key": keys.duplicate_keys,
    "unknown-id": keys.unknown_ids,
    "party": keys.parties,
    "claim-check": claims.later_checks,
    "near-name": keys.shared_names,
    "unit": values.units,
    "entity": values.entities,
    "period-known": values.periods_known,
    "published": values.published_before_read,
    "range": values.ranges,
    "jump": values.jumps,
    "unit-slip": values.unit_slips,
    "outlier": values.outliers,
    "break-entity": breaks.entities,
    "break-idle": breaks.idle,
    "money": capital.money,
    "fx": capital.rates,
    "stage-order": capital.stage_order,
    "near-duplicate-deal": capital.near_duplicate_deals,
    "deal-slip": capital.deal_slips,
    "scale-shape": scales.shape,
    "scale-still": scales.stillness,
    "scorecard": scorecard.check,
    "stack": stack.check,
}


def run(context: Context) -> list[Finding]:
    """Every finding of every check."""
    return [finding for check in ALL.values() for finding in check(context)]
