"""How fresh each measure is against its own rhythm, and what is known of the quality of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.analysis.freshness import Freshness, judge
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, icon, join, num, status_word
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import data_words, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.sources.cover import domain_name
from observatory.views.sources.page import HEADLINE, Choice

Row = Mapping[str, Any]
STATUSES: Final = (
    "official", "confirmed", "reported", "company_claim", "estimate", "disputed", "unchecked", "superseded",
)  # fmt: skip


@dataclass(frozen=True)
class Quality:
    """One measure: its figures on file and how fresh they are."""

    item: Indicator
    row: dict[str, Any]
    fresh: Freshness

    @property
    def order(self) -> tuple[int, int, str]:
        """The latest first, then what is due soon, then what has no rhythm."""
        rank = {"late": 0, "due": 1, "no value": 2, "no rhythm": 3}[self.fresh.state]
        months = -self.fresh.months if self.fresh.state == "late" else self.fresh.months
        return rank, months, self.item.short.casefold()


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def measures(data: Catalogue, domain: str, today: date) -> list[Quality]:
    """Measures of a domain (or the headline ones) with values on file, the latest first."""
    found = []
    for row in records(queries_evidence.quality(data.db, data.as_of)):
        item = data.indicators[str(row["indicator_id"])]
        if domain == HEADLINE:
            if not item.row["headline"]:
                continue
        elif clean(item.row["domain"]) != domain:
            continue
        fresh = judge(
            clean(item.row["frequency"]), _day(row["last_end"]), _day(row["published_on"]), today
        )
        found.append(Quality(item, row, fresh))
    return sorted(found, key=lambda one: one.order)


def said(fresh: Freshness, t: Translator) -> Safe:
    """How fresh, in words: "late by 4 months"."""
    match fresh.state:
        case "late":
            text = t.n("late by {n} month", "late by {n} months", fresh.months)
            return h("span", icon("schedule"), text, cls="so-late")
        case "due":
            if not fresh.months:
                return h("span", t("due now"), cls="ink2")
            return h("span", t.n("due in {n} month", "due in {n} months", fresh.months), cls="ink2")
        case "no value":
            return h("span", t("no measured value"), cls="muted")
        case _:
            return h("span", t("no rhythm"), cls="muted")


def title(found: list[Quality], domain: str, t: Translator) -> str:
    """How many are late, and the latest."""
    rhythmic = [one for one in found if one.fresh.state in ("late", "due")]
    late = [one for one in rhythmic if one.fresh.state == "late"]
    name = domain_name(domain, t)
    if not rhythmic:
        return t("{domain}: no measure here comes out in a rhythm", domain=name)
    if not late:
        return t(
            "{domain}: none of {m} measures with a rhythm is late",
            domain=name,
            m=t.number(len(rhythmic)),
        )
    return t.n(
        "{domain}: {n} of {m} measures with a rhythm is late",
        "{domain}: {n} of {m} measures with a rhythm are late",
        len(late), domain=name, m=t.number(len(rhythmic)),
    )  # fmt: skip


def card(data: Catalogue, c: Choice, today: date) -> Card:
    """Freshness and quality of the measures of a domain."""
    t = data.t
    found = measures(data, c.domain, today)
    if not found:
        return Card(
            id="fresh",
            title=t("Freshness and quality"),
            empty=EmptyState(reason=t("No value of these measures was known by that day.")),
        )
    rows = [_record(one) for one in found]
    frame = pd.DataFrame(rows)
    late = [one for one in found if one.fresh.state == "late"]
    notes = [t("Counted to {day}.", day=t.date(today))]
    if late:
        first = late[0]
        notes.append(t.n("The latest is {measure}, by {n} month.", "The latest is {measure}, by {n} months.",
                         first.fresh.months, measure=first.item.short))  # fmt: skip
    return Card(
        id="fresh",
        title=title(found, c.domain, t),
        subtitle=t.sentences(notes),
        body=table(_columns(found, t), rows, caption=t("Freshness and quality of measures"), unknown="",
                   cls="so-fresh"),
        table=CardTable(frame, _plain(found, t)),
        method=t(
            "The rhythm is the one stated with each measure. A new figure is expected one rhythm after the newest"
            " one on file was published; where no source states when that was, two rhythms after the end of its"
            " period. Late can also mean that the publisher has stopped, or has put out a figure that is not on"
            " file here. Snapshots, irregular and one-off measures have no rhythm and are never late."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _record(one: Quality) -> dict[str, Any]:
    row = one.row
    expected = one.fresh.expected
    return {
        "indicator_id": one.item.id,
        "measure": one.item.short,
        "rhythm": clean(one.item.row["frequency"]),
        "last_period": clean(row["last_period"]),
        "published_on": ""
        if pd.isna(row["published_on"])
        else pd.Timestamp(row["published_on"]).date().isoformat(),
        "published": clean(row["published"]),
        "expected": expected.isoformat() if expected else "",
        "state": one.fresh.state,
        "late_months": one.fresh.months if one.fresh.state == "late" else None,
        "n": int(row["n"]),
        "n_entities": int(row["n_entities"]),
        "n_sources": int(row["n_sources"]),
        "n_origins": int(row["n_origins"]),
        **{word: int(row[word]) for word in STATUSES},
        "row_id": clean(row["row_id"]),
    }


def _columns(found: list[Quality], t: Translator) -> tuple[Column, ...]:
    by_id = {one.item.id: one for one in found}

    def one(row: Row) -> Quality:
        return by_id[str(row["indicator_id"])]

    def name(value: Any, row: Row) -> Safe:
        item = one(row).item
        caution = t.data(clean(item.row["method_caveats"]))
        parts: list[Safe | None] = [
            h("a", item.short, href=links.indicator(item.id), data_go=True),
            h("span", t.data(clean(item.row["publisher"])), cls="sub2"),
        ]
        if caution:
            parts.append(
                h("details", h("summary", t("Cautions")),
                  h("p", caution, lang=t.data_lang(clean(item.row["method_caveats"]))), cls="so-caution")
            )  # fmt: skip
        return join(parts)

    def newest(value: Any, row: Row) -> Safe:
        shown = num(t.period(clean(value)), clean(row["row_id"]))
        day = clean(row["published"])
        when = t("published {day}", day=t.period(day)) if day else t("publication not stated")
        return join([shown, h("span", when, cls="sub2")])

    def state(value: Any, row: Row) -> Safe:
        fresh = one(row).fresh
        if fresh.expected is None:
            return said(fresh, t)
        month = t.period(fresh.expected.isoformat()[:7])
        return join(
            [said(fresh, t), h("span", t("next expected {month}", month=month), cls="sub2")]
        )

    def values(value: Any, row: Row) -> Safe:
        who = t.n(
            "{n} place or organisation", "{n} places or organisations", int(row["n_entities"])
        )
        return join([t.number(int(value)), h("span", who, cls="sub2")])

    def origins(value: Any, row: Row) -> Safe:
        makers = t.n("{n} maker", "{n} makers", int(row["n_origins"]))
        return join([t.number(int(value)), h("span", makers, cls="sub2")])

    def mix(value: Any, row: Row) -> Safe:
        counts = [(word, int(row[word])) for word in STATUSES if int(row[word])]
        counts.sort(key=lambda pair: -pair[1])
        return h("span", *(
            h("span", status_word(word, status_label(word, t)), " ", t.number(n)) for word, n in counts[:3]
        ), cls="so-mix")  # fmt: skip

    return (
        Column("measure", t("Measure and publisher"), show=name, strong=True),
        Column(
            "rhythm",
            t("Comes out"),
            show=lambda v, row: data_words.rhythm(clean(v), t),
            phone=False,
        ),
        Column("last_period", t("Newest period"), show=newest),
        Column("state", t("Freshness"), show=state, sort="late_months"),
        Column("n", t("Values"), "right", values, phone=False),
        Column("n_sources", t("Sources"), "right", origins, phone=False),
        Column("official", t("Statuses"), show=mix, sort=False, phone=False),
    )


def _plain(found: list[Quality], t: Translator) -> tuple[Column, ...]:
    by_id = {one.item.id: one for one in found}
    return (
        Column("measure", t("Measure"), strong=True),
        Column("rhythm", t("Comes out"), show=lambda v, row: data_words.rhythm(clean(v), t)),
        Column(
            "last_period",
            t("Newest period"),
            show=lambda v, row: t.period(clean(v)),
            row_id="row_id",
        ),
        Column(
            "published", t("Published"), show=lambda v, row: t.period(clean(v)), sort="published_on"
        ),
        Column("expected", t("Next expected"), show=lambda v, row: t.date(clean(v))),
        Column(
            "state",
            t("Freshness"),
            show=lambda v, row: said(by_id[str(row["indicator_id"])].fresh, t),
        ),
        Column("n", t("Values"), "right"),
        Column("n_sources", t("Sources"), "right"),
        Column("disputed", status_label("disputed", t), "right"),
        Column("unchecked", status_label("unchecked", t), "right"),
        Column("estimate", status_label("estimate", t), "right"),
    )
