"""Values per head: which denominator is taken, and when none is."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis.relative import MAX_DENOMINATOR_AGE, relative


def _frame(rows: list[tuple[str, int, float | None]], mark: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "entity_id": who, "period": str(year), "period_end": pd.Timestamp(year, 12, 31),
                "value": value, "row_id": f"{mark}{who}{year}", "source_id": mark,
            }
            for who, year, value in rows
        ],
        columns=["entity_id", "period", "period_end", "value", "row_id", "source_id"],
    )  # fmt: skip


def test_the_denominator_of_the_same_year_is_taken_else_the_newest_before_it() -> None:
    people = _frame([("SGP", 2020, 5.0), ("SGP", 2023, 6.0), ("TWN", 2021, 23.0)], "b")
    found = relative(
        _frame([("SGP", 2022, 10.0), ("SGP", 2023, 12.0), ("TWN", 2026, 46.0)], "v"), people
    )
    assert found["value"].tolist() == [2.0, 2.0, 2.0]
    assert found["base_period"].tolist() == ["2020", "2023", "2021"]
    assert found["base_age"].tolist() == [2, 0, 5]
    assert found["base_row_id"].tolist() == ["bSGP2020", "bSGP2023", "bTWN2021"]
    assert found["own_value"].tolist() == [10.0, 12.0, 46.0]


def test_too_old_later_missing_or_zero_denominators_give_no_value() -> None:
    people = _frame(
        [("SGP", 2010, 5.0), ("KOR", 2024, 50.0), ("JPN", 2023, None), ("IND", 2023, 0.0)], "b"
    )
    values = _frame([(who, 2023, 1.0) for who in ("SGP", "KOR", "JPN", "IND", "AUS")], "v")
    assert relative(values, people).empty


def test_a_missing_value_stays_missing() -> None:
    assert relative(_frame([("SGP", 2023, None)], "v"), _frame([("SGP", 2023, 5.0)], "b")).empty


@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B"]), st.integers(2000, 2026), st.floats(0, 1e6)),
        max_size=20, unique_by=lambda row: row[:2],
    ),
    st.lists(
        st.tuples(st.sampled_from(["A", "B"]), st.integers(2000, 2026), st.floats(1, 1e9)),
        max_size=20, unique_by=lambda row: row[:2],
    ),
)  # fmt: skip
def test_against_a_plain_search(
    values: list[tuple[str, int, float]], people: list[tuple[str, int, float]]
) -> None:
    found = relative(_frame(list(values), "v"), _frame(list(people), "b"), 1000.0)
    expected = []
    for who, year, value in values:
        fits = [(y, p) for w, y, p in people if w == who and 0 <= year - y <= MAX_DENOMINATOR_AGE]
        if fits:
            expected.append(value / max(fits)[1] * 1000.0)
    assert found["value"].tolist() == pytest.approx(expected)
