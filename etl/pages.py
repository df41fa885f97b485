"""What pages ask of a build and do not find: measures they open with, economies they name.

Nothing of it is an error: such a page says what is missing. A maintainer wants to know before readers do.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.read import Dataset
from observatory.model.pillars import ASKED
from observatory.model.scope import SCOPE


def unmet(data: Dataset) -> Iterator[str]:
    """One line a measure or economy that is missing, with the pages that ask for it."""
    filed = {row.record.indicator_id for row in data.rows("indicators")}
    valued = {row.record.indicator_id for row in data.rows("observations")}
    for measure in dict.fromkeys(key for keys in ASKED.values() for key in keys):
        pages = ", ".join(page for page, keys in ASKED.items() if measure in keys)
        if measure not in filed:
            yield f"{pages}: measure {measure!r} is not on file"
        elif measure not in valued:
            yield f"{pages}: measure {measure!r} has no value"
    known = {row.record.economy_id for row in data.rows("economies")}
    if absent := [code for code in SCOPE if code not in known]:
        yield f"every page of the thirteen: economies not on file: {', '.join(absent)}"
