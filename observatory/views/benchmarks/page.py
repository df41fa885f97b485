"""The leaderboard page: what was asked, and the ranking of one board on one of its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from observatory.analysis import leaderboard as lb
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, svg, swatch
from observatory.cards.states import banner
from observatory.cards.table import table
from observatory.charts.palette import palette
from observatory.charts.svg.leaderboard import IntervalSpec, interval_strips
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.benchmarks.boards import Boards, language_name
from observatory.views.frontier.data import score_text
from observatory.views.frontier.page import metric
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

VIEWS: Final = ("board", "languages", "safety", "video")
SHOWN: Final = 25
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """View, board and the key of its ranking; texts are empty where nothing is on file."""

    view: str
    board: str
    date: str


def choice(data: Boards, extra: Mapping[str, str]) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used."""
    bad: list[tuple[str, str]] = []
    view = extra.get("view", "board")
    if view not in VIEWS:
        bad.append(("view", view))
        view = "board"
    board = extra.get("board", "")
    if board and board not in data.index:
        bad.append(("board", board))
        board = ""
    board = board or data.default
    key = extra.get("date", "")
    if key and not any(one.key == key for one in data.rankings(board)):
        bad.append(("date", key))
        key = ""
    ranking = data.ranking(board, key)
    return Choice(view, board, ranking.key if ranking else ""), tuple(bad)


def notes(bad: Sequence[tuple[str, str]], t: Translator) -> Safe | None:
    """A line above the page for each choice that could not be used."""
    said: list[Safe] = []
    for name, value in bad:
        if name == "board":
            lead = t("“{value}” is no board on file.", value=value)
            rest = t("Showing the general text arena.")
        elif name == "date":
            lead = t("“{value}” is no date of this board.", value=value)
            rest = t("Showing its newest.")
        else:
            lead = t("“{value}” is no view of this page.", value=value)
            rest = t("Showing one board.")
        said.append(banner("link", lead, rest, warn=True))
    return join(said) if said else None


def board_label(row: Row, t: Translator) -> str:
    """Name and language of a board, for the choice box."""
    language = language_name(lb.language_of(row["language_scope"]), t)
    return t("{board} ({language})", board=t.data(clean(row["name"])), language=language)


def date_label(ranking: lb.Ranking, t: Translator) -> str:
    """A ranking's date with what sets it apart."""
    when = t.period(ranking.as_of)
    if ranking.setting:
        return t("{date}: {setting}", date=when, setting=ranking.setting)
    return when


def model_cell(data: Boards, row: Row, t: Translator) -> Safe:
    """A model's name, linked to its page where it has one, with its maker and its marks."""
    name = clean(row["model_name"])
    known = clean(row["model_id"])
    head = h("a", name, href=links.model(known), data_go=True) if known else h("span", name)
    under: list[Safe | str] = []
    org = clean(row["org_id"])
    if org:
        under.append(h("a", clean(row["org_name"]) or org, href=links.org(org), data_go=True))
    if lb.is_self_reported(row):
        under.append(h("span", reported_by(row, t), cls="lb-mark"))
    elif data.self_run(row):
        under.append(h("span", t("its maker runs the board"), cls="lb-mark"))
    return join([head, h("span", *under, cls="lb-maker")])


def reported_by(row: Row, t: Translator) -> str:
    """Who reports a score: the model's own maker, or another maker beside its own."""
    if clean(row["status"]) == "company_claim" or clean(row["note"]).startswith("self-reported"):
        return t("self-reported")
    return t("reported by {maker}", maker=clean(row["origin"]))


