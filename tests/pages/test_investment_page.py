"""Investment and money flows: every economy, early days, languages, bad links, and their answers."""

from __future__ import annotations

import re

import pytest

from observatory.cards.card_model import Card
from observatory.editions import pictures
from observatory.model.scope import SCOPE
from observatory.views.investment import counts as investment_counts
from observatory.views.investment import data as investment_data
from observatory.views.investment import deals as investment_deals
from observatory.views.investment import flows as investment_flows
from observatory.views.investment import investors as investment_investors
from observatory.views.investment import ledger as investment_ledger
from observatory.views.investment import twin as investment_twin
from observatory.views.investment.choice import Choice
from observatory.views.measures import Catalogue
from tests.pages.opened import no_slip, told

HARD = ("", "MYS", "PHL", "HKG", "USA")


def plain(markup: object) -> str:
    """Markup with ordinary spaces."""
    return str(markup).replace("\xa0", " ")


@pytest.fixture(scope="module")
def money(catalogue: Catalogue) -> investment_data.Money:
    return investment_data.load(catalogue)


@pytest.mark.parametrize("name", ["investment", "flows"])
@pytest.mark.parametrize(
    "query",
    [
        *({"economies": one} for one in HARD),
        {"as_of": "2020-01-01"},
        {"as_of": "2025-03-01", "economies": "MYS"},
        {"period": "2016..2018"},
        {"lang": "ja", "currency": "USD"},
        {"group": "rounds", "firm": "closed", "sort": "-usd", "page": "2"},
        {"group": "takeovers", "firm": "pledged"},
        {"present": "1", "lang": "zh-Hant"},
    ],
    ids=lambda query: " ".join(query.values()) or "all",
)
def test_pages_run(name: str, query: dict[str, str]) -> None:
    no_slip(told(name, **query))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("investment", {"group": "gifts"}),
        ("investment", {"page": "-1"}),
        ("flows", {"flow": "USA-Atlantis"}),
        ("flows", {"sort": "-usd"}),
    ],
)
def test_bad_links_are_said_and_fall_back(name: str, query: dict[str, str]) -> None:
    (key, value) = next(iter(query.items()))
    assert f"“{key}={value}” in the link could not be used." in told(name, **query)


def test_how_much_of_the_money_for_malaysia_is_committed(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    card = investment_ledger.ledger(catalogue, money, ("MYS",), Choice())
    assert plain(card.title) == (
        "US$23.3 bn is pledged in companies' plans for Malaysia; no source on file calls any of it"
        " committed or closed"
    )
    assert card.table is not None
    rows = card.table.rows()
    counted = [row for row in rows if row["counted"]]
    assert sum(row["usd"] for row in counted) == pytest.approx(23.32e9)
    assert all(row["row_id"].startswith("d") for row in rows)
    assert {row["why"] for row in rows if not row["counted"]} == {"part", "unchecked"}
    shown = plain(card.body)
    assert "6 of 9 deals" in shown
    assert shown.count("none on file") == 3


def test_a_round_told_differently_by_three_sources_shows_the_three(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    deals = [d for d in money.deals if d.deal_id == "deepseek-2026-06-first-external-round"]
    html = plain(investment_deals.listing(deals, money, catalogue, "original").html)
    assert "3 sources" in html
    assert "They print different values: amount, valuation and firmness." in html
    assert html.count('class="iv-source"') == 3
    for row in money.rows[deals[0].deal_id]:
        assert f'data-receipt="{row["row_id"]}"' in html
    for value in ("CN¥50 bn", "CN¥51 bn", "US$59 bn", "US$50 bn"):
        assert value in html


def test_a_disputed_amount_has_no_winner_and_no_sum(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    deals = [d for d in money.deals if d.deal_id == "sarvam-2026-round"]
    html = plain(investment_deals.listing(deals, money, catalogue, "USD").html)
    assert "US$234 m" in html
    assert "US$350 m" in html
    rounds = investment_ledger.tallies(money, ("IND",))["rounds", "closed"]
    assert "sarvam-2026-round" in {deal.deal_id for deal in rounds.deals}
    assert rounds.disputed == 1


def test_currency_switch_puts_dollars_first_with_the_rate(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    deals = [d for d in money.deals if d.deal_id == "ytl-power-2025-08-20-capex-plan"]
    own = plain(investment_deals.listing(deals, money, catalogue, "original").html)
    usd = plain(investment_deals.listing(deals, money, catalogue, "USD").html)
    assert own.index("RM10 bn") < own.index("US$2.34 bn")
    assert usd.index("US$2.34 bn") < usd.index("RM10 bn")
    assert "per US$ in 2025" in own
    assert "May overlap with" in own


def test_every_flow_opens_its_deals_and_the_unknown_is_drawn(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    choice = Choice("/flows")
    twin = investment_twin.table_twin(catalogue, money, SCOPE, choice)
    assert twin is not None
    assert twin.table is not None
    # Deals are named as readers know them; their ids are for files.
    assert "deal_ids" not in {column.key for column in twin.table.columns}
    assert not any(re.search(r"-20\d\d-", str(said)) for said in twin.table.frame["which"])
    assert "flow=KOR-unknown" in str(twin.body)
    for flow in ("USA-MYS", "KOR-unknown"):
        payer, _, receiver = flow.partition("-")
        card = investment_twin.flow_deals(
            catalogue, money, SCOPE, Choice("/flows", flow=(payer, receiver)), "original"
        )
        assert card is not None
        assert card.table is not None
        assert len(card.table.frame)
        assert set(card.table.frame["payer"]) == {payer}
    picture = investment_flows.picture(catalogue, money, SCOPE, choice)
    assert "Place not known" in pictures.drawings(picture)[0]
    assert "Place not known" in picture.alt


def test_unresolved_investors_are_listed_as_written_and_counted(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    card = investment_investors.card(catalogue, money, SCOPE, Choice("/flows"))
    read = investment_investors.reading(money, SCOPE)
    assert f"{read.names} names stay as they are written" in card.subtitle
    assert "name as written" in str(card.body)
    assert read.placed < read.mentions


def test_no_card_adds_classes_or_counts_of_two_publishers(
    catalogue: Catalogue, money: investment_data.Money
) -> None:
    frame = investment_counts.series(catalogue, SCOPE)
    assert not frame.duplicated(["entity_id", "period", "series_id"]).any()
    for gap in investment_counts.gaps(frame):
        assert gap.high != gap.low
        assert gap.high_usd >= gap.low_usd


def test_early_days_have_empty_states_that_say_what_exists(catalogue: Catalogue) -> None:
    import datetime as dt

    early = Catalogue(catalogue.db, catalogue.t, as_of=dt.date(2015, 1, 1))
    nothing = investment_data.load(early)
    cards: list[Card | None] = [
        investment_ledger.ledger(early, nothing, SCOPE, Choice()),
        investment_deals.card(early, nothing, SCOPE, Choice(), "original"),
        investment_counts.card(early, SCOPE),
        investment_flows.picture(early, nothing, SCOPE, Choice("/flows")),
        investment_investors.card(early, nothing, SCOPE, Choice("/flows")),
    ]
    for card in cards:
        assert card is not None
        assert card.empty is not None
        assert card.empty.reason
    assert investment_counts.definitions(early, SCOPE) is None
    assert investment_twin.table_twin(early, nothing, SCOPE, Choice("/flows")) is None
