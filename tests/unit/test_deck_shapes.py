"""Drawings as shapes of slides, names of dots, part-years: what a presenter can take hold of."""

from __future__ import annotations

import io

import pandas as pd
from pptx import Presentation
from pptx.util import Inches

from observatory.cards.card_model import Card
from observatory.charts.palette import palette
from observatory.charts.svg.flows import FlowSpec, flows
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.editions.deck_charts import ALL_NAMED, MOST_NAMED, point_names
from observatory.editions.deck_shapes import draw_shapes, strokes
from observatory.editions.native import NativeChart, NativeSeries, native_chart
from observatory.i18n import translator
from tests.unit.test_native_charts import card, rows

T = translator("en")
PLACE = tuple(Inches(n) for n in (0.6, 2, 12, 4.7))
TILES = pd.DataFrame({"entity_id": ["KOR", "JPN", "HKG"], "label": ["South Korea", "Japan", "Hong Kong"],
                      "map_row": [1, 1, 2], "map_col": [1, 2, 1], "value": [37.1, 22.5, None]})  # fmt: skip
MONEY = pd.DataFrame({"payer": ["USA", "USA"], "receiver": ["JPN", "KOR"], "value": [2.0, 1.0],
                      "payer_label": ["US", "US"], "receiver_label": ["Japan", "Korea"]})  # fmt: skip


def slide():  # type: ignore[no-untyped-def]
    deck = Presentation()
    return deck, deck.slides.add_slide(deck.slide_layouts[6])


def test_tile_maps_and_flows_become_one_group_of_shapes_with_its_words() -> None:
    for drawing, said in (
        (
            tile_map(TILES, TileSpec(absent="not measured"), palette("css"), T),
            {"South Korea", "37.1", "Hong Kong"},
        ),
        (flows(MONEY, FlowSpec(), palette("css"), T), {"Japan", "Korea", "US"}),
    ):
        deck, page = slide()
        assert draw_shapes(page, drawing, Card("c", "Finding", alt="Told"), PLACE, T)
        deck.save(io.BytesIO())
        (group,) = page.shapes
        assert group._element.nvGrpSpPr.cNvPr.get("descr") == "Finding Told"
        assert said <= {one.text_frame.text for one in group.shapes if one.has_text_frame}
        assert PLACE[0] - Inches(0.2) <= group.left
        assert group.left + group.width <= PLACE[0] + PLACE[2] + Inches(0.2)


def test_what_is_not_known_leaves_the_slide_as_it_was() -> None:
    for drawing in (
        '<svg viewBox="0 0 9 9"><image href="x"/></svg>',
        '<svg viewBox="0 0 9 9"><path d="M0 0A1 1 0 0 0 2 2"/></svg>',
        '<svg viewBox="0 0 9 9"><g transform="rotate(9)"><rect width="3" height="3"/></g></svg>',
        '<svg viewBox="0 0 9 9"></svg>',
    ):
        _, page = slide()
        assert not draw_shapes(page, drawing, Card("c", "Finding"), PLACE, T)
        assert not len(page.shapes)


def test_paths_are_read_in_absolute_places() -> None:
    assert strokes("M1 2L3 4C1 1 2 2 5 6Z") == [
        ("M", (1.0, 2.0)), ("L", (3.0, 4.0)), ("C", (1.0, 1.0, 2.0, 2.0, 5.0, 6.0)), ("Z", ())]  # fmt: skip
    assert strokes("M1 2h3v-1l1 1") == [
        ("M", (1.0, 2.0)),
        ("L", (4.0, 2.0)),
        ("L", (4.0, 1.0)),
        ("L", (5.0, 2.0)),
    ]
    assert strokes("M1 2Q1 1 2 2") is None


def test_few_dots_have_their_names_of_many_the_largest_apart() -> None:
    def chart(n: int) -> NativeChart:
        points = tuple((float(i), float(i * i), f"m{i}") for i in range(n))
        return NativeChart("scatter", (), (NativeSeries("KOR", "#000000", points=points),))

    assert len(point_names(chart(ALL_NAMED))) == ALL_NAMED
    named = point_names(chart(200))
    assert 2 < len(named) <= MOST_NAMED
    assert "m199" in named
    assert "m198" not in named


def test_values_of_a_part_of_their_period_are_known_to_be() -> None:
    frame = rows(("KOR", "2024", 1.0), ("KOR", "2025", 2.0), ("KOR", "2026", 1.0))
    frame["span"] = ["", "2025-01-01/2025-12-31", "2026-01-01/2026-07-15"]
    found = native_chart(card(frame), palette("light"), T)
    assert found is not None
    assert found.series[0].parts == (2,)
