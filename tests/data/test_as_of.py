"""What readers see as known on a day, against the rules worked out again from the curated rows."""

from __future__ import annotations

import calendar
import random
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from observatory.db import queries
from observatory.db.connect import Databases

DAYS = [date(2023, 12, 31), date(2025, 3, 31), date(2025, 12, 31), date(2026, 6, 30), None]
TIERS = ["official", "filing", "dataset", "paper", "press", "secondary"]
SURE = ["high", "medium", "low"]
ROWS = """
SELECT o.indicator_id, o.entity_id, o.period, o.span, o.value, o.value_text, o.status_hint::VARCHAR AS hint,
       o.confidence::VARCHAR AS confidence, o.note, o.row_id, o.source_id, o.known_on AS told,
       s.origin, s.edition, s.kind::VARCHAR AS kind, s.published, s.read_on
FROM core.observations o JOIN core.sources s USING (source_id)
JOIN core.economies e ON e.economy_id = o.entity_id AND e."group" <> 'other'
"""


def last_day(text: str) -> date:
    """End of a day, month, quarter, half or year."""
    year = int(text[:4])
    if "Q" in text or "H" in text:
        month = int(text[-1]) * (3 if "Q" in text else 6)
    elif len(text) == 10:
        return date.fromisoformat(text)
    else:
        month = int(text[5:7]) if len(text) == 7 else 12
    return date(year, month, calendar.monthrange(year, month)[1])


def known(row: dict[str, Any]) -> date:
    read = date.fromisoformat(row["read_on"])
    return min(last_day(row["published"]), read) if row["published"] else read


def makers(row: dict[str, Any]) -> set[str]:
    if row["hint"] == "company_claim":
        return {f"statement of {row['entity_id']}"}
    return set(row["origin"].split("; "))


def same(one: dict[str, Any], two: dict[str, Any]) -> bool:
    gap = abs(one["value"] - two["value"])
    units = []
    for row in (one, two):
        digits, _, power = row["value_text"].lower().partition("e")
        units.append(10.0 ** (int(power or 0) - len(digits.partition(".")[2])))
    allowed = max(0.02 * max(abs(one["value"]), abs(two["value"])), max(units) / 2)
    return bool(gap <= allowed * (1 + 1e-9))


def place(row: dict[str, Any]) -> tuple[Any, ...]:
    tier = 0 if row["hint"] == "official" else TIERS.index(row["kind"])
    return (
        tier,
        SURE.index(row["confidence"]),
        -row["day"].toordinal(),
        row["source_id"],
        row["row_id"],
    )


def expected(cell: list[dict[str, Any]], day: date) -> tuple[bool, str | None]:
    """Whether the cell is known by a day, and the row shown."""
    seen = [row for row in cell if row["day"] <= day]
    live = [
        row
        for row in seen
        if not any(
            (other["source_id"] == row["source_id"] and other["day"] > row["day"])
            or (
                makers(other) & makers(row)
                and (other["edition"] or "") > (row["edition"] or "")
                and row["edition"]
            )
            for other in seen
        )
    ]
    usable = [row for row in live if "do not chart" not in (row["note"] or "").lower()]
    if not usable or all(row["confidence"] == "low" for row in usable):
        return bool(seen), None
    official = [
        row for row in usable if row["hint"] == "official" or row["kind"] in ("official", "filing")
    ]
    if official:
        return True, str(min(official, key=place)["row_id"])
    if any(not same(one, two) for one, two in combinations(usable, 2)):
        return True, None
    return True, str(min(usable, key=place)["row_id"])


@pytest.mark.slow
def test_two_hundred_values_on_five_days(built: Path) -> None:
    db = Databases(built).get()
    frame = db._connection.cursor().execute(ROWS).df().astype(object)
    frame = frame.where(frame.notna(), None)
    cells: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in frame.to_dict("records"):
        row["day"] = known(row) if not row["told"] else pd.Timestamp(row["told"]).date()
        cells.setdefault(
            (row["indicator_id"], row["entity_id"], row["period"], row["span"] or ""), []
        ).append(row)
    draw = random.Random(2026)  # noqa: S311
    several = sorted(key for key, rows in cells.items() if len(rows) > 1)
    single = sorted(key for key, rows in cells.items() if len(rows) == 1)
    assert len(several) >= 50
    picked = draw.sample(several, min(120, len(several)))
    picked += draw.sample(single, 200 - len(picked))
    assert len(picked) == 200
    outcomes = {"absent": 0, "chosen": 0, "none": 0}
    for day in DAYS:
        shown = queries.headline_series(db, sorted({key[0] for key in picked}), day)
        shown["span"] = shown["span"].fillna("")
        found = shown.set_index(["indicator_id", "entity_id", "period", "span"])
        assert found.index.is_unique
        for key in picked:
            seen, chosen = expected(cells[key], day or date.max)
            assert (key in found.index) == seen, (key, day)
            if not seen:
                outcomes["absent"] += 1
                continue
            row = found.loc[key]
            assert bool(row["is_headline"]) == (chosen is not None), (key, day, row["status"])
            if chosen is None:
                outcomes["none"] += 1
                assert pd.isna(row["value"])
            else:
                outcomes["chosen"] += 1
                assert row["row_id"] == chosen, (key, day)
                assert row["value"] == next(r["value"] for r in cells[key] if r["row_id"] == chosen)
    assert min(outcomes.values()) >= 20, outcomes
    db.close()


@pytest.mark.slow
def test_known_on_is_never_after_reading_nor_before_publication(built: Path) -> None:
    """The day in the database is what the source states, worked out again; not the reverse."""
    db = Databases(built).get()
    cursor = db._connection.cursor()
    frame = cursor.execute(
        "SELECT o.known_on AS day, s.published, s.read_on "
        "FROM core.observations o JOIN core.sources s USING (source_id)"
    ).fetchall()
    assert len(frame) > 20_000
    for day, published, read_on in frame:
        read = date.fromisoformat(read_on)
        assert day <= read
        if published:
            assert day == min(last_day(published), read)
        else:
            assert day == read
    db.close()


@pytest.mark.slow
def test_states_divide_time(built: Path) -> None:
    """In the shipped data, states of a row or cell never overlap, never leave a gap, and one is open."""
    db = Databases(built).get()
    for table, key in (("cells", "cell_id"), ("row_status", "row_id")):
        faults = (
            db._connection.cursor()
            .execute(
                f"""
            WITH steps AS (
              SELECT {key}, valid_from, valid_to,
                     lead(valid_from) OVER (PARTITION BY {key} ORDER BY valid_from) AS next
              FROM core.{table}
            )
            SELECT count(*) FILTER (valid_to IS DISTINCT FROM next), count(*) FILTER (valid_to <= valid_from),
                   count(*), count(DISTINCT {key}) FILTER (valid_to IS NULL), count(DISTINCT {key})
            FROM steps
            """  # noqa: S608
            )
            .fetchone()
        )
        assert faults is not None
        gaps, empty, count, still_open, every = faults
        assert (gaps, empty) == (0, 0), table
        assert still_open == every
        assert count >= every > 20_000
    db.close()
