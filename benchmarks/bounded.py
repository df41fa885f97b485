"""A module run as a server that cannot stay behind: it ends when its time or its parent is over.

``python -m benchmarks.bounded SECONDS MODULE [ARGUMENT...]``
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
import time

ENDED = 3


def watch(seconds: float) -> None:
    """End this process after so many seconds, or as soon as whoever started it is gone."""
    parent, end = os.getppid(), time.monotonic() + seconds

    def wait() -> None:
        while time.monotonic() < end and os.getppid() == parent:
            time.sleep(1)
        os._exit(ENDED)

    threading.Thread(target=wait, daemon=True, name="bounded").start()


def main() -> None:
    """Run the module named on the command line with the arguments after it."""
    seconds, module = float(sys.argv[1]), sys.argv[2]
    watch(seconds)
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
