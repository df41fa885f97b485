"""Faults of files: each is told with its place, and nothing is published."""

from __future__ import annotations

import random
import time

import pytest
from tiny import TINY, Refuse, Tiny, place_of

from etl.read import MAX_BYTES
from observatory.model.tables import TABLES, Table

FX = "capital/fx_rates.csv"
OBS = "observations/adoption.csv"
YML = "indicators/adoption.yml"


def test_tiny_data_is_sound(tiny: Tiny) -> None:
    found = tiny.check()
    assert (found.errors, found.warnings) == ([], [])
    assert len(found.accepted) == 1
    assert all(found.data.rows(table.name) for table in TABLES if not table.optional)


def test_tiny_data_checks_in_under_a_second(tiny: Tiny) -> None:
    start = time.perf_counter()
    tiny.check()
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize("table", [t for t in TABLES if t.optional], ids=lambda table: table.name)
def test_optional_file(tiny: Tiny, table: Table) -> None:
    (tiny.data / table.files).unlink(missing_ok=True)
    assert [str(item) for item in tiny.check().errors] == []
    assert tiny.check().data.rows(table.name) == []


@pytest.mark.parametrize(
    "table", [t for t in TABLES if not t.optional], ids=lambda table: table.name
)
def test_missing_file(tiny: Tiny, refuse: Refuse, table: Table) -> None:
    files = table.files
    if "*" in files:
        for path in tiny.data.glob(files):
            path.unlink()
    else:
        (tiny.data / files).unlink()
    lines = refuse((f"{files}:1:1", "file"))
    assert "missing" in lines[0] or "no such file" in lines[0]


def test_missing_column(tiny: Tiny, refuse: Refuse) -> None:
    rows = [line.rpartition(",")[0] for line in tiny.lines(FX)]
    tiny.write(FX, "\n".join(rows) + "\n")
    (line,) = refuse((f"{FX}:1:1", "header"))
    assert "column 'note' is missing; expected source_id, locator" in line


