"""Faults around the server: full and read-only disks, clocks, fonts. More in docs/operations.md."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from observatory.db import queries
from observatory.db.connect import Databases
from observatory.db.store import Store
from observatory.editions import pictures
from observatory.ui import export_routes
from tests.conftest import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


def test_a_full_disk_during_an_export(
    monkeypatch: pytest.MonkeyPatch, tiny_built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No byte can be written: what needs the disk says so, what is made in memory is made."""
    monkeypatch.setenv("OBSERVATORY_VAR", str(tiny_built))
    # It is never started: its page cannot be written.
    monkeypatch.setenv("OBSERVATORY_BROWSER", sys.executable)
    monkeypatch.delenv("OBSERVATORY_NO_BROWSER", raising=False)
    client = TestClient(Starlette(routes=list(export_routes.ROUTES)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        # More often than there are turns: a turn that fails is given back.
        replies = [client.get(f"/export/brief.pdf?page=calendar&n={number}")
                   for number in range(export_routes.AT_ONCE + 1)]  # fmt: skip
        deck = client.get("/export/deck.pptx?page=economies")
        brief = client.get("/export/brief.html?page=calendar")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    for reply in replies:
        assert reply.status_code == 500
        assert "the log has the reason" in reply.text
        assert "/brief" not in reply.text
        assert reply.headers["cache-control"] == "no-store"
    assert (deck.status_code, brief.status_code) == (200, 200)
    said = [
        one.exc_info[1]
        for one in caplog.records
        if one.exc_info and one.name == "observatory.export"
    ]
    assert {getattr(one, "errno", None) for one in said} == {errno.EFBIG}


def test_reading_needs_no_writing(tiny_built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    shutil.copytree(tiny_built, folder)
    (folder / "build.lock").unlink(missing_ok=True)

    def state() -> dict[str, tuple[int, int]]:
        return {
            path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()
        }

    before, held = state(), folder.stat().st_mtime_ns
    folder.chmod(0o555)
    try:
        db = Databases(folder).get()
        assert len(queries.economies(db)) == 5
        assert state() == before
        db.close()
    finally:
        folder.chmod(0o755)
    assert state() == before
    assert folder.stat().st_mtime_ns == held


def test_a_clock_set_back(tiny_built: Path, tmp_path: Path) -> None:
    """A build made, by the clock, before the one it follows is served all the same."""
    folder = tmp_path / "var"
    shutil.copytree(tiny_built, folder)
    databases, store = Databases(folder), Store(folder)
    old = databases.get()
    earlier = replace(
        old.build,
        build_id="0" * 12,
        file=f"observatory-{'0' * 12}.duckdb",
        built_at="2001-01-01T00:00:00+00:00",
    )
    draft = store.temporary(earlier.build_id)
    shutil.copyfile(old.path, draft)
    store.publish(draft, earlier)
    os.utime(folder / "current.json", (1, 1))
    assert databases.get().build_id == earlier.build_id
    assert [build.build_id for build in store.builds()] == [earlier.build_id, old.build_id]
    # And forward again, by the same clock.
    store.point_to(old.build)
    os.utime(folder / "current.json", (2, 2))
    assert databases.get() is old


def test_without_the_fonts_pictures_are_still_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pictures, "FONT_FILES", tmp_path / "none")
    pictures.png.cache_clear()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30" viewBox="0 0 80 30">'
        '<rect width="80" height="30" fill="#fff"/><text x="4" y="20" font-family="Inter">한국</text></svg>'
    )
    try:
        made = pictures.png(drawing)
    finally:
        pictures.png.cache_clear()
    monkeypatch.undo()
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert made[16:24] == pictures.png(drawing)[16:24], "width and height are those with fonts"


def test_a_server_allows_itself_the_open_files_it_may_have() -> None:
    said = subprocess.run(
        [sys.executable, "-c", """
import resource
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 200), most))
from observatory.ui.server import many_files
many_files()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0] == most)
"""],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == "True"
