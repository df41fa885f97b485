"""On what rows of one thing differ besides their figures: the date, the condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from observatory.model.time import PeriodError, parse_period

VALUE: Final = "value"
"""Word of a difference in figures, beside those of `FIELDS`."""

FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "deals": {"date": "announced", "state": "commitment"},
    "ipo_events": {"date": "stage_date"},
    "policies": {"date": "date", "state": "status"},
    "chips": {"date": "released", "state": "status"},
    "models": {"date": "released"},
    "clusters": {"date": "date", "state": "status"},
}
"""Columns compared in words, by table and word; a stage of a listing is the thing itself."""


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


def words_that_differ(table: str, rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The words of `FIELDS` on which rows of one thing say different things. ``rows``: texts by
    word; an empty text says nothing."""
    found = []
    for word in FIELDS.get(table, ()):
        said = [text for row in rows if (text := row.get(word, ""))]
        if dates_differ(said) if word == "date" else len(set(said)) > 1:
            found.append(word)
    return tuple(found)
