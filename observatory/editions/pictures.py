"""The picture of a card as stand-alone SVG and PNG: colours resolved, no browser needed."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Final, Literal

import resvg_py

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, one_line
from observatory.cards.page_view import PageView
from observatory.charts.figure_svg import Undrawable, figure_svg
from observatory.charts.palette import css_variables
from observatory.charts.room import STAGE
from observatory.charts.text import text_width
from observatory.editions import words
from observatory.i18n import translator

Theme = Literal["light", "dark"]

_DRAWING: Final = re.compile(r'<span[^>]*\bdata-svg=""[^>]*>(.*?)</span>', re.DOTALL)
_NARROW: Final = re.compile(r'<div class="on-(?:narrow|phone)"')
_TWIN: Final = re.compile(r'<span class="obs-svg [\w-]*-narrow"[^>]*>.*?</span>', re.DOTALL)
_VIEW_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_VARIABLE: Final = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*|var\([^()]*\)))?\)")
_ONLY_SCREEN: Final = re.compile(r'\s(?:tabindex|cursor|role|data-[\w-]+|aria-[\w-]+)="[^"]*"')
FONT_FILES: Final = Path(__file__).resolve().parents[2] / "static" / "fonts"
WIDTH: Final = STAGE.width
PAD: Final = 10


def drawings(card: Card) -> list[str]:
    """The SVG drawings of a card's body, wide ones only, as they stand on the page.

    Empty for a card of words or tables, and for a figure that only a browser can draw.
    """
    body = card.body
    if body is None:
        return []
    if isinstance(body, str):
        return [body]
    if isinstance(body, Safe):
        return [unescape(found) for found in _DRAWING.findall(_without_narrow(body.html))]
    try:
        return [figure_svg(body, WIDTH, name=card.alt or card.title)]
    except Undrawable:
        return []


def _without_narrow(html: str) -> str:
    """The markup without the twin that phones see."""
    html = _TWIN.sub("", html)
    kept, place = [], 0
    for found in _NARROW.finditer(html):
        if found.start() < place:
            continue
        kept.append(html[place : found.start()])
        place = _end_of_div(html, found.start())
    return "".join(kept) + html[place:]


def _end_of_div(html: str, start: int) -> int:
    depth = 0
    for tag in re.finditer(r"<(/?)div\b", html[start:]):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            return html.index(">", start + tag.start()) + 1
    return len(html)


def picture(card: Card) -> str | None:
    """The card's one drawing; None where it has none or is made of several."""
    found = drawings(card)
    return found[0] if len(found) == 1 else None


def size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in its own units; ValueError without a view box."""
    found = _VIEW_BOX.search(svg)
    if found is None:
        raise ValueError("the drawing has no view box")
    return float(found.group(1)), float(found.group(2))


def resolved(svg: str, theme: Theme = "light") -> str:
    """The drawing with colours in place of the page's variables, and without what only a page uses."""
    values = css_variables("light")
    if theme == "dark":
        values = values | css_variables("dark")

    def colour(found: re.Match[str]) -> str:
        name, other = found.group(1), found.group(2)
        return values.get(name) or (other or values["--ink"])

    before = ""
    while before != svg:
        before, svg = svg, _VARIABLE.sub(colour, svg)
    svg = _ONLY_SCREEN.sub("", svg.replace("currentColor", values["--ink"]))
    width, height = size(svg)
    svg = (
        re.sub(r'\s(?:width|height)="[\d.%]+"', "", svg.split(">", 1)[0])
        + ">"
        + svg.split(">", 1)[1]
    )
    # Labels may stand a little outside the drawing, where a page has room for them.
    svg = _VIEW_BOX.sub(
        f'viewBox="-{PAD} -{PAD} {width + 2 * PAD:g} {height + 2 * PAD:g}"', svg, count=1
    )
    wide, high = width + 2 * PAD, height + 2 * PAD
    return svg.replace("<svg ", f'<svg width="{wide:g}" height="{high:g}" ', 1)


