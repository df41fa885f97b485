"""Large pieces that many readers get: hashed and compressed once, and only named to a browser that holds them.

Streamlit names a message that the browser holds by its hash, but to know the hash it copies, writes
out and reads the whole piece in every run. Here a piece remembers the hash of its message, so that
a run hands on a stand-in of one character; and the first time it is sent, it is compressed for all
readers (`observatory.ui.wire` puts it into the connection's stream). What a browser reads is the
same. Used by our own server only (`observatory.ui.server`); where a newer Streamlit does this
otherwise, pieces go as they are.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Callable
from typing import Any, Final
from weakref import WeakValueDictionary

_LOG: Final = logging.getLogger("observatory.server")
STAND_IN: Final = "…"
WINDOW: Final = 15
"""Bits of the window that a piece is compressed with."""
_START: Final = 48
"""Bytes of a body by which it is found in its message."""


class Piece:
    """The body of an HTML element.

    Once its message has been made: the hash of that message; `packed`, the body as blocks of
    DEFLATE that refer to nothing before them and end on a whole byte, instead of the body itself;
    `size`, its bytes unpacked; `start`, what it begins with in the message.
    """

    __slots__ = ("__weakref__", "_body", "cacheable", "hash", "packed", "size", "start")

    def __init__(self, body: str) -> None:
        self._body: str | None = body
        self.hash = ""
        self.cacheable = False
        self.packed = self.start = b""
        self.size = 0

    def sent(self, message: Any) -> None:
        """Remember what its message tells, and pack it."""
        data = self.body.encode()
        pack = zlib.compressobj(wbits=-WINDOW)
        self.packed = pack.compress(data) + pack.flush(zlib.Z_SYNC_FLUSH)
        self.size, self.start = len(data), b"\n" + _varint(len(data)) + data[:_START]
        self.cacheable = message.metadata.cacheable
        # Last: other threads look at the hash first.
        self.hash = message.hash
        self._body = None
        _SENT[self.hash] = self

    @property
    def body(self) -> str:
        """The text that is sent."""
        body = self._body
        return (
            zlib.decompressobj(wbits=-WINDOW).decompress(self.packed).decode()
            if body is None
            else body
        )


_SENT: Final[WeakValueDictionary[str, Piece]] = WeakValueDictionary()


def _varint(number: int) -> bytes:
    """A length as it stands before a text in a message."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def found_in(data: bytes) -> tuple[int, Piece] | None:
    """The piece that a message carries whole, and where in the message it begins."""
    # A message begins with its hash, a text of less than 128 bytes.
    if data[:1] != b"\n":
        return None
    piece = _SENT.get(data[2 : 2 + data[1]].decode("ascii", "replace"))
    if piece is None:
        return None
    found = data.find(piece.start)
    begin = found + len(piece.start) - min(_START, piece.size)
    return (begin, piece) if found >= 0 and begin + piece.size <= len(data) else None


class _Now(threading.local):
    piece: Piece | None = None


_NOW: Final = _Now()
_installed: bool = False


def install() -> bool:
    """Let messages take hashes from their pieces. False where Streamlit does not offer the place."""
    from streamlit.runtime.scriptrunner_utils import script_run_context

    global _installed
    name = "populate_hash_if_needed"
    original: Callable[[Any], None] | None = getattr(script_run_context, name, None)
    if original is None or not hasattr(script_run_context.ScriptRunContext, "enqueue"):
        _LOG.info("this Streamlit hashes messages in another way; pieces go as they are")
        return False
    if not hasattr(original, "of_pieces"):
        setattr(script_run_context, name, _of_pieces(original, script_run_context))
    _installed = True
    return True


def send(piece: Piece, html: Callable[[str], object]) -> None:
    """Give a piece to `html`, which draws an element of it: whole, or as a stand-in."""
    if not _installed:
        html(piece.body)
        return
    _NOW.piece = piece
    try:
        html(STAND_IN)
    finally:
        _NOW.piece = None


def _of_pieces(original: Callable[[Any], None], contexts: Any) -> Callable[[Any], None]:
    def populate(message: Any) -> None:
        piece, _NOW.piece = _NOW.piece, None
        if piece is None:
            original(message)
            return
        # In a fragment the message names it, so that its hash is another one.
        whole = not message.delta.fragment_id
        if whole and piece.hash:
            context = contexts.get_script_run_ctx()
            message.hash, message.metadata.cacheable = piece.hash, piece.cacheable
            if piece.cacheable and context and piece.hash in context.cached_message_hashes:
                return
        message.delta.new_element.html.body = piece.body
        original(message)
        if whole and not piece.hash:
            piece.sent(message)

    populate.of_pieces = True  # type: ignore[attr-defined]
    return populate
