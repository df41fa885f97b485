"""A dot plot on a slide: one editable chart a measure, its name at the left, values at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from observatory.cards.card_model import Card
from observatory.charts.palette import Palette, palette
from observatory.editions.deck_text import put_text, rgb, set_fonts, spoken
from observatory.editions.strips import Strip, Strips, apart
from observatory.i18n import Translator

_MARKS: Final = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND,
                 XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.PLUS)  # fmt: skip
_SIGNS: Final = ("●", "■", "◆", "▲", "★", "✚")
_KEY: Final = Inches(0.4)
_NAME: Final = 0.27
_VALUES: Final = 0.25


def draw_strips(slide: Any, found: Strips, card: Card, place: Sequence[int], t: Translator) -> None:
    """The key, then one line a measure."""
    left, top, width, height = place
    signs = dict(zip((name for name, _ in found.key), _SIGNS, strict=False))
    _key(slide, found, signs, (left, top, width, int(_KEY)), t)
    pitch = min((height - _KEY) // max(len(found.strips), 1), Inches(0.85))
    for at, strip in enumerate(found.strips):
        y = top + _KEY + at * pitch
        name = _box(slide, (left, y, int(width * (_NAME - 0.01)), pitch))
        _lines(name, strip, t)
        if strip.dots:
            frame = _chart(slide, strip, found, (left + int(width * _NAME), y,
                           int(width * (1 - _NAME - _VALUES)), pitch), t)  # fmt: skip
            frame.name = strip.label[:120]
            frame._element.nvGraphicFramePr.cNvPr.set("descr", _spoken(strip, card, t))
        values = _box(slide, (left + int(width * (1 - _VALUES + 0.01)), y,
                              int(width * (_VALUES - 0.01)), pitch))  # fmt: skip
        _values(values, strip, signs, t)


def _box(slide: Any, place: Sequence[int]) -> Any:
    frame = slide.shapes.add_textbox(*(Emu(int(one)) for one in place)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _lines(frame: Any, strip: Strip, t: Translator) -> None:
    put_text(frame, strip.label, t.html_lang, size=14)
    if strip.note:
        _run(frame.add_paragraph(), strip.note, palette("light")["ink3"], t, size=12)


def _run(
    paragraph: Any, text: str, colour: str, t: Translator, *, size: int = 14, bold: bool = False
) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)
    set_fonts(run._r.get_or_add_rPr(), t.html_lang)


def _key(
    slide: Any, found: Strips, signs: dict[str, str], place: Sequence[int], t: Translator
) -> None:
    paragraph = _box(slide, place).paragraphs[0]
    for name, colour in found.key:
        _run(paragraph, f"{signs.get(name, '●')} {name}     ", colour, t, bold=True)


def _values(frame: Any, strip: Strip, signs: dict[str, str], t: Translator) -> None:
    """The strong values in their colours, the best first."""
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    strong = sorted((dot for dot in strip.dots if dot.strong), key=lambda dot: dot.value,
                    reverse=not strip.reverse)  # fmt: skip
    for dot in strong:
        said = dot.said.replace(" ", "\u00a0")
        _run(paragraph, f"  {signs.get(dot.label, '●')}\u00a0{said}", dot.colour, t, bold=True)
    if not strong:
        _run(paragraph, t("no value on file"), palette("light")["ink3"], t)


def _chart(slide: Any, strip: Strip, found: Strips, place: Sequence[int], t: Translator) -> Any:
    """Dots on a line from the least to the best value; x is the value of the screen."""
    colours = palette("light")
    data = XyChartData(number_format="General")
    moved = apart(strip)
    # A logarithmic axis has no place for zero: such values stand at the right only.
    shown = [dot for dot in strip.dots if dot.value > 0] if _log(strip) else list(strip.dots)
    others = [dot for dot in shown if not dot.strong]
    if others:
        series = data.add_series(t("Other economies"))
        for dot in others:
            series.add_data_point(dot.value, 0)
    strong = [dot for dot in shown if dot.strong]
    for dot in strong:
        data.add_series(dot.label).add_data_point(dot.value, moved.get(dot.entity_id, 0.0))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, *(Emu(int(one)) for one in place), data
    )
    made = frame.chart
    made.has_title = made.has_legend = False
    made.font.size = Pt(12)
    _axes(made, strip, colours)
    order = [name for name, _ in found.key]
    for at, drawn in enumerate(made.plots[0].series):
        one = None if others and at == 0 else strong[at - bool(others)]
        spot = order.index(one.label) if one is not None and one.label in order else 0
        drawn.format.line.fill.background()
        drawn.marker.style = _MARKS[spot % len(_MARKS)]
        drawn.marker.size = 7 if one is None else 12
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(colours["ctx"] if one is None else one.colour)
        drawn.marker.format.line.color.rgb = rgb(colours["bg"])
    return frame


def _axes(made: Any, strip: Strip, colours: Palette) -> None:
    across, up = made.category_axis, made.value_axis
    values = [dot.value for dot in strip.dots]
    positive = [value for value in values if value > 0]
    low, high = min(values), max(values)
    if strip.log and positive:
        low = min(positive)
    pad = (high - low) * 0.03 or abs(high) * 0.1 or 1.0
    log = _log(strip)
    across.minimum_scale, across.maximum_scale = (
        (low / 1.15, high * 1.15) if log else (low - pad, high + pad)
    )
    up.minimum_scale, up.maximum_scale = -1.6, 1.6
    for axis in (across, up):
        axis.has_major_gridlines = False
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    up.format.line.fill.background()
    across.format.line.color.rgb = rgb(colours["ctx"])
    scaling = across._element.find(qn("c:scaling"))
    if strip.reverse:
        scaling.find(qn("c:orientation")).set("val", "maxMin")
    if log:
        scaling.insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))
    for cross in up._element.findall(qn("c:crosses")):
        cross.set("val", "min")


def _log(strip: Strip) -> bool:
    return strip.log and any(dot.value > 0 for dot in strip.dots)


def _spoken(strip: Strip, card: Card, t: Translator) -> str:
    said = [
        t("{name}: {value}", name=dot.label, value=dot.said) for dot in strip.dots if dot.strong
    ]
    if not said:
        return spoken(card)
    return t("{name}: {value}", name=strip.label, value=t.list(said))[:2000]
