"""Choices in the URL, what sources differ on, investors by spelling: the words' logic."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import Filters
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui.pick import investment as pick_investment
from observatory.views.investment import data as investment_data
from observatory.views.investment import investors as investment_investors
from observatory.views.investment.choice import Choice, read
from observatory.views.investment.parts import original, rate, spelled
from observatory.views.investment.sources import differences

T = translator("en")
KNOWN = frozenset(SCOPE + COMPARATORS)


def source(**more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "row_id": "d1", "deal_id": "k", "is_lead": True, "kind": "round", "round": None, "org_id": "o",
        "org_name": "Org", "org_economy_id": "KOR", "announced": "2026-05",
        "period_start": dt.date(2026, 5, 1), "period_end": dt.date(2026, 5, 31), "amount": None,
        "currency": None, "amount_usd_m": None, "usd": None, "usd_basis": "no_amount", "usd_rate": None,
        "usd_rate_period": None, "post_money_usd_m": None, "host_economy": None, "commitment": "closed",
        "status": "reported", "source_id": "s", "known_on": dt.date(2026, 6, 1),
    }  # fmt: skip
    return {**base, **more}


def party(name: str, role: str = "investor", **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "deal_id": "k", "party_kind": "name", "party_id": None, "party_name": name, "role": role,
        "org_name": None, "org_native_name": None, "org_language": None, "economy_id": None,
    }  # fmt: skip
    return {**base, **more}


# Choices -----------------------------------------------------------------------------------------


def test_what_the_url_says_is_read_and_written_back() -> None:
    extra = (("firm", "closed"), ("flow", "USA-unknown"), ("group", "rounds"), ("page", "3"))
    choice, notes = read(Filters(extra=extra), "/flows", KNOWN)
    assert not notes
    assert (choice.group, choice.firm, choice.page, choice.flow) == (
        "rounds", "closed", 3, ("USA", "unknown"),
    )  # fmt: skip
    assert choice.href(page=3) == "/flows?group=rounds&firm=closed&page=3&flow=USA-unknown"
    # Another choice starts the list anew, nothing chosen leaves the bare page.
    assert choice.href(sort="-newest").count("page=") == 0
    assert Choice().href() == "/investment"


@pytest.mark.parametrize(
    ("name", "value"),
    [("group", "everything"), ("firm", "spent"), ("sort", "-price"), ("page", "0"), ("page", "x"),
     ("page", "999999"), ("flow", "USA"), ("flow", "USA-XYZ"), ("flow", "-")],
)  # fmt: skip
def test_what_cannot_be_used_gives_a_note_and_the_default(name: str, value: str) -> None:
    choice, notes = read(Filters(extra=((name, value),)), "/flows", KNOWN)
    assert [note.value for note in notes] == [f"{name}={value}"]
    assert choice == Choice("/flows")


@given(
    st.dictionaries(
        st.sampled_from(["group", "firm", "sort", "page", "flow"]), st.text(max_size=30)
    )
)
def test_no_address_breaks_the_page(extra: dict[str, str]) -> None:
    choice, notes = read(Filters(extra=tuple(sorted(extra.items()))), "/investment", KNOWN)
    assert choice.page >= 1
    assert len(notes) <= len(extra)


@pytest.mark.parametrize("chosen", [*PRESETS, "MYS", "USA"])
def test_a_group_or_an_economy_is_chosen_and_shown_again(chosen: str) -> None:
    before = Filters(extra=(("group", "plans"), ("page", "4")))
    after = pick_investment.changed(before, chosen)
    assert pick_investment.current(after) == chosen
    assert after.extra == (("group", "plans"),)


def test_other_values_choose_nothing() -> None:
    for value in (None, "own", "XYZ", 3):
        assert pick_investment.changed(Filters(), value) == Filters()
    assert pick_investment.current(Filters(economies=("KOR", "MYS"))) == "own"


# What sources differ on --------------------------------------------------------------------------


def test_three_sources_that_disagree_are_said_to() -> None:
    rows = [
        source(amount=50e9, currency="CNY", usd=7.4e9, post_money_usd_m=50000.0),
        source(amount=51e9, currency="CNY", usd=7.5e9, commitment="unknown"),
        source(
            amount=50e9, currency="CNY", usd=7.4e9, post_money_usd_m=59000.0, announced="2026-06"
        ),
    ]
    assert differences(rows, T) == ["amount", "valuation", "firmness"]


def test_other_currency_rounding_or_width_of_a_date_is_no_difference() -> None:
    wide = source(
        period_start=dt.date(2026, 1, 1), period_end=dt.date(2026, 12, 31), announced="2026"
    )
    assert differences([source(), wide], T) == []
    yuan = source(amount=2.723e9, currency="HKD", usd=348e6, usd_basis="rate")
    assert differences([source(usd=350e6, usd_basis="source"), yuan], T) == []
    assert differences([source(usd=350e6), source(usd=234e6)], T) == ["amount"]
    later = source(period_start=dt.date(2026, 7, 1), period_end=dt.date(2026, 7, 31))
    assert differences([source(), later], T) == ["date"]


def test_an_amount_says_where_its_dollars_come_from() -> None:
    won = source(amount=1e12, currency="KRW", usd=7e8, usd_basis="rate", usd_rate=1400.0,
                 usd_rate_period="2025")  # fmt: skip
    assert original(won, T).replace("\xa0", " ") == "₩1 tn"
    assert rate(won, T) == "at 1,400 per US$ in 2025"
    assert "so far" in rate({**won, "usd_basis": "rate_part_year"}, T)
    none = source(amount=1e9, currency="VND", usd_basis="no_rate", usd_rate_period="2025")
    assert rate(none, T) == "no exchange rate on file for VND in 2025"
    assert original(source(), T) == ""


# Deals from rows ---------------------------------------------------------------------------------


def test_the_place_a_source_names_goes_before_the_home_of_who_receives() -> None:
    home = party("Org", "receiver", party_kind="organization", party_id="o", economy_id="KOR")
    found = investment_data.assemble([source()], [home], [])
    assert (found.deals[0].receiver, found.deals[0].hosted) == ("KOR", False)
    found = investment_data.assemble([source(host_economy="MYS")], [home], [])
    assert (found.deals[0].receiver, found.deals[0].hosted) == ("MYS", True)
    # A second source may know what the leading one does not say; two places are several.
    other = source(row_id="d2", is_lead=False, host_economy="THA")
    assert investment_data.assemble([source(), other], [home], []).deals[0].receiver == "THA"
    both = investment_data.assemble([source(host_economy="MYS"), other], [home], [])
    assert both.deals[0].receiver == "several"


def test_context_and_what_was_told_again_are_in_no_sum() -> None:
    first = source(deal_id="plan", row_id="p1", usd=7.0, note="Mainly ships; context row")
    early = source(
        deal_id="fund-1", row_id="f1", usd=100.0, commitment="pledged", kind="public_fund"
    )
    late = source(
        deal_id="fund-2", row_id="f2", usd=150.0, commitment="committed", kind="public_fund"
    )
    link = {
        "deal_id": "fund-1",
        "relation": "became",
        "related_deal_id": "fund-2",
        "basis": "one fund",
    }
    found = investment_data.assemble([first, early, late], [], [link])
    assert {d.deal_id: d.aside for d in found.deals} == {
        "plan": "context",
        "fund-1": "later",
        "fund-2": "",
    }
    assert found.kept == {"fund-2"}
    assert [one.relation for one in found.links["fund-2"]] == ["was"]
    # Where the later word is in dispute, or not known yet, the earlier one stands.
    for rows in ([early], [early, {**late, "status": "disputed"}]):
        alone = investment_data.assemble(rows, [], [link])
        assert next(d for d in alone.deals if d.deal_id == "fund-1").aside == ""


def test_a_name_that_cannot_be_placed_makes_the_payer_unknown() -> None:
    one = party("Nvidia", party_kind="organization", party_id="nvidia", economy_id="USA")
    assert investment_data.assemble([source()], [one], []).deals[0].payer == "USA"
    some = [one, party("Somebody")]
    assert investment_data.assemble([source()], some, []).deals[0].payer == "unknown"


def test_investors_are_merged_by_spelling_and_id_only() -> None:
    rows = [source(), source(row_id="d2", deal_id="k2"), source(row_id="d3", deal_id="k3")]
    named = [
        party("CYGG （58集团）"), party("CYGG (58集团)"), party("cygg(58集团)", deal_id="k2"),
        party("CYGG", deal_id="k3"),
        party("腾讯", party_kind="organization", party_id="tencent", economy_id="CHN"),
        party("Tencent", deal_id="k2", party_kind="organization", party_id="tencent", economy_id="CHN"),
    ]  # fmt: skip
    found = investment_investors.investors(investment_data.assemble(rows, named, []), ("KOR",))
    assert [(len(one.deals), one.resolved) for one in found] == [(2, True), (2, False), (1, False)]
    reading = investment_investors.reading(investment_data.assemble(rows, named, []), ("KOR",))
    assert (reading.mentions, reading.placed, reading.names) == (5, 2, 2)
    assert spelled("Ａ Ｂ") == spelled("ab")
