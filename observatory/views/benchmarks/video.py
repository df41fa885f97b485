"""Video arenas date by date, beside what the founding digest said of Kling 3.0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.db import queries_benchmarks
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.benchmarks.boards import Boards
from observatory.views.benchmarks.side import claims
from observatory.views.frontier.data import score_text
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
FAMILY: Final = re.compile(r"kling", re.IGNORECASE)
CLAIMED: Final = re.compile(r"kling[\s-]?v?3(?![0-9])", re.IGNORECASE)
"""Names of Kling 3.0 on boards: `Kling 3.0`, `kling-v3-pro`. `kling-o3` is another model."""


def video_boards(data: Boards) -> list[str]:
    """Boards on video, by name."""
    found = [b for b in data.index if clean(data.index[b]["modality"]) == "video"]
    return sorted(found, key=lambda b: clean(data.index[b]["name"]))


def copies(data: Boards) -> list[dict[str, Any]]:
    """One row a copy of a video board: its first, the best Kling, the best Kling 3.0; newest first."""
    rows: list[dict[str, Any]] = []
    for board in video_boards(data):
        for ranking in data.rankings(board):
            if not ranking.rows:
                continue
            first = ranking.rows[0].row
            kling = next(
                (r.row for r in ranking.rows if FAMILY.search(clean(r.row["model_name"]))), None
            )
            third = next(
                (r.row for r in ranking.rows if CLAIMED.search(clean(r.row["model_name"]))), None
            )
            rows.append(
                {
                    "board": board, "key": ranking.key, "as_of": ranking.as_of,
                    "period_end": first["period_end"], "first": clean(first["model_name"]),
                    "first_row": first["row_id"], "first_economy": clean(first["economy_id"]),
                    "first_score": first["score"], "kling": clean(kling["model_name"]) if kling else None,
                    "kling_rank": _rank(kling), "kling_row": kling["row_id"] if kling else None,
                    "third": clean(third["model_name"]) if third else None, "third_rank": _rank(third),
                    "third_row": third["row_id"] if third else None,
                    "whole": board not in data.best_only, "source_id": first["source_id"],
                    "known_on": first["known_on"], "status": first["status"],
                    "leads": first is third,
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: (row["period_end"], row["board"]), reverse=True)


def board_name(data: Boards, row: Row, t: Translator) -> str:
    """The name of a row's board."""
    return t.data(clean(data.index[str(row["benchmark_id"])]["name"]))


def _rank(row: Row | None) -> int | None:
    if row is None or row["rank"] is None or row["rank"] != row["rank"]:
        return None
    return int(row["rank"])


def title(catalogue: Catalogue, data: Boards, rows: list[dict[str, Any]]) -> str:
    """Which board had Kling 3.0 first, if any did."""
    t = catalogue.t
    first = [row for row in rows if row["leads"]]
    if first:
        oldest = min(first, key=lambda row: row["period_end"])
        return t(
            "Kling 3.0 is first on {n} of {m} board copies on file, from {day} on",
            n=t.number(len(first)), m=t.number(len(rows)), day=t.period(oldest["as_of"]),
        )  # fmt: skip
    placed = [row for row in rows if row["third_rank"]]
    if not placed:
        return t("No copy of a video board on file holds Kling 3.0")
    best = min(placed, key=lambda row: (row["third_rank"], row["period_end"]))
    return t(
        "On none of {m} board copies on file is Kling 3.0 first; its best rank is {n}, on {board} of {day}",
        m=t.number(len(rows)), n=t.number(best["third_rank"]),
        board=t.data(clean(data.index[best["board"]]["name"])), day=t.period(best["as_of"]),
    )  # fmt: skip


def before(data: Boards, rows: list[dict[str, Any]], t: Translator) -> str:
    """From when copies are on file, and what single pages claim for the time before."""
    begin = min(rows, key=lambda row: row["period_end"])
    said = [
        t(
            "Copies on file begin on {day}; what stood on a board before cannot be checked",
            day=t.period(begin["as_of"]),
        )
    ]
    claimed = [
        row
        for board in video_boards(data)
        for ranking in data.rankings(board)
        for row in ranking.beside
        if CLAIMED.search(clean(row["model_name"])) and _rank(row) == 1
    ]
    for row in claimed:
        said.append(
            t("One source says rank 1 for {model} on {board} in {day}; nobody has checked it",
              model=clean(row["model_name"]), board=board_name(data, row, t), day=t.period(clean(row["as_of"])))
        )  # fmt: skip
    return t.sentences(said)


