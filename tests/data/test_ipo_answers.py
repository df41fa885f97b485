"""What the pipeline and the calendar say, reckoned again from the files by other code."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.time import parse_period
from observatory.views.calendar import data as calendar_data
from observatory.views.economy import listings as economy_listings
from observatory.views.ipo import board as ipo_board
from observatory.views.ipo import choice as ipo_choice
from observatory.views.ipo import data as ipo_data
from observatory.views.ipo import words as ipo_words
from observatory.views.ipo.data import Field

DATA = Path(__file__).resolve().parents[2] / "data"
TODAY = date(2026, 11, 22)
Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def field(db: Database) -> Field:
    return ipo_data.field_of(db, None, TODAY)


@pytest.fixture(scope="module")
def events() -> Rows:
    return rows("capital/ipo_events.csv")


@pytest.fixture(scope="module")
def orgs() -> dict[str, dict[str, str]]:
    return {row["org_id"]: row for row in rows("organizations.csv")}


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, str]]:
    return {row["source_id"]: row for row in rows("sources.csv")}


def weak(found: Rows) -> bool:
    """Whether all sources of a stage are of low confidence."""
    return all(row["confidence"] == "low" for row in found)


# Which AI chip makers listed in Hong Kong in 2026, what did they raise, what did the first day do? --


def chips_of_2026(field: Field) -> Field:
    query = {"venue": "hkex", "layer": "chips", "stage": "listed", "year": "2026"}
    choice, notes = ipo_choice.read(query, set())
    assert notes == []
    return ipo_choice.chosen(field, choice)


def test_chip_makers_that_listed_in_hong_kong_in_2026(
    field: Field, events: Rows, orgs: dict[str, dict[str, str]]
) -> None:
    listed = {
        row["org_id"]
        for row in events
        if row["exchange"] == "HKEX" and row["stage"] == "listed"
        and row["stage_date"].startswith("2026") and orgs[row["org_id"]]["stack_layer"] == "chips"
    }  # fmt: skip
    found = chips_of_2026(field).attempts
    assert {attempt.org_id for attempt in found} == listed
    assert len(found) == len(listed) == 16
    assert [a.org_id for a in found if a.weak] == ["senasic"]


def test_what_they_raised(field: Field, events: Rows) -> None:
    t = translator("en")
    report: dict[str, float] = {}
    for row in events:
        if row["source_id"].startswith("hkex-hkex-new-listing-report") and row["raise_amount"]:
            assert row["org_id"] not in report, "one row of the report an attempt"
            report[row["org_id"]] = float(row["raise_amount"])
    found = {a.org_id: a for a in chips_of_2026(field).attempts}
    for org, attempt in found.items():
        if org in report:
            assert attempt.raised is not None
            assert attempt.raised["raise_amount"] == report[org]
            assert attempt.raised["status"] == "official"
            assert ipo_words.counted(attempt.raised, t) == "with over-allotment"
        elif attempt.raised is not None:
            assert ipo_words.counted(attempt.raised, t) == "base size"
    biren = found["biren"]
    assert ipo_words.amount(biren.raised or {}, "original", t) == "HK$6.42\N{NO-BREAK SPACE}bn"
    assert ipo_words.amount(biren.base or {}, "original", t) == "US$718\N{NO-BREAK SPACE}m"
    # The size of this one does not fit its price; the row says so and leaves it out.
    assert found["senasic"].raised is None


def test_what_their_first_day_did(field: Field) -> None:
    told: dict[tuple[str, str], set[float]] = defaultdict(set)
    for row in rows("observations/capital_markets.csv"):
        if row["indicator_id"] == "ipo_first_day_return":
            told[row["entity_id"], row["period"]].add(float(row["value"]))
    found = chips_of_2026(field).attempts
    shown = {a.org_id: a.first_day["value"] for a in found if a.first_day}
    day = {a.org_id: a.row["stage_date"] for a in found}
    assert shown == {
        org: values.pop() for (org, when), values in told.items()
        if day.get(org) == when and len(values) == 1
    }  # fmt: skip
    assert (shown["biren"], shown["xizhi-lightelligence"], shown["nexchip"]) == (75.82, 383.62, 0.0)
    assert {"foursemi", "nsing"} == set(day) - set(shown), "no source: unknown, not zero"


def test_the_answer_is_on_the_page(field: Field) -> None:
    t = translator("en")
    query = {"venue": "hkex", "layer": "chips", "stage": "listed", "year": "2026"}
    choice, _ = ipo_choice.read(query, set())
    shown = ipo_board.board(ipo_choice.chosen(field, choice), choice, "original", t).html
    for words in ("Shanghai Biren Technology", "HK$6.42 bn", "+75.8 %", "2 Jan 2026"):
        assert words.replace(" ", "\N{NO-BREAK SPACE}") in shown or words in shown
    assert shown.count('class="p-card') == 16


# Where does StepFun stand, and who says so? -------------------------------------------------------


def test_where_stepfun_stands_and_who_says_so(
    field: Field, events: Rows, sources: dict[str, dict[str, str]]
) -> None:
    told = [row for row in events if row["org_id"] == "stepfun"]
    attempt = field.get("stepfun-hkex")
    assert attempt is not None
    assert [(r["stage"], r["stage_date"], r["confidence"]) for r in told if r["confidence"] != "low"] \
        == [("rumoured", "2026-02-27", "high")]  # fmt: skip
    assert (attempt.stage, attempt.row["stage_date"]) == ("rumoured", "2026-02-27")
    assert attempt.row["publisher"] == sources[told[0]["source_id"]]["publisher"]
    assert "21st Century Business Herald" in attempt.row["publisher"]
    assert attempt.hint is not None
    assert (attempt.hint["stage"], attempt.hint["stage_date"]) == ("planned", "2026-04-13")
    assert attempt.stale == date(2026, 4, 13)
    assert attempt.aim is not None
    assert (attempt.aim["raise_usd_m"], attempt.raised) == (500, None)
    assert {row["source_id"] for row in attempt.rows} == {row["source_id"] for row in told}


# The whole board. ---------------------------------------------------------------------------------


def test_every_attempt_stands_where_its_rows_put_it(field: Field, events: Rows) -> None:
    """Attempts with day-exact firm stages: the newest firm day decides."""
    order = ["planned", "tutoring", "filed", "hearing", "priced", "postponed", "lapsed",
             "withdrawn", "listed"]  # fmt: skip
    stages: dict[str, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    for row in events:
        stages[row["ipo_id"]][row["event_id"]].append(row)
    assert len(field.attempts) == len(stages)
    looked = 0
    for attempt in field.attempts:
        groups = [found for found in stages[attempt.ipo_id].values()
                  if not weak(found) and found[0]["stage"] != "rumoured"]  # fmt: skip
        firm = [(min(r["stage_date"] for r in found), found[0]["stage"]) for found in groups]
        if not firm or any(len(day) < 10 for day, _ in firm):
            continue
        last = max(day for day, _ in firm)
        there = [stage for day, stage in firm if day == last]
        assert attempt.stage == max(there, key=order.index), attempt.ipo_id
        assert not attempt.weak
        looked += 1
    assert looked > 70


def test_weak_attempts_are_those_of_low_confidence_only(field: Field, events: Rows) -> None:
    low: dict[str, set[str]] = defaultdict(set)
    for row in events:
        low[row["ipo_id"]].add(row["confidence"])
    only = {ipo_id for ipo_id, found in low.items() if found == {"low"}}
    assert {a.ipo_id for a in field.attempts if a.weak} == only


def test_one_company_at_two_venues_has_two_tracks(field: Field) -> None:
    for org in ("weride", "pony-ai", "kioxia", "standard-robots"):
        found = [a for a in field.attempts if a.org_id == org]
        assert len({a.ipo_id for a in found}) == 2
        assert all(len({row["ipo_id"] for row in a.rows}) == 1 for a in found)
    lapsed = [a.ipo_id for a in field.attempts if a.stage in ("lapsed", "withdrawn")]
    assert set(lapsed) == {"standard-robots-hkex-1", "megarobo-hkex", "jaka-sse-star"}


def test_the_economy_profile_says_the_same(db: Database, field: Field) -> None:
    here = {a.ipo_id: str(a.row["row_id"]) for a in field.attempts}
    there = {}
    for economy in ("CHN", "KOR", "JPN", "IND", "AUS"):
        for row in economy_listings.attempts(queries.ipo_events(db, None, economy)):
            there[row["ipo_id"]] = row["row_id"]
    assert there == here


# Money. -------------------------------------------------------------------------------------------


def test_raised_in_hong_kong_in_2026(field: Field, events: Rows) -> None:
    parts = {
        row["ipo_id"]: float(row["raise_amount"])
        for row in events
        if row["stage"] == "listed" and row["stage_date"].startswith("2026")
        and row["source_id"].startswith("hkex-hkex-new-listing-report") and row["raise_amount"]
    }  # fmt: skip
    total = ipo_data.raised_on_hkex(field.attempts, 2026)
    assert total is not None
    assert total.amount == sum(parts.values()) == 102_858_752_346
    assert sorted(a.ipo_id for a in total.parts) == sorted(parts)
    assert len(total.parts) == len(parts) == 29
    everyone = {row["ipo_id"] for row in events if row["stage"] == "listed"
                and row["exchange"] == "HKEX" and row["stage_date"].startswith("2026")}  # fmt: skip
    assert {a.ipo_id for a in (*total.parts, *total.left_out)} == everyone


def test_no_deal_counts_twice_and_no_aim_counts_as_raised(field: Field) -> None:
    total = ipo_data.raised_on_hkex(field.attempts, 2026)
    assert total is not None
    assert len({a.ipo_id for a in total.parts}) == len({a.org_id for a in total.parts}) == 29
    for attempt in field.attempts:
        if attempt.raised is not None:
            assert attempt.raised["stage"] in ("priced", "listed")
        if attempt.aim is not None:
            assert attempt.aim["stage"] not in ("priced", "listed")
        if attempt.base is not None:
            assert attempt.raised is not None
            assert attempt.base["row_id"] != attempt.raised["row_id"]


# The calendar. ------------------------------------------------------------------------------------


def test_policies_ahead_are_those_of_the_file(db: Database) -> None:
    dated: dict[str, set[str]] = defaultdict(set)
    for row in rows("policy/policies.csv"):
        for text in (row["date"], row["effective_from"]):
            if text and parse_period(text).start > TODAY:
                dated[row["policy_id"]].add(row["economy_id"])
    items = calendar_data.agenda_of(db, None, TODAY)
    found = [item for item in items if item.kind in ("rules", "export") and item.place == "ahead"]
    assert len(found) == len(dated)
    homes = sorted(economy for homes in dated.values() for economy in homes)
    assert sorted(item.economy_id for item in found) == homes


def test_planned_sites_are_those_of_the_file(db: Database) -> None:
    planned = set()
    for row in rows("technology/clusters.csv"):
        if row["status"] in ("planned", "under_construction") and row["date"]:
            planned.add((row["cluster_id"], row["date"]))
    found = {(item.uid, item.period) for item in calendar_data.agenda_of(db, None, TODAY)
             if item.kind == "compute"}  # fmt: skip
    assert found <= planned
    left = {uid for uid, _ in planned - found}
    assert left == {"cn-unicom-sanjiangyuan", "vn-g42-fpt"}, "dates of announcements, not of plans"


def test_every_date_keeps_its_width(db: Database) -> None:
    t = translator("en")
    items = calendar_data.agenda_of(db, None, TODAY)
    made = {e.uid: e for e in calendar_data.entries(items, {}, {}, t)}
    coming = [item for item in items if item.place != "passed"]
    assert set(made) == {item.uid for item in coming}
    assert len(made) == len(coming)
    for item in coming:
        period, entry = parse_period(item.period), made[item.uid]
        assert (entry.first, entry.last) == (period.start, period.end)
        assert entry.exact == (period.start == period.end)


def test_a_day_of_knowledge_hides_what_came_later(db: Database) -> None:
    early = ipo_data.field_of(db, date(2026, 3, 1), date(2026, 3, 1))
    stepfun = early.get("stepfun-hkex")
    assert stepfun is not None
    assert (stepfun.stage, stepfun.hint) == ("rumoured", None)
    assert early.get("deepseek-sse-star") is None
    assert all(row["known_on"] <= date(2026, 3, 1) for a in early.attempts for row in a.rows)
    assert ipo_data.field_of(db, date(2020, 1, 1), date(2020, 1, 1)).attempts == ()
    assert calendar_data.agenda_of(db, date(2020, 1, 1), date(2020, 1, 1)) == ()
