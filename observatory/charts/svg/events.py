"""Numbered events on SVG charts over time: marks above the plot, dates with their width, a key.

The shape of a mark tells the kind of event: round for a policy, a filled square for an export
control, an arch for a model release, an open square for a deal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from observatory.charts.event_places import LANE, RADIUS, Extent, Mark, Strip, half_width
from observatory.charts.palette import Palette
from observatory.charts.plan import Event
from observatory.charts.svg import elements as svg
from observatory.charts.text import text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

DASH: Final = "2 3"


def event_strip(
    strip: Strip, top: float, bottom: float, colours: Palette, t: Translator
) -> list[str]:
    """Draw marks, leaders and dates above and over a plot from `top` to `bottom` in px."""
    parts: list[str] = []
    extents = [one for mark in strip.marks for one in mark.extents]
    for one in extents:
        parts += _date(one, top, bottom, colours)
    for mark in strip.marks:
        parts += _leaders(mark, strip, top, colours)
    for mark in strip.marks:
        said = "; ".join(spoken(one.event, t) for one in mark.extents)
        y = top - strip.centre(mark.row)
        row_id = mark.extents[0].event.row_id if len(mark.extents) == 1 else ""
        body = mark_shape(mark.text, mark.kind, mark.x, y, colours)
        parts.append(svg.receipt(row_id, said, body, focusable=False))
    return parts


def spoken(event: Event, t: Translator) -> str:
    """What hover says of an event."""
    return f"{event.number} · {event.label} · {t.period(event.period)}"


def _date(one: Extent, top: float, bottom: float, colours: Palette) -> list[str]:
    """A dashed line for a day, a band for a short span, a bar above the plot for a long one."""
    if one.form == "line":
        return [svg.line(one.at, top - LANE, one.at, bottom, colours["ink3"], 1, DASH)]
    wide, lane = one.right - one.left, top - LANE
    bar = svg.tag(
        "rect", x=one.left, y=lane, width=wide, height=3, rx=1.5, fill=colours["ink3"],
        fill_opacity=0.55,
    )  # fmt: skip
    if one.form == "band":
        band = svg.tag(
            "rect", x=one.left, y=lane, width=wide, height=bottom - lane, fill=colours["ink3"],
            fill_opacity=0.13,
        )  # fmt: skip
        return [band, bar]
    feet = [svg.line(at, lane, at, lane + 6, colours["ink3"]) for at in (one.left, one.right)]
    return [bar, *feet]


def _leaders(mark: Mark, strip: Strip, top: float, colours: Palette) -> list[str]:
    """A line from the mark straight down past the lower row, then to each of its dates."""
    start, knee = top - strip.centre(mark.row) + RADIUS, top - strip.centre(0) + RADIUS + 1
    parts: list[str] = []
    if knee > start:
        parts.append(svg.line(mark.x, start, mark.x, knee, colours["ink3"], 1))
    for one in mark.extents:
        end = (one.at, top - LANE)
        parts.append(svg.line(mark.x, max(start, knee), *end, colours["ink3"], 1))
    return parts


def mark_shape(text: str, kind: str, x: float, y: float, colours: Palette) -> str:
    """Draw a mark with its number, its centre at (x, y)."""
    filled = kind == "control"
    path = outline(kind, half_width(text), x, y)
    shape = svg.tag(
        "path", d=path, fill=colours["ink2" if filled else "bg"], stroke=colours["ink2"],
        stroke_width=1.2,
    )  # fmt: skip
    ink = colours["bg" if filled else "ink"]
    return shape + svg.words(x, y + 4, text, ink, 11, weight=600, anchor="middle")


def outline(kind: str, half: float, x: float, y: float, *, upward: bool = False) -> str:
    """The outline of a mark as a path around (x, y), `half` its half width in px.

    `upward`: heights grow upwards, as in Plotly's shapes.
    """
    r = RADIUS
    corner = 2.0 if kind in ("control", "deal") else r
    foot = 2.0 if kind == "model" else corner
    if upward:
        corner, foot = foot, corner
    left, right, up, down = x - half, x + half, y - r, y + r
    n = svg.num
    return (
        f"M{n(left)} {n(up + corner)}Q{n(left)} {n(up)} {n(left + corner)} {n(up)}"
        f"L{n(right - corner)} {n(up)}Q{n(right)} {n(up)} {n(right)} {n(up + corner)}"
        f"L{n(right)} {n(down - foot)}Q{n(right)} {n(down)} {n(right - foot)} {n(down)}"
        f"L{n(left + foot)} {n(down)}Q{n(left)} {n(down)} {n(left)} {n(down - foot)}Z"
    )


def numbered(event: Event, x: float, y: float, colours: Palette) -> str:
    """Draw an event's mark alone, as the key does."""
    body = mark_shape(str(event.number), event.kind, x, y, colours)
    return svg.receipt(event.row_id, event.label, body, focusable=False)


def event_key(
    events: Sequence[Event], width: float, top: float, colours: Palette, t: Translator
) -> tuple[list[str], float]:
    """Write what the numbers stand for, flowing over lines; returns parts and height in px."""
    parts: list[str] = []
    x, y = 0.0, top + 10
    for event in events:
        text = f"{event.label}, {t.period(event.period)}"
        texts = wrap(text, width - 26, 12.5, most=2)
        wide = max(text_width(line, 12.5) for line in texts) + 42
        if x and x + wide - 16 > width:
            x, y = 0.0, y + 23
        body = numbered(event, x + 9, y, colours) + "".join(
            svg.words(x + 24, y + 4.5 + 17 * i, line, colours["ink2"], 12.5)
            for i, line in enumerate(texts)
        )
        parts.append(svg.receipt(event.row_id, text, body))
        x += wide
        if len(texts) > 1:
            x, y = 0.0, y + 17 * (len(texts) - 1) + 23
    return parts, y + 14 - top
