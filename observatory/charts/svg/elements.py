"""SVG building blocks: escaped elements with presentation attributes, nothing else.

No `<style>`, so a drawing looks the same on a page, in a file and in a document. Colours come
from a Palette; with the `css` palette they are `var(--name)` references.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final
from zlib import crc32

from observatory.charts.palette import Palette
from observatory.charts.text import sans

Value = str | float | int | None
_TABLE: Final = "table:"


def num(value: float) -> str:
    """Write a coordinate: at most two decimals, no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def tag(name: str, *children: str, **attributes: Value) -> str:
    """Write an element. `stroke_width` becomes `stroke-width`; None leaves an attribute out.

    Children are SVG texts already; use `words` for text.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        written = num(value) if isinstance(value, float | int) else escape(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{written}"')
    head = " ".join(parts)
    return f"<{head}>{''.join(children)}</{name}>" if children else f"<{head}/>"


def title(text: str) -> str:
    """Write the name of an element: read by screen readers, shown on hover."""
    return f"<title>{escape(text, quote=False)}</title>" if text else ""


def words(
    x: float,
    y: float,
    text: str,
    fill: str,
    size: float = 12,
    *,
    weight: int = 400,
    anchor: str = "start",
    halo: str | None = None,
    family: str | None = None,
    lang: str | None = None,
) -> str:
    """Write a line of text, its baseline at y. `halo` puts a 4-px rim of that colour behind."""
    return tag(
        "text",
        escape(text, quote=False),
        x=x,
        y=y,
        fill=fill,
        font_size=size,
        font_weight=weight if weight != 400 else None,
        text_anchor=anchor if anchor != "start" else None,
        font_family=family,
        lang=lang,
        stroke=halo,
        stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None,
        paint_order="stroke" if halo else None,
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    stroke: str,
    width: float = 1,
    dash: str | None = None,
) -> str:
    """Draw a straight line."""
    return tag(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
    )


def polyline(
    points: Iterable[tuple[float, float]],
    stroke: str,
    width: float,
    *,
    dash: str | None = None,
    opacity: float | None = None,
) -> str:
    """Draw a line through points."""
    path = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)
    return tag(
        "path",
        d=path,
        fill="none",
        stroke=stroke,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_linecap="round" if not dash else None,
        stroke_dasharray=dash,
        opacity=opacity,
    )


def dot(
    x: float,
    y: float,
    r: float,
    fill: str,
    ring: str | None = None,
    ring_width: float = 1.5,
) -> str:
    """Draw a filled circle, with a rim where it must stand off a line."""
    return tag(
        "circle",
        cx=x,
        cy=y,
        r=r,
        fill=fill,
        stroke=ring,
        stroke_width=ring_width if ring else None,
    )


def receipt(row_id: str, label: str, *children: str, focusable: bool = True) -> str:
    """Wrap a number in the button that opens its receipt; without a row id it stays plain.

    `focusable` False is for marks whose number is also printed: a mouse reaches them, the
    keyboard is not sent through every dot. A computed number has no row of its own: with
    `table_of(card)` in place of a row id it opens the card's table, which shows what it is made of.
    """
    if not row_id:
        return tag("g", title(label), *children)
    card = row_id.removeprefix(_TABLE) if row_id.startswith(_TABLE) else ""
    opens: dict[str, Value] = {"data_receipt": row_id}
    if card:
        opens = {"data_act": "table", "data_card": card}
    if focusable:
        opens |= {"role": "button", "tabindex": 0, "aria_label": label}
    return tag("g", title(label), *children, **opens, cursor="pointer")


def table_of(card: str) -> str:
    """What stands in for the row id of a computed number: it opens the table of that card."""
    return _TABLE + card


def hit(x: float, y: float, width: float, height: float) -> str:
    """Draw an unseen rectangle that makes a small mark easy to press."""
    return tag("rect", x=x, y=y, width=width, height=height, fill="#000", fill_opacity=0)


def unique(*parts: object) -> str:
    """Return an id for definitions inside a drawing: the same for the same content."""
    return f"c{crc32(repr(parts).encode()):08x}"


def hatch(name: str, colours: Palette) -> str:
    """Define the pattern of "no data": 45-degree lines in the context colour."""
    return tag(
        "defs",
        tag(
            "pattern",
            tag("rect", width=7, height=7, fill=colours["bg"]),
            tag("path", d="M0 0V7", stroke=colours["ctx"], stroke_width=1.2),
            id=name,
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def document(
    width: float,
    height: float,
    *children: str,
    name: str,
    description: str = "",
    lang: str = "en",
    fixed: bool = False,
) -> str:
    """Write the SVG element with its accessible name and description.

    It scales to its container unless `fixed`. A drawing that holds buttons or links is a group
    of them, else one image: an image may not hold things to press.
    """
    body = "".join(children)
    pressable = 'role="button"' in body or "<a " in body
    return tag(
        "svg",
        title(name) if not pressable else "",
        f"<desc>{escape(description, quote=False)}</desc>" if description else "",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=num(width) if fixed else "100%",
        height=num(height) if fixed else None,
        role="group" if pressable else "img",
        aria_label=name,
        lang=lang,
        font_family=sans(lang),
        font_variant="tabular-nums",
        style="max-width:100%;overflow:visible" if fixed else "overflow:visible",
    )
