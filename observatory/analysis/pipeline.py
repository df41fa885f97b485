"""Where a listing attempt stands on a day, how long, and when something was last heard of it.

A stage is told by a dated source. Three rules place an attempt:

1. A rumour moves nobody once something firmer is known.
2. What only weak sources say (status ``unchecked``) moves nobody past what others say; it is kept
   beside the stage as a hint. Where nobody else says anything, it places the attempt, marked.
3. Where dates are too coarse to tell what came later, the further stage counts.

A stage dated after the day is a plan until that day comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

STALE_AFTER: Final = timedelta(days=90)

SILENCE: Final = {
    "priced": timedelta(days=30),
    "hearing": timedelta(days=365),
    "filed": timedelta(days=550),
    "tutoring": timedelta(days=550),
}
"""How long an attempt may be silent at a stage before its outcome counts as not on file.

Trading begins within days of a price. A filing is heard, renewed or lapses within months; two such
spans are given. What has no clock of its own has `SILENCE_ELSE`.
"""
SILENCE_ELSE: Final = timedelta(days=730)

ORDER: Final = (
    *("rumoured", "planned", "tutoring", "filed", "hearing", "priced"),
    *("postponed", "lapsed", "withdrawn", "listed"),
)
"""Stages, the furthest last; a halt is further than what it halted."""

ENDED: Final = frozenset({"listed", "lapsed", "withdrawn"})
"""No further word is expected."""
HALTED: Final = frozenset({"postponed", "lapsed", "withdrawn"})
DONE: Final = frozenset({"priced", "listed"})
"""Stages whose amounts are money raised; before them an amount is an aim."""
WEAK: Final = frozenset({"unchecked"})

Money = Literal["raised", "aim"]


@dataclass(frozen=True, slots=True)
class Step:
    """One dated stage of an attempt, as the row that leads its cell tells it.

    ``start`` and ``end`` are the days the date may mean; ``known_on`` is the day by which the
    source had said so.
    """

    stage: str
    start: date
    end: date
    known_on: date
    status: str = "reported"
    row_id: str = ""

    @property
    def weak(self) -> bool:
        return self.status in WEAK

    @property
    def scheduled(self) -> bool:
        """Whether the date lay ahead of its source: then it is a date planned, not a date reached."""
        return self.start > self.known_on


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands on a day.

    ``first`` and ``last`` are the days on which the stage may have been reached. ``hint`` is what a
    weak source says beyond that, if any does.
    """

    stage: str
    step: Step
    first: date
    last: date
    hint: Step | None = None

    @property
    def weak(self) -> bool:
        return self.step.weak


def furthest(stage: str) -> int:
    """Rank of a stage, furthest last; -1 for an unknown one."""
    return ORDER.index(stage) if stage in ORDER else -1


def stage_then(step: Step, day: date) -> str:
    """What a step says on a day: a stage dated ahead is a plan."""
    if step.start > day and step.stage not in ("rumoured", *HALTED):
        return "planned"
    return step.stage


def reached(step: Step, day: date) -> tuple[date, date]:
    """Days between which the step's stage was reached; a scheduled one when it became known."""
    if step.start > day or (step.scheduled and step.stage == "planned"):
        return step.known_on, step.known_on
    return step.start, step.end


def _newest(steps: Iterable[Step], day: date) -> Step | None:
    """The step furthest along among those whose dates cannot be told from the newest."""
    found = list(steps)
    if not found:
        return None
    newest = max(found, key=lambda s: (reached(s, day)[1], furthest(stage_then(s, day)), s.row_id))
    since = reached(newest, day)[0]
    rivals = [s for s in found if reached(s, day)[1] >= since]
    return max(rivals, key=lambda s: (furthest(stage_then(s, day)), reached(s, day)[1], s.row_id))


