"""Best so far and the lag behind it: what must hold for any board, and cases reckoned by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import frontier as fr
from observatory.analysis.lineage import named_families, runs_board

START = date(2024, 1, 1)
ECONOMIES = ("CHN", "JPN", "USA")


def day(n: int) -> date:
    return START + timedelta(days=n)


def entry(
    economy: str, score: float, at: int | None, *, wide: int = 0, ci: float | None = None
) -> fr.Entry:
    return fr.Entry(
        economy,
        score,
        None if at is None else day(at),
        None if at is None else day(at + wide),
        f"{economy}-{score}",
        f"r{economy}{score}{at}",
        None if ci is None else score - ci,
        None if ci is None else score + ci,
    )


entries = st.lists(
    st.builds(
        entry,
        st.sampled_from(ECONOMIES),
        st.integers(0, 40).map(float),
        st.one_of(st.none(), st.integers(0, 900)),
        wide=st.sampled_from((0, 0, 0, 30, 364)),
    ),
    max_size=30,
)
copied = st.lists(
    st.builds(
        entry,
        st.sampled_from(ECONOMIES),
        st.integers(0, 40).map(float),
        st.sampled_from((0, 30, 60, 90, 120)),
        ci=st.sampled_from((None, 1.0, 3.0)),
    ),
    max_size=40,
)


def split(rows: list[fr.Entry], economy: str) -> tuple[list[fr.Entry], list[fr.Entry]]:
    return [e for e in rows if e.economy == economy], [e for e in rows if e.economy != economy]


@given(entries, st.booleans())
def test_best_so_far_only_gets_better_and_later(rows: list[fr.Entry], higher: bool) -> None:
    steps = fr.running_best(rows, higher)
    for before, after in pairwise(steps):
        assert before.day < after.day
        assert fr.better(after.entry.score, before.entry.score, higher)


@given(entries, st.booleans())
def test_undated_models_never_stand_in_the_line(rows: list[fr.Entry], higher: bool) -> None:
    dated = [e for e in rows if e.end is not None]
    steps = fr.running_best(rows, higher)
    assert steps == fr.running_best(dated, higher)
    assert all(step.entry.end == step.day for step in steps)
    if dated:
        assert steps[-1].entry.score == (max if higher else min)(e.score for e in dated)


@given(entries, st.sampled_from(ECONOMIES), st.booleans())
def test_a_lag_by_release_is_never_negative(
    rows: list[fr.Entry], economy: str, higher: bool
) -> None:
    mine, theirs = split(rows, economy)
    for lag in [
        fr.lag_by_release(mine, theirs, higher),
        *fr.lags_by_release(mine, theirs, higher),
    ]:
        assert lag.months is None or lag.months >= 0
        if lag.months is not None and lag.low is not None:
            assert 0 <= lag.low <= lag.months + 1e-9
        if lag.months is not None and lag.high is not None:
            assert lag.high >= lag.months - 1e-9
        assert 0 <= lag.dated <= lag.entries
        if lag.kind in ("exact", "at_least"):
            assert lag.mine is not None
            assert lag.theirs is not None
            assert lag.mine.end is not None
            assert lag.theirs.end is not None
            assert fr.reaches(lag.theirs.score, lag.mine.score, higher)
            assert lag.theirs.end < (lag.mine.start or lag.mine.end)


@given(entries, st.sampled_from(ECONOMIES), st.booleans())
def test_an_undated_rival_makes_a_measured_lag_a_bound(
    rows: list[fr.Entry], economy: str, higher: bool
) -> None:
    mine, theirs = split(rows, economy)
    lag = fr.lag_by_release(mine, theirs, higher)
    if lag.kind != "exact":
        return
    level = lag.mine.score if lag.mine else 0.0
    known = fr.lag_by_release(mine, [*theirs, entry("USA", level, None)], higher)
    assert known.kind == "at_least"
    assert known.months == lag.months
    assert known.high is None


@given(entries, st.sampled_from(ECONOMIES), st.booleans())
def test_an_undated_best_gives_no_months(rows: list[fr.Entry], economy: str, higher: bool) -> None:
    mine, theirs = split(rows, economy)
    best = entry(economy, 99.0 if higher else -1.0, None)
    as_good = entry("ZZZ", 100.0 if higher else -2.0, 10)
    lag = fr.lag_by_release([*mine, best], [*theirs, as_good], higher)
    assert lag.kind == "undated"
    assert lag.months is None


@given(copied, st.sampled_from(ECONOMIES), st.booleans())
def test_a_lag_by_copy_is_never_negative_nor_longer_than_its_scale(
    rows: list[fr.Entry], economy: str, higher: bool
) -> None:
    mine, theirs = split(rows, economy)
    days = sorted(fr.copies(rows))
    for lag in fr.lags_by_copy(mine, theirs, higher):
        assert lag.months is None or lag.day is not None
        if lag.months is None or lag.day is None:
            continue
        assert 0 <= lag.months <= fr.months(days[0], lag.day) + 1e-9
        assert lag.low is None or 0 <= lag.low <= lag.months + 1e-9
        if lag.kind == "at_least":
            assert lag.theirs is not None
            assert lag.theirs.end == min(e.end for e in theirs if e.end)
        if lag.kind == "leads":
            now = [e for e in theirs if e.end == lag.day]
            top = fr.best([e for e in mine if e.end == lag.day], higher)
            assert top is not None
            assert not any(fr.better(e.score, top.score, higher) for e in now)


@given(copied, st.sampled_from(ECONOMIES), st.booleans())
def test_later_copies_do_not_change_an_earlier_lag(
    rows: list[fr.Entry], economy: str, higher: bool
) -> None:
    mine, theirs = split(rows, economy)
    for lag in fr.lags_by_copy(mine, theirs, higher):
        assert lag.day is not None
        early = [e for e in rows if e.end is not None and e.end <= lag.day]
        again = fr.lag_by_copy(*split(early, economy), higher, lag.day)
        assert again == lag


def test_months_behind_on_a_fixed_test() -> None:
    theirs = [entry("USA", 50, 0), entry("USA", 70, 100), entry("USA", 90, 300)]
    lag = fr.lag_by_release([entry("JPN", 60, 220), entry("JPN", 40, 250)], theirs, True)
    assert lag.kind == "exact"
    assert lag.months == pytest.approx(120 / fr.DAYS_A_MONTH)
    assert lag.theirs == theirs[1]
    assert (lag.dated, lag.entries) == (2, 2)


def test_the_first_at_a_level_is_not_behind() -> None:
    lag = fr.lag_by_release([entry("CHN", 70, 100)], [entry("USA", 80, 130)], True)
    assert (lag.kind, lag.months) == ("first", 0.0)
    lag = fr.lag_by_release([entry("CHN", 70, None)], [entry("USA", 60, 130)], True)
    assert (lag.kind, lag.months) == ("leads", 0.0)


def test_dates_wider_than_a_day_widen_the_lag() -> None:
    mine = [entry("JPN", 60, 366, wide=364)]
    lag = fr.lag_by_release(mine, [entry("USA", 70, 100)], True)
    assert lag.kind == "exact"
    assert lag.low == pytest.approx(266 / fr.DAYS_A_MONTH)
    assert lag.high == pytest.approx(630 / fr.DAYS_A_MONTH)
    # A year that overlaps may lie before or after: nothing is said.
    assert fr.lag_by_release(
        [entry("JPN", 60, 200)], [entry("USA", 70, 0, wide=364)], True
    ).kind == ("undated")


def test_a_scale_that_begins_too_late_gives_a_bound() -> None:
    board = [entry("USA", 1500, 0), entry("USA", 1510, 60), entry("CHN", 1480, 60)]
    lag = fr.lag_by_copy(*split(board, "CHN"), True)
    assert (lag.kind, lag.high) == ("at_least", None)
    assert lag.months == pytest.approx(60 / fr.DAYS_A_MONTH)


def test_a_crossing_seen_lies_between_two_copies() -> None:
    board = [
        entry("USA", 1400, 0), entry("USA", 1500, 30), entry("USA", 1500, 120), entry("CHN", 1450, 120),
    ]  # fmt: skip
    lag = fr.lag_by_copy(*split(board, "CHN"), True)
    assert lag.kind == "exact"
    assert lag.months == pytest.approx(90 / fr.DAYS_A_MONTH)
    assert lag.high == pytest.approx(120 / fr.DAYS_A_MONTH)


def test_intervals_of_the_board_widen_the_lag() -> None:
    board = [
        entry("USA", 1440, 0, ci=15), entry("USA", 1455, 30, ci=15), entry("USA", 1500, 60, ci=5),
        entry("USA", 1500, 90, ci=5), entry("CHN", 1450, 90, ci=10),
    ]  # fmt: skip
    lag = fr.lag_by_copy(*split(board, "CHN"), True)
    assert lag.months == pytest.approx(60 / fr.DAYS_A_MONTH)
    assert lag.low == pytest.approx(30 / fr.DAYS_A_MONTH)
    assert lag.high is None


def test_a_gap_counts_in_the_boards_direction() -> None:
    mine, theirs = entry("CHN", 10, 0, ci=1), entry("USA", 8, 0, ci=2)
    assert fr.gap(mine, theirs, higher=False) == 2
    assert fr.gap(mine, theirs, higher=True) == -2
    assert fr.gap_interval(mine, theirs, higher=False) == (-1, 5)
    assert fr.gap_interval(mine, entry("USA", 8, 0), higher=False) is None


@pytest.mark.parametrize(
    ("name", "org", "words"),
    [
        ("GPT-OSS-Swallow-120B-RL-v0.1", "swallow", ["gpt-oss"]),
        ("Gemma-2-Llama Swallow 9B", "swallow", ["Gemma", "Llama"]),
        ("ABEJA-QwQ32b-Reasoning", "abeja", ["Qwen"]),
        ("DeepSeek-R1-Distill-Qwen-14B", "deepseek", ["Qwen"]),
        ("Qwen3-8B", "alibaba", []),
        ("llm-jp-4-32b", "nii", []),
    ],
)
def test_families_a_name_names(name: str, org: str, words: list[str]) -> None:
    assert [family.word for family in named_families(name, org)] == words


def test_makers_that_run_the_board() -> None:
    assert runs_board("swallow", "Swallow LLM team")
    assert runs_board("ai-singapore", "AI Singapore")
    assert runs_board("ytl-ai-labs", "University of Malaya / YTL AI Labs")
    assert not runs_board("openai", "Arena (LMArena)")
    assert not runs_board("", "Arena (LMArena)")


@pytest.mark.parametrize("higher", [True, False])
def test_equal_scores_are_as_good_and_not_better(higher: bool) -> None:
    assert not fr.better(5.0, 5.0, higher)
    assert fr.reaches(5.0, 5.0, higher)


def test_a_leader_of_a_copy_is_named_and_is_behind_by_nothing() -> None:
    board = [entry("CHN", 1500, 30), entry("USA", 1490, 30)]
    lag = fr.lag_by_copy(*split(board, "CHN"), True)
    assert (lag.kind, lag.months, lag.low, lag.high) == ("leads", 0.0, 0.0, 0.0)
    assert (lag.mine, lag.theirs, lag.day) == (board[0], None, day(30))


def test_alone_on_a_copy_that_the_better_ones_have_left() -> None:
    board = [entry("USA", 1500, 0), entry("CHN", 1480, 60)]
    assert fr.lag_by_copy(*split(board, "CHN"), True).kind == "alone"


def test_a_rival_that_may_have_come_first_of_all_makes_a_bound() -> None:
    """Its year began before the first sure one and ends after the economy's own day."""
    rivals = [entry("USA", 70, 100), entry("JPN", 70, 0, wide=364)]
    lag = fr.lag_by_release([entry("CHN", 60, 200)], rivals, True)
    assert (lag.kind, lag.high, lag.theirs) == ("at_least", None, rivals[0])
    assert lag.months == pytest.approx(100 / fr.DAYS_A_MONTH)
    later = [rivals[0], entry("JPN", 70, 150, wide=364)]
    assert fr.lag_by_release([entry("CHN", 60, 200)], later, True).kind == "exact"
