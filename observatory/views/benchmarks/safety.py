"""Safety boards side by side: each with its direction, none mixed with another."""

from __future__ import annotations

from typing import Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable
from observatory.cards.markup import Safe, h
from observatory.views import common
from observatory.views.benchmarks.boards import Boards
from observatory.views.benchmarks.page import date_label, exact_columns, ranking_table
from observatory.views.frontier.data import score_text
from observatory.views.frontier.page import metric
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN: Final = 10


def boards(data: Boards) -> list[str]:
    """Safety boards that stand on the page: whole tests with a ranking, the newest first."""
    found = [
        board
        for board, row in data.index.items()
        if clean(row["modality"]) == "safety"
        and not any(board.startswith(f"{other}-") for other in data.index)
        and (ranking := data.ranking(board, None)) is not None
        and (ranking.rows or ranking.beside)
    ]
    return sorted(found, key=lambda b: (str(data.index[b]["last_day"]), b), reverse=True)


def rest(data: Boards, catalogue: Catalogue) -> Safe | None:
    """How many boards on single subjects stand in the choice box."""
    t = catalogue.t
    shown = set(boards(data))
    more = [
        b for b, row in data.index.items() if clean(row["modality"]) == "safety" and b not in shown
    ]
    if not more:
        return None
    return h("p", t.n(
        "{n} more safety board on a single subject stands in the choice of boards.",
        "{n} more safety boards on single subjects stand in the choice of boards.", len(more),
    ), cls="fr-note")  # fmt: skip


def card(catalogue: Catalogue, data: Boards, board_id: str) -> Card:
    """The newest ranking of one safety board."""
    t = catalogue.t
    board = data.index[board_id]
    ranking = data.ranking(board_id, None)
    name = t.data(clean(board["name"]))
    if ranking is None or not (ranking.rows or ranking.beside):
        return Card(id=f"safety-{board_id}", title=name)
    rows = [dict(r.row) for r in ranking.rows] or [dict(row) for row in ranking.beside]
    frame = pd.DataFrame(rows)
    leader = ranking.leader
    title = name
    if leader is not None:
        title = t(
            "{model} is best on {board}, at {score}",
            model=clean(leader["model_name"]), board=name, score=score_text(board, leader["score"], t),
        )  # fmt: skip
    graded = [row for row in ranking.beside if clean(row["note"]).startswith("grade")]
    after = None
    if graded:
        after = h("p", t(
            "With a grade but no number: {firms}.",
            firms=t.list([f"{clean(r['model_name'])} ({clean(r['note']).partition(';')[0]})" for r in graded]),
        ), cls="fr-note")  # fmt: skip
    return Card(
        id=f"safety-{board_id}",
        title=title,
        subtitle=t.parts((metric(board, t), date_label(ranking, t))),
        body=ranking_table(data, ranking, board, t, catalogue, SHOWN, compact=True) if ranking.rows else None,
        after=after,
        table=CardTable(frame, exact_columns(t)),
        **common.evidence(catalogue, frame),
        caveat=t("This board grades firms, not models.") if clean(board["subject"]) == "firm" else "",
        actions=("table", "download"),
    )  # fmt: skip
