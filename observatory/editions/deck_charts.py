"""Charts of the slide program: line, bar, stacked bar, scatter, with the values behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import log10
from typing import Any, Final

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from observatory.cards.card_model import Card
from observatory.charts.palette import Palette, palette
from observatory.editions.deck_lines import lay_out, span
from observatory.editions.deck_text import put_text, rgb, set_fonts, spoken
from observatory.editions.native import LOG_FROM, NativeChart, NativeSeries, bar_colours
from observatory.i18n import Translator

_TYPES: Final = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
_EPOCH: Final = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets: scatter axes count days from it."""
LABEL: Final = 14
NAME: Final = 11
ALL_NAMED: Final = 20
"""Up to so many dots all have their names; of more the largest do."""
MOST_NAMED: Final = 9


def draw_chart(
    slide: Any,
    chart: NativeChart,
    card: Card,
    place: Sequence[int],
    t: Translator,
    *,
    small: bool = False,
) -> None:
    """Put the chart into `place` (left, top, width, height), named for readers who do not see it.

    `small`: one of several on a slide.
    """
    data = _xy(chart, t) if chart.kind == "scatter" else _categories(chart, t)
    frame = slide.shapes.add_chart(_TYPES[chart.kind], *place, data)
    frame.name = card.title[:120]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", spoken(card))
    made, colours = frame.chart, palette("light")
    made.has_title = False
    made.font.size = Pt(12 if small else LABEL)
    made.font.color.rgb = rgb(colours["ink2"])
    for properties in made._chartSpace.iter(qn("a:defRPr")):
        set_fonts(properties, t.html_lang)
    _axes(made, chart, colours, t, small=small)
    if chart.kind == "bar":
        _bars(made, chart, card, colours, t)
    else:
        _series(made, chart, t.html_lang)
        # Lines have their names at their ends.
        made.has_legend = len(chart.series) > 1 and chart.kind != "line"
        if chart.kind == "line":
            lay_out(made, chart, place, colours, t.html_lang, small=small)
        if made.has_legend:
            made.legend.position = XL_LEGEND_POSITION.RIGHT
            made.legend.include_in_layout = False
            made.legend.font.size = Pt(LABEL)
    _gaps(made)


def _format(chart: NativeChart, lang: str) -> str:
    values = [abs(v) for one in chart.series for v in one.values if v is not None]
    values += [abs(y) for one in chart.series for _, y, _ in one.points]
    whole = all(float(v).is_integer() for v in values)
    if chart.percent:
        return '0"%"' if whole else '0.0"%"'
    if chart.log and max(values, default=0) >= 1e12 and lang == "en":
        return '[>=1000000000000]#,##0,,,,"tn";[>=1000000000]#,##0,,,"bn";#,##0,,"m"'
    if max(values, default=0) >= 1e7 and lang == "en":
        return '#,##0.0,,,"bn"' if max(values) >= 1e9 else '#,##0.0,,"m"'
    if max(values, default=0) >= 100 or whole:
        return "#,##0"
    return "0.0" if max(values, default=0) >= 10 else "0.0##"


def _categories(chart: NativeChart, t: Translator) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(chart, t.html_lang))
    backwards = chart.kind in ("bar", "stacked")
    data.categories = list(chart.categories)[::-1] if backwards else list(chart.categories)
    for one in chart.series:
        data.add_series(one.name, list(one.values)[::-1] if backwards else list(one.values))
    if chart.printed:
        # It carries the names of the periods, at the foot of the plot.
        data.add_series(t("Period"), [span(chart)[0]] * len(chart.categories))
    return data


def _xy(chart: NativeChart, t: Translator) -> XyChartData:
    data = XyChartData(number_format=_format(chart, t.html_lang))
    for one in chart.series:
        series = data.add_series(one.name)
        for day, value, _ in one.points:
            series.add_data_point(_x(day), value)
    return data


def _x(place: dt.date | float) -> float:
    """Where a point stands across: days since the epoch of spreadsheets, or the value itself."""
    return (place - _EPOCH).days if isinstance(place, dt.date) else float(place)


def _axes(made: Any, chart: NativeChart, colours: Palette, t: Translator, *, small: bool) -> None:
    value, category = made.value_axis, made.category_axis
    value.has_major_gridlines = chart.kind != "bar"
    if value.has_major_gridlines:
        value.major_gridlines.format.line.color.rgb = rgb(colours["grid"])
    value.format.line.fill.background()
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format = _format(chart, t.html_lang)
    value.tick_labels.number_format_is_linked = False
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = rgb(colours["ink3"])
    category.has_major_gridlines = False
    if chart.kind in ("bar", "stacked"):
        value.minimum_scale = (
            0 if all(v is None or v >= 0 for s in chart.series for v in s.values) else None
        )
    if chart.kind == "bar":
        value.visible = False
    if chart.value_title and not small and not chart.percent and chart.kind in ("line", "scatter"):
        value.has_title = True
        value.axis_title.text_frame.text = chart.value_title
        value.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
        value.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    if chart.kind == "scatter" and chart.across_title:
        category.has_title = True
        category.axis_title.text_frame.text = chart.across_title
        run = category.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(12), False
        category.tick_labels.number_format = "#,##0.##"
        category.tick_labels.number_format_is_linked = False
        places = [_x(place) for one in chart.series for place, _, _ in one.points]
        if min(places) > 0 and max(places) / min(places) > LOG_FROM:
            category._element.find(qn("c:scaling")).insert(0, _log(category))
    elif chart.kind == "scatter":
        category.tick_labels.number_format = "yyyy"
        category.tick_labels.number_format_is_linked = False
        days = [_x(day) for one in chart.series for day, _, _ in one.points]
        if days:
            category.minimum_scale, category.maximum_scale = min(days) - 60, max(days) + 60
    elif (
        chart.kind == "line"
        and not chart.printed
        and any(isinstance(c, dt.date) for c in chart.categories)
    ):
        _time(category, [c for c in chart.categories if isinstance(c, dt.date)])
    if chart.log:
        value._element.find(qn("c:scaling")).insert(0, _log(value))


