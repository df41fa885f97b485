"""When something new is to be expected of an upstream: from its rhythm and what was last read of it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from etl import freshness
from etl.read import Dataset


@pytest.mark.parametrize(
    ("published", "read", "days", "due"),
    [
        (date(2026, 4, 1), date(2026, 6, 1), 365, date(2027, 4, 1)),
        (None, date(2026, 6, 1), 365, date(2027, 6, 1)),
        # What comes monthly or more often is due a rhythm after we last read it.
        (date(2026, 4, 1), date(2026, 6, 1), 31, date(2026, 7, 2)),
        (date(2026, 4, 1), date(2026, 6, 1), 32, date(2026, 5, 3)),
        (date(2026, 4, 1), None, 365, None),
    ],
)
def test_next_edition(
    published: date | None, read: date | None, days: int, due: date | None
) -> None:
    assert freshness.next_expected(published, read, days) == due


def record(**cells: Any) -> SimpleNamespace:
    return SimpleNamespace(record=SimpleNamespace(**cells))


@pytest.mark.parametrize(
    "readings", [[], [record(upstream="board", published="2026-05", read_on="2026-07-09")]]
)
def test_a_row_tells_what_was_last_read_of_its_own(
    readings: list[SimpleNamespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newest of our sources and of the readings that changed nothing; those of others do not count."""
    spec = SimpleNamespace(
        title="A board", publisher="Its makers", licence=SimpleNamespace(id="CC-BY-4.0"), rhythm="yearly",
        rhythm_days=365, home="https://board.example", we_take="scores", leave_out="", live=True,
        checked_on="2026-01-02", belongs=("board-*",),
    )  # fmt: skip
    monkeypatch.setattr(freshness, "names", lambda: ["board"])
    monkeypatch.setattr(freshness, "load", {"board": SimpleNamespace(spec=spec)}.__getitem__)
    tables = {
        "sources": [
            record(source_id="board-2025", published="2025-03-01", read_on="2025-06-01"),
            record(source_id="board-2026", published="2026-03-04", read_on="2026-06-05"),
            record(source_id="another", published="2026-09-01", read_on="2026-09-02"),
        ],
        "readings": [
            *readings,
            record(upstream="other", published="2026-10-01", read_on="2026-10-01"),
        ],
    }
    found = freshness.frame(cast(Dataset, SimpleNamespace(rows=tables.__getitem__)))
    assert list(found.columns) == list(freshness.COLUMNS)
    (row,) = found.to_dict("records")
    about = vars(spec) | {"licence": "CC-BY-4.0", "checked_on": date(2026, 1, 2)}
    del about["belongs"]
    assert {key: row[key] for key in about} == about
    assert (row["upstream"], row["n_sources"]) == ("board", 2)
    if readings:
        told = (date(2026, 7, 9), date(2026, 5, 31), date(2027, 5, 31))
    else:
        told = (date(2026, 6, 5), date(2026, 3, 4), date(2027, 3, 4))
    assert (row["last_read"], row["last_published"], row["next_expected"]) == told

    # One of which nothing was read yet has no day, and a build without upstreams has the columns.
    tables = {"sources": [], "readings": []}
    (row,) = freshness.frame(cast(Dataset, SimpleNamespace(rows=tables.__getitem__))).to_dict(
        "records"
    )
    assert [row[key] for key in ("last_read", "last_published", "next_expected")] == [None] * 3
    monkeypatch.setattr(freshness, "names", list)
    none = freshness.frame(cast(Dataset, SimpleNamespace(rows=tables.__getitem__)))
    assert list(none.columns) == list(freshness.COLUMNS)
