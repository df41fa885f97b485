"""Breaks of series: what is refused, what is looked at, what a build serves."""

from __future__ import annotations

import duckdb
from tiny import Refuse, Tiny, place_of, run

FILE = "indicators/breaks.csv"


def test_a_break_for_an_entity_without_values_is_refused(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(FILE, 2, entity_id="TWN")
    (said,) = refuse((f"{FILE}:2:3", "break-entity"))
    assert "'TWN' has no value of 'firms_using'" in said


def test_a_break_of_an_unknown_indicator_is_refused(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(FILE, 2, indicator_id="no_such", entity_id="")
    refuse((f"{FILE}:2:1", "unknown-id"))


def test_a_break_that_parts_nothing_is_looked_at(tiny: Tiny) -> None:
    tiny.set(FILE, 2, starts="2023")
    (said,) = tiny.warnings()
    assert place_of(said) == (f"tiny/{FILE}:2:2", "break-idle")
    tiny.set(FILE, 2, starts="2025")
    assert "break-idle" in tiny.warnings()[0]


def test_an_editor_accepts_an_idle_break_by_measure_start_and_entity(tiny: Tiny) -> None:
    tiny.set(FILE, 2, starts="2023")
    assert [one.key for one in tiny.check().warnings] == ["firms_using/2023/JPN"]
    tiny.set(FILE, 2, starts="2030", entity_id="")
    assert [one.key for one in tiny.check().warnings] == ["firms_using/2030/"]


def test_of_a_broken_file_nothing_is_said_to_be_missing(tiny: Tiny) -> None:
    """Rows that could not be read may be those that the others rest on."""
    tiny.set(FILE, 2, entity_id="TWN")
    tiny.add(FILE, 2, starts="not a period", entity_id="JPN")
    assert [place_of(line) for line in tiny.errors()] == [(f"tiny/{FILE}:3:2", "type")]


def test_an_empty_start_parts_every_two_periods(tiny: Tiny) -> None:
    tiny.set(FILE, 2, starts="", entity_id="")
    assert tiny.warnings() == []


def test_a_build_serves_the_breaks(tiny: Tiny) -> None:
    tiny.set(FILE, 2, reason="Asked of more firms.")
    assert run("build", "--data", tiny.data, "--var", tiny.var) == 0
    newest = max(tiny.var.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    with duckdb.connect(str(newest), read_only=True) as db:
        rows = db.execute(
            "SELECT indicator_id, starts, entity_id, reason FROM serve.indicator_breaks"
        ).fetchall()
    assert rows == [("firms_using", "2024", "JPN", "Asked of more firms.")]
