"""robots.txt, sitemap.xml, what a link looks like elsewhere, and /healthz."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from observatory.i18n import LANGUAGES
from observatory.ui import data, index_page, nav, page_meta, server, site_address, site_files
from tests import running

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
OPENED = data.Opened(db=None, build_id="b1", data_date=dt.date(2026, 11, 22))


@pytest.fixture
def _here(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_VAR", str(shipped))
    monkeypatch.delenv("OBSERVATORY_URL", raising=False)


def ask(path: str, app: Any, host: str = "site.example", accept: str = "*/*") -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(path, headers={"accept": accept})

    return running.run(send())


FILES = Starlette(routes=site_files.ROUTES)


@pytest.mark.usefixtures("_here")
def test_the_sitemap_lists_pages_economies_measures_and_organisations() -> None:
    reply = ask("/sitemap.xml", FILES)
    assert reply.headers["content-type"].startswith("application/xml")
    root = ElementTree.fromstring(reply.text)  # noqa: S314 - our own file
    places = [one.text or "" for one in root.findall("s:url/s:loc", SPACE)]
    assert len(places) == len(set(places)) > 1000
    assert all(place.startswith("http://site.example/") for place in places)
    for wanted in ("/", "/api/", "/economy?economy=KOR", "/indicator?indicator=internet_users_pct"):
        assert f"http://site.example{wanted}" in places
    first = root.find("s:url", SPACE)
    assert first is not None
    assert {one.get("hreflang") for one in first.findall("x:link", SPACE)} == set(LANGUAGES)


@pytest.mark.usefixtures("_here")
def test_robots_name_the_sitemap(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Sitemap: http://site.example/sitemap.xml" in ask("/robots.txt", FILES).text
    monkeypatch.setenv("OBSERVATORY_URL", "https://public.example/")
    assert "Sitemap: https://public.example/sitemap.xml" in ask("/robots.txt", FILES).text
    assert "Sitemap" not in site_files.robots("")


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://a.example/", "https://a.example"),
        ("https://a.example:8443/obs", "https://a.example:8443/obs"),
        ("javascript:alert(1)", ""),
        ('https://a.example/"><script>', ""),
        ("", ""),
    ],
)
def test_only_an_address_is_taken_for_one(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("OBSERVATORY_URL", given)
    assert site_address.base() == used


def test_previews_are_in_the_language_of_the_link() -> None:
    said = page_meta.tags("/economy", "ja", "https://a.example")
    assert 'property="og:locale" content="ja_JP"' in said
    assert 'rel="canonical" href="https://a.example/economy"' in said
    assert "https://a.example/app/static/social.png" in said
    assert "og:image" not in page_meta.tags("/economy", "ja", "")
    assert "canonical" not in page_meta.tags("/", "en", "")


def test_the_picture_of_previews_is_there() -> None:
    picture = nav.ROOT / "static" / "social.png"
    head = picture.read_bytes()[:26]
    assert head[:4] == b"\x89PNG"
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1200, 630)
    assert picture.stat().st_size < 300_000


def test_data_for_searchers_cannot_end_their_element() -> None:
    text = page_meta.script({"name": "</script><script>alert(1)</script>&"})
    assert "<" not in text
    assert json.loads(text)["name"].startswith("</script>")


def test_dataset_names_licence_version_and_files() -> None:
    found = page_meta.dataset("https://a.example", OPENED, ("Population",))
    assert found["@type"] == "Dataset"
    assert found["license"].startswith("https://creativecommons.org/")
    assert (found["version"], found["dateModified"]) == ("b1", "2026-11-22")
    assert len(found["distribution"]) == 3
    assert "distribution" not in page_meta.dataset("", None, ())


@pytest.mark.usefixtures("_here")
def test_the_index_page_carries_them() -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b"<html><head><title>Streamlit</title></head></html>"
        await send({"type": "http.response.body", "body": body})

    app = index_page.IndexPage(page)
    text = ask('/economy?lang=ko&x="><script>', app, accept="text/html").text
    assert '"><script>' not in text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    assert json.loads(found[1])["@context"] == "https://schema.org"
    assert 'content="ko_KR"' in text
    assert "ld+json" not in ask("/api/", app, accept="text/html").text


@pytest.mark.usefixtures("_here")
def test_a_path_without_a_page_is_not_found_and_still_loads_the_app() -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = (
            b'<html><head></head><body><noscript>Streamlit</noscript><div id="root"></div>'
            b'<script src="./static/js/index.js"></script></body></html>'
        )
        await send({"type": "http.response.body", "body": body})

    app = index_page.IndexPage(page)
    known = [
        ask(path, app, accept="text/html").status_code for path in ("/", "/economy", "/Economy")
    ]
    assert known == [200] * 3
    lost = ask("/nosuchpage", app, accept="text/html")
    assert lost.status_code == 404
    assert "There is no page “nosuchpage”." in lost.text
    assert 'src="./static/js/index.js"' in lost.text
    deep = ask("/a/b/%3Cscript%3Ex", app, accept="text/html")
    assert deep.status_code == 404
    assert 'src="../../static/js/index.js"' in deep.text
    assert "<script>x" not in deep.text


@pytest.mark.usefixtures("_here")
def test_healthz_asks_the_database() -> None:
    app = Starlette(routes=[Route("/healthz", server.healthz)])
    reply = ask("/healthz", app)
    assert reply.status_code == 200
    body = reply.json()
    assert body["status"] == "ok"
    assert body["observations"] > 10_000
    assert body["build_id"]


@pytest.mark.usefixtures("_here")
def test_healthz_says_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("observatory.db.queries.site_counts", broken)
    app = Starlette(routes=[Route("/healthz", server.healthz)])
    assert ask("/healthz", app).status_code == 503


def test_healthz_says_when_the_only_build_is_damaged(
    tiny_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "var"
    shutil.copytree(tiny_built, folder)
    for file in folder.glob("observatory-*.duckdb"):
        file.chmod(0o644)
        os.truncate(file, file.stat().st_size // 2)
    monkeypatch.setenv("OBSERVATORY_VAR", str(folder))
    reply = ask("/healthz", Starlette(routes=[Route("/healthz", server.healthz)]))
    assert reply.status_code == 503
    assert str(tmp_path) not in reply.text
