"""What a chart over time shows, before anything is drawn: shared by the SVG and Plotly makers.

Decides axes, ticks, who is labelled, where events stand. Sizes are in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.scales import (
    Linear,
    Log,
    Scale,
    log_ticks,
    nice_domain,
    nice_ticks,
)
from observatory.charts.scales import time_ticks as whole_ticks
from observatory.charts.series import Point, Series, need, texts
from observatory.charts.spread import spread
from observatory.charts.text import shorten, text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

Size = Literal["screen", "slide"]
_MOST_TRIED: Final = 40
NO_TIME: Final = (730_120.0, 730_485.0)
"""The span of a time axis without data, in ordinals: any will do, nothing is drawn on it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Line widths, dots and type of a screen chart or of a slide."""

    subject: float
    second: float
    context: float
    dot: float
    tick: float
    label: float
    gap: float


SIZES: Final[dict[Size, Sizes]] = {
    "screen": Sizes(2.6, 2.4, 1.3, 3.6, 12, 12.5, 15),
    "slide": Sizes(6, 4, 2, 6, 20, 23, 30),
}


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation at a point of the chart: first line bold, second line plain."""

    period: str
    value: float
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A line chart over time.

    `subjects`: entity ids (or series keys) in colour, the first one strongest; `loose`: series
    keys drawn as unjoined hollow squares, for a second publisher's count; `step`: values hold
    until the next; `gaps`: break the line at missing periods, not only at missing values; `log`;
    `zero`: scale from zero (None: when the data come near it); `labels`:
    context ids that are named first; `most_labels`: names at line ends in all; `values`: print
    the last value behind the name; `key`: explain event numbers under the chart; `hits`: every
    value answers the mouse, drawn or not (SVG); `notes`: at most two are drawn; `size`: "slide"
    for a screen in a meeting room.
    """

    measure: Measure = PLAIN
    subjects: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    step: bool = False
    gaps: bool = True
    log: bool = False
    zero: bool | None = None
    labels: tuple[str, ...] = ()
    most_labels: int = 7
    values: bool = True
    key: bool = True
    hits: bool = False
    notes: tuple[Note, ...] = ()
    width: float = 402
    height: float = 262
    size: Size = "screen"
    name: str = ""
    description: str = ""

    def role(self, one: Series) -> int:
        """Return 0 for the first subject, 1 for further ones, 2 for loose series, 3 for context."""
        for place, subject in enumerate(self.subjects):
            if subject in (one.key, one.entity_id):
                return 2 if one.key in self.loose else min(place, 1)
        return 2 if one.key in self.loose else 3

    def loose_shape(self, one: Series) -> str:
        """Return the shape of a loose series' marks: one a publisher."""
        shapes = ("square", "diamond", "triangle-up")
        return shapes[self.loose.index(one.key) % 3] if one.key in self.loose else shapes[0]


@dataclass(frozen=True, slots=True)
class Event:
    """A numbered event: `x` is the ordinal of its middle day, `period` its date as the source has it.

    `first` and `last` are the days between which it fell; `kind` (policy, control, model, deal)
    decides the shape of its mark.
    """

    number: int
    x: float
    period: str
    label: str
    row_id: str = ""
    kind: str = ""
    first: int = 0
    last: int = 0


