"""The page of one measure without a server: search, choice, breaks, titles, coverage."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.charts.palette import palette
from observatory.charts.svg.coverage import CoverageSpec, coverage, fitting
from observatory.i18n import translator
from observatory.views import data_words
from observatory.views.indicator import cover as indicator_cover
from observatory.views.indicator import directory as indicator_directory
from observatory.views.indicator.related import reach

T = translator("en")
WORDS = st.text("abcxyzéü漢字かな한글019", min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_search_finds_any_part_in_any_case(words: list[str]) -> None:
    texts = (" ".join(words),)
    assert indicator_directory.matches(words[0].upper(), texts)
    assert indicator_directory.matches(words[-1][:2], texts)
    assert indicator_directory.matches("", texts)


def test_search_needs_every_word_and_sees_through_forms() -> None:
    texts = ("Modèles d’IA", "ＡＩ models")
    assert indicator_directory.matches("modeles ai", texts)
    assert not indicator_directory.matches("models chips", texts)


def test_reach_says_who_and_when() -> None:
    row = {
        "n_orgs": 1,
        "n_economies": 2,
        "n_provinces": 0,
        "first_end": date(2020, 12, 31),
        "last_end": date(2024, 3, 31),
    }
    assert reach(row, T) == "2 economies and 1 organisation, 2020–2024"
    assert reach(row | {"n_orgs": 0, "last_end": date(2020, 12, 31)}, T) == "2 economies, 2020"


def test_every_state_of_a_cell_has_a_word() -> None:
    plain = {"status": "reported", "is_forecast": False}
    assert indicator_cover.state_of(plain) == "known"
    assert indicator_cover.state_of(plain | {"status": "estimate"}) == "estimate"
    assert indicator_cover.state_of(plain | {"is_forecast": True}) == "forecast"
    assert (
        indicator_cover.state_of(plain | {"status": "disputed", "is_forecast": True}) == "disputed"
    )
    assert indicator_cover.state_of(plain | {"status": "unchecked"}) == "unchecked"
    assert set(indicator_cover.state_words(T)) >= {
        "known",
        "estimate",
        "disputed",
        "unchecked",
        "forecast",
        "none",
    }


@pytest.mark.parametrize(
    "word", ["annual", "biennial", "half-yearly", "quarterly", "snapshot", "irregular", "one-off"]
)
def test_every_rhythm_has_words(word: str) -> None:
    assert data_words.rhythm(word, T)


def test_coverage_draws_the_newest_periods_that_fit_and_escapes() -> None:
    periods = tuple(str(year) for year in range(1960, 2026))
    labels = {"KOR": "South <Korea>", "JPN": "Japan"}
    hrefs = {"KOR": "/economy?economy=KOR"}
    words = indicator_cover.state_words(T)
    spec = CoverageSpec(periods, ("KOR", "JPN"), labels, hrefs, words, width=358)
    shown = fitting(spec)
    assert shown == periods[-len(shown) :]
    assert 0 < len(shown) < len(periods)
    frame = pd.DataFrame(
        {"entity_id": ["KOR", "KOR", "JPN"], "period": ["2025", "1960", "2025"],
         "state": ["known", "known", "disputed"], "row_id": ["o1", "o2", "o3"], "said": ["a & b", "", ""]}
    )  # fmt: skip
    drawn = coverage(frame, spec, palette("css"), T)
    assert 'data-receipt="o1"' in drawn
    assert 'data-receipt="o3"' in drawn
    assert 'data-receipt="o2"' not in drawn
    assert "South &lt;Korea&gt;" in drawn
    assert "sources differ" in drawn
    assert "forecast" not in drawn
