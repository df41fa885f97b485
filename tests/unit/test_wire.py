"""What our server does beneath a run changes no byte of what readers get."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from observatory.ui import wire
from tests import running


class Pipe:
    """A transport that notes what is written and when it is closed."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.seen.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def gathering() -> tuple[Pipe, Any]:
    pipe = Pipe()
    return pipe, wire.Gathering(pipe, asyncio.get_running_loop())  # type: ignore[arg-type]


def test_frames_of_a_moment_are_written_together_and_in_order() -> None:
    async def told() -> None:
        pipe, transport = gathering()
        for number in range(9):
            transport.write(b"%d" % number)
        assert pipe.seen == []
        await asyncio.sleep(wire.TOGETHER * 5)
        assert pipe.seen == [b"012345678"]
        transport.write(b"9")
        await asyncio.sleep(wire.TOGETHER * 5)
        assert pipe.seen[1:] == [b"9"]

    running.run(told())


def test_much_is_written_at_once_and_closing_leaves_nothing_behind() -> None:
    async def told() -> None:
        pipe, transport = gathering()
        transport.write(b"a")
        transport.write(b"b" * wire.ENOUGH)
        assert pipe.seen == [b"a" + b"b" * wire.ENOUGH]
        transport.write(b"last")
        transport.close()
        assert pipe.seen[-1] == b"last"
        assert transport.is_closing()
        await asyncio.sleep(wire.TOGETHER * 5)
        assert len(pipe.seen) == 2

    running.run(told())


def test_a_loop_that_is_woken_once_runs_all_that_other_threads_hand_over() -> None:
    found: list[int] = []

    async def told() -> None:
        here, done = asyncio.get_running_loop(), asyncio.Event()

        def note(number: int) -> None:
            found.append(number)
            if len(found) == 8000:
                done.set()

        def hand_over(first: int) -> None:
            for number in range(first, first + 1000):
                here.call_soon_threadsafe(note, number)
                if number % 50 == 0:
                    time.sleep(0.0005)

        threads = [threading.Thread(target=hand_over, args=(1000 * n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        async with asyncio.timeout(60):
            await done.wait()

    running.run(told(), wire.loop)
    assert sorted(found) == list(range(8000))


def test_short_messages_go_as_they_are_and_long_ones_compressed() -> None:
    here = wire.Lightly(False, False, 12, 13, wire.COMPRESSED)
    there = PerMessageDeflate(False, False, 13, 12)
    for text in (b"a" * 10, b"b" * 5000, b"c" * 100, b"b" * 5000):
        sent = here.encode(Frame(Opcode.BINARY, text))
        assert sent.rsv1 == (len(text) >= wire.SHORT)
        assert there.decode(sent).data == text


def test_the_remembered_theme_is_the_one_that_streamlit_would_tell() -> None:
    sections = ("theme", "theme.light", "theme.dark", "theme.sidebar")
    fill = app_session._populate_theme_msg
    # A server started by another test may have put its own in place already.
    assert callable(fill)
    quick = wire._remembering(fill)

    def told(by: Any) -> bytes:
        message = CustomThemeConfig()
        by(message)
        for section in sections[1:]:
            by(getattr(message, section.removeprefix("theme.")), section)
        return bytes(message.SerializeToString(deterministic=True))

    first = told(quick)
    assert first == told(fill) == told(quick)
    assert first
