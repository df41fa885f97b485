"""A reader without a browser: speaks Streamlit's websocket protocol and times the answers.

Like the browser it keeps large messages (``benchmarks.kept``) and names them in every request, so
that the server sends a reference instead; and like the browser it follows a link inside the app as
the way back and forth of the browser's history: one run of the page that the address names.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection

from benchmarks.kept import Kept, Lost
from benchmarks.views import View

RUN_LIMIT = 120.0
DESK: Final = "observatory_desk"
"""The component that tells the browser which choices a link takes along."""


class Broken(RuntimeError):
    """The page answered with an error instead of its content."""


@dataclass(frozen=True, slots=True)
class Run:
    """One script run.

    ``ms``: from the request to the last message. ``size``: bytes of the messages; ``wire``: bytes
    on the connection, compressed as a browser asks for it. ``kept``: messages that came as a
    reference to one the reader had.
    """

    ms: float
    size: int
    wire: int
    messages: int
    kept: int


class _Counted(ClientConnection):
    """A connection that counts the bytes it receives."""

    wire = 0

    def data_received(self, data: bytes) -> None:
        self.wire += len(data)
        super().data_received(data)


class Session:
    """One reader. ``run`` opens an address, ``click`` follows a link; both wait for the script's end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept = Kept()
        self._pages: dict[str, str] = {}
        self._shared = ""

    async def __aenter__(self) -> Self:
        self._socket: Any = await websockets.connect(
            self.url, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None,
            open_timeout=RUN_LIMIT, create_connection=_Counted,
        )  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    def drop(self) -> None:
        """End the connection without a word, as a closed laptop does."""
        self._socket.transport.abort()

    async def run(self, view: View) -> Run:
        """Open a view's address. Raises Broken if the page shows an error, TimeoutError if it hangs."""
        asked = BackMsg()
        asked.rerun_script.page_name = "" if view.page in ("briefing", "blank") else view.page
        asked.rerun_script.query_string = view.query
        return await self._ask(asked, view.path)

    async def click(self, view: View) -> Run:
        """Follow a link to a view inside the app. Raises as ``run`` does; Broken before any run."""
        target = self._pages.get(view.page)
        if target is None:
            raise Broken(f"{view.path}: no page with links was opened before")
        query = dict(parse_qsl(self._shared)) | dict(parse_qsl(view.query))
        asked = BackMsg()
        rerun = asked.rerun_script
        rerun.page_script_hash, rerun.query_string = target, urlencode(query)
        rerun.is_history_navigation = True
        return await self._ask(asked, view.path)

    async def _ask(self, asked: BackMsg, path: str) -> Run:
        asked.rerun_script.cached_message_hashes.extend(self.kept.hashes())
        size = count = kept = 0
        fault, before = "", self._socket.wire
        start = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(RUN_LIMIT):
            while True:
                raw = await self._socket.recv()
                data = raw.encode() if isinstance(raw, str) else raw
                size += len(data)
                count += 1
                answer = ForwardMsg()
                answer.ParseFromString(data)
                kind = answer.WhichOneof("type")
                if kind == "ref_hash":
                    kept += 1
                    try:
                        data = self.kept.take(answer)
                    except Lost as lost:
                        fault = str(lost)
                elif kind == "script_finished":
                    # Asking again ends a run early, which reads as a quick one.
                    if self._over(answer):
                        if fault:
                            raise Broken(f"{path}: {fault}")
                        took = (time.perf_counter() - start) * 1e3
                        return Run(took, size, self._socket.wire - before, count, kept)
                    continue
                fault = self._note(answer, kind) or fault
                if b"card is-error" in data:
                    fault = "the page shows its error state"

    def _over(self, answer: ForwardMsg) -> bool:
        if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.kept.run_over(tuple(answer.metadata.run.fragment_ids))
        return answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _note(self, answer: ForwardMsg, kind: str | None) -> str:
        """Remember what later requests need; the fault that the message tells, if any."""
        if kind == "delta":
            self.kept.keep(answer)
            if answer.delta.WhichOneof("type") != "new_element":
                return ""
            element = answer.delta.new_element
            if element.WhichOneof("type") == "exception":
                return element.exception.message or "an exception"
            if element.WhichOneof("type") == "bidi_component" and (
                element.bidi_component.component_name.endswith(DESK)
            ):
                self._shared = str(json.loads(element.bidi_component.json)["shared"])
        elif kind == "navigation":
            pages = answer.navigation.app_pages
            self._pages = {one.url_pathname or "briefing": one.page_script_hash for one in pages}
        elif kind == "new_session":
            self.kept.longest = answer.new_session.config.max_cached_message_age
        elif kind == "page_not_found":
            return "no such page"
        return ""


async def reruns(url: str, view: View, times: int) -> tuple[Run, list[Run]]:
    """The first run of a session, then ``times`` reruns of the same view."""
    async with Session(url) as session:
        first = await session.run(view)
        return first, [await session.run(view) for _ in range(times)]
