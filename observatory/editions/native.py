"""What a card's table makes of a chart that a slide program can edit.

The table under a chart is its twin: the values drawn. Where they are one measure of several
economies the twin is enough to draw them again as an editable chart, with the same numbers; where
it is not (several measures, a matrix, a map of dates) there is no chart and a picture is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from observatory.cards.card_model import Card
from observatory.charts.palette import Palette, palette
from observatory.charts.series import span_end
from observatory.editions.pictures import drawings
from observatory.i18n import Translator
from observatory.model.time import PeriodError, parse_period

Kind = Literal["line", "bar", "stacked", "scatter"]
NAMES: Final = ("label", "economy", "model_name", "org_name")
CODES: Final = ("economy_id", "entity_id")
VALUES: Final = ("value", "score")
SUBJECTS: Final = (
    "indicator_id", "measure", "panel", "currency", "unit", "unit_label", "board", "benchmark_id", "register",
)  # fmt: skip
"""Columns that have to hold one thing only: values of two of them share no axis."""
HIGHLIGHTED: Final = 7
"""Lines with a colour where the card has no drawing that tells them from the others."""
MOST_BARS: Final = 20
MOST_SERIES: Final = 20
_STEPS: Final = {"year": 12, "fiscal_year": 12, "half": 6, "quarter": 3}
"""Months of the periods that are named and not dated."""
_STROKE: Final = re.compile(r'\bstroke="([^"]+)"')
LOG_FROM: Final = 200.0
"""Scatter plots of values more than this many times apart have a logarithmic axis."""


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """One series. `values` has one entry a category, None where nothing is known; a scatter has
    `points` (x, y, name) instead. `strong`: in colour, with its name at its end."""

    name: str
    colour: str
    values: tuple[float | None, ...] = ()
    points: tuple[tuple[dt.date | float, float, str], ...] = ()
    strong: bool = True
    parts: tuple[int, ...] = ()
    """Places of values of a part of their period: hollow."""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """An editable chart. `categories` are days for a line over time, else texts; `printed` says
    what stands at each day where its date would say another period. `left_out` counts bars or
    series beyond what a slide can hold."""

    kind: Kind
    categories: tuple[dt.date | str, ...]
    series: tuple[NativeSeries, ...]
    value_title: str = ""
    percent: bool = False
    log: bool = False
    left_out: int = 0
    printed: tuple[str, ...] = ()
    across_title: str = ""
    """What a scatter's x is where it is no day."""


def native_chart(card: Card, colours: Palette, t: Translator) -> NativeChart | None:
    """The editable chart of a card, or None where its table makes none."""
    if card.table is None or card.native in ("picture", "dots", "shapes") or card.empty is not None:
        return None
    frame = card.table.frame if card.drawn is None else card.drawn
    if card.native == "stacked":
        return _stacked(card, colours)
    name = _first(frame, NAMES)
    value = _first(frame, VALUES)
    if name is None and value is not None and "period" in frame.columns:
        # A series of one subject names it in the card's title.
        frame, name = frame.assign(label=_title(card, value)), "label"
    if name is None or value is None or not pd.api.types.is_numeric_dtype(frame[value]):
        return None
    if card.native == "auto" and not card.has_picture:
        return None
    known = frame[frame[value].notna()]
    if known.empty or any(known[c].nunique() > 1 for c in SUBJECTS if c in known.columns):
        return None
    chart = _kind(card, known, name)
    if chart == "scatter":
        return _scatter(card, known, name, value, colours, t)
    if chart == "line":
        return _lines(card, known, name, value, colours, t)
    return _bars(card, known, name, value, colours, t)


def _first(frame: pd.DataFrame, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in frame.columns), None)


def _kind(card: Card, frame: pd.DataFrame, name: str) -> Kind:
    if card.native in ("line", "bar", "scatter"):
        return card.native
    if "across" in frame.columns and pd.api.types.is_numeric_dtype(frame["across"]):
        return "scatter"
    many = "period" in frame.columns and frame.groupby(name)["period"].nunique().max() > 1
    return "line" if many else "bar"


def _title(card: Card, value: str) -> str:
    columns = card.table.columns if card.table else ()
    return next((column.label for column in columns if column.key == value), "")


def _percent(frame: pd.DataFrame) -> bool:
    return "unit" in frame.columns and set(frame["unit"].dropna()) == {"percent"}


def _colour(row: dict[Hashable, Any], colours: Palette) -> str:
    return colours.economy(_code(row))


