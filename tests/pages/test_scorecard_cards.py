"""The cards of the scorecard page: their sentences and their tables against the scores."""

from __future__ import annotations

import datetime as dt
import html

import numpy as np
import pytest

from observatory.cards.card_model import Card
from observatory.db.connect import Database
from observatory.db.queries_scorecard import TABLES, has_scorecard
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.measures import Catalogue
from observatory.views.scorecard import beside as scorecard_beside
from observatory.views.scorecard import change as scorecard_change
from observatory.views.scorecard import measures as scorecard_measures
from observatory.views.scorecard import page as scorecard
from observatory.views.scorecard import parts as scorecard_parts
from observatory.views.scorecard import ways as scorecard_ways
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.choice import Choice, Plan, plan_of
from observatory.views.scorecard.data import Result, Sheet, economies_of, result, sheet
from observatory.views.scorecard.method import method, steps
from tests.pages.opened import INFINITE, SLIP, words

EVERYONE = SCOPE + COMPARATORS


@pytest.fixture(scope="module")
def plan(db: Database) -> Plan:
    found = plan_of(db)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def values(catalogue: Catalogue, plan: Plan) -> Sheet:
    return sheet(catalogue, plan, economies_of(EVERYONE), per_person=False)


def of(values: Sheet, plan: Plan, members: tuple[str, ...] = SCOPE, **choice: object) -> Result:
    return result(values, plan, Choice(**choice), members)  # type: ignore[arg-type]


def test_the_title_says_what_the_draws_say(catalogue: Catalogue, values: Sheet, plan: Plan) -> None:
    found = of(values, plan)
    ranked = found.ranked
    assert ranked is not None
    title = scorecard_words.title(catalogue, found)
    first, second, third = (catalogue.say(found.economies[row]) for row in ranked.rows[:3])
    n = scorecard_words.of_hundred(ranked.spread.chance[0, 0])
    k = scorecard_words.of_hundred(ranked.spread.ahead[1, 2])
    assert title == f"{first} ranks first in {n} of 100 draws; {second} is ahead of {third} in {k}"


@pytest.mark.parametrize(("share", "said"), [(0, 0), (0.001, 1), (0.5, 50), (0.9999, 99), (1, 100)])
def test_draws_of_a_hundred_are_never_surer_than_they_are(share: float, said: int) -> None:
    assert scorecard_words.of_hundred(share) == said


def test_a_weak_or_shared_lead_is_said(catalogue: Catalogue, values: Sheet, plan: Plan) -> None:
    from dataclasses import replace

    found = of(values, plan)
    assert found.ranked is not None
    chance = found.ranked.spread.chance.copy()
    chance[0, 0] = 0.31
    weak = replace(found.ranked, spread=replace(found.ranked.spread, chance=chance))
    assert "but in only 31 of 100 draws" in scorecard_words.title(
        catalogue, replace(found, ranked=weak)
    )
    tied = replace(found.ranked, place=np.array([1, 1, *range(3, 14)]))
    assert "share the first place" in scorecard_words.title(catalogue, replace(found, ranked=tied))


