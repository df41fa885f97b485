"""One source: what it is, what may be done with it, and every row that rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, external, h, join, num
from observatory.cards.pager import pager
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import links, receipts
from observatory.views.labels import clean
from observatory.views.sources import page as sources
from observatory.views.sources.page import Choice, Shelf

Row = Mapping[str, Any]
PAGE: Final = 50


def heading(row: Row, t: Translator) -> tuple[str, str]:
    """Title and deck of the page of one source."""
    name = clean(row["title"]) or clean(row["source_id"])
    n = int(row["n"])
    if not n:
        return name, t("No row rests on it directly: it describes a board.")
    return name, t.n("{n} fact rests on this source: {what}.", "{n} facts rest on this source: {what}.", n,
                     what=sources.rests(row, t))  # fmt: skip


def about(shelf: Shelf, row: Row) -> Safe:
    """What is on file of the source."""
    t = shelf.t
    share = t.percent(100 * int(row["n"]) / max(shelf.total, 1), 2)
    pairs: list[tuple[str, Safe | str]] = [
        (t("Address"), external(clean(row["url"]), clean(row["url"]) or None)),
        (t("Publisher"), clean(row["publisher"])),
        (t("Numbers made by"), clean(row["origin"])),
        (t("Edition"), clean(row["edition"])),
        (t("Kind of source"), ev.tier(clean(row["source_kind"]), t)),
        (t("Language"), ev.language(row["language"], t)),
        (t("Published"), t.period(clean(row["published"])) if clean(row["published"]) else t("not stated")),
        (t("Read on"), t.period(clean(row["read_on"]))),
        (t("Licence"), receipts.licence(clean(row["licence"]), t)),
        (t("What that allows"), _allows(clean(row["reuse"]), t)),
        (t("Credit"), clean(row["attribution"])),
        (t("Share of all facts"), share),
        (t("Remark"), h("span", clean(row["note"]), lang="en") if clean(row["note"]) else ""),
        (t("Id"), clean(row["source_id"])),
    ]  # fmt: skip
    cells = [join([h("dt", label), h("dd", value)]) for label, value in pairs if value]
    return h("dl", *cells, cls="so-about")


def _allows(word: str, t: Translator) -> str:
    match word:
        case "open":
            return t("Shown, and part of every download, with its credit.")
        case "quotable":
            return t(
                "Shown with credit, and in the file of a single chart; not in downloads of whole tables."
            )
        case _:
            return t("Shown with credit; its rows are held back from downloads of whole tables.")


def rows_card(shelf: Shelf, row: Row, c: Choice) -> Card:
    """Every row that rests on the source, a page at a time."""
    t = shelf.t
    frame = queries_evidence.facts(shelf.data.db, shelf.data.as_of, source=str(row["source_id"]))
    namer = ev.Namer(shelf.data)
    rows = records(frame)
    if not rows:
        return Card(
            id="source-rows",
            title=t("What rests on it"),
            empty=EmptyState(
                reason=t("No row rests on it as its first source."), title=t("Nothing rests on it directly"),
                action_label=t("All sources"), action_href="/sources",
            ),
        )  # fmt: skip
    order = {kind: i for i, kind in enumerate(ev.KINDS)}
    # One measure, board or kind of thing after the other, each with its newest first.
    rows.sort(key=lambda one: namer.entity(namer.who(one)) if namer.who(one) else "")
    rows.sort(key=lambda one: clean(one["date"]), reverse=True)
    rows.sort(key=lambda one: (order[one["kind"]], _group(namer, one)))
    last = max(ceil(len(rows) / PAGE), 1)
    at = min(c.page, last)
    shown = rows[(at - 1) * PAGE : at * PAGE]
    columns = columns_of(namer)
    where = t("{first} to {last} of {all}", first=t.number((at - 1) * PAGE + 1),
              last=t.number((at - 1) * PAGE + len(shown)), all=t.number(len(rows)))  # fmt: skip
    body = table(columns, shown, caption=t("What rests on it"), unknown="", cls="so-rows")
    replaced = sum(clean(one["status"]) == "superseded" for one in rows)
    notes = [where]
    if replaced:
        notes.append(
            t.n("{n} was replaced by a later reading or edition",
                "{n} were replaced by later readings or editions", replaced)
        )  # fmt: skip
    return Card(
        id="source-rows",
        title=t("What rests on it"),
        subtitle=t.parts(notes),
        body=body + (pager(at, last, lambda page: sources.address(c, page=page), t) or Safe("")),
        table=CardTable(frame_of(namer, rows), plain_columns(t)),
        statuses=statuses_of(rows),
        actions=("table", "download", "link"),
        level=2,
    )


def _group(namer: ev.Namer, row: Row) -> str:
    """What rows of a source stand under: their measure or board; other things by their days."""
    return (
        namer.what(row).casefold() if row["kind"] in ("observations", "benchmark_results") else ""
    )


def statuses_of(rows: list[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    """Status words with counts, the commonest first."""
    words = pd.Series([clean(row["status"]) for row in rows])
    counts = words[words != ""].value_counts()
    return tuple((str(word), int(n)) for word, n in counts.items())


def columns_of(namer: ev.Namer) -> tuple[Column, ...]:
    """A list of rows of any tables: what, whom, when, value, status; each opens its receipt."""
    t = namer.t

    def what(value: Any, row: Row) -> Safe:
        said = namer.what(row)
        if row["kind"] == "observations":
            said_at: Safe = h(
                "a", said, href=links.indicator(clean(row["indicator_id"])), data_go=True
            )
        else:
            said_at = num(said, clean(row["row_id"]), cls="num plain-t")
        kind = h("span", ev.kind_name(str(row["kind"]), t), cls="sub2")
        return join([h("span", said_at, lang=namer.lang(row)), kind])

    def shown(value: Any, row: Row) -> Safe | str:
        said = namer.value(row)
        return num(said, clean(row["row_id"])) if said else ""

    return (
        Column("what", t("What"), show=what, strong=True, sort=False),
        Column("who", t("Who or where"), show=lambda v, row: ev.whom(namer, row) or "", sort=False),
        Column("date", t("Period"), show=lambda v, row: namer.when(row), sort=False),
        Column("said", t("Value"), "right", shown, sort=False),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t) if clean(v) else "", phone=False,
               sort=False),
    )  # fmt: skip


def frame_of(namer: ev.Namer, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows in words, with their ids."""
    out = [
        {
            "what": namer.what(row),
            "who": namer.entity(namer.who(row)) if namer.who(row) else "",
            "date": clean(row["date"]),
            "value": namer.value(row),
            "status": clean(row["status"]),
            "row_id": clean(row["row_id"]),
        }
        for row in rows
    ]
    return pd.DataFrame(out, columns=["what", "who", "date", "value", "status", "row_id"])


def plain_columns(t: Translator) -> tuple[Column, ...]:
    """Columns of the table behind a list of rows."""
    return (
        Column("what", t("What"), strong=True, row_id="row_id"),
        Column("who", t("Who or where")),
        Column("date", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Value"), "right", row_id="row_id"),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    )
