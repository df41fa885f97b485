"""What a reader's own choice changes: ranks in the measure, ranks of the scorecard, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.scorecard.choice import Choice, plan_of
from observatory.views.scorecard.data import sheet


@dataclass(frozen=True)
class Move:
    """An economy in one ranking before and after; None where it has no rank or value."""

    economy: str
    before: int | None
    after: int | None
    value_before: float | None = None
    value_after: float | None = None
    row_before: str = ""
    row_after: str = ""

    @property
    def moved(self) -> bool:
        return (self.before, self.value_before) != (self.after, self.value_after)


@dataclass(frozen=True)
class Ranking:
    """A measure, or the scorecard where ``indicator`` is empty; bases are the numbers of ranked."""

    indicator: str
    moves: tuple[Move, ...]
    base_before: int
    base_after: int


def without_picks(data: Catalogue) -> Catalogue:
    """The same catalogue with the choices of the site's rule."""
    return Catalogue(data.db, data.t, data.as_of, data.years)


def measure_moves(before: Catalogue, after: Catalogue, indicator: str) -> Ranking:
    """Ranks among the thirteen in one measure, before and after."""
    one, two = before.section(indicator, SCOPE), after.section(indicator, SCOPE)
    moves = []
    for economy in SCOPE:
        a, b = one.row(economy), two.row(economy)
        if a is None and b is None:
            continue
        ra, rb = one.rank(economy), two.rank(economy)
        moves.append(
            Move(
                economy, ra[0] if ra else None, rb[0] if rb else None,
                None if a is None else float(a["value"]), None if b is None else float(b["value"]),
                "" if a is None else clean(a["row_id"]), "" if b is None else clean(b["row_id"]),
            )
        )  # fmt: skip
    return Ranking(indicator, tuple(moves), one.n, two.n)


def scorecard_ranks(data: Catalogue) -> tuple[dict[str, int], dict[str, float]]:
    """Ranks and scores with the balanced preset, without draws; empty without a scorecard."""
    plan = plan_of(data.db)
    if plan is None:
        return {}, {}
    choice = Choice()
    field, weights = sheet(data, plan, SCOPE, False).field, choice.weights(plan)
    scores = sc.scores(sc.effective(field, weights), sc.all_points(field, choice.norm), choice.agg)
    able = sc.rankable(field, weights) & ~np.isnan(scores)
    rows = np.flatnonzero(able)
    places = sc.rank(scores[rows])
    return (
        {field.economies[row]: int(place) for row, place in zip(rows, places, strict=True)},
        {field.economies[row]: float(scores[row]) for row in rows},
    )


def scorecard_moves(before: Catalogue, after: Catalogue) -> Ranking:
    """Ranks of the scorecard before and after."""
    (a, pa), (b, pb) = scorecard_ranks(before), scorecard_ranks(after)
    moves = tuple(
        Move(economy, a.get(economy), b.get(economy), pa.get(economy), pb.get(economy))
        for economy in SCOPE
        if economy in a or economy in b
    )
    return Ranking("", moves, len(a), len(b))


def cards(data: Catalogue) -> list[Card]:
    """One card a measure with a chosen value, and one of the scorecard; none without a choice."""
    picked = data.picked if data.picks else pd.DataFrame()
    if picked.empty:
        return []
    before = without_picks(data)
    found = []
    for indicator in dict.fromkeys(str(key) for key in picked["indicator_id"]):
        mine = picked[picked["indicator_id"] == indicator]
        found.append(_measure_card(data, measure_moves(before, data, indicator), mine))
    found.append(_scorecard_card(data, scorecard_moves(before, data)))
    return found


def _place(place: int | None, base: int, t: Translator) -> str:
    return t("no rank") if place is None else t.rank(place, base)


