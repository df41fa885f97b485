"""Dated things ahead of a day: rules, export controls, listings, chips, compute sites."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from observatory.analysis import agenda, pipeline
from observatory.analysis.agenda import When
from observatory.cards.words import status_label
from observatory.db import queries, queries_ipo
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.export.ics import Entry
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.time import parse_period
from observatory.views import labels
from observatory.views.ipo import data as ipo_data
from observatory.views.labels import clean

Row = Mapping[str, Any]

KINDS: Final = ("rules", "export", "listing", "chip", "compute", "other")
"""Kinds by id, as the URL names them."""
_KIND: Final = {
    "policy": "rules", "dispute": "rules", "export_control": "export", "ipo": "listing",
    "chip": "chip", "cluster": "compute",
}  # fmt: skip
EVERYBODY: Final = "INT"
UNSURE: Final = frozenset({"unchecked", "disputed"})


@dataclass(frozen=True)
class Dated:
    """One dated thing. `period` is the date as the source gives it, `row` what tells of it.

    `uid` stays the same from build to build; `place` says whether the date lies ahead, is a span
    that has begun, or has passed though it was planned.
    """

    uid: str
    kind: str
    place: When
    period: str
    start: date
    end: date
    precision: str
    economy_id: str
    row: dict[str, Any]
    ipo_id: str = ""

    @property
    def row_id(self) -> str:
        return str(self.row["row_id"])

    @property
    def sure(self) -> bool:
        return self.row["status"] not in UNSURE

    @property
    def group(self) -> str:
        """The period it is listed under."""
        return agenda.group(self.period, self.start, self.precision)


def _dated(
    row: dict[str, Any], kind: str, today: date, *, plan: bool, uid: str = "", ipo_id: str = ""
) -> Dated | None:
    period = parse_period(clean(row["date"]))
    place = agenda.when(period.start, period.end, today, plan=plan)
    if place is None:
        return None
    return Dated(
        uid=uid or str(row["row_id"]),
        kind=kind,
        place=place,
        period=period.text,
        start=period.start,
        end=period.end,
        precision=period.precision,
        economy_id=clean(row["economy_id"]),
        row=row,
        ipo_id=ipo_id,
    )


def _events(db: Database, as_of: date | None, today: date) -> Iterable[Dated | None]:
    for row in plain_records(queries_ipo.calendar_events(db, today, as_of)):
        # Listings come from their attempts, which may have moved on since a date was named.
        if row["kind"] == "ipo":
            continue
        known = row["known_on"] or today
        plan = agenda.is_plan(clean(row["word"]), row["date_start"], row["date_end"], known)
        # The id of the thing, not of the row that leads today: a better source updates the entry.
        uid = str(row["event_id"])
        yield _dated(row, _KIND.get(str(row["kind"]), "other"), today, plan=plan, uid=uid)


def _clusters(db: Database, as_of: date | None, today: date) -> Iterable[Dated | None]:
    for row in plain_records(queries_ipo.calendar_clusters(db, as_of)):
        start, end, known = row["date_start"], row["date_end"], row["known_on"]
        if agenda.is_plan(clean(row["word"]), start, end, known, named=True):
            uid = str(row["cluster_id"])
            yield _dated({**row, "kind": "cluster"}, "compute", today, plan=True, uid=uid)


def _listings(db: Database, as_of: date | None, today: date) -> Iterable[Dated | None]:
    for attempt in ipo_data.field_of(db, as_of, today).attempts:
        by_id = {row["row_id"]: row for row in attempt.rows}
        steps = [*pipeline.upcoming(attempt.steps, today), *pipeline.overdue(attempt.steps, today)]
        for step in steps:
            row = by_id[step.row_id]
            yield _dated(
                {**row, "kind": "ipo", "date": row["stage_date"], "title": row["exchange"],
                 "word": row["stage"]},
                "listing", today, plan=True, uid=str(row["event_id"]), ipo_id=attempt.ipo_id,
            )  # fmt: skip


def agenda_of(db: Database, as_of: date | None, today: date) -> tuple[Dated, ...]:
    """Every dated thing known by `as_of` that lies ahead of `today` or passed as a plan.

    Ordered by the last day it may mean, then the first.
    """
    found = [
        item
        for items in (
            _events(db, as_of, today), _clusters(db, as_of, today), _listings(db, as_of, today)
        )
        for item in items
        if item is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda d: (d.end, d.start, d.uid)))


def keeps(item: Dated, kind: str, economies: Collection[str]) -> bool:
    """Whether a thing is in the choice. What concerns several parties is in every choice of economies;
    comparators are in it where all thirteen are, or where they are named."""
    if kind and item.kind != kind:
        return False
    if not economies or item.economy_id in economies or item.economy_id in (EVERYBODY, ""):
        return True
    return set(SCOPE) <= set(economies) and item.economy_id in COMPARATORS


def chosen(items: Sequence[Dated], kind: str, economies: Collection[str]) -> tuple[Dated, ...]:
    """The things a reader asked for."""
    return tuple(item for item in items if keeps(item, kind, economies))


def sources_of(db: Database, items: Sequence[Dated]) -> dict[str, dict[str, Any]]:
    """The sources behind things, by id."""
    ids = sorted({clean(item.row["source_id"]) for item in items} - {""})
    rows = queries.sources_by_id(db, ids).to_dict("records") if ids else []
    return {str(row["source_id"]): {str(k): v for k, v in row.items()} for row in rows}


@dataclass(frozen=True)
class Agenda:
    """All dated things of a day with their sources."""

    today: date
    items: tuple[Dated, ...]
    sources: Mapping[str, Mapping[str, Any]]

    def pick(self, kind: str, economies: Sequence[str]) -> Agenda:
        """The things of a kind and of some economies."""
        return Agenda(self.today, chosen(self.items, kind, economies), self.sources)

    @property
    def coming(self) -> tuple[Dated, ...]:
        """Dates ahead and spans that have begun."""
        return tuple(item for item in self.items if item.place != "passed")

    @property
    def silent(self) -> tuple[Dated, ...]:
        """Planned dates that have passed, the newest first."""
        return tuple(reversed([item for item in self.items if item.place == "passed"]))


def load(db: Database, as_of: date | None, today: date) -> Agenda:
    """Read everything dated that was known by `as_of`."""
    items = agenda_of(db, as_of, today)
    return Agenda(today, items, sources_of(db, items))


# Words ---------------------------------------------------------------------------------------------


def kind_label(kind: str, t: Translator) -> str:
    """A kind of dated thing, in the plural."""
    match kind:
        case "rules":
            return t("Laws and programmes")
        case "export":
            return t("Export controls")
        case "listing":
            return t("Listings")
        case "chip":
            return t("Chips")
        case "compute":
            return t("Compute sites")
        case _:
            return t("Other dates")


def org_of(item: Dated, t: Translator) -> str:
    """The organisation it is about; empty without one."""
    row = item.row
    return labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t).main


def title_of(item: Dated, t: Translator) -> tuple[str, str]:
    """What is due in one line, and the language of the words that come from a source."""
    row, name = item.row, org_of(item, t)
    words = clean(row["name"]) if item.kind == "compute" else clean(row["title"])
    match row["kind"]:
        case "ipo":
            stage = str(row["stage"])
            if stage == "planned":
                return t("{company}: listing planned, {venue}", company=name, venue=words), t.lang
            return t("{company}: {stage}, {venue}", company=name, venue=words,
                     stage=labels.stage(stage, t)), t.lang  # fmt: skip
        case "cluster":
            return t("Due to run: {name}", name=words), t.lang
        case "chip":
            return t("Due: {name}", name=words), t.lang
        case "deal":
            return t.parts([name, labels.deal_kind(str(row["subkind"]), t), words]), t.lang
        case "model":
            return t.parts([name, words]), t.lang
        case _:
            text, lang = labels.title_in(row, t)
            if not row["effective"]:
                return text, lang
            if clean(row["word"]) == "proposed":
                return t("Proposed to take effect: {title}", title=text), lang
            return t("Takes effect: {title}", title=text), lang


def short_title(item: Dated, t: Translator) -> str:
    """What is due in a few words, where its kind is said beside it."""
    if item.kind in ("chip", "compute"):
        return clean(item.row["name"] if item.kind == "compute" else item.row["title"])
    return title_of(item, t)[0]


def entries(
    items: Iterable[Dated], sources: Mapping[str, Row], names: Mapping[str, str], t: Translator
) -> list[Entry]:
    """What a calendar file holds: the things ahead, in the reader's language."""
    found = []
    for item in items:
        if item.place == "passed":
            continue
        row = item.row
        source = sources.get(clean(row["source_id"]), {})
        publisher = clean(source.get("publisher")) or clean(source.get("origin"))
        lines = [
            t("Date as the source gives it: {date}", date=t.period(item.period))
            if item.precision != "day"
            else "",
            clean(row.get("summary")),
            t("Source: {source}", source=publisher) if publisher else "",
            t("Status: {status}", status=status_label(clean(row["status"]), t)),
            t("A planned date can move. Row {id} of the East Asia AI Observatory.", id=item.row_id),
        ]
        found.append(
            Entry(
                uid=item.uid,
                title=title_of(item, t)[0],
                first=item.start,
                last=item.end,
                known_on=row["known_on"] or item.start,
                exact=item.precision == "day",
                sure=item.sure,
                note="\n".join(line for line in lines if line),
                place=names.get(item.economy_id, ""),
                kinds=(kind_label(item.kind, t),),
                url=clean(source.get("url")),
            )
        )
    return found
