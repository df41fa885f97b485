"""Markup in a data cell is text on the page: in cards, drawings, tables, receipts and files."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.build import build
from etl.store import Store
from observatory.cards.markup import TAGS
from observatory.cards.receipt import receipt_html
from observatory.cards.table import card_table
from observatory.db import queries
from observatory.db.connect import Database, Databases
from observatory.export.csv import DANGEROUS, RECEIPT_COLUMNS, to_csv
from observatory.i18n import translator
from observatory.ui import find
from observatory.ui.lines import lines
from observatory.views import receipts, search
from observatory.views.company import page as company
from observatory.views.company.data import load
from tests.conftest import ROOT
from tests.security.nasty import NASTY, nasty_data

DRAWING = re.compile(r'<span class="obs-svg[^>]*>(.*?)</span>', re.DOTALL)
SVG_TAGS = frozenset(
    "a circle clippath defs desc ellipse g line lineargradient marker mask path pattern polygon polyline rect stop"
    " svg symbol text textpath title tspan use".split()
)
ORGS = ("org-one", "org-two", "org-three")


class Seen(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: set[str] = set()
        self.addresses: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.add(name)
            if name.removeprefix("xlink:") in {"href", "src", "action", "formaction"}:
                self.addresses.add(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def harmless(markup: str) -> str:
    """Assert that nothing from data became markup; return the text a reader sees."""
    words = []
    for part, tags in [
        (DRAWING.sub("", markup), TAGS - {"img", "input"}),
        *((html.unescape(found), SVG_TAGS) for found in DRAWING.findall(markup)),
    ]:
        seen = Seen()
        seen.feed(part)
        seen.close()
        assert seen.tags <= tags, seen.tags - tags
        assert not seen.handlers
        assert all(re.match(r"https?://|[/?#]", address) for address in seen.addresses if address)
        words += seen.words
    return " ".join(words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A build whose texts hold markup; the app is pointed at it."""
    base = tmp_path_factory.mktemp("nasty")
    build(nasty_data(base), Store(base / "var"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(base / "var"))
        yield base / "var"


@pytest.fixture(scope="module")
def db(folder: Path) -> Database:
    return Databases(folder).get()


def page(name: str, **query: str) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py")
    app.run()
    assert not app.exception
    # No text goes through Streamlit's Markdown, where it would mean something.
    assert not app.markdown
    parts = [str(element.proto.body) for element in app.get("html")]
    return " ".join(part for part in parts if not part.startswith("<style>"))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("org", ORGS)
def test_a_company_page_shows_it_as_text(folder: Path, org: str, lang: str) -> None:
    shown = page("company", org=org, lang=lang)
    assert "is-error" not in shown
    assert NASTY in harmless(shown)


def test_the_directory_of_companies_shows_it_as_text(folder: Path) -> None:
    assert NASTY in harmless(page("company"))


@pytest.mark.parametrize("economy", ["CHN", "JPN", "KOR"])
def test_an_economy_page_shows_it_as_text(folder: Path, economy: str) -> None:
    assert NASTY in harmless(page("economy", economy=economy))


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "ja"])
def test_tables_and_methods_show_it_as_text(db: Database, lang: str) -> None:
    t = translator(lang)
    around = company.Surroundings(t)
    tables = 0
    for org in ORGS:
        data = load(db, org, None, None)
        for part in company.sections(data, t):
            for key in (key for row in part.rows for key in row):
                card = company.card(data, key, around)
                if card is not None and card.table is not None:
                    tables += 1
                    harmless(card_table(card.table, card.title, "–").html)
    assert tables > 4


def every_row_id(db: Database) -> list[str]:
    found: list[str] = []
    for org in ORGS:
        shown = html.unescape(page("company", org=org))
        found += re.findall(r'data-receipt="([a-z0-9]+)"', shown)
    return list(dict.fromkeys(found))


def test_receipts_show_it_as_text(db: Database) -> None:
    ids = every_row_id(db)
    assert len(ids) > 8
    assert len({queries.KINDS[row_id[:1]] for row_id in ids}) > 4
    for lang in ("en", "ko"):
        t = translator(lang)
        for row_id in ids:
            found = receipts.receipt(db, row_id, t)
            assert found is not None
            assert NASTY in harmless(receipt_html(found, t, address="/?receipt=" + row_id).html)


def test_names_leave_the_search_as_text(db: Database) -> None:
    answer = search.answer(find.finder(db), "org one", translator("en"))
    labels = [item["label"] for group in answer["groups"] for item in group["items"]]
    assert any(NASTY in label for label in labels)
    assert queries.site_counts(db, None) is not None


def test_files_for_spreadsheets_hold_no_formula(db: Database) -> None:
    ids = every_row_id(db)
    rows = lines(db, ids, None)
    rows = [{**row, "note": "=1+1", "locator": "@SUM(A1)", "entity": "+" + NASTY} for row in rows]
    guarded = to_csv(RECEIPT_COLUMNS, rows, spreadsheet=True).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(guarded, newline="")) for cell in row]
    assert any(cell.startswith("'=") for cell in cells)
    for cell in cells:
        if cell.startswith(DANGEROUS):
            float(cell)
    exact = to_csv(RECEIPT_COLUMNS, rows).decode("utf-8")
    assert "'=" not in exact
    assert NASTY in exact.replace('""', '"')


@pytest.mark.parametrize(
    ("where", "day"),
    [("company.head.deck", 11), ("company.strip.strip", 12), ("company.page.load", 13)],
)
def test_what_fails_tells_readers_an_id_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str, day: int
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("secret of /srv/observatory/ " + NASTY)

    monkeypatch.setattr(f"observatory.views.{where}", fail)
    # A day of its own keeps what other tests left in the cache out of this one, and away from it.
    shown = page("company", org="org-one", as_of=f"2026-02-{day}")
    words = harmless(shown)
    assert "is-error" in shown
    assert re.search(r"Error id [0-9a-f]{4}-[0-9a-f]{3}\b", words)
    for secret in ("secret of", "/srv", "RuntimeError", "Traceback", str(ROOT), str(folder), ".py"):
        assert secret not in shown, secret
    assert "obs-foot" in shown
