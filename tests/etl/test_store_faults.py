"""What is served changes only by a whole, proven build: kills, damage and storage that refuses."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from filelock import FileLock
from stores import Forked, build, change, command, headline, ids, own_copy, served
from tiny import ROOT, Tiny, run, state

from observatory.db import queries
from observatory.db.connect import Databases, Fault, NoBuild
from observatory.db.pointer import read_pointer

# Two at once, ends at any moment -----------------------------------------------------------------


def test_two_builds_at_once(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    change(tiny, 50)
    before = state(tiny.var)
    with FileLock(tiny.var / "build.lock"):
        (tiny.var / "build.pid").write_text("4711", encoding="utf-8")
        assert run("build", "--data", tiny.data, "--var", tiny.var) == 75
        assert "another build is running (process 4711)" in capsys.readouterr().err
        assert run("rollback", "--var", tiny.var) == 75
        assert run("status", "--var", tiny.var) == 0
        (tiny.var / "build.pid").unlink()
    assert state(tiny.var) == before


def test_a_real_second_build_names_the_first(tiny: Tiny) -> None:
    """Two processes race; one publishes, the other leaves with 75 and names the winner's process."""
    change(tiny, 50)
    first = subprocess.Popen(
        command(tiny), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    pid = tiny.var / "build.pid"
    until = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
        time.sleep(0.005)
    assert run("build", "--data", tiny.data, "--var", tiny.var) == 75
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert headline(tiny.var) == 50


@pytest.mark.slow
def test_killed_at_ten_moments(tiny: Tiny) -> None:
    """kill -9 leaves the pointer whole and a build served: the last one, or the new one if done."""
    draw = random.Random(20)  # noqa: S311
    values = {42.5}
    killed = 0
    with Forked(tiny) as builds:
        for moment in range(10):
            value = 50.0 + moment
            change(tiny, value)
            process = builds.start()
            step = draw.randrange(1, 7)
            builds.until(f"{step}/6")
            time.sleep(draw.random() * 0.08)
            os.kill(process, signal.SIGKILL)
            code = builds.ended()
            killed += code == -signal.SIGKILL
            values.add(value)
            before = served(tiny.var)
            json.loads((tiny.var / "current.json").read_text(encoding="utf-8"))
            seen = headline(tiny.var)
            assert seen in values, (step, seen)
            if code != 0:
                assert Databases(tiny.var).get().build_id == before
    assert killed >= 7
    change(tiny, 77)
    build(tiny)
    assert headline(tiny.var) == 77
    builds = read_pointer(tiny.var).builds
    names = {path.name for path in tiny.var.iterdir()}
    assert names == {"build.lock", "current.json", *(one.file for one in builds)}


def test_left_overs_of_a_build_that_ended_are_cleared(tiny: Tiny) -> None:
    for name in (
        ".tmp-0123-99.duckdb",
        ".tmp-0123-99.duckdb.wal",
        "observatory-0123456789ab.duckdb",
    ):
        (tiny.var / name).write_bytes(b"half")
    change(tiny, 50)
    build(tiny)
    names = {path.name for path in tiny.var.iterdir()}
    assert names == {"build.lock", "current.json", *(b.file for b in read_pointer(tiny.var).builds)}


# Damage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["truncated", "damaged", "missing"])
def test_a_damaged_build_is_passed_over(
    two: Tiny, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = two
    first, second = ids(tiny.var)
    path = own_copy(tiny.var, second)
    blob = bytearray(path.read_bytes())
    match reason:
        case "truncated":
            path.write_bytes(blob[: len(blob) // 2])
        case "damaged":
            blob[len(blob) // 2] ^= 1
            path.write_bytes(blob)
        case _:
            path.unlink()
    db = Databases(tiny.var).get()
    assert db.build_id == first
    assert db.faults == (Fault(second, reason),)
    assert run("status", "--var", tiny.var) == 0
    one, other = capsys.readouterr().out.splitlines()[-2:]
    assert one.startswith(f"* {second}")
    assert one.endswith(f"{reason}: passed over")
    assert "passed over" not in other
    assert headline(tiny.var) == 42.5
    if reason == "truncated":
        assert build(tiny) == second, "a damaged build is made again, though nothing changed"
        assert headline(tiny.var) == 50


def test_damage_is_told_to_those_already_served(two: Tiny) -> None:
    """A server that has the old build open says so when the new one cannot be read."""
    first, second = ids(two.var)
    assert run("rollback", "--var", two.var) == 0
    databases = Databases(two.var)
    old = databases.get()
    assert (old.build_id, old.faults) == (first, ())
    path = own_copy(two.var, second)
    whole = path.read_bytes()
    path.write_bytes(b"nothing")
    assert run("rollback", "--var", two.var, "--to", second) == 0
    assert databases.get() is old
    assert old.faults == (Fault(second, "truncated"),)
    path.write_bytes(whole)
    assert run("rollback", "--var", two.var, "--to", second) == 0
    assert databases.get().build_id == second
    assert databases.get().faults == ()


def test_one_file_may_be_opened_twice(tiny: Tiny) -> None:
    one, two = Databases(tiny.var).get(), Databases(tiny.var).get()
    assert len(queries.economies(one)) == len(queries.economies(two)) == 5
    one.close()
    assert len(queries.economies(two)) == 5
    two.close()


def test_all_builds_damaged(two: Tiny) -> None:
    for file in two.var.glob("*.duckdb"):
        file.unlink()
    words = r"build \w+ is missing; build \w+ is missing; run: python -m etl build"
    with pytest.raises(NoBuild, match=words):
        Databases(two.var).get()


def test_no_build_yet(tmp_path: Path) -> None:
    with pytest.raises(NoBuild, match="nothing was built yet"):
        Databases(tmp_path / "none").get()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"current": "x"}',
        b'{"current": "x", "builds": [{"build_id": "x"}]}',
        b"\xff\xfe",
        b'{"current": 1, "builds": 2}',
        b"null",
    ],
)
def test_a_damaged_pointer(tiny: Tiny, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    pointer = tiny.var / "current.json"
    databases = Databases(tiny.var)
    old = databases.get()
    pointer.write_bytes(content)
    with pytest.raises(
        NoBuild, match=r"current\.json is damaged .*run: python -m etl build --force"
    ):
        Databases(tiny.var).get()
    assert databases.get() is old, "who has a build open keeps it"
    assert run("status", "--var", tiny.var) == 3
    assert "is damaged" in capsys.readouterr().out
    assert run("status", "--var", tiny.var, "--json") == 3
    assert json.loads(capsys.readouterr().out)["build_id"] is None


def test_a_build_repairs_a_damaged_pointer(tiny: Tiny) -> None:
    (tiny.var / "current.json").write_bytes(b"{")
    build(tiny)
    assert headline(tiny.var) == 42.5
    assert len(read_pointer(tiny.var).builds) == 1


@pytest.mark.parametrize("by", [1, -1])
def test_a_build_of_another_schema_is_passed_over(two: Tiny, by: int) -> None:
    first, _ = ids(two.var)
    pointer = json.loads((two.var / "current.json").read_text(encoding="utf-8"))
    pointer["builds"][0]["schema_version"] += by
    (two.var / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    db = Databases(two.var).get()
    assert (db.build_id, [fault.reason for fault in db.faults]) == (first, ["schema"])


def test_a_new_build_is_served_without_a_restart(two: Tiny) -> None:
    _, second = ids(two.var)
    assert run("rollback", "--var", two.var) == 0
    databases = Databases(two.var)
    old = databases.get()
    assert run("rollback", "--var", two.var, "--to", second) == 0
    assert databases.get().build_id == second
    assert databases.get(old.build_id) is old
    assert databases.get("nonsense").build_id == second


# Storage ------------------------------------------------------------------------------------------


def test_a_full_disk(tiny: Tiny) -> None:
    change(tiny, 50)
    before = state(tiny.var)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))

    done = subprocess.run(command(tiny), cwd=ROOT, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("storage: ")
    assert "Traceback" not in done.stderr
    assert state(tiny.var) == before
    assert headline(tiny.var) == 42.5


def test_a_folder_that_cannot_be_written(tiny: Tiny) -> None:
    change(tiny, 50)
    before = state(tiny.var)
    if os.getuid() == 0:
        pytest.skip("root may write anywhere; the next test covers storage that refuses")
    tiny.var.chmod(0o555)
    try:
        assert run("build", "--data", tiny.data, "--var", tiny.var) == 3
    finally:
        tiny.var.chmod(0o755)
    assert state(tiny.var) == before


@pytest.mark.parametrize("place", ["file/var", "/proc/observatory"])
def test_storage_that_refuses(tiny: Tiny, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny.data.parent / "file").write_text("no folder", encoding="utf-8")
    assert run("build", "--data", tiny.data, "--var", tiny.data.parent / place) == 3
    assert capsys.readouterr().err.startswith("storage: ")
