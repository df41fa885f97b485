"""Manners of the API: conditional requests, methods, errors in one format, limits, many at once."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observatory.api.ask import negotiate
from observatory.api.problems import Problem
from observatory.api.resources import MAX_LIMIT, MAX_QUERY
from observatory.api.routes import AT_ONCE, WAITING, Api, matches, routes
from observatory.db.connect import Database, Databases
from tests import running


def test_the_etag_is_the_build_and_unchanged_data_answer_304(client: Any, db: Database) -> None:
    first = client.get("/api/v1/indicators?limit=1")
    tag = first.headers["etag"]
    assert db.build_id in tag
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get("/api/v1/indicators?limit=1", headers={"If-None-Match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        assert again.headers["access-control-allow-origin"] == "*"
    assert client.get("/api/v1/indicators", headers={"If-None-Match": '"x"'}).status_code == 200
    csv = client.get("/api/v1/indicators?limit=1&format=csv")
    assert csv.headers["etag"] != tag
    for path in ("/api/v1/", "/api/v1/openapi.json", "/api/"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_how_long_an_answer_is_fresh(client: Any, db: Database) -> None:
    assert "max-age=60" in client.get("/api/v1/economies").headers["cache-control"]
    pinned = client.get(f"/api/v1/economies?build={db.build_id}")
    assert "immutable" in pinned.headers["cache-control"]
    assert client.get("/api/v1/nothing").headers["cache-control"] == "no-store"


def test_head_says_what_get_says(client: Any) -> None:
    for path in ("/api/v1/chips?limit=3", "/api/v1/", "/api/", "/api/v1/nothing"):
        head, got = client.head(path), client.get(path)
        assert head.status_code == got.status_code
        assert head.content == b""
        assert head.headers["content-length"] == str(len(got.content))
        assert head.headers["content-type"] == got.headers["content-type"]


def test_other_sites_may_read(client: Any) -> None:
    asked = client.options("/api/v1/deals", headers={"Origin": "https://other.example"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    got = client.get("/api/v1/economies", headers={"Origin": "https://other.example"})
    assert got.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in got.headers
    assert "ETag" in got.headers["access-control-expose-headers"]


WRONG = [
    ("deals?colour=red", 400, "unknown parameters: colour"),
    ("deals?economy=Korea", 400, "economy=Korea"),
    ("deals?economy=K%C3%96R", 400, "economy=KÖR"),
    ("observations?indicator=typo_id", 400, "indicator=typo_id cannot be used"),
    ("observations?indicator=papers_iclr,typo_id", 400, "indicator=typo_id"),
    ("headlines?indicator=typo_id&format=csv", 400, "/api/v1/indicators lists all"),
    ("conflicts?indicator=ai_articles_scopus", 400, "ai_articles_scopus_nsf"),
    ("deals?period=soon", 400, "period=soon"),
    ("deals?period=..", 400, "period"),
    ("deals?period=2025..2020", 400, "period"),
    ("deals?as_of=2026-02-30", 400, "as_of"),
    ("deals?as_of=20260201", 400, "as_of"),
    ("deals?as_of=0001-01-01", 400, "between 1900 and 2100"),
    ("deals?limit=0", 400, "limit=0"),
    (f"deals?limit={MAX_LIMIT + 1}", 400, "limit"),
    ("deals?limit=1e3", 400, "limit"),
    ("deals?limit=%D9%A1", 400, "limit"),
    ("deals?offset=-1", 400, "offset"),
    ("deals?limit=1&limit=2", 400, "once"),
    ("deals?lead=maybe", 400, "lead=maybe"),
    ("deals?kind=gift", 400, "one of round"),
    ("deals?fields=secret", 400, "fields=secret"),
    ("deals?fields=row_id%3Bdrop", 400, "fields"),
    ("deals?format=xml", 400, "format=xml"),
    ("deals?build=..%2F..%2Fetc", 400, "build"),
    ("deals?build=000000000000", 404, "is not kept"),
    ("deals?org=" + ",".join(f"o{i}" for i in range(60)), 400, "at most 50 values"),
    ("deals?held_back=all", 400, "held_back"),
    ("deals?org=%00", 400, "null"),
    ("deals?org=%FF", 400, "UTF-8"),
    ("economies?as_of=2026-01-01", 400, "unknown parameters: as_of"),
    ("deals/nobody", 404, "there is no nobody among deals"),
    ("deals/a/b/c", 404, "among deals"),
    ("changes/x", 404, "nothing at"),
    ("secrets", 404, "nothing at"),
    ("../../etc/passwd", 404, ""),
    ("?x=1", 400, "unknown parameters: x"),
    ("openapi.json?x=1", 400, "unknown parameters: x"),
]


@pytest.mark.parametrize(
    ("where", "status", "said"), WRONG, ids=[where[:40] for where, _, _ in WRONG]
)
def test_errors_have_one_format_and_name_what_is_wrong(
    client: Any, where: str, status: int, said: str
) -> None:
    reply = client.get(f"/api/v1/{where}")
    assert reply.status_code == status
    if where.startswith(".."):
        return  # a client resolves these before it asks
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    assert said in body["detail"]


def test_an_indicator_that_does_not_exist_is_told_from_one_without_rows(client: Any) -> None:
    body = client.get("/api/v1/observations?indicator=AI_articles_scopus").json()
    assert body["parameter"] == "indicator"
    assert body["near"][0] == "ai_articles_scopus_nsf"
    empty = client.get("/api/v1/observations?indicator=ai_articles_scopus_nsf&period=1955")
    assert empty.status_code == 200
    assert empty.json()["data"] == []
    strange = client.get("/api/v1/observations?indicator=zzzzzzzz").json()
    assert strange["near"] == []


def test_long_queries_and_other_methods(client: Any) -> None:
    long = client.get("/api/v1/deals?org=" + "x" * MAX_QUERY)
    assert long.status_code == 414
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        reply = client.request(method, "/api/v1/deals")
        assert reply.status_code == 405
        assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
        assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("text/csv", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
        ("application/json;q=0.5, text/csv", "csv"),
        ("text/csv;q=0.5, application/json;q=nonsense", "csv"),
        ("text/*", "csv"),
        ("*/*, text/csv", "csv"),
    ],
)
def test_formats_by_header(accept: str, form: str) -> None:
    assert negotiate(accept) == form


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense", ";;;,,"])
def test_formats_that_cannot_be_had(accept: str) -> None:
    with pytest.raises(Problem) as refused:
        negotiate(accept)
    assert refused.value.status == 406


def test_tags_compare_as_the_standard_says() -> None:
    assert matches('W/"a", "b"', '"a"')
    assert matches("*", '"a"')
    assert not matches('"ab"', '"a"')
    assert not matches("", '"a"')


def test_a_host_that_is_none_does_not_get_into_links(databases: Databases) -> None:
    client = TestClient(Starlette(routes=routes(databases.get)), base_url="http://data.example")
    for host in ("evil.example/<script>", 'x" onload="', "a b"):
        reply = client.get("/api/v1/models?limit=1", headers={"Host": host})
        assert reply.json()["links"]["next"].startswith("/api/v1/models?")
    own = Starlette(routes=routes(databases.get, lambda: "https://public.example/obs"))
    reply = TestClient(own, base_url="http://inner").get("/api/v1/models?limit=1")
    assert reply.json()["links"]["next"].startswith("https://public.example/obs/api/v1/models?")


def test_without_a_build_the_api_says_so(tmp_path: Path) -> None:
    client = TestClient(Starlette(routes=routes(Databases(tmp_path).get)))
    for path in ("/api/v1/", "/api/v1/deals", "/api/v1/openapi.json", "/api/"):
        reply = client.get(path)
        assert reply.status_code == 503
        assert reply.headers["retry-after"]
        assert reply.json()["detail"] == "nothing was built yet"


def test_what_breaks_inside_stays_inside(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret path /srv/data")

    monkeypatch.setattr("observatory.api.routes.listing.page", broken)
    reply = TestClient(Starlette(routes=routes(databases.get))).get("/api/v1/deals?limit=7")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.headers["content-type"] == "application/problem+json"

    def slow(*_: object, **__: object) -> None:
        raise TimeoutError("slow")

    monkeypatch.setattr("observatory.api.routes.listing.page", slow)
    assert (
        TestClient(Starlette(routes=routes(databases.get))).get("/api/v1/deals").status_code == 503
    )


def test_the_event_loop_is_free_while_rows_are_read_and_too_many_are_sent_away(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(databases.get, lambda: "", lambda: "")
    entered: list[float] = []

    def slow(scope: Any) -> tuple[int, dict[str, str], bytes]:
        entered.append(time.perf_counter())
        time.sleep(0.02)
        return 200, {}, json.dumps({}).encode()

    monkeypatch.setattr(api, "respond", slow)

    async def many() -> tuple[list[int], float]:
        transport = httpx.ASGITransport(app=api)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            asked = [
                asyncio.create_task(client.get("/api/v1/deals"))
                for _ in range(AT_ONCE + WAITING + 10)
            ]
            longest = 0.0
            while not all(task.done() for task in asked):
                began = time.perf_counter()
                await asyncio.sleep(0.005)
                longest = max(longest, time.perf_counter() - began)
            return [task.result().status_code for task in asked], longest

    codes, longest = running.run(many())
    assert codes.count(200) == AT_ONCE + WAITING
    assert codes.count(503) == 10
    # Had the loop itself slept, one turn would have lasted as long as all of them together.
    assert longest < 0.02 * (AT_ONCE + WAITING) / AT_ONCE
