"""Totals of the investment pages against the CSV files: reckoned again by other means."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from observatory.analysis import money_flows as mf
from observatory.model.scope import SCOPE
from observatory.views.investment import data as investment_data
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

CAPITAL = Path(__file__).resolve().parents[2] / "data" / "capital"
KINDS = {
    "capex_plan": "plans", "public_fund": "public", "budget": "public", "grant": "public",
    "round": "rounds", "strategic": "rounds", "cornerstone": "cornerstones", "debt": "debt",
    "m_and_a": "takeovers", "other": "other",
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (CAPITAL / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def money(catalogue: Catalogue) -> investment_data.Money:
    return investment_data.load(catalogue)


def rates() -> dict[tuple[str, str], float]:
    return {(r["currency"], r["period"]): float(r["units_per_usd"]) for r in table("fx_rates.csv")}


def dollars(row: dict[str, str], rate: dict[tuple[str, str], float]) -> float | None:
    """The source's own dollars, else the amount at the rate of the year it was announced."""
    if row["amount_usd_m"]:
        return float(row["amount_usd_m"]) * 1e6
    if not row["amount"]:
        return None
    if row["currency"] == "USD":
        return float(row["amount"])
    found = rate.get((row["currency"], row["announced"].removeprefix("FY")[:4]))
    return None if found is None else float(row["amount"]) / found


def test_each_deal_of_the_files_is_there_once(money: investment_data.Money) -> None:
    rows = table("deals.csv")
    assert sorted(deal.deal_id for deal in money.deals) == sorted({r["deal_id"] for r in rows})
    counts = Counter(r["deal_id"] for r in rows)
    assert {key: len(some) for key, some in money.rows.items()} == dict(counts)


def test_totals_are_those_of_the_files_with_each_deal_once(money: investment_data.Money) -> None:
    """Every class and kind, reckoned again from the rows: one amount a deal, no linked pair twice."""
    rate = rates()
    rows = defaultdict(list)
    for row in table("deals.csv"):
        rows[row["deal_id"]].append(row)
    links = table("deal_links.csv")
    related = [(r["deal_id"], r["related_deal_id"]) for r in links]
    # Money that was told again, firmer, counts where it was told last.
    later = {r["deal_id"] for r in links if r["relation"] == "became"}
    expected: dict[tuple[str, str], float] = defaultdict(float)
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    amounts: dict[str, float] = {}
    cells: dict[str, tuple[str, str]] = {}
    for deal in money.deals:
        # Which row leads is the build's choice; what it says is read from the file again.
        lead = money.lead(deal.deal_id)
        mine = next(
            r for r in rows[deal.deal_id]
            if (r["source_id"], int(r["line"])) == (lead["source_id"], lead["line"])
        )  # fmt: skip
        usd = dollars(mine, rate)
        assert deal.usd == (None if usd is None else pytest.approx(usd))
        cells[deal.deal_id] = (KINDS[mine["kind"]], mine["commitment"])
        remark = mine["note"].lower()
        aside = deal.deal_id in later or "context row" in remark or "kept for context" in remark
        if (
            usd is not None
            and not aside
            and deal.status not in ("disputed", "unchecked", "superseded")
        ):
            amounts[deal.deal_id] = usd
    for key in sorted(amounts, key=lambda k: (-amounts[k], k)):
        rivals = {b if a == key else a for a, b in related if key in (a, b)}
        if rivals & set(taken[cells[key]]):
            continue
        taken[cells[key]].append(key)
        expected[cells[key]] += amounts[key]
    for group in mf.GROUPS:
        for firm in mf.CLASSES:
            found = mf.tally(money.of(group=group, firm=firm), money.kept)
            assert found.usd == pytest.approx(expected[group, firm]), (group, firm)
            assert found.counted == len(set(taken[group, firm])), (group, firm)
            ids = [d.deal_id for d in found.deals if not mf.reason(d, money.kept)]
            assert len(ids) == len(set(ids)) == found.counted


