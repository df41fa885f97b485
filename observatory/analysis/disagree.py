"""Where sources of one thing differ: by how much, in which words, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from observatory.model.time import PeriodError, parse_period

State = Literal["disputed", "weak", "official", "near", "words", "agree"]
STATES: Final[tuple[State, ...]] = ("disputed", "weak", "official", "near", "words")
"""No value is chosen; none is strong enough; the official one goes first; near enough to choose by
the rule; dates or conditions differ, not the figure. `agree` is no difference."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "deals": ("date", "state"),
    "ipo_events": ("date",),
    "policies": ("date", "state"),
    "chips": ("date", "state"),
    "models": ("date",),
    "clusters": ("date", "state"),
}
"""What is compared in words, by table; a stage of a listing is the thing itself."""


def dates_differ(texts: Sequence[str]) -> bool:
    """Whether two dates exclude each other: a day inside the month another source names does not."""
    spans = []
    for text in texts:
        try:
            period = parse_period(text)
        except PeriodError:
            continue
        spans.append((period.start, period.end))
    return any(
        one[1] < two[0] or two[1] < one[0] for i, one in enumerate(spans) for two in spans[i + 1 :]
    )


def fields_that_differ(kind: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns of `FIELDS` on which rows of one thing say different things; empty cells say nothing."""
    found = []
    for column in FIELDS.get(kind, ()):
        said = [str(row[column]) for row in rows if row.get(column) not in (None, "") and row[column] == row[column]]
        if column == "date":
            if dates_differ(said):
                found.append(column)
        elif len(set(said)) > 1:
            found.append(column)
    return tuple(found)


def state_of(chosen: str, rule: str, differs: bool, fields: Sequence[str]) -> State:
    """What was done about a difference. ``differs``: whether the figures do."""
    if not differs:
        return "words" if fields else "agree"
    if not chosen:
        return "weak" if rule in ("unchecked", "nothing_usable") else "disputed"
    return "official" if rule == "official" else "near"
