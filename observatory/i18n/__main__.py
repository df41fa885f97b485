"""`python -m observatory.i18n extract|update|check`: the catalogues from the command line.

Exit codes: 0 fine, 1 catalogues incomplete (one line a fault), 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from observatory.i18n import tooling

SHOWN = 12
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m observatory.i18n", description=__doc__)
    parser.add_argument("command", choices=("extract", "update", "check"))
    parser.add_argument(
        "--domain", choices=tooling.DOMAINS, action="append", help="only this one (default: both)"
    )
    parser.add_argument("--prune", action="store_true", help="update: drop obsolete entries")
    parser.add_argument("--all", action="store_true", help="check: every fault, however many")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root: Path = options.root.resolve()
    found: list[str] = []
    for domain in options.domain or tooling.DOMAINS:
        try:
            if options.command == "check":
                found += tooling.problems(root, domain)
                continue
            paths = [tooling.extract(root, domain)]
            if options.command == "update":
                paths += tooling.update(root, domain, prune=options.prune)
        except tooling.ExtractionError as error:
            found.append(str(error))
            continue
        for path in paths:
            print(path.relative_to(root).as_posix())
    for line in found if options.all else shortened(found):
        print(line, file=sys.stderr)
    if options.command == "check" and not found:
        for domain in options.domain or tooling.DOMAINS:
            for line in tooling.progress(root, domain):
                print(line)
        print("Catalogues are complete.")
    return 1 if found else 0


def shortened(lines: Sequence[str]) -> list[str]:
    """The first faults of each file, and how many more it has."""
    files: dict[str, list[str]] = {}
    for line in lines:
        files.setdefault(line.partition(": ")[0], []).append(line)
    shown = []
    for file, faults in files.items():
        shown += faults[:SHOWN]
        if len(faults) > SHOWN:
            shown.append(f"{file}: and {len(faults) - SHOWN:,} more; --all names them")
    return shown


if __name__ == "__main__":
    sys.exit(main())
