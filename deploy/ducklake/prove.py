"""Whether a DuckLake answers as the build's file does: `record` beside the file, `compare` beside the lake.

Both write or read one JSON file: each question with a digest of its answer. The two run under
different DuckDB versions and so in different environments; `prove.sh` calls them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pandas as pd

from benchmarks.scale_pages import decoded, encoded, load
from observatory.db.connect import Database, databases

DIGITS = 12
"""Significant digits of numbers compared: sums of the same values in another order differ behind."""


def plain(value: Any) -> Any:
    """A cell without the marks of its carrier: missing is None whatever stands for it."""
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.{DIGITS}g}")
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "item"):
        return plain(value.item())
    return str(value)


def digest(frame: pd.DataFrame) -> dict[str, Any]:
    """Columns with their types, number of rows, and hashes of the rows as they stand and sorted."""
    rows = [
        json.dumps([plain(value) for value in row], ensure_ascii=False)
        for row in frame.itertuples(index=False, name=None)
    ]
    return {
        "columns": {str(name): str(kind) for name, kind in frame.dtypes.items()},
        "rows": len(rows),
        "ordered": hashlib.sha256("\n".join(rows).encode()).hexdigest(),
        "sorted": hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest(),
    }


def answer(db: Database, sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Digest of the answer; of a description of columns, their names and types alone.

    A lake has no keys and no columns that must be filled, which a description tells too.
    """
    frame = db.select(sql, parameters)
    return digest(frame[["column_name", "column_type"]] if sql.startswith("DESCRIBE") else frame)


def record(db: Database, questions: Path, out: Path) -> int:
    """Write every question with its answer's digest."""
    kept = []
    for one in load(questions):
        start = time.perf_counter()
        found = answer(db, one.sql, dict(one.parameters))
        took = (time.perf_counter() - start) * 1e3
        kept.append({"name": one.name, "pages": one.pages, "sql": one.sql, "ms": took,
                     "parameters": encoded(one.parameters), "answer": found})  # fmt: skip
    out.write_text(json.dumps({"build": db.build_id, "questions": kept}), encoding="utf-8")
    print(f"{len(kept)} answers of build {db.build_id}")
    return 0


def verdict(expected: dict[str, Any], found: dict[str, Any]) -> str:
    """equal, order (the same rows in another order), types, or differs."""
    if expected["sorted"] != found["sorted"] or list(expected["columns"]) != list(found["columns"]):
        return "differs"
    if expected["ordered"] != found["ordered"]:
        return "order"
    return "equal" if expected["columns"] == found["columns"] else "types"


def compare(db: Database, answers: Path, report: Path | None) -> int:
    """Ask the same of the lake; 1 if an answer is not equal or a question cannot be asked."""
    told = json.loads(answers.read_text(encoding="utf-8"))
    if told["build"] != db.build_id:
        print(f"the answers are of build {told['build']}, this is {db.build_id}", file=sys.stderr)
        return 2
    counts: dict[str, int] = {}
    odd, spent = [], []
    for one in told["questions"]:
        start = time.perf_counter()
        try:
            found = answer(db, one["sql"], decoded(one["parameters"]))
        except Exception as fault:  # noqa: BLE001 - a question that cannot be asked is a finding
            said = f"cannot run: {str(fault).splitlines()[0][:200]}"
        else:
            spent.append((time.perf_counter() - start) * 1e3)
            said = verdict(one["answer"], found)
        kind = said.partition(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if kind != "equal":
            odd.append(f"{one['name']} ({', '.join(one['pages'])}): {said}")
    local = [one["ms"] for one in told["questions"]]
    figures = {
        "build": db.build_id, "questions": len(told["questions"]), "counts": counts, "odd": odd,
        "named": len({one["name"].rstrip("+") for one in told["questions"]}),
        "file_ms": [median(local), quantiles(local, n=20)[-1]],
        "lake_ms": [median(spent), quantiles(spent, n=20)[-1]],
    }  # fmt: skip
    print(json.dumps(figures, indent=1))
    if report:
        report.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if set(counts) == {"equal"} else 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="prove.py")
    parser.add_argument("do", choices=("record", "compare"))
    parser.add_argument("answers", type=Path)
    parser.add_argument("--var", type=Path, default=Path("var"), help="folder of builds")
    parser.add_argument("--questions", type=Path, help="what benchmarks.scale_pages wrote")
    parser.add_argument("--report", type=Path, help="write the figures here too")
    parser.add_argument("--build", help="a build other than the served one")
    asked = parser.parse_args()
    db = databases(asked.var).get(asked.build)
    if asked.do == "record":
        return record(db, asked.questions, asked.answers)
    return compare(db, asked.answers, asked.report)


if __name__ == "__main__":
    sys.exit(main())
