"""Curating by hand: scaffolds that pass the checks once filled, and spreadsheets through the same door."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook
from tiny import Tiny, run
from typer.testing import CliRunner

from etl.cli import app


def observations(tiny: Tiny) -> list[dict[str, str]]:
    with (tiny.data / "observations" / "adoption.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_source_is_named_field_by_field_until_it_is_filled(
    tiny: Tiny, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "source", "new-office", "--data", tiny.data) == 0
    said = capsys.readouterr().out
    assert "Still to be filled" in said
    assert "  title: Title of the page" in said
    assert "  kind: Kind of source, in order of trust (official, filing, " in said
    assert "  url: Address that was read" in said
    rows = (tiny.data / "sources.csv").read_text("utf-8").splitlines()
    line = next(at for at, row in enumerate(rows, start=1) if row.startswith("new-office,"))
    assert f"sources.csv:{line}\n" in said
    assert any(
        "reuse: is empty; expected one of open, quotable, closed" in one for one in tiny.errors()
    )
    assert any("title: is empty; expected a value" in line for line in tiny.errors())


def test_a_filled_source_passes(tiny: Tiny) -> None:
    fields = {
        "title": "Tables", "publisher": "New Office", "origin": "New Office", "kind": "official",
        "licence": "CC BY 4.0", "reuse": "open", "redistribute": "true", "attribution": "New Office",
    }  # fmt: skip
    given = [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]
    assert run("new", "source", "new-office", "--data", tiny.data, *given) == 0
    assert tiny.errors() == []


def test_a_filled_organisation_passes(tiny: Tiny) -> None:
    given = [
        "--set",
        "name=New Firm",
        "--set",
        "kind=company",
        "--set",
        "source_id=office",
        "--set",
        "economy_id=KOR",
    ]
    assert run("new", "organisation", "new-firm", "--data", tiny.data, *given) == 0
    assert tiny.errors() == []


def test_a_filled_indicator_passes(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "indicator", "new-share", "--data", tiny.data) == 2
    assert run("new", "indicator", "new-share", "--domain", "adoption", "--data", tiny.data) == 0
    assert any("name: is empty" in line for line in tiny.errors())
    path = tiny.data / "indicators" / "adoption.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in {
        "name": "New share", "short_name": "New share", "entity_type": "economy", "unit": "percent",
        "unit_label": "'%'", "value_kind": "share", "frequency": "annual",
        "definition": "Share of things.", "publisher": "New Office",
    }.items():  # fmt: skip
        assert text.count(f"  {name}:\n") == 1, name
        assert "  # method_caveats: What it does not count" in text
        text = text.replace(f"  {name}:\n", f"  {name}: {value}\n")
    path.write_text(text, encoding="utf-8")
    assert tiny.errors() == []


@pytest.mark.parametrize(
    "words",
    [
        ("new", "source", "office"),
        ("new", "source", "Über Büro"),
        ("new", "source", "fresh", "--set", "nothing=1"),
        ("new", "indicator", "firms_using", "--domain", "adoption"),
        ("new", "planet", "x1"),
    ],
)
def test_wrong_use_is_said(tiny: Tiny, words: tuple[str, ...]) -> None:
    assert run(*words, "--data", tiny.data) == 2
    assert tiny.errors() == []


def book(path: Path) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["A table of the office"])
    sheet.append([])
    sheet.append(["Economy", "2024", "2025", "Remark"])
    sheet.append(["China", 42.5, 44, "as printed"])
    sheet.append(["South Korea", None, 31.5, None])
    made.save(path)
    return path


def test_a_wide_spreadsheet_by_a_saved_mapping(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = book(tmp_path / "table.xlsx")
    mapping = tmp_path / "map.yml"
    mapping.write_text(
        "indicator: firms_using\nsource: office\nentity: Economy\nlayout: wide\nstatus_hint: official\n"
    )
    words = ("import", file, "--map", mapping, "--data", tiny.data, "--var", tiny.var)
    before = observations(tiny)
    assert run(*words) == 0
    assert "firms_using: 2 values, 2025, CHN, KOR" in capsys.readouterr().out
    assert observations(tiny) == before
    assert run(*words, "--accept") == 0
    added = [row for row in observations(tiny) if row not in before]
    assert sorted((row["entity_id"], row["period"], row["value"]) for row in added) == [
        ("CHN", "2025", "44"),
        ("KOR", "2025", "31.5"),
    ]
    assert added[0]["locator"].startswith("row ")
    assert "sha256" in added[0]["note"]
    assert tiny.errors() == []
    capsys.readouterr()
    assert run(*words) == 0
    assert "Nothing would change." in capsys.readouterr().out


def test_columns_are_asked_for_and_the_answers_kept(tiny: Tiny, tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("Place,Year,Share\nJapan,2025,33%\nNowhereland,2025,1\n", encoding="utf-8")
    answers = "no_such\nfirms_using\ndataset\nPlase\nPlace\nYear\nShare\n\n"
    saved = tmp_path / "kept.yml"
    done = CliRunner().invoke(
        app, ["import", str(file), "--data", str(tiny.data), "--save", str(saved)], input=answers
    )
    assert done.exit_code == 0, done.output
    assert "'Plase' is no column; expected one of Place, Year, Share" in done.output
    assert "firms_using: 1 values, 2025, JPN" in done.output
    assert "'Nowhereland'" in done.output
    assert run("import", file, "--map", saved, "--data", tiny.data) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('Place,Year,Share\nJapan,2025,"1,200"\n', "without thousands separators"),
        ("Place,Year,Share\nJapan,last year,3\n", "a period such as 2025"),
        ("Place,Year,Share\nJapan,2025,many\n", "a number"),
        ("Place,Year,Portion\nJapan,2025,3\n", "none called Share"),
        ("Place,Year,Share\n", "rows below the header"),
        ("<html></html>", "a web page"),
    ],
)
def test_a_bad_spreadsheet_stops(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    file, mapping = tmp_path / "bad.csv", tmp_path / "map.yml"
    file.write_text(content, encoding="utf-8")
    mapping.write_text(
        "indicator: firms_using\nsource: dataset\nentity: Place\nperiod: Year\nvalue: Share\n"
    )
    before = observations(tiny)
    assert (
        run("import", file, "--map", mapping, "--data", tiny.data, "--var", tiny.var, "--accept")
        == 1
    )
    assert said in capsys.readouterr().err
    assert observations(tiny) == before