def _domain(rows: Sequence[lb.Ranked]) -> tuple[float, float]:
    values = [
        float(x)
        for ranked in rows
        for x in (ranked.row["score"], ranked.row["ci_low"], ranked.row["ci_high"])
        if x == x
    ]
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def ranking_table(
    data: Boards, ranking: lb.Ranking, board: Row, t: Translator, catalogue: Catalogue,
    shown: int = SHOWN, *, compact: bool = False,
) -> Safe:  # fmt: skip
    """The rows of a ranking: rank, model, economy, score, interval, tier."""
    printed = all(r.row["rank"] == r.row["rank"] and r.row["rank"] for r in ranking.rows)
    domain = _domain(ranking.rows[:shown]) if ranking.rows else (0.0, 1.0)
    first = ranking.rows[0].row if ranking.rows else None
    mark = None
    if first is not None and ranking.has_tiers:
        mark = float(first["ci_low"] if board["higher_is_better"] else first["ci_high"])
    rows = [
        {
            **ranked.row,
            "place": int(ranked.row["rank"]) if printed else ranked.place,
            "tier": ranked.tier or None,
            "strip": ranked.row["score"],
        }
        for ranked in ranking.rows
    ]

    def economy(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        if not code:
            return h("span", t("not known"), cls="unk")
        name = h("a", catalogue.name(code), href=links.economy(code), data_go=True)
        return join([swatch(code), name])

    def strip(value: Any, row: Row) -> Safe:
        one = pd.DataFrame(
            [
                {
                    "entity_id": clean(row["model_name"]), "label": clean(row["model_name"]),
                    "economy_id": clean(row["economy_id"]), "value": row["score"],
                    "low": row["ci_low"], "high": row["ci_high"], "row_id": row["row_id"],
                }
            ]
        )  # fmt: skip
        name = t.parts((clean(row["model_name"]), score_text(board, row["score"], t)))
        spec = IntervalSpec(domain=domain, mark=mark, name=name, width=180)
        return svg(interval_strips(one, spec, palette("css"), t))

    columns = [
        Column("place", t("Rank"), "right"),
        Column("model_name", t("Model"), show=lambda v, row: model_cell(data, row, t)),
        Column("economy_id", t("Economy"), show=economy, phone=False),
        Column("score", t("Score"), "right", lambda v, row: score_text(board, v, t), row_id="row_id"),
    ]  # fmt: skip
    if not compact:
        head = t("Score and interval") if ranking.has_tiers else t("On the scale of the board")
        columns.append(Column("strip", head, show=strip, phone=False, sort=False))
    if ranking.has_tiers:
        columns.append(Column("tier", t("Tier"), "right"))
    caption = t("Ranking on {date}", date=t.period(ranking.as_of))
    body = table(columns, rows[:shown], caption=caption, unknown=t("not known"), cls="lb")
    if len(rows) > shown:
        more = t.n("{n} more model", "{n} more models", len(rows) - shown)
        rest = table(columns, rows[shown:], caption=more, unknown=t("not known"), cls="lb")
        body = h("div", body, h("details", h("summary", more), rest, cls="e-more"))
    return body


def finding(ranking: lb.Ranking, board: Row, catalogue: Catalogue) -> str:
    """Who leads, and whether the intervals let one say so."""
    t = catalogue.t
    name = t.data(clean(board["name"]))
    if not ranking.rows:
        return t("{board}: no score on file can be ranked", board=name)
    first = ranking.rows[0]
    tier = sum(ranked.tier == 1 for ranked in ranking.rows)
    model = clean(first.row["model_name"])
    if len(ranking.rows) < lb.LEADERS_FROM:
        return t.n(
            "{board}: {n} model, too few to name a leader",
            "{board}: {n} models, too few to name a leader", len(ranking.rows), board=name,
        )  # fmt: skip
    if first.tied:
        shared = sum(ranked.place == 1 for ranked in ranking.rows)
        return t.n("{n} model shares the first place", "{n} models share the first place", shared)
    if tier > 1:
        return t.n(
            "{model} is first, but the intervals of {n} other overlap its own",
            "{model} is first, but the intervals of {n} others overlap its own", tier - 1, model=model,
        )  # fmt: skip
    code = clean(first.row["economy_id"])
    if ranking.self_reported:
        return t(
            "In what {maker} reports, {model} is first",
            maker=clean(first.row["origin"]),
            model=model,
        )
    if not code:
        return t("{model} leads", model=model)
    return t("{model} of {economy} leads", model=model, economy=catalogue.say(code))


def board_card(catalogue: Catalogue, data: Boards, chosen: Choice) -> Card:
    """The ranking of one board on one date."""
    t = catalogue.t
    ranking = data.ranking(chosen.board, chosen.date)
    if ranking is None:
        return Card(
            id="board",
            title=t("Leaderboard"),
            empty=EmptyState(
                reason=t("No score of any board was known by then."),
                exists=t("The first copies of boards became known to us in 2025 and 2026."),
                title=t("No board on file"),
            ),
        )
    board = data.index[chosen.board]
    count = t.n("{n} model on file", "{n} models on file", len(ranking.rows))
    if ranking.size > len(ranking.rows):
        count = t(
            "{n} of at least {m} entries on file",
            n=t.number(len(ranking.rows)), m=t.number(ranking.size),
        )  # fmt: skip
    frame = pd.DataFrame([{**ranked.row, "tier": ranked.tier} for ranked in ranking.rows]) \
        if ranking.rows else pd.DataFrame(data.rows[chosen.board])  # fmt: skip
    tiers = t("A tier ends where an interval no longer overlaps that of its first.")
    caveat = tiers if ranking.has_tiers else _warning(board, t)
    return Card(
        id="board",
        title=finding(ranking, board, catalogue),
        subtitle=t.parts((t.data(clean(board["name"])), metric(board, t), date_label(ranking, t), count)),
        body=ranking_table(data, ranking, board, t, catalogue) if ranking.rows else None,
        after=_beside(data, ranking, t, catalogue),
        table=CardTable(frame, exact_columns(t)),
        **common.evidence(catalogue, frame),
        caveat=caveat,
        method=_method(board, ranking, t),
    )  # fmt: skip


def _warning(board: Row, t: Translator) -> str:
    if clean(board["subject"]) == "firm":
        return t("This board grades firms, not models.")
    return t("Compare inside this ranking only: other dates and boards have scales of their own.")


def exact_columns(t: Translator) -> tuple[Column, ...]:
    return (
        Column("rank", t("Rank in the source"), "right"),
        Column("model_name", t("Model"), strong=True),
        Column("org_name", t("Maker")),
        Column("economy_id", t("Economy")),
        Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
        Column("ci_low", t("Interval from"), "right", lambda v, row: t.exact(v), phone=False),
        Column("ci_high", t("to"), "right", lambda v, row: t.exact(v), phone=False),
        Column("as_of", t("Date"), show=lambda v, row: t.period(clean(v))),
        Column("note", t("Remark"), lang="en", phone=False, sort=False),
    )


def _beside(data: Boards, ranking: lb.Ranking, t: Translator, catalogue: Catalogue) -> Safe | None:
    """Rows of the same date that are not ranked, with the reason."""
    if not ranking.beside:
        return None
    rows = [dict(row) for row in ranking.beside]
    columns = (
        Column("model_name", t("Model"), show=lambda v, row: model_cell(data, row, t)),
        Column("score", t("Score"), "right", lambda v, row: t.exact(v), row_id="row_id"),
        Column("note", t("Remark"), lang="en", sort=False),
    )
    lead = t("Not ranked: no score, a second source, or nobody has checked the value")
    return h("div", h("p", lead, cls="fr-note"),
             table(columns, rows, caption=lead, unknown=t("no score"), cls="lb"))  # fmt: skip


def _method(board: Row, ranking: lb.Ranking, t: Translator) -> Safe:
    definition, note = clean(board["definition"]), clean(board["comparability_note"])
    return join(
        [
            h("p", t.data(definition), lang=t.data_lang(definition)),
            h("p", t.data(note), lang=t.data_lang(note), cls="muted") if note else None,
            h("p", t(
                "Scores share a ranking only if they stand on one copy of one board; what makers report"
                " themselves, only inside one report and setting. Ranks are those the source prints, else"
                " places among the rows on file."
            )),
            h("p", t(
                "Tiers: the first model opens a tier; a model whose interval does not overlap that of the"
                " tier’s first opens the next. They are given only where every row has an interval."
            )),
        ]
    )  # fmt: skip


def names(data: Boards, t: Translator) -> dict[str, str]:
    """Labels of the choice box by board."""
    return {board: board_label(data.index[board], t) for board in data.ids}


def deck(data: Boards, t: Translator) -> str:
    """What stands here, in numbers."""
    scores = sum(len(rows) for rows in data.rows.values())
    return t(
        "{n} boards with {m} scores. Every score belongs to one board on one date: rankings are never joined.",
        n=t.number(len(data.index)), m=t.number(scores),
    )  # fmt: skip
