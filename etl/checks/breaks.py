"""Breaks of series: the entity is one the indicator is measured for, and values stand on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from etl.context import Context
from etl.findings import Finding, error, warning
from observatory.model.time import parse_period


def breaks(context: Context) -> Iterator[Finding]:
    """A break for an entity without values is an error; one that parts nothing is looked at."""
    if not context.whole("indicator_breaks", "indicators", "observations"):
        return
    ends: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for row in context.rows("observations"):
        value = row.record
        ends[value.indicator_id][value.entity_id].add(parse_period(value.period).end)
    for row in context.rows("indicator_breaks"):
        item = row.record
        held = ends[item.indicator_id]
        if item.entity_id and item.entity_id not in held:
            yield error(
                "break-entity",
                *row.at("entity_id"),
                f"entity_id: {item.entity_id!r} has no value of {item.indicator_id!r}; "
                "expected an entity of its rows, or empty for all of them",
            )
            continue
        series = [held[item.entity_id]] if item.entity_id else list(held.values())
        first = parse_period(item.starts).start if item.starts else None
        parts = (
            any(len(days) > 1 for days in series)
            if first is None
            else any(min(days) < first <= max(days) for days in series)
        )
        if not parts:
            yield warning(
                "break-idle",
                *row.at("starts"),
                f"starts: no series of {item.indicator_id!r} has values on both sides; "
                "expected a break inside a series",
                key=f"{item.indicator_id}/{item.starts or ''}/{item.entity_id or ''}",
            )
