"""What the documents name exists: commands, paths, parameters, views, exit codes, counts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl import cli
from etl.derive.status import TOLERANCE
from etl.serve import view_files
from observatory.db.queries import KINDS
from observatory.model import scope
from observatory.model.vocab import SourceKind, Status
from observatory.ui import nav, state
from observatory.views.economy.standing import OLDEST
from tests.docs.blocks import DOCS, ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "data" / "README.md",
    ROOT / "benchmarks" / "README.md",
    *sorted(DOCS.glob("*.md")),
]
TOP = {path.name for path in ROOT.iterdir()} | {"var", "docs"}
# Made by commands, by the guides' own steps, or patterns.
NOT_THERE = {
    "var/screenshots",
    "var/sbom.json",
    "var/peers-venv",
    "var/upgrade",
    ".streamlit/secrets.toml",
    "pages/ranking.py",
    "observatory/views/ranking.py",
    "observatory/i18n/locales/vi/messages.po",
    ".venv",
    "var",
}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_paths_exist(path: Path) -> None:
    text = text_of(path)
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.M))
    for name in re.findall(r"\bmake ([a-z]+)\b(?=`|$| +#)", text, re.M):
        assert name in targets, f"make {name}"
    known = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    for name in re.findall(r"python -m etl ([a-z]+)", text):
        assert name in known, f"python -m etl {name}"
    for module in re.findall(r"python -m ([a-z_.0-9]+)", text):
        file = ROOT / Path(*module.split("."))
        assert file.with_suffix(".py").exists() or (file / "__main__.py").exists(), module
    for quoted in re.findall(r"`([^`\n]+)`", text):
        place = quoted.strip().rstrip("/")
        if not re.fullmatch(r"[\w.@-]+(/[\w.@-]+)*", place) or place.partition("/")[0] not in TOP:
            continue
        if "/" not in place and "." not in place:
            continue
        assert place in NOT_THERE or (ROOT / place).exists(), place
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_document_is_found() -> None:
    assert len(DOCUMENTS) >= 11
    for path in DOCS.glob("*.md"):
        assert f"docs/{path.name}" in text_of(ROOT / "README.md"), path.name


def test_the_screenshot_is_small() -> None:
    picture = DOCS / "screenshots" / "briefing.png"
    assert 20_000 < picture.stat().st_size < 400_000
    assert picture.read_bytes()[:4] == b"\x89PNG"


def table_after(text: str, head: str) -> list[list[str]]:
    """Cells of the rows of the table whose header starts with `head`."""
    lines = text[text.index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_url_parameters_are_all_documented() -> None:
    rows = table_after(text_of(DOCS / "architecture.md"), "| parameter |")
    told: dict[str, str] = {}
    for row in rows:
        # A name that means different things on different pages has a row for each.
        name = row[0].strip("`")
        told[name] = f"{told[name]}, {row[1]}" if name in told else row[1]
    own = {(name, page.slug) for page in nav.existing() for name in page.params}
    assert set(told) == {*state.OWN, *(name for name, _ in own)}
    missing = [(name, slug) for name, slug in sorted(own) if slug not in told[name].split(", ")]
    assert missing == []
    assert all(told[name] == "all" for name in state.SHARED)


def test_exit_codes_are_those_of_the_command_line() -> None:
    rows = table_after(text_of(DOCS / "architecture.md"), "| exit code |")
    codes = [cli.OK, cli.INVALID, cli.USAGE, cli.STORAGE, cli.BUSY]
    assert [int(row[0]) for row in rows] == codes


def test_views_and_letters_of_row_ids_are_documented() -> None:
    text = text_of(DOCS / "architecture.md")
    told = re.search(r"Its views: (.*?)\.\n", text, re.S)
    assert told
    assert sorted(re.findall(r"`(\w+)`", told[1])) == sorted(name for name, _, _ in view_files())
    letters = re.search(r"first letter of a row id.*?\n\n", text, re.S)
    assert letters
    assert set(re.findall(r"`(\w)`", letters[0])) == set(KINDS)


def test_the_method_names_every_word_and_number() -> None:
    text = text_of(DOCS / "method.md")
    for status in Status:
        assert f"**{str(status).replace('_', ' ').capitalize()}**" in text, status
    kinds = ", ".join(str(kind) for kind in SourceKind)
    assert kinds in text
    for number in (
        f"{TOLERANCE:.0%}".replace("%", " %"),
        f"at least {scope.MIN_CROSS_SECTION} of the thirteen",
        f"Fewer than {scope.MIN_RANKED} values",
        f"within {scope.MAX_AGE_YEARS} years",
        f"ended before {OLDEST}",
    ):
        assert number in text, number
    assert len(scope.SCOPE) == 13
    assert len(scope.COMPARATORS) == 7


def test_counts_of_the_data_are_true() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/data_counts.py", "--check"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_readme_names_only_pages_that_exist() -> None:
    for path in re.findall(r"`/(\w+)\?", text_of(ROOT / "README.md")):
        assert nav.find(path) is not None, path
