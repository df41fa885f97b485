"""Table of upstreams: their rhythm from ``etl/sources``, their last reading from the curated files."""

from __future__ import annotations

import fnmatch
from datetime import date, timedelta
from typing import Any

import pandas as pd

from etl.read import Dataset
from etl.refresh.spec import load, names
from observatory.model.time import known_on, parse_period

COLUMNS: dict[str, tuple[str, str]] = {
    "upstream": ("VARCHAR PRIMARY KEY", "Folder of etl/sources"),
    "title": ("VARCHAR NOT NULL", "What is read"),
    "publisher": ("VARCHAR NOT NULL", "Who publishes it"),
    "licence": ("VARCHAR NOT NULL", "Licence or terms as found"),
    "rhythm": ("VARCHAR NOT NULL", "How often it changes, in words"),
    "rhythm_days": (
        "INTEGER NOT NULL",
        "Days between two editions, or between two readings of ours",
    ),
    "home": ("VARCHAR NOT NULL", "Page about it"),
    "we_take": ("VARCHAR NOT NULL", "What we take from it"),
    "leave_out": ("VARCHAR", "What we leave out"),
    "live": (
        "BOOLEAN NOT NULL",
        "Whether it can be read by itself; else a person hands the file over",
    ),
    "checked_on": ("DATE NOT NULL", "Day a person last looked at its address and terms"),
    "n_sources": ("INTEGER NOT NULL", "Sources on file that come from it"),
    "last_read": ("DATE", "Day it was last read"),
    "last_published": ("DATE", "Newest date that one of its files states"),
    "next_expected": ("DATE", "Day by which a new edition is to be expected"),
}
COMMENT = "Publishers that are refreshed from, with their rhythm and what was last read of them"


def frame(data: Dataset) -> pd.DataFrame:
    """One row an upstream, in the order of their names."""
    sources = [row.record for row in data.rows("sources")]
    readings = [row.record for row in data.rows("readings")]
    rows: list[dict[str, Any]] = []
    for name in names():
        spec = load(name).spec
        ours = [
            source
            for source in sources
            if any(fnmatch.fnmatchcase(source.source_id, pattern) for pattern in spec.belongs)
        ]
        mine = [reading for reading in readings if reading.upstream == name]
        read = [parse_period(item.read_on).end for item in (*ours, *mine)]
        stated = [
            known_on(item.published, item.read_on) for item in (*ours, *mine) if item.published
        ]
        last_read = max(read, default=None)
        last = max(stated, default=None)
        rows.append(
            {
                "upstream": name,
                "title": spec.title,
                "publisher": spec.publisher,
                "licence": spec.licence.id,
                "rhythm": spec.rhythm,
                "rhythm_days": spec.rhythm_days,
                "home": spec.home,
                "we_take": spec.we_take,
                "leave_out": spec.leave_out,
                "live": spec.live,
                "checked_on": date.fromisoformat(spec.checked_on),
                "n_sources": len(ours),
                "last_read": last_read,
                "last_published": last,
                "next_expected": next_expected(last, last_read, spec.rhythm_days),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def next_expected(published: date | None, read: date | None, rhythm_days: int) -> date | None:
    """A rhythm after the newest edition; what comes daily is due a rhythm after we last read it."""
    if read is None:
        return None
    base = published if published and rhythm_days > 31 else read
    return base + timedelta(days=rhythm_days)
