"""What is measured, part by part. Each takes the report and how often to measure."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from benchmarks.drawn import chromium, draw, new_context, wait_drawn
from benchmarks.measure import Report, p50, p95
from benchmarks.scorecard import weights
from benchmarks.server import ROOT, Server, serve
from benchmarks.session import View, keep_open, load, reruns

# House budgets; a ratio has no machine in it, the others are for two quiet cores.
DRAWN_RATIO = 2.0
FILTER_MS = 400.0
RERUN_MS = 60.0
BUILD_S = 20.0
BUILD_MB = 700.0
SESSION_MB = 0.5

BLANK, CHART = View("blank"), View("chart")
PAGES: dict[str, tuple[View, tuple[View, ...]]] = {
    "briefing": (
        View("briefing", "lang=en"),
        (
            View("briefing", "lang=en&economies=east-asia"),
            View("briefing", "lang=ja"),
            View("briefing", "lang=en&map=papers_iclr"),
        ),
    ),
    "economy": (
        View("economy", "economy=KOR&lang=en"),
        tuple(View("economy", f"economy={code}&lang=en") for code in ("JPN", "SGP", "PHL", "IND")),
    ),
    "company": (
        View("company", "org=zhipu&lang=en"),
        tuple(View("company", f"org={org}&lang=en") for org in ("minimax", "tsmc", "naver", "sakana-ai")),
    ),
    "scorecard": (
        View("scorecard", "lang=en"),
        tuple(View("scorecard", f"lang=en&w=models:{points}") for points in (5, 30, 40, 60)),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """How often and how long to measure."""

    starts: int
    draws: int
    reruns: int
    load_seconds: float
    every: float
    sessions: int


FULL = Amount(starts=3, draws=7, reruns=60, load_seconds=45, every=5, sessions=60)
QUICK = Amount(starts=1, draws=2, reruns=12, load_seconds=8, every=2, sessions=20)


def existing() -> dict[str, tuple[View, tuple[View, ...]]]:
    """The measured pages whose file is there."""
    return {
        name: found for name, found in PAGES.items() if (ROOT / "pages" / f"{name}.py").is_file()
    }


def names_missing(report: Report) -> None:
    """Say which pages do not exist yet."""
    for name in PAGES.keys() - existing().keys():
        report.skip(f"{name}: no such page yet")


def cold_start(report: Report, amount: Amount) -> None:
    """Process start to the first answer, and to a drawn Briefing in a browser that waits for it."""
    report.begin("Cold start (database built)")
    answered, seen = [], []
    with chromium() as browser:
        for _ in range(amount.starts):
            begin = time.perf_counter()
            with serve() as server:
                answered.append(server.started_in)
                context = new_context(browser)
                page = context.new_page()
                page.goto(server.base + "/?lang=en", wait_until="commit")
                wait_drawn(page)
                seen.append(time.perf_counter() - begin)
                context.close()
    report.add("process start to first answer 200, median", p50(answered), "s")
    report.add("process start to Briefing drawn, median", p50(seen), "s")


def drawn(report: Report, amount: Amount) -> None:
    """Navigation to fully drawn, fresh visitors, in turns with the blank pages of the same moment."""
    report.begin("Page fully drawn, fresh visitor (Chromium, 1440 x 900)")
    with serve() as app, serve(peer=True) as peer, chromium() as browser:
        jobs = {
            "blank page": (peer.base + "/", 0, False),
            "blank page with one Plotly chart": (peer.base + "/chart", 1, False),
        } | {name: (app.base + view.path, 0, True) for name, (view, _) in existing().items()}
        times: dict[str, list[float]] = {name: [] for name in jobs}
        sizes: dict[str, tuple[int, int]] = {}
        for turn in range(amount.draws + 1):
            for name, (url, figures, own) in jobs.items():
                context = new_context(browser)
                found = draw(context, url, figures, own)
                context.close()
                sizes[name] = (found.requests, found.size)
                # The first turn warms the server's caches, as any reader before this one would.
                if turn:
                    times[name].append(found.ms)
    chart = p50(times["blank page with one Plotly chart"])
    for name, values in times.items():
        count, size = sizes[name]
        report.add(
            f"{name}, median", p50(values), "ms", None, f"{count} requests, {size / 1e6:.1f} MB"
        )
    for name in existing():
        report.add(
            f"{name} / blank page with one chart", p50(times[name]) / chart, "x", DRAWN_RATIO
        )
    report.add("blank page / blank page with one chart", p50(times["blank page"]) / chart, "x")


def warm_reruns(report: Report, amount: Amount) -> None:
    """Time of the server for a rerun of a warm page, and what it sends."""
    report.begin("Rerun of a warm page (websocket client, one session)")
    with serve() as app:
        for name, (view, _) in existing().items():
            asyncio.run(_warm(app, [view]))
            before = app.cpu()
            first, runs = asyncio.run(reruns(app.stream, view, amount.reruns + 3))
            busy = (app.cpu() - before) / (len(runs) + 1) * 1e3
            times = [run.ms for run in runs[3:]]
            report.add(f"{name}, first run of a session", first.ms, "ms")
            report.add(f"{name}, p50", p50(times), "ms", RERUN_MS)
            report.add(
                f"{name}, processor time a rerun", busy, "ms", None, "hardly depends on the load"
            )
            report.add(f"{name}, p95", p95(times), "ms")
            report.add(f"{name}, sent a rerun", p50([run.size for run in runs]) / 1e3, "kB", None,
                       f"{runs[-1].messages} messages; the first run {first.size / 1e3:.0f} kB")  # fmt: skip
    with serve(peer=True) as peer:
        _, runs = asyncio.run(reruns(peer.stream, CHART, amount.reruns))
        report.add(
            "for comparison: Streamlit's defaults, one chart, p50", p50([r.ms for r in runs]), "ms"
        )


def changes() -> list[View]:
    """What readers switch between under load."""
    return [view for start, others in existing().values() for view in (start, *others)]


async def _warm(server: Server, views: list[View]) -> None:
    for view in views:
        await reruns(server.stream, view, 1)


def many(report: Report, amount: Amount) -> None:
    """Twenty readers who each change page or filter every few seconds, and memory for each."""
    report.begin(f"Many readers (each changes page or filter every {amount.every:g} s)")
    views = changes()
    with serve() as app:
        asyncio.run(_warm(app, views))
        before = app.cpu()
        found = asyncio.run(load(app.stream, views, 20, amount.load_seconds, amount.every))
        used = (app.cpu() - before) / (amount.load_seconds + 2)
        report.add(
            "20 readers: change to redraw, p50",
            p50(found.ms),
            "ms",
            None,
            f"{len(found.ms)} reruns",
        )
        report.add("20 readers: change to redraw, p95", p95(found.ms), "ms", FILTER_MS)
        report.add(
            "20 readers: faults", len(found.faults), "", 1, found.faults[0] if found.faults else ""
        )
        report.add("20 readers: processor time", used * 100, "% of a core")
        asyncio.run(_memory(report, app, amount.sessions))


async def _memory(report: Report, app: Server, sessions: int) -> None:
    # One look first: whatever the page loads once must not be counted as the readers'.
    view = PAGES["briefing"][0]
    await reruns(app.stream, view, 2)
    before = app.memory()
    ready, done = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(keep_open(app.stream, view, sessions, ready, done))
    try:
        await asyncio.wait({task, asyncio.create_task(ready.wait())}, timeout=120,
                           return_when=asyncio.FIRST_COMPLETED)  # fmt: skip
        await asyncio.sleep(1)
        after = app.memory()
    finally:
        done.set()
        await task
    report.add("memory of one more session on the Briefing", (after - before) / sessions, "MiB", SESSION_MB,
               f"{sessions} sessions: {before:.0f} to {after:.0f} MiB")  # fmt: skip


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
    view, times = PAGES["briefing"][0], max(10, amount.reruns // 2)
    cases = {
        "as shipped": {},
        "garbage collection after every run (postScriptGC = true)": {
            "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"
        },
        "cards and pieces built anew in every run": {"BENCH_UNCACHED": "1"},
    }
    for name, env in cases.items():
        with serve(env=env) as app:
            asyncio.run(_warm(app, [view]))
            _, runs = asyncio.run(reruns(app.stream, view, times))
            report.add(f"rerun p50: {name}", p50([run.ms for run in runs]), "ms")
            found = asyncio.run(
                load(app.stream, [view], 20, amount.load_seconds / 2, amount.every / 2)
            )
            report.add(f"20 readers p95: {name}", p95(found.ms or [0.0]), "ms")
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


PARTS = {
    "start": cold_start,
    "drawn": drawn,
    "reruns": warm_reruns,
    "many": many,
    "build": build,
    "settings": settings,
    "weights": weights,
}