def _bar_name(row: dict[Hashable, Any], name: str, t: Translator) -> str:
    """Whose bar it is, and how far from the economy that all are held against."""
    beside = row.get("beside")
    if isinstance(beside, str) and beside.strip("–"):
        return t("{economy} ({difference})", economy=str(row[name]), difference=beside)
    return str(row[name])


def _bars(
    card: Card, frame: pd.DataFrame, name: str, value: str, colours: Palette, t: Translator
) -> NativeChart | None:
    if frame[name].duplicated().any():
        return None
    rows = frame.to_dict("records")
    shown = rows[:MOST_BARS]
    return NativeChart(
        "bar",
        tuple(_bar_name(row, name, t) for row in shown),
        (
            NativeSeries(
                _title(card, value), colours["ink2"], tuple(float(row[value]) for row in shown)
            ),
        ),
        _title(card, value),
        _percent(frame),
        left_out=len(rows) - len(shown),
    )


def bar_colours(card: Card, colours: Palette) -> tuple[str, ...]:
    """Colour of each bar: that of its economy, grey where it stands for none."""
    if card.table is None:
        return ()
    frame = card.table.frame if card.drawn is None else card.drawn
    value = _first(frame, VALUES)
    known = frame[frame[value].notna()] if value else frame
    return tuple(_colour(row, colours) for row in known.head(MOST_BARS).to_dict("records"))


def _days(frame: pd.DataFrame) -> pd.Series[Any]:
    """Last day of each row's period, None where it is no period."""
    return pd.Series([_day(period) for period in frame["period"]], index=frame.index, dtype=object)


def _day(period: object) -> dt.date | None:
    try:
        return parse_period(str(period)).end
    except PeriodError:
        return None


def _lines(
    card: Card, frame: pd.DataFrame, name: str, value: str, colours: Palette, t: Translator
) -> NativeChart | None:
    """Lines over time; a line ends where its values stop comparing with themselves."""
    days = _days(frame)
    if days.isna().any():
        return None
    frame = frame.assign(_day=days).sort_values("_day", kind="stable")
    if frame.duplicated([name, "_day"]).any():
        return None
    axis, categories, printed = _time_axis(frame, t)
    place = {day: at for at, day in enumerate(axis)}
    newest = frame.groupby(name)[value].last().sort_values(ascending=False)
    owners = {
        who: _code(row) for who, row in zip(frame[name], frame.to_dict("records"), strict=True)
    }
    strong = _coloured(card, owners) or set(newest.index[:HIGHLIGHTED])
    found: list[NativeSeries] = []
    # As in the drawing, those in colour first: they lie above the others and are left out last.
    for who in sorted(newest.index, key=lambda who: who not in strong):
        rows = frame[frame[name] == who].to_dict("records")
        own = who in strong
        colour = _colour(rows[0], colours) if own else colours["ctx"]
        for part in _stretches(rows):
            values: list[float | None] = [None] * len(axis)
            for row in part:
                values[place[row["_day"]]] = float(row[value])
            hollow = tuple(place[row["_day"]] for row in part if _part(row))
            label = str(who)
            if part is not rows and part[0] is not rows[0]:
                label = t(
                    "{name}, from {period}", name=label, period=t.period(str(part[0]["period"]))
                )
            found.append(NativeSeries(label, colour, tuple(values), strong=own, parts=hollow))
    shown = found[:MOST_SERIES]
    return NativeChart(
        "line", categories, tuple(shown), _title(card, value), _percent(frame),
        left_out=len(found) - len(shown), printed=printed,
    )  # fmt: skip


def _time_axis(
    frame: pd.DataFrame, t: Translator
) -> tuple[list[dt.date], tuple[dt.date | str, ...], tuple[str, ...]]:
    """Days of the axis in order, its categories, and what is printed where days would not do.

    Periods of one length are categories under their own names, those without a value too, so
    that a gap looks like one. Days and months stand on an axis of dates. Where half-years and
    quarters meet, places are dates and names are the periods'.
    """
    periods = {day: str(text) for day, text in zip(frame["_day"], frame["period"], strict=True)}
    axis = sorted(periods)
    kinds = {parse_period(text).precision for text in periods.values()}
    step = _STEPS.get(next(iter(kinds))) if len(kinds) == 1 else None
    if step:
        axis = _every(axis[0], axis[-1], step)
        return axis, tuple(_named(day, step, periods, t) for day in axis), ()
    if kinds <= {"day", "month"}:
        return axis, tuple(axis), ()
    return axis, tuple(axis), tuple(t.period(periods[day]) for day in axis)


