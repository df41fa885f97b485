"""Where a series breaks: recorded breaks, other makers, editions, lengths of period."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import breaks
from observatory.analysis.breaks import EDITION, EXTENT, MAKER, Break, mark
from observatory.model.time import parse_period


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    out = []
    for row in rows:
        covers = parse_period(row["period"])
        base = {"entity_id": "KOR", "value": 1.0, "origin": "A", "edition": None, "span": None,
                "period_end": covers.end, "period_precision": covers.precision}  # fmt: skip
        out.append(base | row)
    return pd.DataFrame(out)


def why(found: pd.DataFrame) -> list[str]:
    return list(found["break_why"])


def test_one_maker_and_edition_does_not_break() -> None:
    found = mark(frame({"period": "2022"}, {"period": "2023"}, {"period": "2024"}))
    assert not found["breaks"].any()


def test_another_maker_or_edition_breaks_and_a_shared_maker_does_not() -> None:
    found = mark(
        frame(
            {"period": "2021", "origin": "A; B"},
            {"period": "2022", "origin": "B"},
            {"period": "2023", "origin": "C"},
            {"period": "2024", "origin": "C", "edition": "2024"},
            {"period": "2025", "origin": "C", "edition": "2025"},
        )
    )
    assert why(found) == ["", "", MAKER, "", EDITION]


def test_recorded_breaks_hold_from_their_period_for_their_entity() -> None:
    rows = frame(
        *(
            {"period": str(year), "entity_id": who}
            for who in ("HKG", "KOR")
            for year in (2015, 2016, 2017, 2018)
        )
    )
    found = mark(rows, [Break("2017", "HKG", "other count")])
    assert found.loc[found["breaks"], ["entity_id", "period"]].to_numpy().tolist() == [
        ["HKG", "2017"]
    ]
    everywhere = mark(rows, [Break(None, None, "re-fitted")])
    assert int(everywhere["breaks"].sum()) == 6
    assert breaks.shared(everywhere) == [("re-fitted", ["HKG", "KOR"], ["2016", "2017", "2018"])]


def test_lengths_of_period_break_flows_only() -> None:
    rows = frame({"period": "2023"}, {"period": "2024"}, {"period": "2025-Q1"})
    assert why(mark(rows, flow=True)) == ["", "", EXTENT]
    assert why(mark(rows, flow=False)) == ["", "", ""]


def test_a_missing_value_is_passed_over() -> None:
    rows = frame(
        {"period": "2022", "edition": "1"},
        {"period": "2023", "value": None},
        {"period": "2024", "edition": "2"},
    )
    assert why(mark(rows)) == ["", "", EDITION]


@given(st.lists(st.tuples(st.sampled_from(["KOR", "JPN"]), st.integers(2010, 2025), st.sampled_from("AB")), max_size=30,
                unique_by=lambda row: row[:2]))  # fmt: skip
def test_the_first_value_of_an_entity_never_breaks(rows: list[tuple[str, int, str]]) -> None:
    found = mark(frame(*({"entity_id": who, "period": str(year), "origin": maker} for who, year, maker in rows)) if rows
                 else frame({"period": "2020"}).iloc[:0])  # fmt: skip
    for _, own in found.groupby("entity_id"):
        first = own.sort_values("period_end").iloc[0]
        assert not first["breaks"]
    assert len(found) == len(rows)


def test_a_value_of_the_very_day_of_a_break_is_behind_it() -> None:
    rows = frame({"period": "2024-05-01"}, {"period": "2024-05-02"}, {"period": "2024-05-03"})
    assert why(mark(rows, [Break("2024-05-02", None, "counted anew")])) == ["", "counted anew", ""]


def test_another_stretch_of_the_year_breaks_and_the_same_one_does_not() -> None:
    rows = frame(
        {"period": "2021", "span": "Apr-Mar"}, {"period": "2022", "span": "Apr-Mar"}, {"period": "2023"},
        {"period": "2024", "span": "Jul-Jun"},
    )  # fmt: skip
    # A break recorded for somebody else has every pair of values looked at.
    assert why(mark(rows, [Break("2022", "JPN", "other count")])) == ["", "", EXTENT, EXTENT]
