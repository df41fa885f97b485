"""The SQL page's state in its URL, which chart a result gets, and the words of refusals."""

from __future__ import annotations

import base64
import re
import zlib
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.charts.palette import palette
from observatory.charts.svg.quick import QuickSpec, quick
from observatory.db.sandbox import MAX_SQL, Column, Kind, Refusal, Result
from observatory.i18n import LANGUAGES, translator
from observatory.views.sql import chart as sql_chart
from observatory.views.sql import words as sql_words
from observatory.views.sql.choice import LONG, MARK, NO_SERIES, Choice, pack, read, unpack, write
from observatory.views.sql.examples import EXAMPLES


@given(st.text(max_size=MAX_SQL).map(str.strip))
def test_a_query_comes_back_from_its_url(sql: str) -> None:
    try:
        sql.encode()
    except UnicodeEncodeError:
        return
    assert unpack(pack(sql)) == sql


def test_long_queries_travel_small() -> None:
    short = "SELECT 1"
    assert pack(short) == short
    long = "SELECT count(*) FROM observations WHERE entity_id IN ('KOR', 'JPN') OR " * 60
    packed = pack(long)
    assert len(long) > LONG
    assert packed.startswith(MARK)
    assert len(packed) < 400


@given(st.text(max_size=60))
def test_damaged_queries_are_none_or_text(text: str) -> None:
    found = unpack(MARK + text)
    assert found is None or isinstance(found, str)


def test_a_query_that_unpacks_to_very_much_is_none() -> None:
    bomb = zlib.compress(b"x" * 50_000_000, 9)
    assert unpack(MARK + base64.urlsafe_b64encode(bomb).decode().rstrip("=")) is None
    cut = base64.urlsafe_b64encode(zlib.compress(b"SELECT 1")[:-3]).decode().rstrip("=")
    assert unpack(MARK + cut) is None


def test_choices_come_back_from_their_parameters() -> None:
    for choice in (
        Choice("SELECT 1"),
        Choice("SELECT 'ü'", True, "points", 3, 1),
        Choice(EXAMPLES[2].sql, False, "none"),
        Choice("SELECT 1", series=4),
        Choice("SELECT 1", x=2, y=1, series=NO_SERIES),
    ):
        assert read({k: v for k, v in write(choice).items() if v}) == (choice, [])


def test_what_cannot_be_used_is_named() -> None:
    choice, bad = read({"q": MARK + "!!", "rows": "some", "chart": "pie", "x": "0", "y": "1e9",
                        "series": "all"})  # fmt: skip
    assert bad == ["q", "rows", "chart", "x", "y", "series"]
    assert choice == Choice(EXAMPLES[0].sql)


def result(*columns: tuple[str, str], rows: int = 3, value: object = 2.5, grows: int = 1) -> Result:
    made = tuple(Column(name, kind) for name, kind in columns)
    return Result(
        made,
        tuple(
            tuple({"DOUBLE": value, "BIGINT": 3 + i * grows, "VARCHAR": "a",
                   "DATE": f"2024-05-{1 + i * grows:02}"}[c.type] for c in made)
            for i in range(rows)
        ),
        False, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (result(("economy_id", "VARCHAR"), ("n", "BIGINT")), ("bars", 0, 1)),
        (result(("n", "BIGINT"), ("economy_id", "VARCHAR")), ("bars", 1, 0)),
        (result(("day", "DATE"), ("value", "DOUBLE")), ("line", 0, 1)),
        (result(("year", "BIGINT"), ("value", "DOUBLE")), ("line", 0, 1)),
        (result(("day", "DATE"), ("value", "DOUBLE"), grows=0), ("points", 0, 1)),
        (result(("a", "DOUBLE"), ("b", "DOUBLE")), ("points", 0, 1)),
        (result(("row_id", "VARCHAR"), ("value", "DOUBLE")), None),
        (result(("name", "VARCHAR"), ("kind", "VARCHAR")), None),
        (result(("value", "DOUBLE")), None),
        (result(("a", "VARCHAR"), ("n", "BIGINT"), rows=1), None),
    ],
)
def test_the_chart_that_fits(found: Result, expected: tuple[str, int, int] | None) -> None:
    plan = sql_chart.plan(found, Choice(""))
    assert (None if plan is None else (plan.kind, plan.x, plan.y)) == expected


def test_a_chosen_chart_goes_before() -> None:
    found = result(("year", "BIGINT"), ("name", "VARCHAR"), ("a", "DOUBLE"), ("b", "DOUBLE"))
    assert sql_chart.plan(found, Choice("", chart="bars", x=2, y=4)) == sql_chart.Plan("bars", 1, 3)
    assert sql_chart.plan(found, Choice("", chart="none")) is None
    # Columns that this result does not have, or that hold no numbers, are chosen anew.
    assert sql_chart.plan(found, Choice("", x=9, y=2)) == sql_chart.Plan("line", 0, 2)


@given(
    st.lists(st.tuples(st.none() | st.text(max_size=12) | st.integers(),
                       st.none() | st.floats() | st.integers() | st.booleans()), max_size=30),
    st.sampled_from(["bars", "line", "points"]),
)  # fmt: skip
def test_any_result_can_be_drawn(cells: list[tuple[object, object]], kind: sql_chart.Kind) -> None:
    found = Result((Column("a", "VARCHAR"), Column("b", "DOUBLE")), tuple(cells), False, ())
    plan = sql_chart.Plan(kind, 0, 1)
    assert sql_chart.drawing(found, plan, translator("en"), 900).startswith("<svg")
    assert palette("css")


