"""Check of the claims ledger: a later check is later than the first."""

from __future__ import annotations

from collections.abc import Iterator

from etl.context import Context
from etl.findings import Finding, error


def later_checks(context: Context) -> Iterator[Finding]:
    """A check dated no later than the day on which the claim was first checked."""
    first = {
        row.record.claim_id: context.sources[row.record.source_id].read_on
        for row in context.rows("claims")
        if row.record.source_id in context.sources
    }
    for row in context.rows("claim_checks"):
        begun, day = first.get(row.record.claim_id), row.record.checked_on
        # Days as ISO text order like days.
        if begun is not None and str(day) <= str(begun):
            yield error(
                "claim-check",
                *row.at("checked_on"),
                f"checked_on: {day} is no later than the first check on {begun}; correct claims.csv instead",
            )
