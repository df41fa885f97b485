"""A drawing as shapes of the slide program: each tile, band and word can be moved, coloured, rewritten.

Takes the plain drawings of the house (rectangles, lines, circles, paths of straight and curved
strokes, words). What it does not know makes the whole drawing a picture, never a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from observatory.cards.card_model import Card
from observatory.charts.palette import palette
from observatory.charts.text import text_width
from observatory.editions import pictures
from observatory.editions.deck_text import rgb, set_fonts, spoken
from observatory.i18n import Translator

MOST: Final = 400
"""Shapes on a slide: a drawing with more is a picture."""
_STEP: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER: Final = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_UNSEEN: Final = frozenset({"title", "desc", "defs"})
_GROUPS: Final = frozenset({"svg", "g", "a"})
_DRAWN: Final = frozenset({"rect", "line", "circle", "path", "text"})
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_ANCHORS: Final = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
_ASCENT: Final = 0.93
"""Of the type size: from the top of a line in a text box to its baseline."""
_FINE: Final = 100
"""Places of a path a unit of the drawing: its coordinates are whole numbers."""
Stroke = tuple[str, tuple[float, ...]]


def draw_shapes(slide: Any, drawing: str, card: Card, place: Sequence[int], t: Translator) -> bool:
    """Put the drawing into `place` as one group of shapes; False, and nothing drawn, if it cannot be."""
    found = list(_elements(ElementTree.fromstring(pictures.resolved(drawing))))  # noqa: S314 - our own drawing
    if not found or len(found) > MOST or not all(_known(one) for one in found):
        return False
    wide, high = pictures.size(drawing)
    scale = min(place[2] / wide, place[3] / high)
    left = place[0] + (place[2] - wide * scale) / 2
    group = slide.shapes.add_group_shape()
    group.name = card.title[:120]
    group._element.nvGrpSpPr.cNvPr.set("descr", spoken(card))
    for one in found:
        _Hand(group, left, place[1], scale, t).draw(one)
    return True


def _elements(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """What is seen, in the order of drawing; an element of no known kind too, for the caller to refuse."""
    name = node.tag.rpartition("}")[2]
    if name in _UNSEEN or node.get("fill-opacity") == "0":
        return
    if name in _GROUPS and not node.get("transform") and not node.get("clip-path"):
        for child in node:
            yield from _elements(child)
        return
    yield node


def _known(node: ElementTree.Element) -> bool:
    name = node.tag.rpartition("}")[2]
    if name not in _DRAWN or node.get("transform") or len(node):
        return False
    return name != "path" or strokes(node.get("d", "")) is not None


def strokes(path: str) -> list[Stroke] | None:
    """A path as moves (M), lines (L), curves (C) and closings (Z) in absolute places; None for others."""
    found: list[Stroke] = []
    x = y = 0.0
    for word, text in _STEP.findall(path):
        numbers = [float(one) for one in _NUMBER.findall(text)]
        size = {"M": 2, "L": 2, "C": 6, "H": 1, "V": 1, "Z": 0}.get(word.upper())
        if size is None or (size and (not numbers or len(numbers) % size)):
            return None
        if not size:
            found.append(("Z", ()))
            continue
        for at in range(0, len(numbers), size):
            part = numbers[at : at + size]
            if word.upper() in "HV":
                base = (x if word == "h" else y if word == "v" else 0.0) + part[0]
                part = [base, y] if word.upper() == "H" else [x, base]
            elif word.islower():
                part = [one + (x if i % 2 == 0 else y) for i, one in enumerate(part)]
            x, y = part[-2], part[-1]
            kind = "C" if size == 6 else "L" if at or word.upper() != "M" else "M"
            found.append((kind, tuple(part)))
    return found


class _Hand:
    """Draws elements into a group: units of the drawing become places on the slide."""

    def __init__(self, group: Any, left: float, top: float, scale: float, t: Translator) -> None:
        self.group, self.left, self.top, self.scale, self.t = group, left, top, scale, t

    def draw(self, node: ElementTree.Element) -> None:
        getattr(self, "_" + node.tag.rpartition("}")[2])(node)

    def _box(self, x: float, y: float, wide: float, high: float) -> tuple[Emu, Emu, Emu, Emu]:
        return (Emu(int(self.left + x * self.scale)), Emu(int(self.top + y * self.scale)),
                Emu(max(int(wide * self.scale), 1)), Emu(max(int(high * self.scale), 1)))  # fmt: skip

    def _rect(self, node: ElementTree.Element) -> None:
        x, y, wide, high = (_of(node, key) for key in ("x", "y", "width", "height"))
        round_ = _of(node, "rx")
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if round_ else MSO_SHAPE.RECTANGLE
        shape = self.group.shapes.add_shape(kind, *self._box(x, y, wide, high))
        if round_:
            shape.adjustments[0] = min(round_ / min(wide, high), 0.5)
        self._paint(shape, node)

    def _circle(self, node: ElementTree.Element) -> None:
        x, y, r = (_of(node, key) for key in ("cx", "cy", "r"))
        shape = self.group.shapes.add_shape(MSO_SHAPE.OVAL, *self._box(x - r, y - r, 2 * r, 2 * r))
        self._paint(shape, node)

    def _line(self, node: ElementTree.Element) -> None:
        x1, y1, x2, y2 = (_of(node, key) for key in ("x1", "y1", "x2", "y2"))
        self._outline([("M", (x1, y1)), ("L", (x2, y2))], node)

    def _path(self, node: ElementTree.Element) -> None:
        self._outline(strokes(node.get("d", "")) or [], node)

    def _outline(self, drawn: list[Stroke], node: ElementTree.Element) -> None:
        xs = [one for _, part in drawn for one in part[::2]]
        ys = [one for _, part in drawn for one in part[1::2]]
        if not xs:
            return
        x, y, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        shape = self.group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *self._box(x, y, wide, high))
        steps = []
        for kind, part in drawn:
            points = "".join(
                f'<a:pt x="{round((a - x) * _FINE)}" y="{round((b - y) * _FINE)}"/>'
                for a, b in zip(part[::2], part[1::2], strict=True)
            )
            tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo", "Z": "close"}[kind]
            steps.append(f"<a:{tag}>{points}</a:{tag}>" if points else f"<a:{tag}/>")
        size = f'w="{max(round(wide * _FINE), 1)}" h="{max(round(high * _FINE), 1)}"'
        own = parse_xml(
            f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {size}>{''.join(steps)}</a:path></a:pathLst></a:custGeom>"
        )
        properties = shape._element.spPr
        properties.replace(properties.find(qn("a:prstGeom")), own)
        self._paint(shape, node)

    def _paint(self, shape: Any, node: ElementTree.Element) -> None:
        """Fill and rim of the element; a hatch, which no slide can draw the same, is the page's ground."""
        style = shape._element.find(qn("p:style"))
        if style is not None:
            shape._element.remove(style)
        fill, rim = node.get("fill", ""), node.get("stroke", "")
        if _HEX.fullmatch(fill):
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(fill)
            self._thin(shape.fill._xPr.find(qn("a:solidFill")), node.get("fill-opacity"))
        elif fill.startswith("url("):
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(palette("light")["bg"])
        else:
            shape.fill.background()
        if not _HEX.fullmatch(rim):
            shape.line.fill.background()
            return
        shape.line.color.rgb = rgb(rim)
        shape.line.width = Emu(int(_of(node, "stroke-width", 1.0) * self.scale))
        if node.get("stroke-dasharray"):
            line = shape.line._get_or_add_ln()
            line.append(parse_xml(f'<a:prstDash {nsdecls("a")} val="sysDash"/>'))

    def _thin(self, fill: Any, opacity: str | None) -> None:
        if opacity is not None and fill is not None and len(fill):
            share = parse_xml(f'<a:alpha {nsdecls("a")} val="{round(float(opacity) * 100000)}"/>')
            fill[0].append(share)

    def _text(self, node: ElementTree.Element) -> None:
        text = node.text or ""
        size = _of(node, "font-size", 12.0)
        bold = int(node.get("font-weight", "400")) >= 550
        anchor = node.get("text-anchor", "start")
        wide = text_width(text, size, 600 if bold else 400) * 1.12 + size
        x = _of(node, "x") - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = self._box(x, _of(node, "y") - size * _ASCENT, wide, size * 1.25)
        frame = self.group.shapes.add_textbox(*box).text_frame
        frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = _ANCHORS[anchor]
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(round(size * self.scale / 12700, 1)), bold
        tone = node.get("fill", "")
        run.font.color.rgb = rgb(tone if _HEX.fullmatch(tone) else palette("light")["ink"])
        set_fonts(run._r.get_or_add_rPr(), node.get("lang") or self.t.html_lang)


def _of(node: ElementTree.Element, key: str, other: float = 0.0) -> float:
    return float(node.get(key, other))
