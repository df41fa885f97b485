"""docs/adding-a-page.md does what it says: its blocks make a page that opens, also in the started
language of docs/adding-a-language.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, ROOT, blocks

GUIDE, TONGUE = DOCS / "adding-a-page.md", DOCS / "adding-a-language.md"
HERE = Path(__file__).resolve().parent
pytestmark = pytest.mark.slow
NAV, VIEW, PAGE = "observatory/ui/nav.py", "observatory/views/ranking.py", "pages/ranking.py"
ANCHOR = '    Page("economy", ECONOMIES'
LANGUAGES, CATALOGUE = "observatory/i18n/languages.py", "observatory/i18n/locales/vi/messages.po"
KOREAN = '            Language("ko", "ko", "한국어"),\n'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with the guide's blocks in place."""
    folder = tmp_path_factory.mktemp("house")
    no_caches = shutil.ignore_patterns("__pycache__")
    for name in ("observatory", "pages", "static", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=no_caches)
    shutil.copy(ROOT / "app.py", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    found = {block.place: block.text for block in blocks(GUIDE)}
    assert list(found) == [NAV, VIEW, PAGE]
    nav = folder / NAV
    text = nav.read_text(encoding="utf-8")
    assert text.count(ANCHOR) == 1
    nav.write_text(text.replace(ANCHOR, found[NAV] + ANCHOR), encoding="utf-8")
    for place in (VIEW, PAGE):
        assert not (ROOT / place).exists(), f"{place} exists: the guide needs another example"
        (folder / place).write_text(found[place], encoding="utf-8")
    start_a_language(folder)
    return folder


def start_a_language(folder: Path) -> None:
    found = {block.place: block.text for block in blocks(TONGUE)}
    assert list(found) == [LANGUAGES, CATALOGUE]
    path = folder / LANGUAGES
    text = path.read_text(encoding="utf-8")
    assert text.count(KOREAN) == 1
    path.write_text(text.replace(KOREAN, KOREAN + found[LANGUAGES]), encoding="utf-8")
    (folder / CATALOGUE).parent.mkdir()
    (folder / CATALOGUE).write_text(found[CATALOGUE], encoding="utf-8")


SHOWN = {
    "lang=en": "is first of",
    "lang=ja&economies=asean6": "シンガポール",
    "lang=vi&measure=nonsense": "Các nền kinh tế",
}
"""Queries and what the page then says."""


@pytest.fixture(scope="module")
def opened(house: Path, built: Path) -> dict[str, str]:
    """The page of the guide as the copy of the house shows it for each query, in one process."""
    env = {**os.environ, "PYTHONPATH": str(house), "OBSERVATORY_VAR": str(built)}
    done = subprocess.run(
        [sys.executable, str(HERE / "open_page.py"), "ranking", *SHOWN],
        cwd=house, env=env, capture_output=True, text=True, timeout=360,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(SHOWN, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(("query", "shown"), SHOWN.items())
def test_the_page_opens(opened: dict[str, str], query: str, shown: str) -> None:
    html = opened[query]
    assert "EXCEPTION" not in html
    assert "card is-error" not in html
    assert shown in html
    # The drawing is there, and its numbers open receipts.
    assert "data-svg" in html
    assert html.count("data-receipt") >= 5
    # A started language is shown to who asks for it and offered to nobody.
    assert ("Tiếng Việt" in html) == ("lang=vi" in query)
    assert 'hreflang="vi"' not in html


def test_the_blocks_pass_the_house_rules(house: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", VIEW, PAGE],
        cwd=house, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    view = (house / VIEW).read_text(encoding="utf-8")
    assert "streamlit" not in view
    assert "duckdb" not in view + (house / PAGE).read_text(encoding="utf-8")
