"""Who leads in which language: one board a language, chosen by a stated rule, none mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from observatory.analysis import leaderboard as lb
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import common, links
from observatory.views.benchmarks.boards import Boards, language_name
from observatory.views.frontier.data import score_text
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
ENOUGH: Final = 8
"""Models from which on a ranking is preferred for its language."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A language with the ranking that stands for it; `board` is empty where none can. `home`:
    a further, older ranking, since the first holds no model of the language's own economies."""

    language: str
    board: str
    ranking: lb.Ranking | None
    home: bool = False


def eligible(data: Boards, board: str) -> lb.Ranking | None:
    """The newest ranking of a board that may stand for its language: asked in text, not reported
    by makers, whole, at least five models of two or more economies."""
    row = data.index[board]
    if clean(row["modality"]) != "text" or clean(row["subject"]) != "model":
        return None
    if board in data.best_only:
        return None
    for ranking in data.rankings(board):
        economies = {clean(r.row["economy_id"]) for r in ranking.rows} - {""}
        if (
            not ranking.self_reported
            and len(ranking.rows) >= lb.LEADERS_FROM
            and len(economies) > 1
        ):
            return ranking
    return None


def picks(data: Boards) -> list[Pick]:
    """One ranking a language: newest first among those of eight models and more."""
    found: list[Pick] = []
    for language in lb.LANGUAGES:
        boards = [
            b for b in data.ids if lb.language_of(data.index[b]["language_scope"]) == language
        ]
        if not boards:
            continue
        ranked = [(b, ranking) for b in boards if (ranking := eligible(data, b)) is not None]

        def key(pair: tuple[str, lb.Ranking]) -> tuple[bool, Any, int, str]:
            board, ranking = pair
            last = max(r.row["period_end"] for r in ranking.rows)
            return len(ranking.rows) >= ENOUGH, last, len(ranking.rows), board

        best = max(ranked, key=key, default=None)
        found.append(Pick(language, best[0], best[1]) if best else Pick(language, "", None))
        if best is None or _holds_home(language, best[1]):
            continue
        local = [pair for pair in ranked if _holds_home(language, pair[1])]
        if local:
            found.append(Pick(language, *max(local, key=key), home=True))
    return found


def _holds_home(language: str, ranking: lb.Ranking) -> bool:
    """Whether a ranking holds a model of an economy where the language is at home."""
    homes = lb.HOMES.get(language, ())
    return not homes or any(clean(r.row["economy_id"]) in homes for r in ranking.rows)


def _best(ranking: lb.Ranking) -> dict[str, lb.Ranked]:
    found: dict[str, lb.Ranked] = {}
    for ranked in ranking.rows:
        code = clean(ranked.row["economy_id"])
        if code:
            found.setdefault(code, ranked)
    return found


def _place(ranked: lb.Ranked) -> int:
    rank = ranked.row["rank"]
    return int(rank) if rank == rank and rank else ranked.place


def matrix_card(catalogue: Catalogue, data: Boards) -> Card:
    """Languages by economies: the rank of each economy's best model on one board a language."""
    t = catalogue.t
    rows = picks(data)
    shown = [pick for pick in rows if pick.ranking is not None]
    none = [language_name(pick.language, t) for pick in rows if pick.ranking is None]
    present: Counter[str] = Counter()
    for pick in shown:
        if pick.ranking:
            present.update(_best(pick.ranking).keys())
    order = [code for code in (*SCOPE, "USA") if code in present]
    lines: list[dict[str, Any]] = []
    body: list[Safe] = []
    leaders: Counter[str] = Counter()
    for pick in shown:
        ranking = pick.ranking
        if ranking is None:
            continue
        board = data.index[pick.board]
        best = _best(ranking)
        leader = ranking.leader
        code_of_leader = clean(leader["economy_id"]) if leader else ""
        if pick.language not in ("multi", "en") and not pick.home:
            leaders[code_of_leader] += 1
        cells: list[Safe] = []
        for code in order:
            ranked = best.get(code)
            if ranked is None:
                cells.append(h("td", h("span", "–"), cls="r unk"))
                continue
            home = code in lb.HOMES.get(pick.language, ())
            cls = " ".join(
                filter(
                    None,
                    (
                        "r",
                        "lead" if code == code_of_leader and _place(ranked) == 1 else "",
                        "home" if home else "",
                    ),
                )
            )
            cells.append(
                h("td", num(t.number(_place(ranked)), clean(ranked.row["row_id"])), cls=cls)
            )
            lines.append(
                {
                    **ranked.row, "language": language_name(pick.language, t), "place": _place(ranked),
                    "board": t.data(clean(board["name"])), "economy": catalogue.name(code),
                }
            )  # fmt: skip
        name = h(
            "a",
            t.data(clean(board["name"])),
            href=links.board(pick.board, ranking.key),
            data_go=True,
        )
        count = t.parts(
            (t.period(ranking.as_of), t.n("{n} model", "{n} models", len(ranking.rows)))
        )
        first = clean(ranking.rows[0].row["model_name"])
        own = None
        if data.self_run(ranking.rows[0].row):
            own = h("span", t("its maker runs the board"), cls="lb-mark")
        body.append(
            h(
                "tr",
                h(
                    "th",
                    t("… with a local model") if pick.home else language_name(pick.language, t),
                    scope="row",
                    cls="lb-home" if pick.home else None,
                ),
                h("td", name, h("span", count, cls="fr-p")),
                h(
                    "td",
                    swatch(clean(ranking.rows[0].row["economy_id"])),
                    first,
                    own,
                    cls="lb-first",
                ),
                *cells,
            )
        )
    head = h(
        "tr",
        h("th", t("Language"), scope="col"),
        h("th", t("Board"), scope="col"),
        h("th", t("First on file"), scope="col"),
        *(
            h("th", h("abbr", code, title=catalogue.name(code)), scope="col", cls="r")
            for code in order
        ),
    )
    caption = t("Rank of the best model of each economy, by language")
    grid = h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(body)),
             cls="tb lb-matrix")  # fmt: skip
    frame = pd.DataFrame(lines)
    return Card(
        id="languages",
        title=_title(catalogue, leaders),
        subtitle=t("Rank of each economy’s best model on one board a language; home economies in bold, the first"
                   " shaded. A dash: no model of it on that board"),
        body=h("div", grid, cls="tbwrap", tabindex="0", role="region", aria_label=caption),
        after=h("p", t("No independent board of five models and two economies: {languages}.",
                       languages=t.list(none)), cls="fr-note") if none else None,
        table=CardTable(
            frame,
            (
                Column("language", t("Language"), strong=True), Column("board", t("Board")),
                Column("economy", t("Economy")), Column("model_name", t("Its best")),
                Column("place", t("Rank"), "right"),
                Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
                Column("as_of", t("Date"), show=lambda v, row: t.period(clean(v))),
            ),
        ) if len(frame) else None,
        sources=common.sources_of(catalogue, frame) if len(frame) else (),
        statuses=common.statuses_of(frame) if len(frame) else (),
        caveat=t("Ranks are those the board prints, else places among the rows on file."),
        method=h("p", t(
            "For each language the newest ranking stands, of boards in text that no maker reports itself, with"
            " at least eight models (else five) of two or more economies. Boards of which only the best few"
            " models of each economy are on file are left out. Where that ranking holds no model of the language’s"
            " own economies, the newest that does stands below it. Nothing is averaged over boards."
        )),
    )  # fmt: skip


