"""Grades of the stack, suppliers in texts, and what links ask for."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis.dependence import base_of, named, weights_of_others
from observatory.analysis.lineage import named_families
from observatory.analysis.stack import HIGH_NEEDS, LEVELS, Level, grade, level, state
from observatory.views.stack import page
from observatory.views.stack.data import read
from observatory.views.stack.rests import Thing, read_way, tally

WORDS = {"Llama": "meta", "Qwen": "alibaba", "DeepSeek": "deepseek", "Gemma": "google"}


@pytest.mark.parametrize(
    ("value", "found"), [(0, "low"), (9.99, "low"), (10, "medium"), (49, "medium"), (50, "high")]
)
def test_a_value_on_a_step_has_reached_it(value: float, found: Level) -> None:
    assert level(value, 10, 50) == found


@pytest.mark.parametrize(
    ("value", "found"), [(0, "high"), (50, "high"), (51, "medium"), (150, "medium"), (151, "low")]
)
def test_where_fewer_is_better_steps_are_upper_limits(value: float, found: Level) -> None:
    assert level(value, 150, 50, fewer=True) == found


@given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=9))
def test_the_grade_is_the_lower_median(levels: list[Level]) -> None:
    numbers = [LEVELS.index(one) for one in levels]
    expected = statistics.median_low(numbers)
    if len(levels) < HIGH_NEEDS:
        expected = min(expected, 1)
    assert grade(levels) == LEVELS[expected]


@given(st.lists(st.sampled_from(LEVELS), min_size=2, max_size=9))
def test_a_better_sign_never_lowers_a_grade(levels: list[Level]) -> None:
    before = LEVELS.index(grade(levels) or "low")
    for at, one in enumerate(levels):
        if one != "high":
            better = [*levels[:at], LEVELS[LEVELS.index(one) + 1], *levels[at + 1 :]]
            assert LEVELS.index(grade(better) or "low") >= before


def test_nothing_on_file_is_not_low() -> None:
    assert grade([]) is None
    assert state([], named=False) == "empty"
    assert state([], named=True) == "named"
    assert state(["low"], named=False) == "low"
    assert state(["high"], named=True) == "medium"


def test_what_a_remark_says_of_a_base() -> None:
    assert base_of("largest size; base: Qwen3 (8b); release year only") == "Qwen3 (8b)"
    assert base_of("built on Llama 3 and Qwen 2.5") == "Llama 3 and Qwen 2.5"
    assert base_of("continued pre-training of Gemma 2; context 8K") == "Gemma 2"
    assert base_of("Subject of a dispute on distillation") == ""


def test_own_weights_are_no_dependence() -> None:
    assert weights_of_others("Qwen3-32B", "", "alibaba", WORDS) == ()
    assert weights_of_others("Breeze 2", "built on Llama 3.2", "mediatek", WORDS) == ("meta",)
    both = weights_of_others("DeepSeek-R1-Distill-Qwen-14B-Japanese", "", "cyberagent", WORDS)
    assert both == ("deepseek", "alibaba")
    # A dispute in the remark says nothing of weights.
    assert weights_of_others("Kimi", "reported as near to DeepSeek", "moonshot-ai", WORDS) == ()
    assert named("no maker named", WORDS) == ()


@pytest.mark.parametrize("name", ["LLaMA-7B", "llama-3", "Tiny Qwen", "gemma 2 it", "Deepseek v3"])
def test_words_agree_with_the_families_of_the_frontier_page(name: str) -> None:
    assert set(named(name, WORDS)) == {family.org_id for family in named_families(name, "")}


def thing(*suppliers: tuple[str, str, str]) -> Thing:
    return Thing("clusters", "compute", "KOR", {}, suppliers)


def test_unknown_is_counted_as_unknown() -> None:
    nvidia, google, kt = ("nvidia", "N", "USA"), ("google", "G", "USA"), ("kt", "K", "KOR")
    found = tally([thing(nvidia, google), thing(nvidia, kt), thing(), thing()])
    assert found == {"USA": 2, "KOR": 1, "": 2}
    assert list(found)[-1] == ""
    assert tally([]) == {}


def test_links_that_make_no_sense_are_told() -> None:
    assert read("KOR-chips") == (("KOR", "chips"), False)
    assert read("") == (None, False)
    for text in ("KOR", "KOR-robots", "QQQ-chips", "-", "kor-chips", "KOR-chips-x"):
        assert read(text) == (None, True), text
    assert read_way("JPN-weights") == (("JPN", "weights"), False)
    assert read_way("JPN-cloud") == (None, True)
    cell, way, bad = page.choice({"cell": "nonsense", "rests": "KOR-plans", "comparators": "2"})
    assert (cell, way) == (None, ("KOR", "plans"))
    assert bad == (("cell", "nonsense"), ("comparators", "2"))


def test_comparators_stand_last_and_aggregates_never() -> None:
    assert page.members_of(("KOR", "WLD", "JPN"), comparators=False) == ("KOR", "JPN")
    assert page.members_of(("KOR", "USA"), comparators=True)[:2] == ("KOR", "USA")
    assert page.members_of(("KOR", "USA"), comparators=True).count("USA") == 1
