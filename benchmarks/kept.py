"""The messages that a browser keeps, so that the server need not send them again.

Streamlit marks large elements as cacheable (`streamlit.runtime.forward_msg_cache`). The browser
keeps them, names their hashes with every request, and drops one that no run of the last few has
used. A run of a fragment ages only messages of that fragment. The server answers a hash it was
told of with a reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Lost(RuntimeError):
    """The server refers to a message that a browser would not have."""


@dataclass(slots=True)
class _Message:
    data: bytes
    used: int
    fragment: str


class Kept:
    """Messages by hash. ``longest``: how many runs an unused one is kept, as the server says."""

    def __init__(self) -> None:
        self.longest = 2
        self._runs = 0
        self._messages: dict[str, _Message] = {}

    def hashes(self) -> list[str]:
        """What a request names."""
        return list(self._messages)

    def keep(self, message: ForwardMsg) -> None:
        """Keep a message that came whole, if it is one to keep."""
        if not (message.metadata.cacheable and message.hash):
            return
        found = self._messages.get(message.hash)
        if found is None:
            self._messages[message.hash] = _Message(
                message.SerializeToString(), self._runs, message.delta.fragment_id
            )
        else:
            found.used = self._runs

    def take(self, reference: ForwardMsg) -> bytes:
        """The message that a reference stands for. Raises Lost."""
        found = self._messages.get(reference.ref_hash)
        if found is None:
            raise Lost(f"a reference to a message that is not kept ({reference.ref_hash[:12]})")
        found.used = self._runs
        return found.data

    def run_over(self, fragments: tuple[str, ...] = ()) -> None:
        """A run has ended: drop what has not been used for too long."""
        self._runs += 1
        for key, one in list(self._messages.items()):
            touched = not fragments or one.fragment in fragments
            if touched and self._runs - one.used > self.longest:
                del self._messages[key]
