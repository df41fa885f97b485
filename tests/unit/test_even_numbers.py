"""Numbers of one column or chart have the same decimals, and every digit is the value's own."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.card_model import Column
from observatory.cards.markup import h
from observatory.cards.table import table
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.quick import QuickSpec, quick
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.i18n import LANGUAGES, translator
from observatory.i18n.even import even
from observatory.views.explorer.cells import rounded

T = translator("en")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("59.9", 59.9), ("60", 60.04), ("80", 80.0)], ["59.9", "60.0", "80.0"]),
        ([("+3", 3.0), ("+1.9", 1.9), ("−2", -2.0)], ["+3.0", "+1.9", "−2.0"]),
        ([("0.64", 0.64), ("0.8", 0.8), ("0", 0.0)], ["0.64", "0.80", "0.00"]),
        # A digit that is added is the value's, no zero.
        ([("5.32", 5.32), ("12.5", 12.53)], ["5.32", "12.53"]),
        ([("US$2.4 bn", 2.4e9), ("US$3 bn", 3.04e9)], ["US$2.4 bn", "US$3.0 bn"]),
        # Of widely different size each keeps the digits of its rule, zeros too.
        ([("2,377", 2377.4), ("5.32", 5.32), ("5", 5.0)], ["2,377", "5.32", "5.00"]),
        # Units that differ share nothing.
        ([("US$2.4 bn", 2.4e9), ("US$900 m", 9e8)], ["US$2.4 bn", "US$900 m"]),
        # What is no number, a range, or not the value at hand stays as it is.
        ([("leads", 1.0), ("1.5–2", 1.5), ("7", 3.0), ("0.5", 0.5)], ["leads", "1.5–2", "7", "0.5"]),
        ([("12", 12), ("3", 3)], ["12", "3"]),
    ],
)  # fmt: skip
def test_even(cells: list[tuple[str, float]], expected: list[str]) -> None:
    assert even(cells) == expected


@given(st.lists(st.floats(0.001, 99999), min_size=1, max_size=8), st.sampled_from(list(LANGUAGES)))
def test_made_even_numbers_are_the_same_values(values: list[float], lang: str) -> None:
    t = translator(lang)
    texts = even([(t.number(value), value) for value in values])
    for text, value in zip(texts, values, strict=True):
        shown = text.replace(",", "")
        places = len(shown.partition(".")[2])
        assert abs(float(shown) - value) <= 0.5 * 10**-places + 1e-9
    near = [v for v in values if 10 <= v < 99]
    decimals = {
        len(text.partition(".")[2])
        for text in even([(t.percent(v).rstrip("%\xa0"), v) for v in near])
    }
    assert len(decimals) <= 1


def _shown(columns: tuple[Column, ...], rows: list[dict[str, object]], **more: bool) -> str:
    return table(columns, rows, caption="c", **more).html


def test_a_column_has_one_precision_and_tables_of_exact_values_are_left_alone() -> None:
    columns = (
        Column("a", "A", "right", lambda v, row: T.number(v), row_id="row_id"),
        Column("b", "B", "right", lambda v, row: h("b", T.number(v))),
        Column("c", "C", "right", lambda v, row: T.number(v), sort=False),
    )
    rows: list[dict[str, object]] = [
        {"a": v, "b": v, "c": v, "row_id": "o2345672345"} for v in (59.9, 60.0, 80.0)
    ]
    found = _shown(columns, rows)
    assert found.count(">60.0<") == 2
    assert found.count(">60<") == 1, "a column of several measures"
    assert "<b>80.0</b>" in found
    assert ">60.0<" not in _shown(columns, rows, exact=True)


def test_rows_of_different_measures_have_nothing_in_common() -> None:
    columns = (Column("value", "V", "right", lambda v, row: T.number(v)),)
    rows: list[dict[str, object]] = [
        {"value": 0.64, "indicator_id": "x"}, {"value": 0.8, "indicator_id": "x"},
        {"value": 12.0, "indicator_id": "y"},
    ]  # fmt: skip
    found = _shown(columns, rows)
    assert ">0.80<" in found
    assert ">12<" in found


def test_charts_write_their_values_alike() -> None:
    frame = pd.DataFrame({"entity_id": ["A", "B", "C"], "value": [59.9, 60.0, 83.0],
                          "map_row": [1, 1, 2], "map_col": [1, 2, 1], "label": ["A", "B", "C"]})  # fmt: skip
    colours = palette("light")
    score = Measure("Score", "index 0-100", "index")
    for drawn in (
        bars(frame, BarSpec(measure=score), colours, T),
        tile_map(frame, TileSpec(measure=score), colours, T),
        quick(frame, QuickSpec("bars"), colours, T),
    ):
        assert ">60.0<" in drawn
        assert ">83.0<" in drawn
        assert ">83<" not in drawn


def test_axes_have_one_precision_and_the_unit_once() -> None:
    assert Measure("", "percent", "%").ticks([0, 0.5, 1], T) == ["0.0", "0.5", "1.0\xa0%"]
    assert Measure("", "USD", "US$", 1, "USD").ticks([0, 5e8, 1e9, 1.5e9], T)[1:3] == ["0.5", "1.0"]
    whole = Measure("", "percent", "%").among([59.9, 60.0], T)
    assert whole.ticks([0, 20, 40], T) == ["0", "20", "40\xa0%"]


def test_a_measure_writes_values_of_one_chart_alike_with_their_unit_too() -> None:
    share = Measure("Share", "percent", "%").among([59.9, 60.0, None], T)
    assert (share.bare(60.0, T), share.full(60.0, T)) == ("60.0", "60.0\xa0%")
    assert Measure("Share", "percent", "%").bare(60.0, T) == "60"


def test_the_explorer_rounds_on_screen() -> None:
    assert rounded(2107.27003, T) == "2,107.27"
    assert rounded(2107.0, T) == "2,107"
    assert rounded(5.02e26, T) == "5.02\xa0×\xa010²⁶"
