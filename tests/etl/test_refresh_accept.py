"""What an acceptance writes: all or nothing, with its time and proof; twice is once; nothing is lost."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY, Tiny, run
from upstreams import TINY_FILE, TODAY, eased, tiny_upstream

from etl.build import check
from etl.refresh import accept as writing
from etl.refresh import command
from etl.refresh import run as running
from etl.refresh.accept import JOURNAL, PART, Refused, accept, patch, recover, stage
from etl.refresh.curated import Curated, Sheet
from etl.refresh.diff import Plan, same
from etl.refresh.received import Received
from etl.refresh.run import propose
from etl.refresh.spec import Upstream
from observatory.model.tables import TABLES


def plan(root: Path, text: str, day: date = TODAY) -> Plan:
    item = Received("diffusion", "AI_Diffusion.csv", text.encode(), "AI_Diffusion.csv", day)
    return propose(tiny_upstream(), [item], Curated(root), day)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }


FIRST, SECOND = TINY_FILE.format(chn="42"), TINY_FILE.format(chn="44.5")


def test_new_and_revised_values_keep_the_old_ones(tiny: Tiny) -> None:
    before = rows(tiny.data / "observations" / "adoption.csv")
    done = accept(plan(tiny.data, FIRST))
    assert done.added["observations"] == 4
    accept(plan(tiny.data, SECOND, date(2026, 12, 1)))
    after = rows(tiny.data / "observations" / "adoption.csv")
    assert all(row in after for row in before)
    found = [
        (row["value"], row["known_on"])
        for row in after
        if (row["entity_id"], row["period"]) == ("CHN", "2025-H2")
    ]
    assert sorted(found) == [("42", "2026-11-22"), ("44.5", "2026-12-01")]
    log = rows(tiny.data / "readings.csv")
    assert [row["sha256"] for row in log] == [
        hashlib.sha256(t.encode()).hexdigest() for t in (FIRST, SECOND)
    ]
    assert log[0]["licence"] == "MIT"
    assert log[1]["rows_revised"] == "1"
    note = next(row["note"] for row in after if row["value"] == "44.5")
    assert note == f"file read 2026-12-01, sha256 {log[1]['sha256'][:12]}"


def test_as_known_on_shows_what_was_known(tiny: Tiny) -> None:
    accept(plan(tiny.data, FIRST))
    accept(plan(tiny.data, SECOND, date(2026, 12, 1)))
    assert run("build", "--data", tiny.data, "--var", tiny.var) == 0
    pointer = json.loads((tiny.var / "current.json").read_text(encoding="utf-8"))
    name = next(b["file"] for b in pointer["builds"] if b["build_id"] == pointer["current"])
    with duckdb.connect(str(tiny.var / name), read_only=True) as connection:
        query = (
            "SELECT value, status::VARCHAR FROM serve.observations WHERE entity_id = 'CHN' AND period = '2025-H2' "
            "AND valid_from <= $day::DATE AND coalesce(valid_to > $day::DATE, true) ORDER BY value"
        )
        seen = {
            day: connection.execute(query, {"day": day}).fetchall()
            for day in ("2026-11-21", "2026-11-30", "2026-12-01")
        }
        upstreams = connection.execute("SELECT count(*) FROM serve.upstreams").fetchone()
        read = connection.execute(
            "SELECT last_read::VARCHAR FROM serve.upstreams WHERE upstream = 'ai_diffusion'"
        ).fetchone()
    assert seen["2026-11-21"] == []
    assert seen["2026-11-30"] == [(42.0, "estimate")]
    assert seen["2026-12-01"] == [(42.0, "superseded"), (44.5, "estimate")]
    assert upstreams == (14,)
    assert read == ("2026-12-01",)


def _rates(last: str, won: float) -> str:
    names = [
        "USD",
        "JPY",
        "GBP",
        "AUD",
        "CNY",
        "HKD",
        "IDR",
        "INR",
        "KRW",
        "MYR",
        "PHP",
        "SGD",
        "THB",
    ]
    cells = [str(won) if name == "CNY" else "1" for name in names]
    return "\n".join([",".join(["Date", *names]), ",".join([last, *cells])]) + "\n"


def test_a_rate_that_is_replaced_stays_with_its_time(tiny: Tiny) -> None:
    base = eased("ecb_fx")
    limits = base.spec.assertions.model_copy(update={"anchors": []})
    take = {"first_year": 2025, "currencies": ["CNY"]}
    spec = base.spec.model_copy(
        update={"take": take, "source_ids": ["office"], "assertions": limits}
    )
    upstream = Upstream("ecb_fx", spec, {})
    item = Received(
        "history", "eurofxref-hist.csv", _rates("2025-12-31", 7.05).encode(), "x", TODAY
    )
    accept(propose(upstream, [item], Curated(tiny.data), TODAY))
    now = [r for r in rows(tiny.data / "capital" / "fx_rates.csv") if r["period"] == "2025"]
    old = rows(tiny.data / "capital" / "earlier_fx_rates.csv")
    assert [(r["units_per_usd"], r["source_id"]) for r in now] == [
        ("7.05", "ecb-euro-reference-rates-2025-12-31")
    ]
    assert [(r["units_per_usd"], r["source_id"], r["replaced_on"]) for r in old] == [
        ("7.1", "office", "2025-12-31")
    ]
    assert run("build", "--data", tiny.data, "--var", tiny.var) == 0
    pointer = json.loads((tiny.var / "current.json").read_text(encoding="utf-8"))
    name = next(b["file"] for b in pointer["builds"] if b["build_id"] == pointer["current"])
    with duckdb.connect(str(tiny.var / name), read_only=True) as connection:
        found = connection.execute(
            "SELECT units_per_usd, known_on::VARCHAR, replaced_on::VARCHAR FROM serve.fx_rates "
            "WHERE period = '2025' ORDER BY 2"
        ).fetchall()
    assert found == [(7.1, "2025-03-14", "2025-12-31"), (7.05, "2025-12-31", None)]


def test_accepting_twice_changes_nothing(tiny: Tiny) -> None:
    accept(plan(tiny.data, FIRST))
    before = contents(tiny.data)
    again = plan(tiny.data, FIRST)
    assert again.changes == []
    assert again.held == []
    accept(again)
    assert contents(tiny.data) == before


def test_one_source_has_one_value_a_day(tiny: Tiny) -> None:
    accept(plan(tiny.data, FIRST))
    second = plan(tiny.data, SECOND)
    assert second.changes == []
    ((change, why),) = second.held
    assert change.cells == (("value", "42", "44.5"),)
    assert "2026-11-22" in why


def test_rows_the_checks_refuse_are_not_written(tiny: Tiny) -> None:
    before = contents(tiny.data)
    broken = plan(tiny.data, FIRST.replace("42%", "420%"))
    with pytest.raises(Refused) as stop:
        accept(broken)
    assert "outside 0 to 100" in str(stop.value.findings[0])
    assert contents(tiny.data) == before


def test_an_acceptance_that_cannot_write_leaves_everything(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tiny.data)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        accept(plan(tiny.data, FIRST))
    assert contents(tiny.data) == before


def test_an_acceptance_cut_off_midway_is_finished(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "recover", lambda root: False)
    accept(plan(tiny.data, FIRST))
    assert (tiny.data / JOURNAL).is_file()
    assert list(tiny.data.rglob("*" + PART))
    assert recover(tiny.data)
    assert not (tiny.data / JOURNAL).exists()
    assert not list(tiny.data.rglob("*" + PART))
    assert plan(tiny.data, FIRST).changes == []
    assert check(tiny.data).errors == []


def test_leftovers_of_an_undecided_acceptance_are_dropped(tiny: Tiny) -> None:
    (tiny.data / "observations" / f"adoption.csv{PART}").write_text("half", encoding="utf-8")
    assert not recover(tiny.data)
    assert not list(tiny.data.rglob("*" + PART))


def test_the_patch_of_a_proposal_is_what_an_acceptance_writes(tiny: Tiny) -> None:
    proposal = plan(tiny.data, FIRST)
    text = patch(stage(proposal))
    subprocess.run(
        ["git", "apply", "--unsafe-paths", "-p1", "-"],
        input=text,
        text=True,
        cwd=tiny.data.parent,
        check=True,
    )
    applied = contents(tiny.data)
    assert plan(tiny.data, FIRST).changes == []
    assert "readings.csv" in applied


@pytest.mark.parametrize("table", [t.name for t in TABLES if t.files.endswith(".csv")])
def test_files_are_written_back_byte_for_byte(table: str) -> None:
    for sheet in Curated(TINY).sheets(table):
        if sheet.path.is_file():
            assert sheet.text().encode() == sheet.path.read_bytes(), sheet.path


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)), max_size=12, unique=True),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)), max_size=12, unique=True),
)
def test_adding_rows_loses_none_and_keeps_order(
    one: list[tuple[str, int]], two: list[tuple[str, int]]
) -> None:
    def made(pairs: list[tuple[str, int]]) -> list[dict[str, str]]:
        return [{"key": a, "n": str(b)} for a, b in pairs]

    sheet = Sheet(Path("x.csv"), ("key", "n"), made(sorted(one)))
    sheet.add(made(two), ("key", "n"))
    key = [(row["key"], row["n"]) for row in sheet.rows]
    assert sorted(key) == sorted([(a, str(b)) for a, b in [*one, *two]])
    assert key == sorted(key)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.001, 1e9), st.integers(0, 6))
def test_fewer_digits_are_no_revision_and_a_step_is(value: float, digits: int) -> None:
    text = f"{value:.{digits}f}"
    assert same(text, text)
    assert same(text, f"{float(text):.8f}")
    assert not same(text, f"{float(text) * 1.01 + 0.01:.8f}")


def _command(tiny: Tiny, monkeypatch: pytest.MonkeyPatch, text: str, *more: str) -> int:
    monkeypatch.setattr(running, "load", lambda name: tiny_upstream())
    monkeypatch.setattr(command, "load", lambda name: tiny_upstream())
    source = tiny.data.parent / "AI_Diffusion.csv"
    source.write_text(text, encoding="utf-8")
    return run(
        "refresh", "ai-diffusion", "--from", source, "--data", tiny.data, "--var", tiny.var, *more
    )


def test_the_command_prints_and_writes_only_when_asked(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(tiny.data)
    assert _command(tiny, monkeypatch, FIRST) == 0
    said = capsys.readouterr().out
    assert "firms_using: 4 values, 2025-H1 to 2025-H2, CHN, JPN" in said
    assert "1 economies the observatory does not cover" in said
    assert "Nothing was written" in said
    assert contents(tiny.data) == before
    assert _command(tiny, monkeypatch, FIRST, "--accept") == 0
    assert "accepted 4 new" in capsys.readouterr().out
    assert _command(tiny, monkeypatch, FIRST) == 0
    assert "Nothing would change." in capsys.readouterr().out


def test_a_stopped_source_gives_exit_code_one(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(tiny.data)
    assert _command(tiny, monkeypatch, "<html><title>Gone</title>", "--accept") == 1
    assert (
        "stopped   AI_Diffusion.csv: expected a csv file; came a web page"
        in capsys.readouterr().out
    )
    assert contents(tiny.data) == before


def test_a_proposal_changes_no_curated_file(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = contents(tiny.data)
    assert _command(tiny, monkeypatch, FIRST, "--propose", str(tmp_path / "out")) == 0
    assert contents(tiny.data) == before
    assert "firms_using" in (tmp_path / "out" / "ai_diffusion.txt").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "ai_diffusion.patch").read_text(encoding="utf-8").startswith("---")


def test_wrong_use(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("refresh", "nobody", "--data", tiny.data) == 2
    assert "no source 'nobody'; there are: ai_diffusion" in capsys.readouterr().err
    assert run("refresh", "arena", "--from", tiny.data / "none", "--data", tiny.data) == 2
    assert run("refresh", "arena", "--read-on", "soon", "--data", tiny.data) == 2
    assert run("refresh", "--list") == 0
    assert "ECB reference rates" in capsys.readouterr().out
