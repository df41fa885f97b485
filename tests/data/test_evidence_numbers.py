"""The numbers of the pages on evidence, worked out again from the files; every query obeys the day."""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from observatory.analysis import revisions
from observatory.db import queries_evidence as q
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views.conflicts import record as conflicts
from observatory.views.measures import Catalogue
from observatory.views.sources import cover as sources_cover
from observatory.views.sources import page as sources
from observatory.views.sources import quality as sources_quality

DATA = Path(__file__).resolve().parents[2] / "data"
DAY = date(2026, 3, 31)
FILES = {
    "observations": "observations/*.csv", "deals": "capital/deals.csv", "ipo_events": "capital/ipo_events.csv",
    "models": "technology/models.csv", "benchmark_results": "technology/benchmark_results.csv",
    "chips": "technology/chips.csv", "supercomputers": "technology/supercomputers.csv",
    "clusters": "technology/clusters.csv", "policies": "policy/policies.csv", "fx_rates": "capital/fx_rates.csv",
    "organizations": "organizations.csv",
}  # fmt: skip


def read(pattern: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def last_day(text: str) -> date:
    year = int(text[:4])
    if len(text) == 10:
        return date.fromisoformat(text)
    month = int(text[5:7]) if re.fullmatch(r"\d{4}-\d{2}", text) else 12
    if "Q" in text or "H" in text:
        month = int(text[-1]) * (3 if "Q" in text else 6)
    return date(year, month, calendar.monthrange(year, month)[1])


SOURCES = {row["source_id"]: row for row in read("sources.csv")}


def known(row: dict[str, str]) -> date:
    if row.get("known_on"):
        return date.fromisoformat(row["known_on"])
    source = SOURCES[row["source_id"]]
    day = date.fromisoformat(source["read_on"])
    return min(day, last_day(source["published"])) if source["published"] else day


@pytest.fixture(scope="module")
def then(db: Database) -> Catalogue:
    return Catalogue(db, translator("en"), DAY)


@pytest.mark.parametrize("day", [DAY, None])
def test_what_rests_on_each_source(db: Database, day: date | None) -> None:
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, pattern in FILES.items():
        for row in read(pattern):
            if known(row) <= (day or date.max):
                wanted[row["source_id"]][kind] += 1
    found = q.sources(db, day)
    for row in found.to_dict("records"):
        for kind in FILES:
            if kind == "models" or row[kind] == wanted[row["source_id"]][kind]:
                continue
            raise AssertionError(
                (row["source_id"], kind, row[kind], wanted[row["source_id"]][kind])
            )
    assert set(wanted) <= set(found["source_id"])


def test_the_title_of_the_page_on_sources(then: Catalogue) -> None:
    shelf = sources.load(then)
    rests: Counter[str] = Counter()
    for pattern in FILES.values():
        rests.update(row["source_id"] for row in read(pattern) if known(row) <= DAY)
    top = sum(n for _, n in rests.most_common(10))
    words = re.sub(r"\s", " ", sources.title(shelf))
    # Claims and further sources of models are the rest of the facts: a few.
    assert 0 <= shelf.total - rests.total() < 20
    assert words.startswith(f"{len(shelf.rows):,} sources carry {shelf.total:,} facts")
    assert f"{100 * top / shelf.total:.0f} %" in words


def test_coverage_of_the_headline_measures(then: Catalogue) -> None:
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in read("observations/*.csv"):
        if (
            known(row) <= DAY
            and row["entity_id"] in SCOPE
            and row["indicator_id"] in then.headline_ids
        ):
            wanted[row["indicator_id"], row["entity_id"]].add(
                row["period"] + "|" + row.get("span", "")
            )
    found = sources_cover.cells(then, then.headline_ids, SCOPE, 0)
    assert {
        (a, b): n for a, b, n in zip(found["row"], found["entity_id"], found["n"], strict=True)
    } == {key: len(periods) for key, periods in wanted.items()}
    year = sources_cover.cells(then, then.headline_ids, SCOPE, 2024)
    held = {
        key
        for key, periods in wanted.items()
        if any(
            last_day(period.partition("|")[0].removeprefix("FY")).year == 2024 for period in periods
        )
    }
    assert set(zip(year["row"], year["entity_id"], strict=True)) == held


def test_freshness_of_a_measure_by_hand(db: Database) -> None:
    today = date(2026, 11, 22)
    found = {
        one.item.id: one
        for one in sources_quality.measures(Catalogue(db, translator("en")), "headline", today)
    }
    rows = [row for row in read("observations/*.csv") if row["indicator_id"] == "github_git_pushes"]
    newest = max(row["period"] for row in rows)
    out = min(known(row) for row in rows if row["period"] == newest)
    fresh = found["github_git_pushes"].fresh
    assert found["github_git_pushes"].row["last_period"] == newest
    assert fresh.expected == date(
        out.year + (out.month + 3 > 12), (out.month + 2) % 12 + 1, out.day
    )
    assert fresh.state == ("late" if today > fresh.expected + timedelta(days=31) else "due")


def test_new_values_between_two_days(db: Database) -> None:
    first = date(2025, 12, 31)
    cells: dict[tuple[str, ...], date] = {}
    for row in read("observations/*.csv"):
        key = (row["indicator_id"], row["entity_id"], row["period"], row.get("span", ""))
        cells[key] = min(cells.get(key, date.max), known(row))
    wanted = sum(first < day <= DAY for day in cells.values())
    changed = revisions.compare(q.facts(db, first), q.facts(db, DAY))
    new = changed[(changed["how"] == "new") & (changed["kind"] == "observations")]
    assert len(new) == wanted > 100
    assert not (changed["how"] == "withdrawn").any()


def test_where_values_differ_on_that_day(then: Catalogue) -> None:
    """Every cell with two different usable values, from the files alone, is on the page, and no other."""
    cells: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in read("observations/*.csv"):
        if known(row) <= DAY:
            cells[row["indicator_id"], row["entity_id"], row["period"], row.get("span", "")].append(
                row
            )
    wanted = set()
    for key, rows in cells.items():
        live = [
            row
            for row in rows
            if not _replaced(row, rows) and "do not chart" not in row["note"].lower()
        ]
        if len({float(row["value"]) for row in live if row["value"]}) > 1:
            wanted.add(key[:3])
    record = conflicts.load(then)
    found = {
        (one.first["indicator_id"], *one.entities, one.first["date"])
        for one in record.full(record.heads["cell_id"].tolist())
        if one.kind == "observations"
    }
    assert found == wanted
    assert len(found) >= 5


def _replaced(row: dict[str, str], rows: list[dict[str, str]]) -> bool:
    mine = SOURCES[row["source_id"]]
    for other in rows:
        theirs = SOURCES[other["source_id"]]
        if other["source_id"] == row["source_id"] and known(other) > known(row):
            return True
        makers = set(mine["origin"].split("; ")) & set(theirs["origin"].split("; "))
        own = row["status_hint"] == "company_claim" or other["status_hint"] == "company_claim"
        if makers and not own and mine["edition"] and theirs["edition"] > mine["edition"]:
            return True
    return False


# The time machine: every query ---------------------------------------------------------------------

SQL = Path(__file__).resolve().parents[2] / "observatory" / "db" / "sql"
TIMED = sorted(path.stem for path in SQL.glob("*.sql") if "$as_of" in path.read_text("utf-8"))
VALUES: dict[str, Any] = {
    "org": "deepseek", "economy": "KOR", "entity": "KOR", "today": DAY, "first": date(2000, 1, 1),
    "last": date(2100, 1, 1),
    "since": date(1, 1, 1), "indicator": "github_git_pushes", "year": None, "source": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def days(db: Database) -> dict[str, pd.Timestamp]:
    """The day on which each row became known."""
    facts = q.facts(db, None)
    return dict(zip(facts["row_id"], facts["known_on"], strict=True))


@pytest.fixture(scope="module")
def measures(db: Database) -> list[str]:
    return list(q.quality(db, None)["indicator_id"])


def parameters(text: str, measures: list[str], ids: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in set(re.findall(r"\$([a-z_]+)", re.sub(r"--.*", "", text))):
        if name in ("indicators", "measures"):
            found[name] = measures
        elif name in ("economies", "members"):
            found[name] = list(SCOPE)
        elif name == "ids":
            found[name] = ids
        else:
            found[name] = VALUES.get(name)
    return found | {"as_of": DAY}


@pytest.mark.parametrize("name", TIMED)
def test_no_query_tells_of_a_row_before_it_was_known(
    db: Database, days: dict[str, pd.Timestamp], measures: list[str], name: str
) -> None:
    text = (SQL / f"{name}.sql").read_text("utf-8")
    try:
        found = db.query(name, **parameters(text, measures, sorted(days)[::7]))
    except Exception as fault:  # noqa: BLE001 - a parameter that must have a shape of its own
        pytest.skip(f"needs parameters of its own: {fault}")
    late = []
    for column in found.columns:
        if column.endswith("row_id"):
            late += [
                key
                for key in found[column].dropna()
                if key in days and days[key] > pd.Timestamp(DAY)
            ]
        if column == "known_on":
            late += [
                str(day)
                for day in pd.to_datetime(found[column]).dropna()
                if day > pd.Timestamp(DAY)
            ]
    # Counts of what is known at all stand beside those known by the day; claims are known by check.
    assert not [key for key in late if not str(key).startswith("c")], (name, late[:5])
