"""Strengths and gaps: the rule by hand, its limits and properties."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.analysis.cross_section import CrossSection
from observatory.analysis.strengths import PER_PILLAR, Standout, standout, strengths_and_gaps


def _section(values: dict[str, float], better: bool | None = True) -> CrossSection:
    frame = pd.DataFrame({"entity_id": list(values), "value": list(values.values())})
    ordered = frame.sort_values("value", ascending=better is False).reset_index(drop=True)
    return CrossSection(ordered, "2025", better)


FIVE = {"AAA": 10.0, "BBB": 8.0, "CCC": 6.0, "DDD": 4.0, "EEE": 2.0}


def test_distance_is_from_the_median_of_the_others_in_quartile_ranges() -> None:
    one = standout(_section(FIVE), "AAA", "x", "models", log=False)
    assert one is not None
    # others 8 6 4 2: median 5; quartiles of all 4 and 8
    assert one == Standout("x", "models", 1.0, 1, 5, False, 10.0, 5.0, 4, (10 - 5) / 4)


def test_low_is_better_turns_the_sign() -> None:
    best = standout(_section(FIVE, better=False), "EEE", "x", "models", log=False)
    assert best is not None
    assert best.place == 1.0
    assert best.distance > 0


def test_without_rank_or_direction_nothing_stands_out() -> None:
    four = dict(list(FIVE.items())[:4])
    assert standout(_section(four), "AAA", "x", "models", log=False) is None
    assert standout(_section(FIVE, better=None), "AAA", "x", "models", log=False) is None
    assert standout(_section(FIVE), "ZZZ", "x", "models", log=False) is None


def test_equal_values_have_no_distance() -> None:
    one = standout(_section(dict.fromkeys(FIVE, 3.0)), "AAA", "x", "models", log=True)
    assert one is not None
    assert one.distance == 0
    assert strengths_and_gaps([one]) == ((), ())


def _one(key: str, pillar: str, place: float, distance: float) -> Standout:
    return Standout(key, pillar, place, 1, 9, False, 1.0, 1.0, 8, distance)


def test_best_and_last_quarter_only_furthest_first_two_a_pillar_one_a_thing() -> None:
    found = [
        _one("a", "models", 1.0, 1.0), _one("b", "models", 0.9, 3.0), _one("c", "models", 0.8, 2.0),
        _one("d", "talent", 0.74, 9.0), _one("e", "capital", 1.0, 0.5), _one("f", "capital", 1.0, 0.4),
        _one("g", "research", 0.1, -1.0), _one("h", "research", 0.25, -2.0), _one("i", "talent", 0.3, -9.0),
    ]  # fmt: skip
    best, last = strengths_and_gaps(found, 5, {"e": "money", "f": "money"})
    assert [one.indicator for one in best] == ["b", "c", "e"]
    assert [one.indicator for one in last] == ["h", "g"]


def test_a_low_place_that_is_not_behind_the_median_is_no_gap() -> None:
    found = [
        _one("a", "models", 0.1, 0.0), _one("b", "models", 0.1, 0.5), _one("c", "talent", 0.1, -0.1),
        _one("d", "talent", 0.9, 0.0),
    ]  # fmt: skip
    best, last = strengths_and_gaps(found)
    assert (best, [one.indicator for one in last]) == ((), ["c"])


def test_a_thing_may_bear_the_name_of_one_of_its_measures() -> None:
    found = [_one("e", "capital", 1.0, 0.5), _one("f", "capital", 1.0, 0.4)]
    assert [one.indicator for one in strengths_and_gaps(found, 5, {"f": "e"})[0]] == ["e"]


VALUES = st.lists(st.floats(min_value=1.0, max_value=1e6), min_size=5, max_size=12, unique=True)


@settings(max_examples=40)
@given(VALUES, st.floats(min_value=0.01, max_value=100.0), st.booleans())
def test_units_do_not_change_who_stands_out(values: list[float], unit: float, log: bool) -> None:
    plain = {f"E{i:02d}": value for i, value in enumerate(values)}
    moved = {key: value * unit for key, value in plain.items()}
    for key in plain:
        a = standout(_section(plain), key, "x", "p", log=log)
        b = standout(_section(moved), key, "x", "p", log=log)
        assert a is not None
        assert b is not None
        assert (a.rank, a.place) == (b.rank, b.place)
        assert a.distance == pytest.approx(b.distance, rel=1e-6, abs=1e-9)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 1), st.floats(-5, 5)), max_size=30))
def test_lists_never_overlap_and_keep_their_limits(rows: list[tuple[str, float, float]]) -> None:
    found = [_one(f"m{i}", pillar, place, far) for i, (pillar, place, far) in enumerate(rows)]
    best, last = strengths_and_gaps(found, 5)
    assert not {o.indicator for o in best} & {o.indicator for o in last}
    for ones in (best, last):
        assert len(ones) <= 5
        pillars = [one.pillar for one in ones]
        assert all(pillars.count(pillar) <= PER_PILLAR for pillar in pillars)
    assert [o.distance for o in best] == sorted((o.distance for o in best), reverse=True)
    assert [o.distance for o in last] == sorted(o.distance for o in last)
