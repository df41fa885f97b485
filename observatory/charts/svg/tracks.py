"""Listing attempts over time: one row an attempt, one shape a stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from observatory.charts.describe import describe_tracks
from observatory.charts.icons import icon_path
from observatory.charts.palette import STATUS_BADGES, Palette
from observatory.charts.room import roomy
from observatory.charts.scales import Linear, time_ticks
from observatory.charts.series import need, status_word, texts
from observatory.charts.svg import elements as svg
from observatory.charts.svg.stages import ENDED, STAGES, furthest, stage_shape, stage_word
from observatory.charts.text import shorten, text_width
from observatory.model.time import parse_period

if TYPE_CHECKING:
    from observatory.i18n import Translator

_WIDE_FROM: Final = 640


@dataclass(frozen=True, slots=True)
class TrackSpec:
    """Listing tracks. `as_of`: ISO day up to which dotted tails run (the data's date).

    `start`: ISO day the axis begins at, earlier stages are left to the table; `columns`: print
    stage, date and status at the right, `badges` False leaves status and sources out; `legend`:
    explain the shapes; `most`: rows drawn. From 640 px a row is one line of `pitch`, below that name
    and track stand over each other.
    """

    as_of: str = ""
    start: str = ""
    columns: bool = True
    badges: bool = True
    legend: bool = True
    pitch: float = 30
    most: int = 20
    width: float = 1280
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Stage:
    stage: str
    period: str
    first: int
    last: int
    row_id: str
    status: str
    is_now: bool = False
    since: str = ""

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class _Track:
    label: str
    native: str
    venue: str
    economy_id: str
    href: str
    sources: str
    sources_href: str
    stages: tuple[_Stage, ...]

    @property
    def now(self) -> _Stage:
        """Where the attempt stands: the stage marked so, else the furthest its newest dates allow."""
        marked = next((stage for stage in self.stages if stage.is_now), None)
        if marked is not None:
            return marked
        newest = max(self.stages, key=lambda stage: stage.middle)
        rivals = [stage for stage in self.stages if stage.last >= newest.first]
        return max(rivals, key=lambda stage: furthest(stage.stage))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the track area lies, and the x of the columns stage, since, status and sources."""

    left: float
    right: float
    stage: float
    since: float
    status: float
    sources: float
    pitch: float
    top: float
    wide: bool


@roomy
def ipo_tracks(frame: pd.DataFrame, spec: TrackSpec, colours: Palette, t: Translator) -> str:
    """Draw dated listing attempts.

    Columns: track_id, stage (see STAGES), period (date text of any precision); optional label,
    native, venue, economy_id, row_id, status, href, sources (how many an attempt has),
    sources_href, is_now (marks the row of the stage it stands at) and since (printed for that row
    instead of its period). Rows keep the order in which the attempts first appear. A date known to
    the month or year only is a faint band as long as that; what a weak source says is faint; a
    dotted tail means that no newer source is on file.
    """
    need(frame, ("track_id", "stage", "period"))
    tracks = _read(frame)
    left_out = len(tracks) - spec.most
    tracks = tracks[: spec.most]
    firsts = [stage.first for track in tracks for stage in track.stages]
    lasts = [stage.last for track in tracks for stage in track.stages]
    now = date.fromisoformat(spec.as_of).toordinal() if spec.as_of else max(lasts, default=1)
    begin = date.fromisoformat(spec.start).toordinal() if spec.start else min(firsts, default=0)
    legend, rows = _legend(tracks, spec, colours, t) if spec.legend and tracks else ([], 0)
    layout = _layout(tracks, spec, 26 * rows + 26, t)
    x = Linear(begin, max(now, begin + 30), layout.left, layout.right)
    bottom = layout.top + len(tracks) * layout.pitch
    parts = legend + _axis(x, layout, bottom, spec, colours, t)
    for i, track in enumerate(tracks):
        parts.append(_row(track, layout.top + i * layout.pitch, x, now, layout, spec, colours, t))
    height = bottom + 4
    if left_out > 0:
        height += 20
        more = t.n("{n} more not drawn", "{n} more not drawn", left_out)
        parts.append(svg.words(0, height - 6, more, colours["ink3"], 12))
    if not tracks:
        parts = [svg.words(0, 18, t("No listing attempt on file"), colours["ink2"], 13)]
        height = 28
    return svg.document(
        spec.width,
        height,
        *parts,
        name=spec.name or t("Listing attempts, stage by stage"),
        description=spec.description or describe_tracks(frame, t),
        lang=t.html_lang,
    )


def _read(frame: pd.DataFrame) -> list[_Track]:
    fields = zip(
        texts(frame, "track_id"),
        texts(frame, "stage"),
        texts(frame, "period"),
        texts(frame, "row_id"),
        texts(frame, "status"),
        texts(frame, "label"),
        texts(frame, "native"),
        texts(frame, "venue"),
        texts(frame, "economy_id"),
        texts(frame, "href"),
        texts(frame, "sources"),
        texts(frame, "sources_href"),
        texts(frame, "is_now"),
        texts(frame, "since"),
        strict=True,
    )
    heads: dict[str, tuple[str, str, str, str, str, str, str]] = {}
    stages: dict[str, list[_Stage]] = {}
    for track_id, stage, period, row_id, status, *head, is_now, since in fields:
        if not period or not track_id:
            continue
        covers = parse_period(period)
        label, *rest = head
        heads.setdefault(track_id, (label or track_id, *rest))
        first, last = covers.start.toordinal(), covers.end.toordinal()
        now = is_now in ("1", "True", "true")
        stages.setdefault(track_id, []).append(
            _Stage(stage, period, first, last, row_id, status, now, since or period)
        )
    order = {stage: i for i, stage in enumerate(STAGES)}
    return [
        _Track(
            *heads[key],
            tuple(sorted(found, key=lambda s: (s.middle, order.get(s.stage, 99)))),
        )
        for key, found in stages.items()
    ]


def _layout(tracks: Sequence[_Track], spec: TrackSpec, top: float, t: Translator) -> _Layout:
    if spec.width < _WIDE_FROM:
        return _Layout(6, spec.width - 10, 0, 0, 0, 0, 50, top, wide=False)
    left = min(spec.width * 0.27, 330)
    if not spec.columns:
        return _Layout(left, spec.width - 20, 0, 0, 0, 0, spec.pitch, top, wide=True)
    now = [track.now for track in tracks]
    heads = (t("Stage now"), t("Since"), t("Status"))
    cells = (
        [stage_word(stage.stage, t) for stage in now],
        [t.period(stage.since) for stage in now],
        [status_word(stage.status, t) for stage in now],
    )
    widths = [
        max(text_width(text, 12.5, 600) for text in (head, *column))
        for head, column in zip(heads, cells, strict=True)
    ]
    edge = spec.width
    if not spec.badges:
        since = edge - widths[1]
        stage = since - widths[0] - 16
        return _Layout(left, stage - 30, stage, since, edge, edge, spec.pitch, top, wide=True)
    if any(track.sources for track in tracks):
        edge -= text_width(t("Sources"), 12, 550) + 20
    status = edge - widths[2] - 24
    since = status - widths[1] - 22
    stage = since - widths[0] - 22
    return _Layout(left, stage - 36, stage, since, status, edge, spec.pitch, top, wide=True)


def _axis(
    x: Linear, layout: _Layout, bottom: float, spec: TrackSpec, colours: Palette, t: Translator
) -> list[str]:
    parts: list[str] = []
    room = layout.right - layout.left
    sample = text_width(t.period("2025-10"), 12) + 22
    edge = layout.right - (text_width(t("today"), 12, 600) / 2 + 24 if spec.as_of else 0)
    for tick in time_ticks(x.low, x.high, max(2, int(room // sample)), quarters=2000):
        at = x(tick.x)
        parts.append(svg.line(at, layout.top - 2, at, bottom, colours["hair"]))
        label = t.period(tick.period)
        if at + text_width(label, 12) / 2 <= edge:
            at = max(at, text_width(label, 12) / 2)
            parts.append(
                svg.words(at, layout.top - 10, label, colours["ink3"], 12, anchor="middle")
            )
    if spec.as_of:
        at = x(x.high)
        parts.append(svg.line(at, layout.top - 4, at, bottom, colours["ink3"], 1, "2 3"))
        parts.append(
            svg.words(
                at + 8 if not layout.wide else at,
                layout.top - 10,
                t("today"),
                colours["ink2"],
                12,
                weight=600,
                anchor="end" if not layout.wide else "middle",
            )
        )
    if layout.wide and spec.columns:
        heads = (
            (layout.stage, t("Stage now")),
            (layout.since, t("Since")),
            (layout.status, t("Status")),
        )
        for at, word in heads if spec.badges else heads[:2]:
            parts.append(svg.words(at, layout.top - 10, word, colours["ink3"], 12, weight=550))
        if layout.sources < spec.width:
            parts.append(
                svg.words(
                    spec.width,
                    layout.top - 10,
                    t("Sources"),
                    colours["ink3"],
                    12,
                    weight=550,
                    anchor="end",
                )
            )
    return parts


def _row(
    track: _Track,
    top: float,
    x: Linear,
    now: float,
    layout: _Layout,
    spec: TrackSpec,
    colours: Palette,
    t: Translator,
) -> str:
    colour = colours.economy(track.economy_id)
    y = top + (layout.pitch / 2 if layout.wide else 33)
    parts = [_head(track, top, layout, spec, colours, t)]
    shown = [stage for stage in track.stages if stage.middle >= x.low]
    for stage in shown:
        if stage.last - stage.first > 5:
            start, end = max(x(stage.first), layout.left), min(x(stage.last), layout.right)
            parts.append(
                svg.tag(
                    "rect",
                    x=start,
                    y=y - 4,
                    width=max(end - start, 1),
                    height=8,
                    rx=4,
                    fill=colour,
                    fill_opacity=0.25,
                )
            )
    if shown:
        places = [min(x(stage.middle), layout.right) for stage in shown]
        parts.append(svg.line(places[0], y, places[-1], y, colour, 2))
        if track.now.stage not in ENDED and now > shown[-1].last:
            parts.append(svg.line(places[-1] + 8, y, layout.right, y, colour, 1.5, "1.5 4"))
        for stage, at in zip(shown, places, strict=True):
            said = f"{track.label}: {stage_word(stage.stage, t)}, {t.period(stage.period)}"
            word = status_word(stage.status, t)
            shape = stage_shape(stage.stage, at, y, colour, colours["bg"])
            if stage.status == "unchecked":
                shape = svg.tag("g", shape, opacity=0.5)
            parts.append(
                svg.receipt(
                    stage.row_id,
                    f"{said} · {word}" if word else said,
                    shape,
                    svg.hit(at - 8, y - 10, 16, 20),
                    focusable=False,
                )
            )
    if layout.wide:
        below = top + layout.pitch
        parts.append(svg.line(0, below, spec.width, below, colours["hair"]))
    return svg.tag("g", *parts)


def _head(
    track: _Track, top: float, layout: _Layout, spec: TrackSpec, colours: Palette, t: Translator
) -> str:
    """Who it is, and where the attempt stands now."""
    base = top + (layout.pitch / 2 + 4.5 if layout.wide else 16)
    last = track.now
    word, since = stage_word(last.stage, t), t.period(last.since)
    room = layout.left - 26
    if not layout.wide:
        room = spec.width - text_width(f"{word}, {since}", 12) - 30
    colour = colours.economy(track.economy_id)
    swatch = svg.tag("rect", x=0, y=base - 9, width=10, height=10, rx=2, fill=colour)
    name = shorten(track.label, room - 17, 13, 600)
    inside = swatch + svg.words(17, base, name, colours["ink"], 13, weight=600)
    at = 17 + text_width(name, 13, 600) + 6
    for text in (track.native, track.venue):
        if text and at + text_width(text, 12) <= room:
            inside += svg.words(at, base, text, colours["ink3"], 12)
            at += text_width(text, 12) + 6
    if track.href:
        inside = svg.tag("a", inside, href=track.href, target="_self", aria_label=track.label)
    parts = [inside]
    if not layout.wide:
        text = f"{word}, {since}"
        edge = layout.right - 6 if spec.as_of else spec.width
        body = svg.words(edge, base, text, colours["ink2"], 12, anchor="end")
        parts.append(svg.receipt(last.row_id, f"{track.label}: {text}", body))
        return "".join(parts)
    if spec.columns:
        body = svg.words(layout.stage, base, word, colours["ink"], 12.5, weight=600)
        body += svg.words(layout.since, base, since, colours["ink2"], 12.5)
        said = f"{track.label}: {word}, {since}"
        box = svg.hit(layout.stage - 4, base - 15, layout.status - layout.stage - 8, 22)
        parts.append(svg.receipt(last.row_id, said, body, box))
        badge = STATUS_BADGES.get(last.status)
        if badge and spec.badges:
            ink, text = colours[badge.ink], status_word(last.status, t)
            parts.append(icon_path(badge.icon, layout.status, base - 12, 15, ink))
            parts.append(svg.words(layout.status + 20, base, text, ink, 12.5, weight=550))
        if track.sources and spec.badges:
            count = svg.words(spec.width, base, track.sources, colours["ink2"], 12.5, anchor="end")
            if track.sources_href:
                said = t("{company}: every stage and its sources", company=track.label)
                box = svg.hit(layout.sources, base - 15, spec.width - layout.sources, 22)
                count = svg.tag(
                    "a", count, box, href=track.sources_href, target="_self", aria_label=said
                )
            parts.append(count)
    return "".join(parts)


def _legend(
    tracks: Sequence[_Track], spec: TrackSpec, colours: Palette, t: Translator
) -> tuple[list[str], int]:
    """The shapes in use and the rows they take: at the right where one row holds them."""
    used = {stage.stage for track in tracks for stage in track.stages}
    entries = [(stage, stage_word(stage, t)) for stage in STAGES if stage in used]
    total = sum(text_width(word, 12) + 34 for _, word in entries) - 16
    x = spec.width - total if spec.width >= _WIDE_FROM and total < spec.width else 0.0
    parts: list[str] = []
    row = 0
    for stage, word in entries:
        wide = text_width(word, 12) + 18
        if x and x + wide > spec.width + 1:
            x, row = 0.0, row + 1
        y = 9 + 24 * row
        parts.append(stage_shape(stage, x + 6, y, colours["ink2"], colours["bg"]))
        parts.append(svg.words(x + 18, y + 4, word, colours["ink2"], 12))
        x += wide + 16
    return parts, row + 1
