"""What is served: commands and their exit codes; the same input gives the same content."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from stores import build, change, command, headline, ids, served
from tiny import ROOT, TINY, Tiny, run, state

from etl.store import KEEP, Store
from observatory.db.pointer import read_pointer

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


def test_fixture_is_untouched() -> None:
    assert not list(TINY.rglob("*.duckdb"))
