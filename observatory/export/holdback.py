"""Which rows may leave in bulk: the licence of each source decides.

A file of one measure, or of few rows, quotes: every row is in it with its credit, as on the page.
Anything larger is bulk and carries openly licensed rows only; the rest is counted by source.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from observatory.export.table import Held, HeldSource, is_missing

QUOTED_ROWS: Final = 100
"""Up to this many rows a file quotes."""
WHY: Final = (
    "More than {most} rows of more than one measure are a copy in bulk. Rows whose source is not openly"
    " licensed, or whose terms are unknown, are left out of such files; they are shown on the page with"
    " their sources. A file of one measure, or of up to {most} rows, holds them all."
)


def is_bulk(rows: int, measures: int | None) -> bool:
    """Whether a file of so many rows is a copy in bulk. `measures`: how many it holds; None: rows that
    are no measurements."""
    return rows > QUOTED_ROWS and measures != 1


def split(
    frame: pd.DataFrame, *, measures: int | None = None, why: str = ""
) -> tuple[pd.DataFrame, Held]:
    """The rows that may be in a file, and what is held back.

    Reads `reuse` and, for the account, source_id, source_title, publisher, source_url, licence; a
    row without a stated reuse counts as not open. A frame without the column `reuse` is ours and whole.
    """
    if "reuse" not in frame.columns or not is_bulk(len(frame), measures):
        return frame, Held()
    is_open = frame["reuse"].astype("string").eq("open").fillna(False).astype(bool)
    closed = frame[~is_open]
    if closed.empty:
        return frame, Held()
    return frame[is_open].reset_index(drop=True), Held(
        len(closed), _by_source(closed), why or WHY.format(most=QUOTED_ROWS)
    )


def _by_source(frame: pd.DataFrame) -> tuple[HeldSource, ...]:
    def text(row: dict[str, object], key: str) -> str:
        value = row.get(key)
        return "" if is_missing(value) else str(value)

    found: dict[str, list[dict[str, object]]] = {}
    for row in frame.to_dict("records"):
        line = {str(key): value for key, value in row.items()}
        found.setdefault(text(line, "source_id"), []).append(line)
    held = [
        HeldSource(
            key, text(rows[0], "publisher"), text(rows[0], "source_title"), text(rows[0], "source_url"),
            text(rows[0], "licence"), text(rows[0], "reuse"), len(rows),
        )
        for key, rows in found.items()
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda one: (-one.rows, one.source_id)))
