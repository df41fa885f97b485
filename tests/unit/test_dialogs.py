"""Dialogs of a card: which one an action opens, what it is called, and the name of its picture."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.filters import Filters
from observatory.ui import dialogs
from observatory.ui.context import Context

TABLE = CardTable(
    pd.DataFrame({"value": [1.0, 2.0], "row_id": ["o1aaaaaa", "o2aaaaaa"]}),
    (Column("value", "Value", row_id="row_id"),),
)
CARDS = {
    "many": Card(id="many", title="Many values", table=TABLE),
    "one": Card(id="one", title="One value", table=TABLE, receipt="o1aaaaaa"),
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    titles: list[str] = []

    def note(ctx: Context, title: str, *_: Any) -> None:
        titles.append(title)

    monkeypatch.setattr(dialogs, "_dialog", note)
    monkeypatch.setattr(dialogs, "registry", lambda: CARDS)
    return titles


@pytest.mark.parametrize(
    ("card", "kind", "title"),
    [
        ("many", "table", "Table"),
        # Of many values the reader has to say which one is meant.
        ("many", "receipt", "Choose a value for its receipt"),
        ("one", "receipt", "Receipt"),
        ("one", "table", "Table"),
        ("many", "download", "Download"),
    ],
)
def test_a_dialog_is_headed_by_what_is_to_be_done(
    opened: list[str], card: str, kind: str, title: str
) -> None:
    dialogs.open_for(Context(Filters()), kind, card_id=card)
    assert opened == [title]


def test_an_unknown_card_opens_nothing(opened: list[str]) -> None:
    for kind in ("receipt", "table", "method", "download", "nonsense"):
        dialogs.open_for(Context(Filters()), kind, card_id="gone")
    assert opened == []


def test_a_picture_has_the_name_of_the_cards_other_files() -> None:
    ctx = Context(Filters(indicator="papers_iclr"), build_id="e4d342296d0c99", page="indicator")
    button = dialogs._image_button(ctx, CARDS["many"], "png").html
    assert 'data-name="indicator-papers_iclr-many-e4d342296d0c"' in button
