"""A story as PowerPoint slides whose charts, tables and texts can be edited.

Lines, bars, stacked bars and scatter plots are charts of the slide program, with the values in the
data sheet behind them; tile maps and flows are shapes; what neither can show is a picture with a text in its place for
readers who do not see it. Titles are the findings. Notes hold sources, statuses and method.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches

from observatory.cards.card_model import Card
from observatory.cards.page_view import PageView
from observatory.charts.palette import palette
from observatory.charts.text import text_width
from observatory.editions import pictures, words
from observatory.editions.deck_charts import draw_chart
from observatory.editions.deck_shapes import draw_shapes
from observatory.editions.deck_strips import draw_strips
from observatory.editions.deck_tables import draw_grid, draw_table, grid_parts
from observatory.editions.deck_text import put_text, spoken
from observatory.editions.grid import Grid, grid_of
from observatory.editions.native import native_chart, with_names
from observatory.editions.several import Panel, panels_of
from observatory.editions.strips import strips_of
from observatory.editions.words import Shelf
from observatory.i18n import Translator, translator

WIDTH: Final = Inches(13.333)
HEIGHT: Final = Inches(7.5)
MARGIN: Final = Inches(0.6)
TITLE_TOP: Final = Inches(0.42)
BODY_TOP: Final = Inches(1.95)
FOOT_TOP: Final = Inches(6.78)
SOURCES_A_SLIDE: Final = 20
MAX_TEMPLATE: Final = 20_000_000


class BadTemplate(ValueError):
    """The template is no PowerPoint file that can be used; the sentence is for the reader."""


@dataclass(frozen=True)
class DeckSlide:
    """One card of one page. `title` replaces the finding, `note` is the speaker's."""

    view: PageView
    card: Card
    title: str = ""
    note: str = ""


def build_deck(
    title: str,
    slides: Sequence[DeckSlide],
    shelf: Shelf,
    lang: str,
    *,
    template: bytes | None = None,
    holes: Sequence[str] = (),
) -> bytes:
    """The deck as a .pptx file: a title slide, one slide a card, the sources.

    `template` is a .pptx whose master and theme are used; `holes` are sentences about slides that
    could not be made, told on the title slide. Raises `BadTemplate`.
    """
    t = translator(lang)
    deck = _open(template, t)
    if template is None:
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    maker = _Maker(deck, shelf, t, own=template is not None)
    maker.cover(title, slides, holes)
    for slide in slides:
        maker.card(slide)
    maker.sources([slide.card for slide in slides])
    deck.core_properties.title = title
    deck.core_properties.author = "East Asia AI Observatory"
    deck.core_properties.language = lang
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _open(template: bytes | None, t: Translator) -> Any:
    if template is None:
        return Presentation()
    refused = t("This is no PowerPoint file (.pptx) that can serve as a template.")
    if len(template) > MAX_TEMPLATE or _unpacked(template) > 10 * MAX_TEMPLATE:
        raise BadTemplate(refused)
    try:
        deck = Presentation(io.BytesIO(template))
    except Exception as fault:
        raise BadTemplate(refused) from fault
    if not len(deck.slide_layouts):
        raise BadTemplate(refused)
    for slide_id in list(deck.slides._sldIdLst):
        deck.part.drop_rel(slide_id.rId)
        deck.slides._sldIdLst.remove(slide_id)
    return deck