def captioned(card: Card, view: PageView, shelf: words.Shelf) -> str | None:
    """The card's picture with its finding above, its source, choices and build below, as one drawing."""
    inner = picture(card)
    if inner is None:
        return None
    t = translator(view.lang)
    wide, high = size(inner)
    width = max(wide, 560.0)
    title = _wrapped(card.title, width, 18)
    sub = _wrapped(card.subtitle, width, 12.5)
    source = words.source_line(card, t)
    chosen = t.comma.join([*words.choices(view, shelf), words.data_line(view)])
    foot = [*(_wrapped(source, width, 11) if source else ()), *_wrapped(chosen, width, 11)]
    y = 8.0
    parts: list[str] = []
    for lines, points, tone, weight in ((title, 18, "--ink", 600), (sub, 12.5, "--ink2", 400)):
        for line in lines:
            y += points * 1.35
            parts.append(_line(line, y, points, tone, weight))
    y += 14
    body = re.sub(r"<svg ", f'<svg x="0" y="{y:g}" width="{wide:g}" height="{high:g}" ',
                  re.sub(r'\s(?:width|height)="[\d.%]+"', "", inner.split(">", 1)[0]) + ">"
                  + inner.split(">", 1)[1], count=1)  # fmt: skip
    y += high + 10
    for line in _events(card, width):
        y += 12 * 1.35
        parts.append(_line(line, y, 12, "--ink2", 400))
    for line in foot:
        y += 11 * 1.35
        parts.append(_line(line, y, 11, "--ink3", 400))
    head = inner.split(">", 1)[0]
    family = re.search(r'font-family="[^"]*"', head)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y + 10:g}" lang="{t.html_lang}" '
        f"{family.group(0) if family else ''}>{''.join(parts)}{body}</svg>"
    )


def _events(card: Card, width: float) -> list[str]:
    """What the numbers of events on a figure stand for."""
    if not card.is_figure:
        return []
    meta = card.body.to_plotly_json().get("layout", {}).get("meta") or {}  # type: ignore[union-attr]
    return [line for number, label, _ in meta.get("events", ())
            for line in _wrapped(f"{number} · {label}", width, 12)]  # fmt: skip


def _line(text: str, y: float, points: float, tone: str, weight: int) -> str:
    return (
        f'<text x="0" y="{y:g}" font-size="{points:g}" font-weight="{weight}" '
        f'fill="var({tone})">{escape(text, quote=False)}</text>'
    )


def _wrapped(text: str, width: float, points: float) -> list[str]:
    """Lines of at most this width; scripts without spaces break anywhere."""
    lines: list[str] = []
    line = ""
    for word in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s?|\s", text):
        if line.strip() and text_width((line + word).rstrip(), points) > width:
            lines.append(line.strip())
            line = ""
        line += word
    return [*lines, line.strip()] if line.strip() else lines


def background(theme: Theme) -> str:
    """The page's colour behind a picture."""
    return (css_variables("light") | (css_variables("dark") if theme == "dark" else {}))["--bg"]


@lru_cache(maxsize=256)
def png(
    svg: str, theme: Theme = "light", zoom: float = 2.0, background: str | None = None
) -> bytes:
    """The drawing as PNG bytes, `zoom` pixels a unit. ValueError if it cannot be drawn."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=resolved(svg, theme),
            zoom=zoom,
            background=background,
            sans_serif_family="Inter",
            font_dirs=[str(FONT_FILES)],
        )
    )


def plain_text(value: object) -> str:
    """The words of HTML or text, on one line; blocks are parted by spaces."""
    if value is None:
        return ""
    if isinstance(value, Safe):
        html = re.sub(r"<span[^>]*\bdata-svg=\"\"[^>]*>.*?</span>", "", value.html, flags=re.DOTALL)
        return one_line(unescape(re.sub(r"<[^>]+>", " ", html)))
    return str(value)