def test_the_table_is_in_the_order_of_tiers_and_ranks(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    found = of(values, plan, EVERYONE)
    card = scorecard.main(catalogue, found)
    assert card.table is not None
    frame = card.table.frame
    assert frame["tier"].isna().sum() == len(found.unable_rows)
    frame = frame[frame["tier"].notna()]
    assert frame["tier"].is_monotonic_increasing
    assert frame["rank"].is_monotonic_increasing
    assert (frame["low"] <= frame["high"]).all()
    assert (frame["best"] <= frame["low"]).all()
    assert (frame["worst"] >= frame["high"]).all()
    # A tier's members share a rank with its first; the first of the next does not.
    for _, tier in frame.groupby("tier"):
        head = tier.iloc[0]
        assert ((tier["low"] <= head["high"]) & (tier["high"] >= head["low"])).all()
    heads = frame.groupby("tier").head(1)
    for (_, above), (_, below) in zip(
        heads.iloc[:-1].iterrows(), heads.iloc[1:].iterrows(), strict=True
    ):
        assert below["low"] > above["high"] or below["high"] < above["low"]


@pytest.mark.parametrize("agg", ["arithmetic", "geometric"])
@pytest.mark.parametrize("per", [False, True])
def test_what_a_score_is_made_of_adds_up(
    catalogue: Catalogue, plan: Plan, agg: str, per: bool
) -> None:
    found = result(
        sheet(catalogue, plan, SCOPE, per), plan, Choice(agg=agg, per_person=per), SCOPE  # type: ignore[arg-type]
    )  # fmt: skip
    cards = scorecard_parts.cards(catalogue, found)
    assert [card.id for card in cards] == [f"score-{code}" for code in SCOPE]
    for row, card in enumerate(cards):
        assert card.table is not None
        frame = card.table.frame
        assert frame["contribution"].sum() == pytest.approx(found.scores[row])
        assert frame["weight"].sum() == pytest.approx(100)
        there = frame[frame["value"].notna()]
        assert len(there) == found.n[row]
        assert there["row_id"].str.match(r"^o[a-z0-9]{5,}$").all()
        ids = set(card.table.row_ids())
        assert set(there["row_id"]) <= ids
        if per:
            people = there["base_row_id"].dropna()
            assert len(people) > 5
            assert set(people) <= ids
        if agg == "arithmetic":
            assert np.allclose(there["points"] * there["weight"] / 100, there["contribution"])


def test_what_is_missing_is_listed_without_numbers(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    found = of(values, plan)
    row = found.economies.index("PHL")
    frame = scorecard_parts.card(catalogue, found, row).table.frame  # type: ignore[union-attr]
    gone = frame[frame["value"].isna()]
    assert len(gone) == found.m - found.n[row] > 0
    assert gone[["points", "weight", "contribution"]].isna().all().all()
    assert scorecard_words.missing_pillars(found, row, catalogue.t) == "none in Models"


def test_one_changed_weight_can_cost_a_rank_and_the_reason_is_said(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    """Hong Kong holds 21 of 30 measures; without weight on one of them it holds 20 of 29."""

    def said(economy: str) -> str:
        row = found.economies.index(economy)
        assert row in found.unable_rows
        return words(scorecard_words.not_ranked(catalogue, found, row))

    found = of(values, plan)
    assert len(found.able_rows) == 13
    found = result(values, plan, Choice().with_weight(plan, "models", 100), SCOPE)
    assert said("THA") == "Values for 43 % of the weight, below the 50 % asked for."
    choice = Choice().with_weight(plan, "authors_icml", 0)
    found = result(values, plan, choice, SCOPE)
    assert said("HKG") == "20 of 29 weighted measures, below the 70 % asked for."
    assert "Listed, not ranked" in scorecard.main(catalogue, found).body.html  # type: ignore[union-attr]


def test_cards_beside_the_table(catalogue: Catalogue, values: Sheet, plan: Plan) -> None:
    found = of(values, plan)
    cards = [
        scorecard_change.change(catalogue, found),
        scorecard_ways.methods(catalogue, found),
        scorecard_ways.chances(catalogue, found),
        scorecard_beside.beside(catalogue, plan, found),
        scorecard_measures.measures(catalogue, plan, found),
    ]
    for card in cards:
        assert isinstance(card, Card)
        assert card.title
        assert card.method
        assert card.table is not None
        said = words(str(card.body))
        assert not SLIP.search(said)
        assert not INFINITE.search(said)
    chances = cards[2].table.frame.filter(like="rank_")  # type: ignore[union-attr]
    assert np.allclose(chances.sum(axis=1), 1)
    methods = cards[1].table.frame  # type: ignore[union-attr]
    assert (methods["goalposts_arithmetic"] == found.ranked.place).all()  # type: ignore[union-attr]
    weights = cards[4].table.frame["weight"]  # type: ignore[union-attr]
    assert weights.sum() == pytest.approx(100)
    few = of(values, plan, ("KOR", "JPN"))
    assert scorecard_change.change(catalogue, few) is None
    assert scorecard_ways.methods(catalogue, few) is None


def test_surest_and_least_sure_go_by_one_yardstick(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    from dataclasses import replace

    found = of(values, plan)
    assert found.ranked is not None
    names = [catalogue.say(found.economies[int(row)]) for row in found.ranked.rows]
    card = scorecard_ways.chances(catalogue, found)
    assert card is not None
    frame = card.table.frame.filter(like="rank_")  # type: ignore[union-attr]
    top = (frame.max(axis=1) * 100).round()
    for name, share in zip(names, top, strict=True):
        if share == top.max() or (share == top.min() and (top == share).sum() == 1):
            assert name.lower() in card.title.lower()
        elif share != top.min():
            assert name.lower() not in card.title.lower()

    def title(highest: list[float]) -> str:
        chance = np.zeros((len(names), len(names)))
        chance[:, 0] = highest
        spread = replace(found.ranked.spread, chance=chance)  # type: ignore[union-attr]
        shown = replace(found, ranked=replace(found.ranked, spread=spread))  # type: ignore[type-var]
        return scorecard_ways.chances(catalogue, shown).title  # type: ignore[union-attr]

    rest = [0.5] * (len(names) - 3)
    assert title([0.9, 0.9, 0.2, *rest]) == (
        f"Surest of rank: {names[0]} and {names[1]}; least sure: {names[2]}"
    )
    assert title([0.9, 0.6, 0.2, *rest]).endswith(f"is surest of its rank, {names[2]} least sure")
    assert title([0.9, 0.8, 0.7, *rest]) == f"Surest of rank: {names[0]}"
    assert title([0.3, 0.9, 0.9, *([0.9] * len(rest))]) == f"Least sure of rank: {names[0]}"
    assert title([0.5] * len(names)) == "All are equally sure of their ranks"


def test_other_orders_say_which_measures_they_share(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    card = scorecard_beside.beside(catalogue, plan, of(values, plan))
    assert card is not None
    assert card.title == "How the order compares with 3 other orders"
    shared = card.table.frame.set_index("indicator_id")[["parts", "same"]]  # type: ignore[union-attr]
    composites = sum(row["composite"] == "Government AI Readiness Index" for row in plan.rows)
    assert tuple(shared.loc["gov_ai_readiness_score"]) == (composites, 0)
    stanford = sum(
        catalogue.indicators[key].row["publisher"] == "Stanford HAI" for key in plan.indicators
    )
    assert tuple(shared.loc["ai_vibrancy_score"]) == (0, stanford)
    said = words(str(card.body))
    assert f"{composites} of the 30 measures here are parts of it." in said
    assert f"{stanford} of the 30 measures here are made by its publisher." in said


def test_periods_are_printed_and_old_pillars_named(
    catalogue: Catalogue, values: Sheet, plan: Plan
) -> None:
    found = of(values, plan)
    card = scorecard_measures.measures(catalogue, plan, found)
    frame = card.table.frame.set_index("indicator_id")  # type: ignore[union-attr]
    for key in plan.indicators:
        periods = {str(c["period"]) for (_, k), c in values.cells.items() if k == key}
        assert (frame.loc[key, "first"], frame.loc[key, "last"]) == (min(periods), max(periods))
    body = words(str(card.body))
    assert "each economy's latest, 2023 to 2025" in html.unescape(body)
    capital = next(item for item in scorecard_measures.old_pillars(found) if item[0] == "capital")
    assert capital == ("capital", pytest.approx(0.5), "2021", "2021")
    said = " ".join(gap.text for gap in scorecard_measures.gaps(catalogue, found))
    assert "Capital: 50 % of its weight rests on values of 2021." in words(said)
    # Without weight on the old ones, nothing old is left to tell of that pillar.
    choice = Choice(changed=(("private_ai_investment", 0), ("newly_funded_ai_companies", 0)))
    fresh = scorecard_measures.old_pillars(result(values, plan, choice, SCOPE))
    assert "capital" not in {item[0] for item in fresh}


def test_no_correlation_of_a_handful(catalogue: Catalogue, values: Sheet, plan: Plan) -> None:
    few = ("CHN", "JPN", "KOR", "TWN", "SGP", "VNM")
    card = scorecard_beside.beside(catalogue, plan, of(values, plan, few))
    assert card is not None
    assert card.empty is not None


def test_ten_steps() -> None:
    assert len(steps(translator("en"))) == 10
    said = method(translator("en")).html
    for piece in ("20261122", "2,000", "concentration 30", "70", "Joint Research Centre"):
        assert piece in said, piece


def test_a_build_without_a_scorecard(
    catalogue: Catalogue, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert has_scorecard(db)
    for name in TABLES:
        monkeypatch.delitem(db.build.tables, name)
    assert plan_of(db) is None
    assert scorecard_words.title(catalogue, None) == "This build has no scorecard"


def test_scores_of_a_day_know_nothing_later(db: Database, plan: Plan) -> None:
    day = dt.date(2026, 8, 23)
    then = Catalogue(db, translator("en"), as_of=day)
    found = sheet(then, plan, SCOPE, per_person=False)
    assert found.cells
    for cell in found.cells.values():
        assert cell["known_on"].date() <= day
