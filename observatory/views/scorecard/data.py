"""The scorecard's figures: values that count, scores, ranks and their spread, for one choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.analysis.cross_section import cross_section, usable
from observatory.analysis.relative import relative
from observatory.analysis.scorecard_change import rank_correlation
from observatory.analysis.scorecard_draws import Spread, draw, draw_scores, spread, tiers
from observatory.cards.card_model import SourceRef
from observatory.db import queries as base_queries
from observatory.db import queries_scorecard as queries
from observatory.model.scope import COMPARATORS, MIN_RANKED, SCOPE
from observatory.views import common
from observatory.views.economy.standing import OLDEST
from observatory.views.measures import BASES, Catalogue
from observatory.views.scorecard.choice import Choice, Plan

CELL: Final = ("value", "period", "row_id", "status", "source_id", "known_on", "value_text")
ALIKE: Final = 0.95
"""Rank correlation from which two measures order the economies almost alike."""
PERSON: Final = ("own_value", "base_value", "base_row_id", "base_period", "base_age")


NEEDED: Final = (
    "indicator_id", "entity_id", "period", "period_end", "period_precision", "value", "value_text", "row_id",
    "source_id", "known_on", "status", "status_reason", "is_headline", "is_forecast", "aggregation",
)  # fmt: skip
"""Columns that cross-sections and receipts rest on; the others only cost time."""


@dataclass(frozen=True)
class Sheet:
    """What is scored of whom, whatever the weights: points rest on it. ``cells`` holds the row behind
    each (economy, measure) that counts; ``thin`` measures have too few values to compare anybody."""

    field: sc.Field
    cells: Mapping[tuple[str, str], Mapping[str, Any]]
    thin: frozenset[str]
    per_person: bool
    sources: tuple[SourceRef, ...]
    vintage: str
    statuses: tuple[tuple[str, int], ...]
    alike: tuple[tuple[int, int, float], ...]
    """Pairs of measures whose values order the economies almost alike, with their rank correlation."""


def economies_of(members: Collection[str]) -> tuple[str, ...]:
    """Whose values set means, percentiles and leaders: the 13, and the comparators switched on."""
    return (*SCOPE, *(code for code in COMPARATORS if code in members))


def sheet(catalogue: Catalogue, plan: Plan, economies: Sequence[str], per_person: bool) -> Sheet:
    """Values of the scored measures as known on the catalogue's day."""
    known = [key for key in plan.indicators if key in catalogue.indicators]
    sections = _sections(catalogue, plan, known, economies, per_person)
    options = _options(catalogue, known)
    values = np.full((len(economies), len(plan.indicators)), np.nan)
    several: dict[tuple[int, int], sc.Floats] = {}
    cells: dict[tuple[str, str], Mapping[str, Any]] = {}
    thin: set[str] = set()
    goals: list[sc.Goal] = []
    for i, key in enumerate(plan.indicators):
        item = catalogue.indicators.get(key)
        goals.append(plan.goal(key, item is None or item.higher_is_better is not False, per_person))
        rows = sections.get(key)
        if rows is None or rows["entity_id"].isin(SCOPE).sum() < MIN_RANKED:
            thin.add(key)
            continue
        divided = per_person and plan.divided(key)
        for row in rows.to_dict("records"):
            economy, value = str(row["entity_id"]), float(row["value"])
            e = economies.index(economy)
            values[e, i] = value
            cells[economy, key] = {
                name: row[name] for name in (*CELL, *(PERSON if divided else ()))
            }
            found = options.get((key, economy, str(row["period"])), ())
            if len(found) > 1:
                own = float(row["own_value"]) if divided else value
                several[e, i] = np.array(found) * (value / own if own else 1.0)
    pillar_of = np.array([plan.pillars.index(plan.pillar_of[key]) for key in plan.indicators])
    field = sc.Field(
        tuple(economies), plan.indicators, plan.pillars, pillar_of, tuple(goals), values, several
    )
    columns = ["source_id", "known_on", "status"]
    used = pd.DataFrame(
        [[cell[name] for name in columns] for cell in cells.values()], columns=columns
    )
    return Sheet(
        field, cells, frozenset(thin), per_person, common.sources_of(catalogue, used, 99),
        common.vintage_of(catalogue, used), common.statuses_of(used), _alike(field),
    )  # fmt: skip


def _alike(field: sc.Field) -> tuple[tuple[int, int, float], ...]:
    found = []
    for i in range(len(field.indicators)):
        for j in range(i + 1, len(field.indicators)):
            r = rank_correlation(field.values[:, i], field.values[:, j])
            if r is not None and r >= ALIKE:
                found.append((i, j, r))
    return tuple(sorted(found, key=lambda item: -item[2]))


