"""Standings, levels and nearness of policies; what an address may ask for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import policy_state
from observatory.analysis.policy_state import LEVELS, STATES, Pause, level, months_on, near, state
from observatory.model.vocab import PolicyKind, PolicyStatus
from observatory.views.policy import choice as policy_choice
from observatory.views.policy.data import Book, Entry, Relation
from observatory.views.policy.lanes import weight

TODAY = date(2026, 11, 22)
periods = st.sampled_from(
    ["", "2019", "2026", "2026-11", "2026-11-22", "2026-11-23", "2027", "2027-Q1", "2027-05"]
)


@pytest.mark.parametrize(
    ("status", "when", "effective", "coded", "said"),
    [
        ("in_force", "2024-12-26", "2026-01-22", False, "in_force"),
        ("in_force", "2024-12-26", "2027-01-22", False, "ahead"),
        ("passed", "2026-10-01", "2027-01", False, "ahead"),
        ("announced", "2027-03-01", "", False, "ahead"),
        ("announced", "2026", "", False, "announced"),
        ("proposed", "2025-08", "2027", False, "proposed"),
        ("superseded", "2024", "2027", False, "superseded"),
        ("in_force", "2018", "", True, "listed"),
        ("launched", "", "", False, "launched"),
    ],
)
def test_the_state_on_a_day(status: str, when: str, effective: str, coded: bool, said: str) -> None:
    assert state(status, when, effective, TODAY, coded=coded) == said


def test_the_last_day_counts_in_full_and_the_first_from_its_morning() -> None:
    day = TODAY.isoformat()

    def at(status: str, **more: object) -> str:
        return state(status, "2024-12", "", TODAY, coded=False, **more)  # type: ignore[arg-type]

    assert at("in_force", until=day) == "in_force"
    assert at("in_force", pause=Pause(day)) == "paused"
    assert at("a word of no list") == "announced"
    # A date that begins on the horizon and goes on is neither near nor later.
    assert near("2027-05", TODAY, date(2027, 5, 1)) == "wide"


@pytest.mark.parametrize(
    ("status", "start", "end", "said"),
    [
        ("superseded", "2025-11-09", "2026-11-27", "paused"),
        (
            "superseded",
            "2025-11-09",
            "2026-11",
            "paused",
        ),  # a month is not over before its last day
        ("superseded", "2025-11-07", "2026-11-10", "pause_over"),
        ("in_force", "2025-11-07", "", "paused"),
        ("in_force", "2027-01", "2027-06", "in_force"),
    ],
)
def test_a_pause_holds_until_its_day(status: str, start: str, end: str, said: str) -> None:
    assert state(status, "2024-12", "", TODAY, coded=False, pause=Pause(start, end)) == said
    assert level("regulation", said, "", "") == ("binding" if said == "in_force" else "")


@pytest.mark.parametrize(
    ("until", "said"), [("2026-11-10", "superseded"), ("2026-11", "in_force"), ("", "in_force")]
)
def test_what_has_an_end_lapses_after_it(until: str, said: str) -> None:
    assert state("in_force", "2025-11-07", "", TODAY, coded=False, until=until) == said


@given(st.sampled_from([word.value for word in PolicyStatus]), periods, periods, st.booleans())
def test_nothing_is_in_force_before_its_day(
    status: str, when: str, effective: str, coded: bool
) -> None:
    found = state(status, when, effective, TODAY, coded=coded)
    assert found in STATES
    if found == "in_force" and effective:
        assert effective[:4] <= "2026"
        assert effective != "2026-11-23"


@pytest.mark.parametrize(
    ("kind", "standing", "summary", "binding", "said"),
    [
        ("law", "in_force", "", "", "binding"),
        ("law", "ahead", "", "", "coming"),
        ("regulation", "passed", "", "", "coming"),
        ("law", "proposed", "", "", "draft"),
        ("law", "listed", "coded binding law.", "", "binding"),
        ("law", "listed", "coded non-binding.", "", "soft"),
        ("regulation", "in_force", "", "voluntary", "soft"),
        ("standard", "in_force", "Mandatory technical standard.", "", "binding"),
        ("standard", "in_force", "Recommended standard.", "", "soft"),
        ("guideline", "proposed", "", "", "draft"),
        ("treaty", "in_force", "", "non_binding", "other"),
        *((kind, "in_force", "", "", "plan") for kind in ("programme", "strategy", "plan")),
        ("law", "in_force", "", "non_binding", "soft"),
        ("law", "superseded", "", "", ""),
    ],
)
def test_how_much_a_rule_asks(
    kind: str, standing: str, summary: str, binding: str, said: str
) -> None:
    assert level(kind, standing, summary, binding) == said


@given(
    st.sampled_from([kind.value for kind in PolicyKind]),
    st.sampled_from(STATES),
    st.text(max_size=30),
    st.booleans(),
)
def test_a_company_binds_nobody(kind: str, standing: str, summary: str, company: bool) -> None:
    found = level(kind, standing, summary, "", company=company)
    assert found in (*LEVELS, "")
    assert not company or found in ("other", "")


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(1, 30))
def test_months_on_stay_in_their_month(day: date, months: int) -> None:
    later = months_on(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_what_is_near() -> None:
    horizon = months_on(TODAY, 6)
    assert horizon == date(2027, 5, 22)
    texts = ("2026-11-27", "2027-05", "2027-06", "2027", "2026", "2026-11-22")
    assert [near(text, TODAY, horizon) for text in texts] == [
        "soon",
        "wide",
        "later",
        "wide",
        "",
        "",
    ]


def test_remarks_tell_binding_force_address_and_coding() -> None:
    note = "binding status: political_guidance; primary text cited there: https://example.org/a?b=1; more"
    assert policy_state.binding_word(note) == "political_guidance"
    assert policy_state.text_address(note) == "https://example.org/a?b=1"
    assert policy_state.text_address("see example.org") == ""
    assert policy_state.is_coded("kind and status derived by title and by language-model coding")
    assert not policy_state.is_coded(note)


def made(**own: str | None) -> Entry:
    row = {
        "policy_id": "p", "row_id": "p123456", "economy_id": "KOR", "kind": "law", "policy_status": "in_force",
        "date": "2024-12-26", "effective_from": None, "note": None, "actor": "public", "summary": "",
        "title": "A law", "title_native": "법", "issuer_org_id": "kr-msit", "org_name": "MSIT",
        "org_native_name": None, "org_language": None, **own,
    }  # fmt: skip
    return Entry(row, (row,), TODAY, ("governance",))


def test_a_law_that_carries_out_a_law_is_a_step_of_it() -> None:
    step = Entry(made().row, made().rows, TODAY, (), (), (Relation("implements", "out", "q", "x"),))
    assert step.step
    assert not made().step
    assert weight(made()) == "binding"
    assert weight(made(kind="guideline")) == "soft"
    assert weight(made(kind="dispute")) == "other"


def test_a_choice_holds_what_its_economies_issue_or_join() -> None:
    party = {"party_kind": "economy", "party_id": "JPN", "role": "signatory", "party_name": "Japan"}
    aimed = {"party_kind": "economy", "party_id": "CHN", "role": "target", "party_name": "China"}
    entry = Entry(made().row, made().rows, TODAY, (), (party, aimed))
    assert entry.inside(["JPN"])
    assert entry.inside(["KOR"])
    assert not entry.inside(["CHN"])
    assert not entry.inside(["SGP", "IDN"])


BOOK = Book((made(),), TODAY, {"governance": "Governance"})


@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "status", "topic", "issuer", "sort", "page", "view", "with", "id"]
        ),
        st.text(max_size=14)
        | st.sampled_from(
            ["law", "in_force", "governance", "kr-msit", "-title", "KOR,CHN", "beside"]
        ),
        max_size=6,
    )
)
def test_any_address_gives_a_page(asked: dict[str, str]) -> None:
    choice, bad = policy_choice.read(asked, BOOK)
    assert {name for name, _ in bad} <= set(asked)
    assert 1 <= choice.page < 1000
    assert len(choice.pair) == 2
    assert choice.pair[0] != choice.pair[1]
    assert len(policy_choice.fits(BOOK.entries, choice)) in (0, 1)


def test_what_was_asked_survives_the_way_through_an_address() -> None:
    asked = {
        "kind": "law",
        "topic": "governance",
        "sort": "title",
        "with": "CHN,USA",
        "view": "beside",
    }
    choice, bad = policy_choice.read(asked, BOOK)
    assert bad == ()
    assert policy_choice.address(choice) == (
        "/policy?kind=law&topic=governance&sort=title&view=beside&with=CHN%2CUSA"
    )
    assert policy_choice.read({}, BOOK, ("SGP", "IND"))[0].pair == ("SGP", "IND")
    assert policy_choice.read({"with": "KOR,KOR"}, BOOK)[1] == (("with", "KOR,KOR"),)
