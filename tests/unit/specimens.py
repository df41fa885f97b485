"""Every chart of the product as a specimen: its columns, and how to draw it with plain settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.figures.columns import rank_bars, time_bars
from observatory.charts.figures.points import PointSpec, model_scatter, money_dots
from observatory.charts.figures.time import time_lines
from observatory.charts.measure import Measure
from observatory.charts.palette import Palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.agenda import AgendaSpec, agenda_lanes
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.chips import Axis, DuelSpec, duel
from observatory.charts.svg.columns import columns
from observatory.charts.svg.counts import CountsSpec, counts_grid
from observatory.charts.svg.cover_grid import CoverGridSpec, cover_grid
from observatory.charts.svg.coverage import CoverageSpec, coverage
from observatory.charts.svg.dotplot import DotPlotSpec, dot_plot
from observatory.charts.svg.flows import FlowSpec, flows
from observatory.charts.svg.frontier import FrontierSpec, frontier
from observatory.charts.svg.lag import StemSpec, lag_stems
from observatory.charts.svg.leaderboard import IntervalSpec, interval_strips
from observatory.charts.svg.lines import lines
from observatory.charts.svg.matrix import MatrixSpec, matrix
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.charts.svg.quick import Kind as QuickKind
from observatory.charts.svg.quick import QuickSpec, quick
from observatory.charts.svg.ranks import RankSpec, ranks
from observatory.charts.svg.rulebook import RulebookSpec, rulebook
from observatory.charts.svg.scales import Band
from observatory.charts.svg.small import SparkSpec, StripSpec, dot_strip, sparkline
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.charts.svg.tracks import TrackSpec, ipo_tracks
from observatory.i18n import Translator

Kind = Literal["entity", "period", "number", "text", "stage", "cell", "flag", "status"]
Columns: TypeAlias = "dict[str, Kind]"
Drawing: TypeAlias = "str | go.Figure"
Draw = Callable[[pd.DataFrame, Measure, tuple[str, ...], Palette, Translator], Drawing]


def cols(**names: str) -> Columns:
    """Columns by kind: `cols(text="label native", number="value")`."""
    kinds = get_args(Kind)
    return {name: kinds[kinds.index(kind)] for kind, said in names.items() for name in said.split()}


_OBSERVATION: Final = cols(entity="entity_id", period="period", number="value")
_OBSERVATION_MORE: Final = cols(
    text="label series_id row_id",
    entity="economy_id",
    status="status",
    flag="is_headline is_forecast breaks",
    period="partial_to",
)
_RANKING: Final = cols(entity="entity_id", number="value")
_RANKING_MORE: Final = cols(text="label native row_id absent", entity="economy_id", status="status")


@dataclass(frozen=True)
class Chart:
    """`draw(frame, measure, subjects, palette, translator)` gives SVG or a figure."""

    name: str
    medium: Literal["svg", "figure"]
    required: Columns
    optional: Columns
    draw: Draw = field(repr=False)


def _counts_of(frame: pd.DataFrame, width: float) -> CountsSpec:
    rows, heads = (
        [(str(key), str(key)) for key in dict.fromkeys(frame.get(name, ()))]
        for name in ("row", "column")
    )
    return CountsSpec(rows=rows[:40], columns=heads[:12], total="All", width=width)


def _all(frame: pd.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one) for one in frame.get(column, ()) if one))


def _cover_of(frame: pd.DataFrame) -> CoverGridSpec:
    return CoverGridSpec(_all(frame, "row")[:60], _all(frame, "entity_id")[:24], {}, {}, {}, {})


def _coverage_of(frame: pd.DataFrame) -> CoverageSpec:
    periods = tuple(sorted(_all(frame, "period")))
    return CoverageSpec(periods, _all(frame, "entity_id"), {}, {}, {"known": "value"})


def _first(subjects: tuple[str, ...]) -> str:
    return subjects[0] if subjects else ""


def _quick(kind: QuickKind) -> Draw:
    return lambda f, m, s, p, t: quick(f, QuickSpec(kind=kind, y_name=m.name), p, t)


_ALWAYS: Final = (Band(date(1900, 1, 1), date(2100, 12, 31), "Scale 1"),)

_DATED: Final = cols(period="period", number="value", text="label")
_DATED_MORE: Final = cols(text="owner row_id", entity="economy_id", status="status")

CHARTS: Final[tuple[Chart, ...]] = (
    Chart(
        "sparkline",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: sparkline(f, SparkSpec(measure=m, subject=_first(s)), p, t),
    ),
    Chart(
        "dot_strip",
        "svg",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: dot_strip(f, StripSpec(measure=m, subjects=s, rank=True), p, t),
    ),
    Chart(
        "dot_strip_log",
        "svg",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: dot_strip(
            f, StripSpec(measure=m, subjects=s, log=True, compact=True), p, t
        ),
    ),
    Chart(
        "dot_plot",
        "svg",
        _RANKING | cols(text="row"),
        cols(text="row_label row_note label said row_id", entity="economy_id"),
        lambda f, m, s, p, t: dot_plot(f, DotPlotSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "tile_map",
        "svg",
        _RANKING | cols(cell="map_row map_col"),
        cols(text="label row_id change href"),
        lambda f, m, s, p, t: tile_map(f, TileSpec(measure=m), p, t),
    ),
    Chart(
        "tile_map_phone",
        "svg",
        _RANKING | cols(cell="map_row map_col"),
        cols(text="label row_id change href"),
        lambda f, m, s, p, t: tile_map(f, TileSpec(measure=m, width=358), p, t),
    ),
    Chart(
        "bars",
        "svg",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: bars(f, BarSpec(measure=m, subjects=s, tint=bool(s)), p, t),
    ),
    Chart(
        "ranks",
        "svg",
        _RANKING,
        _RANKING_MORE | cols(text="native_lang place beside small href", flag="grey"),
        lambda f, m, s, p, t: ranks(
            f, RankSpec(measure=m, strong=s, median=20.0, median_label="20", beside="?"), p, t
        ),
    ),
    Chart(
        "ranks_phone",
        "svg",
        _RANKING,
        _RANKING_MORE | cols(text="place beside small"),
        lambda f, m, s, p, t: ranks(f, RankSpec(measure=m, strong=s, width=358), p, t),
    ),
    Chart(
        "counts",
        "svg",
        cols(text="row column", number="value"),
        {},
        lambda f, m, s, p, t: counts_grid(f, _counts_of(f, 1280), p, t),
    ),
    Chart(
        "counts_phone",
        "svg",
        cols(text="row column", number="value"),
        {},
        lambda f, m, s, p, t: counts_grid(f, _counts_of(f, 358), p, t),
    ),
    Chart(
        "lines",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: lines(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "lines_step_log",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: lines(f, LineSpec(measure=m, subjects=s, step=True, log=True), p, t),
    ),
    Chart(
        "multiples",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE | cols(text="href absent", flag="breaks"),
        lambda f, m, s, p, t: multiples(f, MultiplesSpec(measure=m, reference=_first(s)), p, t),
    ),
    Chart(
        "multiples_log_phone",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: multiples(f, MultiplesSpec(measure=m, log=True, width=358), p, t),
    ),
    Chart(
        "columns",
        "svg",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: columns(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "coverage",
        "svg",
        cols(entity="entity_id", period="period", text="state"),
        cols(text="row_id said"),
        lambda f, m, s, p, t: coverage(f, _coverage_of(f), p, t),
    ),
    Chart(
        "cover_grid",
        "svg",
        cols(text="row state", entity="entity_id"),
        cols(text="row_id said short old"),
        lambda f, m, s, p, t: cover_grid(f, _cover_of(f), p, t),
    ),
    Chart(
        "ipo_tracks",
        "svg",
        cols(entity="track_id", stage="stage", period="period"),
        cols(
            text="label native venue row_id href is_now sources sources_href",
            entity="economy_id",
            status="status",
            period="since",
        ),
        lambda f, m, s, p, t: ipo_tracks(f, TrackSpec(), p, t),
    ),
    Chart(
        "agenda_lanes",
        "svg",
        cols(text="lane label", period="period"),
        cols(entity="economy_id", text="row_id", status="status"),
        lambda f, m, s, p, t: agenda_lanes(f, AgendaSpec(), p, t),
    ),
    Chart(
        "rulebook",
        "svg",
        cols(text="lane label", period="period"),
        cols(entity="economy_id", text="weight row_id"),
        lambda f, m, s, p, t: rulebook(f, RulebookSpec(), p, t),
    ),
    Chart(
        "time_lines",
        "figure",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_lines(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "time_lines_slide",
        "figure",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_lines(
            f, LineSpec(measure=m, subjects=s, size="slide", width=1152, height=436), p, t
        ),
    ),
    Chart(
        "time_bars",
        "figure",
        _OBSERVATION,
        _OBSERVATION_MORE,
        lambda f, m, s, p, t: time_bars(f, LineSpec(measure=m, subjects=s), p, t),
    ),
    Chart(
        "rank_bars",
        "figure",
        _RANKING,
        _RANKING_MORE,
        lambda f, m, s, p, t: rank_bars(f, BarSpec(measure=m, subjects=s, tint=bool(s)), p, t),
    ),
    Chart(
        "frontier",
        "svg",
        _OBSERVATION,
        cols(text="label model row_id"),
        lambda f, m, s, p, t: frontier(
            f, FrontierSpec(bands=_ALWAYS, subjects=s, measure=m), p, t, points=f
        ),
    ),
    Chart(
        "lag_stems",
        "svg",
        _OBSERVATION,
        cols(text="kind label row_id", number="low high"),
        lambda f, m, s, p, t: lag_stems(f, StemSpec(bands=_ALWAYS, economy=_first(s)), p, t),
    ),
    Chart(
        "interval_strips",
        "svg",
        _RANKING,
        cols(entity="economy_id", number="low high", text="label row_id"),
        lambda f, m, s, p, t: interval_strips(f, IntervalSpec(measure=m), p, t),
    ),
    Chart(
        "model_scatter",
        "figure",
        _DATED,
        _DATED_MORE | cols(flag="open_weights"),
        lambda f, m, s, p, t: model_scatter(
            f, PointSpec(measure=m, subjects=s, log=True, frontier=True), p, t
        ),
    ),
    Chart(
        "money_dots",
        "figure",
        _DATED,
        _DATED_MORE | cols(text="kind commitment"),
        lambda f, m, s, p, t: money_dots(
            f, PointSpec(measure=m, subjects=s, stems=True, values=True), p, t
        ),
    ),
    Chart(
        "matrix",
        "svg",
        cols(entity="entity_id counterpart_id", number="value"),
        cols(text="label towards row_id"),
        lambda f, m, s, p, t: matrix(f, MatrixSpec(measure=m, order=s), p, t),
    ),
    Chart(
        "duel",
        "svg",
        cols(text="label", number="value"),
        cols(entity="key economy_id", number="across", text="state row_id said"),
        lambda f, m, s, p, t: duel(
            f, DuelSpec(x=Axis("x"), y=Axis("y", log=True), subjects=s, name=m.name), p, t
        ),
    ),
    Chart(
        "flows",
        "svg",
        cols(entity="payer receiver", number="value"),
        cols(text="payer_label receiver_label note"),
        lambda f, m, s, p, t: flows(f, FlowSpec(measure=m), p, t),
    ),
    *(
        Chart(
            f"quick_{kind}",
            "svg",
            cols(text="label", number="value"),
            cols(number="x", text="row_id series series_label"),
            _quick(kind),
        )
        for kind in get_args(QuickKind)
    ),
)
