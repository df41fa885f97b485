"""Answers stored from one day to the next are those that reading every row gives, on any day."""

# ruff: noqa: S608 - statements are made of constants of this file; values are bound

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from etl.serve import STORED, view_files
from observatory.db import queries
from observatory.db.connect import Database, Databases, statement

STEPS = ("entity_sources", "measure_cover", "measure_quality", "measure_reach", "source_days")
HELD = "valid_from <= $as_of AND coalesce(valid_to > $as_of, true)"
VALUES = f"FROM serve.observations WHERE {HELD}"
CELLS = """FROM serve.headlines h LEFT JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)"""
# What each question means, said over the rows themselves. `test_row_keys` has that of the quality.
PLAIN = {
    "site_counts": f"""SELECT count(*) AS observations, count(DISTINCT indicator_id) AS indicators,
        count(DISTINCT source_id) AS sources {VALUES}""",
    "explorer_counts": f"SELECT 'observations' AS table_id, count(*) AS n {VALUES}",
    "explorer_entities": f"SELECT DISTINCT entity_id {VALUES} ORDER BY entity_id",
    "economy_known": f"""SELECT count(*) FILTER ({HELD}) AS known, count(*) FILTER (valid_to IS NULL) AS total,
        min(known_on) AS first_known FROM serve.observations WHERE entity_id = $economy""",
    "economy_sources": f"""SELECT source_id, count(*) AS n_rows, max(period_end) AS newest {VALUES}
        AND entity_id = $economy GROUP BY source_id ORDER BY n_rows DESC, source_id""",
    "evidence_sources": """SELECT source_id, count(DISTINCT row_id) AS observations FROM serve.observations
        WHERE known_on <= $as_of GROUP BY source_id ORDER BY source_id""",
    "explorer_sources": f"""SELECT s.source_id, min(o.known_on) AS known_on FROM serve.sources s JOIN
        (SELECT source_id, known_on {VALUES}) o USING (source_id) GROUP BY s.source_id ORDER BY s.source_id""",
    "company_index": f"SELECT entity_id AS org_id, count(*) AS n_values {VALUES} GROUP BY ALL ORDER BY ALL",
    "directory": f"SELECT entity_id AS org_id, count(*) AS n_values {VALUES} GROUP BY ALL ORDER BY ALL",
    "search_things": """SELECT indicator_id AS id, count(*) AS facts FROM serve.observations
        WHERE valid_to IS NULL GROUP BY ALL ORDER BY ALL""",
    "measure_counts": f"""SELECT indicator_id, count(DISTINCT entity_id) AS economies, count(DISTINCT period) AS periods
        {CELLS} AND e.in_scope AND h.is_headline AND NOT h.is_forecast AND h.value IS NOT NULL
        AND indicator_id IN (SELECT indicator_id FROM serve.indicators WHERE entity_type = 'economy')
        GROUP BY indicator_id ORDER BY indicator_id""",
    "indicator_coverage": f"""SELECT indicator_id,
        count(DISTINCT entity_id) FILTER (coalesce(e.in_scope, false)) AS n_scope,
        count(DISTINCT entity_id) FILTER (e.group_id <> 'aggregate') AS n_economies,
        count(DISTINCT entity_id) FILTER (e.economy_id IS NULL AND NOT entity_id LIKE 'CN-%') AS n_orgs,
        count(DISTINCT entity_id) FILTER (entity_id LIKE 'CN-%') AS n_provinces,
        min(period_end) AS first_end, max(period_end) AS last_end,
        arg_min(period, (period_end, row_id)) AS first_period, arg_max(period, (period_end, row_id)) AS last_period,
        count(*) AS n_cells, count(*) FILTER (status = 'disputed') AS n_disputed, count(DISTINCT source_id) AS n_sources
        {CELLS} AND coalesce(e.group_id, '') <> 'other' GROUP BY indicator_id ORDER BY indicator_id""",
    "evidence_cover": f"""SELECT indicator_id, entity_id AS economy_id, count(*) AS n,
        arg_max(period, (period_end, row_id)) AS period, max(period_end) AS period_end, min(period_end) AS first_end,
        arg_max(row_id, (period_end, row_id)) AS row_id, arg_max(status, (period_end, row_id))::VARCHAR AS status,
        bool_and(is_forecast) AS only_forecast
        {CELLS} AND e.group_id NOT IN ('aggregate', 'other') AND ($year IS NULL OR year(period_end) = $year)
        GROUP BY ALL ORDER BY indicator_id, economy_id""",
}  # fmt: skip
GIVEN: dict[str, list[dict[str, Any]]] = {
    "economy_known": [{"economy": "KOR"}, {"economy": "nobody"}],
    "economy_sources": [{"economy": "JPN"}, {"economy": "nobody"}],
    "evidence_cover": [{"year": None}, {"year": 2024}, {"year": 1900}],
    "company_index": [{"today": date(2026, 11, 1)}],
    "directory": [{"today": date(2026, 11, 1)}],
}


