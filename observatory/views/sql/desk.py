"""The SQL page as HTML: examples, result, refusal, tables that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import pandas as pd

from observatory.cards import states
from observatory.cards.card_model import Column
from observatory.cards.markup import Safe, h, icon, join
from observatory.cards.table import table
from observatory.db import sandbox
from observatory.db.connect import Database
from observatory.db.sandbox import Refusal, Result
from observatory.export.csv import plain, to_csv
from observatory.export.holdback import is_bulk
from observatory.i18n import Translator
from observatory.model.ids import ROW_ID
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.sql import words as sql_words
from observatory.views.sql.choice import Choice, pack
from observatory.views.sql.examples import EXAMPLES

SHOWN_ROWS: Final = 200
SHOWN_CELLS: Final = 5000
Href = Callable[[str], str]
"""Address of the page with a query."""
_NUMBERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UINTEGER", "UBIGINT",
                   "UHUGEINT", "USMALLINT", "UTINYINT", "DOUBLE", "FLOAT", "DECIMAL")  # fmt: skip


def is_number(kind: str) -> bool:
    """Whether DuckDB's type is one of numbers."""
    return kind.startswith(_NUMBERS) and not kind.endswith("]")


def is_day(kind: str) -> bool:
    """Whether DuckDB's type is a day or a moment."""
    return kind.startswith(("DATE", "TIMESTAMP"))


def type_word(kind: str, t: Translator) -> str:
    """A type in one plain word."""
    if kind.endswith("]"):
        return t("list")
    if is_number(kind):
        return t("number")
    if is_day(kind):
        return t("day")
    return t("yes or no") if kind == "BOOLEAN" else t("text")


# Left and right of the editor ------------------------------------------------------------------


def examples(choice: Choice, href: Href, t: Translator) -> Safe:
    """Saved queries as links, the one on screen marked."""
    items = [
        h("li", h("a", t(one.title), href=href(pack(one.sql)), data_go=True,
                  aria_current="true" if one.sql == choice.sql else None))
        for one in EXAMPLES
    ]  # fmt: skip
    return h("div", h("h2", t("Start from a question")), h("ul", join(items)), cls="sq-ex")


def switched_off(t: Translator) -> Safe:
    """The state of the page where it is switched off."""
    return h(
        "div",
        h(
            "p",
            t(
                "Queries are switched off on this server. All tables can be read as JSON, CSV or Parquet instead."
            ),
        ),
        h("p", h("a", t("Open data"), href="/api/", cls="btn")),
        cls="sq-off",
    )


def bad_choice(bad: Collection[str], t: Translator) -> Safe | None:
    """A note for parameters of the link that could not be used."""
    if not bad:
        return None
    said = t("This link names settings that could not be used: {names}.", names=t.list(list(bad)))
    return h("p", said, cls="k-bad", role="status")


# The result ---------------------------------------------------------------------------------------


def refused(refusal: Refusal, t: Translator) -> Safe:
    """Why there are no rows."""
    lead, rest = sql_words.reason(refusal, t)
    return states.banner(
        "schedule" if refusal.kind in {"busy", "time"} else "help", lead, rest, warn=True
    )


