"""Every page through the websocket: the same view again, and a change of its filters."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from benchmarks.measure import Column, Report, p50, p95
from benchmarks.server import Server, serve
from benchmarks.session import Broken, Run, Session, reruns
from benchmarks.views import CHART, first_views, views

RERUN_MS = 30.0
SENT_KB = 100.0
COLUMNS = (
    Column("again p50", "ms"),
    Column("again p95", "ms"),
    Column("server p50", "ms"),
    Column("server p95", "ms", RERUN_MS),
    Column("sent", "kB", SENT_KB),
    Column("compressed", "kB"),
    Column("messages", ""),
    Column("change p50", "ms"),
    Column("change, server", "ms"),
    Column("change, sent", "kB"),
    Column("first, sent", "kB"),
)


@dataclass(slots=True)
class Timed:
    """Runs with the processor time of the server for each, in ms."""

    runs: list[Run] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


async def _again(app: Server, session: Session, page: str, times: int) -> Timed:
    found = Timed()
    for _ in range(times):
        before = app.cpu()
        run = await session.run(views(page)[0])
        # What the server still does after its last message belongs to the run.
        await asyncio.sleep(0.002)
        found.runs.append(run)
        found.busy.append((app.cpu() - before) * 1e3)
    return found


async def _changes(app: Server, session: Session, page: str, times: int) -> Timed:
    """From filter to filter of the page, as a click on a link does; the first round warms them."""
    found, others = Timed(), views(page)
    for number in range(len(others) + times):
        view = others[(number + 1) % len(others)]
        before = app.cpu()
        run = await session.click(view)
        await asyncio.sleep(0.002)
        if number >= len(others):
            found.runs.append(run)
            found.busy.append((app.cpu() - before) * 1e3)
    return found


async def page_line(app: Server, page: str, times: int) -> list[float | None]:
    """The figures of one page, in the order of COLUMNS. Raises Broken."""
    async with Session(app.stream) as session:
        await session.run(views(page)[0])
    async with Session(app.stream) as session:
        first = await session.run(views(page)[0])
        await session.run(views(page)[0])
        again = await _again(app, session, page, times)
        changed = await _changes(app, session, page, max(4, times // 3))
    took = [run.ms for run in again.runs]
    return [
        p50(took), p95(took), p50(again.busy), p95(again.busy),
        p95([run.size for run in again.runs]) / 1e3, p50([run.wire for run in again.runs]) / 1e3,
        again.runs[-1].messages,
        p50([run.ms for run in changed.runs]), p50(changed.busy),
        p50([run.size for run in changed.runs]) / 1e3, first.size / 1e3,
    ]  # fmt: skip


def warm_reruns(report: Report, times: int) -> None:
    """Time of the server for a rerun of every page, and what it sends."""
    report.begin("Warm pages (websocket client, one session a page)")
    grid = report.grid("page", COLUMNS)
    with serve() as app:
        for page in first_views():
            try:
                report.line(grid, page, asyncio.run(page_line(app, page, times)))
            except (Broken, TimeoutError) as fault:
                report.skip(f"reruns of {page}: {fault}")
    with serve(peer=True) as peer:
        before = peer.cpu()
        _, runs = asyncio.run(reruns(peer.stream, CHART, times))
        busy = (peer.cpu() - before) / (len(runs) + 1) * 1e3
        took, sent = [run.ms for run in runs], p95([run.size for run in runs]) / 1e3
        report.line(grid, "Streamlit's defaults, one chart",
                    [p50(took), p95(took), busy, None, sent, *[None] * 6])  # fmt: skip