LONG_FORM = Result(
    tuple(Column(*pair) for pair in (("source_kind", "VARCHAR"), ("entity_id", "VARCHAR"),
                                     ("period", "VARCHAR"), ("value", "DOUBLE"))),
    tuple(("paper" if year % 2 else "list", code, str(year), float(year - 2000 + 5 * i))
          for year in range(2003, 2013) for i, code in enumerate(("KOR", "JPN"))),
    False, (),
)  # fmt: skip


def test_rows_of_several_economies_are_a_line_each() -> None:
    assert sql_chart.plan(LONG_FORM, Choice("")) == sql_chart.Plan("line", 2, 3, 1)
    assert sql_chart.splitting(LONG_FORM) == [1, 0], "economies first"
    frame = sql_chart.frame_of(LONG_FORM, sql_chart.Plan("line", 2, 3, 1), {"KOR": "South Korea"})
    assert list(frame["series"][:2]) == ["KOR", "JPN"]
    assert list(frame["series_label"][:2]) == ["South Korea", "JPN"]
    drawn = quick(frame, QuickSpec("line", width=900), palette("light"), translator("en"))
    lines = re.findall(r'<path d="M[^"]+" fill="none" stroke="(#\w+)"', drawn)
    assert lines == [palette("light").economy("KOR"), palette("light").economy("JPN")]
    assert re.findall(r"<text[^>]*font-weight=\"600\"[^>]*>([^<]+)</text>", drawn) == [
        "South Korea",
        "JPN",
    ]
    assert "<title>South Korea, 2003: 3</title>" in drawn


def test_series_are_chosen_and_left_out_by_the_link() -> None:
    assert sql_chart.plan(LONG_FORM, Choice("", series=NO_SERIES)) == sql_chart.Plan("points", 2, 3)
    # Two rows of each period and kind: no course of one thing.
    assert sql_chart.plan(LONG_FORM, Choice("", series=1)) == sql_chart.Plan("points", 2, 3, 0)
    assert sql_chart.plan(LONG_FORM, Choice("", chart="bars", x=3, series=2)) == sql_chart.Plan(
        "bars", 2, 3, 1
    )
    # A column that names no series is chosen anew; one that stands across names none either.
    assert sql_chart.plan(LONG_FORM, Choice("", series=4)) == sql_chart.Plan("line", 2, 3, 1)
    assert sql_chart.plan(LONG_FORM, Choice("", series=3)) == sql_chart.Plan("line", 2, 3, 1)


@pytest.mark.parametrize("kind", ["bars", "points"])
def test_loose_marks_have_a_key_of_their_colours(kind: sql_chart.Kind) -> None:
    frame = sql_chart.frame_of(LONG_FORM, sql_chart.Plan(kind, 2, 3, 0))
    drawn = quick(frame, QuickSpec(kind, width=900, dated=True), palette("light"), translator("en"))
    words = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    assert {"paper", "list"} <= set(words)
    colours = {palette("light").pillar("models"), palette("light").pillar("compute")}
    assert colours <= set(re.findall(r'fill="(#\w+)"', drawn))


def test_many_words_are_no_series() -> None:
    rows = tuple((f"w{i % 9}", str(2001 + i // 9), float(i)) for i in range(36))
    made = tuple(
        Column(*pair) for pair in (("name", "VARCHAR"), ("year", "VARCHAR"), ("v", "DOUBLE"))
    )
    assert sql_chart.plan(Result(made, rows, False, ()), Choice("")) == sql_chart.Plan(
        "points", 1, 2
    )


def test_a_line_over_time_leaves_out_rows_without_a_day_and_keeps_their_order() -> None:
    days = ("2024-05-01", None, "2023-01-01")
    found = Result((Column("day", "DATE"), Column("v", "DOUBLE")),
                   tuple((day, float(i)) for i, day in enumerate(days)), False, ())  # fmt: skip
    frame = sql_chart.frame_of(found, sql_chart.Plan("line", 0, 1))
    assert list(frame["label"]) == ["2024-05-01", "2023-01-01"]
    assert frame["x"].iloc[0] > frame["x"].iloc[1]


def test_titles_are_words_and_saved_queries_have_their_question() -> None:
    found = result(("economy_id", "VARCHAR"), ("points_gained", "DOUBLE"))
    plan, t = sql_chart.Plan("bars", 0, 1), translator("en")
    assert sql_chart.said(found, plan, t) == "points gained by economy"
    saved = next(one for one in EXAMPLES if one.id == "gains")
    assert sql_chart.card("b", found, Choice(saved.sql), plan, t).title == saved.title
    assert (
        sql_chart.card("b", found, Choice("SELECT 1"), plan, t).title == "points gained by economy"
    )


def test_every_refusal_has_its_words() -> None:
    for lang in LANGUAGES:
        t = translator(lang)
        for kind in get_args(Kind):
            lead, _ = sql_words.reason(Refusal(kind, "detail", "near"), t)
            assert lead
        leads = {sql_words.reason(Refusal(kind, "d"), t)[0] for kind in get_args(Kind)}
        assert len(leads) == len(get_args(Kind))
