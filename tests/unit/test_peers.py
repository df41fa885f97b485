"""Who is alike: the distance by hand, its properties, and the proposals recomputed from the files."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.analysis.peers import distances, similar
from observatory.model.scope import COMPARATORS, SCOPE

DATA = Path(__file__).resolve().parents[2] / "data" / "observations"
SIZE = st.floats(min_value=1e-3, max_value=1e9, allow_nan=False)


def _sizes(rows: dict[str, tuple[float | None, float | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"entity_id": k, "people": p, "output": o} for k, (p, o) in rows.items()],
        columns=["entity_id", "people", "output"],
    )


def test_twice_the_people_at_one_income_is_one_doubling() -> None:
    found = distances(_sizes({"AAA": (10, 100), "BBB": (20, 200)}), "AAA")
    # income equal; people and output one doubling each, halves of one square
    assert found["distance"].tolist() == pytest.approx([1.0])
    assert found[["income", "people", "output"]].iloc[0].tolist() == pytest.approx([1.0, 2.0, 2.0])


def test_twice_as_rich_counts_income_and_half_the_output() -> None:
    found = distances(_sizes({"AAA": (10, 100), "BBB": (10, 200)}), "AAA")
    assert found["distance"].iloc[0] == pytest.approx(math.sqrt(1.5))


def test_unknown_sizes_are_no_peers_and_have_none() -> None:
    sizes = _sizes({"AAA": (10, 100), "BBB": (None, 90), "CCC": (10, 0), "DDD": (11, 100)})
    assert similar(sizes, "AAA") == ("DDD",)
    assert similar(sizes, "BBB") == ()
    assert similar(sizes, "ZZZ") == ()
    assert similar(_sizes({}), "AAA") == ()


def test_among_limits_who_may_be_proposed() -> None:
    sizes = _sizes({"AAA": (1, 1), "BBB": (1, 1.1), "CCC": (1, 1.2), "DDD": (1, 9)})
    assert similar(sizes, "AAA", 2) == ("BBB", "CCC")
    assert similar(sizes, "AAA", 2, among=("CCC", "DDD")) == ("CCC", "DDD")


@settings(max_examples=40)
@given(st.lists(st.tuples(SIZE, SIZE), min_size=2, max_size=12), SIZE, SIZE)
def test_distance_is_symmetric_and_without_units(
    pairs: list[tuple[float, float]], people: float, output: float
) -> None:
    rows = {f"E{i:02d}": pair for i, pair in enumerate(pairs)}
    there = distances(_sizes(rows), "E00").set_index("entity_id")["distance"]
    back = distances(_sizes(rows), "E01").set_index("entity_id")["distance"]
    assert there["E01"] == pytest.approx(back["E00"], abs=1e-9)
    assert (there >= 0).all()
    scaled = {k: (p * people, o * output) for k, (p, o) in rows.items()}
    moved = distances(_sizes(scaled), "E00").set_index("entity_id")["distance"]
    assert moved.to_dict() == pytest.approx(there.to_dict(), abs=1e-6)


def _newest(indicator: str) -> dict[str, dict[int, float]]:
    """Values by economy and year, straight from the file, forecasts left out."""
    found: dict[str, dict[int, float]] = {}
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if (
                    row["indicator_id"] == indicator
                    and row["status_hint"] != "forecast"
                    and row["value"]
                ):
                    found.setdefault(row["entity_id"], {})[int(row["period"])] = float(row["value"])
    return found


def test_proposals_agree_with_a_recomputation_from_the_files() -> None:
    output, people = _newest("gdp_usd_bn_imf"), _newest("population_total")
    size: dict[str, tuple[float, float]] = {}
    for code in SCOPE + COMPARATORS:
        if code not in output or code not in people:
            continue
        year = max(output[code])
        years = [y for y in people[code] if year - 5 <= y <= year]
        if years:
            size[code] = (people[code][max(years)], output[code][year])
    own = size["KOR"]

    def far(code: str) -> float:
        p, o = (math.log2(a / b) for a, b in zip(size[code], own, strict=True))
        return (o - p) ** 2 + p**2 / 2 + o**2 / 2

    by_hand = sorted((code for code in size if code != "KOR"), key=far)
    rows: dict[str, tuple[float | None, float | None]] = dict(size)
    assert similar(_sizes(rows), "KOR", 19) == tuple(by_hand)
    assert set(by_hand[:6]) >= {"CAN", "AUS"}
