"""HTML tables: hairlines, numbers right, a dotted underline where a receipt opens."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from observatory.cards.card_model import CardTable, Column
from observatory.cards.markup import Safe, h, join, num


def is_missing(value: object) -> bool:
    """True for None, NaN, NaT and the empty string."""
    if value is None or value == "":
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return str(value) in {"NaT", "<NA>", "nan"}


def _cell(column: Column, row: Mapping[str, Any], unknown: str) -> Safe:
    value = row.get(column.key)
    if is_missing(value):
        shown: str | Safe = h("span", unknown, cls="unk")
        if column.show is not None and column.key not in row:
            shown = column.show(value, row)
    else:
        shown = column.show(value, row) if column.show else str(value)
        row_id = row.get(column.row_id) if column.row_id else None
        if isinstance(row_id, str) and row_id:
            shown = num(shown, row_id)
    lang = row.get(column.lang, column.lang) if column.lang else None
    classes = " ".join(
        name
        for name, on in (
            ("r", column.align == "right"),
            ("b", column.strong),
            ("x", not column.phone),
        )
        if on
    )
    return h(
        "td", shown, cls=classes or None, lang=lang if isinstance(lang, str) else None,
        data_l=column.label,
    )  # fmt: skip


def table(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    caption: str,
    unknown: str = "–",
    cls: str = "",
    show_caption: bool = False,
) -> Safe:
    """A table from column specs and rows. `unknown` is the word for a missing value."""
    head = join(
        h(
            "th",
            column.label,
            scope="col",
            cls=" ".join(
                filter(
                    None,
                    ("r" if column.align == "right" else "", "" if column.phone else "x"),
                )
            )
            or None,
        )
        for column in columns
    )
    body = join(h("tr", *(_cell(column, row, unknown) for column in columns)) for row in rows)
    return h(
        "div",
        h(
            "table",
            h("caption", caption, cls=None if show_caption else "sr"),
            h("thead", h("tr", head)),
            h("tbody", body),
            cls=f"tb {cls}".strip(),
        ),
        cls="tbwrap",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def card_table(source: CardTable, caption: str, unknown: str, limit: int = 500) -> Safe:
    """The table view of a card's data, its first `limit` rows."""
    rows = source.rows()[:limit]
    return table(source.columns, rows, caption=caption, unknown=unknown)
