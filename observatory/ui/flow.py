"""Neighbouring pieces of a page as one message to the browser.

Each message costs server and browser about the same, whatever it holds, so a row of cards that are
HTML travels as one piece; the style sheet sets it as Streamlit would set its own columns. A row
with a Plotly figure becomes Streamlit's columns. Within `columns` and `block` only `put`, `show`,
`draw` and what calls them may draw: a widget belongs into `st.columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from observatory.cards.markup import Safe, h
from observatory.ui.door import KEPT, out

Piece = Safe | Callable[[], None]
"""HTML, or what draws something that is none, such as a figure."""

_BUFFER: Final[ContextVar[list[Piece] | None]] = ContextVar("obs.flow", default=None)


def keep(piece: Piece) -> bool:
    """Keep a piece for the message being put together; False where each piece goes by itself."""
    held = _BUFFER.get()
    if held is None:
        return False
    held.append(piece)
    return True


@contextmanager
def _held(into: list[Piece]) -> Iterator[None]:
    token = _BUFFER.set(into)
    try:
        yield
    finally:
        _BUFFER.reset(token)


class Column:
    """One column: `with` it, what is drawn lands in it."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._open: list[Any] = []

    def __enter__(self) -> Column:
        self._open.append(manager := _held(self.pieces))
        manager.__enter__()
        return self

    def __exit__(self, *fault: Any) -> None:
        self._open.pop().__exit__(*fault)


@contextmanager
def columns(widths: Sequence[float]) -> Iterator[list[Column]]:
    """Columns of these widths, drawn when the block ends; one below the other on a phone."""
    made = [Column() for _ in widths]
    try:
        yield made
    finally:
        _draw_columns([column.pieces for column in made], widths)


@contextmanager
def block() -> Iterator[None]:
    """Pieces one below the other, drawn when the block ends."""
    pieces: list[Piece] = []
    try:
        with _held(pieces):
            yield
    finally:
        _draw(pieces)


def row(pieces: Sequence[Piece], widths: Sequence[float] | None = None) -> None:
    """One piece a column, of these widths or all alike."""
    _draw_columns([[piece] for piece in pieces], list(widths or [1] * len(pieces)))


def _stack(pieces: Sequence[str], cls: str, style: str | None = None) -> Safe:
    return h("div", *(h("div", Safe(piece)) for piece in pieces), cls=cls, style=style)


# Most pieces are shared, and so is what they are put together to.
@lru_cache(maxsize=KEPT)
def _below(pieces: tuple[str, ...], cls: str) -> Safe:
    return _stack(pieces, cls)


@lru_cache(maxsize=KEPT)
def _beside(columns: tuple[tuple[str, ...], ...], widths: tuple[float, ...]) -> Safe:
    whole = sum(widths)
    cells = [
        _stack(pieces, "obs-col", f"--part:{100 * width / whole:.4f}%")
        for pieces, width in zip(columns, widths, strict=True)
    ]
    return h("div", *cells, cls="obs-cols many" if len(cells) > 2 else "obs-cols")


def _draw_columns(made: Sequence[Sequence[Piece]], widths: Sequence[float]) -> None:
    if not any(made):
        return
    if all(isinstance(piece, Safe) for pieces in made for piece in pieces):
        html = tuple(tuple(p.html for p in pieces if isinstance(p, Safe)) for pieces in made)
        send(_beside(html, tuple(widths)))
        return

    def draw() -> None:
        for place, pieces in zip(st.columns(list(widths), gap="large"), made, strict=True):
            with place:
                _draw(pieces, "obs-col")

    if not keep(draw):
        draw()


def _draw(pieces: Sequence[Piece], cls: str = "obs-flow") -> None:
    """Runs of HTML as one message each, and what is none in between."""
    run: list[Safe] = []
    with _held_off():
        for piece in pieces:
            if isinstance(piece, Safe):
                run.append(piece)
                continue
            _send_run(run, cls)
            run = []
            piece()
        _send_run(run, cls)


@contextmanager
def _held_off() -> Iterator[None]:
    token = _BUFFER.set(None)
    try:
        yield
    finally:
        _BUFFER.reset(token)


def _send_run(run: Sequence[Safe], cls: str) -> None:
    if len(run) == 1:
        send(run[0])
    elif run:
        send(_below(tuple(piece.html for piece in run), cls))


def send(piece: Safe) -> None:
    """HTML onto the page, or into the message being put together."""
    if not keep(piece):
        out(piece)
