"""The app's server with one engineering decision undone, to show what it is worth.

``BENCH_UNCACHED=1`` builds every card anew in every run. Garbage collection after every run is a
setting of Streamlit's own: ``STREAMLIT_RUNNER_POST_SCRIPT_GC=true``. Without either, this is just
the app's server.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


def uncache() -> None:
    """Make shared cards and pieces of pages be built in every run; measures stay cached."""
    from observatory.ui import card, catalogue

    def build_card(name: str, key: Any, args: Any, kwargs: Any, make: Callable[[], Any]) -> Any:
        return make()

    def build_piece(name: str, key: Any, args: Any, make: Callable[[], Any]) -> Any:
        return make()

    card._shared = build_card
    catalogue._piece = build_piece


def main() -> None:
    """Serve until stopped; arguments are those of ``observatory.ui.server``."""
    from observatory.ui import server

    if os.environ.get("BENCH_UNCACHED") == "1":
        uncache()
    server.main()


if __name__ == "__main__":
    main()
