"""What is measured, part by part. Each takes the report and how often to measure."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.crowd import warm
from benchmarks.drawn import chromium, new_context, wait_drawn
from benchmarks.drawn_pages import drawn
from benchmarks.inside import inside
from benchmarks.many import many
from benchmarks.measure import Report, p50
from benchmarks.peers.measured import peers
from benchmarks.reruns import warm_reruns
from benchmarks.scale import scale
from benchmarks.scorecard import weights
from benchmarks.server import ROOT, serve
from benchmarks.session import reruns
from benchmarks.views import views

BUILD_S = 20.0
BUILD_MB = 700.0


@dataclass(frozen=True, slots=True)
class Amount:
    """How often and how long to measure."""

    starts: int
    draws: int
    rounds: int
    visits: int
    changes: int
    reruns: int
    load_seconds: float
    sessions: int


FULL = Amount(
    starts=3, draws=5, rounds=5, visits=6, changes=8, reruns=40, load_seconds=30, sessions=90
)
QUICK = Amount(
    starts=1, draws=1, rounds=2, visits=2, changes=4, reruns=12, load_seconds=10, sessions=60
)


def cold_start(report: Report, amount: Amount) -> None:
    """Process start to the first answer, and to a drawn Briefing in a browser that waits for it."""
    report.begin("Cold start (database built)")
    answered, seen = [], []
    with chromium() as browser:
        for _ in range(amount.starts):
            begin = time.perf_counter()
            with serve(env={"OBSERVATORY_WARM": "en"}) as server:
                answered.append(server.started_in)
                context = new_context(browser)
                page = context.new_page()
                page.goto(server.base + "/?lang=en", wait_until="commit")
                wait_drawn(page)
                seen.append(time.perf_counter() - begin)
                context.close()
    report.add("process start to first answer 200, median", p50(answered), "s")
    report.add("process start to Briefing drawn, median", p50(seen), "s")


def build(report: Report, amount: Amount) -> None:
    """Full build from the curated files into an empty folder: time and largest memory."""
    report.begin("Full build from data/")
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "etl", "build", "--var", folder], cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        said = (child.stderr.read() if child.stderr else b"").decode("utf-8", "replace").strip()
        _, code, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(code)
        took = time.perf_counter() - begin
    if child.returncode != 0:
        report.skip(f"the build ended with code {child.returncode}: {said.splitlines()[-1:]}")
        return
    # Linux counts in KiB, macOS in bytes.
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    busy = usage.ru_utime + usage.ru_stime
    report.add("time", took, "s", BUILD_S, f"{busy:.1f} s of processor time")
    report.add("peak memory", peak, "MiB", BUILD_MB)


def settings(report: Report, amount: Amount) -> None:
    """Each engineering setting undone, so that its worth is seen and not believed."""
    report.begin("What the settings are worth (Briefing)")
    view, times = views("briefing")[0], max(10, amount.reruns // 2)
    cases = {
        "as shipped": {},
        "garbage collection after every run (postScriptGC = true)": {
            "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"
        },
        "cards and pieces built anew in every run": {"BENCH_UNCACHED": "1"},
    }
    for name, env in cases.items():
        with serve(env=env) as app:
            asyncio.run(warm(app.stream, views("briefing")))
            before = app.cpu()
            _, runs = asyncio.run(reruns(app.stream, view, times))
            busy = (app.cpu() - before) / (times + 1) * 1e3
            note = f"{busy:.0f} ms of processor time"
            report.add(f"rerun p50: {name}", p50([run.ms for run in runs]), "ms", None, note)
    for way, name in (("own", "a cursor for each query"), ("shared", "one connection for all")):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.cursors", way],
            cwd=ROOT, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        if done.returncode != 0:
            report.add(f"400 queries from 8 threads, {name}: not answered", 400, "", None,
                       f"the process ended with code {done.returncode}")  # fmt: skip
            continue
        right, wrong, failed = (int(part) for part in done.stdout.split())
        report.add(f"400 queries from 8 threads, {name}: not answered rightly", wrong + failed, "", None,
                   f"{right} right, {wrong} wrong or empty, {failed} errors")  # fmt: skip


PARTS: dict[str, Callable[[Report, Amount], None]] = {
    "start": cold_start,
    "drawn": lambda report, amount: drawn(report, amount.draws),
    "inside": lambda report, amount: inside(report, amount.rounds),
    "peers": lambda report, amount: peers(report, amount.visits, amount.changes),
    "reruns": lambda report, amount: warm_reruns(report, amount.reruns),
    "many": lambda report, amount: many(
        report, amount.load_seconds, amount.sessions, full=amount.starts > 1
    ),
    "build": build,
    "settings": settings,
    "weights": weights,
    "scale": lambda report, amount: scale(report, full=amount.starts > 1),
}
