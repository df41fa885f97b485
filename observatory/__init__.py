"""East Asia AI Observatory: the importable package the pages and the ETL are made of.

`observatory.open()` gives the facts to a script or notebook (`observatory.library`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from observatory import library

    # Its users write observatory.open(), as with a file.
    open = library.open_build  # noqa: A001


def __getattr__(name: str) -> Any:
    # Loaded when asked for: the ETL imports this package and needs neither charts nor views.
    if name == "open":
        from observatory.library import open_build

        return open_build
    raise AttributeError(f"module 'observatory' has no attribute {name!r}")
