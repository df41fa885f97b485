"""The frontier page's tables: who stands where now, why lines break, other boards, every economy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from observatory.analysis import frontier as fr
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, swatch
from observatory.cards.table import table
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, links
from observatory.views.frontier.data import WORLD, Block, Board, Frontier, score_text
from observatory.views.frontier.page import Ask, board_name, other_side
from observatory.views.frontier.words import bare, behind, break_reason, made_of, short, sure
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]


def line_of(data: Frontier, block: Block, economy: str, other: str) -> dict[str, Any]:
    """One economy on one scale now: its best, the gap in points, the lag; None without a model."""
    mine = block.now(economy)
    theirs = block.against(economy, other)
    if block.days:
        theirs = [entry for entry in theirs if entry.end == block.days[-1]]
    leader = fr.best(theirs, block.higher)
    lag = block.lag(economy, other)
    source = data.rows[mine.row_id] if mine else None
    wide = fr.gap_interval(mine, leader, block.higher) if mine and leader else None
    return {
        "economy": economy,
        "mine": mine.name if mine else None,
        "model_id": clean(source["model_id"]) if source else "",
        "score": mine.score if mine else None,
        "row_id": mine.row_id if mine else None,
        "leader": leader.name if leader else None,
        "leader_score": leader.score if leader else None,
        "leader_row": leader.row_id if leader else None,
        "gap": fr.gap(mine, leader, block.higher) if mine and leader else None,
        "gap_low": wide[0] if wide else None,
        "gap_high": wide[1] if wide else None,
        "months": lag.months if lag.says else None,
        "lag": lag,
        "kind": lag.kind,
        "first": lag.theirs.name if lag.theirs else None,
        "first_row": lag.theirs.row_id if lag.theirs else None,
        "source_id": source["source_id"] if source else None,
        "known_on": source["known_on"] if source else None,
        "status": source["status"] if source else None,
    }


def cells(catalogue: Catalogue, rows: Sequence[dict[str, Any]], name: str) -> CardTable:
    """The exact values behind a table of lags, each with its receipt."""
    t = catalogue.t
    frame = pd.DataFrame([{k: v for k, v in row.items() if k != "lag"} for row in rows])
    columns = (
        Column("name", name, strong=True),
        Column("mine", t("Its best")),
        Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
        Column("leader", t("Best of the other side")),
        Column("leader_score", t("Score"), "right", lambda v, row: t.exact(v), row_id="leader_row"),
        Column("gap", t("Points"), "right", lambda v, row: t.number(v, 3)),
        Column("first", t("First as good"), row_id="first_row"),
        Column("months", t("Months"), "right", lambda v, row: t.number(v, 2)),
        Column("how", t("How sure")),
    )
    return CardTable(frame, columns)


def model_cell(row: Row) -> Safe:
    """A model's name, linked to its page where it has one."""
    name = clean(row["mine"])
    if not row["model_id"]:
        return h("span", name)
    return h("a", name, href=links.model(str(row["model_id"])), data_go=True)


