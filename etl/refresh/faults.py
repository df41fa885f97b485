"""Why a source was stopped: always what was expected and what came."""

from __future__ import annotations


class Fault(Exception):
    """A source cannot be refreshed; nothing of it is written, the other sources go on."""

    def __init__(self, expected: str, came: str, where: str = "") -> None:
        self.expected, self.came, self.where = expected, came, where
        place = f"{where}: " if where else ""
        super().__init__(f"{place}expected {expected}; came {came}")


def brief(value: object, limit: int = 80) -> str:
    """A value from outside as one short printable line."""
    text = " ".join(str(value).split())
    text = "".join(char if char.isprintable() else "?" for char in text)
    return text if len(text) <= limit else f"{text[:limit]}…"


def listed(values: object, limit: int = 8) -> str:
    """Names by comma, cut after ``limit``."""
    names = [brief(value, 40) for value in values]  # type: ignore[attr-defined]
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
