"""Best so far by economy, and how far an economy is behind: in points and in months.

Two clocks. On a fixed test time is the release of a model. On a re-fitted board (an arena, a
re-based index) time is the date of a copy, and only copies of one scale are compared. Every
function takes the entries of one scale; nothing here can join two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final, Literal

DAYS_A_MONTH: Final = 365.25 / 12

Kind = Literal[
    "exact",  # both ends seen
    "at_least",  # the other side was there before the scale begins, or undated models were
    "leads",  # the other side has nothing as good
    "first",  # the other side was as good only later
    "undated",  # the economy's best, or all who reached it, have no release date
    "best_only",  # only the best few models of each economy are on file
    "absent",  # the economy has no entry
    "alone",  # the other side has no entry
]


@dataclass(frozen=True, slots=True)
class Entry:
    """A score. `start` and `end` bound its time; both None where a release is undated.

    `low` and `high` are the ends of the board's own interval, where it gives one.
    """

    economy: str
    score: float
    start: date | None
    end: date | None
    name: str = ""
    row_id: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A new best: from its day on, until the next step."""

    day: date
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lag:
    """How long after the other side an economy reached its level.

    `months` is the finding; `low` and `high` bound it (None: open to that side). `mine` is the
    economy's best, `theirs` the entry that reached its level first. `dated` of `entries` of the
    economy have a time. `day` is the day it speaks of.
    """

    kind: Kind
    months: float | None = None
    low: float | None = None
    high: float | None = None
    mine: Entry | None = None
    theirs: Entry | None = None
    dated: int = 0
    entries: int = 0
    day: date | None = None

    @property
    def says(self) -> bool:
        """Whether it says anything: "at least 0 months" does not."""
        return self.months is not None and not (self.kind == "at_least" and self.months == 0)


def months(first: date, last: date) -> float:
    """Months between two days, never below zero."""
    return max((last - first).days, 0) / DAYS_A_MONTH


def better(one: float, other: float, higher: bool) -> bool:
    """Whether a score is strictly better than another."""
    return one > other if higher else one < other


def reaches(score: float, level: float, higher: bool) -> bool:
    """Whether a score is as good as a level or better."""
    return score >= level if higher else score <= level


def best(entries: Iterable[Entry], higher: bool) -> Entry | None:
    """The best entry; among equals the one known first, then by name."""
    sign = -1.0 if higher else 1.0
    return min(
        entries,
        key=lambda e: (sign * e.score, e.end or date.max, e.name, e.row_id),
        default=None,
    )


def running_best(entries: Iterable[Entry], higher: bool) -> list[Step]:
    """Best so far by release: each step is strictly better than the one before. Undated entries
    never enter. A date wider than a day counts from its end."""
    steps: list[Step] = []
    sign = -1.0 if higher else 1.0
    dated = [(e.end, e) for e in entries if e.end is not None]
    for day, entry in sorted(dated, key=lambda p: (p[0], sign * p[1].score, p[1].name)):
        if not steps or better(entry.score, steps[-1].entry.score, higher):
            if steps and steps[-1].day == day:
                steps.pop()
            steps.append(Step(day, entry))
    return steps


