"""Made-up observations in the project's own layout: as curated files, and as grown builds.

What is made: measures by 26 economies by 52 quarters; of every hundred values 20 have a second
source (a quarter of these differ), 28 were read again later with a small revision. So 2,000 rows a
measure. Nothing here ever goes into ``data/``.
"""

# ruff: noqa: S608 - names of tables are those of the project

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.server import ROOT
from etl.ddl import DERIVED
from etl.load import ORDERED, new_database
from observatory.model.tables import TABLES
from observatory.model.vocab import Domain

PER_MEASURE = 2_000
PER_FILE = 100_000
SHARED = 10
"""Measures that rest on the same two sources."""
QUARTERS = [f"{year}-Q{quarter}" for year in range(2013, 2026) for quarter in range(1, 5)]
GROWN = ("indicators", "sources", "observations", "cells", "row_status")

_SOURCE = {
    "url": "https://example.org/", "published": "2026-02-15", "read_on": "2026-03-01",
    "language": "en", "licence": "CC BY 4.0", "reuse": "open", "redistribute": "true",
}  # fmt: skip
_MEASURE = """
{id}:
  name: Made-up measure {n} of activity in the field it stands in, by economy and quarter
  short_name: Made-up measure {n}
  entity_type: economy
  unit: items
  unit_label: items
  value_kind: count
  higher_is_better: true
  frequency: quarterly
  definition: Number of made-up items counted in the quarter. It stands for a measure of a large
    official database, and its text is about as long as those of the measures that are shipped.
  publisher: Institute {group}
"""


def measure_id(number: int) -> str:
    """Id of a made-up measure."""
    return f"scale_{number:05d}"


def measures_for(rows: int, shipped: int) -> int:
    """How many measures of 2,000 rows bring the shipped rows up to about `rows`."""
    return max(1, round((rows - shipped) / PER_MEASURE))


def write_data(folder: Path, rows: int) -> int:
    """A data folder like the shipped one with about `rows` observations; returns how many."""
    shutil.copytree(ROOT / "data", folder)
    with (folder / "economies.csv").open(encoding="utf-8", newline="") as stream:
        economies = [row["economy_id"] for row in csv.DictReader(stream)]
    shipped = 0
    for path in (folder / "observations").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            shipped += sum(1 for _ in csv.reader(stream)) - 1
    count = measures_for(rows, shipped)
    _write_sources(folder / "sources.csv", count)
    for place, domain in enumerate(Domain):
        with (folder / "indicators" / f"{domain}.yml").open("a", encoding="utf-8") as stream:
            for number in range(place, count, len(Domain)):
                stream.write(_MEASURE.format(id=measure_id(number), n=number, group=number // SHARED))  # fmt: skip
    step = PER_FILE // PER_MEASURE
    for first in range(0, count, step):
        path = folder / "observations" / f"scale_{first // step:04d}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream, lineterminator="\n")
            lines.writerow("indicator_id entity_id period span value unit source_id locator confidence "
                           "status_hint note known_on".split())  # fmt: skip
            for number in range(first, min(first + step, count)):
                made = list(observations(number, economies))
                lines.writerows(made)
                shipped += len(made)
    return shipped


def observations(number: int, economies: list[str]) -> Iterator[tuple[str, ...]]:
    """Lines of one measure; the same number always gives the same lines."""
    chance = random.Random(number)  # noqa: S311 - made-up data
    one, two = (f"scale-{kind}-{number // SHARED:04d}" for kind in ("base", "press"))
    for place, economy in enumerate(economies):
        value = 500.0 * (1 + place) * (0.5 + chance.random())
        for period in QUARTERS:
            value *= 1 + chance.uniform(-0.02, 0.05)
            line = (measure_id(number), economy, period, "")
            at = f"table {number % 97}, row {place}"
            yield (*line, f"{value:.1f}", "items", one, at, "high", "reported", "", "")
            if chance.random() < 0.28:
                again = value * (1 + chance.uniform(-0.01, 0.01))
                yield (*line, f"{again:.1f}", "items", one, at, "high", "reported", "", "2026-08-15")  # fmt: skip
            if chance.random() < 0.20:
                other = value * (1.1 if chance.random() < 0.25 else 1.001)
                yield (*line, f"{other:.1f}", "items", two, "paragraph 2", "medium", "reported",
                       "as the press printed it", "")  # fmt: skip


def _write_sources(path: Path, count: int) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, columns, lineterminator="\n")
        for group in range((count + SHARED - 1) // SHARED):
            for kind, trust in (("base", "dataset"), ("press", "press")):
                who = f"{'Institute' if kind == 'base' else 'Paper'} {group}"
                lines.writerow({
                    **_SOURCE, "source_id": f"scale-{kind}-{group:04d}", "title": f"Tables of {who}",
                    "publisher": who, "origin": who, "kind": trust, "attribution": who,
                })  # fmt: skip


def grow(small: Path, large: Path, times: int) -> int:
    """A build with the made-up part of `small` `times` over; returns its observations.

    The copies are of other measures and sources, with row and cell ids of their own; what the build
    derives of a measure does not hang on any other, so these are the rows it would have derived.
    """
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{small}' AS small (READ_ONLY)")
        found = connection.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = 'small' AND schema_name = 'core' GROUP BY table_name"
        ).fetchall()
        columns = {name: list(names) for name, names in found}
        with new_database(connection, large, columns):
            # Tables that others refer to come first.
            for name in (*(table.name for table in TABLES), *DERIVED):
                parts = []
                for copy in range(times if name in GROWN else 1):
                    shown, where = _copied(name, columns[name], copy)
                    parts.append(f"SELECT {shown} FROM small.core.{name} {where}")
                order = f" ORDER BY {ORDERED[name]}" if name in ORDERED else ""
                connection.execute(
                    f"INSERT INTO core.{name} BY NAME {' UNION ALL '.join(parts)}{order}"
                )
            rows = connection.execute("SELECT count(*) FROM core.observations").fetchone()
    return int(rows[0]) if rows else 0


_MARKED = ("row_id", "cell_id", "lead_row_id", "chosen_row_id")


def _copied(name: str, columns: list[str], copy: int) -> tuple[str, str]:
    """Columns and condition of a copy: 0 is all rows as they are, others the made-up ones renamed."""
    if copy == 0:
        return ", ".join(f'"{column}"' for column in columns), ""
    # Ids keep their length: two capitals, which no id of ours has, tell the copies apart.
    letters = chr(ord("A") + copy // 26) + chr(ord("A") + copy % 26)
    shown = []
    for column in columns:
        if column in _MARKED:
            shown.append(f"left({column}, -2) || '{letters}' AS {column}")
        elif column in ("indicator_id", "measure_id"):
            shown.append(f"replace({column}, 'scale_', 'scale{letters}_') AS {column}")
        elif column == "source_id":
            shown.append(f"replace({column}, 'scale-', 'scale{letters}-') AS {column}")
        else:
            shown.append(f'"{column}"')
    ids = "SELECT row_id FROM small.core.observations WHERE starts_with(indicator_id, 'scale_')"
    where = {
        "indicators": "starts_with(indicator_id, 'scale_')",
        "observations": "starts_with(indicator_id, 'scale_')",
        "sources": "starts_with(source_id, 'scale-')",
        "row_status": f"row_id IN ({ids})",
        "cells": f"lead_row_id IN ({ids})",
    }[name]
    return ", ".join(shown), f"WHERE {where}"
