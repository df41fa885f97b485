"""Rows found by their id through `serve.row_keys` are those that reading everything finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from observatory.db import queries, queries_evidence
from observatory.db.connect import Database, Databases

DAYS = (None, date(2026, 6, 30))

FOUND = """SELECT * FROM serve.observations
WHERE row_id IN (SELECT unnest($ids::VARCHAR[])) AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY row_id"""
OF_CELLS = """SELECT t.cell_id, o.row_id, o.value, o.value_text, o.period, s.origin, s.publisher, o.source_id
FROM serve.states t
JOIN serve.observations o ON o.row_id = t.row_id AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.sources s ON s.source_id = o.source_id
WHERE list_contains($cells, t.cell_id) AND t.status <> 'superseded'
  AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
ORDER BY t.cell_id, o.value, o.row_id"""


@pytest.fixture(scope="module", params=["tiny_built", "built"])
def one(request: pytest.FixtureRequest) -> Iterator[Database]:
    found = Databases(request.getfixturevalue(request.param)).get()
    yield found
    found.close()


def ids_of(db: Database, table: str, most: int) -> list[str]:
    found = db.select(
        f"SELECT DISTINCT row_id FROM serve.{table} ORDER BY hash(row_id) LIMIT {most}",  # noqa: S608
        {},
    )
    return [str(row) for row in found["row_id"]]


@pytest.mark.parametrize("day", DAYS)
def test_rows_and_values_of_cells_are_those_of_the_whole_tables(
    one: Database, day: date | None
) -> None:
    ids = [*ids_of(one, "observations", 80), "o0000000000"]
    known = {"as_of": day or queries.NOW}
    pd.testing.assert_frame_equal(
        queries.rows_by_id(one, "observations", ids, day), one.select(FOUND, {"ids": ids, **known})
    )
    rows = one.select(FOUND, {"ids": ids, "as_of": queries.NOW})
    cells = [str(cell) for cell in rows["cell_id"].unique()]
    pd.testing.assert_frame_equal(
        queries.cell_values(one, cells, day), one.select(OF_CELLS, {"cells": cells, **known})
    )


@pytest.mark.parametrize("table", ["observations", "deals", "policies", "claims"])
def test_a_row_leads_to_its_cell(one: Database, table: str) -> None:
    for row in ids_of(one, table, 4):
        found = queries.cell_of_row(one, row, None)
        assert row in set(found["row_id"])
        said = one.select(
            "SELECT DISTINCT cell_id FROM serve.states WHERE row_id = $id", {"id": row}
        )
        assert set(said["cell_id"]) <= set(one.select(
            "SELECT cell_id FROM serve.row_keys WHERE row_id = $id", {"id": row})["cell_id"])  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_quality_counts_what_the_rows_say(one: Database, day: date | None) -> None:
    found = queries_evidence.quality(one, day).set_index("indicator_id")
    rows = one.select(
        "SELECT o.*, s.origin, s.published FROM serve.observations o JOIN serve.sources s USING (source_id)"
        " WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)",
        {"as_of": day or queries.NOW},
    )
    assert set(found.index) == set(rows["indicator_id"])
    for indicator, own in rows.groupby("indicator_id", observed=True):
        line, last = found.loc[indicator], own[~own["is_forecast"].astype(bool)]
        assert line["n"] == len(own)
        assert line["n_entities"] == own["entity_id"].nunique()
        assert line["n_sources"] == own["source_id"].nunique()
        assert line["n_origins"] == own["origin"].nunique()
        counts = own["status"].astype(str).value_counts()
        for status in ("official", "reported", "estimate", "disputed", "unchecked", "superseded"):
            assert line[status] == counts.get(status, 0)
        if last.empty:
            assert pd.isna(line["last_end"])
            assert pd.isna(line["row_id"])
            continue
        newest = last[last["period_end"] == last["period_end"].max()]
        assert line["last_end"] == last["period_end"].max()
        assert line["row_id"] == newest["row_id"].max()
        assert line["last_period"] == newest.loc[newest["row_id"].idxmax(), "period"]
        assert line["known_on"] == newest["known_on"].min()
        dated = newest[newest["published"].notna()]
        assert (
            pd.isna(line["published_on"])
            if dated.empty
            else line["published_on"] == dated["known_on"].min()
        )