def read_events(frame: pd.DataFrame | None, first: float, last: float) -> list[Event]:
    """Read events that fall inside [first, last] and number them in order of time.

    Columns: period (canonical date text), label; optional row_id, kind.
    """
    if frame is None or not len(frame):
        return []
    need(frame, ("period", "label"))
    rows = zip(
        texts(frame, "period"),
        texts(frame, "label"),
        texts(frame, "row_id"),
        texts(frame, "kind"),
        strict=True,
    )
    found: list[tuple[float, str, str, str, str, int, int]] = []
    for period, label, row_id, kind in rows:
        if not period:
            continue
        covers = parse_period(period)
        start, end = covers.start.toordinal(), covers.end.toordinal()
        x = (start + end) / 2
        if first <= x <= last:
            found.append((x, period, label, row_id, kind, start, end))
    found.sort()
    return [Event(i, *event) for i, event in enumerate(found, start=1)]


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick with its label."""

    at: float
    label: str


def value_axis(
    values: Sequence[float], spec: LineSpec, t: Translator, most: int = 4
) -> tuple[tuple[float, float], list[Tick]]:
    """Return the domain of the value axis and its ticks; the unit stands at the top one."""
    if not values:
        return (0.0, 1.0), []
    low, high = min(values), max(values)
    positive = [value for value in values if value > 0]
    if spec.log and positive:
        low, high = min(positive), max(positive)
        if low == high:
            low, high = low / 2, high * 2
        ticks = log_ticks(low, high, most + 1)
    else:
        low, high = nice_domain(low, high, zero=spec.zero)
        ticks = nice_ticks(low, high, most, whole=all(value % 1 == 0 for value in values))
        # A line far above the last tick hangs in the air: one more tick holds it.
        step = ticks[-1] - ticks[-2] if len(ticks) > 1 else 0.0
        if step and high - ticks[-1] > 0.5 * step:
            high = ticks[-1] + step
            ticks.append(high)
    if spec.log:
        # Each of its own size: the numbers of a logarithmic axis have no decimals in common.
        alone = replace(spec.measure, places=())
        labels = [alone.bare(tick, t) for tick in ticks]
    else:
        labels = spec.measure.ticks(ticks, t)
    return (low, high), [Tick(at, label) for at, label in zip(ticks, labels, strict=True)]


def padded(
    domain: tuple[float, float], log: bool, pixels: float, height: float
) -> tuple[float, float]:
    """Widen a domain so that thick lines and grid lines at its ends are drawn whole.

    Plotly cuts what lies on the rim of the plot: `pixels` are added above, one below.
    """
    low, high = domain
    if log and low > 0:
        ratio = (high / low) ** (1 / height)
        return low / ratio, high * ratio**pixels
    step = (high - low) / height
    return low - step, high + step * pixels


def value_scale(domain: tuple[float, float], log: bool, start: float, end: float) -> Scale:
    """Return the scale from values to pixels."""
    if log and domain[0] > 0:
        return Log(*domain, start, end)
    return Linear(*domain, start, end)


def period_axis(points: Sequence[Point], room: float, size: float, t: Translator) -> list[Tick]:
    """Return ticks of the time axis: each period if few, else whole years or quarters.

    Yearly values are labelled under their points, counted back from the last one.
    """
    by_period = {point.period: point for point in points}
    periods = sorted(by_period.values(), key=lambda point: point.x)
    if not periods:
        return []
    labels = [t.period(point.period) for point in periods]
    widths = [text_width(label, size) + 10 for label in labels]
    if len(periods) <= 5:
        if _apart(periods, widths, room):
            return [Tick(p.x, label) for p, label in zip(periods, labels, strict=True)]
        return [Tick(periods[0].x, labels[0]), Tick(periods[-1].x, labels[-1])]
    most = max(2, min(6, int(room // (text_width(t.period("2026"), size) + 20))))
    yearly = [p for p in periods if 360 <= p.last - p.first <= 366]
    if len(yearly) > 0.8 * len(periods):
        most = max(2, min(6, int(room // (max(widths) + 8))))
        last = periods[-1].x
        years = round((last - periods[0].x) / 365.25)
        stride = next((s for s in (1, 2, 3, 4, 5, 10, 20, 50) if years // s + 1 <= most), 100)
        kept = [p for p in yearly if round((last - p.x) / 365.25) % stride == 0]
        return [Tick(p.x, t.period(p.period)) for p in kept]
    found = whole_ticks(periods[0].x, periods[-1].x, most)
    return [Tick(tick.x, t.period(tick.period)) for tick in found]


def _apart(periods: Sequence[Point], widths: Sequence[float], room: float) -> bool:
    """Whether the labels of all periods fit side by side under their points."""
    first, last = periods[0].x, periods[-1].x
    if last == first:
        return True
    centres = [(p.x - first) / (last - first) * room for p in periods]
    return all(
        b - a >= (wa + wb) / 2
        for a, b, wa, wb in zip(centres, centres[1:], widths, widths[1:], strict=False)
    )


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The label at a line's end: its text, where the line ends (`at`) and where it is put."""

    series: Series
    point: Point
    role: int
    text: str
    at: float
    y: float


