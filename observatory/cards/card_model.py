"""A chart card as a value: what is shown, what it says, and where it comes from.

Nothing here imports Streamlit, so cards can be built in tests, caches and exports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from observatory.cards.markup import Safe

if TYPE_CHECKING:
    import pandas as pd

Native = Literal["auto", "picture", "line", "bar", "stacked", "scatter", "dots", "shapes"]
Align = Literal["left", "right"]
Action = Literal["receipt", "table", "method", "download", "link", "story"]
DEFAULT_ACTIONS: tuple[Action, ...] = ("receipt", "table", "method", "story", "download", "link")


@dataclass(frozen=True, slots=True)
class SourceRef:
    """One source in a card's foot line."""

    title: str
    publisher: str = ""
    url: str | None = None
    source_id: str = ""

    @property
    def name(self) -> str:
        """The name a reader knows it by."""
        return self.publisher or self.title


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a card's table.

    `key` is the frame's column. `show` turns (value, row) into text or HTML; without it the
    value is printed as it is. `row_id` names the frame's column with the row id that the cell's
    receipt opens. `lang` names the column with the language of the cell, or is a language.
    """

    key: str
    label: str
    align: Align = "left"
    show: Callable[[Any, Mapping[str, Any]], str | Safe] | None = None
    row_id: str | None = None
    lang: str | None = None
    strong: bool = False
    phone: bool = True
    """False hides the column below 640 px."""
    sort: str | bool = True
    """False keeps readers from sorting by it; a text names the frame's column with its exact value."""
    href: Callable[[Mapping[str, Any]], str] | None = None
    """Of a count that no row says: the address of the list that was counted."""
    opens: Callable[[Mapping[str, Any]], str] | None = None
    """Of a computed number: what stands in for a row id and opens the table of its parts."""


@dataclass(frozen=True, slots=True)
class CardTable:
    """The card's data. `frame` keeps exact values; it is also what the CSV is made of."""

    frame: pd.DataFrame
    columns: tuple[Column, ...]

    def rows(self) -> list[dict[str, Any]]:
        """The frame's rows as dictionaries, in order."""
        names = [str(name) for name in self.frame.columns]
        return [
            dict(zip(names, values, strict=True))
            for values in self.frame.itertuples(index=False, name=None)
        ]

    @property
    def has_row_ids(self) -> bool:
        """Whether any column opens receipts, without looking at the rows."""
        names = set(self.frame.columns)
        return "row_id" in names or any(c.row_id in names for c in self.columns if c.row_id)

    def row_ids(self) -> list[str]:
        """Every row id in the table once, in the order a reader meets them."""
        keys = [c.row_id for c in self.columns if c.row_id and c.row_id in self.frame.columns]
        if not keys and "row_id" in self.frame.columns:
            keys = ["row_id"]
        found: dict[str, None] = {}
        for row in self.rows():
            for key in keys:
                value = row.get(key)
                if isinstance(value, str) and value:
                    found.setdefault(value)
        return list(found)


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What a card without data says: what was asked, what does exist, one way on."""

    reason: str
    exists: str = ""
    action_label: str = ""
    action_href: str = ""
    title: str = ""
    """Replaces "No values for this filter"."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a chart card needs.

    `id` is unique on its page (letters, digits, hyphens). `title` is the finding, `subtitle`
    says what is measured, in which unit, when. `body` is SVG markup from the charts, a Plotly
    figure, or HTML. `statuses` is the mix of status words with counts, the commonest first.
    """

    id: str
    title: str
    subtitle: str = ""
    body: Safe | str | Any | None = None
    alt: str = ""
    table: CardTable | None = None
    sources: Sequence[SourceRef] = ()
    vintage: str = ""
    statuses: Sequence[tuple[str, int]] = ()
    caveat: str = ""
    method: str | Safe = ""
    height: int | None = None
    still: int | None = None
    """Width of the picture that stands for a figure below the first screen until a reader comes near;
    without it the figure and its script are there at once."""
    empty: EmptyState | None = None
    receipt: str | None = None
    actions: Sequence[Action] = DEFAULT_ACTIONS
    after: Safe | None = None
    """HTML between the chart and the foot, such as the key of event numbers."""
    title_lines: int | None = None
    """Lines kept free for the title so that neighbours align."""
    href: str = ""
    """Page of what is measured: the subtitle leads there."""
    level: int = 3
    native: Native = "auto"
    """Kind of chart that the table makes in a slide deck, where it can be edited; `picture` for a
    drawing that no such chart stands for, `shapes` for one given as shapes. `auto` tells lines and
    bars by the table's columns."""
    drawn: pd.DataFrame | None = None
    """The values of the drawing where the table holds more, fewer or others: an editable chart is
    made of these then (`label`, `value`, for `dots` see `observatory.editions.strips`)."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """Plotly's `config`, on top of the house's."""

    @property
    def is_svg(self) -> bool:
        return isinstance(self.body, str)

    @property
    def has_picture(self) -> bool:
        """True if the card can be saved as an image."""
        if isinstance(self.body, Safe):
            return "data-svg" in self.body.html
        return self.body is not None

    @property
    def is_figure(self) -> bool:
        return self.body is not None and not isinstance(self.body, (str, Safe))
