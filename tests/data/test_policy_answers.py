"""What the page of laws and programmes says, reckoned again from the files by other code."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.ui import nav
from observatory.views import links
from observatory.views.calendar import data as calendar_data
from observatory.views.governance import data as governance_data
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.models import pairs
from observatory.views.policy import ahead as policy_next
from observatory.views.policy import beside as policy_beside
from observatory.views.policy import choice as policy_choice
from observatory.views.policy import data as policy_data
from observatory.views.policy import filings as policy_filings
from tests.conftest import ROOT

TODAY = date(2026, 11, 22)


def filed(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


POLICIES = filed("policy/policies.csv")
RELATIONS = filed("policy/policy_relations.csv")


@pytest.fixture(scope="module")
def book(db: Database) -> policy_data.Book:
    return policy_data.load(db, None, TODAY)


def test_every_policy_stands_once_with_every_source(book: policy_data.Book) -> None:
    assert Counter(row["policy_id"] for row in POLICIES) == {
        e.id: len(e.rows) for e in book.entries
    }
    by = defaultdict(set)
    for row in POLICIES:
        by[row["policy_id"]].add(
            (row["date"], row["status"], row["title"], row["title_native"], row["effective_from"])
        )
    for entry in book.entries:
        row = entry.row
        told = (
            entry.date,
            row["policy_status"],
            row["title"],
            clean(row["title_native"]),
            entry.effective,
        )
        assert told in by[entry.id], entry.id


def test_relations_are_told_from_both_ends(book: policy_data.Book) -> None:
    out = {(e.id, r.relation, r.other) for e in book.entries for r in e.relations if r.way == "out"}
    back = {(r.other, r.relation, e.id) for e in book.entries for r in e.relations if r.way == "in"}
    assert (
        out == back == {(r["policy_id"], r["relation"], r["related_policy_id"]) for r in RELATIONS}
    )


def test_what_is_replaced_is_not_called_in_force(book: policy_data.Book) -> None:
    replaced = {row["related_policy_id"] for row in RELATIONS if row["relation"] == "supersedes"}
    assert {key for key in replaced if book.by_id[key].state != "superseded"} == set()


def test_nothing_absurd_stands_on_the_page(book: policy_data.Book) -> None:
    for entry in book.entries:
        if entry.state == "in_force":
            assert not entry.effective or entry.effective[:10] <= TODAY.isoformat(), entry.id
            assert not entry.date or entry.date <= TODAY.isoformat(), entry.id
        if entry.row["source_id"].startswith("oecd-ai-via"):
            assert entry.state == "listed", entry.id
        if entry.effective and entry.date and len(entry.effective) == len(entry.date) == 10:
            assert entry.effective >= entry.date or entry.kind == "regulation", entry.id
        if entry.company:
            assert entry.level in ("other", ""), entry.id


def test_the_next_six_months(book: policy_data.Book, catalogue: Catalogue) -> None:
    # By hand: what begins after the day and is over by the same day six months on; a month that runs
    # past that day may fall on either side of it.
    horizon = "2027-05-22"
    expected = set()
    for row in POLICIES:
        if row["status"] == "proposed":
            continue
        for text in {row["date"], row["effective_from"]} - {""}:
            first = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
            last = f"{text}-31" if len(text) == 7 else text
            if len(text) in (7, 10) and TODAY.isoformat() < first and last <= horizon:
                expected.add(row["policy_id"])
    found, day = policy_next.due(book.of(SCOPE), TODAY)
    assert day.isoformat() == horizon
    soon = {d.entry.id for d in found if d.near == "soon" and not d.draft}
    assert soon == expected
    title = policy_next.title(found, day, catalogue)
    assert title.startswith(f"{len(expected)} rules take effect or fall due by 22 May 2027")
    for place in ("China", "South Korea", "Taiwan", "Vietnam"):
        assert place in title


def test_page_and_calendar_name_the_same_dates(book: policy_data.Book, db: Database) -> None:
    agenda = calendar_data.load(db, None, TODAY)
    told = {
        (i.row["policy_id"], i.period)
        for i in agenda.items
        if i.kind in ("rules", "export") and i.place == "ahead"
    }
    found, _ = policy_next.due(book.entries, TODAY)
    assert {(d.entry.id, d.period) for d in found} == told


def test_two_rule_books_by_hand(book: policy_data.Book, catalogue: Catalogue) -> None:
    topics = defaultdict(set)
    for row in filed("policy/policy_topics.csv"):
        topics[row["topic"]].add(row["policy_id"])
    for code in ("KOR", "JPN", "CHN", "VNM"):
        binding = {
            row["policy_id"]
            for row in POLICIES
            if row["economy_id"] == code and row["actor"] != "company_or_research"
            and row["policy_id"] == book.by_id[row["policy_id"]].id
            and row["source_id"] == book.by_id[row["policy_id"]].row["source_id"]
            and (
                (row["kind"] in ("law", "regulation") and row["status"] == "in_force"
                 and (row["effective_from"] or "0") <= TODAY.isoformat()
                 and not row["source_id"].startswith("oecd-ai-via"))
                or ("coded binding" in row["summary"] and row["kind"] in ("law", "regulation"))
                or (row["kind"] == "standard" and "mandatory" in row["summary"].lower())
            )
        }  # fmt: skip
        expected = {topic for topic, inside in topics.items() if inside & binding}
        found = {
            topic for topic in topics if policy_beside.side(book, code, topic).level == "binding"
        }
        assert found == expected, code
    card = policy_beside.card(catalogue, book, ("KOR", "JPN"))
    assert card.body is not None
    assert "nothing on file" in card.body.html
    assert "is not “no law”" in card.caveat


def test_search_reads_any_script_and_the_issuer(book: policy_data.Book) -> None:
    wanted = {
        "AI Basic Act": "kr-ai-basic-act", "人工智慧基本法": "tw-ai-basic-act", "Luat Tri tue nhan tao": "vn-law-on-ai",
        "ministry of science and ict": "kr-ai-basic-act", "인공지능 발전": "kr-ai-basic-act",
    }  # fmt: skip
    for words, want in wanted.items():
        choice, _ = policy_choice.read({"q": words}, book)
        assert want in {e.id for e in policy_choice.fits(book.entries, choice)}, words


def test_filings_stay_in_their_registers(catalogue: Catalogue) -> None:
    rows = [
        r
        for r in filed("observations/governance.csv")
        if r["indicator_id"] in policy_filings.REGISTERS
    ]
    card = policy_filings.over_time(catalogue)
    assert card.title.startswith("796 ")
    assert card.table is not None
    shown = card.table.frame
    own = {(r["indicator_id"], r["period"]) for r in rows if r["entity_id"] == "CHN"}
    assert set(zip(shown["indicator_id"], shown["period"], strict=True)) == own
    deep = policy_filings.deep_synthesis(catalogue)
    assert "Beijing is first of 21 provinces" in deep.title


def test_editions_are_kept_apart(catalogue: Catalogue) -> None:
    family = governance_data.FAMILIES["readiness"]
    found = governance_data.editions(catalogue, family, SCOPE)
    assert [one.indicator for one in found][-1] == "gov_ai_readiness_score"
    assert len({one.key for one in found}) == len(found)
    rows = [
        r
        for r in filed("observations/readiness.csv")
        if r["indicator_id"] == "gov_ai_readiness_score"
    ]
    by = {r["entity_id"]: float(r["value"]) for r in rows if r["entity_id"] in SCOPE}
    assert {code: row["value"] for code, row in found[-1].rows.items()} == by


def test_pairs_are_those_of_the_newest_quarter(catalogue: Catalogue) -> None:
    rows = [
        r
        for r in filed("observations/talent.csv")
        if r["indicator_id"].startswith("github_collaboration_to_")
    ]
    newest = max(r["period"] for r in rows)
    economies = {r["economy_id"]: r for r in filed("economies.csv")}
    expected = {
        (r["indicator_id"], r["entity_id"]): float(r["value"])
        for r in rows
        if r["period"] == newest and "other" not in economies[r["entity_id"]].values()
    }
    found = pairs.newest(catalogue)
    told = {
        (i, e): v
        for i, e, v in zip(found["indicator_id"], found["entity_id"], found["value"], strict=True)
    }
    assert told
    assert all(expected[key] == value for key, value in told.items())
    assert len(told) + 4 >= len(expected)


def test_every_policy_a_claim_names_has_its_page(book: policy_data.Book) -> None:
    slugs = {page.slug for page in nav.existing()}
    assert "policy" in slugs
    named = {
        key
        for row in filed("evidence/claims.csv")
        for key in row["related_policy_ids"].split(";")
        if key
    }
    assert named
    for key in named:
        assert key in book.by_id, key
        assert links.found("policy", key, slugs) == f"/policy?id={key}"


def test_an_act_of_several_economies_is_found_under_each_that_issued_or_joined_it(
    book: policy_data.Book,
) -> None:
    roles = {"issuer", "party", "signatory", "partner"}
    named = {(r["policy_id"], r["party_id"]) for r in filed("policy/policy_parties.csv")
             if r["party_kind"] == "economy" and r["role"] in roles and r["party_id"] in SCOPE}  # fmt: skip
    assert ("idn-mys-phl-grok-ban-2026", "IDN") in named
    assert {(key, code) for key, code in named if not book.by_id[key].inside([code])} == set()


def test_a_count_of_nothing_is_not_said(book: policy_data.Book) -> None:
    t = translator("en")
    for step in range(0, len(book.entries), 40):
        few = book.entries[step : step + 6]
        for gap in policy_choice.gaps(few, t):
            assert not re.search(r"\b0 ", str(gap.text)), gap