def standing(steps: Sequence[Step], day: date) -> Standing | None:
    """Where an attempt stands on ``day`` by what was known then; None if nothing was."""
    known = [step for step in steps if step.known_on <= day]
    firm = [step for step in known if not step.weak and step.stage != "rumoured"]
    rumours = [step for step in known if not step.weak and step.stage == "rumoured"]
    weak = [step for step in known if step.weak and step.stage != "rumoured"]
    whispers = [step for step in known if step.weak and step.stage == "rumoured"]
    for group in (firm, rumours, weak, whispers):
        step = _newest(group, day)
        if step is None:
            continue
        first, last = reached(step, day)
        stage = stage_then(step, day)
        hint = None if step.weak else _hint(weak, step, day)
        return Standing(stage, step, first, last, hint)
    return None


def _hint(weak: Sequence[Step], step: Step, day: date) -> Step | None:
    """The weak step that says more than the stage: further, and not told before it."""
    more = [
        other
        for other in weak
        if furthest(stage_then(other, day)) > furthest(stage_then(step, day))
        and reached(other, day)[1] >= reached(step, day)[0]
    ]
    return _newest(more, day)


def last_word(steps: Sequence[Step], day: date) -> date | None:
    """The last day on which anything was heard by ``day``: a stage's date, not its later copies.

    A rumour is a word too. A stage dated ahead was heard of when it became known.
    """
    heard = [min(step.end, step.known_on, day) for step in steps if step.known_on <= day]
    return max(heard, default=None)


def stale_since(steps: Sequence[Step], day: date, after: timedelta = STALE_AFTER) -> date | None:
    """Day of the last word on an unfinished attempt if that is more than ``after`` ago, else None."""
    now = standing(steps, day)
    heard = last_word(steps, day)
    if now is None or heard is None or now.stage in ENDED:
        return None
    return heard if day - heard > after else None


def no_outcome_since(steps: Sequence[Step], day: date) -> date | None:
    """Day of the last word on an unfinished attempt that must have ended by ``day``, else None.

    It was silent for longer than its stage lasts (``SILENCE``): how it ended is on no file, and it
    is not counted as under way.
    """
    now = standing(steps, day)
    heard = last_word(steps, day)
    if now is None or heard is None or now.stage in ENDED:
        return None
    return heard if day - heard > SILENCE.get(now.stage, SILENCE_ELSE) else None


def days_in_stage(now: Standing, day: date) -> tuple[int, int] | None:
    """Fewest and most days an unfinished attempt has stood at its stage; None once it ended."""
    if now.stage in ENDED:
        return None
    return max((day - now.last).days, 0), max((day - now.first).days, 0)


def days_between(earlier: Step, later: Step) -> tuple[int, int]:
    """Fewest and most days from one stage to a later one: a range where dates are coarse."""
    low = max((later.start - earlier.end).days, 0)
    return low, max((later.end - earlier.start).days, low)


def way(steps: Sequence[Step]) -> tuple[Step, Step, int, int] | None:
    """From the first firm stage to the listing: (first, listing, fewest, most); None without both."""
    firm = [step for step in steps if not step.weak and step.stage != "rumoured"]
    listings = [step for step in firm if step.stage == "listed"]
    if not listings or len(firm) < 2:
        return None
    first = min(firm, key=lambda step: (step.start, step.end))
    listing = max(listings, key=lambda step: step.end)
    if first is listing:
        return None
    return first, listing, *days_between(first, listing)


def upcoming(steps: Sequence[Step], day: date) -> list[Step]:
    """Stages with a date still ahead, soonest first."""
    ahead = [step for step in steps if step.known_on <= day and step.start > day]
    return sorted(ahead, key=lambda step: (step.start, step.end, step.row_id))


def overdue(steps: Sequence[Step], day: date) -> list[Step]:
    """Dates that were planned and have passed while the attempt did not move on, newest first."""
    now = standing(steps, day)
    if now is None or now.stage in ENDED:
        return []
    passed = [
        step
        for step in steps
        if step.known_on <= day
        and step.scheduled
        and step.end < day
        and (step.stage == "planned" or furthest(step.stage) > furthest(now.stage))
    ]
    return sorted(passed, key=lambda step: (step.end, step.row_id), reverse=True)


def money_kind(stage: str) -> Money:
    """Whether an amount printed with a stage was raised or is an aim."""
    return "raised" if stage in DONE else "aim"