def _log(axis: Any) -> Any:
    return axis._element.makeelement(qn("c:logBase"), {"val": "10"})


def _time(category: Any, days: Sequence[dt.date]) -> None:
    """About eight ticks, in whole months or years."""
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month
    step = next((n for n in (1, 2, 3, 6, 12, 24, 36, 60) if months / n <= 8), 120)
    category.tick_labels.number_format = "yyyy" if step >= 12 else "yyyy-mm"
    category.tick_labels.number_format_is_linked = False
    axis = category._element
    if axis.tag != qn("c:dateAx"):
        return
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis.findall(qn(tag)):
            axis.remove(old)
    # The schema wants them in this order, after the offset of the labels.
    before = axis.find(qn("c:lblOffset"))
    units = (("c:baseTimeUnit", "days" if months < 6 else "months"),
             ("c:majorUnit", str(step)), ("c:majorTimeUnit", "months"))  # fmt: skip
    for tag, value in reversed(units):
        element = axis.makeelement(qn(tag), {"val": value})
        if before is not None:
            before.addnext(element)
        else:
            axis.append(element)


def _bars(made: Any, chart: NativeChart, card: Card, colours: Palette, t: Translator) -> None:
    made.has_legend = False
    plot = made.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(chart, t.html_lang), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(LABEL)
    labels.font.color.rgb = rgb(colours["ink"])
    tones = bar_colours(card, colours)[::-1]
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colours["ink2"])
    for at, tone in enumerate(tones[: len(chart.categories)]):
        fill = series.points[at].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(tone)


def _series(made: Any, chart: NativeChart, lang: str) -> None:
    plot = made.plots[0]
    named = point_names(chart) if chart.kind == "scatter" else frozenset()
    if chart.kind == "stacked":
        plot.gap_width, plot.overlap = 45, 100
    for one, drawn in zip(chart.series, plot.series, strict=False):
        tone = rgb(one.colour)
        if chart.kind == "stacked":
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = tone
            continue
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 6
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = tone
        drawn.marker.format.line.fill.background()
        if chart.kind == "scatter":
            drawn.format.line.fill.background()
            _point_names(drawn, one, named, lang)
            continue
        drawn.smooth = False
        drawn.format.line.color.rgb = tone
        drawn.format.line.width = Pt(2.5 if one.strong else 1.25)
        if not one.strong:
            drawn.marker.style = XL_MARKER_STYLE.NONE
        for at in one.parts:
            _hollow(drawn.points[at], tone)


def _hollow(point: Any, tone: Any) -> None:
    """A value of a part of its period: a rim without a filling, at the end of a dashed stroke."""
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = rgb(palette("light")["bg"])
    point.marker.format.line.color.rgb = tone
    point.marker.format.line.width = Pt(1.5)
    point.format.line.color.rgb = tone
    point.format.line.dash_style = MSO_LINE.DASH


def _point_names(drawn: Any, one: NativeSeries, named: frozenset[str], lang: str) -> None:
    """What stands beside the dots that are named."""
    for at, (_, _, name) in enumerate(one.points):
        if name not in named:
            continue
        label = drawn.points[at].data_label
        frame = label.text_frame
        put_text(frame, name, lang, size=NAME)
        label.position = XL_LABEL_POSITION.ABOVE


def point_names(chart: NativeChart) -> frozenset[str]:
    """The dots that have their name beside them: all of a few, else the largest that stand apart."""
    points = [(_x(x), y, name) for one in chart.series for x, y, name in one.points]
    if len(points) <= ALL_NAMED:
        return frozenset(name for _, _, name in points)
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - min(xs)) / ((max(xs) - min(xs)) or 1.0)
        if chart.log:
            return across, log10(y / min(ys)) / (log10(max(ys) / min(ys)) or 1.0)
        return across, (y - min(ys)) / ((max(ys) - min(ys)) or 1.0)

    kept: list[tuple[float, float]] = []
    names: list[str] = []
    for x, y, name in sorted(points, key=lambda point: -point[1]):
        at = place(x, y)
        if all(abs(at[0] - a) > 0.2 or abs(at[1] - b) > 0.06 for a, b in kept):
            kept.append(at)
            names.append(name)
        if len(names) == MOST_NAMED:
            break
    return frozenset(names)


def _gaps(made: Any) -> None:
    """A missing value is a gap, never a zero and never a bridge."""
    chart = made._chartSpace.find(qn("c:chart"))
    for old in chart.findall(qn("c:dispBlanksAs")):
        chart.remove(old)
    blanks = chart.makeelement(qn("c:dispBlanksAs"), {"val": "gap"})
    visible = chart.find(qn("c:plotVisOnly"))
    if visible is not None:
        visible.addnext(blanks)
    else:
        chart.append(blanks)
