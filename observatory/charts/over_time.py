"""What both makers of line charts, SVG and Plotly, read from a frame before they draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.plan import (
    NO_TIME,
    Event,
    LineSpec,
    Tick,
    all_points,
    all_values,
    read_events,
    value_axis,
)
from observatory.charts.series import Point, Series, cadence, mixes_estimates, read_series

if TYPE_CHECKING:
    from observatory.i18n import Translator

DOTS_UP_TO: Final = 16
"""A line of at most so many values shows each as a dot."""
MOST_BREAKS: Final = 6
"""Breaks of a line are marked if there are no more."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Series with the axes they need. `first` and `last`: ordinals of the span; `usual`: days
    between values; `estimates`: whether estimates stand beside other values."""

    series: list[Series]
    points: list[Point]
    domain: tuple[float, float]
    ticks: list[Tick]
    first: float
    last: float
    marks: list[Event]
    usual: float
    estimates: bool


def over_time(
    frame: pd.DataFrame, events: pd.DataFrame | None, spec: LineSpec, t: Translator
) -> OverTime:
    """Read a frame of observations (see `series`) and the events that fall into its span."""
    series = read_series(frame)
    points = all_points(series)
    domain, ticks = value_axis(all_values(series), spec, t)
    first = min((p.x for p in points), default=NO_TIME[0])
    last = max((p.x for p in points), default=NO_TIME[1])
    return OverTime(
        series,
        points,
        domain,
        ticks,
        first,
        last,
        read_events(events, first, last) if points else [],
        cadence(series),
        mixes_estimates(series),
    )
