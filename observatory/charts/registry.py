"""Every chart of the product: its function, its columns, how to draw it with plain settings.

One test draws each of them with empty, tiny, broken and huge frames; documentation lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.figures_columns import rank_bars, time_bars
from observatory.charts.figures_flows import FlowSpec, flows
from observatory.charts.figures_points import PointSpec, model_scatter, money_dots
from observatory.charts.figures_time import time_lines
from observatory.charts.measure import PLAIN, Measure
from observatory.charts.palette import Palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg_agenda import AgendaSpec, agenda_lanes
from observatory.charts.svg_bars import BarSpec, bars
from observatory.charts.svg_chips import Axis, DuelSpec, duel
from observatory.charts.svg_columns import columns
from observatory.charts.svg_counts import CountsSpec, counts_grid
from observatory.charts.svg_cover_grid import cover_grid, plain_cover
from observatory.charts.svg_coverage import coverage, plain_spec
from observatory.charts.svg_dotplot import DotPlotSpec, dot_plot
from observatory.charts.svg_frontier import FrontierSpec, frontier
from observatory.charts.svg_lag import StemSpec, lag_stems
from observatory.charts.svg_leaderboard import IntervalSpec, interval_strips
from observatory.charts.svg_lines import lines
from observatory.charts.svg_matrix import MatrixSpec, matrix
from observatory.charts.svg_multiples import MultiplesSpec, multiples
from observatory.charts.svg_quick import KINDS as QUICK
from observatory.charts.svg_quick import Kind as QuickKind
from observatory.charts.svg_quick import QuickSpec, quick
from observatory.charts.svg_ranks import RankSpec, ranks
from observatory.charts.svg_rulebook import RulebookSpec, rulebook
from observatory.charts.svg_scales import Band
from observatory.charts.svg_small import SparkSpec, StripSpec, dot_strip, sparkline
from observatory.charts.svg_tiles import TileSpec, tile_map
from observatory.charts.svg_timeline import TimelineSpec, timeline
from observatory.charts.svg_tracks import TrackSpec, ipo_tracks

if TYPE_CHECKING:
    from observatory.i18n import Translator

Kind = Literal["entity", "period", "number", "text", "stage", "cell", "flag", "status"]
Drawing: TypeAlias = "str | go.Figure"
Draw = Callable[[pd.DataFrame, Measure, tuple[str, ...], Palette, "Translator"], Drawing]

_OBSERVATION: Final[Mapping[str, Kind]] = MappingProxyType(
    {"entity_id": "entity", "period": "period", "value": "number"}
)
_OBSERVATION_MORE: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "label": "text",
        "economy_id": "entity",
        "series_id": "text",
        "status": "status",
        "row_id": "text",
        "is_headline": "flag",
        "is_forecast": "flag",
        "partial_to": "period",
        "breaks": "flag",
    }
)
_RANKING: Final[Mapping[str, Kind]] = MappingProxyType({"entity_id": "entity", "value": "number"})
_RANKING_MORE: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "label": "text",
        "native": "text",
        "economy_id": "entity",
        "row_id": "text",
        "status": "status",
        "absent": "text",
    }
)


@dataclass(frozen=True)
class Chart:
    """A chart: `draw(frame, measure, subjects, palette, translator)` gives SVG or a figure."""

    name: str
    medium: Literal["svg", "figure"]
    what: str
    required: Mapping[str, Kind]
    optional: Mapping[str, Kind]
    draw: Draw = field(repr=False)


def _counts_of(frame: pd.DataFrame, width: float) -> CountsSpec:
    rows, heads = (
        [(str(key), str(key)) for key in dict.fromkeys(frame.get(name, ()))]
        for name in ("row", "column")
    )
    return CountsSpec(rows=rows[:40], columns=heads[:12], total="All", width=width)


def _first(subjects: tuple[str, ...]) -> str:
    return subjects[0] if subjects else ""


def _quick(kind: QuickKind) -> Draw:
    return lambda f, m, s, p, t: quick(f, QuickSpec(kind=kind, y_name=m.name), p, t)


_ALWAYS: Final = (Band(date(1900, 1, 1), date(2100, 12, 31), "Scale 1"),)

_DATED: Final[Mapping[str, Kind]] = MappingProxyType(
    {"period": "period", "value": "number", "label": "text"}
)
_DATED_MORE: Final[Mapping[str, Kind]] = MappingProxyType(
    {"owner": "text", "economy_id": "entity", "row_id": "text", "status": "status"}
)

CHARTS: Final[tuple[Chart, ...]] = (
    Chart(
        "sparkline",
        "svg",
        "the subject's line over grey peers, for a tile",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: sparkline(f, SparkSpec(measure=m, subject=_first(s)), p, t),
    ),
    Chart(
        "dot_strip",
        "svg",
        "one dot an entity along a line, for a table row",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: dot_strip(f, StripSpec(measure=m, subjects=s, rank=True), p, t),
    ),
    Chart(
        "dot_strip_log",
        "svg",
        "the same on a logarithmic scale",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: dot_strip(
            f, StripSpec(measure=m, subjects=s, log=True, compact=True), p, t
        ),
    ),
    Chart(
        "dot_plot",
        "svg",
        "one line a measure, each on its own scale, the chosen entities with shape and colour",
        MappingProxyType({"row": "text", **_RANKING}),
        MappingProxyType(
            {
                "row_label": "text",
                "row_note": "text",
                "label": "text",
                "economy_id": "entity",
                "said": "text",
                "row_id": "text",
            }
        ),
        lambda f, m, s, p, t: dot_plot(f, DotPlotSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "tile_map",
        "svg",
        "one tile an economy in rough geography",
        MappingProxyType({**_RANKING, "map_row": "cell", "map_col": "cell"}),
        MappingProxyType({"label": "text", "row_id": "text", "change": "text", "href": "text"}),
        lambda f, m, s, p, t: tile_map(f, TileSpec(measure=m), p, t),
    ),
    Chart(
        "tile_map_phone",
        "svg",
        "the same with codes, for a phone",
        MappingProxyType({**_RANKING, "map_row": "cell", "map_col": "cell"}),
        MappingProxyType({"label": "text", "row_id": "text", "change": "text", "href": "text"}),
        lambda f, m, s, p, t: tile_map(f, TileSpec(measure=m, width=358), p, t),
    ),
    Chart(
        "bars",
        "svg",
        "ranked horizontal bars",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: bars(f, BarSpec(measure=m, subjects=s, tint=bool(s)), p, t),
    ),
    Chart(
        "ranks",
        "svg",
        "places, names in two scripts, bars, and differences in words",
        _RANKING,
        MappingProxyType(
            {
                **_RANKING_MORE,
                "native_lang": "text",
                "place": "text",
                "beside": "text",
                "small": "text",
                "href": "text",
                "grey": "flag",
            }
        ),
        lambda f, m, s, p, t: ranks(
            f, RankSpec(measure=m, strong=s, median=20.0, median_label="20", beside="?"), p, t
        ),
    ),
    Chart(
        "ranks_phone",
        "svg",
        "the same with the bar under the name",
        _RANKING,
        MappingProxyType({**_RANKING_MORE, "place": "text", "beside": "text", "small": "text"}),
        lambda f, m, s, p, t: ranks(f, RankSpec(measure=m, strong=s, width=358), p, t),
    ),
    Chart(
        "counts",
        "svg",
        "counts as bars, one row a thing and one column a class",
        MappingProxyType({"row": "text", "column": "text", "value": "number"}),
        MappingProxyType({}),
        lambda f, m, s, p, t: counts_grid(f, _counts_of(f, 1280), p, t),
    ),
    Chart(
        "counts_phone",
        "svg",
        "the same as two lists of totals, for a phone",
        MappingProxyType({"row": "text", "column": "text", "value": "number"}),
        MappingProxyType({}),
        lambda f, m, s, p, t: counts_grid(f, _counts_of(f, 358), p, t),
    ),
    Chart(
        "lines",
        "svg",
        "lines over time with names at their ends",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: lines(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "lines_step_log",
        "svg",
        "steps on a logarithmic scale",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: lines(f, LineSpec(measure=m, subjects=s, step=True, log=True), p, t),
    ),
    Chart(
        "multiples",
        "svg",
        "one small panel an entity on shared axes, the others grey behind it",
        _OBSERVATION,
        MappingProxyType({**_OBSERVATION_MORE, "href": "text", "absent": "text", "breaks": "flag"}),
        lambda f, m, s, p, t: multiples(f, MultiplesSpec(measure=m, reference=_first(s)), p, t),
    ),
    Chart(
        "multiples_log_phone",
        "svg",
        "the same on a logarithmic scale, two beside each other",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: multiples(f, MultiplesSpec(measure=m, log=True, width=358), p, t),
    ),
    Chart(
        "columns",
        "svg",
        "bars over time for one subject",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: columns(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "coverage",
        "svg",
        "who has a value in which period, its state by shape and shade",
        MappingProxyType({"entity_id": "entity", "period": "period", "state": "text"}),
        MappingProxyType({"row_id": "text", "said": "text"}),
        lambda f, m, s, p, t: coverage(f, plain_spec(f, t), p, t),
    ),
    Chart(
        "cover_grid",
        "svg",
        "which measure has a value for which economy, with the year of the newest",
        MappingProxyType({"row": "text", "entity_id": "entity", "state": "text"}),
        MappingProxyType({"row_id": "text", "said": "text", "short": "text", "old": "text"}),
        lambda f, m, s, p, t: cover_grid(f, plain_cover(f), p, t),
    ),
    Chart(
        "ipo_tracks",
        "svg",
        "listing attempts, one shape a stage",
        MappingProxyType({"track_id": "entity", "stage": "stage", "period": "period"}),
        MappingProxyType(
            {
                "label": "text",
                "native": "text",
                "venue": "text",
                "economy_id": "entity",
                "row_id": "text",
                "status": "status",
                "href": "text",
                "is_now": "text",
                "sources": "text",
                "sources_href": "text",
                "since": "period",
            }
        ),
        lambda f, m, s, p, t: ipo_tracks(f, TrackSpec(), p, t),
    ),
    Chart(
        "agenda_lanes",
        "svg",
        "dates ahead by kind, each as long as its date is uncertain",
        MappingProxyType({"lane": "text", "period": "period", "label": "text"}),
        MappingProxyType({"economy_id": "entity", "row_id": "text", "status": "status"}),
        lambda f, m, s, p, t: agenda_lanes(f, AgendaSpec(), p, t),
    ),
    Chart(
        "rulebook",
        "svg",
        "instruments by economy over time; what is known to the year only is counted in that year",
        MappingProxyType({"lane": "text", "period": "period", "label": "text"}),
        MappingProxyType({"economy_id": "entity", "weight": "text", "row_id": "text"}),
        lambda f, m, s, p, t: rulebook(f, RulebookSpec(), p, t),
    ),
    Chart(
        "timeline",
        "svg",
        "dated events, each as long as its date is uncertain",
        MappingProxyType({"period": "period", "label": "text"}),
        MappingProxyType({"economy_id": "entity", "row_id": "text", "href": "text"}),
        lambda f, m, s, p, t: timeline(f, TimelineSpec(), p, t),
    ),
    Chart(
        "time_lines",
        "figure",
        "lines over time with hover and selection",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_lines(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "time_lines_slide",
        "figure",
        "the same for a meeting-room screen",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_lines(
            f, LineSpec(measure=m, subjects=s, size="slide", width=1152, height=436), p, t
        ),
    ),
    Chart(
        "time_bars",
        "figure",
        "bars over time for one subject, with hover",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_bars(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "rank_bars",
        "figure",
        "ranked bars with hover and selection",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: rank_bars(f, BarSpec(measure=m, subjects=s, tint=bool(s)), p, t),
    ),
    Chart(
        "frontier",
        "svg",
        "best model of each economy as steps inside the scales of a board",
        _OBSERVATION,
        MappingProxyType({"label": "text", "model": "text", "row_id": "text"}),
        lambda f, m, s, p, t: frontier(
            f, FrontierSpec(bands=_ALWAYS, subjects=s, measure=m), p, t, points=f
        ),
    ),
    Chart(
        "lag_stems",
        "svg",
        "months behind, measured or at least",
        _OBSERVATION,
        MappingProxyType(
            {"kind": "text", "low": "number", "high": "number", "label": "text", "row_id": "text"}
        ),
        lambda f, m, s, p, t: lag_stems(f, StemSpec(bands=_ALWAYS, economy=_first(s)), p, t),
    ),
    Chart(
        "interval_strips",
        "svg",
        "scores of a board with their intervals, for the cells of a ranking",
        _RANKING,
        MappingProxyType(
            {
                "economy_id": "entity",
                "low": "number",
                "high": "number",
                "label": "text",
                "row_id": "text",
            }
        ),
        lambda f, m, s, p, t: interval_strips(f, IntervalSpec(measure=m), p, t),
    ),
    Chart(
        "model_scatter",
        "figure",
        "models by release and value",
        _DATED,
        MappingProxyType({**_DATED_MORE, "open_weights": "flag"}),
        lambda f, m, s, p, t: model_scatter(
            f, PointSpec(measure=m, subjects=s, log=True, frontier=True), p, t
        ),
    ),
    Chart(
        "money_dots",
        "figure",
        "amounts by date, rounds and valuations apart",
        _DATED,
        MappingProxyType({**_DATED_MORE, "kind": "text", "commitment": "text"}),
        lambda f, m, s, p, t: money_dots(
            f, PointSpec(measure=m, subjects=s, stems=True, values=True), p, t
        ),
    ),
    Chart(
        "matrix",
        "svg",
        "who towards whom, each pair shaded by its value",
        MappingProxyType({"entity_id": "entity", "counterpart_id": "entity", "value": "number"}),
        MappingProxyType({"label": "text", "towards": "text", "row_id": "text"}),
        lambda f, m, s, p, t: matrix(f, MatrixSpec(measure=m, order=s), p, t),
    ),
    Chart(
        "duel",
        "svg",
        "things by two measures, one of them the mark to meet",
        MappingProxyType({"label": "text", "value": "number"}),
        MappingProxyType(
            {
                "key": "entity",
                "across": "number",
                "economy_id": "entity",
                "state": "text",
                "row_id": "text",
                "said": "text",
            }
        ),
        lambda f, m, s, p, t: duel(
            f, DuelSpec(x=Axis("x"), y=Axis("y", log=True), subjects=s, name=m.name), p, t
        ),
    ),
    Chart(
        "flows",
        "figure",
        "money from payers to receivers, the unknown in grey",
        MappingProxyType({"payer": "entity", "receiver": "entity", "value": "number"}),
        MappingProxyType({"payer_label": "text", "receiver_label": "text", "note": "text"}),
        lambda f, m, s, p, t: flows(f, FlowSpec(measure=m), p, t),
    ),
    *(
        Chart(
            f"quick_{kind}",
            "svg",
            "two columns of any table",
            MappingProxyType({"label": "text", "value": "number"}),
            MappingProxyType({"x": "number", "row_id": "text"}),
            _quick(kind),
        )
        for kind in QUICK
    ),
)


def chart(name: str) -> Chart:
    """Return a chart by its name; KeyError if there is none."""
    for one in CHARTS:
        if one.name == name:
            return one
    raise KeyError(f"no such chart: {name!r}; known: {', '.join(c.name for c in CHARTS)}")


__all__ = ["CHARTS", "PLAIN", "Chart", "Kind", "chart"]
