"""From curated rows to cells: who speaks, what is barred, what is compared, which row leads."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from tiny import Tiny

from etl.context import Context
from etl.derive.cells import Cell, build_cells, lead
from etl.derive.frames import build_frames
from observatory.model.ids import ROW_ID

LAST = date(2026, 12, 31)
OBS = "observations/adoption.csv"
DEALS = "capital/deals.csv"


def context(tiny: Tiny) -> Context:
    found = tiny.check()
    assert found.errors == []
    return Context(found.data)


def cell(tiny: Tiny, table: str, row_count: int, value: float) -> Cell:
    """The cell of a table with so many rows, one of which holds a value."""
    (found,) = [
        one
        for one in build_cells(context(tiny))
        if one.table == table
        and len(one.candidates) == row_count
        and any(row.value == value for row in one.candidates)
    ]
    return found


def words(found: Cell) -> set[str]:
    return {str(status) for _, status, _ in found.intervals[-1].state.statuses}


def test_a_note_can_bar_a_value(tiny: Tiny) -> None:
    tiny.set(OBS, 2, note="Do not chart: another base")
    found = cell(tiny, "observations", 1, 40.1)
    assert words(found) == {"unchecked"}
    assert found.intervals[-1].state.chosen is None


@pytest.mark.parametrize(
    ("origin", "own"), [("Org One", True), ("一号", True), ("ORG ONE", True), ("Org", False)]
)
def test_a_source_whose_origin_is_the_organisation_is_its_own_voice(
    tiny: Tiny, origin: str, own: bool
) -> None:
    tiny.set("sources.csv", 4, origin=origin)
    tiny.set("observations/investment.csv", 2, status_hint="reported")
    found = cell(tiny, "observations", 1, 250)
    assert [row.own for row in found.candidates] == [own]
    assert words(found) == {"reported"}
    tiny.set("sources.csv", 4, kind="official")
    assert words(cell(tiny, "observations", 1, 250)) == ({"company_claim"} if own else {"official"})


def test_a_government_speaks_officially_of_itself(tiny: Tiny) -> None:
    tiny.set("sources.csv", 2, origin="Org Three")
    tiny.set(
        "observations/adoption.csv",
        17,
        entity_id="org-three",
        source_id="office",
        status_hint="reported",
    )
    assert words(cell(tiny, "observations", 1, 12)) == {"official"}


def test_relays_of_a_companys_statement_are_one_voice(tiny: Tiny) -> None:
    tiny.add("observations/investment.csv", like=2, source_id="undated")
    assert words(cell(tiny, "observations", 2, 250)) == {"company_claim"}
    tiny.set("observations/investment.csv", 3, status_hint="reported")
    assert words(cell(tiny, "observations", 2, 250)) == {"confirmed"}


def test_amounts_in_other_currencies_are_not_compared(tiny: Tiny) -> None:
    tiny.set(DEALS, 3, amount="10000000", currency="USD")
    found = cell(tiny, "deals", 2, 72_000_000)
    assert sorted(str(row.value) for row in found.candidates) == ["72000000.0", "None"]
    assert words(found) == {"confirmed"}
    tiny.set(DEALS, 3, amount="10000000", currency="CNY")
    assert words(cell(tiny, "deals", 2, 72_000_000)) == {"disputed"}


def test_dollars_are_compared_where_no_row_names_another_currency(tiny: Tiny) -> None:
    tiny.set(DEALS, 2, amount="", currency="", amount_usd_m="10")
    tiny.set(DEALS, 3, amount="", currency="", amount_usd_m="10.2")
    found = cell(tiny, "deals", 2, 10_000_000)
    assert words(found) == {"confirmed"}
    assert (found.intervals[-1].state.low, found.intervals[-1].state.high) == (10e6, 10.2e6)
    # Half a unit of the coarser value's last printed digit is half a million here.
    tiny.set(DEALS, 3, amount_usd_m="10.6")
    assert words(cell(tiny, "deals", 2, 10_000_000)) == {"disputed"}
    tiny.set(DEALS, 3, amount="10600000", currency="USD", amount_usd_m="")
    assert words(cell(tiny, "deals", 2, 10_000_000)) == {"disputed"}
    tiny.set(DEALS, 3, currency="CNY")
    assert words(cell(tiny, "deals", 2, 10_600_000)) == {"confirmed"}


def test_a_disputed_cell_still_has_a_row_that_leads(tiny: Tiny) -> None:
    tiny.set(DEALS, 3, amount="10000000")
    found = cell(tiny, "deals", 2, 72_000_000)
    assert found.intervals[-1].state.chosen is None
    dataset = next(row for row in found.candidates if row.source_id == "dataset")
    assert lead(found, LAST) == dataset.row_id
    assert lead(found, date(2025, 6, 29)) is None


def test_what_is_superseded_leads_last(tiny: Tiny) -> None:
    found = cell(tiny, "observations", 2, 125)
    newer = next(row for row in found.candidates if row.value == 125)
    assert lead(found, LAST) == newer.row_id
    assert lead(found, date(2026, 1, 31)) != newer.row_id


def test_spans_are_cells_of_their_own(tiny: Tiny) -> None:
    tiny.add(OBS, like=15, span="", value="61")
    assert len(cell(tiny, "observations", 1, 61).candidates) == 1
    assert len(cell(tiny, "observations", 1, 55).candidates) == 1


def test_every_row_is_in_one_cell_and_ids_do_not_move(tiny: Tiny) -> None:
    before = build_frames(context(tiny))
    lines = tiny.lines(OBS)
    tiny.write(OBS, "\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    after = build_frames(context(tiny))
    for frames in (before, after):
        assert frames["row_status"]["row_id"].map(lambda row: bool(ROW_ID.fullmatch(row))).all()
        assert frames["row_status"].groupby("row_id")["cell_id"].nunique().max() == 1
    for name, key in (("observations", "row_id"), ("row_status", "row_id"), ("cells", "cell_id")):
        columns = [column for column in before[name].columns if column != "place"]
        pd.testing.assert_frame_equal(
            before[name].sort_values([key, *columns[:4]])[columns].reset_index(drop=True),
            after[name].sort_values([key, *columns[:4]])[columns].reset_index(drop=True),
        )


def test_events_of_the_tiny_data(tiny: Tiny) -> None:
    events = build_frames(context(tiny))["events"]
    now = events[events["valid_to"].isna()]
    assert dict(now["kind"].value_counts()) == {
        "policy": 3,
        "ipo": 3,
        "deal": 2,
        "model": 2,
        "chip": 1,
    }
    law = now[now["kind"] == "policy"]
    assert sorted(law["date"]) == ["2023", "2024-12-26", "2026-01-22"]
    assert list(law.loc[law["effective"], "date"]) == ["2026-01-22"]
    tiny.add("policy/policy_topics.csv", like=2, topic="chips_export_control")
    tiny.set("policy/policies.csv", 4, kind="dispute")
    kinds = build_frames(context(tiny))["events"]["kind"]
    assert set(kinds) >= {"export_control", "dispute"}


def test_dollars_stand_beside_amounts(tiny: Tiny) -> None:
    deals = build_frames(context(tiny))["deals"]
    assert list(zip(deals["usd"], deals["usd_basis"], strict=True)) == [
        (pytest.approx(10_000_000), "rate"),
        (pytest.approx(10_200_000), "source"),
        (5_000_000, "same_currency"),
    ]
    listings = build_frames(context(tiny))["ipo_events"]
    assert list(listings["usd_basis"]) == ["no_amount", "no_amount", "no_rate"]
