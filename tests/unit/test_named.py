"""Pieces that are hashed and packed once: every browser reads what it would have read anyway."""

from __future__ import annotations

import random
import string
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from observatory.ui import named, wire


def message(body: str, run: str = "r1", fragment: str = "") -> Any:
    made = ForwardMsg()
    made.delta.new_element.html.body = body
    made.delta.new_element.width_config.use_stretch = True
    made.delta.fragment_id = fragment
    made.metadata.delta_path[:] = [0, 2, 5]
    made.metadata.active_script_hash = run
    return made


def hashed(held: set[str]) -> Any:
    """How a run hashes messages for a browser that holds some."""
    contexts = SimpleNamespace(
        get_script_run_ctx=lambda: SimpleNamespace(cached_message_hashes=held)
    )
    return named._of_pieces(populate_hash_if_needed, contexts)


def drawn(piece: named.Piece, held: set[str], run: str, fragment: str = "") -> Any:
    """The message of a piece as a run makes it."""
    made: list[Any] = []

    def html(text: str) -> None:
        made.append(message(text, run, fragment))
        hashed(held)(made[0])

    named.send(piece, html)
    return made[0]


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named, "_installed", True)


def plain(body: str, run: str = "r1", fragment: str = "") -> Any:
    made = message(body, run, fragment)
    populate_hash_if_needed(made)
    return made


def words(count: int, seed: int) -> str:
    pick = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(
        "".join(pick.choices(string.ascii_letters + "한国é", k=6)) for _ in range(count)
    )


@pytest.mark.parametrize("size", [3, 100, 9_000])
@pytest.mark.parametrize("fragment", ["", "f1"])
def test_the_message_of_a_piece_is_the_one_that_it_would_have_been(
    size: int, fragment: str
) -> None:
    body = words(size, size)
    piece = named.Piece(body)
    for run in ("r1", "r2", "r3"):
        assert drawn(piece, set(), run, fragment) == plain(body, run, fragment)


def test_a_piece_in_a_fragment_and_on_the_page_has_the_hash_of_each_place() -> None:
    body = words(200, 5)
    piece = named.Piece(body)
    for fragment in ("f1", "", "f2", "", "f1"):
        assert drawn(piece, set(), "r1", fragment) == plain(body, "r1", fragment)


def test_a_browser_that_holds_a_piece_is_told_its_name_by_a_stand_in() -> None:
    body = words(900, 7)
    piece, whole = named.Piece(body), plain(body)
    assert drawn(piece, {whole.hash}, "r1") == whole
    again = drawn(piece, {whole.hash}, "r2")
    assert (again.hash, again.metadata.cacheable) == (whole.hash, True)
    assert again.delta.new_element.html.body == named.STAND_IN
    # The next who does not hold it gets it whole.
    assert drawn(piece, {"another"}, "r3") == plain(body, "r3")


def test_what_is_no_piece_is_hashed_as_ever() -> None:
    other = message("of another element")
    hashed(set())(other)
    assert other == plain("of another element")


def test_without_the_place_in_streamlit_pieces_go_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(named, "_installed", False)
    seen: list[str] = []
    named.send(named.Piece("the whole"), seen.append)
    assert seen == ["the whole"]


def reader(window: int) -> tuple[wire.Lightly, PerMessageDeflate]:
    return (
        wire.Lightly(False, False, 12, window, wire.COMPRESSED),
        PerMessageDeflate(False, False, window, 12),
    )


def through(here: wire.Lightly, there: PerMessageDeflate, data: bytes) -> int:
    """Send a message to a reader, who must read the same; the bytes on the way."""
    frame = here.encode(Frame(Opcode.BINARY, data))
    assert there.decode(frame).data == data
    return len(frame.data)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4000), st.booleans()), max_size=25))
def test_readers_read_pieces_between_other_messages(steps: list[tuple[int, int, bool]]) -> None:
    pieces = [named.Piece(words(1 + 700 * n, n)) for n in range(4)]
    readers = [reader(15), reader(15), reader(11)]
    for which, size, other in steps:
        sent = drawn(pieces[which], set(), f"run {size}").SerializeToString()
        for here, there in readers:
            if other:
                through(here, there, words(size // 7, size).encode())
            through(here, there, sent)


def test_a_piece_is_packed_once_and_better_than_for_one_reader() -> None:
    body = words(300, 1) * 40
    piece = named.Piece(body)
    sent = drawn(piece, set(), "r1").SerializeToString()
    assert piece.body == body
    assert named.found_in(sent) == (sent.index(body.encode()), piece)
    assert through(*reader(15), sent) < through(*reader(12), sent)


def test_what_only_looks_like_a_piece_is_compressed_as_any_message() -> None:
    piece = named.Piece(words(500, 3))
    sent = drawn(piece, set(), "r1").SerializeToString()
    cut = sent[: len(sent) // 2]
    assert named.found_in(cut) is None
    assert named.found_in(b"\x12" + sent[1:]) is None
    for data in (cut, sent[1:], b"\n" * 400):
        through(*reader(15), data)
