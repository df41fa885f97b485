"""Status words, headline choice and their history: the rules as a table, and as properties."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.derive.status import (
    Candidate,
    agree,
    history,
    independent,
    state_on,
    unit_of_last_digit,
)
from observatory.model.vocab import Confidence, SourceKind, StatusHint

LAST = date(2026, 12, 31)


def row(text: str = "100", **changes: Any) -> Candidate:
    """A medium row of a data set, known in June 2025."""
    fields: dict[str, Any] = {
        "row_id": changes.get("source_id", "a"),
        "source_id": "a",
        "origin": changes.get("source_id", "a").upper(),
        "edition": "",
        "kind": SourceKind.DATASET,
        "confidence": Confidence.MEDIUM,
        "known_on": date(2025, 6, 1),
        "value": float(text),
        "text": text,
        "hint": StatusHint.REPORTED,
    }
    return Candidate(**(fields | changes))


def words(*rows: Candidate, day: date = LAST) -> dict[str, tuple[str, str]]:
    return {key: (str(status), why) for key, status, why in state_on(rows, day).statuses}


def word(one: Candidate) -> tuple[str, str]:
    return words(one)[one.row_id]


def choice(*rows: Candidate, day: date = LAST) -> tuple[str | None, str]:
    state = state_on(rows, day)
    return state.chosen, state.rule


# One source ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("reported", "one_source")),
        ({"hint": None}, ("reported", "one_source")),
        ({"hint": StatusHint.DERIVED}, ("reported", "counted")),
        ({"hint": StatusHint.ESTIMATE}, ("estimate", "modelled")),
        ({"hint": StatusHint.FORECAST}, ("estimate", "forecast")),
        ({"hint": StatusHint.COMPANY_CLAIM}, ("company_claim", "own_statement")),
        ({"own": True}, ("reported", "one_source")),
        ({"own": True, "hint": None}, ("company_claim", "own_statement")),
        ({"own": True, "hint": StatusHint.ESTIMATE}, ("estimate", "modelled")),
        ({"hint": StatusHint.OFFICIAL}, ("official", "official")),
        ({"kind": SourceKind.OFFICIAL}, ("official", "official")),
        ({"kind": SourceKind.OFFICIAL, "hint": StatusHint.ESTIMATE}, ("official", "official")),
        ({"kind": SourceKind.OFFICIAL, "own": True}, ("company_claim", "own_statement")),
        ({"kind": SourceKind.FILING}, ("official", "filing")),
        ({"kind": SourceKind.FILING, "own": True}, ("official", "filing")),
        ({"confidence": Confidence.LOW}, ("unchecked", "low_confidence")),
        (
            {"confidence": Confidence.LOW, "hint": StatusHint.OFFICIAL},
            ("unchecked", "low_confidence"),
        ),
        ({"barred": True}, ("unchecked", "do_not_chart")),
        ({"barred": True, "kind": SourceKind.OFFICIAL}, ("unchecked", "do_not_chart")),
    ],
)
def test_word_of_a_single_source(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert word(row(**changes)) == expected


def test_choice_of_a_single_source() -> None:
    assert choice(row()) == ("a", "only_source")
    assert choice(row(kind=SourceKind.OFFICIAL)) == ("a", "only_source")
    assert choice(row(confidence=Confidence.LOW)) == (None, "unchecked")
    assert choice(row(barred=True)) == (None, "nothing_usable")
    assert choice(row(), day=date(2025, 5, 31)) == (None, "nothing_usable")


# Several sources -------------------------------------------------------------------------------


def test_two_origins_that_agree_confirm_each_other() -> None:
    found = words(row("100"), row("101", source_id="b", kind=SourceKind.PRESS))
    assert set(found.values()) == {("confirmed", "origins_agree")}
    assert choice(row("100"), row("101", source_id="b", kind=SourceKind.PRESS)) == (
        "a",
        "tier_confidence_latest",
    )


def test_two_origins_that_differ_are_in_dispute_and_have_no_headline() -> None:
    cell = (row("100"), row("110", source_id="b"))
    assert set(words(*cell).values()) == {("disputed", "origins_differ")}
    assert choice(*cell) == (None, "disputed")
    state = state_on(cell, LAST)
    assert (state.low, state.high, state.sources, state.origins) == (100, 110, 2, 2)


def test_an_official_value_stands_beside_a_dispute() -> None:
    cell = (row("100", kind=SourceKind.OFFICIAL), row("110", source_id="b"))
    assert words(*cell) == {"a": ("official", "official"), "b": ("disputed", "origins_differ")}
    assert choice(*cell) == ("a", "official")


def test_three_origins_of_which_one_differs_are_all_in_dispute() -> None:
    cell = (row("100"), row("100", source_id="b"), row("120", source_id="c"))
    assert {status for status, _ in words(*cell).values()} == {"disputed"}
    assert choice(*cell)[0] is None
    # Nobody differs from the one in the middle, but the others do from each other.
    cell = (row("100"), row("101.5", source_id="b"), row("103", source_id="c"))
    assert set(words(*cell).values()) == {("disputed", "origins_differ")}


def test_dispute_goes_before_claim_and_estimate() -> None:
    cell = (
        row("100", hint=StatusHint.COMPANY_CLAIM),
        row("120", source_id="b", hint=StatusHint.ESTIMATE),
    )
    assert {status for status, _ in words(*cell).values()} == {"disputed"}


def test_confirmed_goes_before_claim_and_estimate() -> None:
    cell = (
        row("100", hint=StatusHint.COMPANY_CLAIM),
        row("100", source_id="b", hint=StatusHint.ESTIMATE),
    )
    assert {status for status, _ in words(*cell).values()} == {"confirmed"}


def test_relays_of_one_origin_confirm_nothing() -> None:
    cell = (
        row("100", origin="Lab"),
        row("100", source_id="b", origin="Lab", kind=SourceKind.PRESS),
    )
    assert {status for status, _ in words(*cell).values()} == {"reported"}
    assert state_on(cell, LAST).origins == 1
    assert state_on(cell, LAST).sources == 2


def test_relays_of_one_origin_that_print_different_values_are_in_dispute() -> None:
    relay = {"origin": "Lab", "kind": SourceKind.PRESS}
    cell = (row("100", origin="Lab"), row("120", source_id="b", **relay))
    assert set(words(*cell).values()) == {("disputed", "relays_differ")}
    assert choice(*cell) == (None, "disputed")
    assert state_on(cell, LAST).origins == 1


def test_joint_makers_are_no_independent_voices() -> None:
    joint = row("100", origin="Lab; Office")
    assert not independent(joint, row(origin="Office"))
    assert independent(joint, row(origin="Labour"))
    assert {s for s, _ in words(joint, row("100", source_id="b", origin="Office")).values()} == {
        "reported"
    }


def test_a_low_row_beside_a_better_one_is_not_unchecked() -> None:
    cell = (row("100"), row("100", source_id="b", confidence=Confidence.LOW))
    assert {status for status, _ in words(*cell).values()} == {"confirmed"}
    both = (
        row("100", confidence=Confidence.LOW),
        row("100", source_id="b", confidence=Confidence.LOW),
    )
    assert {status for status, _ in words(*both).values()} == {"unchecked"}
    assert choice(*both) == (None, "unchecked")


def test_what_must_not_be_drawn_neither_speaks_nor_disputes() -> None:
    cell = (row("100"), row("900", source_id="b", barred=True))
    assert words(*cell) == {"a": ("reported", "one_source"), "b": ("unchecked", "do_not_chart")}
    assert choice(*cell) == ("a", "only_source")
    assert state_on(cell, LAST).high == 100


def test_rows_without_values_agree_by_existing() -> None:
    cell = (row(value=None), row("900", source_id="b", value=None))
    assert {status for status, _ in words(*cell).values()} == {"confirmed"}


# Tolerance -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("100", "102", True),  # 2 % of the larger value
        ("100", "103", False),
        ("98", "100", True),
        ("97.9", "100.0", False),
        ("7.8", "7.75", True),  # half a unit of 7.8
        ("7.8", "7.70", True),
        ("0.4", "0.44", True),  # within 0.05
        ("0.4", "0.46", False),
        ("3", "3.5", True),
        ("3", "3.51", False),
        ("2", "3", False),
        ("0", "0.5", True),
        ("0.0", "0.1", False),
        ("-100", "-101", True),
        ("-1.0", "1.0", False),
        ("4e-2", "0.044", True),
        ("4e-2", "0.06", False),
        ("5e25", "5.4e25", True),
        ("5e25", "5.6e25", False),
        ("0.05", "0.045", True),  # just half a unit, whatever binary fractions say
    ],
)
def test_tolerance(one: str, two: str, same: bool) -> None:
    assert agree(row(one), row(two, source_id="b")) is same
    assert agree(row(two, source_id="b"), row(one)) is same


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("7.8", 0.1),
        ("42", 1),
        ("42.0", 0.1),
        ("4.2e1", 1),
        ("4e-2", 0.01),
        ("5e25", 1e25),
        ("1.25E3", 10),
        ("-0.005", 0.001),
    ],
)
def test_unit_of_last_digit(text: str, unit: float) -> None:
    assert unit_of_last_digit(text) == pytest.approx(unit)


# Later readings and editions --------------------------------------------------------------------


def test_a_newer_reading_of_a_source_supersedes_the_older() -> None:
    cell = (row("100", row_id="old"), row("150", row_id="new", known_on=date(2026, 1, 1)))
    assert words(*cell) == {
        "old": ("superseded", "newer_reading"),
        "new": ("reported", "one_source"),
    }
    assert choice(*cell) == ("new", "only_source")
    assert choice(*cell, day=date(2025, 12, 31)) == ("old", "only_source")
    assert words(*cell, day=date(2025, 12, 31)) == {"old": ("reported", "one_source")}


def test_a_later_edition_of_an_origin_supersedes_also_what_is_official() -> None:
    cell = (
        row("100", origin="Lab", edition="2024", kind=SourceKind.OFFICIAL),
        row("150", source_id="b", origin="Lab", edition="2025"),
    )
    assert words(*cell)["a"] == ("superseded", "newer_edition")
    assert choice(*cell) == ("b", "only_source")


@pytest.mark.parametrize(
    "changes", [{"edition": ""}, {"origin": "Office", "edition": "2025"}, {"edition": "2024"}]
)
def test_no_edition_or_another_origin_supersedes_nothing(changes: dict[str, Any]) -> None:
    cell = (
        row("100", origin="Lab", edition="2024"),
        row("100", source_id="b", **({"origin": "Lab"} | changes)),
    )
    assert "superseded" not in {status for status, _ in words(*cell).values()}


def test_superseded_goes_before_everything() -> None:
    cell = (
        row("100", row_id="old", barred=True, confidence=Confidence.LOW, kind=SourceKind.OFFICIAL),
        row("150", row_id="new", known_on=date(2026, 1, 1)),
    )
    assert words(*cell)["old"][0] == "superseded"


def test_a_correction_ends_a_dispute() -> None:
    cell = (
        row("100", row_id="a1"),
        row("130", source_id="b"),
        row("130", row_id="a2", known_on=date(2026, 1, 1)),
    )
    assert choice(*cell, day=date(2025, 12, 31)) == (None, "disputed")
    assert words(*cell)["b"] == ("confirmed", "origins_agree")


# Headline choice --------------------------------------------------------------------------------


def test_headline_prefers_tier_then_confidence_then_latest() -> None:
    paper = row("100", source_id="p", kind=SourceKind.PAPER, confidence=Confidence.HIGH)
    dataset = row("100", source_id="d", confidence=Confidence.LOW)
    press = row("100", source_id="q", kind=SourceKind.PRESS)
    assert choice(paper, dataset, press)[0] == "d"
    sure = row("100", source_id="e", confidence=Confidence.HIGH)
    assert choice(paper, dataset, sure)[0] == "e"
    later = row("100", source_id="f", confidence=Confidence.HIGH, known_on=date(2025, 9, 1))
    assert choice(paper, dataset, sure, later)[0] == "f"


def test_a_filing_goes_after_an_official_source_and_before_the_rest() -> None:
    filing = row("100", source_id="f", kind=SourceKind.FILING)
    official = row("100", source_id="o", kind=SourceKind.OFFICIAL, confidence=Confidence.LOW)
    assert choice(filing, row("100", source_id="d"))[0] == "f"
    assert choice(filing, official)[0] == "o"
    relayed = row("100", source_id="r", kind=SourceKind.PRESS, hint=StatusHint.OFFICIAL)
    sure = row("100", source_id="s", kind=SourceKind.FILING, confidence=Confidence.HIGH)
    assert choice(sure, relayed)[0] == "r"


# Properties -------------------------------------------------------------------------------------


@st.composite
def cells(draw: st.DrawFn) -> list[Candidate]:
    count = draw(st.integers(1, 6))
    editions = {source: draw(st.sampled_from(["", "2024", "2025"])) for source in "abcd"}
    origins = {source: draw(st.sampled_from(["A", "B", "A; B", "C"])) for source in "abcd"}
    kinds = {source: draw(st.sampled_from(SourceKind)) for source in "abcd"}
    rows = []
    for index in range(count):
        source = draw(st.sampled_from("abcd"))
        text = draw(st.sampled_from(["100", "101", "103", "110", "1.5", "1.52", "0"]))
        rows.append(
            Candidate(
                row_id=f"r{index}",
                source_id=source,
                origin=origins[source],
                edition=editions[source],
                kind=kinds[source],
                confidence=draw(st.sampled_from(Confidence)),
                known_on=draw(st.dates(date(2024, 1, 1), date(2024, 2, 1))),
                value=draw(st.sampled_from([None, float(text)])),
                text=text,
                hint=draw(st.sampled_from([None, *StatusHint])),
                barred=draw(st.booleans()),
                own=draw(st.booleans()),
            )
        )
    return rows


@given(cells(), st.dates(date(2023, 12, 1), date(2024, 3, 1)))
def test_as_known_on_a_day_needs_only_what_was_known(cell: list[Candidate], day: date) -> None:
    assert state_on(cell, day) == state_on([one for one in cell if one.known_on <= day], LAST)


@given(cells(), st.randoms())
def test_the_order_of_rows_does_not_matter(cell: list[Candidate], draw: Any) -> None:
    other = list(cell)
    draw.shuffle(other)
    assert state_on(cell, LAST) == state_on(other, LAST)


@given(cells(), st.dates(date(2023, 12, 1), date(2024, 3, 1)))
def test_history_divides_time_without_gap_or_overlap(cell: list[Candidate], day: date) -> None:
    intervals = history(cell)
    assert intervals[0].start == min(one.known_on for one in cell)
    assert intervals[-1].end is None
    for one, two in pairwise(intervals):
        assert one.end == two.start
        assert one.start < two.start
        assert one.state != two.state
    found = [i for i in intervals if i.start <= day and (i.end is None or day < i.end)]
    assert len(found) == (1 if day >= intervals[0].start else 0)
    if found:
        assert found[0].state == state_on(cell, day)


@given(cells(), st.dates(date(2024, 1, 1), date(2024, 2, 2)))
def test_every_state_keeps_the_rules(cell: list[Candidate], day: date) -> None:
    state = state_on(cell, day)
    statuses = {key: str(status) for key, status, _ in state.statuses}
    rows = {one.row_id: one for one in cell if one.known_on <= day}
    assert set(statuses) == set(rows)
    live = {key for key in rows if statuses[key] != "superseded"}
    assert live or not rows, "the newest of the newest edition is never superseded"
    if state.chosen:
        chosen = rows[state.chosen]
        assert statuses[state.chosen] not in ("disputed", "superseded", "unchecked")
        assert not chosen.barred
    if "disputed" in statuses.values() and "official" not in statuses.values():
        assert state.chosen is None
    if "confirmed" in statuses.values():
        makers = {rows[key].origin for key in live if statuses[key] in ("confirmed", "official")}
        assert len(makers) >= 1
        assert state.origins >= 2
    for key in live:
        if rows[key].barred:
            assert statuses[key] == "unchecked"
