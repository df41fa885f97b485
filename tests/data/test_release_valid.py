"""The bundle of the shipped data, held against the validators of the standards it names."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.release.bundle import Released, release
from observatory.db.connect import Databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    return release(ROOT / "data", tmp_path_factory.mktemp("release"))


def test_data_package(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    from frictionless import Package

    monkeypatch.chdir(released.folder)
    report = Package("datapackage.json").validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])[:5]


def test_croissant(released: Released) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(released.folder / "croissant.json"))
    found = [row["economies/economy_id"] for row in dataset.records("economies")]
    assert b"KOR" in found or "KOR" in found


def test_sdmx(released: Released) -> None:
    from pysdmx.io import read_sdmx

    message = read_sdmx(str(released.folder / "sdmx" / "observations.csv"), validate=True)
    (dataset,) = message.data
    written = pd.read_csv(released.folder / "sdmx" / "observations.csv")
    assert len(dataset.data) == len(written) > 10_000
    assert set(dataset.data["OBS_STATUS"]) <= {"A", "E", "F", "U"}
    known = read_sdmx(str(released.folder / "sdmx" / "structure.json"), validate=True)
    assert {type(part).__name__ for part in known.structures} >= {
        "Dataflow",
        "DataStructureDefinition",
    }


def test_a_stranger_reads_the_numbers_of_the_site(released: Released, built: Path) -> None:
    """With the dictionary's words alone: headline values of the bundle are those of the build."""
    query = (
        "SELECT indicator_id, entity_id, period, value, row_id FROM serve.headlines "
        "WHERE is_headline AND valid_to IS NULL ORDER BY ALL"
    )
    with duckdb.connect(str(released.folder / "observatory.duckdb"), read_only=True) as bundle:
        theirs = bundle.execute(query).df()
    ours = Databases(built).get().select(query, {})
    key = ["indicator_id", "entity_id", "period"]
    both = theirs.merge(ours, on=key, how="left", suffixes=("", "_site"))
    assert len(both) == len(theirs) > 10_000
    assert (both["row_id"] == both["row_id_site"]).all()
    assert (both["value"] == both["value_site"]).all()
