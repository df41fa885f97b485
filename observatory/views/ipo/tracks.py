"""Time tracks of the attempts: how they came where they stand, and how old the last word is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, svg
from observatory.charts.palette import palette
from observatory.charts.svg.tracks import TrackSpec, ipo_tracks
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.ipo import words
from observatory.views.ipo.data import Attempt, Field
from observatory.views.labels import clean

MOST: Final = 28
WINDOW: Final = timedelta(days=550)
LISTED: Final = 8
"""Ends drawn beside the attempts under way, where not all fit."""


def drawn(field: Field) -> list[Attempt]:
    """Attempts worth a track: those heard of last, and the newest ends with a way to show."""
    if len(field.attempts) <= MOST:
        return list(field.attempts)
    ended = [a for a in field.attempts if not a.open]
    told = [a for a in ended if len(a.steps) > 1 and a.now.last > field.today - WINDOW]
    told.sort(key=lambda a: (-min(len(a.steps), 3), -a.now.last.toordinal()))
    under = [a for a in field.attempts if a.open]
    room = max(MOST - len(under), LISTED)
    kept = {a.ipo_id for a in told[:room]}
    kept |= {a.ipo_id for a in under[: MOST - len(kept)]}
    return [a for a in field.attempts if a.ipo_id in kept]


def frame_of(attempts: Sequence[Attempt], t: Translator) -> pd.DataFrame:
    """One row a stage, for the drawing and its table."""
    found = []
    for attempt in attempts:
        name = attempt.name(t)
        for row in attempt.rows:
            if not row["is_lead"]:
                continue
            found.append(
                {
                    "track_id": attempt.ipo_id, "stage": str(row["stage"]),
                    "period": clean(row["stage_date"]), "label": name.main, "native": name.second,
                    "venue": attempt.venue, "economy_id": attempt.economy_id,
                    "row_id": row["row_id"], "status": clean(row["status"]),
                    "href": links.org(attempt.org_id),
                    "sources_href": links.ipo(attempt.ipo_id), "sources": t.number(len(attempt.publishers)),
                    "is_now": "1" if row["row_id"] == attempt.row["row_id"] else "",
                    "since": _since(attempt, row),
                    "publisher": clean(row["publisher"]) or clean(row["origin"]),
                }
            )  # fmt: skip
    return pd.DataFrame(found)


def _since(attempt: Attempt, row: Mapping[str, Any]) -> str:
    """Day from which a plan was known, where its date is the one planned."""
    step = attempt.now.step
    planned = step.row_id == row["row_id"] and step.scheduled and attempt.stage == "planned"
    return attempt.now.last.isoformat() if planned else ""


def table_of(frame: pd.DataFrame, t: Translator) -> CardTable:
    """The stages of the tracks with their sources."""
    columns = (
        Column("label", t("Company"), strong=True),
        Column("venue", t("Venue")),
        Column("stage", t("Stage"), show=lambda value, row: labels.stage(clean(value), t)),
        Column("period", t("Date"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("publisher", t("Who says so")),
        Column("status", t("Status"), show=lambda value, row: words.status(clean(value), t)),
    )  # fmt: skip
    keep = ["label", "venue", "stage", "period", "publisher", "status", "row_id", "track_id"]
    return CardTable(frame[keep], columns)


def _start(attempts: Sequence[Attempt], today: date) -> str:
    """Where the axis begins: eighteen months back, earlier only if nothing newer is drawn."""
    first = min(step.start for a in attempts for step in a.steps)
    newest = max(a.now.last for a in attempts)
    return max(first, min(today, newest) - WINDOW).isoformat()


def drawings(
    attempts: Sequence[Attempt],
    today: date,
    t: Translator,
    start: str = "",
    *,
    wide: float = 1280,
    columns: bool = True,
) -> Safe:
    """The tracks for a wide page and for a phone."""
    frame, colours = frame_of(attempts, t), palette("css")
    spec = TrackSpec(as_of=today.isoformat(), start=start, most=MOST, columns=columns, width=wide)
    narrow = replace(spec, width=358)
    return join(
        [
            svg(ipo_tracks(frame, spec, colours, t), "p-wide"),
            svg(ipo_tracks(frame, narrow, colours, t), "p-narrow"),
        ]
    )


def tracks(field: Field, t: Translator) -> Card:
    """One row an attempt; the title says how many have been silent."""
    subtitle = t(
        "One row is one attempt at one venue; its shape is the stage. Dotted: no newer source."
    )
    shown = drawn(field)
    if not shown:
        empty = EmptyState(reason=t("No listing attempt fits this choice."))
        return Card(id="ipo-tracks", title=t("Stage by stage"), subtitle=subtitle, empty=empty)
    under = [a for a in field.attempts if a.open]
    silent = [a for a in under if a.stale is not None]
    if under and len(silent) == len(under):
        title = t.n(
            "The one attempt under way has had no word for 90 days",
            "All {n} attempts under way have had no word for 90 days",
            len(under),
        )
    elif under and silent:
        title = t.n(
            "Of {n} attempt under way, {silent} has had no word for 90 days",
            "Of {n} attempts under way, {silent} have had no word for 90 days",
            len(under), silent=t.number(len(silent)),
        )  # fmt: skip
    elif under:
        title = t.n("{n} attempt under way", "{n} attempts under way", len(under))
    else:
        title = t.n("{n} attempt, none still under way", "{n} attempts, none still under way",
                    len(shown))  # fmt: skip
    start = _start(shown, field.today)
    left = len(field.attempts) - len(shown)
    caveats = []
    if left:
        caveats.append(
            t.n("{n} more attempt is in the table.", "{n} more attempts are in the table.", left)
        )
    if any(step.start < date.fromisoformat(start) for a in shown for step in a.steps):
        day = t.date(start)
        caveats.append(t("Stages before {day} are in the table only.", day=day))
    caveats.append(t("Faint: said by weak sources only. A rumour never moves an attempt."))
    rows = [row for a in shown for row in a.rows]
    every = frame_of(field.attempts, t)
    return Card(
        id="ipo-tracks",
        title=title,
        subtitle=subtitle,
        body=drawings(shown, field.today, t, start),
        alt=title,
        table=table_of(every, t),
        sources=words.sources_of(rows),
        vintage=words.vintage_of(rows, t),
        statuses=words.statuses_of(row for a in shown for row in [a.row]),
        caveat=" ".join(caveats),
        method=method(t),
    )


def method(t: Translator) -> Safe:
    """The rules that place an attempt."""
    return join(
        [
            h("p", t("Each stage has its date and its source. An attempt stands at the stage with the newest date;"
                     " where dates are too coarse to tell, at the further one.")),
            h("p", t("A rumour moves no attempt once something firmer is known. What only weak sources say moves"
                     " none past what others say: it stands beside the stage as a hint. Where nobody else speaks,"
                     " it places the attempt and is marked as unchecked.")),
            h("p", t("An unfinished attempt is stale if nothing was heard of it for more than 90 days. A date that"
                     " lay ahead of its source is a plan until that day comes.")),
            h("p", t("Where nothing was heard for longer than a stage lasts, the outcome counts as not on file."),
              " ", words.silence(t)),
            h("p", t("Attempts of one company at two venues, or after a filing lapsed, are tracks of their own.")),
        ]
    )  # fmt: skip
