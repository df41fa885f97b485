"""HTML tables: hairlines, numbers right, a dotted underline where a receipt opens.

Readers sort a table by its heads, in the browser (`assets/sort.js`): numbers and dates by the exact
values that stand in the cells' `data-v`, other columns by their text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from numbers import Real
from typing import Any, Final, Literal

from observatory.cards.card_model import CardTable, Column
from observatory.cards.markup import Safe, h, icon, join, num
from observatory.i18n.even import even
from observatory.model.time import PeriodError, parse_period

SORTABLE: Final = 3
"""Rows from which on a table can be sorted: two are seen at a glance."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Sorting of a table of which only a part is shown: its heads are links to the same page."""

    key: str
    way: Literal["ascending", "descending"]
    hrefs: Mapping[str, str]
    """Column key -> address of the page sorted by it (the other way where it is sorted by it)."""


def is_missing(value: object) -> bool:
    """True for None, NaN, NaT and the empty string."""
    if value is None or (isinstance(value, str) and not value):
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return str(value) in {"NaT", "<NA>", "nan"}


def _key(column: Column) -> str:
    """The key of the value that a column is sorted by."""
    return column.sort if isinstance(column.sort, str) else column.key


def _exact(value: object) -> str | None:
    """What a value is sorted by: a number, a day, the last and first day of a period; else None."""
    if is_missing(value):
        return ""
    if isinstance(value, bool):
        return None
    if isinstance(value, (Real, Decimal)):
        return str(float(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        period = parse_period(str(value))
    except PeriodError:
        return None
    return f"{period.end.isoformat()} {period.start.isoformat()}"


# Values that are compared only where these columns are the same in all rows.
_WITHIN: Final[dict[str, tuple[str, ...]]] = {
    "value": ("unit", "unit_label", "indicator_id"),
    "amount": ("currency",),
    "raise_amount": ("currency",),
}


def _mixed(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(
        len({str(row[name]) for row in rows if not is_missing(row.get(name))}) > 1
        for name in _WITHIN.get(key, ())
    )


def sortable(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """How each column can be sorted: `number` or `text` by the column's key; others are left out.

    A column of cells that are made of several values has no value of its own and is not sorted,
    unless it names one. Values of several units or currencies are not put in one order.
    """
    found: dict[str, str] = {}
    if len(rows) < SORTABLE:
        return found
    for column in columns:
        values = [row.get(_key(column)) for row in rows]
        known = [value for value in values if not is_missing(value)]
        if column.sort is False or not known or _mixed(_key(column), rows):
            continue
        numbers = all(isinstance(v, (Real, Decimal)) and not isinstance(v, bool) for v in known)
        found[column.key] = "number" if numbers else "text"
    return found


# Numbers of other measures than these columns name have no decimals in common.
_ONE_MEASURE: Final = (
    "indicator_id",
    "unit",
    "unit_label",
    "currency",
    "scale",
    "measure",
    "metric",
)
_WRAPPED: Final = re.compile(r"((?:<[^>]*>)*)([^<>]*)((?:</[^>]*>)*)")


def _printed(column: Column, rows: Sequence[Mapping[str, Any]]) -> list[str | Safe | None]:
    """What a column shows in each row, None where nothing is known."""
    shown: list[str | Safe | None] = []
    for row in rows:
        value = row.get(column.key)
        if is_missing(value):
            bare = column.show is not None and column.key not in row
            shown.append(column.show(value, row) if bare and column.show else None)
            continue
        shown.append(column.show(value, row) if column.show else str(value))
    return shown


def _even(
    column: Column, rows: Sequence[Mapping[str, Any]], shown: Sequence[str | Safe | None]
) -> list[str | Safe | None]:
    """The cells of a column, its numbers of one measure with the same decimals.

    A column that cannot be put in order (`sort` False) holds numbers of several measures.
    """
    cells = list(shown)
    if column.align != "right" or column.sort is False:
        return cells
    groups: dict[tuple[str, ...], list[tuple[int, re.Match[str], Any]]] = {}
    for index, (row, cell) in enumerate(zip(rows, shown, strict=True)):
        value = row.get(column.key)
        if cell is None or isinstance(value, bool) or not isinstance(value, (Real, Decimal)):
            continue
        match = _WRAPPED.fullmatch(cell.html if isinstance(cell, Safe) else cell)
        if match is not None:
            of = tuple(str(row.get(name)) for name in _ONE_MEASURE)
            groups.setdefault(of, []).append((index, match, value))
    for group in groups.values():
        texts = even([(match[2], value) for _, match, value in group])
        for (index, match, _), text in zip(group, texts, strict=True):
            if text != match[2]:
                whole = match[1] + text + match[3]
                cells[index] = Safe(whole) if isinstance(shown[index], Safe) else whole
    return cells


def _cell(
    column: Column, row: Mapping[str, Any], printed: str | Safe | None, unknown: str,
    kinds: Mapping[str, str],
) -> Safe:  # fmt: skip
    value = row.get(column.key)
    shown = h("span", unknown, cls="unk") if printed is None else printed
    if not is_missing(value):
        row_id = row.get(column.row_id) if column.row_id else None
        if column.opens is not None and (key := column.opens(row)):
            row_id = key
        if isinstance(row_id, str) and row_id:
            shown = num(shown, row_id)
        elif column.href is not None and (address := column.href(row)):
            shown = h("a", shown, href=address, data_go=True, cls="quiet")
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
    exact = _exact(row.get(_key(column))) if column.key in kinds else None
    return h(
        "td", shown, cls=classes or None, lang=lang if isinstance(lang, str) else None,
        data_l=column.label, data_v=exact,
    )  # fmt: skip


def _head(column: Column, kind: str | None, ordered: Ordered | None) -> Safe:
    names = ("r" if column.align == "right" else "", "" if column.phone else "x")
    cls = " ".join(filter(None, names)) or None
    if ordered is not None and column.key in ordered.hrefs:
        way = ordered.way if ordered.key == column.key else "none"
        label = h("a", column.label, icon("arrow_upward"), href=ordered.hrefs[column.key],
                  data_go=True, cls="th-s")  # fmt: skip
        return h("th", label, scope="col", cls=cls, aria_sort=way)
    if kind is None or ordered is not None:
        return h("th", column.label, scope="col", cls=cls)
    button = h("button", column.label, icon("arrow_upward"), type="button", cls="th-s",
               data_sort=kind)  # fmt: skip
    return h("th", button, scope="col", cls=cls, aria_sort="none")


def table(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    caption: str,
    unknown: str = "–",
    cls: str = "",
    show_caption: bool = False,
    sort: bool = True,
    ordered: Ordered | None = None,
    exact: bool = False,
) -> Safe:
    """A table from column specs and rows. `unknown` is the word for a missing value.

    Its heads sort it in the browser unless `sort` is False; `ordered` is for tables of which a
    page shows a part only. Numbers of a column are shown with the same decimals unless they are
    `exact`, as a source or a query gives them.
    """
    every = list(rows)
    kinds = sortable(columns, every) if sort and ordered is None else {}
    head = join(_head(column, kinds.get(column.key), ordered) for column in columns)
    printed = [_printed(column, every) for column in columns]
    if not exact:
        printed = [_even(one, every, shown) for one, shown in zip(columns, printed, strict=True)]
    body = join(
        h("tr", *(_cell(column, row, shown[index], unknown, kinds)
                  for column, shown in zip(columns, printed, strict=True)))
        for index, row in enumerate(every)
    )  # fmt: skip
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
    return table(source.columns, rows, caption=caption, unknown=unknown, exact=True)
