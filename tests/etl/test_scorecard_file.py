"""Each check of the scorecard's file fails on its own broken file, at its line, and only then."""

from __future__ import annotations

import pandas as pd
import pytest
from tiny import Refuse, Tiny

from etl import block_tables, scorecard
from etl.read import Dataset

FILE = "scorecard.yml"
FIRMS = "  firms_using:\n    pillar: adoption\n"
PRESET = "  equal:\n    name: Equal\n"
SECOND = "  people_using:\n    pillar: adoption\n    scale: log\n    low: 1\n    high: 100\n    why: Some.\n"


def line_of(tiny: Tiny, text: str) -> int:
    return next(n for n, line in enumerate(tiny.lines(FILE), 1) if text in line)


def test_the_tiny_scorecard_is_fine(tiny: Tiny) -> None:
    found = tiny.check()
    assert found.errors == []
    frames = block_tables.frames(found.data, scorecard.TABLES)
    assert {name: len(frame) for name, frame in frames.items()} == {
        "scorecard_pillars": 1,
        "scorecard_indicators": 1,
        "scorecard_presets": 5,
        "scorecard_weights": 5,
    }
    row = frames["scorecard_indicators"].iloc[0]
    assert (row["indicator_id"], row["low"], row["high"]) == ("firms_using", 0, 100)
    assert pd.isna(row["composite"])


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("  firms_using:\n", "  nobody_using:\n", "nobody_using", "is no indicator"),
        ("    low: 0\n", "    low: 100\n", "firms_using:", "is not below high"),
        ("    low: 0\n", "    low: nought\n", "low:", "is not a number"),
        ("    scale: linear\n", "    scale: log\n", "firms_using:", "on a log scale; expected a value above zero"),
        ("    scale: linear\n", "    scale: cubic\n", "scale:", "is not in the vocabulary"),
        ("    scale: linear\n", "", "firms_using:", "scale: is empty; expected one of linear, log"),
        ("    why: Nobody to everybody.\n", "", "firms_using:", "why: is empty; expected a value"),
        ("    why: Nobody to", "    reason: x\n    why: Nobody to", "reason:", "is no field of this table"),
        ("    pillar: adoption\n", "    pillar: talent\n", "firms_using:", "is not among the pillars of the file"),
        ("    pillar: adoption\n", "    pillar: fortune\n", "pillar: fortune", "is not in the vocabulary"),
        ("    high: 100\n", "    high: 100\n    person_low: 1\n", "firms_using:", "per-person goalposts need"),
        ("  firms_using:\n", "  score_limited:\n", "score_limited", "has no direction"),
    ],
)  # fmt: skip
def test_a_broken_indicator(tiny: Tiny, old: str, new: str, at: str, words: str) -> None:
    tiny.replace(FILE, old, new)
    found = [item for item in tiny.check().errors if item.check == "scorecard"]
    hits = [item for item in found if words in item.message]
    assert hits, [str(item) for item in found]
    assert (hits[0].file, hits[0].line) == (f"tiny/{FILE}", line_of(tiny, at))


def test_errors_stop_the_build_and_name_their_line(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FILE, "  firms_using:\n", "  nobody_using:\n")
    line = line_of(tiny, "nobody_using")
    (said,) = refuse((f"{FILE}:{line}:1", "scorecard"))
    assert (
        said
        == f"tiny/{FILE}:{line}:1: 'nobody_using' is no indicator; expected one of data/indicators [scorecard]"
    )


def test_context_is_never_scored(tiny: Tiny) -> None:
    folder = tiny.data / "indicators"
    (folder / "adoption.yml").rename(folder / "context.yml")
    messages = [item.message for item in tiny.check().errors if item.check == "scorecard"]
    assert any("is context, which is never scored" in message for message in messages)


