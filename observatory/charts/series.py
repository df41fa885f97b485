"""Reading frames: rows of observations become series of points in time, gaps and all.

Columns of an observation frame, here and in every chart over time:

- required: `entity_id` (str), `period` (canonical text such as 2026-Q1), `value` (number; missing
  means unknown);
- optional: `label` (name in the reader's language; default the id), `economy_id` (whose colour;
  default the entity), `series_id` (splits an entity into series that are never joined, such as
  two publishers), `status` (one of the eight words), `row_id` (opens the receipt), `is_headline`
  (bool), `is_forecast` (bool) or `status_hint` ("forecast"), `span` or `partial_to` (the value
  covers only a part of its period, up to that day), `breaks` (True: not comparable with what
  stands before it in its series, so the line starts anew).
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from observatory.model.time import PeriodError, parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

REQUIRED: Final = ("entity_id", "period", "value")
# One missing edition doubles the distance; lists of June and November are 5 and 7 months apart.
_GAP_FACTOR: Final = 1.7


@dataclass(frozen=True, slots=True)
class Point:
    """One value in time. `x`: ordinal of the middle day; `first`, `last`: of its period."""

    x: float
    first: int
    last: int
    period: str
    value: float | None
    status: str = ""
    row_id: str = ""
    partial_to: str = ""
    forecast: bool = False
    headline: bool = True
    breaks: bool = False

    @property
    def partial(self) -> bool:
        """Whether the value covers only a part of its period."""
        return bool(self.partial_to)


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one series in order of time. `rivals` are disputed values of a shared period."""

    key: str
    entity_id: str
    label: str
    economy_id: str
    points: tuple[Point, ...]
    rivals: tuple[Point, ...] = ()

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def last(self) -> Point | None:
        """The last point with a value that covers its whole period, else the last one."""
        known = self.known
        whole = [point for point in known if not point.partial]
        return whole[-1] if whole else (known[-1] if known else None)


