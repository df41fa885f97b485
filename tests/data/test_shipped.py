"""The shipped data: counts, no error, no unexplained warning, sources, licences, words."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from etl.read import Dataset, read_dataset
from observatory.db.pointer import read_pointer
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.tables import TABLES
from observatory.model.vocab import Reuse

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted([*DATA.rglob("*.csv"), *DATA.rglob("*.yml")])


@pytest.fixture(scope="module")
def data() -> Dataset:
    return read_dataset(DATA)


def test_files_are_those_of_the_tables() -> None:
    """A file that no table reads would be published and never checked."""
    read = {path for table in TABLES for path in DATA.glob(table.files)}
    # The scorecard and the stack nest, so that readers of their own take them.
    own = {DATA / "manifest.yml", DATA / "scorecard.yml", DATA / "stack.yml"}
    assert set(FILES) - read == own
    assert len(FILES) >= 45


def test_counts_are_those_declared(data: Dataset) -> None:
    declared = yaml.safe_load((DATA / "manifest.yml").read_text(encoding="utf-8"))["tables"]
    assert declared == {name: len(rows) for name, rows in data.tables.items()}
    assert declared["observations"] > 21_000


def test_builds_without_error_or_unexplained_warning(built: Path) -> None:
    build = read_pointer(built).builds[0]
    assert build.checks["errors"] == 0
    assert build.checks["warnings"] == 0
    assert build.checks["accepted"] >= 100
    assert build.licence == "all"


def test_reasons_say_something(data: Dataset) -> None:
    rows = [row.record for row in data.rows("accepted")]
    assert len(rows) >= 80
    for row in rows:
        assert len(row.reason.split()) >= 5, row
        assert row.reason.endswith("."), row
        assert "/" in row.key or row.check in ("deal-slip", "fx"), "a pattern names its series"
        assert row.key.count("*") <= 1, row


def test_every_source_is_used(data: Dataset) -> None:
    used = {
        getattr(row.record, column)
        for rows in data.tables.values()
        for row in rows
        for column in ("source_id", "second_source_id")
        if row.table != "sources" and getattr(row.record, column, None)
    }
    sources = {row.record.source_id for row in data.rows("sources")}
    assert len(sources) > 1_500
    assert sources - used == set()


def test_every_fact_says_where_in_its_source(data: Dataset) -> None:
    located = [
        row for rows in data.tables.values() for row in rows if hasattr(row.record, "locator")
    ]
    assert len(located) > 30_000
    assert [f"{row.file}:{row.line}" for row in located if not row.record.locator] == []


def test_every_indicator_has_values_and_every_value_an_indicator(data: Dataset) -> None:
    declared = {row.record.indicator_id for row in data.rows("indicators")}
    used = {row.record.indicator_id for row in data.rows("observations")}
    assert len(declared) >= 500
    assert declared == used


def test_values_stand_in_the_file_of_their_indicators_domain(data: Dataset) -> None:
    domains = {row.record.indicator_id: row.record.domain for row in data.rows("indicators")}
    wrong = [
        f"{row.file}:{row.line}"
        for row in data.rows("observations")
        if Path(row.file).stem != domains[row.record.indicator_id]
    ]
    assert wrong == []


def test_economies_of_the_scope_are_on_file(data: Dataset) -> None:
    groups: dict[str, set[str]] = {}
    for row in data.rows("economies"):
        groups.setdefault(str(row.record.group), set()).add(row.record.economy_id)
    ranked = groups["east_asia_core"] | groups["south_east_asia"] | groups["middle_power"]
    assert ranked == set(SCOPE)
    assert groups["comparator"] == set(COMPARATORS)
    valued = {row.record.entity_id for row in data.rows("observations")}
    assert set(SCOPE) | set(COMPARATORS) <= valued
    assert not groups["other"] & valued - {"NLD", "ESP", "BGD"}


# Licences -------------------------------------------------------------------------------------------


def test_licences_agree_with_what_was_found(data: Dataset) -> None:
    pairs = {(str(row.record.reuse), str(row.record.redistribute)) for row in data.rows("sources")}
    assert pairs <= {
        ("open", "true"),
        ("quotable", "true"),
        ("quotable", "unknown"),
        ("closed", "false"),
    }
    for row in data.rows("sources"):
        assert row.record.attribution
        if row.record.reuse is Reuse.OPEN:
            assert re.search(
                r"CC|Creative|MIT|Apache|public domain|Open|OGL|ODbL|licen[cs]e|BSD|Government",
                row.record.licence,
                re.IGNORECASE,
            ), row.record.licence


def test_closed_sources_stand_only_where_said(data: Dataset) -> None:
    """Counts of rows on closed sources, table by table; the README counts the same rows."""
    closed = {
        row.record.source_id for row in data.rows("sources") if row.record.reuse is Reuse.CLOSED
    }
    assert len(closed) >= 10
    found = {
        name: sum(getattr(row.record, "source_id", None) in closed for row in rows)
        for name, rows in data.tables.items()
        if name != "sources"
    }
    found = {name: count for name, count in found.items() if count}
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("<!-- counts:open -->") : readme.index("<!-- /counts:open -->")]
    stated = {}
    for line in table.splitlines():
        cells = [cell.strip().replace(",", "") for cell in line.strip("|").split("|")]
        if len(cells) == 7 and cells[5].isdigit() and int(cells[5]):
            stated[cells[0]] = int(cells[5])
    stated.pop("sources", None)
    assert found == stated
    assert set(found) <= {
        "organizations",
        "observations",
        "models",
        "model_sources",
        "benchmarks",
        "benchmark_results",
    }


def test_quoted_boards_stay_quotations(data: Dataset) -> None:
    """Of boards that may not be redistributed only leading entries are quoted, never the whole."""
    closed = {
        row.record.source_id for row in data.rows("sources") if row.record.reuse is Reuse.CLOSED
    }
    quoted = [row for row in data.rows("benchmark_results") if row.record.source_id in closed]
    assert 0 < len(quoted) <= 300


def test_sources_that_may_not_be_copied_at_all_are_absent(data: Dataset) -> None:
    licences = [row.record.licence.replace("-", " ").upper() for row in data.rows("sources")]
    assert [text for text in licences if "BY NC ND" in text] == []


# Words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_words_of_the_making_do_not_show(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = r"(?i)\bseed documents?\b|/tmp/|\btodo\b|\bfixme\b"
    assert re.findall(words, text) == []
    if path.parent.name not in ("policy", "evidence"):  # regulatory sandboxes are policies
        assert re.findall(r"(?i).{30}\bsandbox.{30}", text) == []


def test_files_are_plain_and_in_one_style() -> None:
    for path in FILES:
        blob = path.read_bytes()
        assert blob.endswith(b"\n"), path
        assert b"\r" not in blob, path
        assert b"\t" not in blob, path
        if path.suffix == ".csv":
            rows = list(csv.reader(blob.decode().splitlines(keepends=True), strict=True))
            assert all(cell == cell.strip() for row in rows for cell in row), path


def test_links_between_deals_are_between_two_and_never_in_a_circle(data: Dataset) -> None:
    pairs = {(r.record.deal_id, r.record.related_deal_id) for r in data.rows("deal_links")}
    assert len(pairs) == len(data.rows("deal_links")) > 20
    assert all(one != two and (two, one) not in pairs for one, two in pairs)
    parts = {r.record.deal_id for r in data.rows("deal_links") if r.record.relation == "part_of"}
    wholes = {
        r.record.related_deal_id for r in data.rows("deal_links") if r.record.relation == "part_of"
    }
    assert not parts & wholes


def test_parties_topics_and_relations_are_filled(data: Dataset) -> None:
    deals = {row.record.deal_id for row in data.rows("deals")}
    with_party = {row.record.deal_id for row in data.rows("deal_parties")}
    assert len(with_party) / len(deals) > 0.9
    policies = {row.record.policy_id for row in data.rows("policies")}
    assert {row.record.policy_id for row in data.rows("policy_topics")} <= policies
    assert len({row.record.policy_id for row in data.rows("policy_topics")}) / len(policies) > 0.9
    assert len(data.rows("policy_relations")) >= 50
    assert sum(bool(row.record.effective_from) for row in data.rows("policies")) >= 20
