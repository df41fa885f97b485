"""Values of observations: unit, entity, time, plausible range, jumps and slips of ten."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from etl.context import Context
from etl.findings import Finding, error, warning
from etl.read import Row
from observatory.model.time import parse_period
from observatory.model.vocab import Confidence, EntityType, StatusHint, ValueKind

JUMP = 5.0
"""Neighbouring periods of one source further apart than this factor are looked at."""
JUMP_FLOOR = 20.0
"""Small counts jump by nature: the larger value must reach this."""


def units(context: Context) -> Iterator[Finding]:
    """The unit of a value is its indicator's."""
    for row in context.rows("observations"):
        indicator = context.indicators.get(row.record.indicator_id)
        if indicator and row.record.unit != indicator.unit:
            yield error(
                "unit",
                *row.at("unit"),
                f"unit: {row.record.unit!r} differs from the indicator's; expected {indicator.unit!r}",
            )


def entities(context: Context) -> Iterator[Finding]:
    """Economies for indicators of economies, organisations for those of organisations."""
    if not context.whole("economies", "organizations", "subnational"):
        return
    areas = context.ids["economies"] | context.ids["subnational"]
    bodies = context.ids["organizations"]
    for row in context.rows("observations"):
        indicator = context.indicators.get(row.record.indicator_id)
        if not indicator:
            continue
        allowed = {
            EntityType.ECONOMY: areas,
            EntityType.ORGANIZATION: bodies,
            EntityType.MIXED: areas | bodies,
        }[indicator.entity_type]
        if row.record.entity_id not in allowed:
            known = row.record.entity_id in areas | bodies
            what = f"is no {indicator.entity_type}" if known else "is no known entity"
            yield error(
                "entity",
                *row.at("entity_id"),
                f"entity_id: {row.record.entity_id!r} {what}; expected an id of kind {indicator.entity_type}",
            )


def periods_known(context: Context) -> Iterator[Finding]:
    """A value cannot be known before its period starts, unless it is a forecast or plan."""
    for row in context.rows("observations"):
        if (
            row.record.status_hint is StatusHint.FORECAST
            or row.record.source_id not in context.sources
        ):
            continue
        start, known = parse_period(row.record.period).start, context.known(row)
        if start > known:
            yield error(
                "period-known",
                *row.at("period"),
                f"period: {row.record.period} starts after the source was known ({known}); expected an "
                "earlier period, status_hint forecast, or the day it was read again in known_on",
            )


def published_before_read(context: Context) -> Iterator[Finding]:
    """A source cannot be read before it is published."""
    for row in context.rows("sources"):
        if row.record.published:
            start, read = (
                parse_period(row.record.published).start,
                parse_period(row.record.read_on).end,
            )
            if start > read:
                yield error(
                    "published",
                    *row.at("published"),
                    f"published: {row.record.published} is after the day it was read ({read})",
                )


def ranges(context: Context) -> Iterator[Finding]:
    """Plausible range by kind of value, or the indicator's own."""
    for row in context.rows("observations"):
        indicator = context.indicators.get(row.record.indicator_id)
        if not indicator:
            continue
        low, high = _range(indicator)
        if not low <= row.record.value <= high:
            yield error(
                "range",
                *row.at("value"),
                f"value: {row.raw['value']} {indicator.unit_label} is outside {low:g} to {high:g}; expected a value in "
                "range, or 'minimum'/'maximum' on the indicator with the reason in its caveats",
            )


def _range(indicator: Any) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    match indicator.value_kind:
        case ValueKind.SHARE:
            low, high = 0.0, 100.0
        case ValueKind.COUNT | ValueKind.PHYSICAL | ValueKind.INDEX:
            low = 0.0
        case ValueKind.RANK:
            low = 1.0
    if indicator.minimum is not None:
        low = indicator.minimum
    if indicator.maximum is not None:
        high = indicator.maximum
    return low, high


def _series(context: Context) -> dict[tuple[str, str, str, str], list[Row]]:
    """Rows of one indicator, entity, source and kind of period, by period."""
    series: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in context.rows("observations"):
        if not row.record.span:
            record = row.record
            # A month beside a year is no step in time.
            kind = parse_period(record.period).precision
            series[record.indicator_id, record.entity_id, record.source_id, kind].append(row)
    for rows in series.values():
        rows.sort(key=lambda row: parse_period(row.record.period).end)
    return series


def jumps(context: Context) -> Iterator[Finding]:
    """Neighbouring periods of one source more than five times apart."""
    for (indicator, entity, *_), rows in sorted(_series(context).items()):
        for old, new in pairwise(rows):
            low, high = sorted((abs(old.record.value), abs(new.record.value)))
            if low > 0 and high >= JUMP_FLOOR and high / low > JUMP:
                yield warning(
                    "jump",
                    *new.at("value"),
                    f"value: {old.raw['value']} in {old.record.period}, {new.raw['value']} in {new.record.period}: "
                    f"{high / low:.0f} times apart; check the unit",
                    key=f"{indicator}/{entity}/{new.record.period}",
                )


def unit_slips(context: Context) -> Iterator[Finding]:
    """Two sources of one value that differ by a power of ten."""
    cells: dict[tuple[str, str, str, str | None], list[Row]] = defaultdict(list)
    for row in context.rows("observations"):
        record = row.record
        cells[record.indicator_id, record.entity_id, record.period, record.span].append(row)
    for key, rows in sorted(cells.items(), key=lambda item: str(item[0])):
        for index, one in enumerate(rows):
            for two in rows[index + 1 :]:
                power = slip(one.record.value, two.record.value)
                if power:
                    yield warning(
                        "unit-slip",
                        *two.at("value"),
                        f"value: {two.raw['value']} here, {one.raw['value']} at {one.file}:{one.line}: a factor of "
                        f"{power:,}; check the unit",
                        key="/".join(str(part) for part in key[:3]),
                    )


def slip(one: float, two: float) -> int:
    """The power of ten between two values if they differ by just that (within 2 %), else 0."""
    low, high = sorted((abs(one), abs(two)))
    if low == 0:
        return 0
    for power in (10, 100, 1000, 1_000_000):
        if abs(high / low / power - 1) <= 0.02:
            return power
    return 0


def outliers(context: Context) -> Iterator[Finding]:
    """A value a hundred times off its own series' middle; low-confidence rows are marked already."""
    for (indicator, entity, *_), rows in sorted(_series(context).items()):
        positive = [abs(row.record.value) for row in rows if row.record.value]
        if len(positive) < 5:
            continue
        middle = median(positive)
        for row in rows:
            value = abs(row.record.value)
            if (
                value
                and row.record.confidence is not Confidence.LOW
                and not middle / 100 <= value <= middle * 100
            ):
                yield warning(
                    "outlier",
                    *row.at("value"),
                    f"value: {row.raw['value']} is over 100 times away from the series' median {middle:g}",
                    key=f"{indicator}/{entity}/{row.record.period}",
                )
