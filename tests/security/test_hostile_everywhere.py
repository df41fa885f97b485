"""Hostile texts in the data: on every page, in the API, feeds and files they are text."""

from __future__ import annotations

import html
import io
import json
import re
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from pptx import Presentation
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from etl.build import build
from etl.store import Store
from observatory.api import routes as api
from observatory.api.resources import RESOURCES
from observatory.cards.markup import TAGS
from observatory.db.connect import Databases
from observatory.model.fields import _text
from observatory.model.pillars import MAP_MEASURE
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.tables import TABLES
from observatory.ui import collect, export_routes, feeds, nav, server, site_files
from observatory.ui.find import find
from tests.conftest import ROOT
from tests.security.nasty import HOSTILE, KEPT, free_texts, nasty_data

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

WHOLE = {
    "style",
    "head",
    "body",
    "html",
    "meta",
    "title",
    "link",
    "main",
    "footer",
    "header",
    "nav",
}
"""Elements of whole documents, which pages inside the app do not have."""
WORD = "onmouseover=alert(1)"


class Seen(HTMLParser):
    """What a browser would find: elements, handlers, addresses, words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.wrong: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self._quiet = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            address = name.removeprefix("xlink:") in {
                "href",
                "src",
                "action",
                "formaction",
                "srcdoc",
            }
            fine = not value or re.match(
                r"https?://|data:(image|font)/|[./?#]|[\w-]+\.(js|css|html)", value
            )
            if name.startswith("on") or (address and not fine):
                self.wrong.append((tag, name, value))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


SVG = frozenset(
    "a circle clippath defs desc ellipse g line lineargradient marker mask path pattern polygon polyline rect stop"
    " svg symbol text textpath title tspan use image".split()
)
SPACES = (
    "{http://www.w3.org/2005/Atom}",
    "{http://www.sitemaps.org/",
    "{http://www.w3.org/1999/xhtml}link",
)


def text_of(markup: str, more: frozenset[str] | set[str] = frozenset()) -> str:
    """Assert that nothing from the data became markup; the text that readers see.

    Drawings stand in a page as escaped text and are put in place by a script: they are looked at as
    the markup that they become.
    """
    seen = Seen()
    held = re.findall(r'<span class="obs-svg[^>]*>\s*(&lt;.*?)</span>', markup, re.DOTALL)
    inner = [html.unescape(found) for found in held]
    for part in (markup, *inner):
        assert "<script>alert" not in part
        assert "<img src=x" not in part
        seen.feed(part)
    seen.close()
    assert seen.wrong == []
    svg = {tag for tag in seen.tags if tag in SVG}
    assert seen.tags - svg <= TAGS | more, seen.tags - svg - TAGS - more
    return " ".join(seen.words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A build whose texts are hostile, with the economies and the measure that pages start from."""
    base = tmp_path_factory.mktemp("hostile")
    data = nasty_data(base, HOSTILE, more=True)
    economies = data / "economies.csv"
    shipped = (ROOT / "data" / "economies.csv").read_text("utf-8").splitlines()
    have = {line.split(",")[0] for line in economies.read_text("utf-8").splitlines()}
    head = economies.read_text("utf-8").splitlines()[0]
    assert head == shipped[0]
    missing = [line for line in shipped[1:] if line.split(",")[0] in {*SCOPE, *COMPARATORS} - have]
    with economies.open("a", encoding="utf-8") as out:
        out.write("\n".join(missing) + "\n")
    measures = data / "indicators" / "adoption.yml"
    known: dict[str, Any] = yaml.safe_load(measures.read_text("utf-8"))
    known[MAP_MEASURE] = {**known["firms_using"], "short_name": f"Users {HOSTILE}"}
    measures.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    values = data / "observations" / "adoption.csv"
    lines = [line.replace("firms_using", MAP_MEASURE, 1) for line in values.read_text("utf-8").splitlines()
             if line.startswith("firms_using,")]  # fmt: skip
    with values.open("a", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    build(data, Store(base / "var"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(base / "var"))
        yield base / "var"


@pytest.fixture(scope="module")
def client(folder: Path) -> TestClient:
    routes = [Route("/search", find), *api.routes(server.open_build), *site_files.ROUTES,
              *feeds.ROUTES, *export_routes.ROUTES]  # fmt: skip
    return TestClient(Starlette(routes=routes), base_url="http://observatory.example")


SUBJECT = {"company": {"org": "org-one"}, "indicator": {"indicator": "firms_using"},
           "model": {"model": "model-a"}, "economy": {"economy": "CHN"}}  # fmt: skip
SILENT = {
    "scorecard",
    "method",
    "present",
    "sql",
    "governance",
    "compute",
    "sources",
    "changes",
    "explorer",
}
"""Pages that show these few rows' free texts nowhere, or only where a reader opens something."""


@pytest.mark.parametrize("page", nav.existing(), ids=lambda page: page.slug)
def test_every_page_shows_it_as_text(folder: Path, page: nav.Page) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for key, value in {"lang": "ja", **SUBJECT.get(page.slug, {})}.items():
        app.query_params[key] = value
    if page.slug != nav.home().slug:
        app.switch_page(f"pages/{page.slug}.py")
    app.run()
    assert not app.exception
    assert not app.markdown
    parts = [str(element.proto.body) for element in app.get("html")]
    words = text_of(" ".join(part for part in parts if not part.startswith("<style>")))
    if page.slug not in SILENT:
        assert WORD in words


def test_every_text_column_of_the_build_holds_it(folder: Path) -> None:
    """Asked of the build, so that a column of tomorrow is in or has its reason."""
    missing, seen, empty = [], 0, set()
    db = Databases(folder).get()
    for table in TABLES:
        rows = db.select(f"SELECT * FROM core.{table.name}", {})  # noqa: S608 - our own names
        if rows.empty:
            empty.add(table.name)
            continue
        for column in free_texts(table.record):
            seen += 1
            if not rows[column].astype("string").str.contains(WORD, regex=False).any():
                missing.append(f"{table.name}.{column}")
    assert seen > 85
    assert set(missing) == set(KEPT)
    # Earlier rows have the columns of the tables above; no query of a page reads the readings.
    assert empty == {
        "earlier_models",
        "earlier_clusters",
        "earlier_supercomputers",
        "earlier_fx_rates",
        "readings",
    }


def test_the_api(client: TestClient) -> None:
    held = 0
    for one in RESOURCES:
        for form in ("json", "csv"):
            reply = client.get(f"{one.path}?format={form}&limit=50")
            assert reply.status_code == 200, (one.name, reply.text[:300])
            kind = reply.headers["content-type"]
            assert kind.startswith("application/json" if form == "json" else "text/csv"), kind
            held += WORD in reply.text
    assert held > 12
    text_of(client.get("/api/?lang=ja").text, WHOLE | {"script", "base"})


def test_feeds_and_lists_are_sound_xml(client: TestClient) -> None:
    said = ""
    economy = "/feeds/economy/CHN.atom?lang=ko"
    for path in ("/feeds/all.atom", economy, "/feeds/org/org-one.atom", "/sitemap.xml"):
        reply = client.get(path)
        assert reply.status_code == 200, path
        # Our own answer, made a moment ago.
        for element in ET.fromstring(reply.text).iter():  # noqa: S314
            assert element.tag.startswith(SPACES)
            # What a feed reader would take for HTML is looked at as HTML.
            if element.get("type") == "html":
                text_of(element.text or "")
            said += element.text or ""
    assert WORD in said


def test_the_search_box(client: TestClient) -> None:
    reply = client.get("/search?q=Org", headers={"sec-fetch-site": "same-origin"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("application/json")
    reply.json()


@pytest.mark.parametrize("page", ["economy", "ipo", "claims", "policy"])
def test_briefs_decks_and_pictures(client: TestClient, page: str) -> None:
    query = "&economy=CHN" if page == "economy" else ""
    brief = client.get(f"/export/brief.html?page={page}{query}")
    assert brief.status_code == 200, brief.text[:300]
    assert WORD in text_of(re.sub(r"<style>.*?</style>", "", brief.text, flags=re.DOTALL), WHOLE)
    deck = client.get(f"/export/deck.pptx?page={page}{query}")
    assert deck.status_code == 200, deck.text[:300]
    texts = [shape.text_frame.text for slide in Presentation(io.BytesIO(deck.content)).slides
             for shape in slide.shapes if shape.has_text_frame]  # fmt: skip
    assert texts
    for slide in Presentation(io.BytesIO(deck.content)).slides:
        for link in slide.part.rels.values():
            if link.is_external:
                assert re.match(r"https?://|mailto:", link.target_ref), link.target_ref


def test_cards_in_frames_and_drawings(client: TestClient) -> None:
    told = ""
    for slug in ("ipo", "claims", "policy"):
        view = collect.page_view(slug, {})
        for card in list(view.cards)[:2]:
            framed = client.get(f"/embed/{slug}/{card}")
            assert framed.status_code == 200, (slug, card, framed.text[:200])
            told += text_of(framed.text, WHOLE)
            drawn = client.get(f"/export/card.svg?page={slug}&card={card}")
            if drawn.status_code == 200:
                # Our own answer, made a moment ago; it must be sound XML too.
                drawing = ET.fromstring(drawn.text)  # noqa: S314
                names = {one.tag.rpartition("}")[2].lower() for one in drawing.iter()}
                assert names <= SVG | {"style", "metadata"}, names
                assert "<script" not in drawn.text
    assert WORD in told


def test_signs_that_turn_what_stands_around_them_are_refused() -> None:
    for sign in "\u202e\u202a\u2066\u2069\u200b\ufeff\u2060\x00\x1b":
        with pytest.raises(ValueError, match=f"U\\+{ord(sign):04X}"):
            _text(f"a{sign}b")
    # Joiners belong to real words, marks of direction do no harm.
    for word in ("نمی\u200cخواهم", "क्\u200dष", "\u200fאב", "日本", "e\u0301"):
        assert _text(word) == word
