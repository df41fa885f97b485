"""Which series of an economy moved lately, and where two publishers differ: what its profile draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import pandas as pd

from observatory.model.time import parse_period
from observatory.views.breaks import broken
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.series_breaks import marked

CHARTS = 3
MIN_PERIODS = 4
MAX_AGE_DAYS = 3 * 366


@dataclass(frozen=True, slots=True)
class Move:
    """The newest step of a series: from an earlier value to the last one."""

    item: Indicator
    old: float
    new: float
    old_period: str
    period: str
    months: int
    weight: float
    peak: float = 0.0
    peak_period: str = ""
    """The highest value before the step's start, and its period; empty if the step's values are higher."""


class _Step(NamedTuple):
    """One value of a series; ``end``: the last day of its period."""

    end: pd.Timestamp
    period: str
    value: float


def _steps(rows: pd.DataFrame, breaks: Sequence[bool]) -> list[_Step]:
    """Usable rows of one series in the order of time, those since its last break."""
    columns = (pd.to_datetime(rows["period_end"]), rows["period"], rows["value"])
    steps = [
        (_Step(*cells), parted)
        for *cells, parted in zip(*(column.tolist() for column in columns), breaks, strict=True)
    ]
    steps.sort(key=lambda one: one[0][:2])
    last = max((place for place, (_, parted) in enumerate(steps) if parted), default=0)
    return [step for step, _ in steps[last:]]


def step_of(item: Indicator, steps: Sequence[_Step]) -> Move | None:
    """The newest step of one usable series, about a year wide for quarterly ones; else None."""
    if len(steps) < MIN_PERIODS:
        return None
    last = steps[-1]
    earlier = list(steps[:-1])
    if (last.end - steps[-2].end).days < 120:
        latest = last.end - pd.Timedelta(days=330)
        earlier = [step for step in steps if step.end <= latest]
    if not earlier:
        return None
    before = earlier[-1]
    old, new = before.value, last.value
    months = round((last.end - before.end).days / 30.44)
    past = [step for step in steps if step.end < before.end and step.value > max(old, new)]
    # The later one of two equal values.
    top = max(reversed(past), key=lambda step: step.value, default=None)
    if item.row["unit"] == "percent" or "index" in clean(item.row["unit"]):
        weight = abs(new - old) / 25
    elif old > 0 and new > 0:
        weight = abs(log(new / old))
    else:
        weight = 1.0 if old != new else 0.0
    return Move(
        item,
        old,
        new,
        before.period,
        last.period,
        months,
        weight / max(months / 12, 0.5),
        0.0 if top is None else top.value,
        "" if top is None else top.period,
    )


def choose(catalogue: Catalogue, economy: str, most: int = CHARTS) -> list[Move]:
    """The series that moved most lately, one a pillar first; context measures only as a last resort."""
    newest = newest_end(catalogue)
    # A step across a break is no change: it is neither told nor does it choose what is drawn.
    parted = broken(catalogue)
    found: list[Move] = []
    for key in catalogue.headline_ids:
        item, rows = catalogue.indicators[key], catalogue.usable_of(key, economy)
        # The largest of a year jumps with a single model: no trend.
        if clean(item.row["aggregation"]) == "max":
            continue
        steps = _steps(rows, [row_id in parted for row_id in rows["row_id"].tolist()])
        move = step_of(item, steps)
        if move and (newest - steps[-1].end).days <= MAX_AGE_DAYS:
            found.append(move)
    found.sort(key=lambda move: (move.item.pillar == "context", -move.weight, move.item.id))
    chosen: list[Move] = []
    for first in (True, False):
        # One of each pillar, then the others; breaks between usable values are looked up once more.
        for move in found:
            new = all(move.item.pillar != other.item.pillar for other in chosen)
            if len(chosen) < most and _other_measure(move, chosen) and (new or not first):
                own = marked(catalogue, move.item, catalogue.usable_of(move.item.id, economy))
                whole = step_of(move.item, _steps(own, own["breaks"].tolist()))
                if whole is not None:
                    chosen.append(whole)
    return chosen


def newest_end(catalogue: Catalogue) -> pd.Timestamp:
    """The last day of the newest period on file in any headline measure."""
    return catalogue.kept(
        "newest end", lambda: pd.to_datetime(catalogue.headline_usable["period_end"]).max()
    )


def _other_measure(move: Move, chosen: Sequence[Move]) -> bool:
    return all(move.item.row["measure_id"] != other.item.row["measure_id"] for other in chosen)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two publishers' series of one measure, and the newest period that both hold."""

    first: Indicator
    second: Indicator
    period: str
    ratio: float


def pair_of(catalogue: Catalogue, economy: str) -> Pair | None:
    """The measure on which two publishers differ most for this economy, if one is on file."""
    by_measure: dict[str, list[Indicator]] = {}
    for key in catalogue.headline_ids:
        item = catalogue.indicators[key]
        by_measure.setdefault(clean(item.row["measure_id"]), []).append(item)
    newest = newest_end(catalogue)
    best: Pair | None = None
    for items in by_measure.values():
        if len(items) < 2:
            continue
        a, b = items[0], items[1]
        left, right = _values(catalogue, a, economy), _values(catalogue, b, economy)
        shared = sorted(set(left) & set(right))
        if not shared or min(len(left), len(right)) < 3 or max(len(left), len(right)) < MIN_PERIODS:
            continue
        period = shared[-1]
        if _end(period) < newest - pd.Timedelta(days=MAX_AGE_DAYS):
            continue
        one, two = left[period], right[period]
        ratio = max(one, two) / min(one, two) if min(one, two) > 0 else 0.0
        if ratio >= 1.05 and (
            best is None or (_end(period), ratio) > (_end(best.period), best.ratio)
        ):
            longer, shorter = (a, b) if len(left) >= len(right) else (b, a)
            best = Pair(longer, shorter, period, ratio)
    return best


def _end(period: str) -> pd.Timestamp:
    return pd.Timestamp(parse_period(period).end)


def _values(catalogue: Catalogue, item: Indicator, economy: str) -> dict[str, float]:
    rows = catalogue.usable_of(item.id, economy)
    factor = dollars(item)
    return {str(p): float(v) * factor for p, v in zip(rows["period"], rows["value"], strict=True)}


def dollars(item: Indicator) -> float:
    """What a value is multiplied with to stand in whole units beside another publisher's."""
    unit = clean(item.row["unit"])
    return 1e9 if "billion" in unit else 1e6 if "million" in unit else 1.0
