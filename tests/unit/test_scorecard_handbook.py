"""The worked example of the OECD and JRC handbook, its published scores, ranks and scaled values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from observatory.analysis import scorecard as sc

FILE = Path(__file__).resolve().parents[1] / "fixtures" / "tai2001.yml"
SCHOOLING = 6
PILLARS = ("creation", "recent", "old", "skills")


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def tai(book: dict[str, Any]) -> sc.Field:
    values = np.array([row[:8] for row in book["countries"].values()], dtype=float)
    # The handbook prints these two as logarithms; the goalposts are of the values themselves.
    values[:, 4:6] = 10 ** values[:, 4:6]
    goals = tuple(
        sc.Goal(low, high, scale == "log") for low, high, scale in book["goalposts"].values()
    )
    return sc.Field(
        tuple(book["countries"]), tuple(book["goalposts"]), PILLARS,
        np.array([0, 0, 1, 1, 2, 2, 3, 3]), goals, values,
    )  # fmt: skip


def column(book: dict[str, Any], place: int) -> np.ndarray[Any, Any]:
    return np.array(
        [np.nan if row[place] is None else row[place] for row in book["countries"].values()]
    )


def scores(subject: sc.Field, weights: sc.Weights) -> sc.Floats:
    points = sc.all_points(subject, "goalposts")
    return sc.scores(sc.effective(subject, weights), points, "arithmetic")


def test_scores_are_those_published(book: dict[str, Any], tai: sc.Field) -> None:
    """Four pillars of two indicators each, all equal: every score as published with two digits.

    The handbook prints the two logarithms with two digits as well, which may cost half a thousandth.
    """
    found = scores(tai, sc.Weights(np.ones(4), np.ones(8))) / 100
    published = column(book, 12)
    known = ~np.isnan(published)
    assert known.sum() == 22
    assert np.abs(found - published)[known].max() <= 0.0055


@pytest.mark.parametrize(
    ("name", "place", "most"), [("EW", 8, 0), ("FA", 9, 1), ("BAP", 10, 0), ("AHP", 11, 2)]
)
def test_ranks_are_those_of_the_handbook(
    book: dict[str, Any], tai: sc.Field, name: str, place: int, most: int
) -> None:
    """Equal and budget-allocation weights give all 23 ranks; the other two are printed with two
    digits, too few to tell neighbours apart everywhere."""
    flat = sc.Field(
        tai.economies, tai.indicators, ("all",), np.zeros(8, dtype=int), tai.goals, tai.values
    )
    weights = sc.Weights(np.ones(1), np.array(book["weights"][name], dtype=float))
    found = sc.rank(scores(flat, weights))
    assert np.abs(found - column(book, place)).max() <= most


def test_scaled_schooling_is_that_of_the_handbook(book: dict[str, Any], tai: sc.Field) -> None:
    years = tai.values[:, SCHOOLING]
    z = (sc.points(years, sc.Goal(0, 12), "zscore") - 50) / 10
    assert np.abs(z - column(book, 13)).max() <= 0.0051
    minmax = sc.points(years, sc.Goal(7.1, 12), "goalposts") / 100
    assert np.abs(minmax - column(book, 14)).max() <= 0.0051
    # From zero, the way to the leader is the ratio to the best country.
    ratio = sc.points(years, sc.Goal(0, 20), "leader") / 100
    assert np.abs(ratio - column(book, 15)).max() <= 0.0051


def test_the_handbooks_geometric_mean() -> None:
    """Section 6.11: 21, 1, 1, 1 against four sixes; 2.14 against 6, and 2.54 and 6.23 one unit later
    (the book cuts the last two where we round)."""
    points = np.array([[21, 1, 1, 1], [6, 6, 6, 6], [21, 2, 1, 1], [6, 7, 6, 6]], dtype=float)
    found = sc.scores(np.full((4, 4), 0.25), points, "geometric")
    assert np.abs(found - [2.14, 6.0, 2.54, 6.23]).max() < 0.01
    arithmetic = sc.scores(np.full((4, 4), 0.25), points, "arithmetic")
    assert arithmetic[0] == arithmetic[1] == 6