def card(catalogue: Catalogue, data: Boards) -> Card:
    """Every copy of a video board on file: who was first, and where Kling stood."""
    t = catalogue.t
    rows = copies(data)
    if not rows:
        return Card(
            id="video",
            title=t("Video arenas"),
            empty=EmptyState(
                reason=t("No copy of a video board was known by then."),
                exists=t("Those on file run from March to August 2026."),
                title=t("No video board on file"),
            ),
        )

    def board(value: Any, row: Row) -> Safe:
        name = t.data(clean(data.index[row["board"]]["name"]))
        return h("a", name, href=links.board(str(row["board"]), str(row["key"])), data_go=True)

    def first(value: Any, row: Row) -> Safe:
        score = score_text(data.index[row["board"]], row["first_score"], t)
        return join(
            [
                swatch(row["first_economy"]),
                h("span", row["first"]),
                " ",
                num(score, row["first_row"]),
            ]
        )

    def place(name: str, row_id: str) -> Any:
        def show(value: Any, row: Row) -> Safe:
            if not row[name]:
                words = (
                    t("not on this board") if row["whole"] else t("only the best few are on file")
                )
                return h("span", words, cls="unk")
            rank = row[f"{name}_rank"]
            said = t("rank {n}", n=t.number(rank)) if rank else t("on it, without a rank")
            return join([h("span", row[name]), " ", num(said, row[row_id])])

        return show

    columns = (
        Column("board", t("Board"), show=board, strong=True),
        Column("as_of", t("Date"), show=lambda v, row: t.period(clean(v))),
        Column("first", t("First"), show=first),
        Column("third_cell", t("Kling 3.0"), show=place("third", "third_row"), sort="third_rank"),
        Column("kling_cell", t("Best Kling of any version"), show=place("kling", "kling_row"), sort="kling_rank",
               phone=False),
    )  # fmt: skip
    caption = t("Copies of video boards, newest first")
    frame = pd.DataFrame(rows)
    return Card(
        id="video",
        title=title(catalogue, data, rows),
        subtitle=t("First of each copy of a video board, and where Kling stood; every copy is a ranking of its own"),
        # What is known of Kling, and what is only said, before the copies that bear it out.
        body=join([
            h("p", before(data, rows, t), cls="fr-note"),
            table(columns, rows, caption=caption, unknown=t("not on file"), cls="lb-video"),
        ]),
        table=CardTable(
            frame,
            (
                Column("board", t("Board"), strong=True), Column("as_of", t("Date")),
                Column("first", t("First"), row_id="first_row"),
                Column("third", t("Kling 3.0"), row_id="third_row"),
                Column("third_rank", t("Rank"), "right"),
                Column("kling", t("Best Kling of any version"), row_id="kling_row"),
                Column("kling_rank", t("Rank"), "right"),
            ),
        ),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Arena and Artificial Analysis are different boards: their scores are never compared."),
        method=h("p", t(
            "Copies of the boards on file begin on {day}; what stood there before is not known. Kling 3.0 is told"
            " by its name on the board (Kling 3.0, kling-v3); kling-o3 is another model of the maker.",
            day=t.period(min(row["as_of"] for row in rows)),
        )),
    )  # fmt: skip


def digest(catalogue: Catalogue, data: Boards) -> Safe | None:
    """The digest's statements on Kling, and what single pages print without the board around it."""
    t = catalogue.t
    seen: dict[str, Row] = {}
    for board in video_boards(data):
        frame = queries_benchmarks.board_claims(catalogue.db, catalogue.as_of, board)
        for claim in frame.to_dict("records"):
            seen.setdefault(str(claim["claim_id"]), {str(k): v for k, v in claim.items()})
    said = claims(catalogue, [seen[key] for key in sorted(seen)])
    loose = [
        dict(row)
        for board in video_boards(data)
        for ranking in data.rankings(board)
        for row in ranking.beside
        if FAMILY.search(clean(row["model_name"]))
    ]
    parts: list[Safe | None] = [said]
    if loose:
        items = []
        for row in loose:
            score = score_text(data.index[str(row["benchmark_id"])], row["score"], t)
            rank = _rank(row)
            printed = t("{score}, rank {n}", score=score, n=t.number(rank)) if rank else score
            items.append(
                h(
                    "li",
                    h("b", clean(row["model_name"])),
                    h("span", t.parts((board_name(data, row, t), t.period(clean(row["as_of"]))))),
                    h("span", num(printed, clean(row["row_id"]))),
                    h("span", clean(row["note"]), lang="en", cls="fr-because"),
                )
            )
        heading = t("What single pages print; nobody has checked it")
        parts.append(h("div", h("h3", heading), h("ul", *items), cls="fr-breaks"))
    kept = [part for part in parts if part is not None]
    return join(kept) if kept else None
