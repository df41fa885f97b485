"""Laws and programmes as values: one entry a policy, with every source, date, relation and party."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from observatory.analysis import policy_state
from observatory.analysis.search_fold import fold
from observatory.db import queries_policy
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.time import Period, parse_period
from observatory.views.labels import clean

Row = Mapping[str, Any]
Years = tuple[int | None, int | None] | None
EVERYBODY: Final = "INT"
JOINED: Final = frozenset({"issuer", "party", "signatory", "partner"})
"""Roles in which an economy takes part in an instrument, as one of several issuers too; a target does not."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation in the words of a row. `way` out: the entry says it of `other`; in: the reverse."""

    relation: str
    way: str
    other: str
    basis: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues a policy. ``org_id`` is empty where it has no page; ``by_rule``: read off the
    title or its number, not named by the text."""

    org_id: str
    name: str
    native: str = ""
    language: str = ""
    by_rule: bool = False


@dataclass(frozen=True)
class Entry:
    """One policy. `row` is what leads on the day; `rows` what every source says, that first."""

    row: Row
    rows: tuple[Row, ...]
    today: date
    topics: tuple[str, ...] = ()
    parties: tuple[Row, ...] = ()
    relations: tuple[Relation, ...] = ()
    pause: policy_state.Pause | None = None
    """The suspension of it that began last."""
    until: str = ""
    """The period that ends it, where another entry says so."""

    @property
    def id(self) -> str:
        return str(self.row["policy_id"])

    @property
    def row_id(self) -> str:
        return str(self.row["row_id"])

    @property
    def economy_id(self) -> str:
        return str(self.row["economy_id"])

    @property
    def kind(self) -> str:
        return str(self.row["kind"])

    @property
    def date(self) -> str:
        """The date as the source gives it; empty where it gives none."""
        return clean(self.row["date"])

    @property
    def effective(self) -> str:
        return clean(self.row["effective_from"])

    @property
    def note(self) -> str:
        return clean(self.row["note"])

    @property
    def coded(self) -> bool:
        return policy_state.is_coded(self.note)

    @property
    def company(self) -> bool:
        return str(self.row["actor"]) == "company_or_research"

    @cached_property
    def state(self) -> str:
        """Standing on the day, one of `policy_state.STATES`."""
        return policy_state.state(
            str(self.row["policy_status"]), self.date, self.effective, self.today, coded=self.coded,
            pause=self.pause, until=self.until,
        )  # fmt: skip

    @cached_property
    def issuers(self) -> tuple[Issuer, ...]:
        """Who issues it: the body of its row, else the bodies that its text or title names."""
        row = self.row
        if clean(row["issuer_org_id"]):
            return (Issuer(clean(row["issuer_org_id"]), clean(row["org_name"]), clean(row["org_native_name"]),
                           clean(row["org_language"])),)  # fmt: skip
        return tuple(
            Issuer(clean(one["party_id"]) if clean(one["org_name"]) else "",
                   clean(one["org_name"]) or clean(one["party_name"]), clean(one["org_native_name"]),
                   clean(one["org_language"]), clean(one["basis"]) == "title")
            for one in self.parties
            if one["role"] == "issuer" and one["party_kind"] != "economy"
        )  # fmt: skip

    @cached_property
    def binding(self) -> str:
        return next(
            (w for w in (policy_state.binding_word(clean(r["note"])) for r in self.rows) if w), ""
        )

    @cached_property
    def level(self) -> str:
        """How much it asks, one of `policy_state.LEVELS` or empty."""
        return policy_state.level(
            self.kind, self.state, clean(self.row["summary"]), self.binding, company=self.company
        )

    @property
    def step(self) -> bool:
        """Whether it is a law that carries out a law: a date of that law, not one more."""
        return self.kind == "law" and any(
            r.way == "out" and r.relation == "implements" for r in self.relations
        )

    @cached_property
    def period(self) -> Period | None:
        return parse_period(self.date) if self.date else None

    @cached_property
    def economies(self) -> frozenset[str]:
        """Whose act it is, and the economies that take part in it."""
        joined = (p for p in self.parties if p["party_kind"] == "economy" and p["role"] in JOINED)
        return frozenset({self.economy_id, *(clean(p["party_id"]) for p in joined)})

    @property
    def joined_by(self) -> frozenset[str]:
        """Economies that take part in an instrument of others."""
        return self.economies - {self.economy_id}

    @cached_property
    def upcoming(self) -> tuple[tuple[str, bool], ...]:
        """Dates still to come: (period, whether it is the date of effect)."""
        dates = [(self.date, False)] if self.date else []
        if self.effective and self.effective != self.date:
            dates.append((self.effective, True))
        return tuple(pair for pair in dates if parse_period(pair[0]).start > self.today)

    @cached_property
    def folded(self) -> str:
        texts = [
            clean(row[name])
            for row in self.rows
            for name in ("title", "title_native", "summary", "org_name", "org_native_name")
        ]
        return fold(" ".join([*texts, *(clean(party["party_name"]) for party in self.parties)]))

    def order(self) -> tuple[int, int, int, str]:
        """Newest last: by year, those dated to a year only first in it; undated at the very start."""
        if self.period is None:
            return (-1, 0, 0, self.id)
        coarse = self.period.precision in ("year", "half", "fiscal_year")
        start = self.period.start
        return (start.year, 0 if coarse else 1, start.toordinal(), self.id)

    def inside(self, members: Collection[str]) -> bool:
        """Whether a choice of economies holds it. All thirteen hold everything on file; any other
        choice what its economies issue or take part in."""
        return set(SCOPE) <= set(members) or not self.economies.isdisjoint(members)

    def within(self, years: Years) -> bool:
        """Whether its date falls into the reader's years; what has no date only without limits."""
        if years is None:
            return True
        if self.period is None:
            return False
        first, last = years
        return self.period.end.year >= (first or 0) and self.period.start.year <= (last or 9999)


