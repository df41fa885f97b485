"""``python -m benchmarks.soak``: readers come, move about and leave for a long time; does anything grow?

``SOAK_MINUTES`` (30) says how long, ``SOAK_READERS`` (40) how many at once. Ends with code 1 when
memory, open files or threads still grow after the warm-up, or when a reader met an error.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import FAULTS, Seen, step, warm
from benchmarks.measure import p50, p95
from benchmarks.server import Server, serve
from benchmarks.session import Session
from benchmarks.views import next_view

EVERY = 5.0
STAY = (15.0, 150.0)
"""Seconds that a reader stays."""
WARM_UP = 1 / 3
"""Share of the time after which nothing should grow any more."""
SHARE, MIB = 0.04, 12.0
"""Growth over the time after the warm-up that still counts as noise: of the level, and in MiB."""
LONG, FORGOTTEN = 10.0, 400.0
"""After a soak of so many minutes it waits, in seconds, until the server has let go of everybody:
Streamlit keeps a session for 90 seconds, the server collects every 300."""
COUNTED = 12
"""The same for open files and threads."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at one moment, and what readers saw since the sample before."""

    minute: float
    memory: float
    files: int
    threads: int
    readers: int
    runs: int
    p50: float
    p95: float
    faults: int


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The median of the slopes between all pairs of points: one odd sample does not move it."""
    found = [
        (b - a) / (y - x) for i, (x, a) in enumerate(points) for y, b in points[i + 1 :] if y > x
    ]
    return statistics.median(found) if found else 0.0


def thirds(values: Sequence[float]) -> list[float]:
    """The medians of the first, middle and last third."""
    size = max(1, len(values) // 3)
    return [
        statistics.median(part) for part in (values[:size], values[size : 2 * size], values[-size:])
    ]


def grows(minutes: Sequence[float], values: Sequence[float], noise: float) -> bool:
    """Whether values rise from third to third, and over the whole time by more than noise."""
    if len(values) < 6:
        return False
    first, middle, last = thirds(values)
    rise = slope(list(zip(minutes, values, strict=True))) * (minutes[-1] - minutes[0])
    return first < middle < last and rise > noise and last - first > noise / 2


def verdicts(samples: Sequence[Sample], minutes: float) -> list[str]:
    """What grew after the warm-up, in words; empty if nothing did."""
    late = [one for one in samples if one.minute >= minutes * WARM_UP]
    if len(late) < 6:
        return ["too few samples after the warm-up: let it run longer"]
    when, said = [one.minute for one in late], []
    memory = [one.memory for one in late]
    if grows(when, memory, max(MIB, SHARE * memory[0])):
        said.append(f"memory grows: {' -> '.join(f'{v:.0f}' for v in thirds(memory))} MiB")
    for name, values in (
        ("open files", [float(one.files) for one in late]),
        ("threads", [float(one.threads) for one in late]),
    ):
        if grows(when, values, COUNTED):
            said.append(f"{name} grow: {' -> '.join(f'{v:.0f}' for v in thirds(values))}")
    return said


class House:
    """Readers who come, move about and leave, some of them without a word."""

    def __init__(self, app: Server, readers: int, seed: int = 11) -> None:
        self.app, self.readers = app, readers
        self.seen, self.here = Seen(), 0
        self.came = self.dropped = 0
        self.faults: Counter[str] = Counter()
        self._dice = random.Random(seed)  # noqa: S311 - nothing secret

    async def visit(self, number: int, latest: float) -> None:
        """One reader, from the first page to leaving; nobody stays past ``latest``."""
        dice = random.Random(number)  # noqa: S311 - nothing secret
        until = min(latest, time.perf_counter() + dice.uniform(*STAY))
        self.here += 1
        self.came += 1
        try:
            async with Session(self.app.stream) as session:
                view = next_view(None, dice)
                await step(session, view, self.seen, first=True)
                while time.perf_counter() < until:
                    await asyncio.sleep(dice.uniform(0.5, 1.5) * EVERY)
                    view = next_view(view, dice)
                    await step(session, view, self.seen)
                if dice.random() < 0.3:
                    self.dropped += 1
                    session.drop()
        except FAULTS as fault:
            self.seen.faults.append(f"{type(fault).__name__}: {fault}"[:160])
        finally:
            self.here -= 1

    async def keep_full(self, latest: float) -> None:
        """A new reader for each that has left, until it is time to go."""
        async with asyncio.TaskGroup() as group:
            while time.perf_counter() < latest:
                if self.here < self.readers:
                    group.create_task(self.visit(self.came + 1, latest))
                await asyncio.sleep(self._dice.uniform(0.05, 0.4))

    def sample(self, minute: float) -> Sample:
        """The server now; what readers saw starts anew."""
        seen, self.seen = self.seen, Seen()
        self.faults.update(seen.faults)
        ms = seen.ms or [float("nan")]
        return Sample(
            minute, self.app.memory(), self.app.files(), self.app.threads(), self.here,
            len(seen.ms) + len(seen.first), p50(ms), p95(ms), len(seen.faults),
        )  # fmt: skip


HEAD = (
    "| minute | memory, MiB | open files | threads | readers | runs | p50, ms | p95, ms | faults |"
)


def row(one: Sample) -> str:
    """A sample as a line of a Markdown table."""
    took = "| | " if one.p50 != one.p50 else f"| {one.p50:.0f} | {one.p95:.0f} "
    return (
        f"| {one.minute:.1f} | {one.memory:.0f} | {one.files} | {one.threads} | {one.readers} "
        f"| {one.runs} {took}| {one.faults} |"
    )


async def soak(app: Server, minutes: float, readers: int, lines: list[str]) -> list[str]:
    """Run it; fills ``lines`` with what to print and hands back what is wrong."""

    def say(text: str) -> None:
        lines.append(text)
        print(text, flush=True)

    faults = await warm(app.stream)
    house, samples = House(app, readers), []
    empty = house.sample(0)
    begin = time.perf_counter()
    every = max(5.0, minutes * 60 / 60)
    for text in (HEAD, "|---:" * HEAD.count(" |") + "|", row(empty)):
        say(text)
    task = asyncio.create_task(house.keep_full(begin + minutes * 60))
    while not task.done():
        await asyncio.wait({task}, timeout=every)
        gone = (time.perf_counter() - begin) / 60
        if gone <= minutes:
            samples.append(house.sample(gone))
            say(row(samples[-1]))
    await task
    if minutes >= LONG:
        await asyncio.sleep(FORGOTTEN)
    after = house.sample((time.perf_counter() - begin) / 60)
    wrong = verdicts(samples, minutes)
    late = [(one.minute, one.memory) for one in samples if one.minute >= minutes * WARM_UP]
    runs = sum(one.runs for one in samples)
    for text in (
        "",
        f"{house.came} readers came, {house.dropped} of them left without a word; {runs} runs.",
        f"Memory after the warm-up: {slope(late) * 60:+.1f} MiB an hour (median of slopes).",
        f"Memory {empty.memory:.0f} MiB before the readers, {after.memory:.0f} MiB after them.",
        f"Open files {empty.files} before, {after.files} after.",
        f"Threads {empty.threads} before, {after.threads} after.",
    ):
        say(text)
    house.faults.update(faults)
    for fault, count in house.faults.most_common(5):
        say(f"{count} x {fault}")
    if house.faults:
        wrong.append(f"{sum(house.faults.values())} faults met by readers")
    say(f"Wrong: {'; '.join(wrong)}." if wrong else "Nothing grows, nothing failed.")
    return wrong


def main() -> int:
    """Measure, print, and end with 1 where something grows or failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--table", type=Path, help="write what is printed to a file too")
    asked = parser.parse_args()
    minutes = float(os.environ.get("SOAK_MINUTES") or 30)
    readers = int(os.environ.get("SOAK_READERS") or 40)
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    head = (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC: {minutes:g} minutes, {readers} readers at "
        f"once, each going on every {EVERY:g} s on average. Load at the start: {load}."
    )
    print(head, "", sep="\n", flush=True)
    lines: list[str] = []
    with serve(life=minutes * 60 + 1200) as app:
        wrong = asyncio.run(soak(app, minutes, readers, lines))
    if asked.table:
        asked.table.write_text("\n".join([head, "", *lines, ""]), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
