"""Where a listing attempt stands: the rules, and what must hold for any set of dated stages."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import pipeline
from observatory.analysis.pipeline import ORDER, Step
from observatory.charts.svg import stages as svg_stages
from observatory.model.vocab import IpoStage

DAY = date(2026, 11, 21)
FIRST = date(2023, 1, 1)

days = st.dates(FIRST, date(2027, 12, 31))
steps_of = st.builds(
    lambda stage, start, wide, known, status, n: Step(
        stage, start, start + timedelta(days=wide), known, status, f"i{n}"
    ),
    st.sampled_from(ORDER), days, st.sampled_from([0, 0, 0, 29, 364]), days,
    st.sampled_from(["reported", "official", "confirmed", "unchecked", "disputed"]),
    st.integers(0, 9999),
)  # fmt: skip
many = st.lists(steps_of, max_size=7, unique_by=lambda step: step.row_id)


def step(stage: str, day: str, status: str = "reported", known: str = "", to: str = "") -> Step:
    start = date.fromisoformat(day)
    end = date.fromisoformat(to) if to else start
    seen = date.fromisoformat(known) if known else end
    return Step(stage, start, end, seen, status, f"{stage}-{day}")


def test_stages_are_those_of_the_vocabulary() -> None:
    assert set(ORDER) == {str(stage) for stage in IpoStage} == set(svg_stages.STAGES)
    assert pipeline.ENDED == svg_stages.ENDED
    assert pipeline.HALTED == svg_stages.HALTED
    assert pipeline.furthest("no stage") == -1


def test_a_rumour_moves_nobody_forward_or_back() -> None:
    filed, rumour = step("filed", "2026-01-10"), step("rumoured", "2026-06-01")
    now = pipeline.standing([filed, rumour], DAY)
    assert now is not None
    assert (now.stage, now.hint) == ("filed", None)
    # It is a word all the same: the attempt was spoken of.
    assert pipeline.last_word([filed, rumour], DAY) == date(2026, 6, 1)
    alone = pipeline.standing([rumour], DAY)
    assert alone is not None
    assert alone.stage == "rumoured"


def test_what_only_weak_sources_say_is_a_hint() -> None:
    passed, said = step("hearing", "2026-06-01"), step("listed", "2026-08-20", "unchecked")
    now = pipeline.standing([passed, said], DAY)
    assert now is not None
    assert (now.stage, now.weak, now.hint) == ("hearing", False, said)
    alone = pipeline.standing([said], DAY)
    assert alone is not None
    assert (alone.stage, alone.weak, alone.hint) == ("listed", True, None)


def test_a_firm_rumour_stands_before_a_weak_plan() -> None:
    rumour, plan = step("rumoured", "2026-02-27"), step("planned", "2026-04-13", "unchecked")
    now = pipeline.standing([plan, rumour], DAY)
    assert now is not None
    assert (now.stage, now.hint) == ("rumoured", plan)
    assert pipeline.stale_since([plan, rumour], DAY) == date(2026, 4, 13)
    assert pipeline.days_in_stage(now, DAY) == (267, 267)


@pytest.mark.parametrize(
    ("stage", "most"),
    [("priced", 30), ("hearing", 365), ("filed", 550), ("tutoring", 550), ("planned", 730),
     ("rumoured", 730), ("postponed", 730)],
)  # fmt: skip
def test_silence_longer_than_a_stage_lasts_loses_the_outcome(stage: str, most: int) -> None:
    last = DAY - timedelta(days=most)
    one = step(stage, last.isoformat())
    assert pipeline.no_outcome_since([one], DAY) is None
    assert pipeline.no_outcome_since([one], DAY + timedelta(days=1)) == last
    # A rumour is a word too: it does not move the attempt, but it is no silence.
    word = step("rumoured", DAY.isoformat())
    assert pipeline.no_outcome_since([one, word], DAY + timedelta(days=1)) is None


@pytest.mark.parametrize("stage", sorted(pipeline.ENDED))
def test_what_ended_has_its_outcome(stage: str) -> None:
    assert pipeline.no_outcome_since([step(stage, "2023-01-01")], DAY) is None


def test_coarse_dates_give_the_further_stage() -> None:
    tutoring = step("tutoring", "2025-01-01", to="2025-12-31")
    filed = step("filed", "2025-12-30")
    now = pipeline.standing([tutoring, filed], DAY)
    assert now is not None
    assert now.stage == "filed"


def test_a_lapse_is_shown_and_ends_the_attempt() -> None:
    lapse = [step("filed", "2025-06-28"), step("lapsed", "2025-12-25")]
    now = pipeline.standing(lapse, DAY)
    assert now is not None
    assert now.stage == "lapsed"
    assert pipeline.days_in_stage(now, DAY) is None
    assert pipeline.stale_since(lapse, DAY) is None


def test_a_postponed_attempt_goes_on() -> None:
    again = [step("postponed", "2024-08-20"), step("planned", "2024-10-15")]
    now = pipeline.standing(again, DAY)
    assert now is not None
    assert now.stage == "planned"


def test_a_stage_dated_ahead_is_a_plan_until_its_day() -> None:
    listing = step("listed", "2025-11-03", known="2025-10-31")
    before = pipeline.standing([listing], date(2025, 11, 1))
    assert before is not None
    assert (before.stage, before.last) == ("planned", date(2025, 10, 31))
    assert pipeline.upcoming([listing], date(2025, 11, 1)) == [listing]
    after = pipeline.standing([listing], date(2025, 11, 3))
    assert after is not None
    assert (after.stage, after.last) == ("listed", date(2025, 11, 3))


def test_a_planned_date_that_passed_in_silence() -> None:
    plan = step("planned", "2026-07-10", known="2026-07-06")
    now = pipeline.standing([plan], DAY)
    assert now is not None
    assert (now.stage, now.last) == ("planned", date(2026, 7, 6))
    assert pipeline.overdue([plan], DAY) == [plan]
    assert pipeline.stale_since([plan], DAY) == date(2026, 7, 6)
    done = step("listed", "2026-07-10")
    assert pipeline.overdue([plan, done], DAY) == []


@pytest.mark.parametrize(("ago", "stale"), [(89, False), (90, False), (91, True)])
def test_stale_after_more_than_ninety_days(ago: int, stale: bool) -> None:
    last = DAY - timedelta(days=ago)
    found = pipeline.stale_since([step("filed", last.isoformat())], DAY)
    assert found == (last if stale else None)


def test_days_are_ranges_where_dates_are_months() -> None:
    tutoring = step("tutoring", "2025-11-01", to="2025-11-30")
    filed = step("filed", "2026-03-20")
    assert pipeline.days_between(tutoring, filed) == (110, 139)
    now = pipeline.standing([tutoring], date(2026, 1, 1))
    assert now is not None
    assert pipeline.days_in_stage(now, date(2026, 1, 1)) == (32, 61)
    listed = step("listed", "2026-06-01")
    assert pipeline.way([tutoring, filed, listed]) == (tutoring, listed, 183, 212)
    assert pipeline.way([tutoring, filed]) is None


def test_an_amount_is_an_aim_before_pricing() -> None:
    done = [stage for stage in ORDER if pipeline.money_kind(stage) == "raised"]
    assert set(done) == {"priced", "listed"}


# What must hold for anything. ------------------------------------------------------------------


@given(many, days)
def test_an_attempt_stands_somewhere_as_soon_as_something_is_known(
    steps: list[Step], day: date
) -> None:
    now = pipeline.standing(steps, day)
    known = [one for one in steps if one.known_on <= day]
    assert (now is None) == (not known)
    if now is None:
        assert pipeline.last_word(steps, day) is None
        assert pipeline.upcoming(steps, day) == pipeline.overdue(steps, day) == []
        return
    assert now.step in known
    assert now.first <= now.last
    assert now.weak == all(one.weak for one in known)
    assert now.hint is None or (now.hint.weak and not now.weak)


@given(many, days, steps_of)
def test_neither_rumours_nor_weak_sources_move_what_is_firm(
    steps: list[Step], day: date, more: Step
) -> None:
    firm = [s for s in steps if s.known_on <= day and not s.weak and s.stage != "rumoured"]
    before = pipeline.standing(steps, day)
    after = pipeline.standing([*steps, more], day)
    if firm and before and after and (more.weak or more.stage == "rumoured"):
        assert (after.stage, after.step) == (before.stage, before.step)
    if more.known_on > day:
        assert after == before


@given(many, days, st.randoms())
def test_the_order_of_rows_says_nothing(steps: list[Step], day: date, dice: object) -> None:
    other = list(steps)
    dice.shuffle(other)  # type: ignore[attr-defined]
    assert pipeline.standing(other, day) == pipeline.standing(steps, day)
    assert pipeline.last_word(other, day) == pipeline.last_word(steps, day)
    assert pipeline.upcoming(other, day) == pipeline.upcoming(steps, day)


@given(many, days, days)
def test_words_are_never_of_the_future_and_never_unheard(
    steps: list[Step], one: date, two: date
) -> None:
    first, last = sorted((one, two))
    early, late = pipeline.last_word(steps, first), pipeline.last_word(steps, last)
    assert late is None or late <= last
    if early is not None:
        assert late is not None
        assert early <= late


@given(many, days)
def test_stale_is_unfinished_and_silent(steps: list[Step], day: date) -> None:
    since, now = pipeline.stale_since(steps, day), pipeline.standing(steps, day)
    if since is not None:
        assert now is not None
        assert now.stage not in pipeline.ENDED
        assert since == pipeline.last_word(steps, day)
        assert (day - since).days > 90


@given(many, days)
def test_days_are_never_negative_and_their_ranges_never_inverted(
    steps: list[Step], day: date
) -> None:
    now = pipeline.standing(steps, day)
    span = pipeline.days_in_stage(now, day) if now else None
    spans = [span] if span else []
    spans += [pipeline.days_between(one, two) for one, two in pairwise(steps)]
    for low, high in spans:
        assert 0 <= low <= high


@given(many, days)
def test_ahead_and_overdue_are_apart(steps: list[Step], day: date) -> None:
    ahead, passed = pipeline.upcoming(steps, day), pipeline.overdue(steps, day)
    assert all(one.start > day for one in ahead)
    assert all(one.end < day and one.scheduled for one in passed)
    assert ahead == sorted(ahead, key=lambda one: (one.start, one.end, one.row_id))


def test_the_way_begins_at_the_first_firm_stage_and_two_make_one() -> None:
    rumour, filed, listed = (
        step("rumoured", "2024-03-01"),
        step("filed", "2025-01-10"),
        step("listed", "2025-03-11"),
    )
    assert pipeline.way([rumour, filed, listed]) == (filed, listed, 60, 60)
    assert pipeline.way([rumour, listed]) is None


def test_a_stage_reached_today_has_stood_for_no_day() -> None:
    now = pipeline.standing([step("filed", DAY.isoformat())], DAY)
    assert now is not None
    assert pipeline.days_in_stage(now, DAY) == (0, 0)


def test_a_later_copy_of_an_old_stage_is_no_new_word() -> None:
    filed = step("filed", "2025-01-10", known="2026-02-01")
    assert pipeline.last_word([filed], DAY) == date(2025, 1, 10)
