"""A model's page: who made it, what is known of it, where it stands on boards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from observatory.analysis import leaderboard as lb
from observatory.analysis.lineage import named_families
from observatory.analysis.search_fold import fold
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, external, h, join, num, status_word, swatch
from observatory.cards.states import Gap, banner
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries, queries_models
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.benchmarks.boards import Boards, language_name
from observatory.views.benchmarks.page import reported_by
from observatory.views.economy.lists import company
from observatory.views.frontier.data import score_text
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.models import page as base

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One model with what else is on file of it. ``results`` are rows of its boards."""

    row: Row
    names: tuple[Row, ...]
    further: tuple[Row, ...]
    results: tuple[Row, ...]


def choice(extra: Mapping[str, str], rows: Sequence[Row]) -> tuple[Row | None, str]:
    """The model asked for, and the id that is not known ("" if it is)."""
    wanted = extra.get("id", "")
    found = next((row for row in rows if row["model_id"] == wanted), None)
    return found, "" if found or not wanted else wanted


def load(catalogue: Catalogue, row: Row, boards: Boards) -> Found:
    """Everything on file of one model."""
    model = str(row["model_id"])
    names = records(queries_models.model_other_names(catalogue.db, model))
    further = records(queries_models.model_further_sources(catalogue.db, model, catalogue.as_of))
    results = [r for rows in boards.rows.values() for r in rows if clean(r["model_id"]) == model]
    return Found(row, tuple(names), tuple(further), tuple(results))


def missing(bad: str, rows: Sequence[Row], t: Translator) -> Safe:
    """What the page shows without a model: the directory, and names that resemble the id."""
    parts: list[Safe] = []
    if bad:
        parts.append(banner("link", t("“{value}” is no model we know.", value=bad),
                            t("The directory lists those we do."), warn=True))  # fmt: skip
    words = fold(bad.replace("-", " ")).split()
    near = [row for row in rows if words and all(word in row["folded"] for word in words)][:8]
    shown = near or sorted(rows, key=lambda row: -int(row["n_boards"]))[:12]
    items = [
        h("li", h("a", clean(row["name"]), href=links.model(str(row["model_id"])), data_go=True),
          " ", h("span", clean(row["org_name"]), cls="muted"))
        for row in shown
    ]  # fmt: skip
    lead = t("Models with a name like that") if near else t("Models on most boards")
    parts.append(h("div", h("h3", lead), h("ul", *items), cls="fr-breaks"))
    parts.append(h("p", h("a", t("All models"), href="/models", data_go=True, cls="go")))
    return join(parts)


def heading(f: Found) -> dict[str, str | None]:
    """Native name with its language, and the economy's colour."""
    native = clean(f.row["native_name"])
    return {
        "native": native or None,
        "native_lang": clean(f.row["org_language"]) or None if native else None,
        "colour": clean(f.row["economy_id"]) or None,
    }


def deck(catalogue: Catalogue, f: Found) -> str:
    """Maker, kind and release in a sentence or two."""
    t, row = catalogue.t, f.row
    maker, code = clean(row["org_name"]), clean(row["economy_id"])
    kind = labels.modality(clean(row["modality"]), t)
    said = []
    if maker and code:
        said.append(
            t(
                "{kind} model of {maker}, {economy}",
                kind=kind,
                maker=maker,
                economy=catalogue.name(code),
            )
        )
    elif maker:
        said.append(t("{kind} model of {maker}", kind=kind, maker=maker))
    if clean(row["released"]):
        said.append(t("Released {when}", when=t.period(clean(row["released"]))))
    else:
        said.append(t("No source on file states its release date"))
    boards = {clean(r["benchmark_id"]) for r in f.results}
    said.append(
        t.n("Scores on {n} board are on file", "Scores on {n} boards are on file", len(boards))
        if boards else t("No score of it is on file")
    )  # fmt: skip
    return t.sentences(said)


def identity(catalogue: Catalogue, f: Found) -> Safe:
    """What is known of the model itself; each value opens the receipt of its row."""
    t, row = catalogue.t, f.row
    row_id = clean(row["row_id"])

    def field(
        label: str, shown: str, small: str | Safe | None = None, *, lang: str | None = None
    ) -> Safe:
        if not shown:
            return h("div", h("dt", label), h("dd", t("not known"), cls="unk"))
        under = h("small", small, lang=lang) if small else None
        return h("div", h("dt", label), h("dd", num(shown, row_id), under))

    known = row["params_b"] is not None and row["params_b"] == row["params_b"]
    active = row["active_params_b"]
    context = row["context_tokens"]
    compute = base.compute_of(clean(row["note"]))
    licence = clean(row["licence"]).strip("?？ ")
    weights = base.weights_of(row)
    fields = [
        field(t("Released"), t.period(clean(row["released"]))),
        field(t("Kind"), labels.modality(clean(row["modality"]), t)),
        field(
            t("Parameters"), t.compact(row["params_b"] * 1e9) if known else "",
            t("{n} active", n=t.compact(active * 1e9)) if active is not None and active == active else None,
        ),
        field(t("Context"), t.compact(float(context)) if context is not None and context == context else "",
              t("tokens")),
        field(t("Weights"), base.weights_word(weights, t) if weights != "unknown" else ""),
        field(t("Licence"), licence),
        field(t("Training compute"), t.sig(compute, 2) if compute else "", t("FLOP, estimated by Epoch AI")),
    ]  # fmt: skip
    return h("dl", *fields, cls="mo-id")


