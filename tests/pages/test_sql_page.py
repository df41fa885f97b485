"""The SQL page: its saved queries, refusals, languages, the switch that turns it off."""

from __future__ import annotations

import re
from html import unescape

import pytest

from observatory.db import sandbox
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.ui import nav
from observatory.ui.collect import page_view
from observatory.views.sql import desk as sql_desk
from observatory.views.sql.choice import pack
from observatory.views.sql.examples import EXAMPLES, Example
from tests.pages.opened import open_page, shown, sound


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.id)
def test_saved_queries_have_an_answer(db: Database, one: Example) -> None:
    found = sandbox.run(db, one.sql)
    assert isinstance(found, sandbox.Result), found
    assert len(found.rows) > 3
    assert not found.cut


def test_the_page_opens_with_an_answer() -> None:
    found = shown("sql")
    assert "Ask the data in SQL" in found
    assert "12 rows" in found
    assert 'href="/economy?economy=KOR"' in found


def test_numbers_of_rows_with_a_row_id_open_their_receipts() -> None:
    sql = next(one.sql for one in EXAMPLES if one.id == "series")
    found = shown("sql", q=pack(sql))
    assert re.search(
        r'<td[^>]*><button[^>]*data-receipt="o[a-z2-7]{10}"[^>]*><span[^>]*>9\d\.\d+', found
    )


def test_a_long_table_is_drawn_as_a_line_for_each_economy() -> None:
    sql = (
        "SELECT entity_id, period, value FROM headlines WHERE indicator_id='ai_articles_scopus_nsf'"
        " AND entity_id IN ('KOR','JPN') ORDER BY 2"
    )
    found = unescape(shown("sql", q=sql))
    assert "value by period and entity" in found
    for code, name in (("KOR", "South Korea"), ("JPN", "Japan")):
        assert re.search(rf'<path[^>]*stroke="var\(--eco-{code}\)"', found)
        assert re.search(rf'fill="var\(--eco-{code}-text\)"[^>]*>{name}</text>', found)
    assert 'stroke="var(--eco-' not in unescape(shown("sql", q=sql, series="none"))


@pytest.mark.parametrize("lang", ["ja", "ko", "zh-Hans", "zh-Hant"])
def test_languages_and_what_is_refused(lang: str) -> None:
    found = shown("sql", lang=lang, q="SELECT * FROM core.models")
    assert "core.models" in found


def test_what_a_query_says_is_text() -> None:
    found = shown(
        "sql", q="SELECT '<img src=x onerror=alert(1)>' AS \"<b>name</b>\", 1 AS n FROM range(3)"
    )
    assert "<img" not in found
    assert "<b>name" not in found
    assert "&lt;img src=x onerror=alert(1)&gt;" in found


def test_links_that_make_no_sense() -> None:
    found = shown("sql", q="~z!!", chart="pie", x="-1")
    assert "could not be used" in found
    assert "12 rows" in found
    assert "There is no query" in shown("sql", q=";")


def test_early_days_presets_and_open_rows() -> None:
    for query in ({"as_of": "2020-01-01"}, {"economies": "KOR"}, {"rows": "open"}):
        assert "12 rows" in shown("sql", **query)


def test_the_chart_can_be_presented() -> None:
    view = page_view("sql", {"present": "1"})
    asked = "In which economy did the use of generative AI grow most?"
    assert [part.card.title for part in view.parts if part.card] == [asked]
    assert page_view("sql", {"q": "SELECT * FROM core.models"}).cards == {}


def test_the_file_follows_the_rule_of_copies_in_bulk(db: Database) -> None:
    t = translator("en")
    few = sql_desk.csv_file(db, "SELECT deal_id FROM deals LIMIT 5", t, open_only=False)
    assert few.count(b"\r\n") == 6
    many = sql_desk.csv_file(db, "SELECT o.row_id, s.reuse FROM observations o JOIN sources s USING (source_id)", t,
                             open_only=False)  # fmt: skip
    lines = many.decode().split("\r\n")
    assert lines[0] == "row_id,reuse"
    assert {line.partition(",")[2] for line in lines[1:-1]} == {"open"}
    result = sandbox.run(db, "SELECT deal_id FROM deals")
    assert isinstance(result, sandbox.Result)
    assert "no open licence" in sql_desk.left_out(db, result, t, open_only=False)
    refused = sql_desk.csv_file(db, "SELECT * FROM core.models", t, open_only=False)
    assert b"not open to queries" in refused


@pytest.mark.parametrize("name", ["OBSERVATORY_SQL", "OBSERVATORY_PROFILE"])
def test_switched_off(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "off" if name == "OBSERVATORY_SQL" else "public")
    assert "sql" not in [page.slug for _, pages in nav.sections() for page in pages]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a query was run")

    monkeypatch.setattr(sandbox, "_ask", never)
    app = open_page("sql", q="SELECT 1 AS switched_off")
    found = sound(app)
    assert "switched off" in found
    assert not app.text_area
