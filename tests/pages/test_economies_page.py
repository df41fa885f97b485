"""The overview of economies: the page over its hard cases, its sentences, and its main numbers
reckoned again from the curated files."""

from __future__ import annotations

import csv
import datetime as dt
import html
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.views.measures import Catalogue
from observatory.views.overview import against as overview_against
from observatory.views.overview import course as overview_course
from observatory.views.overview import page as overview
from observatory.views.overview import ranks as overview_ranks
from observatory.views.overview.choice import pers
from observatory.views.overview.cover import long_reason, missing
from observatory.views.overview.data import Picture
from tests.pages.opened import SLIP, no_slip, open_page, told

ROOT = Path(__file__).resolve().parents[2]


def picture(catalogue: Catalogue, members: tuple[str, ...] = SCOPE, **query: str) -> Picture:
    choice, notes = overview.read_choice(catalogue, query.get)
    assert notes == ()
    found = overview.field(catalogue, choice.measure, choice.per)
    return overview.picture(found, choice, members)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"measure": "github_developers", "per": "population", "comparators": "1", "log": "0"},
        {"measure": "epoch_notable_models", "ref": "none", "events": "1"},
        {"measure": "ai_adoption_companies_other_survey"},
        {"measure": "private_ai_investment", "year": "2024", "ref": "USA", "per": "gdp"},
        {"measure": "electricity_carbon_intensity", "economies": "asean6", "lang": "ja"},
        {"economies": "KOR", "lang": "zh-Hant"},
        {"economies": "third-way5", "lang": "ko"},
        {"as_of": "2020-01-01", "lang": "zh-Hans"},
        {"as_of": "2026-03-01", "period": "2018..2022", "present": "1"},
    ],
    ids=lambda query: "-".join(query.values()) or "plain",
)
def test_page_runs(db: Database, query: dict[str, str]) -> None:
    said = no_slip(told("economies", **query))
    assert "in the link could not be used" not in said


def test_bad_values_in_the_link_are_named_and_the_page_stands(db: Database) -> None:
    said = told("economies", measure="minimax_revenue", year="1066", per="head", ref="atlantis")
    assert "is no measure we know" in said
    for bad in ("year=1066", "per=head", "ref=atlantis"):
        assert bad in said
    assert "Singapore leads with 63.4" in said


def test_measures_of_organisations_are_never_offered(catalogue: Catalogue) -> None:
    known = overview.measures(catalogue, "ai_user_share_microsoft")
    kinds = {catalogue.indicators[key].row["entity_type"] for key in known.ids}
    assert kinds == {"economy"}
    assert len(known.ids) == len(set(known.ids)) > 300
    firsts = [bool(catalogue.indicators[key].row["headline"]) for key in known.ids]
    assert firsts == sorted(firsts, reverse=True)
    organisation = next(
        key for key, item in catalogue.indicators.items()
        if item.row["entity_type"] == "organization"
    )  # fmt: skip
    choice, notes = overview.read_choice(catalogue, {"measure": organisation}.get)
    assert choice.measure != organisation
    assert [note.kind for note in notes] == ["indicator"]


NEVER_DIVIDED = (
    "ai_user_share_microsoft",
    "gov_ai_readiness_score",
    "epoch_max_training_compute",
    "population_total",
    "semi_share_design",
)


@pytest.mark.parametrize("measure", NEVER_DIVIDED)
def test_shares_scores_and_people_are_not_divided(catalogue: Catalogue, measure: str) -> None:
    assert pers(catalogue, measure) == ()
    assert overview.per_reason(catalogue, measure)


def test_measures_of_every_kind_make_a_page(catalogue: Catalogue) -> None:
    """Measures of every kind: cards without a slip, ranks only of five and more."""
    known = overview.measures(catalogue, "ai_user_share_microsoft")
    for key in known.ids[::60]:
        shown = picture(catalogue, measure=key)
        gone = missing(shown)
        listed = set(shown.section.frame["entity_id"]) | {one.economy for one in gone}
        assert listed == set(SCOPE)
        cards = [
            overview.map_card(shown),
            overview.ranks_card(shown),
            overview.coverage_card(shown, gone),
        ]
        for card in cards:
            if card is not None:
                assert card.title
                assert not SLIP.search(card.title + str(card.body)), key
        if shown.section.n < 5:
            assert not shown.ranked
            assert overview_ranks.median(shown) is None
            assert " leads " not in overview.map_card(shown).title


# The reasons -------------------------------------------------------------------------------------