def _sections(
    catalogue: Catalogue,
    plan: Plan,
    known: Sequence[str],
    economies: Sequence[str],
    per_person: bool,
) -> dict[str, pd.DataFrame]:
    """Cross-sections of the measures without values too old to count; none for one without values."""
    series = catalogue.prepare(base_queries.headline_series(catalogue.db, known, catalogue.as_of))
    series = usable(series)[list(NEEDED)]
    found: dict[str, pd.DataFrame] = {}
    for key, rows in series.groupby("indicator_id", sort=False):
        item = catalogue.indicators[str(key)]
        section = cross_section(rows, item.higher_is_better, economies).frame
        section = section[pd.to_datetime(section["period_end"]).dt.year >= OLDEST]
        if len(section):
            found[str(key)] = section
    if not per_person or not found:
        return found
    # One division for all of them: each row is divided by itself.
    size = {key: rows for key, rows in found.items() if plan.divided(key)}
    if size:
        people = catalogue.denominators("population")
        divided = relative(pd.concat(size.values()), people, BASES["population"][1])
        found = {key: rows for key, rows in found.items() if key not in size}
        found |= {str(key): rows for key, rows in divided.groupby("indicator_id", sort=False)}
    return found


def _options(
    catalogue: Catalogue, indicators: Sequence[str]
) -> dict[tuple[str, str, str], tuple[float, ...]]:
    """Usable values of each (indicator, economy, period) that several rows speak of."""
    frame = queries.usable_values(catalogue.db, indicators, catalogue.as_of)
    frame = frame[frame["span"].isna()]
    keys = ["indicator_id", "entity_id", "period"]
    many = frame[frame.duplicated(keys, keep=False)]
    return {
        (str(a), str(b), str(c)): tuple(float(x) for x in rows["value"])
        for (a, b, c), rows in many.groupby(keys, sort=False)
    }


@dataclass(frozen=True)
class Ranked:
    """Economies with a rank. ``rows`` are their places in the field, in the order of the table;
    ``place`` their ranks with the chosen weights; ``spread`` and ``tiers`` go by position in ``rows``."""

    rows: sc.Ints
    place: sc.Ints
    spread: Spread
    tiers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Result:
    """Scores of one choice. Arrays go by economy of the sheet's field. ``shown`` are the chosen
    economies; ``ranked`` is None where fewer than five of them can be ranked."""

    sheet: Sheet
    choice: Choice
    weights: sc.Weights
    pts: sc.Floats
    shares: sc.Floats
    scores: sc.Floats
    parts: sc.Floats
    n: sc.Ints
    m: int
    covered: sc.Floats
    """Share of the weight on measures each economy has a value of."""
    shown: tuple[int, ...]
    able: sc.Bools
    ranked: Ranked | None

    @property
    def economies(self) -> tuple[str, ...]:
        return self.sheet.field.economies

    @property
    def able_rows(self) -> list[int]:
        """Chosen economies with enough measures, the highest score first."""
        rows = [row for row in self.shown if self.able[row]]
        return sorted(rows, key=lambda row: (-self.scores[row], self.economies[row]))

    @property
    def unable_rows(self) -> list[int]:
        """Chosen economies without enough measures."""
        return [row for row in self.shown if not self.able[row]]

    @property
    def weightless(self) -> bool:
        """No measure has any weight."""
        return self.m == 0


def result(sheet: Sheet, plan: Plan, choice: Choice, members: Collection[str]) -> Result:
    """Scores, ranks and 2,000 draws for a choice."""
    field, weights = sheet.field, choice.weights(plan)
    pts = sc.all_points(field, choice.norm)
    shares = sc.effective(field, weights)
    scores = sc.scores(shares, pts, choice.agg)
    n, m = sc.coverage(field, weights)
    covered = sc.covered(field, weights)
    able = sc.enough(n, m, covered) & ~np.isnan(scores)
    shown = tuple(e for e, code in enumerate(field.economies) if code in members)
    rows = [e for e in shown if able[e]]
    ranked = _ranked(field, weights, choice, scores, rows) if len(rows) >= MIN_RANKED else None
    parts = sc.contributions(shares, pts, choice.agg)
    return Result(
        sheet, choice, weights, pts, shares, scores, parts, n, m, covered, shown, able, ranked
    )


def _ranked(
    field: sc.Field, weights: sc.Weights, choice: Choice, scores: sc.Floats, rows: list[int]
) -> Ranked:
    draws = draw(field, weights, choice.norm, choice.agg, weights_only=choice.weights_only)
    found = draw_scores(field, draws)
    columns = np.array(rows)
    place = sc.rank(scores[columns])
    summary = spread(found[:, columns])
    # Equal scores: the better mean rank over the draws first, then the id.
    order = sorted(
        range(len(rows)),
        key=lambda k: (place[k], summary.mean[k], field.economies[columns[k]]),
    )
    summary = _reordered(summary, np.array(order))
    groups = tiers(np.arange(len(order)), summary.low, summary.high)
    return Ranked(columns[order], place[order], summary, tuple(tuple(group) for group in groups))


def _reordered(found: Spread, order: sc.Ints) -> Spread:
    return Spread(
        found.chance[order], found.low[order], found.high[order], found.best[order],
        found.worst[order], found.mean[order], found.ahead[np.ix_(order, order)],
    )  # fmt: skip
