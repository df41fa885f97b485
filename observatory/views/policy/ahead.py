"""What takes effect or falls due next, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from observatory.analysis import policy_state
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, num, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.model.time import parse_period
from observatory.views import common, labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import EVERYBODY, Book, Entry, leads, whose

MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class Due:
    """A date to come. `near` is one of `policy_state.near`; `effect`: the date of effect, not its own."""

    entry: Entry
    period: str
    near: str
    effect: bool

    @property
    def draft(self) -> bool:
        return self.entry.state == "proposed"


def due(entries: Sequence[Entry], today: date) -> tuple[list[Due], date]:
    """Every date to come, the nearest first, and the day six months on."""
    horizon = policy_state.months_on(today, MONTHS)
    found = [
        Due(entry, period, policy_state.near(period, today, horizon), effect)
        for entry in entries
        for period, effect in entry.upcoming
    ]
    # A span that reaches beyond the horizon may fall into it or not.
    found.sort(key=lambda d: (parse_period(d.period).end, parse_period(d.period).start, d.entry.id))
    return found, horizon


def places(found: Sequence[Due], catalogue: Catalogue) -> list[str]:
    """Names of the economies of some dates, in reading order, each once."""
    codes = dict.fromkeys(d.entry.economy_id for d in sorted(found, key=lambda d: whose(d.entry)))
    return [
        catalogue.t("several parties") if code == EVERYBODY else catalogue.say(code)
        for code in codes
    ]


def _due_words(d: Due, t: Translator) -> str:
    if d.draft:
        return t("would take effect")
    return t("takes effect") if d.entry.effective == d.period else t("falls due")


def _item(catalogue: Catalogue, book: Book, d: Due) -> Safe:
    t, entry = catalogue.t, d.entry
    period = parse_period(d.period)
    aside = policy_words.width(d.period, t)
    if not aside:
        days = (period.start - book.today).days
        aside = t.n("in {n} day", "in {n} days", days)
    more: list[Child] = [
        policy_words.place(catalogue, entry.economy_id),
        h("span", labels.policy_kind(entry.kind, t)),
        h("span", _due_words(d, t)),
    ]
    for relation in entry.relations:
        if relation.way == "out" and relation.other in book.by_id:
            other = book.by_id[relation.other]
            label = policy_words.relation(relation.relation, relation.way, t)
            more.append(h("span", label, " ", policy_words.heading(other, t, both=False)))
            break
    status = clean(entry.row["status"])
    publisher = clean(entry.row["origin"]) or clean(entry.row["publisher"])
    return h(
        "li",
        h("div", num(t.period(d.period), entry.row_id), h("span", aside, cls="s"), cls="d"),
        h(
            "div",
            policy_words.heading(entry, t, both=False),
            h("span", *more, cls="s"),
            h("p", clean(entry.row["summary"]), cls="sum", lang="en"),
            cls="w",
        ),
        h(
            "div",
            status_word(status, status_label(status, t)),
            h("span", publisher, cls="s"),
            cls="x",
        ),
        cls="is-weak" if status in ("unchecked", "disputed") else None,
    )


def _group(catalogue: Catalogue, book: Book, head: str, found: Sequence[Due]) -> Safe | None:
    if not found:
        return None
    return h(
        "section",
        h("h4", h("span", head)),
        h("ol", *(_item(catalogue, book, d) for d in found)),
        cls="c-month",
    )


def title(found: Sequence[Due], horizon: date, catalogue: Catalogue) -> str:
    """The answer in a line: how many, by when, where."""
    t = catalogue.t
    soon = [d for d in found if d.near == "soon" and not d.draft]
    if not soon:
        return t("Nothing on file takes effect or falls due by {day}", day=t.date(horizon))
    return t.n(
        "{n} rule takes effect or falls due by {day}: {places}",
        "{n} rules take effect or fall due by {day}: {places}",
        len(soon),
        day=t.date(horizon), places=t.list(places(soon, catalogue)),
    )  # fmt: skip


def card(catalogue: Catalogue, book: Book, entries: Sequence[Entry]) -> Card:
    """What takes effect or falls due within six months, what may, and what comes later."""
    t = catalogue.t
    found, horizon = due(entries, book.today)
    subtitle = t("What takes effect or falls due in the next six months, and where")
    if not found:
        return Card(
            id="policy-next", title=title(found, horizon, catalogue), subtitle=subtitle,
            empty=EmptyState(
                reason=t("No date to come is on file for this choice of economies and years."),
                exists=t("The calendar also holds listings, chips and compute sites."),
                action_label=t("Open the calendar"), action_href=links.calendar(),
                title=title(found, horizon, catalogue),
            ),
        )  # fmt: skip
    soon = [d for d in found if d.near == "soon"]
    wide = [d for d in found if d.near == "wide"]
    later = [d for d in found if d.near == "later"]
    groups = [
        _group(catalogue, book, t("By {day}", day=t.date(horizon)), soon),
        _group(
            catalogue,
            book,
            t("Named to the month or year only: may fall before or after that day"),
            wide,
        ),
        _group(catalogue, book, t("Later"), later),
    ]
    frame = leads([d.entry for d in found])
    table = pd.DataFrame(
        [
            {"date": d.period, "title": clean(d.entry.row["title"]), "economy_id": d.entry.economy_id,
             "label": t("Several parties") if d.entry.economy_id == EVERYBODY else catalogue.name(d.entry.economy_id),
             "kind": d.entry.kind, "what": _due_words(d, t), "status": clean(d.entry.row["status"]),
             "policy_id": d.entry.id, "row_id": d.entry.row_id, "source_id": d.entry.row["source_id"]}
            for d in found
        ]
    )  # fmt: skip
    columns = (
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v)), row_id="row_id"),
        Column("title", t("Title"), strong=True, lang="en"),
        Column("label", t("Economy")),
        Column("kind", t("Kind"), show=lambda v, row: labels.policy_kind(clean(v), t), phone=False),
        Column("what", t("What happens")),
    )
    return Card(
        id="policy-next",
        title=title(found, horizon, catalogue),
        subtitle=subtitle,
        body=h("div", *(group for group in groups if group), cls="c-list po-next", data_slide="table"),
        table=CardTable(table, columns),
        **common.evidence(catalogue, frame),
        caveat=t("As its source gave it; a date can move."),
        method=t(
            "Counted are dates that lie wholly after {day} and begin by {horizon}, six months on. A month is"
            " counted if it begins by then. A date known to the year only stands apart. What is only proposed is"
            " shown and not counted.",
            day=t.date(book.today), horizon=t.date(horizon),
        ),
        after=h("p", h("a", t("All dates ahead, with listings, chips and compute sites"), href=links.calendar(),
                       data_go=True, cls="go")),
    )  # fmt: skip


__all__ = ["MONTHS", "Due", "card", "due", "places", "title"]
