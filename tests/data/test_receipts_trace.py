"""Fifty numbers of the screens, each traced to the line of the file it stands in."""

from __future__ import annotations

import os
import random
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from observatory.cards.receipt import receipt_html
from observatory.charts.svg.elements import table_of
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.views.receipts import receipt
from tests.conftest import ROOT

PAGES: dict[str, dict[str, str]] = {
    "briefing": {}, "economies": {}, "economy": {"economy": "VNM"}, "compare": {}, "scorecard": {},
    "indicator": {"indicator": "github_developers"}, "company": {"org": "naver"}, "ipo": {}, "investment": {},
    "models": {}, "benchmarks": {}, "frontier": {}, "coalition": {}, "claims": {}, "conflicts": {},
    "sources": {"view": "cover"},
    "changes": {}, "chips": {}, "compute": {}, "stack": {}, "policy": {}, "governance": {},
}  # fmt: skip
RECEIPT = re.compile(r'data-receipt=\\?"([a-z][a-z0-9]{5,31})\\?"')


@pytest.fixture(scope="module")
def drawn(built: Path) -> dict[str, AppTest]:
    """Every page once, as a reader sees it first."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("OBSERVATORY_VAR"):
            patch.setenv("OBSERVATORY_VAR", str(built))
        for slug, query in PAGES.items():
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
            for name, value in query.items():
                app.query_params[name] = value
            app.switch_page(f"pages/{slug}.py")
            found[slug] = app.run()
    return found


def html_of(app: AppTest) -> str:
    return unescape(" ".join(block.proto.body for block in app.get("html")))


@pytest.mark.slow
def test_fifty_numbers_lead_to_their_lines(drawn: dict[str, AppTest], db: Database) -> None:
    draw = random.Random(50)  # noqa: S311
    ids = {slug: sorted(set(RECEIPT.findall(html_of(app)))) for slug, app in drawn.items()}
    assert not [
        slug for slug, found in ids.items() if slug not in ("scorecard", "stack") and not found
    ]
    picked = [draw.choice(found) for found in ids.values() if found]
    rest = sorted({row_id for found in ids.values() for row_id in found} - set(picked))
    picked += draw.sample(rest, 50 - len(picked))
    assert len(picked) == 50
    t = translator("en")
    for row_id in picked:
        found = receipt(db, row_id, t)
        assert found is not None, row_id
        source = found["source"]
        assert source["url"].startswith("http"), row_id
        assert all(source[name] for name in ("title", "licence", "read_on", "allows")), row_id
        trail = {step["step"]: step["text"] for step in found["trail"]}
        path, _, line = trail["Curated row"].rpartition(":")
        text = (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1]
        assert source["source_id"] in text, (row_id, trail["Curated row"])
        if found["kind"] == "observation":
            value = re.sub(r"[^0-9.e-]", "", found["value_text_exact"].replace("\u2212", "-"))
            assert str(found["value"]) in text or value in text or _plain(found["value"]) in text, (
                row_id,
                text,
            )
            assert found["period"] in text
        shown = receipt_html(found, t).html
        where = "Where in it" if found["locator"] else "Source"
        for word in (where, "Read on", "Licence", "Kind of source", "How it came here"):
            assert word in shown, (row_id, word)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


@pytest.mark.slow
def test_every_number_in_a_table_opens_something(drawn: dict[str, AppTest]) -> None:
    """A card with a table of numbers has row ids in it, or numbers that open the table of their parts or the
    list that was counted: two actions at most (the table, then the number)."""
    loose = []
    for slug, app in drawn.items():
        cards = app.session_state["obs.cards"]
        for card in cards.values():
            if card.table is None or card.table.has_row_ids or card.receipt:
                continue
            if any(column.href or column.opens for column in card.table.columns):
                continue
            numbers = card.table.frame.select_dtypes("number")
            if len(numbers.columns) and len(card.table.frame):
                loose.append(f"{slug}/{card.id}")
    assert not loose, "\n".join(sorted(set(loose)))


@pytest.mark.slow
def test_a_computed_number_opens_a_table_that_is_there(drawn: dict[str, AppTest]) -> None:
    """Ranks, chances and counts lead on: to the table of their parts on the page, or to a list in the house."""
    for slug, app in drawn.items():
        cards = app.session_state["obs.cards"]
        for card in cards.values():
            for column in card.table.columns if card.table else ():
                for row in card.table.rows() if column.opens or column.href else ():
                    if column.opens and (key := column.opens(row)):
                        assert key.removeprefix(table_of("")) in cards, (slug, card.id, key)
                    if column.href and (address := column.href(row)):
                        assert address.startswith("/"), (slug, card.id, address)
