"""Lint, types and layers hold; the house rules that no linter knows hold too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def test_ruff_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


@pytest.mark.slow
def test_mypy_finds_nothing() -> None:
    run(sys.executable, "-m", "mypy")


def test_imports_run_downwards() -> None:
    run(str(TOOLS / "lint-imports"), "--no-cache")


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level packages and full modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_pages_neither_query_nor_plot() -> None:
    files = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
    assert len(files) >= 4
    for path in files:
        roots = {module.partition(".")[0] for module in imported(path)}
        assert roots.isdisjoint({"duckdb", "plotly", "etl"}), path.name


def test_requirements_are_pinned_with_hashes_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line]
        assert len(pins) >= 40
        assert all(line.endswith(" \\") for line in pins), name
        assert text.count("--hash=sha256:") > len(pins)
        for word in ("index-url", "://", "find-links", "trusted-host"):
            assert word not in text, name


def test_what_runs_is_pinned_alike_for_developers() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.removesuffix(" \\") for line in lines if "==" in line}

    assert pins("requirements.txt") < pins("requirements-dev.txt")