def results_card(catalogue: Catalogue, f: Found, boards: Boards) -> Card:
    """Every score of the model: its rank on that board and date, and what may be compared."""
    t = catalogue.t
    if not f.results:
        return Card(
            id="results",
            title=t("On boards"),
            empty=EmptyState(
                reason=t("No board on file holds a score that is linked to this model."),
                exists=t("Boards may list it under a name that no source ties to it."),
                title=t("No score on file"),
            ),
        )
    lines: list[dict[str, Any]] = []
    for row in f.results:
        board = boards.index[str(row["benchmark_id"])]
        ranking = next(
            (one for one in boards.rankings(str(row["benchmark_id"]))
             if any(r.row["row_id"] == row["row_id"] for r in one.rows)), None,
        )  # fmt: skip
        own = (
            next((r for r in ranking.rows if r.row["row_id"] == row["row_id"]), None)
            if ranking
            else None
        )
        printed = row["rank"] is not None and row["rank"] == row["rank"] and int(row["rank"]) > 0
        lines.append(
            {
                **row, "board": board, "name": t.data(clean(board["name"])), "ranking": ranking,
                "language": language_name(lb.language_of(board["language_scope"]), t),
                "place": int(row["rank"]) if printed else own.place if own else None,
                "of": max(ranking.size, len(ranking.rows)) if ranking else None,
                "tier": own.tier if own and own.tier else None,
                "scaled": str(row["benchmark_id"]) in boards.scaled,
            }
        )  # fmt: skip
    lines.sort(key=lambda line: (line["name"], line["period_end"]), reverse=False)
    lines.sort(key=lambda line: line["period_end"], reverse=True)

    def board_cell(value: Any, line: Row) -> Safe:
        key = line["ranking"].key if line["ranking"] else ""
        link = h("a", line["name"], href=links.board(str(line["benchmark_id"]), key), data_go=True)
        marks: list[Safe] = []
        if lb.is_self_reported(line):
            marks.append(h("span", reported_by(line, t), cls="lb-mark"))
        elif boards.self_run(line):
            marks.append(h("span", t("its maker runs the board"), cls="lb-mark"))
        return join([link, h("span", line["language"], *marks, cls="lb-maker")])

    def rank(value: Any, line: Row) -> Safe | str:
        if line["place"] is None:
            return h("span", t("not ranked"), cls="unk")
        place, size = t.number(line["place"]), line["of"]
        if size and size >= line["place"]:
            return t("{n} of {m}", n=place, m=t.number(size))
        return place

    def compare(value: Any, line: Row) -> Safe | str:
        if line["scaled"]:
            series = boards.scaled[str(line["benchmark_id"])]
            code = clean(line["economy_id"])
            href = links.frontier(code, series) if code else links.link("/frontier", board=series)
            return h("a", t("inside its scale"), href=href, data_go=True)
        if lb.is_self_reported(line):
            return t("inside this report only")
        return t("on this date only")

    columns = (
        Column("name", t("Board"), show=board_cell, strong=True),
        Column("model_name", t("Named there"), phone=False),
        Column("as_of", t("Date"), show=lambda v, line: t.period(clean(v))),
        Column("score", t("Score"), "right", lambda v, line: score_text(line["board"], v, t),
               row_id="row_id", sort=False),
        Column("place", t("Rank"), "right", rank),
        Column("tier", t("Tier"), "right", phone=False),
        Column("compare", t("Comparable"), show=compare, phone=False, sort=False),
        Column("status", t("Status"), show=lambda v, line: status_word(clean(v), status_label(clean(v), t)),
               phone=False),
    )  # fmt: skip
    shown = 20
    caption = t("Scores of the model")
    body = table(columns, lines[:shown], caption=caption, unknown="–", cls="lb mo-scores")
    if len(lines) > shown:
        more = t.n("{n} more score", "{n} more scores", len(lines) - shown)
        rest = table(columns, lines[shown:], caption=more, unknown="–", cls="lb mo-scores")
        body = h("div", body, h("details", h("summary", more), rest, cls="e-more"))
    placed = [
        line
        for line in lines
        if line["place"] and not lb.is_self_reported(line) and (line["of"] or 0) >= 5
    ]
    title = t.n("{n} score on file", "{n} scores on file", len(lines))
    if placed:
        top = min(
            placed, key=lambda line: (line["place"], -line["period_end"].toordinal(), line["name"])
        )
        title = t(
            "Best rank on file: {n} of {m} on {board}, {day}",
            n=t.number(top["place"]), m=t.number(top["of"]), board=top["name"], day=t.period(clean(top["as_of"])),
        )  # fmt: skip
    frame = pd.DataFrame(
        [{k: v for k, v in line.items() if k not in ("board", "ranking")} for line in lines]
    )
    return Card(
        id="results",
        title=title,
        subtitle=t("Each score with its rank on that board and date; scores of different boards are never compared"),
        body=body,
        table=CardTable(
            frame,
            (
                Column("name", t("Board"), strong=True), Column("model_name", t("Named there")),
                Column("as_of", t("Date"), show=lambda v, line: t.period(clean(v))),
                Column("score", t("Score"), "right", lambda v, line: t.exact(v), row_id="row_id"),
                Column("ci_low", t("Interval from"), "right", lambda v, line: t.exact(v)),
                Column("ci_high", t("to"), "right", lambda v, line: t.exact(v)),
                Column("place", t("Rank"), "right"), Column("note", t("Remark"), lang="en"),
            ),
        ),
        **common.evidence(catalogue, frame),
    )  # fmt: skip


