"""Page queries, build time and memory with 10^5, 10^6 and 10^7 observations (made up).

``python -m benchmarks --only scale`` measures; `--quick` stops at 10^5. Everything is written below
a temporary folder (`TMPDIR`): 10^7 take about 8 GB of disk.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measure import Report, p50, p95
from benchmarks.scale_data import PER_MEASURE, grow, measure_id, write_data
from benchmarks.scale_pages import Question, load
from benchmarks.server import ROOT

BUDGET_MS = {10**5: 20.0, 10**6: 40.0, 10**7: 100.0}
BY_FILES = 10**6
"""Up to here the curated files are written and built; beyond, a built set is copied (`grow`)."""
REPEATS = 5
PER_NAME = 2
"""Questions of one statement that are measured; pages ask some with many parameters."""
ONCE = frozenset({
    "directory", "search_things", "search_names", "company_index", "evidence_facts", "evidence_cells",
    "conflict_heads", "cell_days",
    "evidence_sources", "evidence_quality", "evidence_cover", "site_counts", "measure_counts",
    "indicator_coverage", "indicators", "explorer_counts", "explorer_entities",
})  # fmt: skip
"""Asked once a build and day of knowledge and kept for all readers, not with every click."""


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one question over its repeats, processor time each, rows of its answer."""

    question: Question
    ms: tuple[float, ...]
    cpu: float
    rows: int

    @property
    def middle(self) -> float:
        return p50(self.ms)


def chosen(questions: Iterable[Question]) -> list[Question]:
    """At most two questions of each statement, in the order in which pages asked them."""
    seen: Counter[str] = Counter()
    found = []
    for one in questions:
        seen[one.sql] += 1
        if seen[one.sql] <= PER_NAME:
            found.append(one)
    return found


def on_made_up(question: Question, shipped: frozenset[str]) -> Question:
    """The same question about made-up measures, where it names shipped ones."""
    places: dict[str, str] = {}

    def other(value: Any) -> Any:
        if isinstance(value, str) and value in shipped:
            return places.setdefault(value, measure_id(len(places) % 30))
        return [other(item) for item in value] if isinstance(value, list) else value

    changed = {key: other(value) for key, value in question.parameters.items()}
    return Question(question.name, question.sql, changed, question.pages)


def open_file(file: Path) -> duckdb.DuckDBPyConnection:
    """A build as readers open it, but without the limit of ten seconds."""
    return duckdb.connect(str(file), read_only=True, config={"threads": 2})


def ask(connection: duckdb.DuckDBPyConnection, one: Question) -> int:
    """Ask as the app does, up to the frame; rows of the answer."""
    names = set(re.findall(r"\$([a-z_0-9]+)", one.sql))
    cursor = connection.cursor()
    try:
        values = {key: value for key, value in one.parameters.items() if key in names}
        return len(cursor.execute(one.sql, values).df())
    finally:
        cursor.close()


def times(
    connection: duckdb.DuckDBPyConnection, questions: Iterable[Question], repeats: int
) -> list[Took]:
    """Every question once unmeasured (its blocks are read from the disk), then `repeats` times."""
    found = []
    for one in questions:
        rows, spent = ask(connection, one), []
        busy = time.process_time()
        for _ in range(repeats):
            start = time.perf_counter()
            rows = ask(connection, one)
            spent.append((time.perf_counter() - start) * 1e3)
        cpu = (time.process_time() - busy) / repeats * 1e3
        found.append(Took(one, tuple(spent), cpu, rows))
    return found


def measure(
    report: Report, file: Path, rows: int, questions: list[Question], repeats: int
) -> list[Took]:
    """Report the page queries on one build against the budget of its size."""
    budget = next(ms for size, ms in sorted(BUDGET_MS.items()) if rows <= size * 1.5)
    with open_file(file) as connection:
        shipped = frozenset(
            row[0] for row in connection.execute(
                "SELECT indicator_id FROM serve.indicators WHERE NOT starts_with(indicator_id, 'scale')"
            ).fetchall()
        )  # fmt: skip
        took = times(connection, [on_made_up(one, shipped) for one in questions], repeats)
    for label, some in (
        ("asked with every click", [one for one in took if one.question.name.rstrip("+") not in ONCE]),
        ("asked once a build", [one for one in took if one.question.name.rstrip("+") in ONCE]),
    ):  # fmt: skip
        worst = sorted(some, key=lambda one: -one.middle)
        over = [one for one in worst if one.middle >= budget]
        report.add(f"{rows:,}: {len(some)} queries {label}, p50", p50([one.middle for one in some]), "ms",
                   budget, f"processor time {p50([one.cpu for one in some]):.0f} ms")  # fmt: skip
        report.add(f"{rows:,}: {label}, p95", p95([ms for one in some for ms in one.ms]), "ms", budget,
                   f"processor time {p95([one.cpu for one in some]):.0f} ms")  # fmt: skip
        said = ", ".join(f"{one.question.name} {one.middle:.0f}" for one in over[:8])
        report.add(f"{rows:,}: {label}, over {budget:.0f} ms", len(over), "queries", None, said)
    return took


def built(report: Report, folder: Path, rows: int) -> Path | None:
    """A build of about so many observations from curated files, with its time and memory."""
    data, var = folder / f"data{rows}", folder / f"var{rows}"
    count = write_data(data, rows)
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--data", str(data), "--var", str(var)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    said = (child.stderr.read() if child.stderr else b"").decode("utf-8", "replace").strip()
    _, code, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(code)
    if child.returncode != 0:
        report.skip(f"{rows:,}: the build ended with {child.returncode}: {said.splitlines()[-1:]}")
        return None
    busy = usage.ru_utime + usage.ru_stime
    took = time.perf_counter() - begin
    report.add(f"{count:,}: build from curated files", took, "s", None, f"{busy:.0f} s of processor time, "
               f"{busy / count * 1e6:.0f} microseconds a row")  # fmt: skip
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    report.add(f"{count:,}: peak memory of the build", peak, "MiB", None,
               f"{peak * 1024 / count:.1f} KiB a row")  # fmt: skip
    file = next(var.glob("observatory-*.duckdb"))
    report.add(f"{count:,}: size of the file", file.stat().st_size / 1e6, "MB")
    return file


def scale(report: Report, full: bool) -> None:
    """Builds and page queries at 10^5 and, if `full`, 10^6 and 10^7 observations."""
    report.begin("Scale (made-up observations)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.scale_pages", str(folder / "asked.json")],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        questions = chosen(load(folder / "asked.json"))
        smallest: Path | None = None
        for rows in sorted(BUDGET_MS) if full else [min(BUDGET_MS)]:
            if rows <= BY_FILES:
                file = built(report, folder, rows)
                smallest = smallest or file
            elif smallest is not None:
                file = folder / f"grown{rows}.duckdb"
                begin = time.perf_counter()
                made = min(BUDGET_MS) // PER_MEASURE * PER_MEASURE * 0.78
                count = grow(smallest, file, round((rows - made) / made) + 1)
                took = time.perf_counter() - begin
                report.add(f"{count:,}: written by copying a build of 10^5", took, "s")
                report.add(f"{count:,}: size of the file", file.stat().st_size / 1e6, "MB")
            if file is not None:
                measure(report, file, rows, questions, REPEATS if full else 2)
