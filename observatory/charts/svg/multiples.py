"""Small multiples: one small panel an economy (or a measure) on shared axes.

The panel's own line is in colour, all others are grey behind it; its last value is printed in the
head and opens the receipt. The value axis is labelled once a row, the time axis under each panel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.describe import describe_time
from observatory.charts.event_places import place
from observatory.charts.palette import Palette
from observatory.charts.plan import (
    Event,
    LineSpec,
    Tick,
    all_points,
    all_values,
    read_events,
    value_axis,
    value_scale,
)
from observatory.charts.room import roomy
from observatory.charts.scales import Linear
from observatory.charts.series import Point, Series, need, read_series, texts
from observatory.charts.svg import elements as svg
from observatory.charts.svg.events import event_key, event_strip
from observatory.charts.svg.panels import (
    Box,
    MultiplesSpec,
    Panel,
    Stage,
    draw,
    grid,
    head,
    name_room,
    newest,
    time_ends,
)
from observatory.charts.text import text_width, wrap

if TYPE_CHECKING:
    from observatory.i18n import Translator

__all__ = ["MultiplesSpec", "multiples"]

_HEAD: Final = 40.0
_FOOT: Final = 20.0
_NARROW: Final = 520


@roomy
def multiples(
    frame: pd.DataFrame,
    spec: MultiplesSpec,
    colours: Palette,
    t: Translator,
    events: pd.DataFrame | None = None,
) -> str:
    """Draw one panel an entity, or one a value of the column `panel`, on shared axes.

    Columns: those of an observation frame (see `series`; `series_id` keeps publishers apart).
    Optional: panel (which panel a row belongs to; default the entity), panel_label (its title;
    default the entity's label), href (page behind the title), absent (words of a panel without a
    value, e.g. why). A row with a missing value makes a panel that says so. `events`: columns period, label;
    optional row_id, kind, economy_id (drawn in that panel only).
    """
    need(frame, ("entity_id", "period", "value"))
    panels = _panels(frame, spec, t)
    everything = [one for panel in panels for one in (*panel.own, *panel.behind)]
    spec = replace(
        spec,
        measure=spec.measure.among((end[1].value for panel in panels if (end := newest(panel))), t),
    )
    points = [p for p in all_points(everything) if not spec.log or (p.value or 0) > 0]
    first = min((p.x for p in points), default=0.0)
    last = max((p.x for p in points), default=1.0)
    marks = read_events(events, first, last)
    homes = _homes(events)
    across = spec.columns or (2 if spec.width < _NARROW else max(3, int(spec.width // 240)))
    across = max(1, min(across, max(len(panels), 1)))
    axis = _axis(everything, spec, t)
    tick_room = max((text_width(tick.label, 12) for tick in axis[1]), default=0) + 8
    gap = 14.0 if spec.width < _NARROW else 28.0
    inset = 0.0 if spec.shared else tick_room
    wide = (spec.width - (tick_room if spec.shared else 0) - gap * (across - 1)) / across
    lanes = [
        place([m for m in marks if _is_about(m, panel.key, homes)], Linear(first, last, 3, wide - 6),
              0, wide)
        for panel in panels
    ]  # fmt: skip
    band = max((strip.height for strip in lanes), default=0.0)
    pitch = _HEAD + band + spec.height + _FOOT + (10 if spec.width < _NARROW else 18)
    parts, top = _above(spec, everything, colours, t)
    ends = _end_ticks(points)
    for i, panel in enumerate(panels):
        x0 = (tick_room if spec.shared else 0) + (i % across) * (wide + gap)
        y0 = top + (i // across) * pitch
        room = name_room(panel, wide) if panel.several else 6.0
        box = Box(x0 + inset, x0 + wide - room, y0 + _HEAD + band, y0 + _HEAD + band + spec.height)
        own_axis = axis if spec.shared else _axis((*panel.own, *panel.behind), spec, t)
        x = Linear(first, last, box.left + 3, box.right)
        y = value_scale(own_axis[0], spec.log, box.bottom, box.top)
        stage = Stage(x, y, box, spec, colours, t)
        left = x0 - tick_room if spec.shared else x0
        parts += grid(own_axis[1], stage, left, labelled=not spec.shared or i % across == 0)
        parts += time_ends(ends, stage)
        here = [m for m in marks if _is_about(m, panel.key, homes)]
        parts += event_strip(place(here, x, box.left, box.right), box.top, box.bottom, colours, t)
        parts.append(draw(panel, stage))
        parts.append(head(panel, x0, y0, wide, stage))
    rows = -(-len(panels) // across)
    height = top + max(rows * pitch - 8, 24)
    if marks and spec.markers:
        key, used = event_key(marks, spec.width, height + 4, colours, t)
        parts += key
        height += used + 8
    if not points:
        said = t("No values for this filter")
        parts.append(svg.words(0, height, said, colours["ink2"], 13))
        height += 20
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or spec.measure.name or t("Small multiples"),
        description=spec.description or describe_time(frame, spec.measure, t, spec.subjects),
        lang=t.html_lang,
    )


def _panels(frame: pd.DataFrame, spec: MultiplesSpec, t: Translator) -> list[Panel]:
    """Panels in order. Without a column `panel`, each entity has one and is grey in the others."""
    several = "panel" in frame.columns
    keys = texts(frame, "panel" if several else "entity_id")
    labels = texts(frame, "panel_label") if "panel_label" in frame else [""] * len(frame)
    names, homes = texts(frame, "label"), texts(frame, "economy_id")
    ids, links, gone = texts(frame, "entity_id"), texts(frame, "href"), texts(frame, "absent")
    about: dict[str, tuple[str, str, str, str]] = {}
    for i, key in enumerate(keys):
        if not key:
            continue
        label = labels[i] or ("" if several else names[i]) or key
        found = about.get(key, ("", "", "", ""))
        now = (label, links[i], gone[i], "" if several else homes[i] or ids[i])
        about[key] = tuple(old or new for old, new in zip(found, now, strict=True))  # type: ignore[assignment]
    order = [key for key in spec.panels if key in about] or list(about)
    series: dict[str, list[Series]] = {}
    if several:
        for key in order:
            series[key] = read_series(frame[[k == key for k in keys]])
    else:
        for one in read_series(frame):
            series.setdefault(one.entity_id, []).append(one)
    panels: list[Panel] = []
    for key in order:
        mine = series.get(key, [])
        if several:
            own = [o for o in mine if not spec.subjects or o.entity_id in spec.subjects]
            behind = [o for o in mine if o not in own] if spec.context else []
        else:
            own = mine
            behind = [o for k, group in series.items() if k != key for o in group]
            if not spec.context:
                behind = [o for o in behind if o.entity_id == spec.reference]
        label, href, absent, home = about[key]
        absent = absent or spec.absent or t("not on file")
        panels.append(
            Panel(key, label, href, absent, tuple(own), tuple(behind), home, several)
        )  # fmt: skip
    return panels


def _is_about(event: Event, panel: str, homes: Mapping[tuple[str, str], str]) -> bool:
    return homes.get((event.period, event.label), "") in ("", panel)


def _homes(events: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """The entity an event is about, by its period and label; empty: everyone's."""
    if events is None or not len(events):
        return {}
    keys = zip(texts(events, "period"), texts(events, "label"), strict=True)
    name = "economy_id" if "economy_id" in events.columns else "entity_id"
    return dict(zip(keys, texts(events, name), strict=True))


