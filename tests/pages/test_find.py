"""Search over the shipped data: the golden list, answers in five languages, the route's manners."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from observatory.analysis.search import MAX_QUERY
from observatory.db import queries_directory
from observatory.db.connect import Database
from observatory.i18n import LANGUAGES, translator
from observatory.ui import find, nav
from observatory.views import links, search
from observatory.views.indicator import directory
from observatory.views.measures import Catalogue
from observatory.views.search_index import Finder
from tests import running

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "search.csv"
ROWS = list(csv.DictReader(GOLDEN.open(encoding="utf-8")))


@pytest.fixture(scope="module")
def finder(db: Database) -> Finder:
    return find.finder(db)


def test_the_list_is_long_and_in_many_scripts() -> None:
    assert len(ROWS) >= 60
    assert len({row["script"] for row in ROWS}) >= 8


def test_golden_queries(finder: Finder) -> None:
    wrong = []
    for row in ROWS:
        groups = search.answer(finder, row["query"], translator("en"))["groups"]
        found = groups[0]["items"][0]["id"].replace("-", ":", 1) if groups else "nothing"
        if found != row["first"]:
            wrong.append(f"{row['query']}: {found}, not {row['first']}")
    assert wrong == []


def measures(finder: Finder, query: str) -> search.Group:
    (group,) = [
        group
        for group in search.answer(finder, query, translator("en"))["groups"]
        if group["kind"] == "indicator"
    ]
    return group


def test_headline_measures_go_first_and_all_can_be_seen(finder: Finder, db: Database) -> None:
    found = measures(finder, "papers")
    ids = [item["id"].removeprefix("indicator-") for item in found["items"]]
    lead = {row["indicator_id"] for row in finder.measures if row["headline"]}
    assert {"papers_iclr", "papers_icml", "papers_neurips"} <= set(ids[:5])
    assert [key in lead for key in ids] == sorted((key in lead for key in ids), reverse=True)
    # The line counts what the page it leads to shows.
    data = Catalogue(db, translator("en"), None, (None, None))
    shown = directory.found(data, "papers")
    assert len(shown) > len(ids)
    assert found["more"].startswith(f"All {len(shown)} measures")
    assert found["more_href"] == "/indicator?q=papers"
    assert set(ids) <= {item.id for item in shown}


def test_every_result_is_counted(finder: Finder) -> None:
    t = translator("en")
    for query in ("papers", "investment", "per person", "agentic ransom"):
        answer = search.answer(finder, query, t)
        shown = sum(len(group["items"]) for group in answer["groups"])
        count = int(answer["said"].split()[0])
        assert count >= shown
        assert (f"{shown} of them shown" in answer["said"]) == (count > shown)
    assert int(search.answer(finder, "papers", t)["said"].split()[0]) > 11


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("papers", "ai_publications_cset"),
        ("publications", "ai_articles_scopus_nsf"),
        ("article", "ai_publications_cset"),
        ("per capita", "researchers_per_million"),
        ("data centers", "datacentre_pipeline_mw"),
        ("AI adoption", "ai_user_share_microsoft"),
    ],
)
def test_words_of_one_meaning_find_the_same_measures(
    finder: Finder, query: str, other: str
) -> None:
    hits = search._hits(finder, query, None)
    assert other in {finder.index.entries[hit.at].id for hit in hits}


def test_a_word_of_definitions_alone_leads_to_the_directory(finder: Finder) -> None:
    t = translator("en")
    (group,) = search._described(finder, "respondents", [], t)
    assert group["items"] == []
    assert group["more_href"] == "/indicator?q=respondents"
    assert group["more"].startswith("All ")
    assert search._described(finder, "respondents", [group], t) == [group]
    assert search._described(finder, "qqqqzzzzxx", [], t) == []


def test_every_name_finds_its_own(db: Database, finder: Finder) -> None:
    """Each name and ticker of every organisation gives that organisation among the first."""
    names = queries_directory.search_names(db)
    names = names[names["kind"] == "org"]
    wrong = []
    for row in names.iloc[::6].itertuples():
        hits = finder.index.search(str(row.name)[:MAX_QUERY], kinds=frozenset({"org"}))[:8]
        if str(row.id) not in {finder.index.entries[hit.at].id for hit in hits}:
            wrong.append(f"{row.name} ({row.id})")
    assert wrong == []


def test_everything_found_leads_somewhere(finder: Finder) -> None:
    slugs = {page.slug for page in nav.existing()}
    for row in finder.rows:
        path = str(row["href"]).partition("?")[0].strip("/")
        assert str(row["href"]).startswith("/")
        assert path in slugs or path == ""


def test_addresses_switch_when_a_page_is_there() -> None:
    given_ = {"org_id": "zhipu", "economy_id": "CHN", "row_id": "mabc"}
    assert links.found("model", "glm", {"company"}, **given_) == "/company?org=zhipu&receipt=mabc"
    assert links.found("model", "glm", {"company", "model"}, **given_) == "/model?id=glm"
    assert (
        links.found("policy", "p", {"economy"}, economy_id="KOR", row_id="pabc")
        == "/economy?economy=KOR&receipt=pabc"
    )
    assert links.found("policy", "p", (), economy_id="INT", row_id="pabc") == "/?receipt=pabc"
    assert links.found("benchmark", "b", {"company"}) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_speak_the_readers_language(finder: Finder, lang: str) -> None:
    t = translator(lang)
    answer = search.answer(finder, "智譜", t)
    (item,) = [i for g in answer["groups"] if g["kind"] == "org" for i in g["items"]]
    assert item["id"] == "org-zhipu"
    assert item["label"] == ("智谱" if lang.startswith("zh") else "Zhipu AI (Z.ai)")
    assert item["economy"]
    assert answer["said"]


def test_why_it_matched(finder: Finder) -> None:
    t = translator("en")

    def why(query: str) -> str:
        return search.answer(finder, query, t)["groups"][0]["items"][0]["why"]

    assert why("2513.HK") == "ticker 2513.HK"
    assert why("Korea Telecom") == "formerly Korea Telecom"
    assert why("스텝펀") == "sounds like StepFun"
    # The words asked for stand in the printed name: nothing is left to say.
    assert why("EBITDA") == why("GPU") == ""
    assert why("jieyue xingchen") == "阶跃星辰 in Latin letters"
    assert "also known as" in why("Knowledge Atlas")
    assert why("智谱") == ""


def test_nothing_found_says_what_can_be(finder: Finder) -> None:
    t = translator("en")
    nothing = search.answer(finder, "qqqqzzzzxx", t)
    assert nothing["groups"] == []
    assert "Nothing on file is called “qqqqzzzzxx”" in nothing["note"]
    assert "organisations" in nothing["note"]
    near = search.answer(finder, "한국", t)
    assert "nearest" in near["note"]
    assert near["groups"][0]["items"][0]["id"] == "economy-KOR"


def test_before_a_question_the_pages_are_offered(finder: Finder) -> None:
    answer = search.answer(finder, "  ", translator("en"))
    assert {item["href"] for item in answer["groups"][0]["items"]} >= {"/", "/economy", "/company"}


def test_early_days_hide_what_was_not_known(finder: Finder) -> None:
    t = translator("en")
    day = dt.date(2020, 1, 1)
    for query in ("deepseek", "zhipu", "gpt-5"):
        for group in search.answer(finder, query, t, day)["groups"]:
            for item in group["items"]:
                row = next(r for r in finder.rows if f"{r['kind']}-{r['id']}" == item["id"])
                assert row.get("known_on") is None or row["known_on"] <= day


# The route ----------------------------------------------------------------------------------------


def ask(method: str = "GET", *, site: str | None = None, **params: str) -> httpx.Response:
    """One question to the route, without a server."""
    app = Starlette(routes=[Route("/search", find.find)])
    headers = {"Sec-Fetch-Site": site} if site else {}

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
            return await client.request(method, "/search", params=params, headers=headers)

    return running.run(send())


def test_route_gives_json(db: Database) -> None:
    reply = ask(q="智谱", lang="ja")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.json()["groups"][0]["items"][0]["id"] == "org-zhipu"
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"q": "x" * (MAX_QUERY + 1)}, 400),
        ({"q": "智" * 5000}, 400),
        ({"q": "a", "as_of": "yesterday", "lang": "xx", "build": "'; drop"}, 200),
        ({}, 200),
    ],
)
def test_route_keeps_its_limits(db: Database, params: dict[str, str], status: int) -> None:
    assert ask(**params).status_code == status


def test_route_answers_this_site_only(db: Database) -> None:
    for site, status in (
        ("cross-site", 403),
        ("same-site", 403),
        ("same-origin", 200),
        ("none", 200),
    ):
        assert ask(q="a", site=site).status_code == status
    assert ask("POST", q="a").status_code == 405


def test_route_sends_many_away(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "_waiting", find.AT_ONCE + find.WAITING)
    reply = ask(q="a")
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "1"


def test_markup_in_a_question_stays_text(db: Database) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    reply = ask(q=nasty)
    assert nasty in json.loads(reply.text)["note"]
    assert reply.headers["content-type"] == "application/json"


@given(query=st.text(max_size=120))
@settings(max_examples=40)
def test_no_question_breaks_the_answer(finder: Finder, query: str) -> None:
    answer = search.answer(finder, query, translator("ko"))
    json.dumps(answer)
    # Before anything is asked every page is offered; an answer has a limit.
    pages = sum(entry.kind == "page" for entry in finder.index.entries)
    most = (
        search.MOST
        if any(group["kind"] != "page" for group in answer["groups"])
        else max(search.MOST, pages)
    )
    assert sum(len(group["items"]) for group in answer["groups"]) <= most
