"""Twenty contradictions planted into a copy of the data: the page on conflicts names every one."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from etl.build import build
from etl.store import Store
from observatory.db.connect import Databases
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views.conflicts import page as conflicts
from observatory.views.conflicts import record as conflicts_record
from observatory.views.conflicts import rows as conflicts_list
from observatory.views.measures import Catalogue

DATA = Path(__file__).resolve().parents[2] / "data"
Rows = list[dict[str, str]]


def read(path: Path) -> tuple[list[str], Rows]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def add(path: Path, rows: Rows) -> None:
    names, old = read(path)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*old, *rows])


class Planter:
    """Copies rows under sources of other makers, each with a value of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draw = random.Random(20)  # noqa: S311
        _, self.known = read(folder / "sources.csv")
        self.sources: Rows = []

    def source(self, like: str) -> str:
        row = next(row for row in self.known if row["source_id"] == like)
        name = f"planted-{len(self.sources)}"
        kind = "press" if row["kind"] in ("official", "filing") else row["kind"]
        self.sources.append({
            **row, "source_id": name, "url": f"https://example.org/{name}", "origin": f"Planted body {name}",
            "publisher": f"Planted body {name}", "edition": "", "kind": kind,
        })  # fmt: skip
        return name

    def pick(self, file: str, key: tuple[str, ...], n: int, fits: str = "") -> Rows:
        """Up to ``n`` rows that stand alone in their cell and carry a value in the column ``fits``."""
        _, rows = read(self.folder / file)
        alone = Counter(tuple(row[name] for name in key) for row in rows)
        usable = [
            row for row in rows
            if alone[tuple(row[name] for name in key)] == 1 and row[fits] and row["confidence"] == "high"
            and row.get("entity_id", SCOPE[0]) in SCOPE and row.get("status_hint", "") != "forecast"
        ]  # fmt: skip
        return self.draw.sample(usable, min(n, len(usable)))

    def plant(self, file: str, rows: Rows, column: str, values: list[str]) -> None:
        new = [
            {**row, "source_id": self.source(row["source_id"]), column: value, "note": ""}
            for row, value in zip(rows, values, strict=True)
        ]
        for row in new:
            if row.get("status_hint") == "official":
                row["status_hint"] = "reported"
        add(self.folder / file, new)


def scaled(rows: Rows, column: str, factor: float) -> list[str]:
    return [f"{float(row[column]) * factor:.6g}" for row in rows]


@pytest.mark.slow
def test_twenty_planted_contradictions_are_all_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    planter = Planter(folder)
    wanted: list[tuple[str, str]] = []
    cell = ("indicator_id", "entity_id", "period", "span")
    for file, n in (
        ("adoption", 3),
        ("compute", 3),
        ("research", 3),
        ("talent", 3),
        ("governance", 2),
    ):
        path = f"observations/{file}.csv"
        rows = [row for row in planter.pick(path, cell, n, "value") if float(row["value"])]
        assert len(rows) == n
        planter.plant(path, rows, "value", scaled(rows, "value", 0.83))
        wanted += [
            ("observations", row["indicator_id"] + row["entity_id"] + row["period"]) for row in rows
        ]
    # Both sides in the sources' own dollars.
    dollars = planter.pick("capital/deals.csv", ("deal_id",), 40, "amount_usd_m")
    deals = [row for row in dollars if not row["amount"]][:3]
    planter.plant("capital/deals.csv", deals, "amount_usd_m", scaled(deals, "amount_usd_m", 0.7))
    wanted += [("deals", row["deal_id"]) for row in deals]
    results = planter.pick(
        "technology/benchmark_results.csv", ("benchmark_id", "model_name", "as_of"), 1, "score"
    )
    planter.plant(
        "technology/benchmark_results.csv", results, "score", scaled(results, "score", 0.9)
    )
    wanted += [("benchmark_results", row["benchmark_id"] + row["model_name"]) for row in results]
    policies = planter.pick("policy/policies.csv", ("policy_id",), 60, "date")
    dated = [row for row in policies if len(row["date"]) == 10][:2]
    planter.plant("policy/policies.csv", dated, "date", ["2019-02-03", "2019-03-04"])
    wanted += [("policies", row["policy_id"]) for row in dated]
    add(folder / "sources.csv", planter.sources)
    assert len(wanted) == 20

    build(folder, Store(tmp_path / "var"))
    db = Databases(tmp_path / "var").get()
    record = conflicts_record.load(Catalogue(db, translator("en")))
    named = {}
    for one in record.full(record.heads["cell_id"].tolist()):
        row = one.first
        if one.kind == "observations":
            key = str(row["indicator_id"]) + "".join(one.entities) + str(row["date"])
        elif one.kind == "benchmark_results":
            key = str(row["thing_id"]) + str(row["title"])
        else:
            key = str(row["thing_id"])
        named[one.kind, key] = one
    missing = [key for key in wanted if key not in named]
    assert not missing
    for key in wanted:
        found = named[key]
        assert len(found.rows) == 2
        assert any(str(row["source_id"]).startswith("planted-") for row in found.rows)
        # A figure that differs by a sixth and more is no small difference: none is chosen, or the official one is.
        assert found.state in (("words",) if key[0] == "policies" else ("disputed", "official"))
        shown = conflicts_list.block(record, found, conflicts.Choice(), ()).html
        assert all(f'data-receipt="{row["row_id"]}"' in shown for row in found.rows)
        assert "Planted body" in shown
    db.close()
