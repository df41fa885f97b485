"""Beside a ranking: the dates of its board, the best of each economy, what the founding texts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from observatory.analysis import leaderboard as lb
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.db import queries_benchmarks
from observatory.db.frames import records
from observatory.views import common, labels, links
from observatory.views.benchmarks.boards import Boards, language_name
from observatory.views.benchmarks.page import Choice, date_label
from observatory.views.frontier.data import score_text
from observatory.views.frontier.page import metric
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
DATES: int = 8


def about(catalogue: Catalogue, data: Boards, chosen: Choice) -> Safe | None:
    """What the board is: language, direction, what is on file, whether levels compare over time."""
    t = catalogue.t
    board = data.index.get(chosen.board)
    if board is None:
        return None
    definition = clean(board["definition"])
    facts: list[tuple[str, Safe | str]] = [
        (t("Asks in"), language_name(lb.language_of(board["language_scope"]), t)),
        (t("Measures"), metric(board, t)),
        (t("On file"), t.parts((
            t.n("{n} score", "{n} scores", int(board["n_rows"])),
            t.n("{n} date", "{n} dates", int(board["n_dates"])),
        ))),
    ]  # fmt: skip
    if int(board["n_self_reported"]):
        facts.append(
            (t("Reported by makers"), t.n("{n} score", "{n} scores", int(board["n_self_reported"])))
        )
    series = data.scaled.get(chosen.board)
    if series:
        link = h("a", t("frontier gap on this board"), href=links.link("/frontier", board=series),
                 data_go=True)  # fmt: skip
        facts.append((t("Over time"), link))
    else:
        facts.append((t("Over time"), t("no declared scale: dates are not compared")))
    items = [join([h("dt", name), h("dd", said)]) for name, said in facts]
    return h(
        "div",
        h("h3", t("About this board")),
        h("p", t.data(definition), lang=t.data_lang(definition), cls="lb-def"),
        h("dl", join(items)),
        cls="fr-breaks lb-about",
    )


def dates_card(catalogue: Catalogue, data: Boards, chosen: Choice) -> Card | None:
    """Who was first on each date of the board; every date stands for itself."""
    t = catalogue.t
    found = [one for one in data.rankings(chosen.board) if one.rows]
    if len(found) < 2:
        return None
    board = data.index[chosen.board]
    rows = [
        {
            **one.rows[0].row, "key": one.key, "label": date_label(one, t), "n": len(one.rows),
            "shared": one.rows[0].tied,
        }
        for one in found
    ]  # fmt: skip
    leaders = {clean(row["model_name"]) for row in rows}

    def date(value: Any, row: Row) -> Safe:
        href = links.board(chosen.board, str(row["key"]))
        return h("a", row["label"], href=href, data_go=True,
                 cls="on" if row["key"] == chosen.date else None)  # fmt: skip

    def first(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        name = clean(row["model_name"])
        known = clean(row["model_id"])
        link = h("a", name, href=links.model(known), data_go=True) if known else h("span", name)
        return join([swatch(code) if code else None, link])

    columns = (
        Column("label", t("Date"), show=date, sort="period_end"),
        Column("model_name", t("First on file"), show=first),
        Column("score", t("Score"), "right", lambda v, row: score_text(board, v, t), row_id="row_id",
               sort=False),
        Column("n", t("Models"), "right"),
    )  # fmt: skip
    caption = t("First on each date of the board")
    body = table(columns, rows[:DATES], caption=caption, unknown=t("not known"), cls="lb-dates")
    if len(rows) > DATES:
        more = t.n("{n} earlier date", "{n} earlier dates", len(rows) - DATES)
        rest = table(columns, rows[DATES:], caption=more, unknown=t("not known"), cls="lb-dates")
        body = h("div", body, h("details", h("summary", more), rest, cls="e-more"))
    frame = pd.DataFrame(rows)
    return Card(
        id="dates",
        title=t.n(
            "{n} model came first in {m} rankings", "{n} models have been first over {m} dates",
            len(leaders), m=t.number(len(rows)),
        ),
        subtitle=t("Each date is a ranking of its own; scores of two dates are not compared"),
        body=body,
        table=CardTable(
            frame,
            (
                Column("label", t("Date")), Column("model_name", t("First on file"), strong=True),
                Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
            ),
        ),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download"),
    )  # fmt: skip


def economies_card(catalogue: Catalogue, data: Boards, chosen: Choice) -> Card | None:
    """The best placed model of each economy in this ranking."""
    t = catalogue.t
    ranking = data.ranking(chosen.board, chosen.date)
    if ranking is None or not ranking.rows:
        return None
    board = data.index[chosen.board]
    best: dict[str, lb.Ranked] = {}
    counts: dict[str, int] = {}
    for ranked in ranking.rows:
        code = clean(ranked.row["economy_id"])
        if code:
            best.setdefault(code, ranked)
            counts[code] = counts.get(code, 0) + 1
    if len(best) < 2:
        return None
    rows = [
        {
            **ranked.row, "economy": code, "name": catalogue.name(code), "n": counts[code],
            "place": int(ranked.row["rank"]) if ranked.row["rank"] == ranked.row["rank"] and ranked.row["rank"]
            else ranked.place,
        }
        for code, ranked in best.items()
    ]  # fmt: skip

    def who(value: Any, row: Row) -> Safe:
        link = h("a", row["name"], href=links.economy(row["economy"]), data_go=True, cls="fr-e")
        known, name = clean(row["model_id"]), clean(row["model_name"])
        model = h("a", name, href=links.model(known), data_go=True) if known else h("span", name)
        return join([swatch(row["economy"]), link, h("span", model, cls="fr-m")])

    columns = (
        Column("name", t("Economy"), show=who),
        Column("place", t("Best rank"), "right"),
        Column("score", t("Score"), "right", lambda v, row: score_text(board, v, t), row_id="row_id",
               sort=False),
        Column("n", t("Models on file"), "right"),
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    first = rows[0]
    return Card(
        id="byeconomy",
        title=t.n("Models of {n} economy stand on it", "Models of {n} economies stand on it", len(rows)),
        subtitle=t("Best model of each economy, {date}", date=date_label(ranking, t)),
        body=table(columns, rows, caption=t("Best model of each economy"), unknown=t("not known"), cls="fr-today"),
        table=CardTable(
            frame,
            (
                Column("name", t("Economy"), strong=True), Column("model_name", t("Model")),
                Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
            ),
        ),
        receipt=str(first["row_id"]),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("table", "download"),
    )  # fmt: skip


def claims(catalogue: Catalogue, rows: Sequence[Row]) -> Safe | None:
    """Statements of the founding texts with their verdicts."""
    t = catalogue.t
    if not rows:
        return None
    items = [
        h(
            "li",
            h("b", labels.verdict(clean(row["verdict"]), t), cls=f"lb-v {clean(row['verdict'])}"),
            h("span", clean(row["statement"]), lang="en"),
            h("span", clean(row["evidence"]), lang="en", cls="fr-because"),
            num(t("receipt"), clean(row["row_id"]), cls="num soft"),
        )
        for row in rows
    ]
    return h(
        "div", h("h3", t("What the founding digest said")), h("ul", join(items)), cls="fr-breaks"
    )


def board_claims(catalogue: Catalogue, board: str) -> Safe | None:
    """Claims that bear on a board."""
    frame = queries_benchmarks.board_claims(catalogue.db, catalogue.as_of, board)
    return claims(catalogue, records(frame))
