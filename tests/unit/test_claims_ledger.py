"""The claims ledger: filters of the link, where facts are shown, the file of reviews."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.db.connect import Database
from observatory.export.claimreview import claim_reviews
from observatory.i18n import translator
from observatory.model.vocab import ClaimFault
from observatory.ui import nav
from observatory.views import claims, claims_list, labels
from observatory.views.measures import Catalogue
from tests.conftest import ROOT

PAGES = frozenset(page.slug for page in nav.existing())


@pytest.fixture(scope="module")
def book(catalogue: Catalogue) -> claims.Ledger:
    return claims.load(catalogue, None)


def filed(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "evidence" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_ledger_counts_what_the_files_say(book: claims.Ledger) -> None:
    verdicts = {row["claim_id"]: row["verdict"] for row in filed("claims.csv")}
    for check in sorted(filed("claim_checks.csv"), key=lambda row: row["checked_on"]):
        verdicts[check["claim_id"]] = check["verdict"]
    assert Counter(verdicts.values()) == Counter(row["verdict"] for row in book.rows)
    assert len(book.rows) == 112
    assert f"Of {len(verdicts)} claims" in claims.title(book)


def test_every_claim_has_a_place_that_shows_its_facts(book: claims.Ledger) -> None:
    homeless = [row["claim_id"] for row in book.rows if not claims_list.homes(book, row, PAGES)]
    assert homeless == []


def test_every_thing_a_claim_points_at_exists_and_every_address_is_of_a_page(
    book: claims.Ledger,
) -> None:
    checked = 0
    for row in book.rows:
        for kind, column in claims_list._RELATED:
            for thing in claims.ids(row[column]):
                assert (kind, thing) in book.things, (row["claim_id"], kind, thing)
        for _, address in claims_list.homes(book, row, PAGES):
            slug = address.partition("?")[0].strip("/")
            assert slug in PAGES or not slug, address
            checked += 1
    assert checked > 150


def test_a_second_check_shows_and_the_first_stays_with_its_day(
    db: Database, book: claims.Ledger
) -> None:
    row = next(row for row in book.rows if row["claim_id"] == "A011")
    assert row["verdict"] == "corroborated"
    assert [check["verdict"] for check in book.history["A011"]] == ["corroborated", "partly"]
    assert len({check["row_id"] for check in book.history["A011"]}) == 1
    before = claims.load(Catalogue(db, translator("en")), date(2026, 11, 21))
    assert next(r for r in before.rows if r["claim_id"] == "A011")["verdict"] == "partly"
    assert len(before.history["A011"]) == 1


def test_a_day_before_everything_gives_an_empty_ledger(db: Database) -> None:
    early = claims.load(Catalogue(db, translator("en")), date(2020, 1, 1))
    assert early.rows == []
    card = claims_list.list_card(early, claims.Choice(), PAGES, lambda **own: "/claims")
    assert card.title == "No claim fits these filters"


@pytest.mark.parametrize("lang", ["en", "ja", "ko", "zh-Hans", "zh-Hant"])
def test_each_filter_alone_gives_a_list(db: Database, lang: str) -> None:
    book = claims.load(Catalogue(db, translator(lang)), None)
    for fault in ClaimFault:
        chosen = claims.Choice(fault=fault.value)
        assert len(book.shown(chosen)) == sum(row["fault"] == fault for row in book.rows)
        assert claims_list.list_card(book, chosen, PAGES, lambda **own: "/claims").body
        assert claims.fault_text(fault.value, book.t)


def test_the_slip_of_ten_is_told_as_one(book: claims.Ledger) -> None:
    rows = book.shown(claims.Choice(fault="unit_slip"))
    assert {row["claim_id"] for row in rows} == {"B003", "B004"}
    body = claims_list.list_card(
        book, claims.Choice(fault="unit_slip"), PAGES, lambda **own: "/"
    ).body
    assert body is not None
    assert "CN¥10 billion" in body.html or "10 bn" in body.html or "CN¥10" in body.html
    assert "100 billion" in body.html


@given(
    st.dictionaries(
        st.sampled_from([*claims.FILTERS, "page"]), st.text(max_size=12) | st.none(), max_size=6
    )
)
def test_any_link_gives_a_choice(given_: dict[str, str | None]) -> None:
    chosen, bad = claims.choice(given_, ["JPN"])
    assert 1 <= chosen.page <= 99
    again, none = claims.choice({**chosen.query(), "page": str(chosen.page)}, ["JPN"])
    assert again == chosen
    assert none == []
    assert set(bad) <= set(given_)


def test_reviews_carry_verdict_evidence_and_source(book: claims.Ledger) -> None:
    t = book.t
    made = claim_reviews(
        book.rows, book.sources, lang="en", word=lambda word: labels.verdict(word, t),
        document=lambda word: claims.document_label(word, t), address=lambda row: f"/?receipt={row}",
    )  # fmt: skip
    reviews = {review["identifier"]: review for review in json.loads(made)}
    assert len(reviews) == 112
    baidu = reviews["B003"]
    assert baidu["@type"] == "ClaimReview"
    assert baidu["reviewRating"] == {
        "@type": "Rating", "alternateName": "Contradicted", "ratingValue": 1, "bestRating": 3, "worstRating": 1,
    }  # fmt: skip
    assert baidu["citation"][0]["url"].startswith("http")
    unverified = [r for r in reviews.values() if r["reviewRating"]["alternateName"] == "Unverified"]
    assert unverified
    assert all("ratingValue" not in review["reviewRating"] for review in unverified)