def _every(first: dt.date, last: dt.date, months: int) -> list[dt.date]:
    """Last days of all periods of this length, from first to last."""
    found, day = [first], first
    while day < last:
        at = day.year * 12 + day.month - 1 + months
        day = dt.date(at // 12, at % 12 + 1, monthrange(at // 12, at % 12 + 1)[1])
        found.append(day)
    return found


def _named(day: dt.date, months: int, periods: dict[dt.date, str], t: Translator) -> str:
    """The period that ends on this day, as readers know it."""
    part = {12: "", 6: f"-H{(day.month + 5) // 6}", 3: f"-Q{(day.month + 2) // 3}"}[months]
    return t.period(periods.get(day, f"{day.year}{part}"))


def _code(row: dict[Hashable, Any]) -> str:
    """The economy that gives a row its colour."""
    return next((str(row[c]) for c in CODES if isinstance(row.get(c), str)), "")


def _coloured(card: Card, owners: dict[Any, str]) -> set[Any]:
    """The lines that the card's drawing has in their economy's colour; the others are grey there."""
    strokes = set(_STROKE.findall("".join(drawings(card))))
    if not strokes:
        return set()
    screens = [palette(mode) for mode in ("css", "light", "dark")]
    return {who for who, code in owners.items()
            if any(screen.economy(code) in strokes for screen in screens)}  # fmt: skip


def _part(row: dict[Hashable, Any]) -> bool:
    """Whether a value speaks of a part of its period only."""
    if isinstance(row.get("partial_to"), str) and row["partial_to"]:
        return True
    span = row.get("span")
    return isinstance(span, str) and bool(span_end(span, row["_day"].toordinal()))


def _stretches(rows: list[dict[Hashable, Any]]) -> list[list[dict[Hashable, Any]]]:
    """Rows of one line, parted where a value does not compare with the one before it."""
    parts: list[list[dict[Hashable, Any]]] = [[]]
    for row in rows:
        if row.get("breaks") is True and parts[-1]:
            parts.append([])
        parts[-1].append(row)
    return parts


def _stacked(card: Card, colours: Palette) -> NativeChart | None:
    """Parts of a whole: one bar a row, one series a column of counts."""
    assert card.table is not None  # noqa: S101 - asked by the caller
    frame = card.table.frame
    name = _first(frame, NAMES)
    parts = [
        column for column in card.table.columns
        if column.key not in (name, "all") and column.key in frame.columns
        and pd.api.types.is_numeric_dtype(frame[column.key])
    ]  # fmt: skip
    if name is None or not parts:
        return None
    series = tuple(
        NativeSeries(part.label, tone, tuple(float(value) for value in frame[part.key]))
        for part, tone in zip(parts, _tones(colours, len(parts)), strict=True)
    )
    return NativeChart("stacked", tuple(str(value) for value in frame[name]), series)


def _tones(colours: Palette, count: int) -> list[str]:
    """Colours for parts that are no economies: the pillars' and the greys."""
    names = [name for name in colours.tokens if name.startswith("pillar-") and name.count("-") == 1]
    tones = [colours[name] for name in names] + [colours["ink3"], colours["ctx2"], colours["ctx"]]
    return (tones * (count // len(tones) + 1))[:count]


def _scatter(
    card: Card, frame: pd.DataFrame, name: str, value: str, colours: Palette, t: Translator
) -> NativeChart | None:
    """Dots over time, or over another measure (`across`), one series an economy."""
    over = "across" in frame.columns
    frame = frame.assign(_day=frame["across"] if over else _days(frame))
    frame = frame[frame["_day"].notna()]
    code = _first(frame, CODES)
    if frame.empty or code is None:
        return None
    series = []
    for economy, rows in (
        frame.fillna({code: ""}).replace({code: {"": t("not known")}}).groupby(code, sort=False)
    ):
        points = tuple(
            (row["_day"], float(row[value]), str(row[name])) for row in rows.to_dict("records")
        )
        series.append(NativeSeries(str(economy), colours.economy(str(economy)), points=points))
    values = frame.loc[frame[value] > 0, value]
    log = bool(len(values) and values.max() / values.min() > LOG_FROM and (frame[value] > 0).all())
    return NativeChart(
        "scatter", (), tuple(series), _title(card, value), log=log,
        across_title=_title(card, "across") if over else "",
    )  # fmt: skip


def with_names(chart: NativeChart, names: dict[str, str]) -> NativeChart:
    """The chart with series named in the reader's language (id -> name)."""
    series = tuple(replace(one, name=names.get(one.name, one.name)) for one in chart.series)
    return replace(chart, series=series)
