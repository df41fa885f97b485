"""The cards of the calendar: the picture in lanes, the list by month, what passed in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState, SourceRef
from observatory.cards.markup import Child, Safe, h, join, num, status_word, svg, swatch
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.agenda import AgendaSpec, agenda_lanes, agenda_parts
from observatory.i18n import Translator
from observatory.model.time import parse_period
from observatory.views import data_words, links
from observatory.views.calendar.data import (
    EVERYBODY,
    KINDS,
    Agenda,
    Dated,
    kind_label,
    org_of,
    short_title,
    title_of,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN: Final = 14


def _place(catalogue: Catalogue, item: Dated) -> list[Child]:
    """Where it is and whose it is, as links."""
    t, code = catalogue.t, item.economy_id
    parts: list[Child] = []
    if code == EVERYBODY:
        parts.append(h("span", t("Several parties")))
    elif code in catalogue.economies:
        name = catalogue.name(code)
        known = catalogue.economies[code]["group_id"] not in ("aggregate", "other")
        shown = h("a", name, href=links.economy(code), data_go=True) if known else h("span", name)
        parts.append(h("span", swatch(code), shown))
    org = clean(item.row["org_id"])
    if org:
        parts.append(h("a", org_of(item, t), href=links.org(org), data_go=True))
    return parts


def _publisher(agenda: Agenda, item: Dated) -> str:
    source = agenda.sources.get(clean(item.row["source_id"]), {})
    return clean(source.get("origin")) or clean(source.get("publisher"))


def _item(catalogue: Catalogue, agenda: Agenda, item: Dated, *, full: bool = True) -> Safe:
    t = catalogue.t
    words, lang = title_of(item, t)
    width = data_words.date_width(item.precision, t)
    more: list[Child] = [*_place(catalogue, item), h("span", kind_label(item.kind, t))]
    if item.ipo_id:
        more.append(h("a", t("Stages and sources"), href=links.ipo(item.ipo_id), data_go=True))
    word = clean(item.row["status"])
    status = status_word(word, status_label(word, t))
    summary = clean(item.row.get("summary")) if full else ""
    if not full:
        more.append(status)
    days = None
    if item.precision == "day" and item.start > agenda.today:
        days = t.n("in {n} day", "in {n} days", (item.start - agenda.today).days)
    return h(
        "li",
        h(
            "div",
            num(t.period(item.period), item.row_id),
            h("span", days or width, cls="s") if days or width else None,
            cls="d",
        ),
        h(
            "div",
            _name(item, words, lang if lang != t.lang else None),
            h("span", *more, cls="s"),
            h("p", summary, cls="sum", lang="en") if summary else None,
            cls="w",
        ),
        h("div", status, h("span", _publisher(agenda, item), cls="s"), cls="x") if full else None,
        cls="is-weak" if not item.sure else None,
    )  # fmt: skip


def _name(item: Dated, words: str, lang: str | None) -> Safe:
    """What is due: a policy leads to its page, anything else opens its receipt, as the date does."""
    policy = clean(item.row.get("policy_id"))
    if policy:
        return h("a", words, href=links.policy(policy), data_go=True, cls="po-t", lang=lang)
    return h("button", words, cls="num plain-t", type="button", data_receipt=item.row_id, lang=lang)


def _heading(key: str, first: Dated, agenda: Agenda, t: Translator) -> Safe:
    period = parse_period(key)
    sub = ""
    if first.precision not in ("day", "month"):
        sub = t("no month named")
        if period.start <= agenda.today:
            sub = t("no month named; the span has begun")
    return h("h4", h("span", t.period(key)), h("small", sub) if sub else None)


def _groups(catalogue: Catalogue, agenda: Agenda, items: Sequence[Dated]) -> Safe:
    keys = list(dict.fromkeys(item.group for item in items))
    blocks = []
    for key in keys:
        inside = [item for item in items if item.group == key]
        inside.sort(key=lambda i: (KINDS.index(i.kind), not i.sure, i.end, i.uid))
        rows = [_item(catalogue, agenda, item) for item in inside]
        blocks.append(
            h(
                "section",
                _heading(key, inside[0], agenda, catalogue.t),
                h("ol", *rows),
                cls="c-month",
            )
        )
    return h("div", *blocks, cls="c-list", data_slide="table")


def _table(catalogue: Catalogue, agenda: Agenda, items: Sequence[Dated]) -> CardTable:
    t = catalogue.t
    frame = pd.DataFrame(
        [
            {
                "period": item.period, "title": title_of(item, t)[0], "kind": kind_label(item.kind, t),
                "economy": catalogue.name(item.economy_id) if item.economy_id in catalogue.economies
                else "", "organisation": org_of(item, t), "source": _publisher(agenda, item),
                "status": clean(item.row["status"]), "row_id": item.row_id, "uid": item.uid,
            }
            for item in items
        ],
        columns=["period", "title", "kind", "economy", "organisation", "source", "status", "row_id",
                 "uid"],
    )  # fmt: skip
    columns = (
        Column("period", t("Date"), show=lambda value, row: t.period(clean(value)), row_id="row_id"),
        Column("title", t("What is due"), strong=True),
        Column("kind", t("Kind")),
        Column("economy", t("Economy")),
        Column("organisation", t("Organisation"), phone=False),
        Column("source", t("Source"), phone=False),
        Column("status", t("Status"), show=lambda value, row: status_word(
            clean(value), status_label(clean(value), t)), phone=False),
    )  # fmt: skip
    return CardTable(frame, columns)


def _refs(agenda: Agenda, items: Sequence[Dated]) -> tuple[SourceRef, ...]:
    ids = list(dict.fromkeys(clean(item.row["source_id"]) for item in items))
    found: dict[str, SourceRef] = {}
    for key in ids:
        source = agenda.sources.get(key)
        if source is not None:
            name = clean(source["publisher"]) or clean(source["origin"])
            found.setdefault(
                name, SourceRef(clean(source["title"]), name, clean(source["url"]) or None, key)
            )
    return tuple(found.values())


def _statuses(items: Sequence[Dated]) -> tuple[tuple[str, int], ...]:
    words = sorted(clean(item.row["status"]) for item in items)
    counts = [(word, len(list(same))) for word, same in groupby(words)]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))


def _vintage(agenda: Agenda, items: Sequence[Dated], t: Translator) -> str:
    newest = max(items, key=lambda item: (item.row["known_on"] or date.min, item.uid))
    published = clean(agenda.sources.get(clean(newest.row["source_id"]), {}).get("published"))
    if published:
        return t.period(published)
    return t("read {day}", day=t.date(newest.row["known_on"])) if newest.row["known_on"] else ""


def method(t: Translator) -> str:
    """How dates come into the calendar."""
    return "\n\n".join(
        [
            t("A date is ahead if the first day it may mean is still to come. A month stays a month and a year a year:"
              " nothing is put on its first day."),
            t("A planned thing whose span has begun stays in the list until the span is over. Where the span is over"
              " and the newest row on file still calls it planned, it stands apart as passed in silence."),
            t("Listings come from the listing pipeline: a date that an attempt has left behind is not repeated. Laws"
              " that are in force are not listed as passed."),
            t("The file for calendar programs holds whole days. Dates that are no single day cover their whole span and"
              " are marked as tentative. Taking the file again updates the entries."),
        ]
    )  # fmt: skip


def picture(catalogue: Catalogue, agenda: Agenda) -> Card | None:
    """All dates ahead in lanes."""
    t, items = catalogue.t, agenda.coming
    if len(items) < 2:
        return None
    order = sorted(items, key=lambda item: (KINDS.index(item.kind), item.start))
    frame = pd.DataFrame(
        [
            {"lane": kind_label(i.kind, t), "period": i.period, "label": short_title(i, t),
             "economy_id": i.economy_id, "row_id": i.row_id, "status": clean(i.row["status"])}
            for i in order
        ]
    )  # fmt: skip
    exact = sum(item.precision == "day" for item in items)
    said = t("None of the {n} dates ahead is known to the day", n=t.number(len(items)))
    if exact:
        said = t.n(
            "{exact} of {n} date ahead is known to the day",
            "{exact} of {n} dates ahead are known to the day",
            len(items),
            exact=t.number(exact),
        )
    colours, day = palette("css"), agenda.today.isoformat()
    wide = agenda_parts(frame, AgendaSpec(today=day, name=said), colours, t)
    narrow = agenda_lanes(frame, AgendaSpec(today=day, width=358, name=said), colours, t)
    return Card(
        id="calendar-picture",
        title=said,
        subtitle=t("A mark is as long as its date is uncertain; colour is the economy"),
        body=join([*(svg(part, "p-wide") for part in wide), svg(narrow, "p-narrow")]),
        alt=said,
        table=_table(catalogue, agenda, items),
        sources=_refs(agenda, items),
        vintage=_vintage(agenda, items, t),
        statuses=_statuses(items),
        caveat=t("Faint and dashed: weak sources only."),
        method=method(t),
    )


def ahead(catalogue: Catalogue, agenda: Agenda) -> Card:
    """Everything ahead, month by month."""
    t, items = catalogue.t, agenda.coming
    subtitle = t("By month; where a source names no month, by the quarter or year it names")
    if not items:
        empty = EmptyState(
            reason=t("No date ahead of {day} is on file for this choice.", day=t.date(agenda.today)),
            action_label=t("Show all kinds and economies"), action_href="/calendar?economies=all13",
        )  # fmt: skip
        return Card(id="calendar-ahead", title=t("Dates ahead"), subtitle=subtitle, empty=empty)
    soon = sum((item.end - agenda.today).days <= 365 for item in items)
    heading = t.n(
        "{n} date ahead, {soon} of them within a year", "{n} dates ahead, {soon} of them within a year",
        len(items), soon=t.number(soon),
    )  # fmt: skip
    return Card(
        id="calendar-ahead",
        title=heading,
        subtitle=subtitle,
        body=_groups(catalogue, agenda, items),
        table=_table(catalogue, agenda, items),
        sources=_refs(agenda, items),
        vintage=_vintage(agenda, items, t),
        statuses=_statuses(items),
        caveat=t("Scheduled in law or announced; a date can move."),
        method=method(t),
    )


def passed(catalogue: Catalogue, agenda: Agenda) -> Card | None:
    """Planned dates that are over while the newest row on file still says planned."""
    t, items = catalogue.t, agenda.silent
    if not items:
        return None
    heading = t.n(
        "{n} planned date has passed in silence",
        "{n} planned dates have passed in silence",
        len(items),
    )
    rows = [_item(catalogue, agenda, item, full=False) for item in items]
    body: Safe = h("ol", *rows[:SHOWN])
    if rest := rows[SHOWN:]:
        body = join([body, h("details", h("summary", t.n("{n} more", "{n} more", len(rest))),
                             h("ol", *rest), cls="p-fold")])  # fmt: skip
    return Card(
        id="calendar-passed",
        title=heading,
        subtitle=t(
            "The date is over; the newest row on file still calls it planned or being built"
        ),
        body=h("div", body, cls="c-list c-passed", data_slide="table"),
        table=_table(catalogue, agenda, items),
        sources=_refs(agenda, items),
        vintage=_vintage(agenda, items, t),
        statuses=_statuses(items),
        caveat=t("It may have happened unnoticed: no newer row is on file."),
        method=method(t),
    )
