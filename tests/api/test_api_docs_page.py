"""The page at /api/: five languages, nothing from elsewhere, and snippets that run as they stand."""

from __future__ import annotations

import ast
import contextlib
import csv
import html
import io
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
import uvicorn
from starlette.applications import Starlette

from observatory.api import docs_page
from observatory.api.resources import RESOURCES
from observatory.api.snippets import Snippet, snippets
from observatory.i18n import LANGUAGES


@pytest.fixture(scope="module")
def server(app: Starlette) -> Iterator[str]:
    """The API on a port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    for _ in range(200):
        if running.started:
            break
        time.sleep(0.05)
    assert running.started
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


class Page(HTMLParser):
    """Addresses and open elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_the_page_is_whole_in_every_language(client: Any, lang: str) -> None:
    reply = client.get(f"/api/?lang={lang}")
    assert reply.status_code == 200
    assert reply.headers["content-language"] == lang
    assert f'<html lang="{lang}">' in reply.text
    page = Page()
    page.feed(reply.text)
    assert page.open == []
    assert all(where.startswith(("/", "?")) for where in page.addresses)
    # Nothing is loaded from elsewhere; the only whole addresses stand in the snippets.
    assert set(re.findall(r"https?://[^/\"'<\s&]+", reply.text)) <= {"http://data.example"}
    for one in RESOURCES:
        assert f'id="{one.name}"' in reply.text
    for snippet in snippets("http://data.example"):
        assert html.escape(snippet.code) in reply.text


def test_languages_by_header() -> None:
    assert docs_page.language("", "ja;q=0.9, en;q=0.8") == "ja"
    assert docs_page.language("zh-TW", "ja") == "zh-Hant"
    assert docs_page.language("xx", "de, fr") == "en"


def test_an_address_in_the_snippets_is_text(db: Any) -> None:
    page = docs_page.html(db, "en", "http://x/<script>alert(1)</script>").decode()
    assert "<script>alert" not in page


def _snippet(base: str, name: str) -> Snippet:
    return next(one for one in snippets(base) if one.id == name)


def _shell(code: str, folder: Path) -> str:
    done = subprocess.run(
        ["sh", "-eu", "-c", code], cwd=folder, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
def test_curl(server: str, tmp_path: Path) -> None:
    said = _shell(_snippet(server, "curl").code, tmp_path)
    assert said.strip() == "304"
    rows = list(csv.DictReader((tmp_path / "series.csv").open(encoding="utf-8")))
    assert {row["entity_id"] for row in rows} == {"KOR", "JPN", "SGP"}


def test_pandas(server: str) -> None:
    code = _snippet(server, "pandas").code
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "pandas snippet", "exec"), {})  # noqa: S102 - this is the snippet's test
    assert "KOR" in out.getvalue()
    found = re.search(r"(\d+) rows; (\d+) held back", out.getvalue())
    assert found
    assert int(found[1]) > 100


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
def test_duckdb(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch, query = _snippet(server, "duckdb").code.splitlines()
    _shell(fetch, tmp_path)
    sql = re.fullmatch(r'duckdb -c "(.*)"', query)
    assert sql
    monkeypatch.chdir(tmp_path)
    rows = duckdb.connect(":memory:").execute(sql[1]).fetchall()
    assert len(rows) == 5
    assert rows[0][1] >= rows[-1][1] > 0


def test_r_where_it_is_installed(server: str, tmp_path: Path) -> None:
    """Run with R; without it only what the snippet reads and names is looked at."""
    code = _snippet(server, "r").code
    assert code.count("(") == code.count(")")
    assert code.count('"') % 2 == 0
    rows = _table(re.findall(r'"(http[^"]+)"', code)[0])
    assert {"entity_id", "status", "period_end", "value", "unit"} <= set(rows[0])
    if shutil.which("Rscript"):
        subprocess.run(["Rscript", "-e", code], cwd=tmp_path, check=True, timeout=60)


@pytest.mark.parametrize("name", ["sheets", "excel"])
def test_spreadsheets_read_what_they_are_given(server: str, name: str) -> None:
    code = _snippet(server, name).code
    rows = _table(re.findall(r'"(http[^"]+)"', code)[0])
    assert len(rows) > 20
    assert float(rows[0]["value"]) > 0


def _table(address: str) -> list[dict[str, str]]:
    from urllib.request import urlopen

    with urlopen(address, timeout=20) as reply:  # noqa: S310 - a server of this test
        return list(csv.DictReader(io.StringIO(reply.read().decode("utf-8-sig"))))


def test_the_python_snippet_is_python() -> None:
    ast.parse(_snippet("http://x", "pandas").code)