def _measure_card(data: Catalogue, ranking: Ranking, picked: pd.DataFrame) -> Card:
    t = data.t
    item = data.indicators[ranking.indicator]
    moved = [move for move in ranking.moves if move.moved]
    placed = [move for move in moved if move.before != move.after]
    mine = {str(key) for key in picked["entity_id"]}
    if not moved:
        title = t("{measure}: no rank and no compared value changes", measure=item.short)
    elif not placed:
        title = t("{measure}: a value changes, no rank does", measure=item.short)
    else:
        first = next((move for move in placed if move.economy in mine), placed[0])
        title = t("{measure}: {economy} goes from {before} to {after}", measure=item.short,
                  economy=data.say(first.economy), before=_place(first.before, ranking.base_before, t),
                  after=_place(first.after, ranking.base_after, t))  # fmt: skip
    notes = [t("Ranks among the thirteen, by the site’s rule and by your choice.")]
    if not moved:
        notes.append(
            t(
                "The value you chose is not in the period that is compared, or is not of an economy that is"
                " ranked."
            )
        )
    frame = _frame(data, ranking)
    columns = _columns(data, ranking, lambda x: item.value(x, t))
    return Card(
        id=f"effect-{ranking.indicator.replace('_', '-')}",
        title=title,
        subtitle=t.sentences(notes),
        body=_moved(frame, columns, title, t),
        table=CardTable(frame, columns),
        href=links.indicator(ranking.indicator),
        actions=("table", "download"),
    )


def _scorecard_card(data: Catalogue, ranking: Ranking) -> Card:
    t = data.t
    placed = [move for move in ranking.moves if move.before != move.after]
    touched = [move for move in ranking.moves if move.moved]
    if placed:
        first = placed[0]
        title = t("Scorecard: {economy} goes from {before} to {after}", economy=data.say(first.economy),
                  before=_place(first.before, ranking.base_before, t),
                  after=_place(first.after, ranking.base_after, t))  # fmt: skip
    elif touched:
        title = t("Scorecard: a score changes, the order stays")
    else:
        title = t("Scorecard: nothing changes")
    frame = _frame(data, ranking)
    columns = _columns(data, ranking, lambda x: t.number(x, 1))
    return Card(
        id="effect-scorecard",
        title=title,
        subtitle=t("Balanced preset, all thirteen. Points before and after."),
        body=_moved(frame, columns, title, t),
        table=CardTable(frame, columns),
        href="/scorecard",
        actions=("table", "download"),
    )


def _frame(data: Catalogue, ranking: Ranking) -> pd.DataFrame:
    """Those that move first, by the later rank."""
    moves = sorted(ranking.moves, key=lambda m: (m.after or 99, m.before or 99))
    out = [
        {
            "economy": data.name(move.economy), "entity_id": move.economy, "before": move.before, "after": move.after,
            "value_before": move.value_before, "value_after": move.value_after, "row_before": move.row_before,
            "row_after": move.row_after, "moved": move.moved,
        }
        for move in moves
    ]  # fmt: skip
    return pd.DataFrame(out)


def _moved(frame: pd.DataFrame, columns: tuple[Column, ...], title: str, t: Translator) -> Safe:
    """The economies whose place or value changes; the card's table has all."""
    rows = [row for row in records(frame) if row["moved"]]
    if not rows:
        return h("p", t("All places and values stay as they are; the table has them."), cls="muted")
    return table(columns, rows, caption=title, unknown="–", cls="cf-moves")


def _columns(data: Catalogue, ranking: Ranking, say: Any) -> tuple[Column, ...]:
    t = data.t

    def economy(value: Any, row: Any) -> Safe:
        key = str(row["entity_id"])
        return join([swatch(key), h("a", str(value), href=links.economy(key), data_go=True)])

    def place(value: Any, row: Any) -> str:
        return t.ordinal(int(value))

    def after(value: Any, row: Any) -> Safe | str:
        shown = t.ordinal(int(value))
        return h("b", shown) if row["before"] != row["after"] else shown

    def amount(key: str) -> Any:
        def show(value: Any, row: Any) -> Safe | str:
            return num(say(float(value)), clean(row[key]))

        return show

    return (
        Column("economy", t("Economy"), show=economy, strong=True),
        Column(
            "value_before", t("By the rule"), "right", amount("row_before"), row_id="row_before"
        ),
        Column(
            "value_after", t("By your choice"), "right", amount("row_after"), row_id="row_after"
        ),
        Column("before", t("Rank by the rule"), "right", place),
        Column("after", t("Rank by your choice"), "right", after),
    )
