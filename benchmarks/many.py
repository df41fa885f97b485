"""How many readers one process bears, how many two do, and what one more of them weighs."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.crowd import Crowd, crowd, staying, warm
from benchmarks.measure import Column, Grid, Report, p50, p95
from benchmarks.server import Server, serve
from benchmarks.views import first_views, views

EVERY = 5.0
"""Seconds from one change of a reader to the next."""
MANY_MS = 200.0
ONE_PROCESS, TWO_PROCESSES = 150, 300
SESSION_MB = 0.2
ALL_LEVELS = ((25, 50, 75, 100, 125, 150), (100, 150, 200, 250, 300))
FEW_LEVELS = ((50, 100, 150), (150, 300))
"""Numbers of readers on one process, on two."""
COLUMNS = (
    Column("reruns", ""),
    Column("p50", "ms"),
    Column("p95", "ms"),
    Column("server", "ms a rerun"),
    Column("servers", "% of a core"),
    Column("client", "% of a core"),
    Column("sent", "kB a rerun"),
    Column("faults", "", 1),
)
RARELY = 0.02
"""Share of the changes of the realistic mix that lead to a view nobody has asked for: a guess."""
ALL_NEW = (5, 10, 25)
"""Numbers of readers each of whose changes is new to the server: the worst case."""
COLLAPSED = 3.0
"""Above so many times the budget more readers tell nothing new."""


@dataclass(frozen=True, slots=True)
class Level:
    """What so many readers saw."""

    readers: int
    p95: float


async def _level(
    report: Report, grid: Grid, apps: Sequence[Server], here: Crowd, readers: int, seconds: float
) -> Level:
    """What so many readers see for some seconds, as a line of the grid."""
    await here.grow(readers, max(2.0, (readers - len(here)) * 0.12))
    await asyncio.sleep(EVERY)
    seen = here.begin()
    begin, busy, own = time.perf_counter(), sum(app.cpu() for app in apps), time.process_time()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - begin
    used = (sum(app.cpu() for app in apps) - busy) / took * 100
    mine = (time.process_time() - own) / took * 100
    here.begin()
    if not seen.ms:
        seen.ms.append(float("nan"))
    name = f"{readers} readers, {len(apps)} process{'es' if len(apps) > 1 else ''}"
    if here.new == 1:
        name += ", all new"
    sent = p50(seen.size or [0]) / 1e3
    each = used / 100 * took / len(seen.ms) * 1e3
    report.line(
        grid, name,
        [len(seen.ms), p50(seen.ms), p95(seen.ms), each, used, mine, sent, len(seen.faults)],
    )  # fmt: skip
    for fault, count in Counter(seen.faults).most_common(3):
        print(f"    {count} x {fault}", flush=True)
    return Level(readers, p95(seen.ms))


async def _climb(
    report: Report, grid: Grid, apps: Sequence[Server], levels: Sequence[int], seconds: float,
    new: float = RARELY,
) -> list[Level]:  # fmt: skip
    """More and more readers, until all are there or the servers no longer keep up."""
    found: list[Level] = []
    async with crowd([app.stream for app in apps], EVERY, new) as here:
        for readers in levels:
            found.append(await _level(report, grid, apps, here, readers, seconds))
            if not found[-1].p95 < MANY_MS * COLLAPSED:
                break
    return found


def _judge(report: Report, name: str, found: Sequence[Level], wanted: int) -> None:
    """How many readers stayed below the budget, held against how many are wanted."""
    kept = [level.readers for level in found if level.p95 < MANY_MS]
    most = max(kept, default=0)
    # A budget is a value to stay below: what is missing from the number that is wanted.
    report.add(f"{name}: readers below {MANY_MS:g} ms (p95)", most, "", None, f"wanted: {wanted}")
    report.add(f"{name}: readers missing of {wanted}", max(0, wanted - most), "", 1)


async def _warm(report: Report, apps: Sequence[Server]) -> None:
    for faults in await asyncio.gather(*(warm(app.stream) for app in apps)):
        if faults:
            report.skip(f"{len(faults)} views that faulted while warming: {faults[0]}")


def many(report: Report, seconds: float, sessions: int, full: bool = True) -> None:
    """One process, two of them with the readers shared out, and the memory of readers who stay."""
    report.begin(f"Many readers (each goes on every {EVERY:g} s, mix of all pages)")
    grid = report.grid("readers", COLUMNS)
    on_one, on_two = ALL_LEVELS if full else FEW_LEVELS
    with serve() as app, serve() as other:
        asyncio.run(_warm(report, (app, other)))
        one = asyncio.run(_climb(report, grid, [app], on_one, seconds))
        asyncio.run(_memory(report, app, sessions))
        two = asyncio.run(_climb(report, grid, [app, other], on_two, seconds))
        worst = asyncio.run(_climb(report, grid, [app], ALL_NEW, seconds, 1.0))
    _judge(report, "one process", one, ONE_PROCESS)
    _judge(report, "two processes", two, TWO_PROCESSES)
    kept = max((level.readers for level in worst if level.p95 < MANY_MS), default=0)
    report.add(f"all new, one process: readers below {MANY_MS:g} ms (p95)", kept, "")


async def _memory(report: Report, app: Server, sessions: int) -> None:
    """Growth from a first group of readers to a second one that stays beside it."""
    seen = [views(page)[0] for page in first_views()]
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(staying(app.stream, seen, len(seen)))
        await asyncio.sleep(1)
        before = app.memory()
        faults = await stack.enter_async_context(staying(app.stream, seen, sessions))
        await asyncio.sleep(1)
        after = app.memory()
    note = (
        f"{sessions} readers over all pages: {before:.0f} to {after:.0f} MiB, {len(faults)} faults"
    )
    report.add("memory of one more reader", (after - before) / sessions, "MiB", SESSION_MB, note)
