"""The environment of the peers, made once: ``python -m benchmarks.peers.install``.

Dash and Panel are no requirements of the project; they live in ``var/peers-venv`` alone.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINNED = Path(__file__).with_name("requirements.txt")
FOLDER = ROOT / "var" / "peers-venv"
MARK = FOLDER / "installed.txt"
LIMIT = 600.0


class NoPeers(RuntimeError):
    """The environment of the peers cannot be made."""


def python() -> Path:
    """The interpreter of the environment."""
    return FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready() -> bool:
    """Whether what is pinned now is installed."""
    wanted = hashlib.sha256(PINNED.read_bytes()).hexdigest()
    return python().is_file() and MARK.is_file() and MARK.read_text("utf-8").strip() == wanted


def install() -> Path:
    """Install what is pinned, unless it is there; the interpreter. Raises NoPeers."""
    if ready():
        return python()
    venv.create(FOLDER, with_pip=True, clear=True)
    command = [str(python()), "-m", "pip", "install", "-q", "--no-input", "-r", str(PINNED)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        raise NoPeers(f"pip took more than {LIMIT:.0f} s") from None
    if done.returncode != 0:
        raise NoPeers((done.stderr.strip().splitlines() or ["pip failed"])[-1][:200])
    MARK.write_text(hashlib.sha256(PINNED.read_bytes()).hexdigest() + "\n", encoding="utf-8")
    return python()


if __name__ == "__main__":
    sys.stdout.write(f"{install()}\n")
