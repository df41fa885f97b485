"""A page collected for an export holds the very cards that the screen shows."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.cards.table import card_table
from observatory.ui import collect, nav, sink

SUBJECT = {"company": {"org": "stepfun"}, "indicator": {"indicator": "gdp_usd"}}


def _on_screen(slug: str, query: dict[str, str]) -> dict[str, Card]:
    app = AppTest.from_file(str(nav.ROOT / "app.py"), default_timeout=120)
    app.query_params.update(query)
    app.run()
    if slug != nav.home().slug:
        app.switch_page(f"pages/{slug}.py").run()
    return dict(app.session_state["obs.cards"])


@pytest.mark.parametrize("slug", ["briefing", "ipo", "frontier", "scorecard"])
def test_same_cards_as_on_the_screen(slug: str) -> None:
    query = {"economies": "KOR,JPN,SGP", "lang": "ja"}
    seen = _on_screen(slug, query)
    view = collect.page_view(slug, query)
    assert seen, "the screen shows cards"
    drawn = [card_id for card_id in seen if card_id in view.cards]
    # A page may register cards that only their dialogs show.
    assert list(view.cards) == drawn
    assert drawn
    for card_id, card in view.cards.items():
        assert card.title == seen[card_id].title
        assert card.statuses == seen[card_id].statuses


@pytest.mark.parametrize("page", nav.existing(), ids=lambda page: page.slug)
def test_every_page_can_be_collected(page: nav.Page) -> None:
    view = collect.page_view(page.slug, SUBJECT.get(page.slug, {}))
    assert view.heading.title
    assert view.build_id
    assert all(part.html is None or isinstance(part.html, Safe) for part in view.parts)
    assert not sink.active()
    for card in view.cards.values():
        # The dialog of the card's table, which nothing else draws.
        if card.table is not None:
            assert card_table(card.table, card.title, "not known", 100).html.count("<tr") >= 1


def test_the_link_is_whole() -> None:
    asked = {"economies": "asean6", "as_of": "2026-03-01", "lang": "ko", "currency": "USD",
             "venue": "hkex"}  # fmt: skip
    view = collect.page_view("ipo", asked)
    assert {name: view.query[name] for name in asked} == asked
    assert view.query["build"] == view.build_id
    assert isinstance(view.data_date, dt.date)
    again = collect.page_view("ipo", view.query)
    assert [card.title for card in again.cards.values()] == [
        card.title for card in view.cards.values()
    ]


def test_an_unknown_page_is_named() -> None:
    with pytest.raises(collect.NoSuchPage, match="nowhere"):
        collect.page_view("nowhere", {})


def test_a_hole_is_not_presented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "failed", lambda card: True)
    with pytest.raises(collect.NotDrawn, match="could not be drawn"):
        collect.page_view("frontier", {})
