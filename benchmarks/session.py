"""Readers without a browser: they speak Streamlit's websocket protocol and time the answers."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RUN_LIMIT = 60.0


class Broken(RuntimeError):
    """The page answered with an error instead of its content."""


@dataclass(frozen=True, slots=True)
class View:
    """A page and its query, as in the address ``/page?query``."""

    page: str
    query: str = ""

    @property
    def path(self) -> str:
        home = "" if self.page in ("briefing", "blank") else self.page
        return f"/{home}" + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True)
class Run:
    """One script run: milliseconds from the request to the last message, and bytes received."""

    ms: float
    size: int
    messages: int


class Session:
    """One reader. ``run`` asks for a view and waits until its script has finished."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            self.url, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None,
            open_timeout=RUN_LIMIT,
        )  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def run(self, view: View) -> Run:
        """Run a view's script. Raises Broken if the page shows an error, TimeoutError if it hangs."""
        message = BackMsg()
        message.rerun_script.page_name = "" if view.page in ("briefing", "blank") else view.page
        message.rerun_script.query_string = view.query
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        size, count, fault = 0, 0, ""
        async with asyncio.timeout(RUN_LIMIT):
            while True:
                raw = await self._socket.recv()
                data = raw.encode() if isinstance(raw, str) else raw
                size += len(data)
                count += 1
                answer = ForwardMsg()
                answer.ParseFromString(data)
                kind = answer.WhichOneof("type")
                if kind == "script_finished":
                    # Asking again ends a run early, which reads as a quick one.
                    if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        if fault:
                            raise Broken(f"{view.path}: {fault}")
                        return Run((time.perf_counter() - start) * 1e3, size, count)
                elif kind == "page_not_found":
                    fault = "no such page"
                elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                    fault = answer.delta.new_element.exception.message
                elif b"card is-error" in data:
                    fault = "the page shows its error state"


async def reruns(url: str, view: View, times: int) -> tuple[Run, list[Run]]:
    """The first run of a session, then ``times`` reruns of the same view."""
    async with Session(url) as session:
        first = await session.run(view)
        return first, [await session.run(view) for _ in range(times)]


@dataclass(slots=True)
class Load:
    """What many readers at once saw: times of their reruns, first runs, and faults."""

    ms: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def load(
    url: str, views: Sequence[View], readers: int, seconds: float, every: float, seed: int = 7
) -> Load:
    """Readers who each change to another view every ``every`` seconds, at different moments."""
    found = Load()
    stop = time.perf_counter() + seconds

    async def look(session: Session, view: View, into: list[float]) -> None:
        try:
            run = await session.run(view)
        except Broken as fault:
            # The reader stays: another view may work, and the load must not fade.
            found.faults.append(str(fault)[:160])
        else:
            into.append(run.ms)
            found.size.append(run.size)

    async def reader(number: int) -> None:
        dice = random.Random(seed * 1000 + number)  # noqa: S311 - nothing secret
        try:
            async with Session(url) as session:
                await look(session, dice.choice(views), found.first)
                await asyncio.sleep(dice.random() * every)
                while (now := time.perf_counter()) < stop:
                    await look(session, dice.choice(views), found.ms)
                    await asyncio.sleep(max(0.0, every - (time.perf_counter() - now)))
        except (OSError, TimeoutError, websockets.WebSocketException) as fault:
            found.faults.append(f"{type(fault).__name__}: {fault}"[:160])

    tasks = []
    for number in range(readers):
        tasks.append(asyncio.create_task(reader(number)))
        await asyncio.sleep(min(0.1, seconds / readers / 4))
    await asyncio.gather(*tasks)
    return found


async def keep_open(
    url: str, view: View, readers: int, read: asyncio.Event, done: asyncio.Event
) -> None:
    """Open readers who look at a view and stay; ``read`` is set when all have it, ``done`` ends them."""
    async with asyncio.TaskGroup() as group:
        ready: list[bool] = []

        async def stay() -> None:
            async with Session(url) as session:
                # A fault is counted by the load; here only the memory of an open session matters.
                with contextlib.suppress(Broken):
                    await session.run(view)
                ready.append(True)
                if len(ready) == readers:
                    read.set()
                await done.wait()

        for _ in range(readers):
            group.create_task(stay())
            await asyncio.sleep(0.02)