def test_reasons_are_those_of_the_rows(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="ai_user_share_microsoft")
    assert [(one.economy, one.why) for one in missing(shown)] == [("HKG", "not_measured")]
    disputed = picture(catalogue, measure="ai_adoption_companies_other_survey", year="2025")
    reasons = {one.economy: one for one in missing(disputed)}
    assert reasons["HKG"].why == "disputed"
    assert "30 to 32" in long_reason(reasons["HKG"], disputed)
    assert reasons["HKG"].row_id
    spending = picture(catalogue, measure="rd_expenditure_pct_gdp")
    why = {one.economy: one.why for one in missing(spending)}
    assert why["TWN"] == "not_measured"
    assert {"earlier", "not_measured"} >= set(why.values())


def test_what_was_not_known_then_says_when_it_became_known(db: Database) -> None:
    early = Catalogue(db, translator("en"), dt.date(2020, 1, 1))
    shown = picture(early, measure="ai_user_share_microsoft")
    gone = missing(shown)
    assert {one.why for one in gone} == {"not_by_then", "not_measured"}
    assert all(
        one.day and one.day > dt.date(2020, 1, 1) for one in gone if one.why == "not_by_then"
    )
    card = overview.map_card(shown)
    assert card.empty is not None
    assert "2026" in card.empty.reason


def test_years_left_out_by_the_reader_are_named(db: Database) -> None:
    old = Catalogue(db, translator("en"), None, (2000, 2010))
    shown = picture(old, measure="github_developers")
    assert {one.why for one in missing(shown)} == {"other_years"}


# The list ----------------------------------------------------------------------------------------


def test_comparators_are_shown_in_grey_and_never_ranked(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="github_developers", comparators="1")
    rows = overview_ranks.rows(shown)
    grey = rows[rows["grey"]]
    assert set(grey["entity_id"]) <= set(COMPARATORS)
    assert len(grey) == 7
    assert set(grey["place"]) == {""}
    assert rows["value"].is_monotonic_decreasing
    card = overview.ranks_card(shown)
    assert card is not None
    assert "not ranked" in str(card.after)


@pytest.mark.parametrize("preset", PRESETS)
def test_ranks_are_among_the_members_with_a_figure(catalogue: Catalogue, preset: str) -> None:
    members = PRESETS[preset]
    shown = picture(catalogue, members, measure="ai_user_share_microsoft")
    rows = overview_ranks.rows(shown)
    ranked = rows[rows["place"] != ""]
    if shown.section.n < 5:
        assert ranked.empty
    else:
        assert set(ranked["entity_id"]) == set(members) - {"HKG"}
        assert ranked["place"].tolist() == [str(i + 1) for i in range(len(ranked))]
        assert all(text.endswith(f"of {len(ranked)}") for text in ranked["rank"])
    # The reference stands in the list though it is no member.
    assert "CHN" in set(rows["entity_id"])


def test_differences_from_the_reference_have_the_same_decimals(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="ai_user_share_microsoft")
    said = " ".join(overview_ranks.rows(shown)["beside"])
    points = re.findall(r"[+−]([\d.]+) points", said)
    assert len(points) > 8
    assert {len(one.partition(".")[2]) for one in points} == {1}
    assert f"by {points[0]} points" in overview_against.against_title(shown)


def test_economies_that_must_not_be_compared_are_not(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="genai_users_national_survey_pct")
    assert not shown.comparable
    assert overview_ranks.rows(shown)["beside"].eq("").all()
    assert overview_against.against_title(shown) == ""
    assert "not to be compared" in overview.map_card(shown).title


def test_breaks_and_unfinished_years_make_no_rise(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="private_ai_investment")
    marked = shown.field.marked
    assert marked["breaks"].any()
    found = overview_course.found_course(shown)
    assert found is None or found.first >= "2022"
    models = overview_course.found_course(picture(catalogue, measure="epoch_notable_models"))
    assert models is None or models.last != "2026"


def test_colours_mean_the_same_in_every_period(catalogue: Catalogue) -> None:
    newest = picture(catalogue, measure="github_developers")
    older = picture(catalogue, measure="github_developers", year="2021-Q1")
    assert newest.limits == older.limits
    drawn = overview.frames(newest, narrow=True)
    assert [one["period"] for one in drawn] == [step.period for step in newest.play]
    assert len({one["title"] for one in drawn}) > 5
    same = next(one for one in drawn if one["period"] == "2021-Q1")
    body = overview.map_card(older).body
    assert isinstance(body, Safe)
    assert same["svg"] in html.unescape(body.html)


