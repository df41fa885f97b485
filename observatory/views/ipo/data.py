"""Listing attempts as the pipeline page needs them: one value an attempt, every row kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from observatory.analysis import pipeline
from observatory.analysis.pipeline import Standing, Step
from observatory.db import queries_ipo
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.views.labels import OrgName, clean, org_name

Row = Mapping[str, Any]

UNSURE: Final = frozenset({"unchecked", "disputed"})
"""Statuses that stand in no total and no finding."""
EXCHANGE_REPORT: Final = "hkex-hkex-new-listing-report"
"""Sources that give the tranches of the exchange's own report, over-allotment included."""
BASE_SIZE: Final = "nevenax-github-hk-ipo-data"
"""Sources that give the base size of an offer, without over-allotment, in US dollars."""
RETURN: Final = "ipo_first_day_return"


@dataclass(frozen=True)
class Attempt:
    """One attempt of one company at one venue, as it stands on a day.

    `row` is the row of the stage it stands at, `hint` that of a weak source which says more.
    `raised` and `aim` are the rows an amount is taken from, `base` one with the size before
    over-allotment, `first_day` the change of the first trading day. `lost` is the day of the last
    word where the outcome is on no file; `later` the next attempt of the company at this venue.
    """

    ipo_id: str
    rows: tuple[dict[str, Any], ...]
    steps: tuple[Step, ...]
    now: Standing
    row: dict[str, Any]
    hint: dict[str, Any] | None
    heard: date
    stale: date | None
    days: tuple[int, int] | None
    raised: dict[str, Any] | None
    base: dict[str, Any] | None
    aim: dict[str, Any] | None
    first_day: dict[str, Any] | None
    close: dict[str, Any] | None
    lost: date | None = None
    later: str = ""

    @property
    def org_id(self) -> str:
        return str(self.row["org_id"])

    @property
    def economy_id(self) -> str:
        return clean(self.row["economy_id"])

    @property
    def layer(self) -> str:
        return clean(self.row["stack_layer"])

    @property
    def venue(self) -> str:
        return clean(self.row["exchange"])

    @property
    def stage(self) -> str:
        return self.now.stage

    @property
    def weak(self) -> bool:
        """Whether only sources of low confidence speak of it."""
        return self.now.weak

    @property
    def open(self) -> bool:
        """Whether it is under way: not ended, not followed by another, and not silent for too long."""
        return self.stage not in pipeline.ENDED and self.lost is None and not self.later

    @property
    def unknown(self) -> bool:
        """Whether how it ended is on no file. A halt that another attempt followed has its end."""
        if self.stage in pipeline.HALTED and self.later:
            return False
        return self.lost is not None or (bool(self.later) and self.stage not in pipeline.ENDED)

    def name(self, t: Translator) -> OrgName:
        """How to print the company for a reader."""
        row = self.row
        return org_name(row["org_name"], row["org_native_name"], row["org_language"], t)

    @property
    def publishers(self) -> list[str]:
        """Who speaks of it, one name a publisher, the newest word first."""
        found = [clean(row["publisher"]) or clean(row["origin"]) for row in reversed(self.rows)]
        return list(dict.fromkeys(name for name in found if name))

    @property
    def row_ids(self) -> list[str]:
        return [row["row_id"] for row in self.rows]


def step_of(row: Row) -> Step:
    """A lead row as a dated stage."""
    return Step(
        stage=str(row["stage"]),
        start=row["period_start"],
        end=row["period_end"],
        known_on=row["known_on"],
        status=str(row["status"]),
        row_id=str(row["row_id"]),
    )


def amount(row: Row | None) -> bool:
    """Whether a row states how much, in any currency."""
    return row is not None and (row["raise_amount"] is not None or row["usd"] is not None)


def is_exchange_report(row: Row | None) -> bool:
    return row is not None and str(row["source_id"]).startswith(EXCHANGE_REPORT)


def is_base_size(row: Row | None) -> bool:
    return row is not None and str(row["source_id"]).startswith(BASE_SIZE)


def _paid(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The row that tells what was raised: the listing's before the pricing's, the leading row first.

    Rows about one attempt are one deal: one of them is taken, none are added.
    """
    found = [row for row in rows if str(row["stage"]) in pipeline.DONE and amount(row)]

    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["status"] in UNSURE, row["stage"] != "listed", not row["is_lead"],
                row["period_end"].toordinal() * -1, row["row_id"])  # fmt: skip

    return min(found, key=order, default=None)


def _aim(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The newest amount named before anything was priced; a firm source before a weak one."""
    found = [row for row in rows if str(row["stage"]) not in pipeline.DONE and amount(row)]

    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["status"] not in UNSURE, row["period_end"], row["is_lead"], row["row_id"])

    return max(found, key=order, default=None)


def _base(rows: Sequence[dict[str, Any]], paid: Row | None) -> dict[str, Any] | None:
    found = [row for row in rows if is_base_size(row) and amount(row)
             and row["status"] not in UNSURE]  # fmt: skip
    if not found or is_base_size(paid):
        return None
    return found[-1]


