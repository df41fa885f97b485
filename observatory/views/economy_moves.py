"""Which series of an economy moved lately, and where two publishers differ: what its profile draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import pandas as pd

from observatory.analysis.cross_section import usable
from observatory.model.time import parse_period
from observatory.views.breaks import broken
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.series_breaks import marked, since_break

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


def step_of(item: Indicator, rows: pd.DataFrame) -> Move | None:
    """The newest step of one usable series, about a year wide for quarterly ones; else None."""
    rows = rows.sort_values(["period_end", "period"])
    if len(rows) < MIN_PERIODS:
        return None
    ends = pd.to_datetime(rows["period_end"])
    last = rows.iloc[-1]
    gap = (ends.iloc[-1] - ends.iloc[-2]).days
    earlier = rows[ends <= ends.iloc[-1] - pd.Timedelta(days=330)] if gap < 120 else rows.iloc[:-1]
    if earlier.empty:
        return None
    before = earlier.iloc[-1]
    old, new = float(before["value"]), float(last["value"])
    months = round((ends.iloc[-1] - pd.Timestamp(before["period_end"])).days / 30.44)
    past = rows[ends < pd.Timestamp(before["period_end"])]
    past = past[past["value"] > max(old, new)]
    top = past.sort_values("value").iloc[-1] if len(past) else None
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
        clean(before["period"]),
        clean(last["period"]),
        months,
        weight / max(months / 12, 0.5),
        0.0 if top is None else float(top["value"]),
        "" if top is None else clean(top["period"]),
    )


def choose(catalogue: Catalogue, economy: str, most: int = CHARTS) -> list[Move]:
    """The series that moved most lately, one a pillar first; context measures only as a last resort."""
    known = usable(catalogue.headline_series)
    newest = pd.to_datetime(known["period_end"]).max()
    # A step across a break is no change: it is neither told nor does it choose what is drawn.
    parted = broken(catalogue)
    found: list[Move] = []
    for key, rows in known[known["entity_id"] == economy].groupby("indicator_id"):
        item = catalogue.indicators[str(key)]
        # The largest of a year jumps with a single model: no trend.
        if clean(item.row["aggregation"]) == "max":
            continue
        move = step_of(item, since_break(rows.assign(breaks=rows["row_id"].isin(parted))))
        if move and (newest - pd.to_datetime(rows["period_end"]).max()).days <= MAX_AGE_DAYS:
            found.append(move)
    found.sort(key=lambda move: (move.item.pillar == "context", -move.weight, move.item.id))
    chosen: list[Move] = []
    for first in (True, False):
        # One of each pillar, then the others; breaks between usable values are looked up once more.
        for move in found:
            new = all(move.item.pillar != other.item.pillar for other in chosen)
            if len(chosen) < most and _other_measure(move, chosen) and (new or not first):
                rows = known[known["entity_id"] == economy]
                rows = rows[rows["indicator_id"] == move.item.id]
                whole = step_of(move.item, since_break(marked(catalogue, move.item, rows)))
                if whole is not None:
                    chosen.append(whole)
    return chosen


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
    newest = pd.to_datetime(usable(catalogue.headline_series)["period_end"]).max()
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
    series = catalogue.series(item.id)
    rows = usable(series[series["entity_id"] == economy])
    factor = dollars(item)
    return {str(p): float(v) * factor for p, v in zip(rows["period"], rows["value"], strict=True)}


def dollars(item: Indicator) -> float:
    """What a value is multiplied with to stand in whole units beside another publisher's."""
    unit = clean(item.row["unit"])
    return 1e9 if "billion" in unit else 1e6 if "million" in unit else 1.0
