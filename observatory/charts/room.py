"""The room that a chart has where it is not on a page: on a stage, in a deck, in a brief.

Charts are planned for the card they stand in. On a stage the same chart has another shape and its
type must be read from the back of a hall. Inside `within(room)` every chart that is `roomy` is
planned for the room instead, at its usual type size: whoever shows it then scales the drawing, and
all type with it. Views and cards do not know about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from functools import wraps
from inspect import signature
from typing import Any, Final, TypeVar, cast

import pandas as pd

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Room:
    """Width and height in px of a drawing whose smallest type is 12 px."""

    width: float
    height: float


STAGE: Final = Room(690, 258)
"""1152 by 430 px of a stage of 1280 by 720, drawn at 20 px a 12 px."""

MOST_EVENTS: Final = 4
"""Numbered events that a stage has room for, with the key of their numbers below the chart."""
KEY: Final = 34.0
"""Height of that key."""
TRACKS: Final = 82.0
"""Height of what stands above and below tracks of listings."""

_ROOM: Final[ContextVar[Room | None]] = ContextVar("obs.room", default=None)
_SUBLINES: Final = ("native",)
"""Second lines under names: left out where rows have to stand close."""
_SMALLEST: Final = 20.0


@contextmanager
def within(room: Room | None) -> Iterator[None]:
    """Charts drawn in this block are planned for `room`; None leaves them as they are."""
    token = _ROOM.set(room)
    try:
        yield
    finally:
        _ROOM.reset(token)


def room() -> Room | None:
    """The room that charts are planned for now, if any."""
    return _ROOM.get()


def roomy(draw: F) -> F:
    """A chart that takes the size of the room where there is one."""
    names = list(signature(draw).parameters)
    events = names.index("events") - 2 if "events" in names else None

    @wraps(draw)
    def drawn(frame: pd.DataFrame, spec: Any, *args: Any, **kwargs: Any) -> Any:
        here = _ROOM.get()
        if here is None:
            return draw(frame, spec, *args, **kwargs)
        kept = frame.drop(columns=[name for name in _SUBLINES if name in frame.columns])
        sized = _sized(spec, here, len(kept))
        marked = kwargs.get(
            "events", args[events] if events is not None and len(args) > events else None
        )
        # Small multiples have no room for numbers.
        if marked is not None and len(marked) and hasattr(spec, "key"):
            sized = replace(sized, height=here.height - KEY, key=False)
            return draw(kept, sized, *args, **kwargs)
        named = {name: value for name, value in kwargs.items() if name != "events"}
        return draw(kept, sized, *args[:events], **named)

    return cast("F", drawn)


def _sized(spec: Any, here: Room, rows: int) -> Any:
    names = {field.name for field in fields(spec)}
    sizes: dict[str, Any] = {}
    if "width" in names:
        sizes["width"] = here.width
    if "height" in names:
        sizes["height"] = here.height - float(getattr(spec, "below", 0.0))
    if "badges" in names:
        # Tracks of listings: below a legend and an axis, with a line for those that are left out.
        most = int((here.height - TRACKS) // _SMALLEST)
        pitch = min(34.0, (here.height - TRACKS) / max(min(rows, most), 1))
        sizes |= {"badges": False, "most": most, "pitch": pitch}
    elif "pitch" in names:
        drawn = min(rows, int(getattr(spec, "most", rows)))
        sizes["pitch"] = max(_SMALLEST, min(34.0, (here.height - 30) / max(drawn, 1)))
    if "flat" in names:
        sizes |= {"flat": 26.0, "note": ""}
    if "bridge" in names:
        sizes["bridge"] = None
    if "columns" in names and "shared" in names:
        # Small multiples: a panel's height, five beside each other, three lines of them.
        sizes |= {"columns": 5, "height": 30.0}
    return replace(spec, **sizes)
