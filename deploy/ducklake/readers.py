"""Two readers at once while a writer publishes newer builds: `readers.py BUILDS OUT.json`.

The newer builds are the served one with other ids and, of the events, one row fewer each time. Each
reader asks again and again of whatever is served and of the build it saw first; an answer that does
not fit its build is a fault.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import duckdb

from etl.lake import publish
from observatory.db.connect import databases
from observatory.db.lake import address
from observatory.db.pointer import Build, read_pointer

ROUNDS = 2
WAIT = 120


def read(until: Any, news: Any, told: Any) -> None:
    """Ask until told to stop; tells what was seen of which build, and how long it took.

    `news` is released once for every build seen first.
    """
    builds = databases(Path())
    held = builds.get()
    seen: dict[str, set[int]] = {}
    spent: list[float] = []
    faults: list[str] = []
    while not until.is_set():
        # Pages with a link of before name its build; others take what is served.
        for db in (builds.get(), builds.get(held.build_id)):
            start = time.perf_counter()
            rows = db.select("SELECT (SELECT build_id FROM serve.build) AS build_id, "
                             "(SELECT count(*) FROM serve.events) AS n", {})  # fmt: skip
            spent.append((time.perf_counter() - start) * 1e3)
            if rows["build_id"][0] != db.build_id:
                faults.append(f"{db.build_id} answered as {rows['build_id'][0]}")
            if db.build_id not in seen:
                news.release()
            seen.setdefault(db.build_id, set()).add(int(rows["n"][0]))
    told.put(({key: sorted(found) for key, found in seen.items()}, spent, faults))


def newer(build: Build, file: Path, folder: Path, step: int) -> tuple[Build, Path]:
    """A build with another id and fewer events, made of a copy of the file."""
    made = folder / f"newer-{step}.duckdb"
    shutil.copyfile(file, made)
    made.chmod(0o644)
    key = f"{build.build_id[:-2]}n{step}"
    with duckdb.connect(str(made)) as connection:
        connection.execute("UPDATE core.build SET build_id = $key", {"key": key})
        connection.execute(
            "DELETE FROM stored.events WHERE event_id IN (SELECT min(event_id) FROM stored.events)"
        )
    return replace(build, build_id=key), made


def main() -> int:
    """0 when both readers saw every build whole, and nothing else."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    lake = address()
    pointer = read_pointer(folder)
    build = pointer.find(pointer.current)
    if lake is None or build is None:
        print("needs OBSERVATORY_LAKE and a build", file=sys.stderr)
        return 2
    context = multiprocessing.get_context("spawn")
    until, told, news = context.Event(), context.Queue(), context.Semaphore(0)
    readers = [context.Process(target=read, args=(until, news, told)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in readers:
        news.acquire(timeout=WAIT)
    expected, took = [build.build_id], []
    with tempfile.TemporaryDirectory() as name:
        file = folder / build.file
        for step in range(ROUNDS):
            build, file = newer(build, file, Path(name), step)
            start = time.perf_counter()
            _, written = publish(build, file, lake, None)
            took.append({"seconds": time.perf_counter() - start, "written": written})
            expected.append(build.build_id)
            for _ in readers:
                news.acquire(timeout=WAIT)
        until.set()
    found = [told.get(timeout=120) for _ in readers]
    for reader in readers:
        reader.join(60)
    first = read_pointer(folder)
    served = first.find(first.current)
    if served:
        publish(served, folder / served.file, lake, None)
    spent = [ms for _, times, _ in found for ms in times]
    report = {
        "expected": expected, "seen": [seen for seen, _, _ in found],
        "faults": [fault for *_, faults in found for fault in faults], "published": took,
        "answers": len(spent), "ms": [median(spent), quantiles(spent, n=20)[-1]],
    }  # fmt: skip
    whole = all(len(counts) == 1 for seen in report["seen"] for counts in seen.values())
    out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))
    return (
        0
        if whole and not report["faults"] and all(set(expected) <= set(s) for s in report["seen"])
        else 1
    )


if __name__ == "__main__":
    sys.exit(main())
