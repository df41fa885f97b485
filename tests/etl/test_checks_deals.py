"""Checks of deals and listings: currencies, the order of stages, near duplicates, slips."""

from __future__ import annotations

import pytest
from tiny import Refuse, Tiny, place_of, warned

OBS = "observations/adoption.csv"
DEALS = "capital/deals.csv"
IPO = "capital/ipo_events.csv"
RATES = "capital/fx_rates.csv"


def test_amount_without_currency(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(DEALS, 4, currency="")
    tiny.set(IPO, 4, currency="")
    tiny.write("accepted.csv", "check,key,reason\n")
    refuse((f"{DEALS}:4:8", "money"), (f"{IPO}:4:9", "money"))


def test_currency_without_amount(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(DEALS, 4, amount="")
    refuse((f"{DEALS}:4:7", "money"))


def test_currency_without_rate(tiny: Tiny) -> None:
    tiny.set(DEALS, 4, currency="EUR")
    warned(tiny, (f"{DEALS}:4:8", "fx"))


def test_listing_in_a_currency_without_rate(tiny: Tiny) -> None:
    tiny.set(IPO, 4, currency="EUR")
    tiny.write("accepted.csv", "check,key,reason\n")
    warned(tiny, (f"{IPO}:4:9", "fx"))


def test_of_rates_beside_a_broken_file_of_them_nothing_is_said(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(DEALS, 4, currency="EUR")
    tiny.set(RATES, 2, units_per_usd="nonsense")
    refuse((f"{RATES}:2:3", "type"))
    assert [str(one) for one in tiny.check().warnings if one.check == "fx"] == []


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [(3, "2024-12-31", 2), (4, "2025-02-28", 3), (4, "2025-01-01", 2)],
)
def test_stage_order(tiny: Tiny, line: int, day: str, place: int) -> None:
    tiny.set(IPO, line, stage_date=day)
    found = tiny.errors()
    assert (f"tiny/{IPO}:{place}:7", "stage-order") in [place_of(item) for item in found]
    assert "expected filed, hearing, priced, listed in time order" in found[0]


def test_stages_on_one_day_or_of_unclear_order_pass(tiny: Tiny) -> None:
    for line in (2, 3, 4):
        tiny.set(IPO, line, stage_date="2025-01-05")
    warned(tiny)
    tiny.set(IPO, 2, stage_date="2025")  # the year of the filing: no contradiction
    warned(tiny)


@pytest.mark.parametrize("stage", ["rumoured", "planned", "tutoring", "postponed"])
def test_stages_without_an_order(tiny: Tiny, stage: str) -> None:
    tiny.set(IPO, 2, stage=stage, stage_date="2026-01-01")
    warned(tiny)


@pytest.mark.parametrize("end", ["lapsed", "withdrawn"])
def test_filing_again_after_an_end(tiny: Tiny, refuse: Refuse, end: str) -> None:
    tiny.set(IPO, 4, stage_date="2025-12-20")
    line = tiny.add(IPO, like=2, event_id="one-hkex-filed-2", stage_date="2025-09-01")
    refuse((f"{IPO}:{line}:7", "stage-order"))
    tiny.add(IPO, like=2, event_id=f"one-hkex-{end}", stage=end, stage_date="2025-07-05")
    warned(tiny)


def test_an_end_after_the_second_filing_excuses_nothing(tiny: Tiny, refuse: Refuse) -> None:
    line = tiny.add(IPO, like=2, event_id="one-hkex-filed-2", stage_date="2025-03-15")
    tiny.add(IPO, like=2, event_id="one-hkex-lapsed", stage="lapsed", stage_date="2025-07-05")
    refuse((f"{IPO}:{line}:7", "stage-order"))


def test_attempts_are_told_apart(tiny: Tiny) -> None:
    tiny.add(IPO, like=2, ipo_id="one-star", event_id="one-star-filed", stage_date="2025-11-01")
    warned(tiny)


def test_near_duplicate_deal(tiny: Tiny) -> None:
    line = tiny.add(DEALS, like=2, deal_id="one-2024-b", announced="2024-06-20", amount="75000000")
    (found,) = warned(tiny, (f"{DEALS}:{line}:1", "near-duplicate-deal"))
    assert "'one-2024-a'" in found
    # What an editor writes into accepted.csv, whichever of the two comes first.
    assert [one.key for one in tiny.check().warnings] == ["one-2024-a/one-2024-b"]


@pytest.mark.parametrize(
    "cells",
    [
        {"announced": "2024-09-01"},
        {"amount": "50000000"},
        {"kind": "debt"},
        {"currency": "JPY", "amount": "72000000"},
        {"org_id": "org-two"},
    ],
)
def test_deals_that_differ(tiny: Tiny, cells: dict[str, str]) -> None:
    tiny.add(DEALS, like=2, deal_id="one-2024-b", announced="2024-06-20")
    assert any("near-duplicate-deal" in line for line in tiny.warnings())
    tiny.set(DEALS, 5, **cells)
    assert not any("near-duplicate-deal" in line for line in tiny.warnings())


def test_deal_slip(tiny: Tiny) -> None:
    tiny.set(DEALS, 3, amount="7200000")
    (found,) = warned(tiny, (f"{DEALS}:3:7", "deal-slip"))
    assert "a factor of 10" in found
    tiny.set(DEALS, 3, currency="JPY")
    assert not any("deal-slip" in line for line in tiny.warnings())