def test_totals_by_economy_and_flows_add_up_to_the_whole(money: investment_data.Money) -> None:
    for group in mf.GROUPS:
        for firm in mf.CLASSES:
            deals = money.of(group=group, firm=firm)
            whole = mf.tally(deals, money.kept).usd
            parts = mf.by(deals, money.kept, lambda deal: deal.receiver)
            assert sum(one.usd for one in parts.values()) == pytest.approx(whole)
            found = mf.flows(deals, money.kept)
            assert sum(flow.tally.usd for flow in found) == pytest.approx(whole)


def test_what_is_announced_for_malaysia(money: investment_data.Money) -> None:
    """By hand from the rows: six plans count, two may be part of others, one has no amount."""
    plans = mf.tally(money.of(group="plans", firm="pledged", into=["MYS"]), money.kept)
    assert plans.usd == pytest.approx((6500 + 6200 + 4290 + 2200 + 2130 + 2000) * 1e6)
    assert (plans.n, plans.counted, plans.parts, plans.unchecked) == (9, 6, 2, 1)
    for firm in ("committed", "closed"):
        assert not money.of(firm=firm, into=["MYS"])


def test_cornerstones_are_added_to_no_listing_and_listings_are_no_deals(
    money: investment_data.Money,
) -> None:
    listings = {r["event_id"] for r in table("ipo_events.csv")} | {
        r["ipo_id"] for r in table("ipo_events.csv")
    }
    assert not listings & {deal.deal_id for deal in money.deals}
    tranches = {r["deal_id"] for r in table("deals.csv") if r["kind"] == "cornerstone"}
    assert {d.deal_id for d in money.deals if d.group == "cornerstones"} == tranches
    assert mf.GROUPS["cornerstones"] == ("cornerstone",)


def test_sources_that_differ_on_a_deal_are_all_kept(money: investment_data.Money) -> None:
    rows = money.rows["deepseek-2026-06-first-external-round"]
    assert sorted(row["amount"] for row in rows) == [50e9, 50e9, 51e9]
    values = [row["post_money_usd_m"] for row in rows if clean(row["post_money_usd_m"])]
    assert sorted(values) == [50000, 59000]
    sarvam = next(d for d in money.deals if d.deal_id == "sarvam-2026-round")
    assert (sarvam.status, sarvam.deal_id in money.kept) == ("disputed", False)


def test_no_party_is_placed_without_an_id_and_all_ids_exist(money: investment_data.Money) -> None:
    rows = table("deal_parties.csv")
    assert all(bool(r["party_id"]) == (r["party_kind"] != "name") for r in rows)
    named = Counter(r["party_kind"] for r in rows if r["role"] == "investor")
    assert named["name"] > named["organization"] > named["economy"] > 0
    for some in money.parties.values():
        for party in some:
            if party["party_kind"] == "economy":
                assert party["economy_id"] == party["party_id"]
            elif party["party_kind"] == "name":
                assert not clean(party["economy_id"])


def test_years_are_those_of_announcement(catalogue: Catalogue) -> None:
    only = Catalogue(catalogue.db, catalogue.t, years=(2024, 2024))
    found = investment_data.load(only)
    ids = {r["deal_id"] for r in table("deals.csv") if r["announced"][:4] == "2024"}
    assert {deal.deal_id for deal in found.deals} <= ids
    assert len(found.deals) > 20
    assert {deal.year for deal in found.deals} == {2024}


def test_scope_totals_name_every_economy_once(money: investment_data.Money) -> None:
    one_by_one = sum(
        mf.tally(money.of(group="plans", firm="pledged", into=[code]), money.kept).usd
        for code in SCOPE
    )
    together = mf.tally(money.of(group="plans", firm="pledged", into=SCOPE), money.kept).usd
    assert one_by_one == pytest.approx(together)