def _axis(
    series: Sequence[Series], spec: MultiplesSpec, t: Translator
) -> tuple[tuple[float, float], list[Tick]]:
    line = LineSpec(measure=spec.measure, log=spec.log, zero=spec.zero)
    domain, ticks = value_axis(all_values(series), line, t, most=3)
    # The lowest value of a logarithmic scale would lie on the rim.
    low = domain[0] * 0.8 if spec.log and domain[0] > 0 else domain[0]
    return (low, domain[1]), ticks


def _above(
    spec: MultiplesSpec, series: Sequence[Series], colours: Palette, t: Translator
) -> tuple[list[str], float]:
    """Lines above the panels: the dark line's name, the scale; and the px they take."""
    said: list[str] = []
    dark = next((one.label for one in series if one.entity_id == spec.reference), "")
    if dark:
        said.append(t("Bold line: {economy}.", economy=dark))
    if spec.log:
        said.append(t("Logarithmic scale: equal steps are equal multiples."))
        if any(value <= 0 for value in all_values(series)):
            said.append(t("Zeros are not drawn."))
    lines = wrap(t.sentences(said), spec.width, 12, most=3) if said else []
    parts = [
        svg.words(0, 12 + 17 * i, text, colours["ink2"], 12) for i, text in enumerate(lines)
    ]  # fmt: skip
    return parts, len(lines) * 17 + (8.0 if lines else 0.0)


def _end_ticks(points: Sequence[Point]) -> list[Tick]:
    """The first and the last period: what a small panel has room for."""
    if not points:
        return []
    a, b = min(points, key=lambda p: (p.x, p.last)), max(points, key=lambda p: (p.x, p.last))
    ends = [Tick(a.x, a.period), Tick(b.x, b.period)]
    return ends[:1] if a.period == b.period else ends
