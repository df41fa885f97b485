"""A DuckLake in place of files: the switch, the comparison, and the whole proof where it can run.

The proof needs DuckDB 1.5.5, which the extensions are packaged for and which cannot stand beside the
one of the app: `sh deploy/ducklake/prove.sh FOLDER` makes its environment. With that folder in
LAKE_PROOF the test runs it again.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from observatory.db.connect import Databases, NoBuild, databases
from observatory.db.lake import LakeDatabases
from tests.docs.blocks import ROOT

FOLDER = os.environ.get("LAKE_PROOF", "")
PROVE = ROOT / "deploy" / "ducklake" / "prove.py"


def test_without_the_switch_builds_are_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OBSERVATORY_LAKE", raising=False)
    assert type(databases(tmp_path)) is Databases


def test_without_the_extension_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_LAKE", f"ducklake:{tmp_path}/none.ducklake")
    found = databases(tmp_path)
    assert isinstance(found, LakeDatabases)
    with pytest.raises(NoBuild, match=r"extension ducklake of DuckDB .*docs/scale\.md"):
        found.get()


def test_what_counts_as_an_equal_answer() -> None:
    prove = runpy.run_path(str(PROVE))
    digest, verdict = prove["digest"], prove["verdict"]
    frame = pd.DataFrame({"id": ["a", "b"], "value": [0.1 + 0.2, None]})
    assert verdict(digest(frame), digest(frame.copy())) == "equal"
    assert verdict(digest(frame), digest(frame.assign(value=[0.3, None]))) == "equal"
    assert verdict(digest(frame), digest(frame.iloc[::-1])) == "order"
    assert verdict(digest(frame), digest(frame.assign(value=[0.3, 0.0]))) == "differs"
    assert verdict(digest(frame), digest(frame.rename(columns={"id": "key"}))) == "differs"
    assert verdict(digest(frame), digest(frame.astype({"id": "category"}))) == "types"


def test_its_environment_is_pinned_and_names_no_index() -> None:
    lines = (
        (ROOT / "deploy" / "ducklake" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    )
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert not [line for line in wanted if "://" in line or line.startswith("-")]
    engines = [line for line in wanted if line.startswith("duckdb")]
    assert len(engines) == 4
    assert {re.sub(r".*==", "", line) for line in engines} == {"1.5.5"}


@pytest.mark.timeout(3600)
@pytest.mark.skipif(
    not FOLDER or not (Path(FOLDER) / "venv" / "bin" / "python").exists(),
    reason="needs DuckDB 1.5.5 in an environment of its own: run deploy/ducklake/prove.sh FOLDER, "
    "then name the folder in LAKE_PROOF",
)
def test_every_page_query_answers_the_same(built: Path) -> None:
    folder = Path(FOLDER)
    (folder / "asked.json").unlink(missing_ok=True)
    done = subprocess.run(
        ["sh", str(ROOT / "deploy" / "ducklake" / "prove.sh"), str(folder)],
        env={**os.environ, "PYTHON": sys.executable, "OBSERVATORY_VAR": str(built)},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["questions"] >= 400, done.stderr
    assert report["named"] >= 130
    assert set(report["counts"]) == {"equal"}, report["odd"]
    readers = json.loads((folder / "readers.json").read_text(encoding="utf-8"))
    assert readers["faults"] == []
    assert len(readers["seen"]) == 2
    assert all(set(readers["expected"]) <= set(seen) for seen in readers["seen"])
    assert done.returncode == 0, done.stderr
