"""The frontier page's main drawing: the best model of each economy over time, inside its scales."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from observatory.analysis import frontier as fr
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.svg.frontier import Bridge, FrontierSpec, Undated, frontier
from observatory.charts.svg.scales import Band, Hole
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS
from observatory.views import common
from observatory.views.briefing.page import both_widths
from observatory.views.frontier.data import WORLD, Board, Frontier, score_text
from observatory.views.frontier.page import Ask, board_name, metric, remarks
from observatory.views.frontier.words import behind, break_reason
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

COLOURED: Final = 7


def bands(board: Board, t: Translator) -> tuple[tuple[Band, ...], tuple[Hole, ...]]:
    """The scales and gaps of a board, for the drawings. A fixed test has one, over its releases."""
    scales: list[Band] = []
    for number, block in enumerate(board.blocks, start=1):
        start, end = block.start, block.end
        label = t("Scale {n}", n=number) if len(board.blocks) > 1 else ""
        if block.by_release:
            dated = [entry.end for entry in block.entries if entry.end is not None]
            if not dated:
                continue
            start, end = min(dated), max(dated)
        if start == end:
            # A scale of one day is drawn wide enough to be seen.
            start, end = start - timedelta(days=25), end + timedelta(days=25)
        scales.append(
            Band(start, end, label, t.number(number), tuple(block.days), block.whole_from)
        )
    first = min((band.start for band in scales), default=None)
    holes = [
        Hole(gap.start, gap.end, break_reason(gap.why, gap.because, t))
        for gap in board.gaps
        if first is not None and gap.start >= first
    ]
    return tuple(scales), tuple(holes)


def coloured(board: Board, asked: Ask, wanted: Sequence[str]) -> tuple[str, ...]:
    """Economies in colour: the one asked about, the other side, then those chosen, seven at most."""
    present = {economy for block in board.blocks for economy in block.economies()}
    order = [asked.economy, *([asked.other] if asked.other != WORLD else ["USA"]), *wanted]
    return tuple(dict.fromkeys(code for code in order if code in present))[:COLOURED]


def chart_card(
    catalogue: Catalogue, data: Frontier, asked: Ask, wanted: Sequence[str]
) -> Card | None:
    """Best model of each economy over time, inside its scales."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    if board is None:
        return Card(
            id="frontier",
            title=t("Best model of each economy"),
            empty=EmptyState(
                reason=t("No score of a board with a declared scale was known by then."),
                exists=t("The first copies of boards became known to us in 2025 and 2026."),
                title=t("No board on file"),
            ),
        )
    frame = steps_frame(catalogue, data, board)
    name = _leader_title(catalogue, board)
    visible, spec_of = drawing(catalogue, board, asked, wanted, frame)
    points = _points(catalogue, board, set(visible["entity_id"]))
    care = remarks(data, asked, t)

    def draw(width: float) -> str:
        return frontier(visible, spec_of(width), palette("css"), t, points)

    by_release = board.last.by_release
    subtitle = (
        t("Best score so far by release of the model, {metric}", metric=metric(board.row, t))
        if by_release
        else t("Best score on each copy of the board, {metric}", metric=metric(board.row, t))
    )
    rows = frame.assign(board=[board_name(data_row, t) for data_row in frame.pop("board_row")])
    sources = common.sources_of(catalogue, rows)
    return Card(
        id="frontier",
        native="picture",
        title=name,
        subtitle=subtitle,
        body=both_widths(draw, 800),
        alt=name,
        table=CardTable(
            rows,
            (
                Column("label", t("Economy"), strong=True),
                Column("board", t("Board")),
                Column("period", t("Date"), show=lambda v, row: t.date(clean(v))),
                Column("model", t("Model")),
                Column(
                    "value",
                    t("Score"),
                    "right",
                    lambda v, row: score_text(board.row, v, t),
                    row_id="row_id",
                ),
                Column(
                    "released_from",
                    t("Date from"),
                    row_id="released_from",
                    phone=False,
                    show=lambda v, row: t("the row that states it"),
                ),
            ),
        ),
        sources=sources,
        vintage=t.period(board.when),
        statuses=common.statuses_of(rows),
        caveat=_caveat(board, t),
        after=h("div", *(h("p", one, cls="fr-note") for one in care)) if care else None,
        method=method(board, t),
    )


def drawing(
    catalogue: Catalogue, board: Board, asked: Ask, wanted: Sequence[str], frame: pd.DataFrame
) -> tuple[pd.DataFrame, Callable[[float], FrontierSpec]]:
    """Rows of the economies that are drawn, and the settings for a width."""
    t = catalogue.t
    shown, holes = bands(board, t)
    subjects = coloured(board, asked, wanted)
    name = _leader_title(catalogue, board)
    bridge = _bridge(catalogue, board, board.last.lag(asked.economy, asked.other))

    undated = _undated(catalogue, board, {*subjects, *_present(board, wanted)})

    def spec_of(width: float) -> FrontierSpec:
        return FrontierSpec(
            bands=shown,
            holes=holes,
            subjects=subjects,
            bridge=bridge,
            measure=Measure(unit="", unit_label=""),
            digits=_digits(board),
            width=width,
            height=380 if width > 520 else 330,
            name=name,
            top_only=t("only the top of the board is on file"),
            undated=undated,
            description=name,
        )

    return frame[frame["entity_id"].isin([*subjects, *_present(board, wanted)])], spec_of


