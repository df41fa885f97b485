"""Matrices: tables whose cells are shaded, as rows of cells with their words and shades."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from math import floor, log10
from typing import Any, Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, one_line
from observatory.charts.palette import Palette, palette
from observatory.i18n import Translator

_KINDS: Final = frozenset({"c-ranks", "s-grid", "sk", "lb-matrix", "fr-matrix", "ch-steps"})
"""Classes of the tables that are matrices."""
_SILENT: Final = frozenset({"caption", "svg", "title", "desc", "style", "script"})
_BLOCKS: Final = frozenset({"span", "div", "p", "br", "a", "b"})
_TABLE: Final = re.compile(r'<table\b[^>]*\bclass="tb ([\w -]+)"')


@dataclass(slots=True)
class GridCell:
    """One cell: `fill` and `ink` are colours, None those of the table."""

    text: str = ""
    head: bool = False
    right: bool = False
    across: int = 1
    fill: str | None = None
    ink: str | None = None


@dataclass(slots=True)
class Grid:
    """Rows of a matrix; the first `heads` of them stand on top of every part of it."""

    rows: list[list[GridCell]] = field(default_factory=list)
    heads: int = 1

    @property
    def width(self) -> int:
        """Columns."""
        return max((sum(cell.across for cell in row) for row in self.rows), default=0)


def grid_of(card: Card, t: Translator) -> Grid | None:
    """The card's matrix, None where it is none."""
    if isinstance(card.body, Safe):
        found = _TABLE.search(card.body.html)
        if found and _KINDS.intersection(found[1].split()):
            reader = _Reader()
            reader.feed(
                card.body.html[found.start() : card.body.html.index("</table>", found.start())]
            )
            return reader.grid if reader.grid.width else None
    return _pairs(card, t)


def shades(colours: Palette) -> Mapping[str, tuple[str, str]]:
    """Fill and ink of the classes that shade a cell on the page."""
    steps, inks = colours.sequential, colours.on_sequential
    found = {f"s-q{n + 1}": (steps[n], inks[n]) for n in range(5)}
    found |= {
        "h0": (_mixed(colours["sunk"], colours["bg"], 0.55), colours["ink"]),
        "h1": (steps[0], inks[0]),
        "h2": (_mixed(steps[0], steps[1], 0.3), inks[1]),
        "h3": (_mixed(steps[1], steps[2], 0.5), inks[1]),
        "h4": (steps[2], inks[2]),
        "lead": (colours["focus"], colours["ink"]),
        "own": (colours["focus"], colours["ink"]),
        "s1": (_mixed(steps[2], colours["bg"], 0.5), colours["ink"]),
        "is-high": (steps[3], inks[3]),
        "is-medium": (steps[2], inks[2]),
        "is-low": (steps[0], inks[0]),
    }
    return found


def _mixed(one: str, other: str, share: float) -> str:
    """`share` of one colour in another, both `#RRGGBB`."""
    pairs = zip(*(bytes.fromhex(colour.lstrip("#")[:6]) for colour in (one, other)), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


class _Reader(HTMLParser):
    """Reads the rows of one table."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid(heads=0)
        self.known = shades(palette("light"))
        self.silent = 0
        self.cell: GridCell | None = None
        self.top = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag in _SILENT or "sr" in classes or self.silent:
            self.silent += tag not in (
                "br",
                "path",
                "rect",
                "circle",
                "line",
                "use",
                "input",
                "img",
            )
        elif tag == "thead":
            self.top = True
        elif tag == "tr":
            self.grid.rows.append([])
            self.grid.heads += self.top
        elif tag in ("td", "th") and self.grid.rows:
            self._open(tag, given, classes)
        elif tag in _BLOCKS and self.cell is not None:
            # A value after its rank.
            after = "v" in classes and self.cell.text.strip()
            self.cell.text += " · " if after else " "

    def _open(self, tag: str, given: Mapping[str, str | None], classes: Sequence[str]) -> None:
        fill, ink = next((self.known[name] for name in classes if name in self.known), (None, None))
        across = given.get("colspan") or "1"
        self.cell = GridCell("", tag == "th", "r" in classes, int(across) if across.isdecimal() else 1,
                             fill, ink)  # fmt: skip
        self.grid.rows[-1].append(self.cell)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent -= 1
        elif tag == "thead":
            self.top = False
        elif tag in ("td", "th") and self.cell is not None:
            self.cell.text = one_line(self.cell.text)
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.text += data


def _pairs(card: Card, t: Translator) -> Grid | None:
    """Who towards whom, shaded by powers of ten as in the drawing."""
    if card.table is None or not {
        "entity_id",
        "counterpart_id",
        "label",
        "towards",
        "value",
    } <= set(card.table.frame.columns):
        return None
    colours = palette("light")
    rows = [row for row in card.table.rows() if row["value"] == row["value"]]
    if not rows or len({(r["entity_id"], r["counterpart_id"]) for r in rows}) < len(rows):
        return None
    names = {row["counterpart_id"]: str(row["towards"]) for row in rows}
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        lines.setdefault(str(row["label"]), {})[row["counterpart_id"]] = float(row["value"])
    powers = [floor(log10(v)) for line in lines.values() for v in line.values() if v > 0]
    low, high = min(powers, default=0), max(powers, default=0)
    grid = Grid(
        [[GridCell("", head=True), *(GridCell(name, True, True) for name in names.values())]]
    )
    for label, line in lines.items():
        cells = [GridCell(label, head=True)]
        for code in names:
            value = line.get(code)
            if value is None:
                cells.append(GridCell("–", right=True))
                continue
            step = round(4 * (floor(log10(value)) - low) / max(high - low, 1)) if value > 0 else 0
            cells.append(GridCell(t.number(value), False, True, 1,
                                  colours.sequential[step], colours.on_sequential[step]))  # fmt: skip
        grid.rows.append(cells)
    return grid
