"""Rows of the API: the same as on the pages and in the files of the data, whatever the format."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

from observatory.api.resources import KEPT, RESOURCES, Resource
from observatory.db import listing, queries
from observatory.db.connect import Database
from observatory.export.holdback import QUOTED_ROWS
from observatory.i18n import translator
from observatory.model.scope import PRESETS
from observatory.views.conflicts import record as conflicts
from observatory.views.measures import Catalogue
from tests.conftest import ROOT

Get = Callable[..., dict[str, Any]]
DATA = ROOT / "data"


def rows_of(*names: str) -> list[dict[str, str]]:
    """Rows of CSV files below `data/`."""
    found = []
    for name in names:
        for path in sorted(DATA.glob(name)):
            with path.open(encoding="utf-8") as stream:
                found += list(csv.DictReader(stream))
    assert found, names
    return found


@pytest.fixture(scope="module")
def reuse() -> dict[str, str]:
    return {row["source_id"]: row["reuse"] for row in rows_of("sources.csv")}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_every_subject_in_every_format(client: Any, resource: Resource) -> None:
    query = {"limit": "5"}
    rows = client.get(resource.path, params=query).json()["data"]
    if not rows:
        query["held_back"] = "ids"
        rows = client.get(resource.path, params=query).json()["data"]
    assert 0 < len(rows) <= 5
    text = client.get(resource.path, params={**query, "format": "csv"}).text
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [list(line) for line in lines] == [list(row) for row in rows]
    column = "row_id" if "row_id" in rows[0] else next(iter(rows[0]))
    assert [line[column] for line in lines] == [row[column] for row in rows]
    body = client.get(resource.path, params={**query, "format": "parquet"}).content
    table = pq.read_table(io.BytesIO(body))
    assert table.column_names == list(rows[0])
    assert table[column].to_pylist() == [row[column] for row in rows]
    assert b"observatory.build" in table.schema.metadata


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_every_row_names_source_licence_and_status(db: Database, resource: Resource) -> None:
    known = {field.name for field in listing.fields(db, resource.listing)}
    assert {"source_licence", "reuse"} <= known
    if resource.dated:
        assert {"row_id", "status", "source_id"} <= known, resource.name


def test_observations_are_those_of_the_files(get: Get, reuse: dict[str, str]) -> None:
    counted = Counter(reuse[row["source_id"]] for row in rows_of("observations/*.csv"))
    answer = get("observations", limit=1)["meta"]
    assert answer["total"] == counted["open"]
    assert answer["held_back"] == {
        "rows": counted["quotable"] + counted["closed"],
        "quotable": counted["quotable"], "closed": counted["closed"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file"),
    [("deals", "capital/deals.csv"), ("ipo-events", "capital/ipo_events.csv"),
     ("chips", "technology/chips.csv"), ("models", "technology/models.csv"),
     ("fx-rates", "**/fx_rates.csv"), ("benchmark-results", "technology/benchmark_results.csv")],
)  # fmt: skip
def test_bulk_holds_open_rows_only(get: Get, reuse: dict[str, str], name: str, file: str) -> None:
    counted = Counter(reuse[row["source_id"]] for row in rows_of(file))
    answer = get(name, limit=10_000)
    assert {row["reuse"] for row in answer["data"]} <= {"open"}
    assert answer["meta"]["total"] == len(answer["data"]) == counted["open"]
    assert answer["meta"]["held_back"]["rows"] == sum(counted.values()) - counted["open"]
    assert "copy in bulk" in answer["meta"]["held_back_because"]


def test_ids_of_what_is_held_back_say_nothing_of_the_facts(get: Get) -> None:
    answer = get("deals", held_back="ids", limit=10_000)
    assert answer["meta"]["total"] == len(answer["data"]) > 100
    assert all(listing.is_reference(name) for name in answer["data"][0])
    one = answer["data"][0]
    whole = get(f"deals/{one['deal_id']}")
    assert one["row_id"] in {row["row_id"] for row in whole["data"]}
    assert whole["meta"]["held_back"] == {"rows": 0}
    assert all(row["source_url"] for row in whole["data"])


def test_the_spread_of_mixed_cells_stays_out_of_bulk(get: Get, db: Database) -> None:
    conflict = queries.conflicts(db, None).iloc[0]
    one = get("headlines", indicator=conflict["indicator_id"], entity=conflict["entity_id"])
    cell = next(row for row in one["data"] if row["cell_id"] == conflict["cell_id"])
    assert (cell["low"], cell["high"]) == (conflict["low"], conflict["high"])
    mixed = set(queries.conflicts(db, None)["cell_id"])
    page = get("headlines", limit=10_000, period="2020..")["data"]
    assert not [row for row in page if row["cell_id"] in mixed and row["low"] is not None]


def test_headlines_are_the_series_of_the_pages(get: Get, db: Database) -> None:
    for indicator in ("internet_users_pct", "top500_systems"):
        for day in (None, dt.date(2026, 3, 1)):
            query = {"as_of": day.isoformat()} if day else {}
            got = get("headlines", indicator=indicator, economy="all13,USA", **query)["data"]
            frame = queries.headline_series(db, [indicator], day)
            frame = frame[frame["entity_id"].isin([*PRESETS["all13"], "USA"])]
            assert [row["row_id"] for row in got] == list(frame["row_id"])
            assert [row["value"] for row in got] == [
                None if value != value else value for value in frame["value"]
            ]


def test_deals_policies_and_conflicts_are_those_of_the_pages(get: Get, db: Database) -> None:
    deals = {row["row_id"] for row in get("deals", economy="KOR")["data"]}
    assert deals == set(queries.deals(db, None, economy="KOR")["row_id"])
    policies = {row["row_id"] for row in get("policies", economy="KOR", lead="true")["data"]}
    assert policies == set(queries.policies(db, None, economy="KOR")["row_id"])
    for day in (None, dt.date(2026, 3, 1)):
        record = conflicts.load(Catalogue(db, translator("en"), day))
        shown = record.full(record.heads["cell_id"].tolist())
        query = {"as_of": day.isoformat()} if day else {}
        open_ones = get("conflicts", limit=1000, **query)
        rows = {row["cell_id"]: row for row in open_ones["data"]}
        held = open_ones["meta"]["held_back"]["rows"]
        back = get("conflicts", limit=1000, held_back="ids", **query)["data"] if held else []
        assert {*rows, *(row["cell_id"] for row in back)} == {one.cell_id for one in shown}
        for one in shown:
            if row := rows.get(one.cell_id):
                words = [*(["value"] if one.spread else []), *one.fields]
                assert (row["table_name"], row["outcome"], row["differs"]) == (
                    one.kind,
                    one.state,
                    ";".join(words),
                )
                assert row["row_ids"].split(";") == sorted(line["row_id"] for line in one.rows)
    words = Counter(
        row["outcome"] for row in get("conflicts", table="policies,chips", limit=100)["data"]
    )
    assert set(words) <= {"words"}


def test_an_early_day_knows_little(get: Get) -> None:
    for resource in RESOURCES:
        if resource.dated:
            answer = get(resource.name, as_of="1999-01-01", limit=10)
            assert answer["data"] == [], resource.name
            assert answer["meta"]["held_back"]["rows"] == 0
    then = get("headlines", as_of="2025-01-01", limit=10_000)
    assert 0 < then["meta"]["total"] < get("headlines", limit=1)["meta"]["total"]
    assert all(row["known_on"] <= "2025-01-01" for row in then["data"])


def test_limits(get: Get) -> None:
    rows = get("observations", economy="asean6", period="2020..2022", limit=10_000)["data"]
    assert {row["entity_id"] for row in rows} <= set(PRESETS["asean6"])
    assert all(
        row["period_start"] <= "2022-12-31" and row["period_end"] >= "2020-01-01" for row in rows
    )
    assert {
        row["kind"] for row in get("policies", kind="law", held_back="ids")["data"] if "kind" in row
    } == set()
    assert {row["stage"] for row in get("ipo-events", stage="listed", org="minimax")["data"]} <= {
        "listed"
    }
    assert all(row["open_weights"] for row in get("models", open_weights="true", limit=50)["data"])
    days = [row["day"] for row in get("changes", since="2026-01-01", until="2026-02-01")["data"]]
    assert days == sorted(days)
    assert {day[:4] for day in days} == {"2026"}
    several = get("economies", id="KOR,JPN")["data"]
    assert [row["economy_id"] for row in several] == ["JPN", "KOR"]


def test_pages_fit_together_and_stay_with_their_build(client: Any, get: Get, db: Database) -> None:
    whole = get("models", limit=10_000, fields="model_id")["data"]
    at: str | None = "http://data.example/api/v1/models?limit=400&fields=model_id"
    joined: list[dict[str, Any]] = []
    while at:
        reply = client.get(at)
        found = reply.json()
        joined += found["data"]
        at = found["links"].get("next")
        if at:
            assert f"build={db.build_id}" in at
            assert f'<{at}>; rel="next"' in reply.headers["link"]
    assert joined == whole
    assert len({row["row_id"] for row in joined}) == len(joined)


def test_columns_are_chosen_and_the_credit_stays(get: Get) -> None:
    row = get("observations", fields="value,entity_id", limit=1)["data"][0]
    assert list(row) == ["value", "entity_id", *(name for name in KEPT)]


def test_small_answers_show_all_with_credit(get: Get) -> None:
    answer = get("ipo-events", org="minimax")
    assert 0 < answer["meta"]["total"] <= QUOTED_ROWS
    assert answer["meta"]["held_back"] == {"rows": 0}
    assert "quotable" in {row["reuse"] for row in answer["data"]}
    assert all(row["source_publisher"] and row["source_url"] for row in answer["data"])


def test_text_for_spreadsheets_is_no_formula(client: Any) -> None:
    body = client.get(
        "/api/v1/policies", params={"format": "spreadsheet", "economy": "CHN"}
    ).content
    assert body.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
        for cell in row:
            assert not cell.startswith(("=", "@", "+")), cell
