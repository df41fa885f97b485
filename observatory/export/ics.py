"""Dated events as an iCalendar file (RFC 5545): all-day entries that keep the width of their date.

A date known to the month, quarter or year only is an entry as long as that, marked TENTATIVE and
said so in words; it never becomes the first day. Identifiers come from row ids, so that a file
taken again updates the entries of the first. Nothing in it depends on when it is made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, vText, vUri

PRODUCT: Final = "-//East Asia AI Observatory//Calendar//EN"
DOMAIN: Final = "east-asia-ai-observatory"
MAX_TEXT: Final = 4000
_SPACES: Final = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated event.

    `first` and `last` are the days it may fall on, both inside; `exact` is true for a single
    day. `known_on` stamps the entry, `sure` is false where the date is only planned or its source
    is weak. `note` says in words how wide the date is and who says so. `url` is absolute or empty.
    """

    uid: str
    title: str
    first: date
    last: date
    known_on: date
    exact: bool = True
    sure: bool = True
    note: str = ""
    place: str = ""
    kinds: tuple[str, ...] = ()
    url: str = ""


def clean(text: str) -> str:
    """Text a calendar program can show: control characters gone, line ends as they should be."""
    lines = re.split(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", text[:MAX_TEXT])
    kept = ("".join(c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cs"))
            for line in lines)  # fmt: skip
    return "\n".join(_SPACES.sub(" ", line).strip() for line in kept).strip()


def _line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{DOMAIN}")
    event.add("dtstamp", datetime.combine(entry.known_on, time(), UTC))
    event.add("dtstart", entry.first)
    # The end of an all-day entry is the day after it.
    event.add("dtend", max(entry.last, entry.first) + timedelta(days=1))
    event.add("summary", _line(entry.title))
    if note := clean(entry.note):
        event.add("description", note)
    if place := _line(entry.place):
        event.add("location", place)
    if kinds := [kind for kind in map(_line, entry.kinds) if kind]:
        event.add("categories", kinds)
    if entry.url.startswith(("https://", "http://")):
        event.add("url", vUri(entry.url))
    event.add("status", "CONFIRMED" if entry.exact and entry.sure else "TENTATIVE")
    # Somebody else's dates must not fill a reader's week.
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event


def to_ics(entries: Iterable[Entry], name: str, description: str = "") -> bytes:
    """The file: one VEVENT an entry, in the order of their dates; the same entries, the same bytes.

    Two entries with one uid raise ValueError: calendar programs would keep one of them.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # Typed as text: the library does not escape properties that it does not know.
    calendar.add("x-wr-calname", vText(_line(name)))
    if about := _line(description):
        calendar.add("x-wr-caldesc", vText(about))
    ordered: Sequence[Entry] = sorted(entries, key=lambda e: (e.first, e.last, e.uid))
    seen: set[str] = set()
    for entry in ordered:
        if entry.uid in seen:
            raise ValueError(f"two entries with the uid {entry.uid!r}")
        seen.add(entry.uid)
        calendar.add_component(_event(entry))
    made: bytes = calendar.to_ical()
    return made
