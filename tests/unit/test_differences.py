"""Which differences are told, and in which order; series set to 100."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.analysis.cross_section import usable
from observatory.analysis.differences import (
    Difference,
    common_period,
    difference,
    most_telling,
)
from observatory.analysis.rebase import rebase

SIX = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")


def _series(rows: list[tuple[str, int, float]], status: str = "reported") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "entity_id": who, "period": str(year), "period_end": pd.Timestamp(year, 12, 31),
                "period_precision": "year", "value": value, "row_id": f"o{who}{year}", "source_id": "s",
                "status": status, "status_reason": "", "is_headline": True, "is_forecast": False,
                "known_on": pd.Timestamp(2026, 11, 1),
            }
            for who, year, value in rows
        ]
    )  # fmt: skip


def test_the_two_furthest_apart_in_the_newest_shared_period() -> None:
    rows = [(who, 2024, 10.0 * (i + 1)) for i, who in enumerate(SIX)]
    rows.append(("AAA", 2025, 99.0))
    one = difference(usable(_series(rows)), ("AAA", "BBB", "CCC"), SIX, "x", "models", log=False)
    assert one is not None
    assert (one.period, one.high, one.low, one.high_value, one.low_value) == (
        "2024", "CCC", "AAA", 30.0, 10.0,
    )  # fmt: skip
    assert one.weight == pytest.approx(20 / 50)
    assert one.ratio == 3.0
    assert (one.high_row, one.low_row, one.base) == ("oCCC2024", "oAAA2024", 6)
    assert (one.indicator, one.pillar, one.source_id) == ("x", "models", "s")
    # Of two values of one economy and period the later row counts, once.
    rows.insert(0, ("AAA", 2024, 1.0))
    again = difference(usable(_series(rows)), ("AAA", "BBB", "CCC"), SIX, "x", "models", log=False)
    assert again == one


def test_logarithms_only_where_all_are_above_zero() -> None:
    rows = [(who, 2024, 2.0**i) for i, who in enumerate(SIX)]
    one = difference(usable(_series(rows)), ("AAA", "BBB"), SIX, "x", "p", log=True)
    assert one is not None
    assert one.weight == pytest.approx(1 / 5)
    rows[5] = ("FFF", 2024, 0.0)
    other = difference(usable(_series(rows)), ("AAA", "FFF"), SIX, "x", "p", log=True)
    assert other is not None
    assert other.ratio is None
    assert other.weight == pytest.approx(1 / 16)


def test_no_difference_without_a_shared_period_five_values_or_a_gap() -> None:
    apart = [("AAA", 2024, 1.0), ("BBB", 2023, 2.0), *[(w, 2024, 3.0) for w in SIX[2:]]]
    assert difference(usable(_series(apart)), ("AAA", "BBB"), SIX, "x", "p", log=False) is None
    few = [(who, 2024, 1.0 + i) for i, who in enumerate(SIX[:4])]
    assert difference(usable(_series(few)), ("AAA", "BBB"), SIX, "x", "p", log=False) is None
    same = [(who, 2024, 5.0) for who in SIX]
    assert difference(usable(_series(same)), ("AAA", "BBB"), SIX, "x", "p", log=False) is None
    disputed = _series([(who, 2024, 1.0 + i) for i, who in enumerate(SIX)], "disputed")
    assert difference(usable(disputed), ("AAA", "BBB"), SIX, "x", "p", log=False) is None


def test_the_period_is_the_newest_that_half_of_them_share() -> None:
    rows = _series([("AAA", 2025, 1.0), ("BBB", 2025, 1.0), *[(w, 2024, 1.0) for w in SIX[:5]]])
    assert common_period(rows, SIX[:4]) == "2025"
    assert common_period(rows, SIX[:5]) == "2024"
    assert common_period(rows, ("AAA",)) is None
    old = _series([("AAA", 2025, 1.0), ("AAA", 2019, 1.0), ("BBB", 2019, 1.0)])
    assert common_period(old, ("AAA", "BBB")) is None


def _one(key: str, pillar: str, weight: float) -> Difference:
    return Difference(key, pillar, "2025", "AAA", "BBB", 2.0, 1.0, "a", "b", "s", weight, 6)


def test_the_most_telling_first_two_a_pillar() -> None:
    found = [_one("a", "p", 0.9), _one("b", "p", 0.8), _one("c", "p", 0.7), _one("d", "q", 0.1)]
    assert [one.indicator for one in most_telling(found, 3)] == ["a", "b", "d"]


@settings(max_examples=40)
@given(
    st.lists(st.floats(min_value=0.1, max_value=1e9), min_size=5, max_size=10, unique=True),
    st.floats(min_value=0.001, max_value=1000.0),
    st.booleans(),
)
def test_weights_are_shares_and_free_of_units(values: list[float], unit: float, log: bool) -> None:
    codes = [f"E{i:02d}" for i in range(len(values))]
    plain = _series([(code, 2025, value) for code, value in zip(codes, values, strict=True)])
    moved = plain.assign(value=plain["value"] * unit)
    a = difference(plain, codes[:3], codes, "x", "p", log=log)
    b = difference(moved, codes[:3], codes, "x", "p", log=log)
    assert a is not None
    assert b is not None
    assert 0 < a.weight <= 1 + 1e-9
    assert a.weight == pytest.approx(b.weight, rel=1e-6)
    assert math.isclose(a.ratio or 0, b.ratio or 1, rel_tol=1e-9)


def test_an_index_is_100_in_its_base_year_and_names_who_has_none() -> None:
    rows = _series([("AAA", 2020, 4.0), ("AAA", 2021, 6.0), ("BBB", 2021, 3.0), ("CCC", 2020, 0.0)])
    based, missing = rebase(rows, 2020)
    assert based["value"].tolist() == [100.0, 150.0]
    assert based["base_row_id"].tolist() == ["oAAA2020"] * 2
    assert missing == ("BBB", "CCC")


def test_the_base_of_a_quarterly_series_is_the_years_last_whole_value() -> None:
    rows = pd.DataFrame(
        {
            "entity_id": "AAA",
            "period": ["2020-Q3", "2020-Q4", "2021-Q1"],
            "period_end": pd.to_datetime(["2020-09-30", "2020-12-31", "2021-03-31"]),
            "value": [5.0, 10.0, 20.0],
            "row_id": ["a", "b", "c"],
        }
    )
    based, _ = rebase(rows, 2020)
    assert based["value"].tolist() == [50.0, 100.0, 200.0]
    broken = rows.assign(breaks=[False, False, True])
    assert rebase(broken, 2020)[0]["value"].tolist() == [50.0, 100.0]
    part = rows.assign(partial_to=["", "2020-11-01", ""])
    assert rebase(part, 2020)[0]["value"].tolist() == [100.0, 200.0, 400.0]