def today_card(
    catalogue: Catalogue, data: Frontier, asked: Ask, wanted: Sequence[str]
) -> Card | None:
    """Economies on the board now: best model, score, points and months behind."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    if board is None:
        return None
    block = board.last
    present = set(block.economies())
    order = [code for code in (asked.economy, *wanted, *COMPARATORS) if code in present]
    rows = [
        {
            **line_of(data, block, code, asked.other),
            "name": catalogue.name(code),
            "how": sure(block.lag(code, asked.other), block, t),
        }
        for code in dict.fromkeys(order)
        if block.now(code) is not None and code != asked.other
    ]
    sign = -1 if block.higher else 1
    rows.sort(key=lambda row: (sign * row["score"], row["name"]))
    if not rows:
        return None
    other = other_side(catalogue, asked.other)

    def who(value: Any, row: Row) -> Safe:
        link = h("a", row["name"], href=links.economy(row["economy"]), data_go=True, cls="fr-e")
        return join([swatch(row["economy"]), link, h("span", model_cell(row), cls="fr-m")])

    def gap(value: Any, row: Row) -> Safe | str:
        if row["gap"] is None:
            return t("no one to compare")
        if row["gap"] <= 0:
            return made_of(t("leads"), "today")
        shown = score_text(board.row, row["gap"], t)
        return made_of(shown, "today")

    def lag(value: Any, row: Row) -> Safe | str:
        said = row["lag"]
        if row["gap"] is not None and row["gap"] <= 0:
            return "–"
        return made_of(bare(said, t), "today") if said.says else short(said, t)

    columns = (
        Column("name", t("Economy"), show=who),
        Column("score", t("Score"), "right", lambda v, row: score_text(board.row, v, t),
               row_id="row_id"),
        Column("gap", t("Points behind"), "right", gap),
        Column("months", t("Months behind"), "right", lag, sort=False),
    )  # fmt: skip
    body = table(
        columns, rows, caption=t("On the board now"), unknown=t("not measurable"), cls="fr-today"
    )
    ranged = next(
        (r for r in rows if r["economy"] == asked.economy and r["gap_low"] is not None), None
    )
    subtitle = t("Behind {other}, {day}", other=other, day=t.period(board.when))
    after = None
    if ranged and ranged["gap"] > 0:
        after = h("p", t(
            "Points of {economy}: {low} to {high} by the board’s own intervals",
            economy=ranged["name"], low=score_text(board.row, max(ranged["gap_low"], 0), t),
            high=score_text(board.row, ranged["gap_high"], t),
        ), cls="fr-note")  # fmt: skip
    frame = pd.DataFrame(rows)
    return Card(
        id="today",
        title=_today_title(catalogue, rows, asked),
        subtitle=subtitle,
        body=body,
        after=_printed_first(data, block, t, after),
        table=cells(catalogue, rows, t("Economy")),
        sources=common.sources_of(catalogue, frame),
        vintage=t.period(board.when),
        statuses=common.statuses_of(frame),
        actions=("table", "download"),
    )


def _today_title(catalogue: Catalogue, rows: Sequence[dict[str, Any]], asked: Ask) -> str:
    t = catalogue.t
    ranked = [row for row in rows if row["economy"] in SCOPE]
    place = next((i for i, row in enumerate(ranked, 1) if row["economy"] == asked.economy), None)
    if place is None or len(ranked) < 2:
        return t("On the board now")
    return t(
        "{economy} is {rank} among the thirteen on this board",
        economy=catalogue.name(asked.economy),
        rank=t.rank(place, len(ranked)),
    )


def _printed_first(data: Frontier, block: Block, t: Any, after: Safe | None) -> Safe | None:
    """Say so where the board's first place is not on file: the frontier may be higher."""
    top = block.now(WORLD)
    row = data.rows.get(top.row_id) if top else None
    if row is None or row["rank"] != row["rank"] or not row["rank"] or int(row["rank"]) <= 1:
        return after
    if block.coverage == "best":
        return after
    note = h("p", t("The board prints a better model whose maker is not known; it is not on file."),
             cls="fr-note")  # fmt: skip
    return join([after, note])


