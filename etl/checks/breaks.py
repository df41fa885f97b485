"""Breaks of series: the entity is one the indicator is measured for, and values stand on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from etl.context import Context
from etl.findings import Finding, error, warning
from observatory.model.time import parse_period

Ends = dict[str, dict[str, set[date]]]


def _ends(context: Context) -> Ends | None:
    """Last days of the periods held, by indicator and entity; None where a table is broken."""
    if not context.whole("indicator_breaks", "indicators", "observations"):
        return None
    ends: Ends = defaultdict(lambda: defaultdict(set))
    for row in context.rows("observations"):
        value = row.record
        ends[value.indicator_id][value.entity_id].add(parse_period(value.period).end)
    return ends


def entities(context: Context) -> Iterator[Finding]:
    """A break for an entity that the indicator has no value of."""
    ends = _ends(context)
    for row in context.rows("indicator_breaks") if ends is not None else ():
        item = row.record
        if item.entity_id and ends is not None and item.entity_id not in ends[item.indicator_id]:
            yield error(
                "break-entity",
                *row.at("entity_id"),
                f"entity_id: {item.entity_id!r} has no value of {item.indicator_id!r}; "
                "expected an entity of its rows, or empty for all of them",
            )


def idle(context: Context) -> Iterator[Finding]:
    """A break that parts no two values: the period may be mistyped, or the rows gone."""
    ends = _ends(context)
    for row in context.rows("indicator_breaks") if ends is not None else ():
        item = row.record
        held = ends[item.indicator_id] if ends is not None else {}
        series = [held.get(item.entity_id, set())] if item.entity_id else list(held.values())
        if not any(_parts(days, item.starts) for days in series):
            yield warning(
                "break-idle",
                *row.at("starts"),
                f"starts: no series of {item.indicator_id!r} has values on both sides; "
                "expected a break inside a series",
                key=f"{item.indicator_id}/{item.starts or ''}/{item.entity_id or ''}",
            )


def _parts(days: set[date], starts: str | None) -> bool:
    """Whether a break lies inside a series; without a start it parts every two periods."""
    if not starts:
        return len(days) > 1
    return bool(days) and min(days) < parse_period(starts).start <= max(days)
