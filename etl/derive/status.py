"""How sure a value is, and which of several is shown: pure functions over one cell.

A cell is everything said of one thing: one indicator, entity, period and span; one deal; one
listing stage; one policy. Its state is worked out for every day on which something became known,
so that "as known on D" is a look-up and never a recomputation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from observatory.model.vocab import Confidence, SourceKind, Status, StatusHint

TOLERANCE = 0.02
"""Origins agree within this share, or half a unit of the coarser last printed digit."""

_TIER = {kind: index for index, kind in enumerate(SourceKind)}
_SURE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_MODELLED = (StatusHint.ESTIMATE, StatusHint.FORECAST)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a cell. ``value`` is None where rows agree by existing (a policy, a model)."""

    row_id: str
    source_id: str
    origin: str
    edition: str
    kind: SourceKind
    confidence: Confidence
    known_on: date
    value: float | None
    text: str
    hint: StatusHint | None = None
    barred: bool = False
    """The note says: do not chart."""
    own: bool = False
    """The organisation it speaks of is its origin."""


@dataclass(frozen=True, slots=True)
class State:
    """A cell as known on one day."""

    statuses: tuple[tuple[str, Status, str], ...]
    """(row id, status, reason code) of every visible row."""
    chosen: str | None
    rule: str
    sources: int
    origins: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """A state and the days it holds: from ``start`` up to, not including, ``end``."""

    start: date
    end: date | None
    state: State


def unit_of_last_digit(text: str) -> float:
    """Size of the last printed digit: 0.1 for '7.8', 1 for '42' or '4.2e1', 0.01 for '4e-2'."""
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** ((int(exponent) if exponent else 0) - decimals))


def agree(one: Candidate, two: Candidate) -> bool:
    """Whether two values say the same within the tolerance."""
    if one.value is None or two.value is None:
        return True
    gap = abs(one.value - two.value)
    slack = max(unit_of_last_digit(one.text), unit_of_last_digit(two.text)) / 2
    # The tiny allowance keeps exact half-digits on the right side of binary fractions.
    return gap <= max(TOLERANCE * max(abs(one.value), abs(two.value)), slack) * (1 + 1e-9)


def independent(one: Candidate, two: Candidate) -> bool:
    """Whether no maker of one is a maker of the other; joint makers are joined by '; '."""
    return not set(one.origin.split("; ")) & set(two.origin.split("; "))


def is_official(row: Candidate) -> bool:
    """Statistics, statute, filing or exchange; a firm's own page is no such thing."""
    if row.hint is StatusHint.OFFICIAL or row.kind is SourceKind.FILING:
        return True
    return row.kind is SourceKind.OFFICIAL and not row.own


def order(row: Candidate) -> tuple[int, int, int, str, str]:
    """Sort key of the headline rule: tier, then confidence, then latest known."""
    tier = 0 if is_official(row) and row.hint is StatusHint.OFFICIAL else _TIER[row.kind]
    return tier, _SURE[row.confidence], -row.known_on.toordinal(), row.source_id, row.row_id


def _superseded(row: Candidate, visible: Sequence[Candidate]) -> str | None:
    if any(other.source_id == row.source_id and other.known_on > row.known_on for other in visible):
        return "newer_reading"
    if row.edition and any(
        other.edition > row.edition and not independent(other, row) for other in visible
    ):
        return "newer_edition"
    return None


def state_on(cell: Sequence[Candidate], day: date) -> State:
    """The cell as known on ``day``; rows known later are not looked at."""
    visible = [row for row in cell if row.known_on <= day]
    old = {row.row_id: reason for row in visible if (reason := _superseded(row, visible))}
    live = [row for row in visible if row.row_id not in old]
    usable = [row for row in live if not row.barred]
    all_low = bool(usable) and all(row.confidence is Confidence.LOW for row in usable)
    speakers: list[Candidate] = []
    for row in sorted(usable, key=order):
        if all(independent(row, other) for other in speakers):
            speakers.append(row)
    statuses: list[tuple[str, Status, str]] = []
    for row in visible:
        statuses.append((row.row_id, *_status(row, old, all_low, speakers, usable)))
    chosen, rule = _choose(usable, {row: status for row, status, _ in statuses}, all_low, speakers)
    values = [row.value for row in usable if row.value is not None]
    return State(
        statuses=tuple(sorted(statuses)),
        chosen=chosen,
        rule=rule,
        sources=len({row.source_id for row in usable}),
        origins=len(speakers),
        low=min(values, default=None),
        high=max(values, default=None),
    )


def _status(
    row: Candidate,
    old: dict[str, str],
    all_low: bool,
    speakers: Sequence[Candidate],
    usable: Sequence[Candidate],
) -> tuple[Status, str]:
    if row.row_id in old:
        return Status.SUPERSEDED, old[row.row_id]
    if row.barred:
        return Status.UNCHECKED, "do_not_chart"
    if all_low:
        return Status.UNCHECKED, "low_confidence"
    if is_official(row):
        return Status.OFFICIAL, "filing" if row.kind is SourceKind.FILING else "official"
    others = [other for other in speakers if independent(other, row)]
    if any(not agree(row, other) for other in others):
        return Status.DISPUTED, "origins_differ"
    # Two relays of one maker that print different values: nobody can tell what the maker said.
    if any(not agree(row, other) for other in usable if not independent(row, other)):
        return Status.DISPUTED, "relays_differ"
    if others and not any(
        not agree(one, two) for one in speakers for two in speakers if one is not two
    ):
        return Status.CONFIRMED, "origins_agree"
    if others:
        return Status.DISPUTED, "origins_differ"
    # Accounts that others print keep the hint "reported"; a firm's own page, and rows that carry
    # no hint, go by who speaks.
    own = row.own and (row.hint is None or row.kind is SourceKind.OFFICIAL)
    if row.hint is StatusHint.COMPANY_CLAIM or own:
        return Status.COMPANY_CLAIM, "own_statement"
    if row.hint in _MODELLED:
        return Status.ESTIMATE, "forecast" if row.hint is StatusHint.FORECAST else "modelled"
    return Status.REPORTED, "counted" if row.hint is StatusHint.DERIVED else "one_source"


def _choose(
    usable: Sequence[Candidate],
    statuses: dict[str, Status],
    all_low: bool,
    speakers: Sequence[Candidate],
) -> tuple[str | None, str]:
    """Row shown as the headline and the rule that chose it."""
    if not usable:
        return None, "nothing_usable"
    if all_low:
        return None, "unchecked"
    ranked = sorted(usable, key=order)
    official = [row for row in ranked if statuses[row.row_id] is Status.OFFICIAL]
    if official:
        return official[0].row_id, "official" if len(usable) > 1 else "only_source"
    if any(statuses[row.row_id] is Status.DISPUTED for row in usable):
        return None, "disputed"
    if len(usable) == 1:
        return ranked[0].row_id, "only_source"
    return ranked[0].row_id, "tier_confidence_latest"


def history(cell: Sequence[Candidate]) -> list[Interval]:
    """States of a cell over time; neighbouring days with the same state are joined."""
    days = sorted({row.known_on for row in cell})
    out: list[Interval] = []
    for day in days:
        state = state_on(cell, day)
        if out and out[-1].state == state:
            continue
        if out:
            out[-1] = Interval(out[-1].start, day, out[-1].state)
        out.append(Interval(day, None, state))
    return out
