"""Laws and programmes, and governance measures: hard cases, languages, one policy, bad addresses."""

from __future__ import annotations

import pytest

from tests.pages.opened import no_slip, shown, told, words


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"economies": "PHL", "lang": "ko"},
        {"kind": "law", "status": "in_force", "topic": "governance", "lang": "ja"},
        {"q": "人工知能", "lang": "zh-Hant"},
        {"issuer": "tc260", "sort": "title", "page": "99"},
        {"as_of": "2020-01-01"},
        {"as_of": "2020-01-01", "view": "beside"},
        {"view": "beside", "with": "HKG,USA", "lang": "zh-Hans"},
        {"economies": "BGD,ZZZ", "kind": "novel", "view": "map", "with": "KOR", "id": "nothing"},
        {"id": "kr-ai-basic-act", "lang": "ko"},
        {"id": "chn-shenwei-huanzhi-filing", "lang": "ja"},
        {"id": "sgp-oecd-computational-data-analysis-exception-of-the"},
        {"id": "kr-ai-basic-act", "as_of": "2020-01-01"},
    ],
)
def test_laws_and_programmes_run(query: dict[str, str]) -> None:
    no_slip(told("policy", **query), "None of")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"index": "cybersecurity", "lang": "ja"},
        {"index": "democratic-values", "economies": "SGP", "lang": "ko"},
        {"index": "middle-powers", "economies": "THA", "lang": "zh-Hans"},
        {"index": "no such index"},
        {"as_of": "2020-01-01"},
    ],
)
def test_governance_measures_run(query: dict[str, str]) -> None:
    no_slip(told("governance", **query), "None of")


def test_the_question_of_the_next_months_is_answered_on_top() -> None:
    said = told("policy")
    assert (
        "rules take effect or fall due by 22 May 2027: China, South Korea, Taiwan and Vietnam"
        in said
    )
    assert said.index("rules take effect") < said.index("Everything on file")


def test_a_month_is_no_first_of_the_month() -> None:
    said = told("policy", id="ind-dpdp-obligations-2027")
    assert "May 2027" in said
    assert "1 May 2027" not in said
    assert "month only" in said


def test_one_policy_tells_dates_relations_sources_and_issuer() -> None:
    html = shown("policy", id="kr-ai-basic-act")
    said = words(html)
    assert "26 Dec 2024" in said
    assert "22 Jan 2026" in said
    assert 'href="/company?org=kr-msit"' in html
    assert 'href="/policy?id=kr-ai-basic-act-decree"' in html
    assert 'lang="ko"' in html
    assert "https://www.msit.go.kr/" in html
    assert html.count("data-receipt") > 5


def test_a_catalogue_entry_is_never_called_in_force() -> None:
    said = told("policy", id="ind-oecd-the-digital-personal-data-protection-act")
    assert "Status not checked" in said
    assert "as a catalogue codes it: In force" in said


def test_what_was_lifted_is_not_called_replaced() -> None:
    said = told("policy", id="us-h20-licence-2025-04")
    assert "Replaced or lapsed" in said


def test_bad_addresses_get_a_note_and_the_list() -> None:
    said = told("policy", id="nothing", status="dead")
    assert "nothing" in said
    assert "is no value of" in said
    assert "Everything on file" in said
    assert "is no index on file here" in told("governance", index="zz")


def test_no_line_joins_editions_of_two_methods() -> None:
    said = told("governance")
    assert "2024, older method" in said
    assert "No line is drawn and no change worked out across editions" in said