def shown_rows(result: Result) -> int:
    """How many rows the page prints."""
    return min(SHOWN_ROWS, max(10, SHOWN_CELLS // max(len(result.columns), 1)))


def headline(result: Result, t: Translator) -> str:
    """How many rows there are."""
    if result.cut:
        return t("The first {n} rows", n=t.number(len(result.rows)))
    return t.n("{n} row", "{n} rows", len(result.rows))


def _address(column: str, value: str) -> str:
    """The page of the thing a cell names; empty where it has none."""
    if column in {"economy_id", "entity_id", "org_economy_id", "host_economy"}:
        return links.economy(value) if value in SCOPE + COMPARATORS else ""
    if column in {"org_id", "owner_org_id", "site_org_id", "issuer_org_id"}:
        return links.org(value)
    if column == "indicator_id":
        return links.indicator(value)
    if column == "model_id":
        return links.model(value)
    return links.board(value) if column == "benchmark_id" else ""


def _cell(column: sandbox.Column) -> Callable[[Any, Mapping[str, Any]], str | Safe]:
    def show(value: Any, row: Mapping[str, Any]) -> str | Safe:
        text = plain(value) if not isinstance(value, bool) else str(value).lower()
        if isinstance(value, str) and (address := _address(column.name, value)):
            return h("a", text, href=address, data_go=True)
        if len(text) > 240:
            return h("details", h("summary", text[:120] + "…"), text)
        # Short words and days stay on one line.
        return h("span", text, cls="sq-n") if len(text) <= 20 else text

    return show


def result_rows(result: Result, limit: int) -> tuple[tuple[Column, ...], list[dict[str, Any]]]:
    """Columns and first rows of a table; numbers of rows that keep their row id open receipts."""
    names = [column.name for column in result.columns]
    own = names.index("row_id") if names.count("row_id") == 1 else None
    columns = tuple(
        Column(
            f"c{index}", column.name, "right" if is_number(column.type) else "left",
            show=_cell(column),
            row_id="row_id" if is_number(column.type) or index == own else None,
        )
        for index, column in enumerate(result.columns)
    )  # fmt: skip
    rows = []
    for found in result.rows[:limit]:
        row = {f"c{index}": value for index, value in enumerate(found)}
        key = None if own is None else found[own]
        row["row_id"] = key if isinstance(key, str) and ROW_ID.fullmatch(key) else None
        rows.append(row)
    return columns, rows


def result_table(result: Result, t: Translator) -> Safe:
    """The first rows as a table."""
    columns, rows = result_rows(result, shown_rows(result))
    left = len(result.rows) - len(rows)
    more = t.n("{n} more row is in the chart only.", "{n} more rows are in the chart only.", left)
    shown = table(
        columns, rows, caption=t("Result of the query"), unknown=t("null"), cls="sq-t",
        sort=len(rows) > 2, exact=True,
    )  # fmt: skip
    return join([shown, h("p", more, cls="small muted") if left else None])


def left_out(db: Database, result: Result, t: Translator, *, open_only: bool) -> str:
    """What the file, or the page too, leaves out; empty where nothing is left out."""
    if not open_only and not is_bulk(len(result.rows), None):
        return ""
    count = sum(sandbox.held_back(db, view) for view in result.tables)
    if not count:
        return ""
    if open_only:
        return t.n(
            "{n} row of these tables is left out: its source has no open licence.",
            "{n} rows of these tables are left out: their sources have no open licence.", count,
        )  # fmt: skip
    return t.n(
        "The file is made without {n} row of these tables whose source has no open licence.",
        "The file is made without {n} rows of these tables whose sources have no open licence.", count,
    )  # fmt: skip


def left_line(db: Database, result: Result, choice: Choice, t: Translator) -> Safe | None:
    """`left_out` as a line under the head."""
    said = left_out(db, result, t, open_only=choice.open_only)
    return h("p", said, cls="small muted") if said else None


def csv_file(db: Database, sql: str, t: Translator, *, open_only: bool) -> bytes:
    """The result as CSV, over openly licensed rows where it is a copy in bulk; else a sentence."""
    found = sandbox.run(db, sql, open_only=open_only)
    if not open_only and isinstance(found, Result) and is_bulk(len(found.rows), None):
        open_only = True
    if open_only:
        found = sandbox.run(db, sql, open_only=True, file=True)
    if isinstance(found, Refusal):
        lead, rest = sql_words.reason(found, t)
        return to_csv(["note"], [{"note": f"{lead} {rest}".strip()}])
    keys = [f"c{index}" for index in range(len(found.columns))]
    body = to_csv(keys, [dict(zip(keys, row, strict=True)) for row in found.rows])
    head = to_csv([column.name for column in found.columns], [])
    return head + body.partition(b"\r\n")[2]


# Tables -------------------------------------------------------------------------------------------


def schema(db: Database, href: Href, t: Translator) -> Safe:
    """Every table of schema serve with its columns and their comments."""
    found: pd.DataFrame = db.query("serve_columns")
    parts = []
    for view, group in found.groupby("view_name", sort=True):
        rows = [
            h("tr", h("td", h("code", row["column_name"])), h("td", type_word(row["data_type"], t)),
              h("td", row["comment"], lang="en"))
            for row in group.to_dict("records")
        ]  # fmt: skip
        head = h(
            "tr", *(h("th", label, scope="col") for label in (t("Column"), t("Type"), t("Meaning")))
        )
        first = href(f"SELECT * FROM {view} LIMIT 20")  # noqa: S608 - a link for the reader to follow
        look = h("a", t("See 20 rows"), href=first, data_go=True)
        what = h("span", str(group["view_comment"].iloc[0]), lang="en")
        shown = h("table", h("thead", head), h("tbody", join(rows)), cls="tb")
        box = h("div", shown, cls="tbwrap", tabindex="0", role="region", aria_label=str(view))
        name = h("summary", icon("table_rows"), h("code", str(view)), what)
        parts.append(h("details", name, h("p", look, cls="small"), box))
    return h("div", join(parts), cls="sq-schema")
