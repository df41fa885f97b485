"""Which cards become editable charts, and that nothing is joined, filled or dropped on the way."""

from __future__ import annotations

import pandas as pd
import pytest

from observatory.cards.card_model import Card, CardTable, Column
from observatory.charts.palette import palette
from observatory.editions.native import MOST_BARS, NativeChart, native_chart
from observatory.i18n import translator

T = translator("en")
COLOURS = palette("light")


def card(frame: pd.DataFrame, native: str = "auto", **more: object) -> Card:
    columns = tuple(Column(str(name), str(name).title()) for name in frame.columns)
    return Card(
        "c", "Finding", body="<svg></svg>", table=CardTable(frame, columns), native=native, **more
    )  # type: ignore[arg-type]


def chart(frame: pd.DataFrame, native: str = "auto") -> NativeChart | None:
    return native_chart(card(frame, native), COLOURS, T)


def rows(*items: tuple[str, str, float | None], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(items, columns=["label", "period", "value"])
    return frame.assign(entity_id=frame["label"], **more)


def test_one_value_each_is_a_bar_in_the_order_of_the_table() -> None:
    found = chart(rows(("JPN", "2024", 3.0), ("KOR", "2023", 5.0)))
    assert found is not None
    assert found.kind == "bar"
    assert found.categories == ("JPN", "KOR")
    assert found.series[0].values == (3.0, 5.0)


def test_several_periods_are_a_line_and_a_gap_stays_a_gap() -> None:
    found = chart(rows(("KOR", "2020", 1.0), ("KOR", "2023", 4.0), ("JPN", "2021", 2.0)))
    assert found is not None
    assert found.kind == "line"
    assert found.categories == ("2020", "2021", "2022", "2023")
    values = {one.name: one.values for one in found.series}
    assert values == {"KOR": (1.0, None, None, 4.0), "JPN": (None, 2.0, None, None)}


def test_a_line_ends_where_its_values_stop_comparing() -> None:
    frame = rows(("KOR", "2020", 1.0), ("KOR", "2021", 2.0), ("KOR", "2022", 9.0))
    found = chart(frame.assign(breaks=[False, False, True]))
    assert found is not None
    assert [(one.name, one.values) for one in found.series] == [
        ("KOR", (1.0, 2.0, None)), ("KOR, from 2022", (None, None, 9.0)),
    ]  # fmt: skip


def test_a_missing_value_is_left_out_not_zero() -> None:
    found = chart(rows(("KOR", "2024", 5.0), ("HKG", "2024", None)))
    assert found is not None
    assert found.categories == ("KOR",)


@pytest.mark.parametrize("column", ["indicator_id", "measure", "currency", "board", "register"])
def test_two_measures_share_no_axis(column: str) -> None:
    frame = rows(("KOR", "2024", 5.0), ("JPN", "2024", 6.0)).assign(**{column: ["a", "b"]})
    assert chart(frame) is None


def test_two_values_of_one_period_are_no_line() -> None:
    frame = rows(("KOR", "2020", 1.0), ("KOR", "2021", 2.0), ("KOR", "2021", 3.0))
    assert chart(frame) is None


def test_words_and_pictures_are_no_charts() -> None:
    frame = rows(("KOR", "2024", 5.0))
    assert chart(frame, "picture") is None
    assert native_chart(Card("c", "Words"), COLOURS, T) is None
    assert chart(frame.assign(value="many")) is None


def test_what_a_slide_cannot_hold_is_counted() -> None:
    found = chart(rows(*((f"E{n}", "2024", float(n)) for n in range(MOST_BARS + 7))))
    assert found is not None
    assert (len(found.categories), found.left_out) == (MOST_BARS, 7)


def test_stacked_counts() -> None:
    frame = pd.DataFrame(
        {"economy": ["KOR", "JPN"], "chips": [1, 2], "models": [3, 4], "all": [4, 6]}
    )
    found = chart(frame, "stacked")
    assert found is not None
    assert [(one.name, one.values) for one in found.series] == [
        ("Chips", (1.0, 2.0)),
        ("Models", (3.0, 4.0)),
    ]


def test_scatter_has_a_point_a_row_and_says_log() -> None:
    frame = rows(("a", "2024-05", 1.0), ("b", "2025", 1e6), ("c", "some day", 3.0))
    found = chart(frame.assign(economy_id=["KOR", "JPN", "KOR"]), "scatter")
    assert found is not None
    assert found.log
    assert {one.name: len(one.points) for one in found.series} == {"KOR": 1, "JPN": 1}