def test_one_measure_of_each_index_in_a_pillar(tiny: Tiny) -> None:
    indicators = "indicators/adoption.yml"
    for key in ("index_one", "index_two"):
        text = (tiny.data / indicators).read_text(encoding="utf-8")
        tiny.write(indicators, text + f"\n{key}:\n  name: {key}\n  short_name: {key}\n  entity_type: economy\n"
                   "  unit: index 0-100\n  unit_label: points\n  value_kind: index\n  higher_is_better: true\n"
                   "  frequency: annual\n  definition: An index.\n  publisher: Board\n")  # fmt: skip
    block = "  {key}:\n    pillar: adoption\n    scale: linear\n    low: 0\n    high: 100\n    why: Its own.\n"
    tiny.replace(FILE, "\npresets:", block.format(key="index_one") + "\npresets:")
    found = [item for item in tiny.check().errors if item.check == "scorecard"]
    assert ["is an index; expected composite" in item.message for item in found] == [True]

    tiny.replace(FILE, "    why: Its own.\n", "    why: Its own.\n    composite: The Index\n")
    assert tiny.errors() == []
    two = block.format(key="index_two") + "    composite: The Index\n"
    tiny.replace(FILE, "\npresets:", two + "\npresets:")
    (error,) = [item for item in tiny.check().errors if item.check == "scorecard"]
    assert "'index_two' and 'index_one' are both taken from 'The Index'" in error.message
    assert error.line == line_of(tiny, "index_two")


def test_shares_are_not_divided_by_people(tiny: Tiny) -> None:
    tiny.replace(
        FILE, "    why: Nobody to everybody.\n",
        "    why: All.\n    person_scale: linear\n    person_low: 0\n    person_high: 1\n    person_why: Each.\n",
    )  # fmt: skip
    (found,) = tiny.errors()
    assert "is a share, which is never divided by people" in found


def test_a_measure_without_direction_and_two_scales(tiny: Tiny) -> None:
    tiny.replace(FILE, "\npresets:", SECOND + "\npresets:")
    (found,) = tiny.errors()
    assert "'people_using' has no direction" in found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  sovereignty:\n", "  own:\n", "the preset 'sovereignty' is missing"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {adoption: 80}\n", "add up to 80; expected 100"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {}\n", "gives no points to adoption"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n    indicators: {nobody: 1}\n",
         "'nobody' is no indicator of the scorecard"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n    indicators: {firms_using: 9}\n",
         "expected at most 5"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {adoption: 99.5}\n", "is not whole"),
        (PRESET + "    why: One pillar.\n    pillars: {adoption: 100}\n",
         PRESET + "    why: One pillar.\n    pillars: {adoption: -1}\n", "out of range"),
        (PRESET, "  equal:\n    title: Equal\n", "is no field of this table"),
        ("  adoption: Who uses the thing.\n", "  adoption: Who uses the thing.\n  talent: Who can.\n",
         "pillar 'talent' has no indicator"),
    ],
)  # fmt: skip
def test_a_broken_preset(tiny: Tiny, old: str, new: str, words: str) -> None:
    tiny.replace(FILE, old, new)
    found = tiny.errors()
    assert any(words in item for item in found), found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("pillars: [1", "cannot be read"),
        ("- one\n- two\n", "expected the blocks"),
        ("pillars:\n  adoption: a\n  adoption: b\nindicators: {}\npresets: {}\n", "stands twice"),
        ("indicators: {}\npresets: {}\n", "the block 'pillars' is missing"),
        ("pillars: {}\nindicators: {}\npresets: {}\nmore: {}\n", "unknown block 'more'"),
        ("pillars: one\nindicators: {}\npresets: {}\n", "expected pillars with fields below"),
        ("pillars:\n  adoption: [a]\nindicators: {}\npresets: {}\n", "expected one value"),
        ("pillars:\n  ? [a]\n  : b\nindicators: {}\npresets: {}\n", "expected a name"),
        ("a: " * 1 + "[" * 40 + "]" * 40, "too deep"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape(tiny: Tiny, content: str, words: str) -> None:
    tiny.write(FILE, content)
    found = [item for item in tiny.errors() if item.startswith(f"tiny/{FILE}:")]
    assert any(words in item for item in found), found


def test_a_missing_file(tiny: Tiny, refuse: Refuse) -> None:
    (tiny.data / FILE).unlink()
    refuse((f"{FILE}:1:1", "file"))


def test_an_encoding_fault(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(FILE, b"pillars: \xff\n")
    refuse((f"{FILE}:1:10", "encoding"))


def test_the_shipped_file_is_what_the_rules_ask_for() -> None:
    from tests.data.test_shipped import DATA

    found = scorecard.add_scorecard(Dataset(DATA))
    assert [str(item) for item in found.findings] == []
    rows = [row.record for row in found.rows("scorecard_indicators")]
    assert 25 <= len(rows) <= 32
    assert {str(row.pillar) for row in rows} == {
        "models", "compute", "capital", "adoption", "research", "talent", "governance"
    }  # fmt: skip
    for row in rows:
        assert len(row.why.split()) >= 3, row.indicator_id
        assert row.person_why is None or len(row.person_why.split()) >= 3
