"""Answers of a build to named queries: it never changes, so they are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

import pandas as pd

MOST_FIELDS: Final = 400_000
"""Fields of the frames that are kept, some 40 MB at most."""
LARGE: Final = MOST_FIELDS // 10
"""Fields of an answer that is not kept: it would drive out many others."""


class Answers:
    """Frames by query and parameters, those least asked for dropped first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, pd.DataFrame] = OrderedDict()
        self._fields = 0
        self._lock = threading.Lock()

    def get(
        self, name: str, parameters: Mapping[str, Any], ask: Callable[[], pd.DataFrame]
    ) -> pd.DataFrame:
        """A frame of the caller's own; pandas copies what is behind it once somebody writes there."""
        key = (name, tuple((one, _fixed(parameters[one])) for one in sorted(parameters)))
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return known.copy(deep=False)
        found = ask()
        with self._lock:
            if key not in self._kept and found.size <= LARGE:
                self._kept[key] = found
                self._fields += found.size
                while self._fields > MOST_FIELDS:
                    self._fields -= self._kept.popitem(last=False)[1].size
            return found.copy(deep=False)


def _fixed(value: Any) -> Hashable:
    """A parameter as part of a key."""
    return tuple(value) if isinstance(value, list) else value