def _unpacked(blob: bytes) -> int:
    """Bytes that a zip file says it holds; 0 if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        return 0


class _Maker:
    """Puts slides into one presentation; places are shares of its size."""

    def __init__(self, deck: Any, shelf: Shelf, t: Translator, *, own: bool) -> None:
        self.deck, self.shelf, self.t = deck, shelf, t
        self.across = deck.slide_width / WIDTH
        self.down = deck.slide_height / HEIGHT
        self.own = own

    def _layout(self) -> Any:
        """A layout with a title and, if there is one, nothing else to fill."""
        layouts = list(self.deck.slide_layouts)
        titled = [one for one in layouts if one.placeholders and any(
            p.placeholder_format.type in (1, 3) for p in one.placeholders)]  # fmt: skip
        return min(titled or layouts, key=lambda one: len(one.placeholders))

    def _place(
        self, left: float, top: float, width: float, height: float
    ) -> tuple[Emu, Emu, Emu, Emu]:
        return (Emu(int(left * self.across)), Emu(int(top * self.down)),
                Emu(int(width * self.across)), Emu(int(height * self.down)))  # fmt: skip

    def _slide(self, title: str, size: int = 26) -> Any:
        slide = self.deck.slides.add_slide(self._layout())
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type not in (1, 3):
                shape._element.getparent().remove(shape._element)
        head = slide.shapes.title
        box = self._place(MARGIN, TITLE_TOP, WIDTH - 2 * MARGIN, Inches(1.0))
        if head is None:
            head = slide.shapes.add_textbox(*box)
        head.left, head.top, head.width, head.height = box
        frame = head.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.margin_left = frame.margin_right = 0
        # Two lines have room.
        wide = text_width(title, size, 600) * 1.08
        if wide > 1.9 * Emu(WIDTH - 2 * MARGIN).pt:
            size = max(int(size * 1.9 * Emu(WIDTH - 2 * MARGIN).pt / wide), 18)
        elif wide > Emu(WIDTH - 2 * MARGIN).pt:
            size = min(size, 30)
        put_text(frame, title, self.t.html_lang, size=size, bold=True,
                 colour=None if self.own else "ink")  # fmt: skip
        if not self.own:
            frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        return slide

    def _text(self, slide: Any, text: str, box: tuple[Any, ...], **style: Any) -> Any:
        shape = slide.shapes.add_textbox(*box)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        put_text(frame, text, self.t.html_lang, **style)
        return shape

    def cover(self, title: str, slides: Sequence[DeckSlide], holes: Sequence[str]) -> None:
        t = self.t
        slide = self._slide(title, 40)
        lines = [t("East Asia AI Observatory")]
        if slides:
            lines.append(words.data_line(slides[0].view))
            lines += words.choices(slides[0].view, self.shelf)[:3]
        lines += list(holes)
        box = self._place(MARGIN, Inches(1.7), WIDTH - 2 * MARGIN, Inches(3.4))
        self._text(slide, "\n".join(lines), box, size=18, colour=None if self.own else "ink2")

    def card(self, one: DeckSlide) -> None:
        """The card's slide; a matrix with more rows than one holds goes on over further ones."""
        grid = grid_of(one.card, self.t)
        if grid is None:
            self._card(one, one.title or one.card.title, lambda slide: self._body(slide, one))
            self._values(one)
            return
        place = self._middle()
        parts = grid_parts(grid, place[3])
        for at, part in enumerate(parts, 1):
            title = one.title or one.card.title
            if len(parts) > 1:
                title = f"{title} ({at}/{len(parts)})"

            def drawn(slide: Any, part: Grid = part) -> str:
                draw_grid(slide, part, one.card, place, self.t)
                return ""

            self._card(one, title, drawn)

    def _values(self, one: DeckSlide) -> None:
        """A second slide with the table, where a figure could be given as a picture only."""
        card = one.card
        if not card.is_figure or card.table is None or not len(card.table.frame):
            return
        if native_chart(card, palette("light"), self.t) is not None:
            return

        def drawn(slide: Any) -> str:
            draw_table(slide, card, self._middle(), self.t)
            return ""

        self._card(one, f"{one.title or card.title} (2/2)", drawn)

    def _card(self, one: DeckSlide, title: str, draw: Callable[[Any], str]) -> None:
        t, card = self.t, one.card
        slide = self._slide(title)
        box = self._place(MARGIN, Inches(1.46), WIDTH - 2 * MARGIN, Inches(0.4))
        long = text_width(card.subtitle, 15) > 0.97 * Emu(WIDTH - 2 * MARGIN).pt
        self._text(
            slide, card.subtitle, box, size=12 if long else 15, colour=None if self.own else "ink2"
        )
        beyond = draw(slide)
        foot = [words.source_line(card, t), beyond, card.caveat]
        link = words.address(one.view, self.shelf)
        where = t.comma.join([*words.choices(one.view, self.shelf)[:3], words.data_line(one.view)])
        box = self._place(MARGIN, FOOT_TOP, WIDTH - 2 * MARGIN, Inches(0.6))
        shape = self._text(slide, " · ".join(filter(None, foot)) + "\n" + where, box, size=12,
                           colour=None if self.own else "ink3")  # fmt: skip
        if self.shelf.base:
            for paragraph in shape.text_frame.paragraphs[-1:]:
                for run in paragraph.runs:
                    run.hyperlink.address = link
        slide.notes_slide.notes_text_frame.text = self._notes(one, link)

    def _middle(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Where the chart stands."""
        return self._place(MARGIN, BODY_TOP, WIDTH - 2 * MARGIN, FOOT_TOP - BODY_TOP - Inches(0.08))

    def _body(self, slide: Any, one: DeckSlide) -> str:
        """Draw the card; what a chart had no room for, in words."""
        card, t, place = one.card, self.t, self._middle()
        colours = palette("light")
        strips = strips_of(card, colours)
        if strips is not None:
            draw_strips(slide, strips, card, place, t)
            return self._beyond(strips.left_out)
        panels = panels_of(card, colours, t)
        if panels:
            self._panels(slide, panels, place)
            return ""
        chart = native_chart(card, colours, t)
        if chart is not None:
            draw_chart(slide, with_names(chart, dict(self.shelf.names)), card, place, t)
            hollow = t("Hollow: part of a year.") if any(one.parts for one in chart.series) else ""
            return " ".join(filter(None, (self._beyond(chart.left_out), hollow)))
        drawing = pictures.picture(card)
        if drawing is not None:
            if card.native != "shapes" or not draw_shapes(slide, drawing, card, place, t):
                self._picture(slide, drawing, card, place)
        elif card.table is not None and len(card.table.frame):
            draw_table(slide, card, place, t)
        else:
            said = card.alt or (card.empty.reason if card.empty else "") or card.subtitle
            self._text(slide, said, place, size=20, colour=None if self.own else "ink")
        return ""

    def _panels(self, slide: Any, panels: Sequence[Panel], place: tuple[Emu, ...]) -> None:
        """Charts beside each other, each under its name."""
        left, top, width, height = place
        columns = 2 if len(panels) in (2, 4) else 3
        lines = -(-len(panels) // columns)
        wide, high, gap = width // columns, height // lines, int(Inches(0.25))
        for at, panel in enumerate(panels):
            x, y = left + at % columns * wide, top + at // columns * high
            head = (Emu(x), Emu(y), Emu(wide - gap), Emu(Inches(0.3)))
            self._text(
                slide, panel.title, head, size=14, bold=True, colour=None if self.own else "ink"
            )
            box = (x, y + Inches(0.3), wide - gap, high - Inches(0.42))
            chart = with_names(panel.chart, dict(self.shelf.names))
            draw_chart(slide, chart, panel.card, box, self.t, small=True)

    def _beyond(self, left_out: int) -> str:
        if not left_out:
            return ""
        return self.t.n("{n} more not drawn", "{n} more not drawn", left_out) + self.t.stop

    def _picture(self, slide: Any, drawing: str, card: Card, place: tuple[Emu, ...]) -> None:
        wide, high = pictures.size(drawing)
        scale = min(place[2] / wide, place[3] / high)
        width, height = int(wide * scale), int(high * scale)
        left = place[0] + (place[2] - width) // 2
        png = pictures.png(drawing, "light", zoom=2.5)
        picture = slide.shapes.add_picture(io.BytesIO(png), left, place[1], width, height)
        picture._element.nvPicPr.cNvPr.set("descr", spoken(card))

    def _notes(self, one: DeckSlide, link: str) -> str:
        t, card = self.t, one.card
        lines = [one.note, card.title if one.title else "", card.subtitle]
        if words.statuses(card, t):
            lines.append(t("Status of the values: {statuses}", statuses=words.statuses(card, t)))
        listed = words.all_sources([card], self.shelf)
        for source in listed[:SOURCES_A_SLIDE]:
            lines.append(
                t("Source: {source}", source=" · ".join(filter(None, (source.said, source.url))))
            )
        if len(listed) > SOURCES_A_SLIDE:
            more = len(listed) - SOURCES_A_SLIDE
            lines.append(t.n("and {n} more source", "and {n} more sources", more))
        method = pictures.plain_text(card.method)
        if method:
            lines.append(t("Method: {method}", method=method))
        lines += [*words.choices(one.view, self.shelf), words.data_line(one.view), link]
        return "\n".join(line for line in lines if line)

    def sources(self, cards: Sequence[Card]) -> None:
        t = self.t
        rows = words.all_sources(cards, self.shelf)
        shown = rows[: 2 * SOURCES_A_SLIDE]
        lines = [one.said for one in shown]
        if len(rows) > len(shown):
            more = len(rows) - len(shown)
            lines.append(t.n("and {n} more source, in the notes of the slides",
                             "and {n} more sources, in the notes of the slides", more))  # fmt: skip
        lines.append(words.terms(t))
        for start in range(0, len(lines), SOURCES_A_SLIDE + 2):
            slide = self._slide(t("Sources"))
            box = self._place(MARGIN, Inches(1.6), WIDTH - 2 * MARGIN, Inches(5.4))
            text = "\n".join(lines[start : start + SOURCES_A_SLIDE + 2])
            self._text(slide, text, box, size=12, colour=None if self.own else "ink2")