def need(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise ValueError naming the columns a chart needs and a frame with rows lacks."""
    missing = [column for column in columns if column not in frame.columns]
    if missing and len(frame):
        raise ValueError(f"the frame lacks the column(s) {', '.join(missing)}")


def column(frame: pd.DataFrame, name: str, default: Any = "") -> list[Any]:
    """Return a column as plain Python values, missing ones and a missing column as `default`."""
    if name not in frame.columns:
        return [default] * len(frame)
    # Missing is None, NaN and NaT, which differ from themselves, or pandas' own NA.
    return [
        default if value is None or value is pd.NA or value != value else value
        for value in frame[name].tolist()
    ]


def numbers(frame: pd.DataFrame, name: str) -> list[float | None]:
    """Return a column as finite floats; what is missing or no number comes back as None."""
    if name not in frame.columns:
        return [None] * len(frame)
    values = frame[name]
    if values.dtype == "float64":
        return [value if math.isfinite(value) else None for value in values.tolist()]
    return [
        float(v) if v is not None and not pd.isna(v) and math.isfinite(v) else None
        for v in pd.to_numeric(values, errors="coerce").tolist()
    ]


def texts(frame: pd.DataFrame, name: str, default: str = "") -> list[str]:
    """Return a column as texts, missing ones as `default`."""
    return [str(value) for value in column(frame, name, default)]


def read_series(frame: pd.DataFrame) -> list[Series]:
    """Group a frame into series, in the order in which they first appear.

    Several rows of one period: the headline row stands for it; without one, all are kept as
    rivals and the line has a gap there. Raises ValueError for missing columns and PeriodError for
    a text that is no period.
    """
    need(frame, REQUIRED)
    entities = texts(frame, "entity_id")
    labels = texts(frame, "label")
    economies = texts(frame, "economy_id")
    splits = texts(frame, "series_id")
    headline = column(frame, "is_headline", None)
    hints = texts(frame, "status_hint")
    forecasts = column(frame, "is_forecast", False)
    anew = column(frame, "breaks", False)
    rows = zip(
        texts(frame, "period"),
        numbers(frame, "value"),
        texts(frame, "status"),
        texts(frame, "row_id"),
        texts(frame, "span"),
        texts(frame, "partial_to"),
        strict=True,
    )
    groups: dict[str, list[Point]] = {}
    names: dict[str, tuple[str, str, str]] = {}
    for i, (period, value, status, row_id, span, partial_to) in enumerate(rows):
        if not period:
            continue
        covers = parse_period(period)
        first, last = covers.start.toordinal(), covers.end.toordinal()
        entity = entities[i]
        key = f"{entity}|{splits[i]}" if splits[i] else entity
        groups.setdefault(key, []).append(
            Point(
                (first + last) / 2,
                first,
                last,
                period,
                value,
                status,
                row_id,
                partial_to or span_end(span, last),
                bool(forecasts[i]) or hints[i] == "forecast",
                headline[i] is None or bool(headline[i]),
                bool(anew[i]),
            )
        )
        names.setdefault(key, (entity, labels[i] or entity, economies[i] or entity))
    return [_one_series(key, names[key], points) for key, points in groups.items()]


def span_end(span: str, period_end: int) -> str:
    """The day up to which a value counts, if that is before its period ends."""
    end = span.partition("/")[2]
    if not end:
        return ""
    try:
        last = parse_period(end).end
    except PeriodError:
        return ""
    return last.isoformat() if last.toordinal() < period_end else ""


def _one_series(key: str, names: tuple[str, str, str], points: list[Point]) -> Series:
    by_period: dict[str, list[Point]] = {}
    for point in points:
        by_period.setdefault(point.period, []).append(point)
    kept: list[Point] = []
    rivals: list[Point] = []
    for group in by_period.values():
        chosen = [point for point in group if point.headline]
        known = [point for point in group if point.value is not None]
        if len(group) == 1 or len(chosen) == 1:
            kept.append((chosen or group)[0])
        elif len({point.value for point in known}) <= 1:
            kept.append((known or group)[0])
        else:
            rivals.extend(known)
            kept.append(replace(group[0], value=None, row_id=""))
    kept.sort(key=lambda point: (point.x, point.last))
    return Series(key, *names, tuple(kept), tuple(sorted(rivals, key=lambda p: p.x)))


def cadence(series: Sequence[Series]) -> float:
    """Return the usual distance in days between neighbouring periods of a chart; 0 if unknown."""
    steps = [
        b.x - a.x
        for one in series
        for a, b in zip(one.points, one.points[1:], strict=False)
        if b.x > a.x
    ]
    return statistics.median(steps) if steps else 0.0


def runs(points: Sequence[Point], usual: float) -> list[list[Point]]:
    """Split points into stretches without a missing value, a missing period or a break.

    `usual` is the cadence in days; 0 breaks at missing values only.
    """
    parts: list[list[Point]] = []
    before: Point | None = None
    for point in points:
        if point.value is None:
            before = None
            continue
        far = before is not None and usual and point.x - before.x > usual * _GAP_FACTOR
        if before is None or point.breaks or far:
            parts.append([])
        parts[-1].append(point)
        before = point
    return parts


def breaks_of(one: Series) -> list[tuple[Point, Point]]:
    """Neighbours between which a series breaks: the last value before, and the first of the new."""
    known = one.known
    return [(a, b) for a, b in itertools.pairwise(known) if b.breaks]


def mixes_estimates(series: Iterable[Series]) -> bool:
    """Tell whether estimates stand beside other values: only then a dash tells them apart."""
    words = {point.status == "estimate" for one in series for point in one.known if point.status}
    return len(words) == 2


def soft(a: Point, b: Point, *, estimates: bool) -> bool:
    """Tell whether the stretch between two points is drawn dashed."""
    return (estimates and "estimate" in (a.status, b.status)) or b.forecast


def off_scale(series: Sequence[Series], subject: str, factor: float = 2.0) -> list[str]:
    """Return the keys of series that dwarf the subject, more than `factor` times its highest.

    A page leaves them out of a subject's chart and says so.
    """
    tops = {
        one.key: max((p.value for p in one.known if p.value is not None), default=0.0)
        for one in series
    }
    limit = tops.get(subject, 0.0) * factor
    return [key for key, top in tops.items() if limit > 0 and top > limit and key != subject]


def hover(point: Point, series: Series, written: str, t: Translator) -> str:
    """Write the hover text of a point: name, value with unit, period, status word."""
    when = t.period(point.period)
    if point.partial:
        when = t("{period}, to {date}", period=when, date=t.date(point.partial_to))
    word = status_word(point.status, t)
    return " · ".join(part for part in (series.label, written, when, word) if part)


def status_word(status: str, t: Translator) -> str:
    """Write one of the eight status words; an unknown one comes back empty."""
    words = {
        "official": t("Official"),
        "confirmed": t("Confirmed"),
        "reported": t("Reported"),
        "company_claim": t("Company claim"),
        "estimate": t("Estimate"),
        "disputed": t("Disputed"),
        "superseded": t("Superseded"),
        "unchecked": t("Unchecked"),
    }
    return words.get(status, "")
