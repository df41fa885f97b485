"""What the checks find: one line each, with the place in the file and what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from observatory.model.vocab import Severity

PER_FILE = 100
"""Errors printed for one file; a file of nonsense must not bury the others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An error or warning. ``column`` is the 1-based field of the CSV row or character of the line."""

    severity: Severity
    check: str
    file: str
    line: int
    column: int
    message: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.check}]"


def error(check: str, file: str, line: int, column: int, message: str, key: str = "") -> Finding:
    return Finding(Severity.ERROR, check, file, line, column, message, key)


def warning(check: str, file: str, line: int, column: int, message: str, key: str = "") -> Finding:
    return Finding(Severity.WARNING, check, file, line, column, message, key)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """By file and line, so that an editor can work through them from top to bottom."""
    return sorted(findings, key=lambda f: (f.file, f.line, f.column, f.check, f.message))


def report(findings: Iterable[Finding], limit: int = PER_FILE) -> list[str]:
    """Lines to print: at most ``limit`` a file, then how many more there are."""
    lines: list[str] = []
    shown: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for finding in ordered(findings):
        if shown[finding.file] < limit:
            shown[finding.file] += 1
            lines.append(str(finding))
        else:
            hidden[finding.file] += 1
    lines += [f"{file}: and {count} more like these" for file, count in sorted(hidden.items())]
    return lines
