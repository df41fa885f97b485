"""docs/adding-an-indicator.md does what it says, block by block."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, ROOT, Block, blocks

GUIDE = DOCS / "adding-an-indicator.md"
pytestmark = pytest.mark.slow


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "OBSERVATORY_VAR"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={**env, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip


def add(block: Block, folder: Path) -> None:
    """Add a block to the file it names: rows below the same header, or a YAML block."""
    path = folder / block.place
    old = path.read_text(encoding="utf-8")
    new = block.text
    if block.language == "csv":
        header, _, new = new.partition("\n")
        assert header == old.partition("\n")[0], f"{block.place}: the header of the guide is old"
    else:
        new = "\n" + new
    assert new.strip()
    path.write_text(old + new, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where everything up to the commands was done."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(ROOT / "data", folder / "data")
    edits = [block for block in blocks(GUIDE) if block.place]
    assert [block.place for block in edits] == [
        "data/sources.csv", "data/indicators/talent.yml", "data/observations/talent.csv",
    ]  # fmt: skip
    for block in edits:
        add(block, folder)
    return folder


def test_the_guide_leads_to_a_value_with_its_receipt(followed: Path) -> None:
    console = next(block for block in blocks(GUIDE) if block.language == "console")
    commands = console.text.splitlines()
    assert commands == ["python -m etl check", "python -m etl build"]
    for command in commands:
        done = run(command.split()[1:], followed)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        # The example's own rows raise no warning either.
        assert "example_ai_course_places" not in done.stdout + done.stderr
    code = next(block for block in blocks(GUIDE) if block.language == "python")
    said = next(block for block in blocks(GUIDE) if block.language == "text")
    done = run(["-c", code.text], followed)
    assert done.returncode == 0, done.stderr
    assert done.stdout == said.text


def test_the_example_is_not_in_the_shipped_data() -> None:
    for path in (ROOT / "data").rglob("*"):
        if path.suffix in {".csv", ".yml"}:
            assert "example_ai_course_places" not in path.read_text(encoding="utf-8")


def test_a_slip_in_the_example_is_named_with_its_place(followed: Path, tmp_path: Path) -> None:
    shutil.copytree(followed / "data", tmp_path / "data")
    path = tmp_path / "data" / "observations" / "talent.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",20150,count,", ",20150,persons,"), encoding="utf-8")
    done = run(["-m", "etl", "check"], tmp_path)
    assert done.returncode == 1
    line = len(text.splitlines())
    assert f"data/observations/talent.csv:{line}:6: unit: 'persons'" in done.stdout
