"""The list of laws and programmes, one page of it, with all that was found in its table and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, href, join, num
from observatory.cards.pager import pager
from observatory.cards.table import Ordered, table
from observatory.i18n import Translator
from observatory.views import common, labels
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.choice import PER_PAGE, SORTS, Choice, address, fits, ordered
from observatory.views.policy.data import EVERYBODY, Book, Entry, leads, whose

Row = Mapping[str, Any]
_HEADS = {"date": "date", "title": "title", "economy_id": "economy", "kind": "kind"}


def count_line(entries: Sequence[Entry], t: Translator) -> str:
    """What stands and what does not, in words."""
    force = sum(
        e.state == "in_force" and e.kind in ("law", "regulation") and not e.step for e in entries
    )
    draft = sum(e.state == "proposed" for e in entries)
    listed = sum(e.state == "listed" for e in entries)
    parts = [t.n("{n} law or regulation in force", "{n} laws and regulations in force", force)]
    if draft:
        parts.append(t.n("{n} proposed or pending", "{n} proposed or pending", draft))
    if listed:
        parts.append(
            t.n(
                "{n} catalogue entry of unchecked status",
                "{n} catalogue entries of unchecked status",
                listed,
            )
        )
    return t.parts(parts)


def show_date(entry: Entry, t: Translator) -> Safe:
    """The date with its width, opening the receipt; words where there is none."""
    if not entry.date:
        return num(t("no date in the source"), entry.row_id)
    wide = policy_words.width(entry.date, t)
    return join(
        [num(t.period(entry.date), entry.row_id), h("span", wide, cls="fr-p") if wide else None]
    )


def show_state(entry: Entry, t: Translator) -> Safe:
    """The standing, and the date of effect where it is another than the date."""
    effective = entry.effective if entry.effective != entry.date else ""
    more = t("effect: {date}", date=t.period(effective)) if effective else ""
    return h(
        "span",
        h("span", policy_words.state(entry, t), cls=f"po-s po-{entry.state}"),
        h("span", more, cls="fr-p") if more else None,
    )


def _columns(catalogue: Catalogue, book: Book) -> tuple[Column, ...]:
    t = catalogue.t

    def name(value: Any, row: Row) -> Safe:
        return policy_words.heading(book.by_id[row["policy_id"]], t)

    def where(value: Any, row: Row) -> Safe:
        return policy_words.place(catalogue, str(value))

    def kind(value: Any, row: Row) -> Safe:
        entry = book.by_id[row["policy_id"]]
        about = policy_words.topics(book, entry, t)
        return join(
            [labels.policy_kind(str(value), t), h("span", about, cls="fr-p") if about else None]
        )

    def issuer(value: Any, row: Row) -> Safe:
        return policy_words.issued_by(book.by_id[row["policy_id"]], t) or h(
            "span", t("not named"), cls="unk"
        )

    return (
        Column("date", t("Date"), show=lambda v, row: show_date(book.by_id[row["policy_id"]], t)),
        Column("title", t("Title"), show=name, strong=True),
        Column("economy_id", t("Economy"), show=where),
        Column("kind", t("Kind and topics"), show=kind, phone=False),
        Column(
            "state", t("State"), show=lambda v, row: show_state(book.by_id[row["policy_id"]], t)
        ),
        Column("issuer", t("Issued by"), show=issuer, phone=False),
    )


def _order(c: Choice) -> Ordered:
    hrefs = {}
    for column, key in _HEADS.items():
        down = not c.down if key == c.sort else SORTS[key]
        hrefs[column] = address(c, sort=key, down=down)
    shown = next(column for column, key in _HEADS.items() if key == c.sort)
    return Ordered(shown, "descending" if c.down else "ascending", hrefs)


def frame_of(entries: Sequence[Entry], catalogue: Catalogue) -> pd.DataFrame:
    """Entries as a table: one row a policy, with ids, all columns exact."""
    t = catalogue.t
    return pd.DataFrame(
        [
            {"date": e.date, "title": clean(e.row["title"]), "title_native": clean(e.row["title_native"]),
             "native_lang": policy_words.native_lang(e), "economy_id": e.economy_id,
             "label": t("Several parties") if e.economy_id == EVERYBODY else catalogue.name(e.economy_id),
             "kind": e.kind, "topics": ";".join(e.topics), "state": e.state, "state_word": policy_words.state(e, t),
             "policy_status": clean(e.row["policy_status"]), "effective_from": e.effective,
             "issuer": "; ".join(one.name for one in e.issuers), "issuer_org_id": clean(e.row["issuer_org_id"]),
             "issuer_by_rule": any(one.by_rule for one in e.issuers),
             "summary": clean(e.row["summary"]), "status": clean(e.row["status"]), "policy_id": e.id,
             "row_id": e.row_id, "source_id": e.row["source_id"], "known_on": e.row["known_on"]}
            for e in entries
        ]
    )  # fmt: skip


def plain_columns(t: Translator) -> tuple[Column, ...]:
    """Columns of the table twin over `frame_of`."""
    return (
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
        Column("title", t("Title"), strong=True, lang="en"),
        Column("title_native", t("Own title"), lang="native_lang", phone=False),
        Column("label", t("Economy")),
        Column("kind", t("Kind"), show=lambda v, row: labels.policy_kind(clean(v), t)),
        Column("state_word", t("State")),
        Column("effective_from", t("Takes effect"), show=lambda v, row: t.period(clean(v))),
        Column("issuer", t("Issued by"), phone=False),
        Column("summary", t("What it does"), lang="en", phone=False),
    )


def method(t: Translator) -> str:
    """How instruments come onto the page and what their standing means."""
    return "\n\n".join(
        [
            t("An instrument stands once, however many sources speak of it; its row is that of the best source."
              " The state is the status that this source saw, and nothing later: what changed since may be missing."),
            t("A rule is not called in force before its date of effect. Entries of the OECD.AI catalogue carry a year"
              " and a status that others derived from titles: they stand as not checked, never as law in force."),
            t("A date is as exact as its source: a month or a year is never put on its first day. Where no date is"
              " on file the instrument stands last."),
            t("All thirteen economies show everything on file, with agreements of several parties and acts of other"
              " economies. A smaller choice shows what its economies issue or take part in."),
        ]
    )  # fmt: skip


def listing(catalogue: Catalogue, book: Book, entries: Sequence[Entry], c: Choice) -> Card:
    """One page of the instruments that fit."""
    t = catalogue.t
    found = ordered(fits(entries, c), c, lambda e: (whose(e),))
    if not found:
        reason = (
            t("No instrument fits all limits.")
            if entries
            else t("No instrument of this choice is on file.")
        )
        return Card(
            id="policy-list", title=t("Laws and programmes"),
            empty=EmptyState(
                reason=reason,
                exists=t.n("{n} instrument is on file.", "{n} instruments are on file.", len(book.entries)),
                action_label=t("Show everything on file"), action_href=href("policy", economies="all13"),
                title=t("No instrument fits"),
            ),
        )  # fmt: skip
    last = max(ceil(len(found) / PER_PAGE), 1)
    at = min(c.page, last)
    start = (at - 1) * PER_PAGE
    shown = found[start : start + PER_PAGE]
    count = t.n("{n} instrument", "{n} instruments", len(found))
    title = t("{count} that speak of “{query}”", count=count, query=c.q) if c.q else count
    lines = [count_line(found, t)]
    if last > 1:
        lines.insert(0, t("{first} to {last} of {all}", first=t.number(start + 1), last=t.number(start + len(shown)),
                          all=t.number(len(found))))  # fmt: skip
    frame = frame_of(found, catalogue)
    body = table(
        _columns(catalogue, book), CardTable(frame.iloc[start : start + PER_PAGE], ()).rows(),
        caption=t("Laws and programmes"), unknown=t("not stated"), cls="po-list", ordered=_order(c),
    )  # fmt: skip
    after: list[Child] = [pager(at, last, lambda page: address(c, page=page), t)]
    return Card(
        id="policy-list",
        title=title,
        subtitle=t.parts(lines),
        body=join([body, *after]),
        table=CardTable(frame, plain_columns(t)),
        sources=common.sources_of(catalogue, leads(found)),
        statuses=common.statuses_of(leads(found)),
        caveat=t("The state is what the source saw on its day."),
        method=method(t),
        actions=("receipt", "table", "method", "download", "link"),
    )
