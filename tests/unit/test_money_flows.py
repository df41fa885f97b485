"""Money counted once: totals of one class, flows that add up, pairs of which one counts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import money_flows as mf
from observatory.analysis.money_flows import SEVERAL, UNKNOWN, Deal

ENDS = ("KOR", "JPN", "USA", "MYS", UNKNOWN, SEVERAL)
STATUSES = ("reported", "confirmed", "official", "disputed", "unchecked", "superseded")


def deal(key: str, usd: float | None = 1.0, **more: object) -> Deal:
    base: dict[str, object] = {
        "deal_id": key, "row_id": f"d{key}", "group": "plans", "firm": "pledged",
        "status": "reported", "usd": usd, "why": "" if usd is not None else "no_amount",
        "payer": "USA", "receiver": "MYS",
    }  # fmt: skip
    return Deal(**{**base, **more})  # type: ignore[arg-type]


deals_lists = st.lists(
    st.builds(
        deal,
        st.integers(0, 30).map(lambda i: f"k{i}"),
        st.one_of(st.none(), st.integers(0, 10**12).map(float)),
        status=st.sampled_from(STATUSES),
        payer=st.sampled_from(ENDS),
        receiver=st.sampled_from(ENDS),
        aside=st.sampled_from(["", "", "", "context", "later"]),
    ),
    max_size=25,
    unique_by=lambda one: one.deal_id,
)
links_lists = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (f"k{p[0]}", f"k{p[1]}")),
    max_size=12,
)


@given(deals_lists, links_lists, st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(
    deals: list[Deal], links: list[tuple[str, str]], chance: Random
) -> None:
    shuffled = deals + deals[: len(deals) // 2]
    chance.shuffle(shuffled)
    kept = mf.apart(deals, links)
    assert mf.apart(shuffled, links[::-1]) == kept
    assert mf.tally(shuffled, kept) == mf.tally(deals, kept)


@given(deals_lists, links_lists)
def test_every_deal_is_counted_or_left_out_for_one_reason(
    deals: list[Deal], links: list[tuple[str, str]]
) -> None:
    kept = mf.apart(deals, links)
    found = mf.tally(deals, kept)
    assert found.n == len(deals) == found.counted + found.left_out
    assert found.left_out == (
        found.no_amount
        + found.no_rate
        + found.disputed
        + found.unchecked
        + found.parts
        + found.context
        + found.later
    )
    assert found.usd == sum(d.usd or 0 for d in deals if d.deal_id in kept)
    assert all(d.status not in mf.BARRED and d.usd is not None for d in deals if d.deal_id in kept)


@given(deals_lists, links_lists)
def test_no_two_linked_deals_count_and_none_is_lost_without_a_rival(
    deals: list[Deal], links: list[tuple[str, str]]
) -> None:
    kept = mf.apart(deals, links)
    by_id = {d.deal_id: d for d in deals}
    for one, two in links:
        assert one == two or not {one, two} <= kept
    for lost in (d for d in deals if d.countable and d.deal_id not in kept):
        rivals = {b if a == lost.deal_id else a for a, b in links if lost.deal_id in (a, b)}
        winners = [by_id[key] for key in rivals & kept]
        assert winners
        assert all((w.usd or 0) >= (lost.usd or 0) for w in winners)


@given(deals_lists, links_lists)
def test_flows_add_up_to_the_total_and_nothing_is_shared_out(
    deals: list[Deal], links: list[tuple[str, str]]
) -> None:
    kept = mf.apart(deals, links)
    found = mf.flows(deals, kept)
    assert sum(f.tally.usd for f in found) == pytest.approx(mf.tally(deals, kept).usd)
    assert sum(f.tally.n for f in found) == len(deals)
    assert len({(f.payer, f.receiver) for f in found}) == len(found)
    whole = mf.tally(deals, kept).usd
    for share in mf.unknown_share(found):
        assert 0 <= share <= 1 + 1e-9
    placed = sum(
        f.tally.usd for f in found if not {f.payer, f.receiver} & {UNKNOWN, SEVERAL}
    )  # fmt: skip
    assert placed <= whole + 1e-6
    for b in mf.balances(found):
        assert b.economy not in (UNKNOWN, SEVERAL)
    outside = sum(b.outgoing for b in mf.balances(found))
    assert outside == pytest.approx(sum(b.incoming for b in mf.balances(found)))


@given(deals_lists)
def test_a_payer_that_becomes_unknown_moves_money_and_loses_none(deals: list[Deal]) -> None:
    kept = mf.apart(deals, ())
    blind = [
        deal(d.deal_id, d.usd, status=d.status, receiver=d.receiver, payer=UNKNOWN) for d in deals
    ]
    assert mf.tally(blind, kept).usd == mf.tally(deals, kept).usd
    found = mf.flows(blind, kept)
    assert {f.payer for f in found} <= {UNKNOWN}
    assert not found or mf.unknown_share(found)[0] in (0.0, pytest.approx(1.0))


def test_classes_and_kinds_are_never_added() -> None:
    pledged, closed = deal("a"), deal("b", firm="closed")
    with pytest.raises(ValueError, match="never added"):
        mf.tally([pledged, closed], frozenset({"a", "b"}))
    with pytest.raises(ValueError, match="never added"):
        mf.tally([pledged, deal("c", group="rounds")], frozenset())
    # A part in another class is a sum of its own: pledged first, closed later.
    assert mf.apart([pledged, closed], [("a", "b")]) == {"a", "b"}


def test_the_larger_of_a_pair_counts() -> None:
    plan, part = deal("plan", 10.0), deal("part", 3.0)
    kept = mf.apart([part, plan], [("part", "plan")])
    assert kept == {"plan"}
    assert mf.reason(part, kept) == "part"
    disputed = deal("plan", 10.0, status="disputed")
    assert mf.apart([part, disputed], [("part", "plan")]) == {"part"}


def test_one_row_a_deal_the_leading_one() -> None:
    rows = [
        {"deal_id": "a", "row_id": "d2", "is_lead": False},
        {"deal_id": "a", "row_id": "d3", "is_lead": True},
        {"deal_id": "b", "row_id": "d9", "is_lead": False},
        {"deal_id": "b", "row_id": "d1", "is_lead": False},
    ]
    for some in (rows, rows[::-1], rows * 3):
        assert [row["row_id"] for row in mf.once(some)] == ["d3", "d1"]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([], UNKNOWN),
        (["KOR"], "KOR"),
        (["KOR", "KOR"], "KOR"),
        (["KOR", "JPN"], SEVERAL),
        (["KOR", None], UNKNOWN),
        (["KOR", "JPN", None], UNKNOWN),
        ([""], UNKNOWN),
    ],
)
def test_a_side_is_known_only_if_all_who_are_named_can_be_placed(
    named: list[str | None], found: str
) -> None:
    assert mf.side(named) == found


def test_every_kind_of_deal_has_one_group() -> None:
    from observatory.model.vocab import DealKind

    kinds = [kind for some in mf.GROUPS.values() for kind in some]
    assert sorted(kinds) == sorted(str(kind) for kind in DealKind)


def test_what_stands_aside_is_in_no_sum_and_said_so() -> None:
    deals = [deal("a", 5.0), deal("b", 7.0, aside="context"), deal("c", 9.0, aside="later")]
    kept = mf.apart(deals, [("a", "c")])
    found = mf.tally(deals, kept)
    # What is aside takes no place from a deal that counts.
    assert (found.usd, found.n, found.counted) == (5.0, 3, 1)
    assert (found.context, found.later, found.parts) == (1, 1, 0)
    assert sum(flow.tally.usd for flow in mf.flows(deals, kept)) == 5.0


FOUR = [
    deal("home", 8.0, payer="KOR", receiver="KOR"),
    deal("in", 4.0, payer="USA", receiver="KOR"),
    deal("out", 2.0, payer="KOR", receiver="JPN"),
    deal("from", 1.0, payer=UNKNOWN, receiver="KOR"),
    deal("to", 0.5, payer="KOR", receiver=SEVERAL),
    deal("else", 16.0, payer="USA", receiver="JPN"),
]


def test_an_economys_money_by_its_side_the_largest_first() -> None:
    found = mf.flows(FOUR, mf.apart(FOUR, ()))
    assert [flow.tally.usd for flow in found] == [16.0, 8.0, 4.0, 2.0, 1.0, 0.5]
    first, second, third = mf.balances(found)
    assert (first.economy, first.outgoing, first.home) == ("USA", 20.0, 0.0)
    assert (second.economy, second.incoming) == ("JPN", 18.0)
    assert third == mf.Balance("KOR", 8.0, 4.0, 2.0, from_unknown=1.0, to_unknown=0.5, n=5)
    assert mf.unknown_share(found) == (pytest.approx(1 / 31.5), pytest.approx(0.5 / 31.5))


def test_tallies_by_a_property_the_largest_first_then_the_more_numerous() -> None:
    deals = [
        deal("a", 1.0, payer="JPN"), deal("b", 5.0, payer="KOR"), deal("c", 3.0, payer="USA"),
        deal("d", 2.0, payer="MYS"), deal("e", 1.0, payer="MYS"), deal("f", 3.0, payer="CHN"),
    ]  # fmt: skip
    found = mf.by(deals, mf.apart(deals, ()), lambda one: one.payer)
    assert {name: (one.usd, one.n) for name, one in found.items()} == {
        "KOR": (5.0, 1), "MYS": (3.0, 2), "CHN": (3.0, 1), "USA": (3.0, 1), "JPN": (1.0, 1),
    }  # fmt: skip
    assert list(found) == ["KOR", "MYS", "CHN", "USA", "JPN"]


def test_a_tally_lists_its_deals_the_largest_first_with_each_reason() -> None:
    deals = [
        deal("a", 1.0), deal("b", 5.0), deal("c", None, why="no_rate"), deal("d", None),
        deal("e", 2.0, status="superseded"), deal("f", 9.0, status="disputed"),
    ]  # fmt: skip
    found = mf.tally(deals, mf.apart(deals, ()))
    assert [one.deal_id for one in found.deals] == ["f", "b", "e", "a", "c", "d"]
    assert (found.no_rate, found.no_amount, found.unchecked, found.disputed) == (1, 1, 1, 1)


def test_a_kind_nobody_grouped_is_other() -> None:
    assert mf.group_of("grant") == "public"
    assert mf.group_of("a kind of tomorrow") == "other"
