"""The page of one measure and the directory, over the hard cases."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from pathlib import Path

import pytest

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.model.scope import SCOPE
from observatory.views import markers
from observatory.views.breaks import broken
from observatory.views.briefing.findings import movers
from observatory.views.briefing.news import value_changes
from observatory.views.indicator import data as indicator_data
from observatory.views.indicator import page as indicator
from observatory.views.indicator import words as indicator_words
from observatory.views.indicator.data import Subject
from observatory.views.measures import Catalogue
from tests.pages.opened import SLIP, shown, words

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
HARD = {
    "private_ai_investment": "editions, a dispute, unchecked years",
    "high_tech_exports_usd": "a break of one economy",
    "gov_ai_readiness_score": "one edition",
    "company_revenue_usd_million": "companies",
    "share_price_close_hkd_per_share": "58 companies, one day each",
    "cac_deep_synthesis_algorithms_cumulative": "provinces",
    "ai_vc_investment_world": "the world alone",
    "aiplus_target_datasets": "a target alone",
    "china_ai_accelerator_units": "unchecked values alone",
    "semi_equipment_billings_usd_bn": "years and quarters",
    "announced_dc_investment_aud_billion": "relatives without values",
}  # fmt: skip


def subject_of(catalogue: Catalogue, key: str, **given: str) -> Subject:
    return indicator.opened(catalogue, key, given, SCOPE)[0]


def html(card: Card | None) -> str:
    if card is None:
        return ""
    body = card.body.html if isinstance(card.body, Safe) else str(card.body or "")
    return (
        f"{card.title} {card.subtitle} {body} {card.after.html if card.after else ''} {card.caveat}"
    )


@pytest.mark.parametrize("key", list(HARD))
def test_every_part_speaks_for_the_hard_measures(catalogue: Catalogue, key: str) -> None:
    for view in indicator_data.views_of(catalogue.indicators[key]):
        subject = subject_of(catalogue, key, view=view)
        main = indicator.main_card(subject, markers.KINDS if view == "line" else ())
        assert main.title
        assert not SLIP.search(words(html(main))), (key, view)
    cards = [
        indicator.about_card(subject), indicator.coverage_card(subject), indicator.conflicts_card(subject),
        indicator.sources_card(subject), indicator.near_card(subject), indicator.others_card(subject),
        indicator.same_card(subject),
        indicator.cite_card(subject, "https://example.org/", None, dt.date(2026, 11, 22)),
    ]  # fmt: skip
    for card in cards:
        assert not SLIP.search(words(html(card))), (key, card and card.id)
    assert indicator.page_deck(subject)


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "ai_user_share_microsoft", "events": "1", "lang": "ja"},
        {"indicator": "private_ai_investment", "view": "map", "per": "population", "year": "2021"},
        {"indicator": "foundry_revenue_share", "view": "bar"},
        {"indicator": "top500_systems", "view": "table", "economies": "KOR", "comparators": "1"},
        {"indicator": "ai_user_share_microsoft", "as_of": "2020-01-01"},
        {"indicator": "ai_user_share_microsoft", "period": "1990..1991"},
    ],
    ids=lambda query: "-".join(query.values()),
)
def test_the_page_stands(query: dict[str, str]) -> None:
    assert query["indicator"] in shown("indicator", **query)


def test_what_the_link_gets_wrong_is_said_and_the_page_stands() -> None:
    said = shown(
        "indicator",
        indicator="gov_ai_readiness_score",
        view="pie",
        per="head",
        year="1066",
        log="2",
        events="wars",
    )
    for wrong in ("view=pie", "per=head", "year=1066", "log=2", "events=wars"):
        assert wrong in said
    assert "no measure we know" in shown("indicator", indicator="no_such_measure")


def test_the_directory_links_every_measure_once_and_searches(catalogue: Catalogue) -> None:
    page = indicator.directory(catalogue, "").html
    links = re.findall(r'href="/indicator\?indicator=([^"]+)"', page)
    assert sorted(links) == sorted(catalogue.indicators)
    found = indicator.directory(catalogue, "semiconductor equipment").html
    assert "semi_equipment_billings_usd_bn" in found
    assert "top500_systems" not in found
    assert "No measure fits" in indicator.directory(catalogue, "xyzzy").html


def test_lines_break_where_the_data_says(catalogue: Catalogue) -> None:
    exports = subject_of(catalogue, "high_tech_exports_usd").frame
    broken = exports[exports["breaks"]]
    assert broken[["entity_id", "period"]].to_numpy().tolist() == [["HKG", "2017"]]
    semi = subject_of(catalogue, "semi_equipment_billings_usd_bn").frame
    assert (semi.loc[semi["breaks"], "break_why"] == "extent").all()
    assert semi["breaks"].any()
    score = subject_of(catalogue, "gov_ai_readiness_score_to_2024").frame
    assert score["breaks"].any()
    card = indicator.main_card(subject_of(catalogue, "high_tech_exports_usd"))
    assert "no growth can be read across it" in html(card)


def test_no_course_is_told_across_a_break(catalogue: Catalogue) -> None:
    """Every change in a title lies inside one unbroken stretch."""
    subject = subject_of(catalogue, "lmarena_text_best")
    title, _ = indicator_words.course_title(subject)
    assert "rose" not in title
    joined = indicator_words.since_break(subject.values)
    assert joined.groupby("entity_id")["period"].nunique().max() == 1


def test_fewer_than_five_values_name_no_leader(catalogue: Catalogue) -> None:
    title = indicator_words.cross_title(subject_of(catalogue, "chatgpt_mau_share"))
    assert "lead" not in title
    assert "highest" not in title


def csv_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_coverage_and_conflicts_recomputed_from_the_files(catalogue: Catalogue) -> None:
    """Cells on file and cells with more than one value, counted without the database."""
    for key, domain in (("private_ai_investment", "investment"), ("ai_index_notable_models", "models"),
                        ("foundry_revenue_share", "semiconductors")):  # fmt: skip
        values: dict[tuple[str, str, str], set[float]] = defaultdict(set)
        for row in csv_rows(f"observations/{domain}.csv"):
            if row["indicator_id"] == key and row["entity_id"] not in ("ESP", "NLD", "BGD"):
                values[row["entity_id"], row["period"], row["span"]].add(float(row["value"]))
        subject = subject_of(catalogue, key)
        assert len(subject.frame) == len(values), key
        cells = subject.conflicts["cell_id"].nunique()
        assert cells == sum(len(different) > 1 for different in values.values()), key


def test_per_million_people_recomputed_from_the_files(catalogue: Catalogue) -> None:
    """The ranked values per head, from the two files they rest on."""
    people = {
        (row["entity_id"], row["period"]): float(row["value"])
        for row in csv_rows("observations/context.csv")
        if row["indicator_id"] == "population_total"
    }
    subject = subject_of(catalogue, "github_developers", per="population", view="bar")
    period = subject.section.period or ""
    year = period[:4]
    own = {
        row["entity_id"]: float(row["value"])
        for row in csv_rows("observations/talent.csv")
        if row["indicator_id"] == "github_developers" and row["period"] == period
    }
    checked = 0
    for row in subject.section.frame.to_dict("records"):
        economy = str(row["entity_id"])
        if (economy, year) in people:
            assert row["value"] == pytest.approx(own[economy] / people[economy, year] * 1e6)
            checked += 1
    assert checked >= 10
    values = list(subject.section.frame["value"])
    assert values == sorted(values, reverse=True)


def test_the_citation_names_build_and_lasting_link(catalogue: Catalogue) -> None:
    subject = subject_of(catalogue, "ai_user_share_microsoft")
    at = f"https://example.org/indicator?indicator=ai_user_share_microsoft&build={catalogue.db.build_id}"
    found = html(indicator.cite_card(subject, at, dt.date(2026, 11, 21), dt.date(2026, 11, 22)))
    assert found.count("data-copy-scope") >= 6
    assert catalogue.db.build_id in found
    assert "@misc{" in found
    assert "TY  - DATA" in found


def test_no_change_of_the_briefing_crosses_a_break(catalogue: Catalogue) -> None:
    crossing = broken(catalogue)
    assert crossing
    for share in (True, False):
        assert not set(movers(catalogue, SCOPE, share)["row_id"]) & crossing
    news = value_changes(catalogue, SCOPE, dt.date(2020, 1, 1)).html
    assert not [row_id for row_id in crossing if f'"{row_id}"' in news]
