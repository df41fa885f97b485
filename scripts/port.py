"""Print the port to serve on: the one given, or the first free one from 8501.

Exits 2 where the given one is no port and 1 where it is busy.
"""

from __future__ import annotations

import os
import socket
import sys

FIRST, LAST = 8501, 8699


def is_free(port: int, address: str) -> bool:
    """Say whether a server could listen on the port now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are only waiting to close is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def main(wanted: str) -> int:
    """Print the port and return the exit code."""
    address = os.environ.get("ADDRESS") or "127.0.0.1"
    if not wanted:
        port = next((port for port in range(FIRST, LAST + 1) if is_free(port, address)), None)
        if port is None:
            print(f"No free port between {FIRST} and {LAST} on {address}.", file=sys.stderr)
            return 1
        print(port)
        return 0
    if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= 65535:
        print(f"PORT must be a number from 1 to 65535, not {wanted!r}.", file=sys.stderr)
        return 2
    if not is_free(int(wanted), address):
        print(
            f"Port {wanted} on {address} is busy or not allowed. Pick another one "
            "(PORT=8600 make run) or leave PORT out: the first free one is taken.",
            file=sys.stderr,
        )
        return 1
    print(int(wanted))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].strip() if len(sys.argv) > 1 else ""))
