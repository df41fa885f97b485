"""``python -m benchmarks``: every figure in one run. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import sys
import time
from pathlib import Path

import psutil

from benchmarks.measure import Report
from benchmarks.parts import FULL, PARTS, QUICK


def machine() -> str:
    """What it was measured on, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("streamlit", "plotly", "pandas", "duckdb")
    )
    return (
        f"{platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, {versions}"
    )


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the app.")
    parser.add_argument("--quick", action="store_true", help="fewer repeats: some ten minutes")
    parser.add_argument(
        "--only", action="append", choices=list(PARTS), help="this part only (repeatable)"
    )
    parser.add_argument("--strict", action="store_true", help="exit 1 if a budget is broken")
    parser.add_argument("--table", type=Path, help="write the figures as a Markdown table too")
    return parser.parse_args()


def main() -> int:
    """Measure and print; 1 if asked to be strict and a budget is broken."""
    asked = arguments()
    report, amount = Report(), QUICK if asked.quick else FULL
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    head = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC. {machine()}. Load at the start: {load}."
    print(head)
    begin = time.perf_counter()
    for name in asked.only or PARTS:
        try:
            PARTS[name](report, amount)
        except* Exception as faults:  # noqa: BLE001 - one part that fails must not hide the others
            report.skip(f"{name}: {'; '.join(str(fault)[:200] for fault in faults.exceptions[:3])}")
    over = [f.name for f in report.figures if f.over]
    took = time.perf_counter() - begin
    tail = (
        f"{len(report.figures)} figures in {took:.0f} s; over budget: {', '.join(over) or 'none'}."
    )
    print(f"\n{tail}")
    if asked.table:
        asked.table.write_text(
            "\n".join([head, "", *report.rows(), "", tail, ""]), encoding="utf-8"
        )
    return 1 if asked.strict and (over or report.missing) else 0


if __name__ == "__main__":
    sys.exit(main())