def end_labels(
    series: Sequence[Series],
    spec: LineSpec,
    y: Scale,
    box: tuple[float, float],
    room: float,
    t: Translator,
) -> list[EndLabel]:
    """Choose and place labels: all subjects, then as many context lines as stay near their ends.

    `box`: top and bottom of the room in px; `room`: width in px, longer texts are shortened.
    """
    sizes = SIZES[spec.size]
    final = max((one.last.x for one in series if one.last), default=0.0)
    ends = [(spec.role(one), one, one.last) for one in series if one.last is not None]
    must = sorted((end for end in ends if end[0] < 3), key=lambda end: end[0])
    context = [end for end in ends if end[0] == 3]
    chosen = must[: spec.most_labels]
    # Where names are asked for beyond the usual, they may stand further from their ends.
    furthest = sizes.gap * (0.75 if spec.most_labels <= len(must) or spec.most_labels < 8 else 1.6)
    for end in _by_interest(context, must, spec)[:_MOST_TRIED]:
        if len(chosen) >= spec.most_labels:
            break
        trial = [*chosen, end]
        wanted = [y(_value(point)) for _, _, point in trial]
        placed = spread(wanted, sizes.gap, *box)
        shifts = [abs(a - b) for a, b in zip(wanted, placed, strict=True)]
        if max(shifts) <= furthest:
            chosen = trial
    wanted = [y(_value(point)) for _, _, point in chosen]
    placed = spread(wanted, sizes.gap, *box)
    labels: list[EndLabel] = []
    for (role, one, point), at, put in zip(chosen, wanted, placed, strict=True):
        text = end_text(one, point, spec, t, ended=final - point.x > 400)
        weight = 600 if role < 3 else 400
        labels.append(EndLabel(one, point, role, shorten(text, room, sizes.label, weight), at, put))
    return labels


def end_text(one: Series, point: Point, spec: LineSpec, t: Translator, *, ended: bool) -> str:
    """Write a line's end label: name, value, and the period if the line ends before the others."""
    parts = [one.label]
    if spec.values:
        parts.append(spec.measure.bare(_value(point), t))
    if ended:
        parts.append(f"({t.period(point.period)})")
    return " ".join(parts)


def label_room(series: Sequence[Series], spec: LineSpec, t: Translator) -> float:
    """Return the width in px that end labels may take: the widest text, at most 42 %."""
    size = SIZES[spec.size].label
    widest = 0.0
    final = max((one.last.x for one in series if one.last), default=0.0)
    for one in series:
        if one.last is not None:
            role = spec.role(one)
            text = end_text(one, one.last, spec, t, ended=final - one.last.x > 400)
            if role < 3 or len(series) <= 14:
                widest = max(widest, text_width(text, size, 600 if role < 3 else 400))
    return min(widest + 14, spec.width * 0.42)


def _value(point: Point) -> float:
    return point.value if point.value is not None else 0.0


End = tuple[int, Series, Point]


def _by_interest(context: Sequence[End], must: Sequence[End], spec: LineSpec) -> list[End]:
    """Context lines in the order they deserve a name: asked for, top, next to subjects, rest."""
    ranked = sorted(context, key=lambda end: -_value(end[2]))
    order: list[End] = [
        end for wish in spec.labels for end in ranked if wish in (end[1].entity_id, end[1].key)
    ]
    order += ranked[:1]
    for _, _, point in must:
        above = [end for end in ranked if _value(end[2]) >= _value(point)]
        below = [end for end in ranked if _value(end[2]) < _value(point)]
        order += above[-1:] + below[:1]
    order += ranked
    seen: set[str] = set()
    unique: list[End] = []
    for end in order:
        if end[1].key not in seen:
            seen.add(end[1].key)
            unique.append(end)
    return unique


def stroke(one: Series, role: int, colours: Palette) -> str:
    """Return the colour of a series' line by its role."""
    if role < 2:
        return colours.economy(one.economy_id)
    return colours["ink2"] if role == 2 else colours["ctx"]


def label_ink(one: Series, role: int, colours: Palette) -> str:
    """Return the colour of a series' label by its role."""
    if role < 2:
        return colours.economy_text(one.economy_id)
    return colours["ink2"] if role == 2 else colours["ink3"]


def all_values(series: Sequence[Series]) -> list[float]:
    """Return every known value of a chart, rivals too."""
    return [
        point.value
        for one in series
        for point in (*one.points, *one.rivals)
        if point.value is not None
    ]


def all_points(series: Sequence[Series]) -> list[Point]:
    """Return every point of a chart that has a value."""
    return [p for one in series for p in (*one.points, *one.rivals) if p.value is not None]