# The numbers, reckoned again from the curated files ------------------------------------------------


def read(domain: str, indicator: str, period: str) -> dict[str, list[Mapping[str, str]]]:
    """Rows of an indicator and period by economy, as they stand in the file."""
    found: dict[str, list[Mapping[str, str]]] = {}
    path = ROOT / "data" / "observations" / f"{domain}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["indicator_id"] == indicator and row["period"] == period:
                found.setdefault(row["entity_id"], []).append(row)
    return found


def only(rows: dict[str, list[Mapping[str, str]]], code: str) -> float:
    values = {float(row["value"]) for row in rows[code]}
    assert len(values) == 1
    return values.pop()


def test_who_leads_china_in_ai_use_by_how_much_and_by_whose_count(catalogue: Catalogue) -> None:
    rows = read("adoption", "ai_user_share_microsoft", "2026-Q1")
    china = only(rows, "CHN")
    above = {code for code in SCOPE if code in rows and only(rows, code) > china}
    shown = picture(catalogue, measure="ai_user_share_microsoft", ref="CHN")
    assert shown.period == "2026-Q1"
    drawn = overview_ranks.rows(shown).set_index("entity_id")
    for code in set(drawn.index) - {"CHN"}:
        value = only(rows, code)
        text = str(drawn.loc[code, "beside"])
        points = float(re.sub(r"[^\d.]", "", text.split(" point")[0]))
        assert points == pytest.approx(abs(value - china), rel=0.01, abs=0.05)
        assert text.startswith("+" if value > china else "−")
        number = float(re.search(r"([\d.]+)\s(?:times|% of it)", text.replace("\u00a0", " "))[1])  # type: ignore[index]
        expected = value / china if value >= china else value / china * 100
        assert number == pytest.approx(expected, rel=0.06)
    card = overview.ranks_card(shown)
    assert card is not None
    assert f"Above China: {len(above)} of {len([c for c in SCOPE if c in rows]) - 1}" in card.title
    said = str(card.after)
    assert "Q1 2026" in said
    assert "by the count of Microsoft" in said


def test_values_per_million_people_and_their_ranks(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="github_developers", per="population", year="2024-Q4")
    rows = read("talent", "github_developers", "2024-Q4")
    people = read("context", "population_total", "2024")
    frame = shown.section.frame.set_index("entity_id")
    checked = 0
    for code in frame.index:
        heads = {float(row["value"]) for row in people.get(code, [])}
        if len(heads) == 1 and len({row["value"] for row in rows[code]}) == 1:
            assert frame.loc[code, "value"] == pytest.approx(only(rows, code) / heads.pop() * 1e6)
            assert frame.loc[code, "base_age"] == 0
            checked += 1
    assert checked >= 8
    card = overview.map_card(shown)
    assert card.table is not None
    assert {"row_id", "base_row_id"} <= {column.row_id for column in card.table.columns}
    # A computed value opens the table that shows both numbers, never a receipt of its own.
    assert "data-receipt" not in str(card.body)
    assert 'data-act="table"' in str(card.body)


def test_the_sum_and_the_median_are_those_of_the_members(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="top500_systems", year="2026-06")
    rows = read("compute", "top500_systems", "2026-06")
    values = sorted(only(rows, code) for code in SCOPE if code in rows)
    assert overview_ranks.total(shown) == sum(values)
    middle = len(values) // 2
    median = values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
    assert overview_ranks.median(shown) == median
    assert overview_ranks.total(picture(catalogue, measure="papers_iclr")) is None


def test_cards_carry_what_every_card_must(catalogue: Catalogue) -> None:
    shown = picture(catalogue, measure="gov_ai_readiness_score")
    cards: list[Card | None] = [overview.map_card(shown), overview.ranks_card(shown)]
    for card in cards:
        assert card is not None
        assert card.sources
        assert card.statuses
        assert card.method
        assert card.table is not None
        assert card.table.row_ids()


def test_an_indicator_in_the_address_is_the_measure(catalogue: Catalogue) -> None:
    choice, notes = overview.read_choice(catalogue, {}.get, "internet_users_pct")
    assert (choice.measure, notes) == ("internet_users_pct", ())
    both, _ = overview.read_choice(
        catalogue, {"measure": "population_total"}.get, "internet_users_pct"
    )
    assert both.measure == "population_total"
    # The page hears it too, and a choice in its box takes its place.
    app = open_page("economies", indicator="internet_users_pct")
    assert not app.exception
    assert app.selectbox(key="pick-measure").value == "internet_users_pct"
