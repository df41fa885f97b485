"""Plotly bars: over time for one subject, and ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from observatory.charts.colour import mix
from observatory.charts.figures.time import value_axis_layout
from observatory.charts.palette import Palette
from observatory.charts.plan import SIZES, LineSpec, Size, padded, value_axis
from observatory.charts.room import roomy
from observatory.charts.series import hover, read_series, status_word
from observatory.charts.svg.bars import Bar, BarSpec, read_bars
from observatory.charts.svg.columns import slots
from observatory.charts.text import shorten, text_width
from observatory.charts.theme import Trace, build, note, safe

if TYPE_CHECKING:
    from observatory.i18n import Translator


@roomy
def time_bars(frame: pd.DataFrame, spec: LineSpec, colours: Palette, t: Translator) -> go.Figure:
    """Draw bars over time for one subject, the Plotly twin of `svg_columns.columns`.

    Columns: those of an observation frame (see `series`); the subject is `spec.subjects[0]`, else
    the first entity. A value of part of a period is hollow and says up to which day.
    """
    series = read_series(frame)
    wanted = spec.subjects[:1]
    one = next((s for s in series if not wanted or wanted[0] in (s.key, s.entity_id)), None)
    places = slots(one)[-40:] if one else []
    shown = [(i, p.point) for i, p in enumerate(places) if p.point and p.point.value is not None]
    values = [point.value for _, point in shown if point.value is not None]
    spec = replace(spec, measure=spec.measure.among(values, t))
    domain, ticks = value_axis([0.0, *values] if values else [], spec, t)
    sizes = SIZES[spec.size]
    left = max((text_width(tick.label, sizes.tick) for tick in ticks), default=20) + 18
    pitch = max((spec.width - left - 8) / max(len(places), 1), 1)
    colour = colours.economy(one.economy_id) if one else colours["ctx2"]
    written = [spec.measure.bare(value, t) for value in values]
    fits = all(text_width(text, sizes.tick, 600) <= pitch + 4 for text in written)
    until = {i: t("to {date}", date=t.date(p.partial_to)) for i, p in shown if p.partial}
    trace: Trace = {
        "type": "bar",
        "x": [i for i, _ in shown],
        "y": values,
        "width": min(0.64, 44 / pitch),
        "customdata": [point.row_id for _, point in shown],
        "text": [f"<b>{safe(text)}</b>" for text in written] if fits else None,
        "textposition": "outside",
        "textfont": {"size": sizes.tick + 0.5, "color": colours["ink"]},
        "cliponaxis": False,
        "hovertext": [
            safe(hover(point, one, spec.measure.full(point.value or 0.0, t), t))
            for _, point in shown
            if one is not None
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [colours["bg"] if point.partial else colour for _, point in shown],
            "line": {"width": 0},
            "cornerradius": 1,
        },
    }
    half = min(0.64, 44 / pitch) / 2
    # A bar's own rim cannot be dashed: the part-year is a shape over an invisible bar.
    outlines = [
        {
            "type": "rect",
            "x0": i - half,
            "x1": i + half,
            "y0": 0,
            "y1": point.value,
            "line": {"color": colour, "width": 1.5, "dash": "3px,2px"},
        }
        for i, point in shown
        if point.partial
    ]
    labels = [t.period(place.period) for place in places]
    widest = max((text_width(label, sizes.tick) for label in labels), default=0) + 6
    stride = max(1, -(-int(widest) // max(int(pitch), 1)))
    kept = [i for i in range(len(places)) if (len(places) - 1 - i) % stride == 0]
    notes = [
        note(
            i,
            0,
            text,
            colours["ink3"],
            sizes.tick,
            yref="paper",
            yanchor="top",
            yshift=-19,
            xanchor="right" if i == len(places) - 1 else "center",
            xshift=pitch / 2 if i == len(places) - 1 else 0,
        )
        for i, text in until.items()
    ]
    missing = [i for i, place in enumerate(places) if not place.point]
    notes += [note(i, 0, t("n/a"), colours["ink3"], 11, yanchor="bottom") for i in missing]
    layout = {
        "height": spec.height,
        "margin": {"l": left, "r": 8, "t": 22, "b": sizes.tick * (3.5 if until else 2.3), "pad": 0},
        "xaxis": {
            "tickmode": "array",
            "tickvals": kept,
            "tickangle": 0,
            "ticktext": [safe(labels[i]) for i in kept],
            "range": [-0.5, len(places) - 0.5],
        },
        "yaxis": {
            **value_axis_layout(ticks, padded(domain, False, 2, spec.height), spec, colours),
            "zeroline": True,
            "zerolinecolor": colours["ink2"],
            "zerolinewidth": 1,
        },
        "annotations": notes,
        "bargap": 0,
        "shapes": outlines,
    }
    return build([trace], layout, colours, t, size=spec.size)


@roomy
def rank_bars(
    frame: pd.DataFrame,
    spec: BarSpec,
    colours: Palette,
    t: Translator,
    size: Size = "screen",
) -> go.Figure:
    """Draw ranked horizontal bars, the Plotly twin of `svg_bars.bars`, for selection.

    Columns: entity_id, value; optional label, native, economy_id, row_id, status, absent. Rows
    without a value come last with words in place of a bar.
    """
    rows, left_out = read_bars(frame, spec, t)
    sizes = SIZES[size]
    grow = sizes.tick / 12
    two_lines = any(row.native for row in rows)
    pitch = max(spec.pitch, 40 if two_lines else 0) * grow
    known = [row for row in rows if row.value is not None]
    spec = replace(spec, measure=spec.measure.among((row.value for row in known), t))
    written = [spec.measure.bare(row.value or 0.0, t) for row in known]
    widest = max((text_width(row.label, 13 * grow, 600) for row in rows), default=0)
    room = min(max(widest + 16, 60), spec.width * 0.4)
    values = [row.value or 0.0 for row in known]
    outer = max((text_width(text, 13 * grow, 600) for text in written), default=0) + 12
    place = {id(row): -i for i, row in enumerate(rows)}
    trace: Trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": [place[id(row)] for row in known],
        "width": 0.55,
        "customdata": [row.row_id for row in known],
        "hovertext": [safe(_bar_hover(row, spec, t)) for row in known],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "text": [
            f"\N{NO-BREAK SPACE}<b>{safe(text)}</b>"
            if row.entity_id in spec.subjects
            else f"\N{NO-BREAK SPACE}{safe(text)}"
            for row, text in zip(known, written, strict=True)
        ],
        "textposition": "outside",
        "textfont": {"size": 13 * grow, "color": colours["ink"]},
        "cliponaxis": False,
        "marker": {"color": [_bar_colour(row, spec, colours) for row in known], "cornerradius": 1},
    }
    notes = _bar_labels(rows, spec, colours, room, grow, place)
    if left_out:
        more = t.n("{n} more not drawn", "{n} more not drawn", left_out)
        notes.append(
            note(
                0,
                0,
                more,
                colours["ink3"],
                sizes.tick,
                xref="paper",
                yref="paper",
                xanchor="left",
                yanchor="top",
                xshift=-room,
                yshift=-6,
            )
        )
    layout = {
        "height": round(len(rows) * pitch + 12 + (22 if left_out else 0)) if rows else 120,
        "margin": {"l": room, "r": outer, "t": 4, "b": 8 + (22 if left_out else 0), "pad": 0},
        "xaxis": {
            "visible": False,
            "range": [min([0.0, *values]), max([0.0, *values]) or 1.0],
        },
        "yaxis": {
            "showgrid": False,
            "showticklabels": False,
            "range": [-len(rows) + 0.5, 0.5],
        },
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": colours["ink2"], "width": 1},
            }
        ],
        "annotations": notes,
        "bargap": 0,
    }
    return build([trace], layout, colours, t, size=size)


def _bar_hover(row: Bar, spec: BarSpec, t: Translator) -> str:
    parts = (row.label, spec.measure.full(row.value or 0.0, t), status_word(row.status, t))
    return " · ".join(part for part in parts if part)


def _bar_colour(row: Bar, spec: BarSpec, colours: Palette) -> str:
    full = colours.economy_bar(row.economy_id)
    faint = spec.tint and row.entity_id not in spec.subjects
    return mix(full, colours["bg"], 0.4) if faint else full


def _bar_labels(
    rows: Sequence[Bar],
    spec: BarSpec,
    colours: Palette,
    room: float,
    grow: float,
    place: dict[int, int],
) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    for row in rows:
        subject = row.entity_id in spec.subjects
        label = safe(shorten(row.label, room - 14, 13 * grow, 600 if subject else 400))
        text = f"<b>{label}</b>" if subject else label
        if row.native:
            native = safe(shorten(row.native, room - 14, 12 * grow))
            text += f'<br><span style="font-size:{12 * grow:g}px;color:{colours["ink3"]}">'
            text += f"{native}</span>"
        notes.append(
            {
                "x": 0,
                "xref": "paper",
                "xshift": -room,
                "xanchor": "left",
                "align": "left",
                "y": place[id(row)],
                "yanchor": "middle",
                "text": text,
                "showarrow": False,
                "font": {"size": 13 * grow, "color": colours["ink"]},
            }
        )
        if row.value is None:
            notes.append(
                note(
                    0,
                    place[id(row)],
                    row.absent,
                    colours["ink3"],
                    12.5 * grow,
                    xanchor="left",
                    yanchor="middle",
                    xshift=8,
                )
            )
    return notes
