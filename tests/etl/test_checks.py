"""Each check across rows fails on its own broken data, at its place, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import TINY, Refuse, Tiny, place_of, warned

from etl import checks
from etl.checks.keys import REFERENCES, SOFT
from observatory.model.tables import BY_NAME, TABLES, Table

OBS = "observations/adoption.csv"
DEALS = "capital/deals.csv"
IPO = "capital/ipo_events.csv"


def in_tiny(table: Table) -> bool:
    """Files that may be absent are absent from the tiny data set, but for those a test needs."""
    return not table.optional or (TINY / table.files).is_file()


REFERENCE_COLUMNS = sorted(
    {
        (table, column)
        for table in REFERENCES
        if in_tiny(BY_NAME[table])
        for column in {**REFERENCES[table], **SOFT.get(table, {})}
    }
)


def file_of(table: str) -> str:
    return BY_NAME[table].files.replace("*", "adoption")


def test_every_check_has_its_test() -> None:
    files = sorted(Path(__file__).parent.glob("test_*.py"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert len(checks.ALL) >= 21
    for name in checks.ALL:
        assert f'"{name}")' in text, name


# Keys and references ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", [t for t in TABLES if t.name != "indicators" and in_tiny(t)], ids=lambda t: t.name
)
def test_duplicate_key(tiny: Tiny, refuse: Refuse, table: Table) -> None:
    file = file_of(table.name)
    last = len(tiny.lines(file))
    line = tiny.add(file, like=last)
    place = tiny.columns(file).index(table.key[0]) + 1
    (found,) = refuse((f"{file}:{line}:{place}", "duplicate-key"))
    assert f"already stands at tiny/{file}:{last}" in found


def test_a_reading_again_is_no_duplicate(tiny: Tiny) -> None:
    tiny.add(OBS, like=2, known_on="2026-03-01", value="40.2")
    assert tiny.warnings() == []


def test_known_on_equal_to_the_sources_own_day_is_a_duplicate(tiny: Tiny, refuse: Refuse) -> None:
    """The source was published on this day, so that both rows are one reading."""
    line = tiny.add(OBS, like=2, known_on="2025-03-14")
    (found,) = refuse((f"{OBS}:{line}:1", "duplicate-key"))
    # The day is empty in one of them: naming it would say that no other row has it.
    assert "known_on" not in found


def test_references_are_found() -> None:
    assert len(REFERENCE_COLUMNS) >= 50
    assert {("observations", "source_id"), ("policy_topics", "policy_id")} <= set(REFERENCE_COLUMNS)


@pytest.mark.parametrize(("table", "column"), REFERENCE_COLUMNS)
def test_unknown_id(tiny: Tiny, table: str, column: str) -> None:
    """Every column that refers to another table refuses an id nobody has."""
    target, _ = {**REFERENCES[table], **{c: (t, False) for c, t in SOFT.get(table, {}).items()}}[
        column
    ]
    nobody = "XYZ" if target == "economies" else "nobody"
    if table == "indicators":
        path, line, place = "indicators/adoption.yml", 2, 1
        tiny.replace(
            path, "  name: Firms using the thing\n", f"  name: Firms\n  {column}: {nobody}\n"
        )
    else:
        path, line = file_of(table), 2
        place = tiny.columns(path).index(column) + 1
        tiny.set(path, line, **{column: nobody})
    found = [item for item in tiny.check().errors if item.check == "unknown-id"]
    places = [
        (item.file, item.line, item.column)
        for item in found
        if item.message.startswith(f"{column}: ")
    ]
    if table == "indicators":
        assert [place[0] for place in places] == [f"tiny/{path}"]
    else:
        assert places == [(f"tiny/{path}", line, place)]
    assert any(f"'{nobody}' is no {target} id" in item.message for item in found)


def test_unknown_id_in_a_list(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set("evidence/claims.csv", 2, related_model_ids="model-a;model-x")
    (found,) = refuse(("evidence/claims.csv:2:17", "unknown-id"))
    assert "'model-x' is no models id" in found


@pytest.mark.parametrize("file", ["sources.csv", "organizations.csv", "economies.csv"])
def test_ids_of_a_table_that_could_not_be_read_are_not_reported(
    tiny: Tiny, refuse: Refuse, file: str
) -> None:
    tiny.write(file, "")
    refuse((f"{file}:1:1", "header"))


@pytest.mark.parametrize(
    ("file", "line", "cells", "column", "words"),
    [
        ("capital/deal_parties.csv", 2, {"party_id": "org-x"}, 3, "is no organization id"),
        ("capital/deal_parties.csv", 2, {"party_id": ""}, 3, "is no organization id"),
        ("capital/deal_parties.csv", 5, {"party_id": "XXX"}, 3, "is no economy id"),
        (
            "capital/deal_parties.csv",
            4,
            {"party_id": "org-one"},
            3,
            "expected empty for party_kind name",
        ),
        ("policy/policy_parties.csv", 2, {"party_id": "JPN"}, 3, "is no organization id"),
        (
            "policy/policy_parties.csv",
            3,
            {"party_id": "JPN"},
            3,
            "expected empty for party_kind body",
        ),
        ("evidence/claims.csv", 2, {"entity_ids": "JPN;org-x"}, 4, "'org-x' is neither"),
    ],
)
def test_parties(
    tiny: Tiny, refuse: Refuse, file: str, line: int, cells: dict[str, str], column: int, words: str
) -> None:
    tiny.set(file, line, **cells)
    (found,) = refuse((f"{file}:{line}:{column}", "party"))
    assert words in found


def test_near_name(tiny: Tiny) -> None:
    line = tiny.add("names.csv", like=2, org_id="org-two", name="ORG ONE")
    (found,) = warned(tiny, (f"names.csv:{line}:3", "near-name"))
    assert "'org-one'" in found
    tiny.set("names.csv", line, kind="former")
    warned(tiny)


# Accepted warnings ------------------------------------------------------------------------------


def test_an_accepted_row_that_accepts_nothing(tiny: Tiny) -> None:
    tiny.write("accepted.csv", "check,key,reason\nfx,HKD,No rate.\njump,people_using/*,It grew.\n")
    (found,) = warned(tiny, ("accepted.csv:3:2", "accepted"))
    assert "accepts no finding of 'jump' any more" in found


def test_an_accepted_row_needs_its_check_and_key(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="18")
    rows = [
        "check,key,reason",
        "fx,HKD,No rate.",
        "outlier,*,Wrong check.",
        "jump,people_using/JPN/*,Wrong key.",
    ]
    tiny.write("accepted.csv", "\n".join(rows) + "\n")
    assert {place_of(line)[1] for line in tiny.warnings()} == {"jump", "accepted"}
    rows[2:] = ["jump,people_using/CHN/2023,It grew."]
    tiny.write("accepted.csv", "\n".join(rows) + "\n")
    warned(tiny)
    accepted = [(item.check, why) for item, why in tiny.check().accepted]
    assert ("jump", "It grew.") in accepted
