"""What a run costs beneath our own code: writing to the connection, and settings read again.

Both are used by our own server only (`observatory.ui.server`); what readers get is the same bytes.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import (
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol
from websockets.typing import ExtensionParameter

from observatory.ui import named

_LOG: Final = logging.getLogger("observatory.server")
TOGETHER: Final = 0.002
"""Seconds that frames may wait for the next one. A run sends thirty within some milliseconds."""
ENOUGH: Final = 64 * 1024
"""Bytes that wait for nothing: large pieces go at once, so that a slow reader is noticed."""


class Gathering:
    """A transport that writes what comes within `TOGETHER` in one go, in order.

    A call of the system for each frame of a run took a tenth of the run's time.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self._size = 0
        self._timer: asyncio.TimerHandle | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep the bytes for the next writing, or write with all that waits where it is much."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= ENOUGH:
            self.flush()
        elif self._timer is None:
            self._timer = self._loop.call_later(TOGETHER, self.flush)

    def flush(self) -> None:
        """Write what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        held, self._held, self._size = self._held, [], 0
        if held:
            self._transport.write(b"".join(held))

    def close(self) -> None:
        """Write what waits, then close as the transport does."""
        self.flush()
        self._transport.close()


class Waking(asyncio.SelectorEventLoop):
    """A loop that another thread wakes once until it is awake, not once for each message.

    A run's thread hands over each message by itself, twice; every waking was a call of the system
    that gave the interpreter to another thread.
    """

    _woken = False

    def _write_to_self(self) -> None:
        # What is to be run was put in its place before: an awake loop finds it without being told.
        if not self._woken:
            self._woken = True
            super()._write_to_self()  # type: ignore[misc]

    def _read_from_self(self) -> None:
        # In this order: who finds the mark still set has been put in place before it goes, and the
        # loop looks there again before it waits.
        super()._read_from_self()  # type: ignore[misc]
        self._woken = False


def loop() -> asyncio.AbstractEventLoop:
    """The loop of our server; what the system has where there is no selector for all."""
    return Waking() if sys.platform != "win32" else asyncio.new_event_loop()


class Lightly(PerMessageDeflate):
    """Compression that leaves short messages as they are and pieces as they were packed for all.

    The protocol allows both: a message may go uncompressed, and its compressed form is a chain of
    blocks, in which a block need not refer to what came before.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._whole_window = self.local_max_window_bits >= named.WINDOW
        # What is compressed for one reader alone needs less memory than may be used.
        self.local_max_window_bits = min(self.local_max_window_bits, WINDOW)
        self._fresh()

    def _fresh(self) -> None:
        if not self.local_no_context_takeover:
            self.encoder = zlib.compressobj(
                wbits=-self.local_max_window_bits, **self.compress_settings
            )

    def encode(self, frame: Frame) -> Frame:
        """The frame, compressed where that saves more than it costs."""
        if len(frame.data) < SHORT:
            return frame
        found = None
        if self._whole_window and frame.fin and frame.opcode is Opcode.BINARY:
            data = bytes(frame.data)
            found = named.found_in(data)
        if found is None:
            return super().encode(frame)
        begin, piece = found
        head, tail = data[:begin], data[begin + piece.size :]
        # Our compressor does not know what went by it: it may not refer to what came before.
        self._fresh()
        packed = b"".join((_stored(head), piece.packed, _stored(tail), b"\0"))
        return Frame(frame.opcode, packed, frame.fin, True, frame.rsv2, frame.rsv3)


def _stored(data: bytes) -> bytes:
    """Some bytes as one block of DEFLATE that is not compressed."""
    size = len(data)
    return b"\0" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data


class _Compression(ServerPerMessageDeflateFactory):
    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """What was agreed with the browser, and our way of doing it."""
        said, agreed = super().process_request_params(params, accepted_extensions)
        return said, Lightly(
            agreed.remote_no_context_takeover, agreed.local_no_context_takeover,
            agreed.remote_max_window_bits, agreed.local_max_window_bits, agreed.compress_settings,
        )  # fmt: skip


SHORT: Final = 200
"""Bytes of a message below which compression costs more than it saves: names of what is known."""
COMPRESSED: Final = {"level": 3, "memLevel": 5}
WINDOW: Final = 13
"""A page of 500 kB takes 4 ms and 70 kB; with uvicorn's level of 6 and window of 12, 8 ms and 80 kB.

A reader's compressor holds 48 kB with it, 16 kB more.
"""


class Protocol(WebSocketsSansIOProtocol):
    """Uvicorn's websocket protocol over a gathering transport, with a lighter compression."""

    def __init__(self, config: Config, *args: Any, **more: Any) -> None:
        super().__init__(config, *args, **more)
        if config.ws_per_message_deflate:
            factory = _Compression(
                client_max_window_bits=12,
                compress_settings=COMPRESSED,
            )
            self.conn = ServerProtocol(
                extensions=[factory], max_size=config.ws_max_size, logger=self.logger
            )

    def connection_made(self, transport: Any) -> None:
        """Take over the connection."""
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]


def remember_theme() -> None:
    """Let Streamlit read its theme settings once, not in every run.

    Each run tells the browser the theme, for which some hundred settings are searched six times:
    2 ms of a run, and they cannot change while a server runs. Where a newer Streamlit does this
    otherwise, nothing is done.
    """
    from streamlit.runtime import app_session

    name = "_populate_theme_msg"
    fill: Callable[..., None] | None = getattr(app_session, name, None)
    if fill is None:
        _LOG.info("this Streamlit tells its theme in another way; nothing is remembered")
        return
    if not hasattr(fill, "remembered"):
        setattr(app_session, name, _remembering(fill))


def _remembering(fill: Callable[..., None]) -> Callable[..., None]:
    """The same function, that answers from its first answer by section."""
    made: dict[str, bytes] = {}

    def populate(message: Any, section: str = "theme") -> None:
        known = made.get(section)
        if known is None:
            # Sections are filled from the outer to the inner, each while it is still empty.
            fill(message, section)
            made[section] = message.SerializeToString()
        elif known:
            message.MergeFromString(known)

    populate.remembered = True  # type: ignore[attr-defined]
    return populate
