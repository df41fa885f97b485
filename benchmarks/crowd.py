"""Many readers at once: each opens a page and every few seconds goes on to a filter or another page."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import websockets

from benchmarks.session import Broken, Session
from benchmarks.views import View, all_views, next_view

AGAIN = 0.1
"""Share of the steps that ask for the same view again."""
FAULTS = (OSError, TimeoutError, websockets.WebSocketException)


@dataclass(slots=True)
class Seen:
    """What the readers saw: milliseconds of their changes, of first pages, bytes, and faults."""

    ms: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    wire: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Crowd:
    """Readers who share out over the servers. ``seen`` is what has been seen since ``begin``.

    ``new``: the share of their steps that lead to a view nobody has asked for.
    """

    def __init__(self, urls: Sequence[str], every: float, new: float = 0.0, seed: int = 7) -> None:
        self.urls, self.every, self.new = list(urls), every, new
        self.seen = Seen()
        self._seed = seed
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def __len__(self) -> int:
        return len(self._tasks)

    def begin(self) -> Seen:
        """Forget what was seen; hands back a fresh list of what will be."""
        self.seen = Seen()
        return self.seen

    async def grow(self, readers: int, seconds: float) -> None:
        """Let readers come, evenly spread over some seconds, until there are so many."""
        more = readers - len(self)
        for _ in range(more):
            number = len(self)
            url = self.urls[number % len(self.urls)]
            self._tasks.append(asyncio.create_task(self._reader(number, url)))
            await asyncio.sleep(seconds / more)

    async def leave(self) -> None:
        """Let everybody leave."""
        self._stop.set()
        await asyncio.gather(*self._tasks)

    async def _reader(self, number: int, url: str) -> None:
        dice = random.Random(self._seed * 1000 + number)  # noqa: S311 - nothing secret
        try:
            async with Session(url) as session:
                view = next_view(None, dice, self.new)
                await step(session, view, self.seen, first=True)
                due = time.perf_counter() + dice.random() * self.every
                while not self._stop.is_set():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(max(0.0, due - time.perf_counter())):
                            await self._stop.wait()
                            return
                    # Counted where it was asked for, however long it takes.
                    if dice.random() < AGAIN:
                        await step(session, view, self.seen, again=True)
                    else:
                        view = next_view(view, dice, self.new)
                        await step(session, view, self.seen)
                    due = max(due + self.every, time.perf_counter())
        except FAULTS as fault:
            self.seen.faults.append(f"{type(fault).__name__}: {fault}"[:160])


async def step(
    session: Session, view: View, into: Seen, first: bool = False, again: bool = False
) -> None:
    """One look of a reader, its time and bytes put into ``into``; an error of the page is a fault."""
    try:
        run = await (session.run(view) if first or again else session.click(view))
    except Broken as fault:
        # The reader stays: another view may work, and the load must not fade.
        into.faults.append(str(fault)[:160])
        return
    (into.first if first else into.ms).append(run.ms)
    into.size.append(run.size)
    into.wire.append(run.wire)


@contextlib.asynccontextmanager
async def crowd(urls: Sequence[str], every: float, new: float = 0.0) -> AsyncIterator[Crowd]:
    """An empty crowd; whoever came leaves at the end."""
    readers = Crowd(urls, every, new)
    try:
        yield readers
    finally:
        await readers.leave()


async def warm(url: str, views: Sequence[View] | None = None) -> list[str]:
    """One reader sees every view, so that nobody after it waits for a cache; the faults met."""
    seen = Seen()
    async with Session(url) as session:
        for view in views or all_views():
            await step(session, view, seen, first=True)
    return seen.faults


@contextlib.asynccontextmanager
async def staying(url: str, views: Sequence[View], readers: int) -> AsyncIterator[list[str]]:
    """Readers who open a page, go to a second one and stay; the faults they met."""
    seen = Seen()
    async with contextlib.AsyncExitStack() as stack:
        for number in range(readers):
            session = await stack.enter_async_context(Session(url))
            await step(session, views[number % len(views)], seen, first=True)
            await step(session, views[(number + 1) % len(views)], seen)
        yield seen.faults