def _undated(catalogue: Catalogue, board: Board, economies: Collection[str]) -> tuple[Undated, ...]:
    """Economies whose best on a fixed test has no release date: the line cannot reach it."""
    block = board.last
    if not block.by_release:
        return ()
    found = []
    for code in sorted(economies):
        top, steps = block.now(code), block.steps(code)
        if top is None:
            continue
        if not steps or fr.better(top.score, steps[-1].entry.score, block.higher):
            found.append(Undated(code, catalogue.name(code), top.score, top.row_id))
    return tuple(found)


def _present(board: Board, wanted: Sequence[str]) -> list[str]:
    present = {economy for block in board.blocks for economy in block.economies()}
    return [code for code in (*wanted, *COMPARATORS) if code in present]


def _digits(board: Board) -> int:
    unit = clean(board.row["unit"])
    top = max(abs(entry.score) for entry in board.last.entries)
    return 3 if unit == "fraction" else 0 if top >= 200 else 1


def _leader_title(catalogue: Catalogue, board: Board) -> str:
    t = catalogue.t
    top = board.last.now(WORLD)
    if top is None:
        return t("Best model of each economy")
    words = {
        "economy": catalogue.say(top.economy),
        "model": top.name,
        "score": score_text(board.row, top.score, t),
    }
    return t("{model} of {economy} is the best on file, at {score}", **words)


def _caveat(board: Board, t: Translator) -> str:
    if board.last.coverage == "best":
        return t("Only the best few models of each economy are on file.")
    if not board.last.by_release:
        return t("Ratings are fitted anew for each copy: compare inside a shaded block only.")
    return ""


def method(board: Board, t: Translator) -> Safe:
    """What the board measures and how time is counted."""
    row = board.row
    definition, note = clean(row["definition"]), clean(row["comparability_note"])
    clock = (
        t(
            "A fixed test: time is the day a model came out, as a source on file states it. Undated models are"
            " never given a date; where they could change the finding it says “at least” or is not made."
        )
        if board.last.by_release
        else t(
            "A board that is fitted anew: time is the date of the copy. The lag runs from the first copy of"
            " the same scale on which the other side had reached the level; if that is the scale’s first"
            " copy, the lag is “at least”."
        )
    )
    chosen = t(
        "Unless a board is chosen, the page takes, of the boards that hold the economy now, one where the lag"
        " can be said; then one not older than nine months beside the newest; then a whole table before one of"
        " which only the best few are on file; then the one with most models of the economy."
    )
    return join(
        [
            h("p", t.data(definition), lang=t.data_lang(definition)),
            h("p", t.data(note), lang=t.data_lang(note), cls="muted") if note else None,
            h("p", clock),
            h("p", chosen),
        ]
    )


def steps_frame(catalogue: Catalogue, data: Frontier, board: Board) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for block in board.blocks:
        for economy in block.economies():
            for step in block.steps(economy):
                source = data.rows[step.entry.row_id]
                release = data.releases.get(step.entry.row_id) if block.by_release else None
                rows.append(
                    {
                        "entity_id": economy,
                        "label": catalogue.name(economy),
                        "board_row": block.board,
                        "period": step.day.isoformat(),
                        "model": step.entry.name,
                        "value": step.entry.score,
                        "row_id": step.entry.row_id,
                        "source_id": source["source_id"],
                        "known_on": source["known_on"],
                        "status": source["status"],
                        "released_from": release.row_id if release else None,
                    }
                )
    return pd.DataFrame(rows)


def _points(catalogue: Catalogue, board: Board, economies: Collection[str]) -> pd.DataFrame | None:
    """Every dated model of a fixed test; on re-fitted boards the lines alone are enough."""
    if not board.last.by_release:
        return None
    return pd.DataFrame(
        [
            {
                "entity_id": entry.economy,
                "label": catalogue.name(entry.economy),
                "period": entry.end.isoformat(),
                "value": entry.score,
                "model": entry.name,
                "row_id": entry.row_id,
            }
            for entry in board.last.entries
            if entry.end is not None and entry.economy in economies
        ]
    )


def _short(name: str, most: int = 30) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip(" (,") + "…"


def _bridge(catalogue: Catalogue, board: Board, lag: fr.Lag) -> Bridge | None:
    t = catalogue.t
    if lag.theirs is None or lag.mine is None or not lag.says:
        return None
    first, last = lag.theirs.end, lag.day
    if first is None or last is None or (last - first).days < 20:
        return None
    lines = (
        t("{model} stands where", model=_short(lag.mine.name)),
        t("{other} stood {months} before", other=_short(lag.theirs.name), months=behind(lag, t)),
    )
    return Bridge(first, last, lag.mine.score, lines, lag.kind == "at_least")
