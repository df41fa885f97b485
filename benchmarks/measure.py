"""Figures as values: a name, a number with its unit, and the budget it is held against."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. ``limit`` is the budget: the value must stay below it."""

    part: str
    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether the budget is broken."""
        return self.limit is not None and not self.value < self.limit

    @property
    def shown(self) -> str:
        """The value with its unit; more digits for small values."""
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 2
        return f"{self.value:,.{digits}f} {self.unit}".strip()


@dataclass(slots=True)
class Report:
    """Figures in the order they were measured; ``show`` prints each as soon as it is there."""

    figures: list[Figure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    part: str = ""

    def begin(self, part: str) -> None:
        """Start a group of figures."""
        self.part = part
        print(f"\n{part}", flush=True)

    def add(
        self, name: str, value: float, unit: str, limit: float | None = None, note: str = ""
    ) -> Figure:
        """Keep and print one figure."""
        figure = Figure(self.part, name, value, unit, limit, note)
        self.figures.append(figure)
        said = ""
        if limit is not None:
            said = f"  [budget {limit:g}: {'OVER' if figure.over else 'kept'}]"
        after = f"  ({note})" if note else ""
        print(f"  {name:<58}{figure.shown:>14}{said}{after}", flush=True)
        return figure

    def skip(self, what: str) -> None:
        """Say that something could not be measured."""
        self.missing.append(what)
        print(f"  not measured: {what}", flush=True)

    def rows(self) -> list[str]:
        """The figures as a Markdown table."""
        lines = ["| | figure | measured | budget | |", "|---|---|---:|---:|---|"]
        last = ""
        for f in self.figures:
            budget = "" if f.limit is None else f"< {f.limit:g} {f.unit}".strip()
            verdict = "" if f.limit is None else "**over**" if f.over else "kept"
            note = f" ({f.note})" if f.note else ""
            head = f.part if f.part != last else ""
            last = f.part
            lines.append(f"| {head} | {f.name}{note} | {f.shown} | {budget} | {verdict} |")
        return lines


def p50(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below or equal; the largest of fewer than twenty."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(0.95 * (len(ranked) - 1)))]


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """A list that holds the seconds the block took, once it is over."""
    took: list[float] = []
    start = time.perf_counter()
    yield took
    took.append(time.perf_counter() - start)
