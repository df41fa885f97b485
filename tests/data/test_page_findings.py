"""Pages lead with what was found: sentences of the data, reckoned again here from the rows."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from observatory.charts.palette import palette
from observatory.db.connect import Database
from observatory.editions.native import native_chart
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views import common
from observatory.views.governance import page as governance
from observatory.views.investment import bars, flows, parts
from observatory.views.investment import data as investment_data
from observatory.views.investment.choice import Choice
from observatory.views.measures import Catalogue
from observatory.views.models import page as models
from observatory.views.models import trends
from observatory.views.policy import choice as policy_choice
from observatory.views.policy import data as policy_data

TODAY = date(2026, 11, 22)
T = translator("en")


@pytest.fixture(scope="module")
def catalogue(db: Database) -> Catalogue:
    return Catalogue(db, T)


def test_money_that_stays_at_home_is_a_share_of_all_that_is_drawn(catalogue: Catalogue) -> None:
    money = investment_data.load(catalogue)
    choice = Choice("/flows")
    counted = [
        deal
        for deal in flows.selected(money, SCOPE, choice)
        if deal.countable and deal.deal_id in money.kept
    ]
    home = sum(d.usd or 0 for d in counted if d.payer == d.receiver and d.payer in SCOPE)
    share = home / sum(d.usd or 0 for d in counted)
    said = flows.finding(money, SCOPE, choice, T)
    assert said.startswith(f"{100 * share:.0f}\u00a0% ")
    assert flows.finding(money, (), choice, T) == ""


def test_most_pledged_is_named_with_its_sum(catalogue: Catalogue) -> None:
    money = investment_data.load(catalogue)
    sums: dict[str, float] = {}
    for deal in money.of(group="plans", firm="pledged", into=SCOPE):
        if deal.countable and deal.deal_id in money.kept:
            sums[deal.receiver] = sums.get(deal.receiver, 0) + (deal.usd or 0)
    first = max(sums, key=lambda code: sums[code])
    said = bars.finding(money, SCOPE, catalogue)
    assert said.startswith(f"Of plans that name a place, {catalogue.name(first)} has most pledged")
    assert T.money(sums[first], "USD") in said
    assert bars.finding(money, (), catalogue) == ""


def test_the_largest_deals_are_charts_that_can_be_edited(catalogue: Catalogue) -> None:
    cards = bars.largest(catalogue, investment_data.load(catalogue), SCOPE)
    assert [card.id for card in cards] == ["top-rounds", "top-plans"]
    for card in cards:
        made = native_chart(card, palette("light"), T)
        assert made is not None, card.id
        assert len(made.categories) == len(set(made.categories)) == 10


def test_open_weights_count_only_what_is_known() -> None:
    rows = [{"status": "reported", "weights": w} for w in ("open", "open", "closed", "unknown")]
    rows.append({"status": "unchecked", "weights": "open"})
    assert trends.finding(rows, T) == "2 of 3 models whose weights are known are open"
    assert trends.finding(rows[3:], T) == ""
    rows.append({"status": "disputed", "weights": "unknown"})
    left = trends.left_out(rows, T)
    assert left == "1 unchecked or disputed model with known weights is left out of the share"
    assert trends.left_out(rows[:4], T) == ""


def test_shares_and_facets_of_models_add_up(db: Database) -> None:
    rows = models.rows_of(db, None)
    said = trends.finding(rows, T)
    counted = int(said.split(" of ")[1].split()[0].replace(",", ""))
    left = int(trends.left_out(rows, T).split()[0])
    assert counted + left == sum(row["weights"] != "unknown" for row in rows)


def test_an_index_that_has_no_first_place_is_named(catalogue: Catalogue) -> None:
    card = governance.overview(catalogue, SCOPE)
    assert card.table is not None
    columns = [column for column in card.table.columns if column.key.startswith("v_")]
    counted = int(card.title.split(" of ")[1].split()[0])
    known = card.table.frame[[column.key for column in columns]].notna().sum()
    thin = [column.label for column in columns if known[column.key] < 5]
    assert thin
    assert counted + len(thin) == len(columns)
    assert f"Not counted, fewer than five values: {', '.join(thin)}" in str(card.subtitle)


def test_rules_in_force(db: Database) -> None:
    book = policy_data.load(db, None, TODAY)
    force = sum(
        e.state == "in_force" and e.kind in ("law", "regulation") and not e.step
        for e in book.entries
    )
    said = policy_choice.finding(book.entries, T)
    assert said == f"{force} laws and regulations in force"
    assert policy_choice.finding([], T) == ""


def test_a_source_that_was_read_from_a_copy_says_so(catalogue: Catalogue) -> None:
    frame = catalogue.series("ai_articles_scopus_nsf")
    names = [source.name for source in common.sources_of(catalogue, frame)]
    assert names == ["US NSF/NCSES (copy)"]
    every = pd.concat([catalogue.series(one) for one in ("github_developers", "papers_iclr")])
    for source in common.sources_of(catalogue, every, most=99):
        publisher = str(catalogue.sources[source.source_id]["publisher"])
        assert source.name.endswith("(copy)") == common.is_copy(publisher), publisher


def test_the_table_of_deals_says_of_each_whether_it_counts(catalogue: Catalogue) -> None:
    money = investment_data.load(catalogue)
    table = parts.deal_table(money, money.deals, catalogue)
    column = next(one for one in table.columns if one.key == "why")
    assert column.show is not None
    said = {row["deal_id"]: column.show(row["why"], row) for row in table.frame.to_dict("records")}
    counted = {
        key for key, why in zip(table.frame["deal_id"], table.frame["why"], strict=True) if not why
    }
    assert 100 < len(counted) < len(said)
    assert {key for key, words in said.items() if words == "yes"} == counted
    assert all(words.startswith("no: ") for key, words in said.items() if key not in counted)
