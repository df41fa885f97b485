"""Pools, gaps and invitations: the rules, their properties, and the shipped data by another road."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis.coalition import (
    added,
    contributions,
    gap_closed,
    invitations,
    pool,
    rule_of,
)
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.views.coalition import brief as coalition_brief
from observatory.views.coalition import enablers as coalition_enablers
from observatory.views.coalition import page as coalition
from observatory.views.coalition import pool as coalition_pool
from observatory.views.measures import Catalogue
from tests.conftest import ROOT

WHO = ("AUS", "IND", "IDN", "KOR", "SGP", "CHN", "USA")


def section(values: dict[str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"entity_id": who, "value": value, "row_id": f"o{who}", "period": "2025"}
            for who, value in values.items()
        ],
        columns=["entity_id", "value", "row_id", "period"],
    )


VALUES = st.dictionaries(st.sampled_from(WHO), st.floats(0, 1e9) | st.none(), max_size=len(WHO))
MEMBERS = st.lists(st.sampled_from(WHO), min_size=1, max_size=6, unique=True)


@given(VALUES, MEMBERS)
def test_a_sum_is_that_of_the_known_members_and_names_the_others(
    values: dict[str, float | None], members: list[str]
) -> None:
    found = pool("x", section(values), members, "sum")
    known = [values[who] for who in members if values.get(who) is not None]
    assert found.total == (pytest.approx(sum(v for v in known if v is not None)) if known else None)
    assert set(found.missing) == {who for who in members if values.get(who) is None}
    assert len(found.parts) + len(found.missing) == len(members)


@given(VALUES, MEMBERS)
def test_the_best_member_stands_for_all_where_that_is_the_rule(
    values: dict[str, float | None], members: list[str]
) -> None:
    known = [v for who in members if (v := values.get(who)) is not None]
    most = pool("x", section(values), members, "max")
    least = pool("x", section(values), members, "max", higher_is_better=False)
    assert most.total == (max(known) if known else None)
    assert least.total == (min(known) if known else None)
    if known:
        assert most.parts["value"].iloc[0] == max(known)
        assert least.parts["value"].iloc[0] == min(known)


def test_shares_and_indices_have_no_total_and_refuse_to_be_added() -> None:
    assert [rule_of(word) for word in ("sum", "max", "none", "", "mean")] == [
        "sum", "max", "range", "range", "range",
    ]  # fmt: skip
    found = pool("x", section({"KOR": 30.0, "SGP": 60.0}), ["KOR", "SGP"], "range")
    assert found.total is None
    assert (found.low, found.high) == (30.0, 60.0)
    with pytest.raises(ValueError, match="are not added"):
        added(found, 1.0)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.1, 1e6))
def test_a_gap_closed_lies_between_nothing_and_all(have: float, value: float, rival: float) -> None:
    current = pool("x", section({"KOR": have}), ["KOR"], "sum")
    closed = gap_closed(current, value, rival)
    if have >= rival:
        assert closed is None
    else:
        assert closed is not None
        assert 0.0 <= closed <= 1.0
        assert closed == pytest.approx(min(value / (rival - have), 1.0), abs=1e-9)


def test_a_pool_lists_its_members_largest_first_and_keeps_the_columns() -> None:
    frame = section({"KOR": 30.0, "SGP": 60.0, "AUS": 45.0})
    for rule in ("sum", "range"):
        found = pool("x", frame, ["KOR", "SGP", "AUS"], rule, higher_is_better=False)
        assert found.parts["entity_id"].tolist() == ["SGP", "AUS", "KOR"]
    assert found.parts.columns.tolist() == frame.columns.tolist()


def test_a_pool_is_held_against_any_rival_above_nothing() -> None:
    current = pool("x", section({"KOR": 3.0}), ["KOR"], "sum")
    assert current.against(0.5) == 6.0
    assert current.against(0.0) is None
    assert current.against(None) is None


def test_joining_the_best_counts_only_if_better_and_joining_nobody_counts_from_zero() -> None:
    best = pool("x", section({"KOR": 3.0}), ["KOR"], "max")
    assert (added(best, 2.0), added(best, 5.0)) == (3.0, 5.0)
    empty = pool("x", section({"KOR": None}), ["KOR"], "sum")
    assert (added(empty, 4.0), gap_closed(empty, 4.0, 16.0)) == (4.0, 0.25)
    rank = pool("x", section({"KOR": None}), ["KOR"], "max", higher_is_better=False)
    assert gap_closed(rank, 4.0, 1.0) is None


def test_where_less_is_better_the_gap_runs_the_other_way() -> None:
    current = pool("rank", section({"KOR": 9.0}), ["KOR"], "max", higher_is_better=False)
    assert gap_closed(current, 5.0, 1.0) == pytest.approx(0.5)
    assert gap_closed(current, 12.0, 1.0) == 0.0
    assert gap_closed(current, 5.0, 10.0) is None


def test_an_invitation_weighs_pillars_alike_and_places_only_the_known() -> None:
    sections = {
        "a1": section({"KOR": 0.0, "CHN": 100.0, "IND": 100.0, "SGP": 0.0, "AUS": 50.0}),
        "a2": section({"KOR": 0.0, "CHN": 100.0, "IND": 100.0, "SGP": 0.0}),
        "b1": section({"KOR": 0.0, "CHN": 100.0, "IND": 0.0, "SGP": 60.0}),
    }
    pools = {key: pool(key, frame, ["KOR"], "sum") for key, frame in sections.items()}
    found = contributions(pools, sections, ["IND", "SGP", "AUS"], "CHN")
    placed = invitations(found, {"a1": "a", "a2": "a", "b1": "b"}, list(pools)).set_index(
        "entity_id"
    )
    assert placed.loc["IND", "closed"] == pytest.approx(0.5)
    assert placed.loc["SGP", "closed"] == pytest.approx(0.3)
    assert pd.isna(placed.loc["AUS", "closed"])  # One of three measures is too little.
    assert placed.index.tolist() == ["IND", "SGP", "AUS"]
    assert (placed.loc["AUS", "n"], placed.loc["AUS", "of"]) == (1, 3)


@given(VALUES, VALUES)
def test_more_of_anything_never_makes_an_invitation_worse(
    low: dict[str, float | None], high: dict[str, float | None]
) -> None:
    first = {**low, "CHN": 100.0, "KOR": 1.0, "IND": 5.0}
    second = {**first, "IND": 5.0 + abs(high.get("IND") or 0.0)}
    scores = []
    for values in (first, second):
        frame = section(values)
        pools = {"x": pool("x", frame, ["KOR"], "sum")}
        found = contributions(pools, {"x": frame}, ["IND"], "CHN")
        scores.append(invitations(found, {"x": "p"}, ["x"])["closed"].iloc[0])
    assert scores[1] >= scores[0]


# The shipped data -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def five(catalogue: Catalogue) -> coalition.Coalition:
    return coalition.Coalition(catalogue, coalition.GROUPS["third-way5"], None)


def values_of(indicator: str, period: str) -> dict[str, set[float]]:
    """Values by economy straight from the curated files."""
    found: dict[str, set[float]] = defaultdict(set)
    for path in sorted(Path(ROOT, "data", "observations").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["indicator_id"] == indicator and row["period"] == period:
                    found[row["entity_id"]].add(float(row["value"]))
    return found


@pytest.mark.parametrize("indicator", ["github_developers", "top500_rmax_pflops", "gdp_usd_bn_imf"])
def test_pools_against_the_files(five: coalition.Coalition, indicator: str) -> None:
    pooled = five.pools[indicator]
    assert len(pooled.periods) == 1
    filed = values_of(indicator, pooled.periods[0])
    single = {who: next(iter(found)) for who, found in filed.items() if len(found) == 1}
    members = [who for who in five.members if who in single]
    assert len(members) >= 4
    assert pooled.total == pytest.approx(sum(single[who] for who in members))
    assert five.ratio(indicator, "CHN") == pytest.approx(pooled.total / single["CHN"])
    row = five.added[(five.added["entity_id"] == "JPN") & (five.added["indicator_id"] == indicator)]
    if indicator not in coalition.SIZE:
        assert row["growth"].iloc[0] == pytest.approx(single["JPN"] / pooled.total)


def test_nothing_is_summed_that_its_rule_forbids(five: coalition.Coalition) -> None:
    assert len(five.measures) >= 12
    assert len(five.refused) >= 10
    for item in five.measures:
        assert item.row["aggregation"] in ("sum", "max")
    for item in five.refused:
        assert item.row["aggregation"] == "none"
    assert not {item.id for item in five.measures} & {item.id for item in five.refused}


def test_a_member_without_a_value_is_named_and_never_zero(five: coalition.Coalition) -> None:
    missing = {key: pooled.missing for key, pooled in five.pools.items() if pooled.missing}
    assert missing
    card = coalition_pool.pool_card(five)
    assert card.body is not None
    for members in missing.values():
        assert five.names(members) in card.body.html


def test_instruments_are_counted_once_and_lapsed_ones_not(five: coalition.Coalition) -> None:
    found = coalition_enablers.instruments(five)
    assert not found.duplicated(["title", "date", "parties"]).any()
    superseded = found[found["policy_status"] == "superseded"]
    assert (superseded["standing"] == "over").all()
    assert all(len(parties.split(",")) >= 2 for parties in found["parties"])


@pytest.mark.parametrize("lang", ["en", "ja", "ko", "zh-Hans", "zh-Hant"])
def test_every_coalition_has_its_brief(db: Database, lang: str) -> None:
    data = Catalogue(db, translator(lang))
    for group in (*coalition.GROUPS, "CHN,USA", "THA,PHL", "CHN,JPN,KOR"):
        members, bad = coalition.members_of(group)
        assert not bad
        made = coalition.Coalition(data, members, None)
        assert coalition_pool.finding(made)
        lines = coalition_brief.sentences(made)
        assert lines
        assert not [line for line in lines if "nan" in line or "None" in line or "{" in line]
        # Compute, capital and talent first; no ratio that says only that things were counted differently.
        first = coalition_brief._first(made, made.rival) if made.rival else []
        assert all(item.short in lines[0] for item in first)
        shares = [
            float(found.replace(",", ""))
            for line in lines
            for found in re.findall(r"([\d,]+)\s?%", line)
        ]
        assert max(shares, default=0) < 200


@given(st.text(max_size=40))
def test_any_link_gives_members(text: str) -> None:
    members, _ = coalition.members_of(text)
    assert len(members) >= 2
    assert coalition.members_of(coalition.parameter(members)) == (members, [])


def test_groups_travel_by_name_in_any_order() -> None:
    assert coalition.parameter(["SGP", "KOR", "IDN", "IND", "AUS"]) == "third-way5"
    assert coalition.members_of("SGP,KOR,XXX") == (("KOR", "SGP"), ["XXX"])
    assert coalition.members_of("KOR") == (coalition.GROUPS["third-way5"], ["KOR"])
