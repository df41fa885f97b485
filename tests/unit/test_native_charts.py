"""Which cards become editable charts, and that nothing is joined, filled or dropped on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.lines import lines
from observatory.editions.grid import grid_of
from observatory.editions.native import MOST_BARS, NativeChart, native_chart
from observatory.editions.several import panels_of
from observatory.editions.strips import strips_of
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


def test_half_years_and_quarters_are_named_where_they_stand() -> None:
    halves = chart(rows(("KOR", "2024-H1", 1.0), ("KOR", "2025-H1", 2.0)))
    assert halves is not None
    assert halves.categories == (T.period("2024-H1"), T.period("2024-H2"), T.period("2025-H1"))
    assert halves.series[0].values == (1.0, None, 2.0)
    mixed = chart(rows(("KOR", "2025-H1", 1.0), ("KOR", "2025-H2", 2.0), ("KOR", "2026-Q1", 3.0)))
    assert mixed is not None
    assert mixed.categories == (dt.date(2025, 6, 30), dt.date(2025, 12, 31), dt.date(2026, 3, 31))
    assert mixed.printed == tuple(T.period(p) for p in ("2025-H1", "2025-H2", "2026-Q1"))


def test_lines_have_the_colours_of_the_drawing() -> None:
    frame = rows(*((who, year, 1.0) for who in ("KOR", "JPN", "SGP") for year in ("2024", "2025")))
    drawn = lines(frame, LineSpec(subjects=("JPN",)), palette("css"), T)
    found = native_chart(replace(card(frame), body=drawn), COLOURS, T)
    assert found is not None
    assert {one.name: one.strong for one in found.series} == {
        "JPN": True,
        "KOR": False,
        "SGP": False,
    }
    assert found.series[0].colour == COLOURS.economy("JPN")
    assert {one.colour for one in found.series[1:]} == {COLOURS["ctx"]}


def test_bars_say_how_far_they_are_from_the_reference() -> None:
    frame = rows(("Korea", "2024", 3.0), ("China", "2024", 5.0)).assign(beside=["-2 points", "–"])
    found = chart(frame)
    assert found is not None
    assert found.categories == ("Korea (-2 points)", "China")


def test_one_chart_a_measure() -> None:
    frame = pd.DataFrame(
        {
            "measure": ["Papers", "Papers", "Chips", "Chips"],
            "economy": ["Korea", "Japan"] * 2,
            "entity_id": ["KOR", "JPN"] * 2,
            "indicator_id": ["a", "a", "b", "b"],
            "value": [1.0, 2.0, 3.0, None],
        }
    )
    panels = panels_of(card(frame, "bar"), COLOURS, T)
    assert [(one.title, one.chart.categories, one.chart.series[0].values) for one in panels] == [
        ("Papers", ("Korea", "Japan"), (1.0, 2.0)),
        ("Chips", ("Korea",), (3.0,)),
    ]
    assert panels_of(card(frame), COLOURS, T) == ()


def test_a_dot_plot_keeps_values_order_and_direction() -> None:
    drawn = pd.DataFrame(
        {
            "row": ["a", "a", "b"], "row_label": ["A", "A", "B"], "row_note": ["2025", "2025", ""],
            "entity_id": ["KOR", "JPN", "KOR"], "label": ["Korea", "Japan", "Korea"],
            "value": [1.0, 2.0, None], "bare": ["1", "2", ""], "strong": [2, 1, 2],
            "log": [False, False, True], "reverse": [True, True, False],
        }
    )  # fmt: skip
    found = strips_of(replace(card(drawn, "dots"), drawn=drawn), COLOURS)
    assert found is not None
    assert [name for name, _ in found.key] == ["Japan", "Korea"]
    assert [dot.value for dot in found.strips[0].dots] == [1.0, 2.0]
    assert found.strips[0].reverse
    assert found.strips[1].dots == ()


def test_a_matrix_keeps_its_shades_and_words() -> None:
    body = Safe(
        '<div><table class="tb c-ranks"><caption class="sr">No</caption><thead><tr><th>Measure</th>'
        '<th class="r">Korea</th></tr></thead><tbody><tr><th colspan="2">Models</th></tr><tr><th>Papers</th>'
        '<td class="r heat h4"><div><span class="k">1/9</span><span class="v">12</span></div></td></tr>'
        "</tbody></table></div>"
    )
    grid = grid_of(replace(card(rows()), body=body), T)
    assert grid is not None
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Measure", "Korea"], ["Models"], ["Papers", "1/9 · 12"],
    ]  # fmt: skip
    assert grid.heads == 1
    assert grid.rows[2][1].fill == COLOURS.sequential[2]
    assert grid_of(card(rows()), T) is None


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
