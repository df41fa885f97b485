"""What a policy's row says of its standing on a day, how binding it is, and which dates come next.

A row holds the status that its source saw. Two things follow from its other columns: a rule whose
date of effect is still to come is ahead, and a catalogue entry whose status others derived from
titles says nothing of its standing in law.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from observatory.model.time import parse_period

STATES: Final = (
    "in_force", "ahead", "passed", "launched", "announced", "proposed", "paused", "pause_over", "superseded",
    "listed",
)  # fmt: skip
"""Standings, those that hold first. `pause_over`: its pause has run out and nothing on file says what
holds since; `listed`: a catalogue entry whose status nobody checked."""
LEVELS: Final = ("binding", "coming", "draft", "soft", "plan", "other")
"""How much a rule asks, the most first."""
_CODED: Final = "kind and status derived"
_BINDING: Final = re.compile(r"binding status: (\w+)")
_TEXT_AT: Final = re.compile(
    r"(?:official text|primary text cited there|docket or notice): (https?://[^\s;]+)"
)


def is_coded(note: str) -> bool:
    """Whether others derived kind and status by title: never to be read as a legal status."""
    return note.startswith(_CODED)


def binding_word(note: str) -> str:
    """What the source itself calls the binding force of an instrument; empty if it says nothing."""
    found = _BINDING.search(note)
    return found[1] if found else ""


def text_address(note: str) -> str:
    """Address of the official text or notice that the source cites; empty if it cites none."""
    found = _TEXT_AT.search(note)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension by another act: the period it begins in and the one it ends in; empty if not on file."""

    start: str
    end: str = ""


def _starts(text: str) -> date | None:
    return parse_period(text).start if text else None


def _over(text: str, today: date) -> bool:
    """Whether a period has wholly passed: a month is over after its last day."""
    return bool(text) and parse_period(text).end < today


def state(
    status: str,
    when: str,
    effective: str,
    today: date,
    *,
    coded: bool,
    pause: Pause | None = None,
    until: str = "",
) -> str:
    """The standing on a day, one of STATES. ``when``, ``effective`` and ``until`` are periods or empty.

    A rule that is adopted or announced and whose date lies wholly in the future is `ahead`; what is
    only proposed stays proposed, whatever date it aims at. ``pause``: another act suspends it;
    ``until``: the period that ends it. Both go before the word that a source saw, as of the day.
    """
    if coded:
        return "listed"
    if _over(until, today):
        return "superseded"
    if pause is not None and not (pause.start and parse_period(pause.start).start > today):
        return "pause_over" if _over(pause.end, today) else "paused"
    if status in ("proposed", "superseded"):
        return status
    begins = _starts(effective) or _starts(when)
    if begins is not None and begins > today:
        return "ahead"
    return status if status in STATES else "announced"


def level(kind: str, standing: str, summary: str, binding: str, *, company: bool = False) -> str:
    """How much an instrument asks, one of LEVELS; empty where it has been replaced, has lapsed or is
    paused, and where nothing says what holds after a pause.

    Laws and regulations bind; so does a standard that its own row calls mandatory. A law that a
    catalogue codes as binding counts, one it does not code so does not. Treaties and declarations
    are no rule of one economy.
    """
    if standing in ("superseded", "paused", "pause_over"):
        return ""
    if company or kind in ("institution", "partnership", "treaty", "dispute", "filing"):
        return "other"
    if kind in ("strategy", "plan", "programme"):
        return "plan"
    if kind in ("law", "regulation"):
        if standing == "listed":
            return "binding" if "coded binding" in summary else "soft"
        if standing == "in_force":
            return "soft" if binding in ("non_binding", "voluntary") else "binding"
        return {"ahead": "coming", "passed": "coming"}.get(standing, "draft")
    if kind == "standard" and standing == "in_force" and "mandatory" in summary.casefold():
        return "binding"
    return "draft" if standing == "proposed" else "soft"


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def near(text: str, today: date, horizon: date) -> str:
    """Where a date to come lies: `soon` (wholly by the horizon), `wide` (a month, quarter or year that
    may fall before or after it), `later`; empty if it has begun or passed."""
    period = parse_period(text)
    if period.start <= today:
        return ""
    if period.start > horizon:
        return "later"
    return "soon" if period.end <= horizon else "wide"