def breaks_panel(catalogue: Catalogue, data: Frontier, asked: Ask) -> Safe | None:
    """Why the line breaks: one entry a scale or gap, the words of the file behind it."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    if board is None:
        return None
    spans: list[tuple[date, date, str, str, Block | None]] = [
        (b.start, b.end, b.why, b.because, b) for b in board.blocks
    ]
    spans += [(g.start, g.end, g.why, g.because, None) for g in board.gaps]
    items: list[Safe] = []
    for start, end, why, because, block in sorted(spans, key=lambda s: s[0]):
        when = t.date(start) if start == end else t.period(f"{start}/{end}")
        lead = break_reason(why, because, t)
        head = h("b", when, cls="fr-when" if block is None else "fr-when on")
        # What was measured opens under its reason: a board with many breaks stays as short as its charts.
        words = h("span", because, lang="en", cls="fr-because")
        items.append(h("li", head, h("details", h("summary", t.sentences([lead])), words) if because
                       else h("span", t.sentences([lead]))))  # fmt: skip
        if block is not None and block.whole_from and block.whole_from > block.start:
            items.append(
                h("li", h("b", t("Before {day}", day=t.date(block.whole_from)), cls="fr-when"),
                  h("span", t("Copies hold only the top of the board: economies further down have no line yet.")))
            )  # fmt: skip
        if block is not None and block.coverage == "best":
            items.append(
                h("li", h("b", when, cls="fr-when"),
                  h("span", t("Of each economy only the best few models are on file.")))
            )  # fmt: skip
    several = len(board.blocks) > 1 or bool(board.gaps)
    title = t("Why the line breaks") if several else t("What holds the scale together")
    return h("div", h("h3", title), h("ul", join(items)), cls="fr-breaks")


def boards_card(catalogue: Catalogue, data: Frontier, asked: Ask) -> Card | None:
    """The economy on every board with a declared scale; nothing is averaged over boards."""
    t = catalogue.t
    boards = data.order(asked.economy, asked.other)
    rows: list[dict[str, Any]] = []
    for board in boards:
        if asked.other != WORLD and board.last.now(asked.other) is None:
            continue
        how = sure(board.last.lag(asked.economy, asked.other), board.last, t)
        rows.append(
            {
                **line_of(data, board.last, asked.economy, asked.other),
                "name": board_name(board.row, t), "board": board, "day": board.day,
                "when": board.when,
                "how": how,
            }
        )  # fmt: skip
    if not rows:
        return Card(
            id="boards",
            title=t("Do other boards agree?"),
            empty=EmptyState(
                reason=t("No board with a declared scale holds a model of this economy."),
                exists=t("Leaderboards list all boards, those without a scale too."),
                action_label=t("Leaderboards"),
                action_href="/benchmarks",
                title=t("No board on file"),
            ),
        )
    who = catalogue.say(asked.economy)
    said = [row for row in rows if row["lag"].says and row["gap"] is not None and row["gap"] > 0]
    exact = [row for row in said if row["kind"] == "exact" and row["months"] >= 0.05]
    if len(exact) > 1:
        low, high = min(r["months"] for r in exact), max(r["months"] for r in exact)
        name = t(
            "Measured on {n} boards, {economy} is {low} to {high} months behind",
            n=t.number(len(exact)), economy=who, low=t.number(low, 1), high=t.number(high, 1),
        )  # fmt: skip
    elif not said:
        name = t("No board gives a lag of {economy} in months", economy=who)
    else:
        name = t.n(
            "The lag of {economy} can be said on {n} board",
            "The lag of {economy} can be said on {n} boards", len(said), economy=who,
        )  # fmt: skip

    def board_cell(value: Any, row: Row) -> Safe:
        board: Board = row["board"]
        return h(
            "a", row["name"], href=links.frontier(asked.economy, board.id), data_go=True,
            cls="on" if board.id == asked.board else None,
        )  # fmt: skip

    def score(value: Any, row: Row) -> str:
        return score_text(row["board"].row, value, t)

    def gap(value: Any, row: Row) -> Safe | str:
        if row["gap"] is None:
            return t("no one to compare")
        return made_of(
            t("leads") if row["gap"] <= 0 else score_text(row["board"].row, row["gap"], t), "boards"
        )

    def lag(value: Any, row: Row) -> Safe | str:
        if row["gap"] is not None and row["gap"] <= 0:
            return "–"
        words = behind(row["lag"], t)
        if row["kind"] == "first":
            return t("first at its level")
        return made_of(words, "boards") if words else t("not measurable")

    columns = (
        Column("name", t("Board"), show=board_cell, strong=True),
        Column("day", t("On"), show=lambda v, row: t.period(row["when"])),
        Column("mine", t("Its best"), show=lambda v, row: model_cell(row)),
        Column("score", t("Score"), "right", score, row_id="row_id", sort=False),
        Column("gap", t("Points behind"), "right", gap, sort=False),
        Column("months", t("Time behind"), "right", lag),
        Column("how", t("How sure"), phone=False, sort=False),
    )
    caption = t("The economy on every board with a declared scale")
    shown = 10
    body = table(
        columns, rows[:shown], caption=caption, unknown=t("not measurable"), cls="fr-boards"
    )
    if len(rows) > shown:
        more = t.n("{n} more board", "{n} more boards", len(rows) - shown)
        rest = table(
            columns, rows[shown:], caption=more, unknown=t("not measurable"), cls="fr-boards"
        )
        body = h("div", body, h("details", h("summary", more), rest, cls="e-more"))
    frame = pd.DataFrame(rows)
    return Card(
        id="boards",
        title=sentence(name),
        subtitle=t("{economy} behind {other} on each board; boards are never averaged",
                   economy=catalogue.name(asked.economy), other=other_side(catalogue, asked.other)),
        body=body,
        table=cells(catalogue, rows, t("Board")),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download"),
    )  # fmt: skip
