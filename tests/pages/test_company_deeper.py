"""The company profile's later parts: peers, its own word, valuations, fiscal years, merged sites."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.markup import Safe
from observatory.cards.receipt import receipt_html
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.views import receipts
from observatory.views.company import figures as company_figures
from observatory.views.company import listing as company_listing
from observatory.views.company import money_chart as company_money_chart
from observatory.views.company import own as company_own
from observatory.views.company import page as company
from observatory.views.company import peers as company_peers
from observatory.views.company.data import Company, load, one_each

TODAY = dt.date(2026, 11, 22)
DATA = Path(__file__).resolve().parents[2] / "data"
EN = translator("en")
AROUND = company.Surroundings(EN)


def opened(db: Database, org: str) -> Company:
    return load(db, org, None, TODAY)


def test_peers_share_layer_and_kind_and_come_nearest_first(db: Database) -> None:
    orgs = {
        row["org_id"]: row
        for row in csv.DictReader((DATA / "organizations.csv").open(encoding="utf-8"))
    }
    for org in ("zhipu", "smic", "cn-cac", "tsinghua"):
        c = opened(db, org)
        found = company_peers.alike(c)
        same = [
            row["org_id"] for row in orgs.values()
            if row["org_id"] != org and row["stack_layer"] == orgs[org]["stack_layer"]
            and row["kind"] == orgs[org]["kind"]
        ]  # fmt: skip
        assert {row["org_id"] for row in found} == set(same)
        here = company_peers.size(c.overview[org]) + 1
        far = [max((row["size"] + 1) / here, here / (row["size"] + 1)) for row in found]
        assert all(a <= b + 1e-9 for a, b in pairwise(far))
    card = company_peers.alike_card(opened(db, "zhipu"), AROUND)
    assert card is not None
    assert "same layer and the same kind" in str(card.method)


def test_its_own_word_is_marked_and_counted(db: Database) -> None:
    c = opened(db, "alibaba")
    card = company_own.own_card(c, AROUND)
    rows = company_own.claimed(c, EN)
    assert card.title.startswith(f"{len(rows)} of {company_own.facts(c)} facts")
    assert card.table is not None
    assert card.table.row_ids() == list(dict.fromkeys(row["row_id"] for row in rows))
    claims = {row["row_id"] for row in c.observations if row["status"] == "company_claim"}
    assert claims <= {row["row_id"] for row in rows}
    quiet = opened(db, "zhipu")
    assert all(
        "own-word" not in keys for part in company.sections(quiet, EN) for keys in part.rows
    ) == (not company_own.claimed(quiet, EN))


def test_two_sources_on_one_site_are_one_cluster(db: Database) -> None:
    c = opened(db, "fpt")
    names = [row["name"] for row in c.clusters]
    assert len(names) == len(set(names)) == 2
    assert all(row["cluster_status"] == "operational" for row in c.clusters)
    assert all(row["others"][0]["cluster_status"] == "planned" for row in c.clusters)
    body = company.card(c, "clusters", AROUND)
    assert body is not None
    assert isinstance(body.body, Safe)
    assert "another source: planned" in body.body.html
    assert body.table is not None
    assert len(body.table.frame) == 4


STATES = st.sampled_from(["operational", "under_construction", "planned", "decommissioned"])


@given(st.lists(st.tuples(st.sampled_from(["A", "a", "B", "C"]), STATES), max_size=12))
def test_merging_loses_no_row(rows: list[tuple[str, str]]) -> None:
    given_ = [
        {"name": name, "cluster_status": state, "n": n} for n, (name, state) in enumerate(rows)
    ]
    found = one_each(given_)
    kept = sorted(one["n"] for row in found for one in (row, *row["others"]))
    assert kept == list(range(len(rows)))
    assert len(found) == len({name.casefold() for name, _ in rows})
    for row in found:
        running = any(one["cluster_status"] == "operational" for one in (row, *row["others"]))
        assert running == (row["cluster_status"] == "operational")


def test_a_planned_day_is_no_since(db: Database) -> None:
    passed = opened(db, "sk-hynix")
    before = replace(passed, today=dt.date(2026, 7, 10))
    assert company_listing.sentence(before, EN) == "Listing on Nasdaq: Planned, 10 Jul 2026."
    said = "Planned on Nasdaq for 10 Jul 2026"
    assert company_listing.listing_card(before, AROUND).title == said
    # Once the day has passed without a word it no longer reads as ahead.
    card = company_listing.listing_card(passed, AROUND)
    assert card.title == f"{said}, outcome not on file"
    assert company_listing.sentence(passed, EN).endswith("10 Jul 2026, outcome not on file.")
    for org in ("stepfun", "rebellions", "kunlunxin"):
        title = company_listing.listing_card(opened(db, org), AROUND).title
        assert not ("Planned" in title and "since" in title), org
    assert card.has_picture
    # Beside "Since" stands the day the plan became known, as on the board of all attempts.
    assert "NASDAQ: Planned, 6 Jul 2026" in str(card.body)


def test_valuations_stand_among_the_rounds(db: Database) -> None:
    dots = company_money_chart.dots(opened(db, "zhipu"), EN)
    kinds = [dot["kind"] for dot in dots]
    assert kinds.count("valuation") >= 1
    ids = {dot["row_id"] for dot in dots if dot["label"] == "Market value"}
    assert ids
    c = opened(db, "zhipu")
    by_id = {row["row_id"]: row for row in c.observations}
    for row_id in ids:
        row = by_id[row_id]
        assert row["currency"] == "USD"
        dot = next(dot for dot in dots if dot["row_id"] == row_id)
        assert dot["value"] == row["value"] * row["scale"]


def test_fiscal_years_say_their_months() -> None:
    rows = [{"note": "net revenue; year to June 2025"}, {"note": None}]
    assert company_figures.fiscal_note(rows, EN) == (
        "Fiscal years in the words of the sources: year to June 2025."
    )
    assert "do not say" in company_figures.fiscal_note([{"note": "underlying"}], EN)


def test_receipts_say_a_day_once_and_name_laws_rightly(db: Database) -> None:
    c = opened(db, "stepfun")
    stage = next(row for row in c.stages if row["raise_amount"] is None and row["usd"] is None)
    found = receipts.receipt(db, stage["row_id"], EN)
    assert found is not None
    assert found["value_text_exact"] == EN.period(stage["stage_date"])
    assert found["period"] == ""
    law = next(row for row in opened(db, "cn-cac").policies)
    found = receipts.receipt(db, law["row_id"], EN)
    assert found is not None
    html = receipt_html(
        {**found, "source": {**found["source"], "origin": "Somebody else"}}, EN
    ).html
    assert "Comes from" in html
    assert "Number made by" not in html


@pytest.mark.parametrize("text", ["not checked", "not stated", "none seen", "terms not seen"])
def test_words_for_missing_licences_are_the_readers(text: str) -> None:
    assert receipts.licence(text, EN) in {"terms not read yet", "none stated"}
    assert receipts.licence("CC-BY-4.0", EN) == "CC-BY-4.0"
