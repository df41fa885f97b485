"""Figures for the operator in the text form that Prometheus reads: OBSERVATORY_METRICS=on.

Counted always (an addition a request), shown at `/metrics` only where it is switched on. No figure
holds an address, a query or anything else that a reader sent.
"""

from __future__ import annotations

import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Final

BUCKETS: Final = (0.005, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.6, 1.0, 3.0, 10.0)
"""Seconds."""
MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
_STARTED: Final = time.time()


class Durations:
    """A histogram of seconds for each of a closed list of labels."""

    def __init__(self, name: str, label: str, what: str) -> None:
        self.name, self.label, self.what = name, label, what
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, value: str, seconds: float) -> None:
        """Count one duration under a label's value."""
        with self._lock:
            counts = self._counts.setdefault(value, [0] * (len(BUCKETS) + 1))
            counts[bisect_left(BUCKETS, seconds)] += 1
            self._sums[value] = self._sums.get(value, 0.0) + seconds

    def lines(self) -> Iterator[str]:
        yield f"# HELP {self.name} {self.what}"
        yield f"# TYPE {self.name} histogram"
        with self._lock:
            found = [(key, list(counts), self._sums[key]) for key, counts in self._counts.items()]
        for key, counts, total in sorted(found):
            mark, below = f'{self.label}="{key}"', 0
            for edge, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                below += count
                yield f'{self.name}_bucket{{{mark},le="{edge}"}} {below}'
            yield f"{self.name}_sum{{{mark}}} {total:.6f}"
            yield f"{self.name}_count{{{mark}}} {below}"


requests: Final = Durations(
    "observatory_request_seconds", "kind", "Seconds from a request to the end of its answer."
)
reruns: Final = Durations(
    "observatory_rerun_seconds", "page", "Seconds of server time of a run of a page."
)
_lock: Final = threading.Lock()
_answers: Final[Counter[tuple[str, int]]] = Counter()
_events: Final[Counter[str]] = Counter()
_gauges: Final[dict[str, float]] = {}


def on() -> bool:
    """Whether OBSERVATORY_METRICS opens `/metrics`."""
    return os.environ.get("OBSERVATORY_METRICS", "").strip().lower() in {"on", "1", "true", "yes"}


def answered(kind: str, status: int, seconds: float) -> None:
    """Count an answer."""
    with _lock:
        _answers[kind, status] += 1
    requests.add(kind, seconds)


def event(name: str) -> None:
    """Count something that happened: `error`, `snapshot_taken`, `snapshot_failed`."""
    with _lock:
        _events[name] += 1


def gauge(name: str, value: float) -> None:
    """Keep the newest value of something: `snapshot_checked` (seconds since 1970)."""
    with _lock:
        _gauges[name] = value


def timed(run: Callable[..., None]) -> Callable[..., None]:
    """A function that runs one page of the navigation, its seconds counted under the page's name."""

    @wraps(run)
    def measured(page: Any, *more: Any) -> None:
        started = time.perf_counter()
        try:
            run(page, *more)
        finally:
            reruns.add(str(page.url_path) or "briefing", time.perf_counter() - started)

    return measured


def memory() -> int:
    """Bytes of this process in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def sessions() -> int:
    """Readers whose browser is connected."""
    from streamlit.runtime import Runtime

    if not Runtime.exists():
        return 0
    return len(Runtime.instance()._session_mgr.list_active_sessions())


def text(build: Mapping[str, object]) -> str:
    """Everything, in Prometheus' form. `build`: build_id, problem (text, empty: none), kept."""
    with _lock:
        answers, events, gauges = sorted(_answers.items()), sorted(_events.items()), dict(_gauges)
    lines = ["# HELP observatory_answers_total Answers by kind of address and status.",
             "# TYPE observatory_answers_total counter"]  # fmt: skip
    lines += [f'observatory_answers_total{{kind="{kind}",status="{status}"}} {count}'
              for (kind, status), count in answers]  # fmt: skip
    lines += requests.lines()
    lines += reruns.lines()
    lines += ["# HELP observatory_events_total What happened: errors shown to readers, snapshots.",
              "# TYPE observatory_events_total counter"]  # fmt: skip
    lines += [f'observatory_events_total{{event="{name}"}} {count}' for name, count in events]
    known = build.get("build_id") or ""
    for name, what, value in (
        ("sessions", "Readers whose browser is connected.", sessions()),
        ("memory_bytes", "Memory of the process.", memory()),
        ("start_time_seconds", "When the process started, seconds since 1970.", _STARTED),
        ("builds_kept", "Builds in the folder.", build.get("kept", 0)),
        ("build_stale", "1 while an older build stands in for a damaged one.", int(bool(build.get("problem")))),
        *((name, "Newest value.", value) for name, value in sorted(gauges.items())),
    ):  # fmt: skip
        lines += [f"# HELP observatory_{name} {what}", f"# TYPE observatory_{name} gauge",
                  f"observatory_{name} {value}"]  # fmt: skip
    lines += ["# HELP observatory_build_info The served build.",
              "# TYPE observatory_build_info gauge",
              f'observatory_build_info{{build_id="{known}"}} {int(bool(known))}']  # fmt: skip
    return "\n".join(lines) + "\n"
