"""Every economy on several boards: the lag, or why there is none. Boards are never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.model.scope import SCOPE
from observatory.views import common, links
from observatory.views.frontier.data import WORLD, Board, Frontier, score_text
from observatory.views.frontier.page import board_link, board_name
from observatory.views.frontier.tables import cells, line_of
from observatory.views.frontier.words import short, sure
from observatory.views.measures import Catalogue

MATRIX_BOARDS: Final = 7


def matrix_boards(data: Frontier) -> list[Board]:
    """Boards of the overview: each economy's own default first, then those with most economies."""
    chosen = [board for code in SCOPE if (board := data.default(code)) and data.order(code)]
    often = sorted(
        data.boards.values(),
        key=lambda b: (-len(set(b.last.economies()) & set(SCOPE)), -len(b.last.entries), b.id),
    )
    first = sorted(
        dict.fromkeys(b.id for b in chosen), key=lambda i: -sum(b.id == i for b in chosen)
    )
    return [data.boards[i] for i in dict.fromkeys([*first, *(b.id for b in often)])][:MATRIX_BOARDS]


def matrix_card(catalogue: Catalogue, data: Frontier, wanted: Sequence[str]) -> Card | None:
    """Every economy on several boards: the lag, or why there is none."""
    t = catalogue.t
    boards = matrix_boards(data)
    if not boards:
        return None
    members = [code for code in wanted if code in SCOPE]
    lines = [
        {**line_of(data, b.last, code, WORLD), "name": catalogue.name(code), "board": b.id,
         "board_name": board_name(b.row, t), "how": sure(b.last.lag(code, WORLD), b.last, t)}
        for code in members for b in boards
    ]  # fmt: skip
    held = [line for line in lines if line["row_id"]]
    nowhere = [catalogue.name(c) for c in members if not any(x["economy"] == c for x in held)]

    def cell(line: dict[str, Any], board: Board) -> Safe:
        href = links.frontier(line["economy"], board.id)
        if not line["row_id"]:
            return h("td", h("span", t("not on it"), cls="unk"), cls="r")
        lag = line["lag"]
        leads = line["gap"] is not None and line["gap"] <= 0
        words = t("leads") if leads else short(lag, t)
        plain = not leads and not lag.says
        link = h("a", words, href=href, data_go=True, cls="unk" if plain else "fr-lag")
        points = None
        if not leads and line["gap"] is not None:
            points = h(
                "span", num(score_text(board.row, line["score"], t), line["row_id"]), cls="fr-p"
            )
        return h("td", link, points, cls="r")

    head = h("tr", h("th", t("Economy"), scope="col"),
             *(h("th", board_link(b.row, t), h("span", t.period(b.when), cls="fr-p"), scope="col", cls="r")
               for b in boards))  # fmt: skip
    body = []
    for code in members:
        if not any(line["economy"] == code for line in held):
            continue
        own = [line for line in lines if line["economy"] == code]
        name = h("a", catalogue.name(code), href=links.economy(code), data_go=True)
        body.append(
            h("tr", h("th", swatch(code), name, scope="row"),
              *(cell(line, b) for line, b in zip(own, boards, strict=True)))
        )  # fmt: skip
    caption = t("Months behind the rest of the world, by economy and board")
    grid = h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(body)),
             cls="tb fr-matrix")  # fmt: skip
    if not held:
        return Card(
            id="matrix",
            title=t("Every economy"),
            empty=EmptyState(
                reason=t("No board with a declared scale holds a model of these economies."),
                exists=t("Boards hold models of China, Japan, South Korea and others."),
                title=t("No board on file"),
            ),
        )
    measured = {line["economy"] for line in held if line["lag"].says}
    frame = pd.DataFrame(held)
    after = None
    if nowhere:
        after = h("p", t("On no board with a declared scale: {economies}.", economies=t.list(nowhere)),
                  cls="fr-note")  # fmt: skip
    return Card(
        id="matrix",
        title=t(
            "For {n} of {m} economies the lag behind the frontier can be said on one of these boards",
            n=t.number(len(measured)), m=t.number(len(members)),
        ),
        subtitle=t("Months behind the best model of the rest of the world, with the score of its best model;"
                   " each board stands alone"),
        body=h("div", grid, cls="tbwrap", tabindex="0", role="region", aria_label=caption),
        after=after,
        table=cells(catalogue, held, t("Economy")),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download"),
    )  # fmt: skip
