"""Text on slides: sizes, colours, and fonts that have the signs of the language."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Pt

from observatory.cards.card_model import Card
from observatory.charts.palette import palette

LATIN: Final = "Arial"
EAST_ASIAN: Final = {
    "zh-Hans": "Microsoft YaHei",
    "zh-Hant": "Microsoft JhengHei",
    "ja": "Yu Gothic",
    "ko": "Malgun Gothic",
}
OFFICE_LANG: Final = {
    "en": "en-US",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
    "ja": "ja-JP",
    "ko": "ko-KR",
}
"""Language tags as office programs know them: they pick the dictionary and, where it is missing, a font."""


def rgb(colour: str) -> RGBColor:
    """A colour of the palette, `#RRGGBB`, for a slide."""
    found: RGBColor = RGBColor.from_string(colour.lstrip("#").upper()[:6])
    return found


def east_asian(lang: str) -> str:
    """The East Asian font of a language; for English that of Simplified Chinese, for names."""
    return EAST_ASIAN.get(lang, EAST_ASIAN["zh-Hans"])


def put_text(
    frame: Any, text: str, lang: str, *, size: float, bold: bool = False, colour: str | None = "ink"
) -> None:
    """Fill a text frame; lines become paragraphs. `colour` is a token of the palette, None the template's."""
    colours = palette("light")
    for at, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        run = paragraph.add_run()
        run.text = line
        run.font.size = Pt(size)
        run.font.bold = bold
        if colour:
            run.font.color.rgb = rgb(colours[colour])
        set_fonts(run._r.get_or_add_rPr(), lang, latin=bool(colour))


def set_fonts(properties: Any, lang: str, *, latin: bool = True) -> None:
    """Language and fonts of a run (`a:rPr`) or of a chart's text (`a:defRPr`)."""
    properties.set("lang", OFFICE_LANG.get(lang, "en-US"))
    if lang in EAST_ASIAN:
        properties.set("altLang", "en-US")
    faces = ([("a:latin", LATIN)] if latin else []) + [("a:ea", east_asian(lang))]
    for tag, face in faces:
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = properties.makeelement(qn(tag), {"typeface": face})
        # The schema wants fills before fonts and links after them.
        after = [
            child
            for child in properties
            if child.tag in (qn("a:hlinkClick"), qn("a:cs"), qn("a:sym"))
        ]
        if after:
            after[0].addprevious(element)
        else:
            properties.append(element)


def spoken(card: Card) -> str:
    """What a reader who does not see the chart is told."""
    return " ".join(filter(None, (card.title, card.subtitle, card.alt)))[:2000]
