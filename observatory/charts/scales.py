"""Scales and their ticks: linear, logarithmic and time, all pure arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_WHOLE_STEPS: Final = (1.0, 2.0, 4.0, 5.0, 10.0)


class Scale(Protocol):
    """Maps a value to a position in pixels."""

    def __call__(self, value: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Linear:
    """A straight map from [low, high] to [start, end]; a point domain maps to the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Log:
    """A logarithmic map of [low, high], both above zero; values at or below zero sit at low."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high <= self.low:
            return (self.start + self.end) / 2
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, most: int = 5, *, whole: bool = False) -> list[float]:
    """Return 3 to `most` round values of one step, all inside [low, high] where that can be.

    Among the steps that fit, the one with most ticks is taken; an empty domain gives one tick.
    `whole` keeps to whole numbers, for counts.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return [low] if math.isfinite(low) else []
    # A span lost in the rounding of its ends has no steps.
    if high - low <= max(abs(low), abs(high), 1e-280) * 1e-12:
        return [low]
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    best: list[float] = []
    factors = _WHOLE_STEPS if whole else _STEPS
    for step in sorted(factor * power * scale for factor in factors for scale in (1.0, 10.0)):
        if whole and step % 1:
            continue
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        ticks = [_clean(i * step) for i in range(first, last + 1)]
        if 2 <= len(ticks) <= most and len(ticks) > len(best):
            best = ticks
    return best or [low, high]


def nice_domain(low: float, high: float, *, zero: bool | None = None) -> tuple[float, float]:
    """Return the domain of an axis for data in [low, high].

    `zero` True starts at zero, False never adds it, None adds it when the data come near it.
    """
    if zero is None:
        zero = low >= 0 and low <= 0.6 * high
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        pad = abs(low) * 0.1 or 1.0
        return (low if zero else low - pad), high + pad
    if not zero:
        pad = (high - low) * 0.06
        return low - pad, high + pad
    return low, high


def log_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round values of a logarithmic axis over [low, high], both above zero."""
    if not 0 < low <= high:
        return []
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for factors in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        ticks = [
            _clean(factor * 10.0**power) for power in range(first, last + 1) for factor in factors
        ]
        ticks = [tick for tick in ticks if low * 0.999 <= tick <= high * 1.001]
        if len(ticks) <= most:
            return ticks or [low]
    stride = math.ceil(len(ticks) / most)
    return ticks[::stride]


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A tick of the time axis: its day as an ordinal, and the period it is labelled with."""

    x: float
    period: str


def time_ticks(first: float, last: float, most: int = 5, *, quarters: int = 800) -> list[TimeTick]:
    """Return ticks at whole years, or quarters where the axis is at most `quarters` days long."""
    if last < first or first < 1:
        return []
    start, end = date.fromordinal(math.ceil(first)), date.fromordinal(math.floor(last))
    if last - first <= quarters:
        months = [
            date(year, month, 1)
            for year in range(start.year, end.year + 1)
            for month in (1, 4, 7, 10)
        ]
        inside = [day for day in months if start <= day <= end]
        stride = next((s for s in (1, 2, 4) if len(inside) <= s * most), 8)
        kept = [day for day in inside if ((day.year * 4 + (day.month - 1) // 3) % stride) == 0]
        if len(kept) >= 2:
            return [TimeTick(day.toordinal(), f"{day:%Y-%m}") for day in kept]
    years = [year for year in range(start.year, end.year + 1) if date(year, 1, 1) >= start]
    for stride in (1, 2, 5, 10, 20, 50, 100):
        kept_years = [year for year in years if year % stride == (0 if stride > 2 else 1 % stride)]
        if min(2, len(years)) <= len(kept_years) <= most:
            return [TimeTick(date(year, 1, 1).toordinal(), str(year)) for year in kept_years]
    return [
        TimeTick(date(year, 1, 1).toordinal(), str(year)) for year in (years[:1] + years[1:][-1:])
    ]


def _clean(value: float) -> float:
    """Drop the dust of binary fractions: 0.30000000000000004 becomes 0.3."""
    return float(f"{value:.12g}")