def test_unknown_column(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(FX, "\n".join(f"{line},x" for line in tiny.lines(FX)) + "\n")
    (line,) = refuse((f"{FX}:1:8", "header"))
    assert "unknown column 'x'" in line


def test_column_that_stands_twice(tiny: Tiny, refuse: Refuse) -> None:
    first, *rest = tiny.lines(FX)
    tiny.write(FX, "\n".join([f"{first},note", *(f"{line}," for line in rest)]) + "\n")
    (line,) = refuse((f"{FX}:1:8", "header"))
    assert "'note' stands twice" in line


def test_byte_order_mark(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(OBS, b"\xef\xbb\xbf" + (tiny.data / OBS).read_bytes())
    (line,) = refuse((f"{OBS}:1:1", "encoding"))
    assert "byte-order mark" in line


def test_windows_line_ends(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(OBS, (tiny.data / OBS).read_bytes().replace(b"\n", b"\r\n"))
    (line,) = refuse((f"{OBS}:1:{len(tiny.lines(OBS)[0]) + 1}", "encoding"))
    assert "carriage return" in line


def test_latin_1_bytes(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(FX, (tiny.data / FX).read_bytes().replace(b"table 4", b"Z\xfcrich", 1))
    column = tiny_column(FX, 2, "table 4") + 1
    (line,) = refuse((f"{FX}:2:{column}", "encoding"))
    assert "byte 0xfc is not UTF-8" in line


def tiny_column(file: str, line: int, text: str) -> int:
    """Character position (from 1) of a text on a line of the sound data."""
    return (TINY / file).read_text(encoding="utf-8").splitlines()[line - 1].index(text) + 1


def test_utf_16(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(FX, (tiny.data / FX).read_text(encoding="utf-8").encode("utf-16"))
    refuse((f"{FX}:1:1", "encoding"))


def test_nul_character(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "CNY,2025", "CNY\0,2025")
    (line,) = refuse((f"{FX}:3:4", "encoding"))
    assert "NUL" in line


def test_quote_left_open(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "CNY,2025,7.1,office,table 4", 'CNY,2025,7.1,office,"table 4')
    (line,) = refuse((f"{FX}:3:1", "csv"))
    assert "expected quotes closed" in line


def test_quote_in_the_middle(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "CNY,2024,7.2,office,table 4", 'CNY,2024,7.2,office,"table" 4')
    refuse((f"{FX}:2:1", "csv"))


def test_too_many_fields(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "CNY,2024,7.2", "CNY,2024,7,2")
    (line,) = refuse((f"{FX}:2:1", "csv"))
    assert "8 fields; expected 7 fields" in line


def test_too_few_fields(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "CNY,2025,7.1,", "CNY,2025,")
    (line,) = refuse((f"{FX}:3:1", "csv"))
    assert "6 fields; expected 7 fields" in line


def test_empty_line(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FX, "\nCNY,2025", "\n\nCNY,2025")
    (line,) = refuse((f"{FX}:3:1", "csv"))
    assert "an empty line" in line


def test_line_numbers_count_lines_inside_quotes(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(
        FX, "CNY,2024,7.2,office,table 4,high,", 'CNY,2024,7.2,office,table 4,high,"one\ntwo"'
    )
    tiny.replace(FX, "CNY,2025,7.1", "CNY,2025,abc")
    refuse((f"{FX}:4:3", "type"))


@pytest.mark.parametrize("content", ["", "\n"])
def test_empty_file(tiny: Tiny, refuse: Refuse, content: str) -> None:
    tiny.write(FX, content)
    (line,) = refuse((f"{FX}:1:1", "header"))
    assert "empty" in line


@pytest.mark.parametrize("kind", ["letters", "bytes", "commas", "quotes", "rows"])
def test_ten_megabytes_of_nonsense(
    tiny: Tiny, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every kind of nonsense ends in a short report, soon, and in little memory."""
    size = 10 * 2**20
    draw = random.Random(7)  # noqa: S311 - not for secrets
    match kind:
        case "letters":
            text = "".join(draw.choices("abc,\n \"'", k=2**16)) * (size // 2**16)
        case "bytes":
            tiny.write(OBS, draw.randbytes(size))
            text = None
        case "commas":
            text = "a," * (size // 2)
        case "quotes":
            text = '"' + "x" * size
        case _:
            text = "\n".join([tiny.lines(OBS)[0], *(["x,y"] * (size // 4))])
    if text is not None:
        tiny.write(OBS, text)
    start = time.perf_counter()
    found = [item for item in tiny.check().errors if item.file == f"tiny/{OBS}"]
    assert time.perf_counter() - start < 10
    assert 1 <= len(found) <= 1000
    assert all(len(str(item)) < 1000 for item in found)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "a: " + "{b: " * 100_000,
        "- x\n" * 300_000,
        "&a [*a]",
        "? [a, b]\n: c",
        "x:\n  ? [a, b]\n  : c",
        "x: \x01",
    ],
)
def test_yaml_nonsense(tiny: Tiny, text: str) -> None:
    tiny.write(YML, text)
    found = [item for item in tiny.check().errors if item.file == f"tiny/{YML}"]
    assert 1 <= len(found) <= 1000
    assert found[0].check in ("yaml", "type", "size")


def test_too_large_a_file(tiny: Tiny, refuse: Refuse) -> None:
    with (tiny.data / FX).open("r+b") as stream:
        stream.truncate(70 * 2**20)  # sparse: takes no room on the disk
    assert MAX_BYTES < 70 * 2**20
    (line,) = refuse((f"{FX}:1:1", "size"))
    assert "73,400,320 bytes" in line


# Indicator files -------------------------------------------------------------------------------


def test_yaml_key_twice(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(YML, "  short_name: Firms using\n", "  short_name: Firms using\n  unit: people\n")
    (line,) = refuse((f"{YML}:6:9", "yaml"))
    assert "'unit' stands twice in 'firms_using'" in line


def test_yaml_indicator_twice(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(YML, "people_using:\n", "firms_using:\n")
    found = [place_of(line) for line in tiny.errors()]
    assert (f"tiny/{YML}:15:1", "duplicate-key") in found


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (38, "minimum: ten"),
        (38, "minimum: .nan"),
        (38, "minimum: NaN"),
        (38, "minimum: inf"),
        (8, "higher_is_better: NO"),
        (8, "higher_is_better: yes"),
        (12, "headline: 1"),
        (13, "pillar: adopting"),
        (24, "per_capita_base: people"),
        (24, "colour: red"),
    ],
)
def test_yaml_wrong_type(tiny: Tiny, refuse: Refuse, line: int, text: str) -> None:
    lines = tiny.lines(YML)
    if "colour" not in text:
        assert lines[line - 1].split(":")[0].strip() == text.split(":")[0]
    lines[line - 1] = f"  {text}"
    tiny.write(YML, "\n".join(lines) + "\n")
    refuse((f"{YML}:{line}:1", "type"))


def test_yaml_words_stay_words(tiny: Tiny) -> None:
    """NO, on and 1e3 are texts where a text is expected, never false, true or a number."""
    tiny.replace(YML, "short_name: Firms using", "short_name: NO")
    tiny.replace(YML, "short_name: Score", "short_name: 2024-01-01")
    found = tiny.check()
    assert found.errors == []
    assert {row.record.short_name for row in found.data.rows("indicators")} >= {"NO", "2024-01-01"}


def test_yaml_tab(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(YML, "  short_name: Firms using\n", "\tshort_name: Firms using\n")
    (line,) = refuse((f"{YML}:3:1", "yaml"))
    assert "cannot be read" in line


def test_yaml_list_instead_of_a_value(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(YML, "short_name: Firms using", "short_name: [Firms, using]")
    refuse((f"{YML}:3:15", "yaml"))


def test_yaml_block_without_fields(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write(YML, (tiny.data / YML).read_text(encoding="utf-8") + "\nempty_one:\n")
    (line,) = refuse((f"{YML}:41:1", "yaml"))
    assert "'empty_one' has no fields" in line


def test_yaml_field_missing(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(YML, "  publisher: Example Board\n", "")
    (line,) = refuse((f"{YML}:28:1", "type"))
    assert "publisher: is empty" in line


# Several at once --------------------------------------------------------------------------------


def test_all_faults_in_one_report(tiny: Tiny, refuse: Refuse) -> None:
    """Faults of several files, of reading and of checking, stand in one report in file order."""
    tiny.set(FX, 2, units_per_usd="seven")
    tiny.set(FX, 3, confidence="sure")
    tiny.set(OBS, 2, unit="people", value="140")
    tiny.set("policy/policies.csv", 3, source_id="nowhere")
    tiny.write("technology/chips.csv", b"\xff")
    refuse(
        (f"{FX}:2:3", "type"),
        (f"{FX}:3:6", "type"),
        (f"{OBS}:2:5", "range"),
        (f"{OBS}:2:6", "unit"),
        ("policy/policies.csv:3:11", "unknown-id"),
        ("technology/chips.csv:1:1", "encoding"),
    )


def test_report_of_a_bad_file_does_not_bury_others(
    tiny: Tiny, capsys: pytest.CaptureFixture[str]
) -> None:
    from tiny import run

    tiny.write(FX, "\n".join([tiny.lines(FX)[0], *(["x"] * 300)]) + "\n")
    tiny.set(OBS, 2, value="x")
    assert run("build", "--data", tiny.data, "--var", tiny.var) == 1
    lines = capsys.readouterr().err.splitlines()
    assert sum(line.startswith(f"tiny/{FX}:") for line in lines) == 101
    assert f"tiny/{FX}: and 200 more like these" in lines
    assert any(line.startswith(f"tiny/{OBS}:2:5: ") for line in lines)


def test_reading_gives_up_after_500_faults(tiny: Tiny) -> None:
    tiny.write(FX, "\n".join([tiny.lines(FX)[0], *(["x"] * 5000)]) + "\n")
    found = tiny.check().errors
    assert len(found) == 501
    assert "given up" in found[-1].message