@dataclass(frozen=True)
class Book:
    """Every policy known by a day."""

    entries: tuple[Entry, ...]
    today: date
    topic_names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def issuers(self) -> dict[str, Issuer]:
        """Organisations that issue anything, by id."""
        return {one.org_id: one for e in self.entries for one in e.issuers if one.org_id}

    def of(self, members: Collection[str], years: Years = None) -> list[Entry]:
        """The entries of a choice of economies and years."""
        return [e for e in self.entries if e.inside(members) and e.within(years)]


def load(db: Database, as_of: date | None, today: date) -> Book:
    """Read everything known by ``as_of``; standings are those of ``today``."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in records(queries_policy.policy_book(db, as_of)):
        grouped.setdefault(str(row["policy_id"]), []).append(row)
    topics: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in records(queries_policy.policy_book_topics(db)):
        topics.setdefault(str(row["policy_id"]), []).append(str(row["topic"]))
        names[str(row["topic"])] = str(row["name_en"])
    parties: dict[str, list[Row]] = {}
    for row in records(queries_policy.policy_book_parties(db)):
        parties.setdefault(str(row["policy_id"]), []).append(row)
    relations: dict[str, list[Relation]] = {}
    for row in records(queries_policy.policy_book_links(db)):
        one, other = str(row["policy_id"]), str(row["related_policy_id"])
        # What the day does not know of yet is not named either.
        if one in grouped and other in grouped:
            word, basis = str(row["relation"]), str(row["basis"])
            relations.setdefault(one, []).append(Relation(word, "out", other, basis))
            relations.setdefault(other, []).append(Relation(word, "in", one, basis))
    ends = _ends(grouped, relations)
    entries = (
        Entry(rows[0], tuple(rows), today, tuple(topics.get(key, ())), tuple(parties.get(key, ())),
              tuple(relations.get(key, ())), _pause(key, grouped, relations, ends), ends.get(key, ""))
        for key, rows in grouped.items()
    )  # fmt: skip
    return Book(tuple(sorted(entries, key=Entry.order, reverse=True)), today, names)


Told = Mapping[str, Sequence[Row]]


def _ends(told: Told, relations: Mapping[str, Sequence[Relation]]) -> dict[str, str]:
    """The period in which an entry ends, by its id, where another entry is its end."""
    found = {}
    for key, known in relations.items():
        days = [
            clean(told[r.other][0]["date"]) for r in known if (r.relation, r.way) == ("ends", "in")
        ]
        if said := [day for day in days if day]:
            found[key] = max(said, key=lambda day: parse_period(day).end)
    return found


def _pause(
    key: str, told: Told, relations: Mapping[str, Sequence[Relation]], ends: Mapping[str, str]
) -> policy_state.Pause | None:
    """The suspension of an entry that began last; None where nothing suspends it."""
    found = [
        policy_state.Pause(clean(told[r.other][0]["effective_from"]) or clean(told[r.other][0]["date"]),
                           ends.get(r.other, ""))
        for r in relations.get(key, ()) if (r.relation, r.way) == ("suspends", "in")
    ]  # fmt: skip
    return max(
        found,
        key=lambda one: parse_period(one.start).start if one.start else date.min,
        default=None,
    )


def leads(entries: Sequence[Entry]) -> pd.DataFrame:
    """The leading rows of entries as a frame, for sources and status words of a card."""
    return pd.DataFrame([entry.row for entry in entries])


def whose(entry: Entry) -> int:
    """Reading order of economies: the thirteen, bodies of several, comparators, others."""
    order = (*SCOPE, EVERYBODY, *COMPARATORS)
    return order.index(entry.economy_id) if entry.economy_id in order else len(order)
