"""What is served: it changes only by a whole, proven build, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from tiny import ROOT, TINY, Tiny, run, state

from etl.store import KEEP, Store
from observatory.db import queries
from observatory.db.connect import Databases, Fault, NoBuild
from observatory.db.pointer import read_pointer


def build(tiny: Tiny, *more: object) -> str:
    """Build the copy; returns the id of the served build."""
    assert run("build", "--data", tiny.data, "--var", tiny.var, *more) == 0
    return served(tiny.var)


def served(var: Path) -> str:
    build_id = read_pointer(var).current
    assert build_id is not None
    return build_id


def change(tiny: Tiny, value: float) -> None:
    tiny.set("observations/adoption.csv", 3, value=str(value))


@pytest.fixture(scope="session")
def two_built(tmp_path_factory: pytest.TempPathFactory, tiny_built: Path) -> Tiny:
    """The tiny data and a changed copy of it, built once."""
    both = Tiny(tmp_path_factory.mktemp("two"), tiny_built)
    change(both, 50)
    assert run("build", "--data", both.data, "--var", both.var) == 0
    return both


@pytest.fixture
def two(tmp_path: Path, two_built: Tiny) -> Tiny:
    """Two builds: 42.5 in the first, 50 in the second, which is served."""
    copy = Tiny(tmp_path, two_built.var)
    change(copy, 50)
    return copy


def headline(var: Path) -> float:
    """A value as readers see it."""
    db = Databases(var).get()
    try:
        frame = queries.headline_series(db, ["firms_using"], None)
    finally:
        db.close()
    row = frame[(frame["entity_id"] == "CHN") & (frame["period"] == "2024")]
    return float(row["value"].iloc[0])


def command(tiny: Tiny, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "etl",
        "build",
        "--data",
        str(tiny.data),
        "--var",
        str(tiny.var),
        *more,
    ]


# Commands and exit codes ------------------------------------------------------------------------


def test_first_build_says_its_steps_in_plain_lines(tiny: Tiny) -> None:
    tiny.var = tiny.var.with_name("fresh")
    done = subprocess.run(command(tiny), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line[:4] for line in lines[:6]] == [f"{n}/6 " for n in range(1, 7)]
    assert re.fullmatch(
        r"Published build [0-9a-f]{12}: [0-9,]+ rows, 0 open warnings, 1 accepted", lines[6]
    )
    assert "\x1b" not in done.stdout + done.stderr
    assert headline(tiny.var) == 42.5


def test_a_second_build_of_the_same_does_nothing(
    tiny: Tiny, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(tiny.var)
    build(tiny)
    assert "Up to date" in capsys.readouterr().out
    assert state(tiny.var) == before


def test_force_builds_again_with_the_same_content(tiny: Tiny) -> None:
    before = read_pointer(tiny.var).builds[0]
    build(tiny, "--force")
    (after,) = read_pointer(tiny.var).builds
    assert after.content_hash == before.content_hash
    assert after.build_id == before.build_id


def test_status(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", "--var", tiny.var, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        "build_id",
        "built_at",
        "content_hash",
        "file",
        "licence",
        "tables",
        "checks",
        "kept",
    }
    assert found["build_id"] == served(tiny.var)
    assert found["tables"]["observations"] == 17
    assert found["checks"] == {"errors": 0, "warnings": 0, "accepted": 1}
    assert found["kept"] == [found["build_id"]]
    assert run("status", "--var", tiny.var) == 0
    assert capsys.readouterr().out.startswith(f"* {found['build_id']}  ")


def test_status_without_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", "--var", tmp_path / "none") == 3
    assert "run: python -m etl build" in capsys.readouterr().out
    assert run("status", "--var", tmp_path / "none", "--json") == 3
    assert json.loads(capsys.readouterr().out) == {"build_id": None}


def test_check(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--data", tiny.data, "--strict") == 0
    assert capsys.readouterr().out == "0 errors, 0 open warnings, 1 accepted\n"
    assert run("check", "--data", tiny.data, "--accepted") == 0
    assert "because: No rate for HKD is held" in capsys.readouterr().out
    tiny.set("observations/adoption.csv", 10, value="18")
    assert run("check", "--data", tiny.data) == 0
    assert "warning tiny/observations/adoption.csv:11:5: " in capsys.readouterr().out
    assert run("check", "--data", tiny.data, "--strict") == 1
    change(tiny, 400)
    capsys.readouterr()
    assert run("check", "--data", tiny.data) == 1
    assert "error tiny/observations/adoption.csv:3:5: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--licence", "none"],
        ["nonsense"],
        ["build", "--data", "/nowhere"],
        ["check", "--data", "/nowhere"],
        ["build", "--dta", "x"],
    ],
)
def test_wrong_use(arguments: list[str], tmp_path: Path) -> None:
    assert run(*arguments, *(["--var", tmp_path / "v"] if arguments[0] == "build" else [])) == 2
    assert not (tmp_path / "v").exists()


def test_help_is_no_fault() -> None:
    assert run("--help") == 0
    assert run("build", "--help") == 0


def test_diff_and_rollback(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    first = served(tiny.var)
    assert run("diff", "--var", tiny.var) == 2
    assert run("rollback", "--var", tiny.var) == 2
    change(tiny, 43.5)  # and two more changes below
    tiny.add("observations/adoption.csv", like=2, period="2022", value="39")
    tiny.write("technology/model_names.csv", tiny.lines("technology/model_names.csv")[0] + "\n")
    second = build(tiny)
    assert second != first
    assert headline(tiny.var) == 43.5
    capsys.readouterr()
    assert run("diff", "--var", tiny.var) == 0
    assert capsys.readouterr().out.splitlines() == [
        "observations: 1 new, 1 revised, 0 withdrawn",
        "  new firms_using / CHN / 2022 / office / 2025-03-14",
        "  revised firms_using / CHN / 2024 / office / 2025-03-14: value: 42.5 -> 43.5",
        "model_names: 0 new, 0 revised, 1 withdrawn",
        "  withdrawn model-a / Model-A-Chat",
    ]
    assert run("diff", first, first, "--var", tiny.var) == 0
    assert "no differences" in capsys.readouterr().out
    assert run("rollback", "--var", tiny.var) == 0
    assert (served(tiny.var), headline(tiny.var)) == (first, 42.5)
    assert run("rollback", "--var", tiny.var, "--to", second) == 0
    assert (served(tiny.var), headline(tiny.var)) == (second, 43.5)
    assert run("rollback", "--var", tiny.var, "--to", "nonsense") == 2
    assert served(tiny.var) == second


def test_building_what_was_rolled_back_serves_it_again(two: Tiny) -> None:
    first, second = ids(two.var)
    assert run("rollback", "--var", two.var) == 0
    assert served(two.var) == first
    assert build(two) == second


def test_a_row_that_moved_did_not_change(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tiny.lines("capital/fx_rates.csv")
    tiny.write("capital/fx_rates.csv", "\n".join([lines[0], lines[2], lines[1]]) + "\n")
    build(tiny)
    capsys.readouterr()
    assert run("diff", "--var", tiny.var) == 0
    assert capsys.readouterr().out == "no differences in the curated rows\n"


def test_only_the_newest_builds_are_kept(tiny: Tiny) -> None:
    store = Store(tiny.var)
    pattern = store.builds()[0]
    for step in range(KEEP + 1):
        path = store.temporary(f"{step:012x}")
        path.write_bytes(b"build")
        store.publish(
            path, replace(pattern, build_id=f"{step:012x}", file=f"observatory-{step:012x}.duckdb")
        )
    builds = read_pointer(tiny.var).builds
    assert [int(one.build_id, 16) for one in builds] == list(range(KEEP, 0, -1))
    assert served(tiny.var) == builds[0].build_id
    assert {path.name for path in tiny.var.glob("*.duckdb")} == {one.file for one in builds}
    assert all(path.stat().st_mode & 0o222 == 0 for path in tiny.var.glob("*.duckdb"))


# Same input, same content -----------------------------------------------------------------------


def test_same_content_with_another_hash_seed_and_from_elsewhere(
    tiny: Tiny, tiny_built: Path
) -> None:
    expected = read_pointer(tiny_built).builds[0]
    tiny.var = tiny.var.with_name("other")
    environment = os.environ | {"PYTHONHASHSEED": "4242", "TZ": "Asia/Seoul", "LC_ALL": "C"}
    done = subprocess.run(command(tiny), cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (found,) = read_pointer(tiny.var).builds
    assert (found.build_id, found.content_hash) == (expected.build_id, expected.content_hash)


def test_other_content_has_another_hash(two_built: Tiny) -> None:
    one, two = read_pointer(two_built.var).builds
    assert one.content_hash != two.content_hash
    assert one.build_id != two.build_id


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
    for moment in range(10):
        value = 50.0 + moment
        change(tiny, value)
        process = subprocess.Popen(
            command(tiny), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        step = draw.randrange(1, 7)
        for line in process.stdout:
            if line.startswith(f"{step}/6"):
                break
        time.sleep(draw.random() * 0.08)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        values.add(value)
        before = served(tiny.var)
        json.loads((tiny.var / "current.json").read_text(encoding="utf-8"))
        seen = headline(tiny.var)
        assert seen in values, (step, seen)
        if process.returncode != 0:
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


def ids(var: Path) -> tuple[str, str]:
    """Older and newer build."""
    newer, older = read_pointer(var).builds
    return older.build_id, newer.build_id


def own_copy(var: Path, build_id: str) -> Path:
    """File of a build, no longer shared with other tests."""
    path = var / f"observatory-{build_id}.duckdb"
    blob = path.read_bytes()
    path.unlink()
    path.write_bytes(blob)
    return path


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


def test_a_build_of_another_schema_is_passed_over(two: Tiny) -> None:
    first, _ = ids(two.var)
    pointer = json.loads((two.var / "current.json").read_text(encoding="utf-8"))
    pointer["builds"][0]["schema_version"] += 1
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


# Open licences --------------------------------------------------------------------------------------


def test_open_build_holds_open_rows_only(tiny: Tiny) -> None:
    var = tiny.var.with_name("open")
    assert run("build", "--data", tiny.data, "--var", var, "--licence", "open") == 0
    db = Databases(var).get()
    tables = db.build.tables
    assert db.build.licence == "open"
    assert tables["sources"] == 2
    assert tables["observations"] == 10
    assert tables["deals"] == 1
    assert tables["check_results"] == 1
    connection = db._connection
    sourced = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'core' "
        "AND column_name = 'source_id' AND table_name <> 'sources'"
    ).fetchall()
    assert len(sourced) >= 13
    for (table,) in sourced:
        left = connection.execute(
            f"SELECT count(*) FROM core.{table} t JOIN core.sources s USING (source_id) WHERE s.reuse <> 'open'"  # noqa: S608
        ).fetchone()
        assert left == (0,)
    whole = Databases(tiny.var).get().build.tables
    curated = [
        name
        for name in whole
        if name not in ("cells", "row_status", "events", "check_results", "build")
    ]
    expected = sum(whole[name] - tables[name] for name in curated)
    assert connection.execute("SELECT left_out FROM core.build").fetchone() == (expected,)
    assert expected > 10
    # Who pointed at what was left out points at nothing, or went too.
    assert connection.execute("SELECT site_org_id FROM core.supercomputers").fetchone() == (None,)
    assert connection.execute("SELECT count(*) FROM core.deal_parties").fetchone() == (3,)
    db.close()


def test_findings_of_an_open_build_quote_open_rows_only(tiny: Tiny) -> None:
    line = tiny.add("observations/adoption.csv", like=16, period="2024", value="49.87")
    tiny.replace("indicators/adoption.yml", "  minimum: 10\n", "  minimum: 0\n")
    tiny.set("observations/adoption.csv", line, value="1.87")
    tiny.set("observations/adoption.csv", 10, value="18")
    assert len(tiny.warnings()) == 2
    var = tiny.var.with_name("open")
    assert run("build", "--data", tiny.data, "--var", var, "--licence", "open") == 0
    db = Databases(var).get()
    rows = db._connection.execute(
        "SELECT check_name, message FROM core.check_results ORDER BY 1"
    ).fetchall()
    assert [name for name, _ in rows] == ["fx", "jump"]
    assert not [text for _, text in rows if "1.87" in text]
    assert db.build.checks == {"errors": 0, "warnings": 1, "accepted": 1}
    db.close()


def test_licence_choices_are_different_builds(tiny: Tiny) -> None:
    first = served(tiny.var)
    assert build(tiny, "--licence", "open") != first
    assert len(Store(tiny.var).builds()) == 2


def test_fixture_is_untouched() -> None:
    assert not list(TINY.rglob("*.duckdb"))
