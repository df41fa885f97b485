"""The sovereign stack as a page: cells, supplies, early days, single economies, bad links."""

from __future__ import annotations

import re
from datetime import date

import pytest

from observatory.cards.card_model import Card
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import PRESETS, SCOPE
from observatory.views.measures import Catalogue
from observatory.views.stack import cell as stack_cell
from observatory.views.stack import page as stack
from observatory.views.stack import rests as stack_rests
from observatory.views.stack import rule as stack_rule
from observatory.views.stack.data import LAYERS, Stack
from tests.pages.opened import no_slip, shown, words


@pytest.fixture(scope="module", params=[None, date(2020, 1, 1)], ids=["today", "2020"])
def found(request: pytest.FixtureRequest, db: Database) -> Stack:
    return Stack(Catalogue(db, translator("en"), request.param))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"cell": "KOR-chips", "rests": "JPN-clusters"},
        {"cell": "PHL-models", "rests": "PHL-partners", "lang": "ja"},
        {"economies": "PHL", "lang": "ko"},
        {"economies": "asean6", "comparators": "1", "lang": "zh-Hant"},
        {"as_of": "2020-01-01", "cell": "CHN-compute", "rests": "CHN-weights"},
        {"period": "2010..2012", "cell": "CHN-compute"},
    ],
    ids=lambda query: "&".join(f"{k}={v}" for k, v in query.items()) or "plain",
)
def test_the_page_stands(query: dict[str, str]) -> None:
    said = shown("stack", **query)
    no_slip(words(said))
    assert 'class="tb sk"' in said
    assert ('class="sk-signs"' in said) == ("cell" in query)


def test_links_that_make_no_sense_fall_back_with_a_note() -> None:
    said = shown("stack", cell="KOR-rockets", rests="KOR-cloud", comparators="yes")
    no_slip(words(said))
    assert "is no cell of the matrix" in said
    assert "is nothing that a layer rests on" in said
    assert "does not switch the comparators on" in said
    assert 'class="sk-signs"' not in said


def test_years_of_the_filter_do_not_change_a_grade() -> None:
    def grades(text: str) -> list[str]:
        return re.findall(r"sk-c is-(\w+)", text)

    assert grades(shown("stack", period="2010..2012")) == grades(shown("stack"))


def sound(card: Card, stack_of: Stack) -> None:
    parts = [card.title, card.subtitle, card.caveat, getattr(card.body, "html", card.body) or ""]
    no_slip(words(" ".join(str(part) for part in parts)))
    assert card.title
    if card.empty is None:
        assert card.table is not None


def some(found: Stack) -> tuple[str, ...]:
    """Economies to look at: all of them today, those with most and least long ago."""
    return SCOPE if found.data.as_of is None else ("CHN", "PHL")


def test_every_cell_opens(found: Stack) -> None:
    for economy in some(found):
        for layer in LAYERS:
            card = stack_cell.card(found, (economy, layer))
            sound(card, found)
            state = found.state(economy, layer)
            if state == "empty":
                assert "nothing on file" in card.title
            levels = found.levels(economy, layer)
            body = getattr(card.body, "html", "")
            assert body.count("<li") == len(found.of_layer(layer))
            assert body.count("is-hole") == len(found.of_layer(layer)) - len(levels)


def test_every_supply_opens(found: Stack) -> None:
    every = stack_rests.things(found)
    for economy in some(found):
        for way in stack_rests.WAYS:
            sound(stack_rests.list_card(found, every, (economy, way)), found)


@pytest.mark.parametrize("members", [*PRESETS.values(), ("PHL",)], ids=len)
def test_titles_hold_for_any_group(found: Stack, members: tuple[str, ...]) -> None:
    every = stack_rests.things(found)
    hrefs = {(e, w): "/stack" for e in members for w in stack_rests.WAYS}
    assert stack.title(found, members)
    assert stack.deck(found, members)
    assert stack.gaps(found, members)
    sound(stack.matrix_card(found, members, None, None, False), found)
    sound(stack_rests.matrix_card(found, every, members, None, hrefs), found)
    sound(stack_rule.card(found), found)


def test_unknown_suppliers_are_counted(found: Stack) -> None:
    """Every thing of a cell counts once at least, and those without a supplier under unknown."""
    every = stack_rests.things(found)
    for way in stack_rests.WAYS:
        own = [thing for thing in every if thing.way == way]
        counts = stack_rests.tally(own)
        assert counts.get("", 0) == sum(not thing.origins for thing in own)
        assert sum(counts.values()) >= len(own)
