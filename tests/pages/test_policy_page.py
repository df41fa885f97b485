"""Laws and programmes, and governance measures: hard cases, languages, one policy, bad addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
SLIP = re.compile(r"(?<![\w-])(nan|None(?! of)|NaT|<NA>|&lt;NA&gt;)(?![\w-])")


def open_page(page: str, /, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py")
    return app.run()


def html_of(app: AppTest) -> str:
    parts = [str(element.proto.body) for element in app.get("html")]
    return " ".join(part for part in parts if not part.startswith("<style>"))


def text_of(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", html_of(app))


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
    app = open_page("policy", **query)
    assert not app.exception
    shown = text_of(app)
    assert "is-error" not in html_of(app)
    assert SLIP.search(shown) is None, SLIP.search(shown)


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
    app = open_page("governance", **query)
    assert not app.exception
    shown = text_of(app)
    assert "is-error" not in html_of(app)
    assert SLIP.search(shown) is None, SLIP.search(shown)


def test_the_question_of_the_next_months_is_answered_on_top() -> None:
    shown = text_of(open_page("policy"))
    assert "rules take effect or fall due by 22 May 2027: China, South Korea, Taiwan and Vietnam" in shown
    assert shown.index("rules take effect") < shown.index("Everything on file")


def test_a_month_is_no_first_of_the_month() -> None:
    shown = text_of(open_page("policy", id="ind-dpdp-obligations-2027"))
    assert "May 2027" in shown
    assert "1 May 2027" not in shown
    assert "month only" in shown


def test_one_policy_tells_dates_relations_sources_and_issuer() -> None:
    app = open_page("policy", id="kr-ai-basic-act")
    html, shown = html_of(app), text_of(app)
    assert "26 Dec 2024" in shown
    assert "22 Jan 2026" in shown
    assert 'href="/company?org=kr-msit"' in html
    assert 'href="/policy?id=kr-ai-basic-act-decree"' in html
    assert 'lang="ko"' in html
    assert "https://www.msit.go.kr/" in html
    assert html.count("data-receipt") > 5


def test_a_catalogue_entry_is_never_called_in_force() -> None:
    shown = text_of(open_page("policy", id="ind-oecd-the-digital-personal-data-protection-act"))
    assert "Status not checked" in shown
    assert "as a catalogue codes it: In force" in shown


def test_what_was_lifted_is_not_called_replaced() -> None:
    shown = text_of(open_page("policy", id="us-h20-licence-2025-04"))
    assert "Replaced or lapsed" in shown


def test_bad_addresses_get_a_note_and_the_list() -> None:
    shown = text_of(open_page("policy", id="nothing", status="dead"))
    assert "nothing" in shown
    assert "is no value of" in shown
    assert "Everything on file" in shown
    assert "is no index on file here" in text_of(open_page("governance", index="zz"))


def test_no_line_joins_editions_of_two_methods() -> None:
    app = open_page("governance")
    shown = text_of(app)
    assert "2024, older method" in shown
    assert "No line is drawn and no change worked out across editions" in shown
