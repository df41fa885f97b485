"""Who is compared when, ranks, positions in a pillar, and what changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis.changes import largest, steps
from observatory.analysis.cross_section import CrossSection, cross_section, is_part_year, usable
from observatory.analysis.position import pillar_positions, relative_place
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.time import parse_period


def series(*rows: tuple[str, str, float | None], **fields: Any) -> pd.DataFrame:
    """A series as the database gives it, from (economy, period, value)."""
    out = []
    for entity, text, value in rows:
        period = parse_period(text)
        out.append(
            {
                "indicator_id": "x",
                "entity_id": entity,
                "period": text,
                "period_start": period.start,
                "period_end": period.end,
                "period_precision": period.precision,
                "value": value,
                "status": "reported",
                "status_reason": "one_source",
                "is_forecast": False,
                "is_headline": value is not None,
                "row_id": f"{entity}-{text}",
                "source_id": "s",
                "known_on": date(2026, 1, 1),
                **fields,
            }
        )
    return pd.DataFrame(out)


def eight(period: str, value: float = 10.0) -> list[tuple[str, str, float | None]]:
    return [(economy, period, value + index) for index, economy in enumerate(SCOPE[:8])]


# The period of a cross-section ------------------------------------------------------------------


def test_the_latest_period_that_eight_of_the_thirteen_hold() -> None:
    frame = series(*eight("2022"), *eight("2023"), *eight("2024")[:7])
    found = cross_section(frame, True)
    assert (found.period, found.n) == ("2023", 8)


def test_comparators_do_not_make_a_period() -> None:
    others: list[tuple[str, str, float | None]] = [
        (economy, "2024", 1.0) for economy in COMPARATORS
    ]
    frame = series(*eight("2023"), *eight("2024")[:7], *others)
    assert cross_section(frame, True, members=SCOPE + COMPARATORS).period == "2023"


def test_the_scopes_period_holds_for_other_members() -> None:
    frame = series(
        *eight("2023"), *eight("2024")[:2], ("USA", "2023", 99.0), ("USA", "2024", 100.0)
    )
    found = cross_section(frame, True, members=("JPN", "CHN", "USA"))
    assert (found.period, found.value("USA"), found.n) == ("2023", 99.0, 3)


def test_without_a_common_period_each_latest_within_three_years() -> None:
    frame = series(
        ("CHN", "2025", 5.0), ("JPN", "2022", 4.0), ("JPN", "2021", 9.0), ("KOR", "2022", 3.0),
        ("SGP", "2021", 2.0), ("IND", "2023", 1.0), ("AUS", "2024", 6.0), ("THA", "2025", 7.0),
    )  # fmt: skip
    found = cross_section(frame, True)
    assert found.period is None
    assert list(found.frame["entity_id"]) == ["THA", "AUS", "CHN", "JPN", "KOR", "IND"]
    assert found.row("JPN")["period"] == "2022"  # type: ignore[index]
    assert found.value("SGP") is None
    assert found.row("SGP") is None


def test_a_single_period_of_few_is_named() -> None:
    found = cross_section(series(*eight("2024")[:5]), True)
    assert (found.period, found.n) == ("2024", 5)


def test_nothing_to_compare() -> None:
    for frame in (
        series(("USA", "2024", 1.0)),
        series(("JPN", "2024", None)),
        series(("JPN", "2024", 1.0)).iloc[:0],
    ):
        found = cross_section(frame, True)
        assert (found.n, found.period, found.ranked, found.leader()) == (0, None, False, None)
        assert found.rank("JPN") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "disputed"},
        {"status": "unchecked"},
        {"status": "superseded"},
        {"is_forecast": True},
        {"is_headline": False},
        {"value": None},
    ],
)
def test_what_never_enters(fields: dict[str, Any]) -> None:
    frame = pd.concat(
        [series(*eight("2024")), series(("THA", "2024", 1e6), **fields)], ignore_index=True
    )
    found = cross_section(frame, True)
    assert found.n == 8
    assert found.value("THA") is None


def test_years_counted_before_they_were_over_never_enter() -> None:
    counted = {"status_reason": "counted", "known_on": date(2026, 7, 1)}
    frame = series(("JPN", "2026", 1.0), ("JPN", "2025", 1.0), ("JPN", "2026-Q3", 1.0), **counted)
    assert list(is_part_year(frame)) == [True, False, False]
    assert list(usable(frame)["period"]) == ["2025", "2026-Q3"]
    stated = series(("JPN", "2026", 1.0), known_on=date(2026, 7, 1))
    assert len(usable(stated)) == 1
    # The highest of a year that is not over is not yet the year's highest; its mean may be stated.
    for kind, left in (("max", 0), ("mean", 1)):
        assert (
            len(usable(series(("JPN", "2026", 1.0), known_on=date(2026, 7, 1), aggregation=kind)))
            == left
        )


# Ranks ------------------------------------------------------------------------------------------


def test_fewer_than_five_have_neither_rank_nor_leader() -> None:
    four = cross_section(series(*eight("2024")[:4]), True)
    assert (four.n, four.ranked, four.leader(), four.rank("CHN")) == (4, False, None, None)
    five = cross_section(series(*eight("2024")[:5]), True)
    assert five.ranked
    assert five.rank(SCOPE[4]) == (1, False)
    assert five.leader()["entity_id"] == SCOPE[4]  # type: ignore[index]


def test_direction() -> None:
    frame = series(*eight("2024"))
    assert cross_section(frame, True).rank(SCOPE[7]) == (1, False)
    assert cross_section(frame, None).rank(SCOPE[7]) == (1, False)
    low = cross_section(frame, False)
    assert low.rank(SCOPE[0]) == (1, False)
    assert low.leader()["entity_id"] == SCOPE[0]  # type: ignore[index]
    assert low.frame["value"].is_monotonic_increasing


def test_equal_values_share_a_rank_and_a_shared_first_is_no_leader() -> None:
    rows = [("CHN", 5.0), ("JPN", 5.0), ("KOR", 3.0), ("TWN", 3.0), ("HKG", 1.0)]
    found = cross_section(series(*((e, "2024", v) for e, v in rows)), True)
    assert [found.rank(e) for e, _ in rows] == [
        (1, True),
        (1, True),
        (3, True),
        (3, True),
        (5, False),
    ]
    assert found.leader() is None


@given(
    st.dictionaries(st.sampled_from(SCOPE), st.integers(0, 6).map(float), max_size=13),
    st.sampled_from([True, False]),
)
def test_ranks_count_those_who_are_better(values: dict[str, float], higher: bool) -> None:
    found = cross_section(
        series(*((e, "2024", v) for e, v in values.items()))
        if values
        else series(("USA", "2024", 1.0)),
        higher,
    )
    assert found.n == len(values)
    for economy, value in values.items():
        better = sum((other > value) if higher else (other < value) for other in values.values())
        shared = list(values.values()).count(value) > 1
        assert found.rank(economy) == ((better + 1, shared) if len(values) >= 5 else None)


def test_a_group_of_a_cross_section_keeps_its_period_and_order() -> None:
    every = cross_section(series(*eight("2024")), True, members=SCOPE + COMPARATORS)
    some = every.among((SCOPE[4], SCOPE[1], "USA"))
    assert some.entities == [code for code in every.entities if code in (SCOPE[4], SCOPE[1])]
    assert some.frame["entity_id"].tolist() == some.entities
    assert [some.value(code) for code in some.entities] == some.values
    assert (some.period, some.ranked, some.places) == (every.period, False, {})
    assert every.among(SCOPE) is every
    assert every.places[every.entities[0]] == (1, False)


# Positions --------------------------------------------------------------------------------------


def section(values: dict[str, float], higher: bool | None = True) -> CrossSection:
    return cross_section(series(*((e, "2024", v) for e, v in values.items())), higher)


def test_place_from_first_to_last() -> None:
    found = section({"CHN": 5, "JPN": 4, "KOR": 3, "TWN": 2, "HKG": 1})
    assert [relative_place(found, e) for e in ("CHN", "JPN", "KOR", "TWN", "HKG")] == [
        1,
        0.75,
        0.5,
        0.25,
        0,
    ]
    assert relative_place(found, "SGP") is None
    assert relative_place(section({"CHN": 5, "JPN": 4}), "CHN") is None


def test_shared_places_stand_at_their_middle() -> None:
    found = section({"CHN": 5, "JPN": 5, "KOR": 3, "TWN": 2, "HKG": 1})
    assert relative_place(found, "CHN") == relative_place(found, "JPN") == 0.875


def test_positions_are_means_of_places() -> None:
    one = section({"CHN": 5, "JPN": 4, "KOR": 3, "TWN": 2, "HKG": 1})
    two = section({"CHN": 5, "JPN": 4, "KOR": 3, "TWN": 2, "HKG": 1}, False)
    frame = pillar_positions({"one": one, "two": two}, SCOPE)
    assert set(frame["position"]) == {0.5}
    assert list(frame["rank"]) == [1] * 5
    assert set(frame["of"]) == {5}
    assert list(pillar_positions({"one": one}, SCOPE)["entity_id"]) == [
        "CHN",
        "JPN",
        "KOR",
        "TWN",
        "HKG",
    ]


def test_half_of_the_measures_are_needed() -> None:
    full = {"CHN": 5.0, "JPN": 4.0, "KOR": 3.0, "TWN": 2.0, "HKG": 1.0}
    extra = {"one": section(full | {"SGP": 9.0}), "two": section(full), "three": section(full)}
    frame = pillar_positions(extra, SCOPE)
    assert "SGP" not in set(frame["entity_id"])
    frame = pillar_positions({key: extra[key] for key in ("one", "two")}, SCOPE)
    assert frame.iloc[0]["entity_id"] == "SGP"
    assert frame.iloc[0]["measures"] == 1


def test_measures_without_direction_or_of_too_few_do_not_count() -> None:
    full = {"CHN": 5.0, "JPN": 4.0, "KOR": 3.0, "TWN": 2.0, "HKG": 1.0}
    few = {"CHN": 1.0, "JPN": 4.0}
    frame = pillar_positions(
        {"a": section(full), "b": section(full, None), "c": section(few)}, SCOPE
    )
    assert set(frame["measures"]) == {1}
    assert pillar_positions({}, SCOPE).empty


def test_fewer_than_five_placed_have_no_rank() -> None:
    full = {"CHN": 5.0, "JPN": 4.0, "KOR": 3.0, "TWN": 2.0, "HKG": 1.0}
    frame = pillar_positions({"a": section(full)}, ("CHN", "JPN"))
    assert frame["rank"].isna().all()


# Changes ----------------------------------------------------------------------------------------


def test_a_step_is_from_the_value_before_to_the_newest() -> None:
    frame = series(
        ("JPN", "2023", 10.0),
        ("JPN", "2025", 15.0),
        ("JPN", "2024", 12.0),
        ("KOR", "2025", 1.0),
        ("USA", "2024", 1.0),
        ("USA", "2025", 2.0),
    )
    found = steps(frame, SCOPE)
    assert len(found) == 1
    step = found.iloc[0]
    assert (step["old_period"], step["period"], step["old_row_id"]) == ("2024", "2025", "JPN-2024")
    assert (step["change"], step["ratio"]) == (3.0, 1.25)


def test_a_step_from_nothing_has_no_ratio() -> None:
    step = steps(series(("JPN", "2024", 0.0), ("JPN", "2025", 5.0)), SCOPE).iloc[0]
    assert step["change"] == 5.0
    assert pd.isna(step["ratio"])


def test_disputed_values_make_no_step() -> None:
    frame = pd.concat(
        [series(("JPN", "2024", 1.0)), series(("JPN", "2025", 5.0), status="disputed")],
        ignore_index=True,
    )
    assert steps(frame, SCOPE).empty


def test_largest_changes_first_and_one_an_indicator() -> None:
    frame = pd.concat(
        [
            series(
                ("JPN", "2024", 10.0),
                ("JPN", "2025", 20.0),
                ("KOR", "2024", 10.0),
                ("KOR", "2025", 40.0),
            ),
            series(("JPN", "2024", 1.0), ("JPN", "2025", 2.0), indicator_id="y"),
            series(("JPN", "2024", 1.0), ("JPN", "2025", 1.0), indicator_id="same"),
            series(
                ("JPN", "2024", 1.0),
                ("JPN", "2025", 99.0),
                indicator_id="old",
                known_on=date(2020, 1, 1),
            ),
        ],
        ignore_index=True,
    )
    found = largest(steps(frame, SCOPE), date(2025, 1, 1), {"x": 100.0, "y": 2.0}, limit=5)
    assert list(zip(found["indicator_id"], found["entity_id"], strict=True)) == [
        ("y", "JPN"),
        ("x", "KOR"),
    ]
    assert list(found["weight"]) == [0.5, 0.3]
    both = largest(
        steps(frame, SCOPE), date(2025, 1, 1), {"x": 100.0, "y": 2.0}, limit=5, per_indicator=2
    )
    assert len(both) == 3
    assert len(largest(steps(frame, SCOPE), date(2025, 1, 1), {}, limit=1)) == 1
    # Ranges below one count as well, as of shares; equal weights stand by name.
    equal = largest(
        steps(frame, SCOPE), date(2025, 1, 1), {"x": 30.0, "y": 0.5}, 5, per_indicator=2
    )
    assert list(equal["weight"]) == [2.0, 1.0, pytest.approx(1 / 3)]
    assert list(equal.columns) == [*steps(frame, SCOPE).columns, "weight"]
    tied = largest(steps(frame, SCOPE), date(2025, 1, 1), {"x": 30.0, "y": 1.0}, 5)
    assert list(tied["indicator_id"]) == ["x", "y"]
    alike = series(
        *[
            (who, year, value)
            for who in ("KOR", "JPN")
            for year, value in (("2024", 1.0), ("2025", 3.0))
        ]
    )
    assert list(largest(steps(alike, SCOPE), date(2025, 1, 1), {"x": 4.0}, 5, 2)["entity_id"]) == [
        "JPN",
        "KOR",
    ]
