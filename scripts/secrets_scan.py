"""Look for keys and passwords in the files of the repository: `python scripts/secrets_scan.py`.

Prints file:line and the kind, never what it found. Exit code 1 if there is anything.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 5_000_000
KINDS: dict[str, re.Pattern[str]] = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY"),
    "AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})"),
    "GitLab token": re.compile(r"\bglpat-[A-Za-z0-9_-]{20}\b"),
    "Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "Google key": re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"),
    "API key": re.compile(r"\bsk-(?:[a-z]+-)?[A-Za-z0-9]{32,}\b"),
    "signed token": re.compile(
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
    ),
    "password in an address": re.compile(
        r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>{}]+:[^\s/:@'\"<>{}]{6,}@"
    ),
    "password in a setting": re.compile(
        r"(?i)\b(?:password|passwd|secret|api_?key|access_?token)\b['\"]?\s*[:=]\s*['\"][^'\"\s{}<>$]{8,}['\"]"
    ),
}


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Line numbers and kinds."""
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, kind


def files() -> list[Path]:
    """Files that git keeps; without git, all but what commands make."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", "var", ".git", "release"}
        return [path for path in ROOT.rglob("*")
                if path.is_file() and path.relative_to(ROOT).parts[0] not in made]  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name]


def main() -> int:
    """Print what was found; the number of findings decides the exit code."""
    count = 0
    for path in files():
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        text = path.read_text("utf-8", errors="replace")
        for line, kind in found_in(text):
            sys.stdout.write(f"{path.relative_to(ROOT)}:{line}: {kind}\n")
            count += 1
    sys.stdout.write(f"{count} secrets found\n")
    return 1 if count else 0


if __name__ == "__main__":
    raise SystemExit(main())