@pytest.fixture(scope="module", params=["tiny_built", "built"])
def one(request: pytest.FixtureRequest) -> Iterator[Database]:
    found = Databases(request.getfixturevalue(request.param)).get()
    yield found
    found.close()


@pytest.fixture(scope="module")
def days(one: Database) -> list[date]:
    """Days on which rows changed, the days beside one, the first and the last that readers may name."""
    found = one.select(
        "SELECT DISTINCT valid_from AS day FROM serve.observations UNION SELECT valid_to FROM serve.headlines"
        " WHERE valid_to IS NOT NULL ORDER BY hash(day) LIMIT 3",
        {},
    )["day"]
    known = [day.date() for day in found]
    return [*known, date.fromordinal(known[0].toordinal() - 1), date(1990, 1, 1), queries.NOW]


@pytest.mark.parametrize("name", PLAIN)
def test_stored_answers_are_those_of_the_rows(one: Database, days: list[date], name: str) -> None:
    assert "serve.observations" not in statement(name)
    for day in days:
        for given in GIVEN.get(name, [{}]):
            known = {"as_of": day, **given}
            said = one.select(
                PLAIN[name],
                {key: value for key, value in known.items() if f"${key}" in PLAIN[name]},
            )
            found = one.query(name, **known)
            if name == "explorer_counts":
                found = found[found["table_id"] == "observations"]
            if name in ("company_index", "directory"):
                said = said[said["org_id"].isin(found["org_id"])]
                found = found[found["n_values"] > 0].sort_values("org_id")
                assert found["org_id"].is_unique
            if name == "search_things":
                found = found[(found["kind"] == "indicator") & (found["facts"] > 0)]
            if name == "evidence_sources":
                found = found[found["observations"] > 0].sort_values("source_id")
            if name == "explorer_sources":
                found = found.set_index("source_id").reindex(said["source_id"]).reset_index()
                assert (found["known_on"] <= said["known_on"]).all()
                continue
            pd.testing.assert_frame_equal(
                found[list(said.columns)].reset_index(drop=True),
                said.reset_index(drop=True),
                check_dtype=name not in ("company_index", "directory"),
            )


def test_steps_neither_overlap_nor_leave_gaps(one: Database) -> None:
    """Of one thing no two lines hold on the same day; a line ends where the next begins."""
    for view, key in (
        ("entity_sources", "entity_id, source_id"), ("measure_quality", "indicator_id"),
        ("measure_reach", "indicator_id"), ("measure_cover", "indicator_id, economy_id, year"),
    ):  # fmt: skip
        odd = one.select(
            f"SELECT * FROM (SELECT valid_from, valid_to, lead(valid_from) OVER (PARTITION BY {key}"
            f" ORDER BY valid_from) AS next FROM serve.{view}) WHERE valid_to <= valid_from OR valid_to > next"
            " OR (valid_to IS NULL AND next IS NOT NULL)",
            {},
        )
        assert odd.empty, view


def test_questions_about_everything_read_small_tables(one: Database) -> None:
    """They are stored, and smaller than what they are counted from."""
    assert set(STEPS) <= set(STORED)
    named = {view for name in PLAIN for view in re.findall(r"serve\.(\w+)", statement(name))}
    assert set(STEPS) - {"measure_quality"} <= named
    assert {name for name, _, _ in view_files()} >= set(STEPS)
    whole = one.select("SELECT count(*) AS n FROM serve.observations", {})["n"][0]
    for view in set(STEPS) - {"measure_cover"}:
        assert one.select(f"SELECT count(*) AS n FROM serve.{view}", {})["n"][0] <= whole
