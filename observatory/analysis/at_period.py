"""A measure in any of its periods: which periods there are, who has a value, how far apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from observatory.analysis.cross_section import CrossSection
from observatory.model.scope import MIN_RANKED, SCOPE


@dataclass(frozen=True, slots=True)
class Step:
    """A period that a measure has: ``n`` economies of the scope hold a usable value of it."""

    period: str
    precision: str
    n: int


def steps(rows: pd.DataFrame, scope: Collection[str] = SCOPE) -> tuple[Step, ...]:
    """Periods of usable rows in order of time. ``rows``: entity_id, period, period_end, period_precision."""
    own = rows[rows["entity_id"].isin(list(scope))]
    if own.empty:
        return ()
    counts = _held(own, ["period_end", "period", "period_precision"])
    columns = (counts["period"], counts["period_precision"], counts["n"])
    return tuple(
        Step(str(period), str(length), int(n)) for period, length, n in zip(*columns, strict=True)
    )


def _held(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Periods in order of time with ``n``, the number of economies that hold each."""
    counts = rows.groupby(keys, dropna=False)["entity_id"].nunique()
    return counts.rename("n").reset_index()


def of_one_length(found: Collection[Step], period: str, *, flow: bool) -> tuple[Step, ...]:
    """The steps that may be played in one go: for counts and amounts, periods as long as ``period``."""
    length = next((one.precision for one in found if one.period == period), "")
    return tuple(one for one in found if not flow or not length or one.precision == length)


def find_period(found: Collection[Step], asked: str) -> str | None:
    """The period that a reader's text names: itself, else the last one of that year; else None."""
    if any(one.period == asked for one in found):
        return asked
    inside = [one.period for one in found if one.period.startswith(f"{asked}-")]
    return inside[-1] if len(asked) == 4 and asked.isdigit() and inside else None


def section_at(
    rows: pd.DataFrame, period: str, higher_is_better: bool | None, members: Collection[str]
) -> CrossSection:
    """Cross-section of usable rows in one period."""
    picked = rows[(rows["period"] == period) & rows["entity_id"].isin(list(members))]
    picked = picked.drop_duplicates("entity_id", keep="last")
    ordered = picked.sort_values(
        ["value", "entity_id"], ascending=[higher_is_better is False, True], kind="stable"
    )
    return CrossSection(ordered.reset_index(drop=True), period, higher_is_better)


@dataclass(frozen=True, slots=True)
class Gap:
    """A value against another: ``points`` their difference, ``ratio`` None where it means nothing."""

    points: float
    ratio: float | None


def gap(value: float, other: float) -> Gap:
    """How far ``value`` is from ``other``; a ratio only of two values above zero."""
    difference = float(f"{value - other:.10g}")
    return Gap(difference, value / other if value > 0 and other > 0 else None)


@dataclass(frozen=True, slots=True)
class Course:
    """Change between two periods that enough economies hold both of.

    ``moves``: economy, change and factor (None unless both values are above zero), largest first;
    ``largest``: the economy with the highest newest value.
    """

    first: str
    last: str
    moves: tuple[tuple[str, float, float | None], ...]
    largest: str = ""

    @property
    def rose(self) -> int:
        return sum(change > 0 for _, change, _ in self.moves)

    @property
    def fell(self) -> int:
        return sum(change < 0 for _, change, _ in self.moves)


def course(rows: pd.DataFrame, members: Collection[str], last: str | None = None) -> Course | None:
    """From the earliest to the newest period that at least five members hold both of; else None.

    ``rows``: usable rows of one indicator, joinable over time; ``last``: the newer period, else the
    newest that enough members hold.
    """
    own = rows[rows["entity_id"].isin(list(members))].drop_duplicates(
        ["entity_id", "period"], keep="last"
    )
    order = _held(own, ["period_end", "period"])
    held = [str(period) for period in order.loc[order["n"] >= MIN_RANKED, "period"]]
    newest = last if last in held else held[-1] if held and last is None else None
    if newest is None:
        return None
    table = own.pivot(index="entity_id", columns="period", values="value")
    for first in held:
        if first == newest:
            return None
        both = table[[first, newest]].dropna()
        if len(both) >= MIN_RANKED:
            moves = []
            for economy, (old, new) in zip(both.index, both.to_numpy(), strict=True):
                change = gap(float(new), float(old))
                moves.append((str(economy), change.points, change.ratio))
            moves.sort(key=lambda move: (-move[1], move[0]))
            return Course(first, newest, tuple(moves), str(both[newest].idxmax()))
    return None
