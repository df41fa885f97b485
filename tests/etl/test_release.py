"""The release bundle of the tiny data set: same bytes, open rows only, readable by others."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from tiny import Tiny, run

from etl.licence import NOT_OPEN, as_on_site
from etl.release import sdmx
from etl.release.bundle import SUMS, Occupied, release


def _bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".duckdb" and path.name != SUMS
    }


@pytest.fixture
def bundle(tiny: Tiny, tmp_path: Path) -> Path:
    return release(tiny.data, tmp_path / "out").folder


def test_same_input_same_bytes(tiny: Tiny, bundle: Path, tmp_path: Path) -> None:
    again = release(tiny.data, tmp_path / "again").folder
    assert again.name == bundle.name
    assert _bytes(again) == _bytes(bundle)
    assert len(_bytes(bundle)) > 80


def test_checksums_cover_every_file(bundle: Path) -> None:
    lines = (bundle / SUMS).read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {p.relative_to(bundle).as_posix() for p in bundle.rglob("*") if p.is_file()} - {SUMS}
    assert set(named) == files
    for name, digest in named.items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest


def test_only_open_rows_go_out_and_the_rest_is_counted(tiny: Tiny, bundle: Path) -> None:
    sources = pd.read_csv(tiny.data / "sources.csv")
    not_open = set(sources.loc[sources["reuse"] != "open", "source_id"])
    for path in (bundle / "csv").glob("*.csv"):
        frame = pd.read_csv(path)
        if "source_id" in frame.columns:
            assert not not_open & set(frame["source_id"].dropna()), path.name
    left = pd.read_csv(bundle / "left_out.csv")
    told = json.loads((bundle / "build.json").read_text(encoding="utf-8"))["rows_left_out"]
    assert told == left["rows"].sum() > 10
    kept = len(pd.read_csv(bundle / "csv" / "observations.csv")["row_id"].unique())
    written = len(pd.concat(map(pd.read_csv, (tiny.data / "observations").glob("*.csv"))))
    assert kept + left.loc[left["table"] == "observations", "rows"].sum() == written


def test_csv_parquet_and_database_agree(bundle: Path) -> None:
    with duckdb.connect(str(bundle / "observatory.duckdb"), read_only=True) as connection:
        for path in sorted((bundle / "parquet").glob("*.parquet")):
            counts = [
                connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608
                for what in (f"serve.{path.stem}", f"read_parquet('{path}')")
            ]
            assert counts[0] == counts[1], path.name
            with (bundle / "csv" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as stream:
                assert (sum(1 for _ in csv.reader(stream)) - 1,) == counts[0], path.name


def test_every_column_is_explained(bundle: Path) -> None:
    dictionary = pd.read_csv(bundle / "dictionary.csv")
    assert dictionary["meaning"].notna().all()
    for path in (bundle / "csv").glob("*.csv"):
        header = list(pd.read_csv(path, nrows=0).columns)
        assert header == list(dictionary.loc[dictionary["table"] == path.stem, "column"])


def test_the_next_release_says_what_changed(tiny: Tiny, bundle: Path, tmp_path: Path) -> None:
    assert "First release" in (bundle / "CHANGELOG.md").read_text(encoding="utf-8")
    tiny.set("observations/adoption.csv", 2, note="read again")
    second = release(tiny.data, tmp_path / "out").folder
    said = (second / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"Since `{bundle.name}`" in said
    assert "read again" in said


def test_a_folder_of_others_is_not_replaced(tiny: Tiny, bundle: Path) -> None:
    (bundle / SUMS).unlink()
    (bundle / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Occupied, match="is no release"):
        release(tiny.data, bundle.parent)
    assert run("release", "--data", tiny.data, "--out", bundle.parent) == 3
    assert (bundle / "mine.txt").is_file()


def test_faulty_data_releases_nothing(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.set("observations/adoption.csv", 2, value="many")
    assert run("release", "--data", tiny.data, "--out", tmp_path / "none") == 1
    assert "adoption.csv:2:" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("period", "precision", "first", "last", "expected"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2025-H1", "half", date(2025, 1, 1), date(2025, 6, 30), "2025-S1"),
        ("FY2024", "fiscal_year", date(2024, 4, 1), date(2025, 3, 31), "2024-04-01/P365D"),
    ],
)
def test_periods_of_sdmx(
    period: str, precision: str, first: date, last: date, expected: str
) -> None:
    assert sdmx.time_period(period, precision, first, last) == expected


@pytest.mark.parametrize(("scale", "power"), [(1, 0), (1000, 3), (1_000_000_000, 9), (None, 0)])
def test_multiplier_of_sdmx(scale: int | None, power: int) -> None:
    assert sdmx.power_of_ten(scale) == power


def test_what_other_sources_dispute_does_not_look_agreed() -> None:
    status = pd.DataFrame(
        {"row_id": ["o1", "o2", "o3"], "cell_id": ["a", "a", "b"], "status": ["disputed"] * 2 + ["official"]}
    )  # fmt: skip
    cells = pd.DataFrame(
        {
            "cell_id": ["a", "b"], "lead_row_id": ["o2", "o3"], "chosen_row_id": ["o2", "o3"],
            "rule": ["tier", "only_source"], "low": [1.0, 3.0], "high": [2.0, 3.0], "spread": [0.5, 0.0],
        }
    )  # fmt: skip
    opened = {"row_status": status[status["row_id"] != "o2"].assign(status="reported")}
    found = as_on_site(opened, {"row_status": status, "cells": cells})
    assert list(found["row_status"]["status"]) == ["disputed", "official"]
    mixed, whole = found["cells"].to_dict("records")
    assert mixed["rule"] == NOT_OPEN
    assert mixed["lead_row_id"] == "o1"
    assert pd.isna(mixed["chosen_row_id"])
    assert pd.isna(mixed["low"])
    assert whole == cells.iloc[1].to_dict()
