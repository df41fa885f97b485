"""Servers to measure: on a free port of the loopback address, bounded in time, ended by their own id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).resolve().parents[1]
PEER = Path(__file__).resolve().parent / "peer_app"
START_LIMIT = 180.0
LIFE = 3600.0
"""Seconds after which a server ends whatever happens."""


@dataclass(slots=True)
class Server:
    """A running server; ``started_in`` is seconds from process start to the first answer 200."""

    port: int
    process: psutil.Process
    started_in: float

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stream(self) -> str:
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def memory(self) -> float:
        """Resident memory in MiB, without what it shares with other processes where that is known."""
        info = self.process.memory_full_info()
        return float(getattr(info, "uss", info.rss)) / 2**20

    def cpu(self) -> float:
        """Processor seconds used so far, to the microsecond on Linux, to 10 ms elsewhere."""
        if sys.platform == "linux":
            # The kernel's number for the clock of another process (clock_getcpuclockid).
            return time.clock_gettime((~self.process.pid << 3) | 2)
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def files(self) -> int:
        """Open files and connections."""
        return int(self.process.num_fds())

    def threads(self) -> int:
        """Threads of the process."""
        return int(self.process.num_threads())


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback server
            return int(answer.status) == 200
    except OSError:
        return False


def app_command(port: int, life: float = LIFE) -> list[str]:
    """The app as `make run` serves it, behind the switches of ``benchmarks.switched``."""
    return [sys.executable, "-m", "benchmarks.bounded", str(life), "benchmarks.switched",
            "--port", str(port)]  # fmt: skip


def peer_command(port: int) -> list[str]:
    """The comparison app under `streamlit run` with Streamlit's defaults."""
    return [
        sys.executable, "-m", "benchmarks.bounded", str(LIFE), "streamlit", "run", "app.py",
        "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true",
        "--browser.gatherUsageStats", "false",
    ]  # fmt: skip


@contextmanager
def started(
    command: Sequence[str], port: int, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start a server's command and end it afterwards. RuntimeError if it never answers."""
    start = time.perf_counter()
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": path, **(env or {})},
            stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip
        try:
            while not _answers(f"http://127.0.0.1:{port}/"):
                if child.poll() is not None:
                    raise RuntimeError(
                        f"the server ended: {_last_line(said)} ({' '.join(command)})"
                    )
                if time.perf_counter() - start > START_LIMIT:
                    raise RuntimeError(f"no answer within {START_LIMIT:.0f} s: {' '.join(command)}")
                time.sleep(0.01)
            yield Server(port, psutil.Process(child.pid), time.perf_counter() - start)
        finally:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:160] if lines else "without a word"


@contextmanager
def serve(
    peer: bool = False,
    env: Mapping[str, str] | None = None,
    port: int | None = None,
    life: float = LIFE,
) -> Iterator[Server]:
    """Start the app (or the comparison app) and end it afterwards. RuntimeError if it never answers.

    The app runs no pages ahead, which would take the processor from what is measured; ``env``
    may say otherwise.
    """
    port = port or free_port()
    command = peer_command(port) if peer else app_command(port, life)
    given = {"OBSERVATORY_WARM": "off", **(env or {})}
    with started(command, port, PEER if peer else ROOT, given) as server:
        yield server