def attempt_of(
    rows: Sequence[dict[str, Any]], day: date, firsts: Mapping[tuple[str, date], dict[str, Any]],
    closes: Mapping[tuple[str, date], dict[str, Any]],
) -> Attempt | None:  # fmt: skip
    """One attempt from its rows; None if nothing of it was known by the day."""
    ordered = sorted(rows, key=lambda r: (r["period_end"], pipeline.furthest(str(r["stage"])),
                                          not r["is_lead"], r["row_id"]))  # fmt: skip
    steps = tuple(step_of(row) for row in ordered if row["is_lead"])
    now, heard = pipeline.standing(steps, day), pipeline.last_word(steps, day)
    if now is None or heard is None:
        return None
    by_id = {row["row_id"]: row for row in ordered}
    row = by_id[now.step.row_id]
    paid = _paid(ordered)
    listing = (str(row["org_id"]), now.first) if now.stage == "listed" else None
    return Attempt(
        ipo_id=str(row["ipo_id"]),
        rows=tuple(ordered),
        steps=steps,
        now=now,
        row=row,
        hint=by_id[now.hint.row_id] if now.hint else None,
        heard=heard,
        stale=pipeline.stale_since(steps, day),
        days=pipeline.days_in_stage(now, day),
        raised=paid,
        base=_base(ordered, paid),
        aim=_aim(ordered),
        first_day=firsts.get(listing) if listing else None,
        close=closes.get(listing) if listing else None,
        lost=pipeline.no_outcome_since(steps, day),
    )


def followed(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts, each that did not lead to a listing with the next one at the same venue."""
    found = []
    for one in attempts:
        after = [
            other for other in attempts
            if other is not one and other.org_id == one.org_id and other.venue == one.venue
            and one.stage != "listed" and min(s.start for s in other.steps) >= one.now.first
            and other.now.last > one.now.last
        ]  # fmt: skip
        later = min(after, key=lambda a: (a.now.last, a.ipo_id), default=None)
        found.append(replace(one, later=later.ipo_id) if later else one)
    return found


@dataclass(frozen=True)
class Field:
    """Every attempt known by a day, the one heard of last first; `year` if they are those of one."""

    today: date
    attempts: tuple[Attempt, ...]
    year: int | None = None

    def get(self, ipo_id: str | None) -> Attempt | None:
        return next((a for a in self.attempts if a.ipo_id == ipo_id), None)

    def where(self, keep: Callable[[Attempt], bool]) -> Field:
        return replace(self, attempts=tuple(a for a in self.attempts if keep(a)))


def field_of(db: Database, as_of: date | None, today: date) -> Field:
    """Read the attempts of all companies as known on `as_of`, standing on `today`."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in plain_records(queries_ipo.ipo_attempts(db, as_of)):
        groups.setdefault(str(row["ipo_id"]), []).append(row)
    firsts: dict[tuple[str, date], dict[str, Any]] = {}
    closes: dict[tuple[str, date], dict[str, Any]] = {}
    for row in plain_records(queries_ipo.ipo_first_days(db, as_of)):
        if row["value"] is None or row["period_start"] != row["period_end"]:
            continue
        store = firsts if row["indicator_id"] == RETURN else closes
        store[str(row["org_id"]), row["period_start"]] = row
    every = [a for rows in groups.values() if (a := attempt_of(rows, today, firsts, closes))]
    found = followed(every)
    found.sort(key=lambda a: (a.now.last, a.ipo_id), reverse=True)
    return Field(today, tuple(found))


@dataclass(frozen=True, slots=True)
class Total:
    """What listings raised in one currency, from rows that count the same thing the same way."""

    amount: float
    currency: str
    parts: tuple[Attempt, ...]
    left_out: tuple[Attempt, ...]
    """Listings of the same venue and year whose amount is counted another way, or is not known."""

    @property
    def first(self) -> date:
        return min(a.now.first for a in self.parts)

    @property
    def last(self) -> date:
        return max(a.now.last for a in self.parts)


def raised_on_hkex(attempts: Iterable[Attempt], year: int) -> Total | None:
    """Raised in Hong Kong in a year by the exchange's own report; None without such rows.

    One value an attempt, all in Hong Kong dollars and with over-allotment. Listings known from other
    sources only are left out and counted.
    """
    listed = [a for a in attempts if a.stage == "listed" and a.venue == "HKEX"
              and a.now.last.year == year]  # fmt: skip
    parts = [a for a in listed if is_exchange_report(a.raised) and a.raised
             and a.raised["currency"] == "HKD" and a.raised["raise_amount"] is not None
             and a.raised["status"] not in UNSURE]  # fmt: skip
    if not parts:
        return None
    total = sum(float(a.raised["raise_amount"]) for a in parts if a.raised)
    return Total(total, "HKD", tuple(parts), tuple(a for a in listed if a not in parts))


def first_days(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Listings whose first day is known from usable rows, the largest rise first."""
    found = [a for a in attempts if a.first_day is not None
             and a.first_day["status"] not in UNSURE]  # fmt: skip
    return sorted(found, key=lambda a: (-float((a.first_day or {})["value"]), a.ipo_id))


def median(values: Sequence[float]) -> float:
    """Middle value of at least one."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