def copies(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """Entries of a re-fitted board by the date of the copy, oldest first."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        if entry.end is not None:
            found.setdefault(entry.end, []).append(entry)
    return dict(sorted(found.items()))


def best_by_copy(entries: Iterable[Entry], higher: bool) -> list[Step]:
    """Best of each copy. It may fall: ratings are fitted anew and models leave the board."""
    return [
        Step(day, top)
        for day, rows in copies(entries).items()
        if (top := best(rows, higher)) is not None
    ]


def gap(mine: Entry, theirs: Entry, higher: bool) -> float:
    """Points by which the other side is better; below zero where it is worse."""
    return theirs.score - mine.score if higher else mine.score - theirs.score


def gap_interval(mine: Entry, theirs: Entry, higher: bool) -> tuple[float, float] | None:
    """Smallest and largest gap that both boards' intervals allow; None without both."""
    if mine.low is None or mine.high is None or theirs.low is None or theirs.high is None:
        return None
    if higher:
        return theirs.low - mine.high, theirs.high - mine.low
    return mine.low - theirs.high, mine.high - theirs.low


def lag_by_release(mine: Sequence[Entry], theirs: Sequence[Entry], higher: bool) -> Lag:
    """How long before the economy's best was released the other side had a model as good.

    `theirs` may hold the economy's own entries (the world). Undated models of the other side
    that are as good turn the finding into "at least": they may have come earlier.
    """
    dated = [e for e in mine if e.end is not None]
    say = partial(Lag, dated=len(dated), entries=len(mine))
    top = best(mine, higher)
    if top is None:
        return Lag("absent")
    if not theirs:
        return say("alone", mine=top)
    others = [e for e in theirs if reaches(e.score, top.score, higher)]
    if not others:
        return say("leads", 0.0, 0.0, 0.0, top, None, day=top.end)
    if any(e.end is None for e in mine if e.score == top.score):
        return say("undated", mine=top)
    mine_start, mine_end = _days(top)
    # Before, for sure; a date that overlaps may be before or after.
    sure = [e for e in others if e.end is not None and e.end < mine_start]
    maybe = [e for e in others if e.end is None or (e not in sure and _days(e)[0] < mine_end)]
    first = min(sure, key=lambda e: (_days(e)[1], _days(e)[0], e.name), default=None)
    if first is None:
        kind: Kind = "undated" if maybe else "first"
        held = None if maybe else 0.0
        return say(kind, held, held, held, top, None, day=mine_end)
    start, end = _days(first)
    open_ended = any(e.end is None or _days(e)[0] < start for e in maybe)
    return say(
        "at_least" if open_ended else "exact",
        months(end, mine_end),
        months(end, mine_start),
        None if open_ended else months(min(_days(e)[0] for e in sure), mine_end),
        top,
        first,
        day=mine_end,
    )


def lags_by_release(mine: Sequence[Entry], theirs: Sequence[Entry], higher: bool) -> list[Lag]:
    """The lag at each new best of the economy, oldest first; undated models of its own are out."""
    dated = [e for e in mine if e.end is not None]
    return [
        lag_by_release([e for e in dated if e.end and e.end <= step.day], theirs, higher)
        for step in running_best(mine, higher)
    ]


def _days(entry: Entry) -> tuple[date, date]:
    end = entry.end or date.max
    return entry.start or end, end


def lag_by_copy(
    mine: Sequence[Entry], theirs: Sequence[Entry], higher: bool, day: date | None = None
) -> Lag:
    """How long before a copy of the board the other side had reached the economy's level on it.

    `theirs` may hold the economy's own entries. `day` picks the copy, by default the last of the
    scale. Where the other side was there in the scale's first copy, the finding is "at least".
    `low` and `high` follow from the copies on both sides of the crossing and, where the board
    gives intervals for both, from their ends.
    """
    held = copies(mine)
    board = copies([*mine, *theirs])
    if not board:
        return Lag("absent")
    day = day or max(board)
    rows = held.get(day, [])
    say = partial(Lag, dated=len(rows), entries=len(rows))
    top = best(rows, higher)
    if top is None:
        return Lag("absent", day=day)
    rivals = {d: rows for d, rows in copies(theirs).items() if d <= day}
    if not rivals:
        return say("alone", mine=top, day=day)
    leader = best(rivals.get(day, ()), higher)
    reached = _first_copy(rivals, higher, lambda e: reaches(e.score, top.score, higher))
    if reached is None or leader is None or not better(leader.score, top.score, higher):
        ahead: Kind = "leads" if leader is not None or reached is None else "alone"
        return say(ahead, 0.0, 0.0, 0.0, top, None, day=day)
    when, entry = reached
    opening = min(rivals)
    bound = when == opening
    before = max((d for d in board if d < when), default=None)
    low = months(when, day)
    high = None if bound or before is None else months(before, day)
    low, high = _widened(top, rivals, day, higher, (low, high))
    return say("at_least" if bound else "exact", months(when, day), low, high, top, entry, day=day)


def lags_by_copy(mine: Sequence[Entry], theirs: Sequence[Entry], higher: bool) -> list[Lag]:
    """The lag at each copy of one scale that holds the economy, oldest first."""
    return [lag_by_copy(mine, theirs, higher, day) for day in copies(mine)]


def _first_copy(
    rivals: dict[date, list[Entry]], higher: bool, fits: Callable[[Entry], bool]
) -> tuple[date, Entry] | None:
    """First copy with an entry that fits, and the best of those."""
    for day, rows in rivals.items():
        found = best(filter(fits, rows), higher)
        if found:
            return day, found
    return None


def _widened(
    top: Entry,
    rivals: dict[date, list[Entry]],
    day: date,
    higher: bool,
    bounds: tuple[float, float | None],
) -> tuple[float, float | None]:
    """The bounds where every score may lie anywhere in the board's own interval."""
    low, high = bounds
    if top.low is None or top.high is None:
        return low, high
    hardest, easiest = (top.high, top.low) if higher else (top.low, top.high)

    def surely(entry: Entry) -> bool:
        end = entry.low if higher else entry.high
        return end is not None and reaches(end, hardest, higher)

    def perhaps(entry: Entry) -> bool:
        end = entry.high if higher else entry.low
        return end is not None and reaches(end, easiest, higher)

    late, early = _first_copy(rivals, higher, surely), _first_copy(rivals, higher, perhaps)
    low = months(late[0], day) if late else 0.0
    if early is None or high is None:
        return low, high
    # The copy before the one where it may have been reached first bounds it from above.
    earlier = max((d for d in rivals if d < early[0]), default=None)
    return low, None if earlier is None else max(high, months(earlier, day))
