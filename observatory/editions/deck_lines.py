"""Lines over time on slides: the plot's place, names at the ends of lines, periods under the axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from observatory.charts.palette import Palette
from observatory.charts.scales import nice_domain, nice_ticks
from observatory.charts.spread import spread
from observatory.charts.text import text_width
from observatory.editions.deck_text import put_text, rgb
from observatory.editions.native import NativeChart, NativeSeries

LABEL: Final = 14
GAP: Final = 17.0
"""Points from one line's name to the next."""
ALL_NAMED: Final = 8
"""Up to so many lines all have their names, those in grey too."""
_FOOT: Final = 32.0
_HEAD: Final = 10.0


def span(chart: NativeChart) -> tuple[float, float, float]:
    """Low end, high end and step of the value axis."""
    values = [v for one in chart.series for v in one.values if v is not None]
    low, high = nice_domain(min(values), max(values))
    ticks = nice_ticks(low, high)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else (high - low) or 1.0
    first = ticks[0] - step if ticks[0] > low + 1e-9 else ticks[0]
    last = ticks[-1] + step if ticks[-1] < high - 1e-9 else ticks[-1]
    return first, last if last > first else first + step, step


def lay_out(
    made: Any,
    chart: NativeChart,
    place: Sequence[int],
    colours: Palette,
    lang: str,
    *,
    small: bool = False,
) -> None:
    """Set the axis and the plot's place, name the lines, print the periods.

    `small` is for one of several charts on a slide: names without values.
    """
    size = 12 if small else LABEL
    low, high, step = span(chart)
    axis = made.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    if chart.percent and float(step).is_integer():
        axis.tick_labels.number_format = '0"%"'
    wide, tall = Emu(place[2]).pt, Emu(place[3]).pt
    named = [one for one in chart.series if one.strong or len(chart.series) <= ALL_NAMED]
    words = max((text_width(one.name, size) for one in named), default=0.0)
    right = min(words * 1.1 + (20 if small else 76), wide * 0.36) if named else 12.0
    shown = f"{max(abs(low), abs(high)):,.0f}" if step >= 1 else f"{high:.2f}"
    left = text_width(shown + "%" * chart.percent, size) + (38 if made.value_axis.has_title else 16)
    box = (left, _HEAD, wide - left - right, tall - _HEAD - _FOOT)
    _inner(
        made, tuple(part / whole for part, whole in zip(box, (wide, tall, wide, tall), strict=True))
    )
    _names(made, chart, named, (low, high), (box[1], box[3], tall), colours, size)
    if not chart.printed and isinstance(chart.categories[0], str):
        _thin(made, [str(name) for name in chart.categories], box[2], size)
    if chart.printed:
        _periods(made, chart, lang, box[2], size)


def _thin(made: Any, names: Sequence[str], wide: float, size: int) -> None:
    """Print as many periods as have room beside each other."""
    room = max(int(wide / (max(text_width(name, size) for name in names) + 10)), 1)
    axis = made.category_axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in axis.findall(qn(tag)):
            axis.remove(old)
    before = axis.find(qn("c:noMultiLvlLbl"))
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{-(-len(names) // room)}"/>')
    if before is not None:
        before.addprevious(skip)
    else:
        axis.append(skip)


def _inner(made: Any, box: Sequence[float]) -> None:
    """Where the plot stands, without its labels: left, top, width, height as shares of the chart."""
    plot = made._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    x, y, w, h = box
    plot.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/><c:w val="{w:.5f}"/>'
        f'<c:h val="{h:.5f}"/></c:manualLayout></c:layout>'))  # fmt: skip


def _names(
    made: Any, chart: NativeChart, named: Sequence[NativeSeries], ends: tuple[float, float],
    box: tuple[float, float, float], colours: Palette, size: int,
) -> None:  # fmt: skip
    """Names at the ends of the lines, moved apart where they would cover each other."""
    low, high = ends
    top, height, tall = box
    drawn = dict(zip((one.name for one in chart.series), made.plots[0].series, strict=False))
    last: list[tuple[NativeSeries, int, float]] = []
    for one in named:
        at = max((i for i, value in enumerate(one.values) if value is not None), default=-1)
        value = one.values[at] if at >= 0 else None
        if value is not None:
            last.append((one, at, float(value)))
    wanted = [top + height * (high - value) / (high - low) for _, _, value in last]
    placed = spread(wanted, GAP * size / LABEL, top, top + height)
    for (one, at, _), here, there in zip(last, wanted, placed, strict=True):
        label = drawn[one.name].points[at].data_label
        label.position = XL_LABEL_POSITION.RIGHT
        label.font.size = Pt(size)
        label.font.bold = one.strong
        label.font.color.rgb = rgb(one.colour if one.strong else colours["ink3"])
        element = label._dLbl
        # A name stays on one line.
        element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")
        for tag, on in (("c:showLegendKey", 0), ("c:showVal", int(size == LABEL)), ("c:showCatName", 0),
                        ("c:showSerName", 1), ("c:showPercent", 0), ("c:showBubbleSize", 0)):  # fmt: skip
            for old in element.findall(qn(tag)):
                old.set("val", str(on))
        element.append(parse_xml(f"<c:separator {nsdecls('c')}>  </c:separator>"))
        if abs(there - here) > 0.5:
            element.insert(1, parse_xml(
                f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/>'
                f'<c:y val="{(there - here) / tall:.5f}"/></c:manualLayout></c:layout>'))  # fmt: skip

    for series in made.plots[0].series:
        for lines in series._element.iter(qn("c:showLeaderLines")):
            lines.set("val", "0")


def _periods(made: Any, chart: NativeChart, lang: str, wide: float, size: int) -> None:
    """The last series of the chart stands on the axis, unseen: its labels are the periods."""
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    series = list(made.plots[0].series)[-1]
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.fill.background()
    series.smooth = False
    room = max(int(wide / (max(text_width(text, size) for text in chart.printed) + 14)), 1)
    every = -(-len(chart.printed) // room)
    for at, text in enumerate(chart.printed):
        if (len(chart.printed) - 1 - at) % every:
            continue
        label = series.points[at].data_label
        put_text(label.text_frame, text, lang, size=size, colour="ink2")
        label.position = XL_LABEL_POSITION.BELOW
