"""What sessions share: values made once for a key, the least used dropped first.

Streamlit's own caches read every part of a key into bytes at each call, which on a page of forty
pieces took a tenth of its time. Keys here are plain hashable values, looked up as a dictionary does;
they hold the id of the build, so nothing has to be cleared when a new one is served.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class Shared:
    """At most `limit` values. One thread makes a value while others who want it wait.

    A value whose making failed is not kept: the next who asks tries again.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made by `make` if nobody has it."""
        key = (key, kinds(key))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                found = make()
                with self._lock:
                    self._kept[key] = found
                    while len(self._kept) > self.limit:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


def kinds(key: Hashable) -> Hashable:
    """The kinds of a key's numbers and truths: `1`, `1.0` and `True` are equal but not the same."""
    if isinstance(key, tuple):
        found = tuple(kinds(part) for part in key)
        return found if any(found) else None
    return type(key).__name__ if isinstance(key, (bool, float)) else None