def _title(catalogue: Catalogue, leaders: Counter[str]) -> str:
    t = catalogue.t
    total = leaders.total()
    if not total:
        return t("Who leads in which language")
    parts = [
        t("{economy} {n}", economy=catalogue.name(code), n=t.number(n))
        for code, n in leaders.most_common()
        if code
    ]
    return t.n(
        "First in {n} language beside English: {economies}",
        "First in {n} languages beside English: {economies}", total, economies=t.list(parts),
    )  # fmt: skip


def boards_card(catalogue: Catalogue, data: Boards) -> Card:
    """Every board by language with the first of its newest ranking; maker reports are marked."""
    t = catalogue.t
    rows: list[dict[str, Any]] = []
    for board in data.ids:
        row = data.index[board]
        ranking = data.ranking(board, None)
        if ranking is None or not ranking.rows:
            continue
        first = ranking.rows[0].row
        rows.append(
            {
                **first, "board": board, "key": ranking.key, "n": len(ranking.rows), "b": row,
                "name": t.data(clean(row["name"])), "self": ranking.self_reported,
                "language": language_name(lb.language_of(row["language_scope"]), t),
                "leads": ranking.leader is not None,
            }
        )  # fmt: skip
    own = sum(row["self"] for row in rows)

    def name(value: Any, row: Row) -> Safe:
        link = h(
            "a", row["name"], href=links.board(str(row["board"]), str(row["key"])), data_go=True
        )
        mark = h("span", t("reported by makers"), cls="lb-mark") if row["self"] else None
        return join([link, mark])

    def first_cell(value: Any, row: Row) -> Safe:
        if not row["leads"]:
            return h("span", _no_leader(row, t), cls="unk")
        return join([swatch(clean(row["economy_id"])), h("span", clean(row["model_name"]))])

    columns = (
        Column("language", t("Language")),
        Column("name", t("Board"), show=name, strong=True),
        Column("as_of", t("Date"), show=lambda v, row: t.period(clean(v)), phone=False),
        Column("model_name", t("First on file"), show=first_cell),
        Column("score", t("Score"), "right", lambda v, row: score_text(row["b"], v, t), row_id="row_id",
               sort=False),
        Column("n", t("Models"), "right"),
    )  # fmt: skip
    caption = t("All boards")
    frame = pd.DataFrame([{k: v for k, v in row.items() if k != "b"} for row in rows])
    return Card(
        id="boards",
        title=t("{n} boards with scores on file; on {m} a maker reports itself",
                n=t.number(len(rows)), m=t.number(own)),
        subtitle=t("Newest ranking of each board. Boards of different languages, versions and harnesses are"
                   " never mixed"),
        body=h("div", h("details", h("summary", t("Show all boards")),
               table(columns, rows, caption=caption, unknown=t("not known"), cls="lb-all"), cls="e-more")),
        table=CardTable(
            frame,
            (
                Column("language", t("Language")), Column("name", t("Board"), strong=True),
                Column("as_of", t("Date"), show=lambda v, row: t.period(clean(v))),
                Column("model_name", t("First on file")),
                Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
            ),
        ) if len(frame) else None,
        sources=common.sources_of(catalogue, frame) if len(frame) else (),
        statuses=common.statuses_of(frame) if len(frame) else (),
        actions=("table", "download"),
    )  # fmt: skip


def _no_leader(row: Row, t: Translator) -> str:
    if row["n"] < lb.LEADERS_FROM:
        return t.n("{n} model only", "{n} models only", int(row["n"]))
    return t("shared")