def names_panel(catalogue: Catalogue, f: Found) -> Safe:
    """Maker, other makers as the remark says, names, sources."""
    t, row = catalogue.t, f.row
    facts: list[Safe] = []

    def fact(label: str, *shown: Safe | str | None, lang: str | None = None) -> None:
        facts.append(h("dt", label))
        facts.append(h("dd", *shown, lang=lang))

    if clean(row["org_id"]):
        fact(t("Maker"), company(row, t, prefix="org_"))
    code = clean(row["economy_id"])
    if code:
        fact(
            t("Economy"),
            swatch(code),
            h("a", catalogue.name(code), href=links.economy(code), data_go=True),
        )
    if clean(row["native_name"]):
        fact(t("Native name"), clean(row["native_name"]))
    others = [clean(name["name"]) for name in f.names if clean(name["name"]) != clean(row["name"])]
    if others:
        fact(t("Also named"), t.parts(others))
    families = named_families(clean(row["name"]), clean(row["org_id"]))
    if families:
        fact(t("Its name names"), t.list([f"{one.word} ({one.maker})" for one in families]))
    if clean(row["notable_epoch"]) == "True":
        fact(t("Notable"), t("on Epoch AI’s list of notable models"))
    if clean(row["note"]):
        # Quoted, not ours: a reader of another language is told whose words these are.
        whose = "" if t.lang == "en" else t("Remarks stand as the researchers wrote them.")
        note = h("span", clean(row["note"]), lang="en")
        fact(t("Remark"), note, h("span", whose, cls="fr-because") if whose else "")
    return h("div", h("h3", t("Identity")), h("dl", *facts), cls="fr-breaks lb-about")


def sources_panel(catalogue: Catalogue, f: Found) -> Safe:
    """The source of the row and what further sources say, beside each other."""
    t, row = catalogue.t, f.row
    first = records(queries.sources_by_id(catalogue.db, [clean(row["source_id"])]))[0]
    status = clean(row["status"])
    items = [
        h(
            "li",
            h("b", external(clean(first["origin"]) or clean(first["publisher"]), clean(first["url"]))),
            h("span", clean(row["locator"]), lang="en", cls="fr-because"),
            h("span", status_word(status, status_label(status, t)), " ",
              num(t("receipt"), clean(row["row_id"]), cls="num soft")),
        )
    ]  # fmt: skip
    for other in f.further:
        said = [
            t("released {when}", when=t.period(clean(other["released"]))) if clean(other["released"]) else "",
            t("{n} parameters", n=t.compact(other["params_b"] * 1e9))
            if other["params_b"] is not None and other["params_b"] == other["params_b"] else "",
            clean(other["licence"]),
        ]  # fmt: skip
        items.append(
            h("li", h("b", external(clean(other["origin"]), clean(other["url"]))),
              h("span", t.parts([one for one in said if one]) or clean(other["name"])),
              h("span", clean(other["note"]), lang="en", cls="fr-because"))
        )  # fmt: skip
    return h("div", h("h3", t("Sources")), h("ul", *items), cls="fr-breaks")


def gaps(f: Found, t: Translator) -> list[Gap]:
    """What is not known of this model."""
    row = f.row
    unknown = [
        name
        for name, value in (
            (t("release date"), clean(row["released"])),
            (t("parameters"), clean(row["params_b"])),
            (t("context"), clean(row["context_tokens"])),
            (t("whether its weights are open"), clean(row["open_weights"])),
            (t("licence"), clean(row["licence"]).strip("?？ ")),
        )
        if not value
    ]
    found = []
    if unknown:
        found.append(
            Gap(t("Not stated by a source on file"), t("{things}.", things=t.list(unknown)))
        )
    found.append(
        Gap(t("Scores under other names"),
            t("only scores whose board name a source ties to this model stand here."))
    )  # fmt: skip
    return found
