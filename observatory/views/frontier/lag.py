"""Months behind over time, at each new best or each copy of a board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.charts.palette import palette
from observatory.charts.svg.frontier import edges
from observatory.charts.svg.lag import StemSpec, lag_stems
from observatory.i18n import Translator
from observatory.views import common
from observatory.views.briefing.page import both_widths
from observatory.views.frontier.charts import bands, drawing, method, steps_frame
from observatory.views.frontier.data import Frontier, score_text
from observatory.views.frontier.page import Ask, other_side
from observatory.views.frontier.words import behind, months, why_not
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue


def lag_card(
    catalogue: Catalogue, data: Frontier, asked: Ask, wanted: Sequence[str]
) -> Card | None:
    """Months behind, at each new best or each copy of the board."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    if board is None:
        return None
    rows: list[dict[str, Any]] = []
    for block in board.blocks:
        for lag in block.lags(asked.economy, asked.other):
            if lag.months is None or lag.day is None or lag.mine is None:
                continue
            said = t.parts(
                (t.date(lag.day), lag.mine.name, behind(lag, t) or t("nobody was there before"))
            )
            rows.append(
                {
                    "entity_id": asked.economy,
                    "period": lag.day.isoformat(),
                    "value": lag.months,
                    "kind": lag.kind,
                    "low": lag.low,
                    "high": lag.high,
                    "label": said,
                    "row_id": lag.mine.row_id,
                    "model": lag.mine.name,
                    "score": lag.mine.score,
                    "theirs": lag.theirs.name if lag.theirs else None,
                    "their_score": lag.theirs.score if lag.theirs else None,
                    "their_day": lag.theirs.end.isoformat()
                    if lag.theirs and lag.theirs.end
                    else None,
                    "their_row": lag.theirs.row_id if lag.theirs else None,
                    "source_id": data.rows[lag.mine.row_id]["source_id"],
                    "known_on": data.rows[lag.mine.row_id]["known_on"],
                    "status": data.rows[lag.mine.row_id]["status"],
                }
            )
    who, other = catalogue.say(asked.economy), other_side(catalogue, asked.other)
    heading = t("Months behind over time")
    if not any(row["value"] or row["kind"] in ("leads", "first") for row in rows):
        now = board.last.lag(asked.economy, asked.other)
        reason = why_not(now, t) or t("No model on file of the other side was as good")
        word = t("Not behind") if now.kind == "leads" else t("Not measurable")
        return Card(
            id="lag",
            title=heading,
            empty=EmptyState(
                reason=t.sentences([reason]),
                title=word,
            ),
        )
    frame = pd.DataFrame(rows)
    shown, holes = bands(board, t)
    seen = frame[frame["kind"] == "exact"]
    if len(seen):
        name = t.n(
            "Both ends were seen once, on {day}: {economy} followed {other} after {low} months",
            "Both ends were seen {n} times, last on {day}: {economy} followed {other} after {low} to {high} months",
            len(seen),
            day=t.date(str(seen["period"].max())),
            economy=who,
            other=other,
            low=months(float(seen["value"].min()), t),
            high=months(float(seen["value"].max()), t),
        )
    elif (frame["kind"] == "at_least").any():
        name = t("Only lower bounds: {other} was there before each scale begins", other=other)
    else:
        name = t("{economy} was never behind {other} on this board", economy=who, other=other)
    name = sentence(name)

    def score(value: Any, row: Mapping[str, Any]) -> str:
        return score_text(board.row, value, t)

    visible, spec_of = drawing(catalogue, board, asked, wanted, steps_frame(catalogue, data, board))

    def draw(width: float) -> str:
        left, right = edges(visible, spec_of(width), t)
        spec = StemSpec(
            bands=shown,
            holes=holes,
            economy=asked.economy,
            width=width,
            name=name,
            left=left,
            right=right,
            description=name,
        )
        return lag_stems(frame, spec, palette("css"), t)

    return Card(
        id="lag",
        title=name,
        subtitle=t(
            "Full dot: both ends seen on one scale. Hollow arrow: at least this long. Thin line: range"
        ),
        body=both_widths(draw, 800),
        alt=name,
        table=CardTable(
            frame,
            (
                Column("period", t("Date"), show=lambda v, row: t.date(clean(v))),
                Column("model", t("Its best"), strong=True),
                Column("score", t("Score"), "right", score, row_id="row_id"),
                Column("theirs", t("First as good")),
                Column("their_score", t("Score"), "right", score, row_id="their_row"),
                Column("their_day", t("On"), show=lambda v, row: t.date(clean(v))),
                Column("value", t("Months"), "right", lambda v, row: _months_cell(v, row, t)),
            ),
        ),
        sources=common.sources_of(catalogue, frame),
        vintage=t.period(board.when),
        statuses=common.statuses_of(frame),
        method=method(board, t),
    )


def _months_cell(value: float, row: Mapping[str, Any], t: Translator) -> str:
    if row["kind"] in ("leads", "first"):
        return t("nobody was there before")
    if row["kind"] == "at_least":
        return t("at least {n}", n=months(value, t))
    return months(value, t)
