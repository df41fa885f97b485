"""Tables in the slide program: long texts go over lines, and all that is shown has its place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Inches

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe
from observatory.editions.deck_tables import draw_table
from observatory.editions.grid import grid_of
from observatory.i18n import translator

T = translator("en")
PLACE = (0, 0, Inches(12), Inches(5))
LONG = "The company has put more than ten billion yuan into its model since the year before last"


def _table(frame: pd.DataFrame) -> Any:
    card = Card("c", "Claims", table=CardTable(frame, tuple(Column(n, n.title()) for n in frame)))
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    draw_table(slide, card, PLACE, T)
    return slide.shapes[0].table


def _texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_long_statement_stands_whole_beside_short_words() -> None:
    words = {
        "said": [LONG] * 3,
        "by": ["a digest of the year"] * 3,
        "verdict": ["Contradicted"] * 3,
    }
    table = _table(pd.DataFrame(words | {"why": [LONG] * 3}))
    assert _texts(table)[1] == [LONG, "a digest of the year", "Contradicted", LONG]
    assert table.rows[1].height > table.rows[0].height


def test_a_number_of_a_drawn_table_stays_with_its_unit() -> None:
    html = Safe(
        '<table class="tb c-ranks"><tr><th>Gap</th></tr><tr><td>  2\u00a0%\n <b>of 5</b></td></tr></table>'
    )
    found = grid_of(Card("c", "Gaps", body=html), T)
    assert found is not None
    assert [cell.text for row in found.rows for cell in row] == ["Gap", "2\u00a0% of 5"]


@pytest.mark.parametrize("count", [1, 5, 12, 13, 40])
@pytest.mark.parametrize("text", ["short", LONG, LONG * 9, "一" * 300])
def test_rows_fit_their_place_and_the_others_are_counted(count: int, text: str) -> None:
    table = _table(
        pd.DataFrame({"said": [text] * count, "also": [text] * count, "by": ["x"] * count})
    )
    assert sum(row.height for row in table.rows) <= PLACE[3]
    shown = [row for row in _texts(table)[1:] if row[2] == "x"]
    assert shown
    if len(shown) < count:
        assert _texts(table)[-1][0] == f"{count - len(shown)} more rows"
    else:
        assert len(table.rows) == count + 1
