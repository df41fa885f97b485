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
    listed: bool = True
    """Whether it has a line of its own; figures of a grid have not."""

    @property
    def over(self) -> bool:
        """Whether the budget is broken."""
        return self.limit is not None and not self.value < self.limit

    @property
    def bare(self) -> str:
        """The value; more digits for small values, none for whole numbers."""
        if float(self.value).is_integer():
            return f"{self.value:,.0f}"
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 2
        return f"{self.value:,.{digits}f}"

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return f"{self.bare} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid, with the budget of all its values."""

    name: str
    unit: str
    limit: float | None = None


@dataclass(slots=True)
class Grid:
    """Figures side by side: a line for each thing measured, a column for each figure of it."""

    part: str
    head: str
    columns: Sequence[Column]
    lines: list[tuple[str, list[Figure | None]]] = field(default_factory=list)

    def rows(self) -> list[str]:
        """The grid as a Markdown table; a value over its budget is bold."""
        titles = [f"{c.name}, {c.unit}" if c.unit else c.name for c in self.columns]
        marks = [f" (< {c.limit:g})" if c.limit is not None else "" for c in self.columns]
        heads = [title + mark for title, mark in zip(titles, marks, strict=True)]
        lines = [f"| {self.head} | {' | '.join(heads)} |", f"|---|{'---:|' * len(heads)}"]
        for name, found in self.lines:
            cells = ["" if f is None else f"**{f.bare}**" if f.over else f.bare for f in found]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        return lines


@dataclass(slots=True)
class Report:
    """Figures in the order they were measured, each printed as soon as it is there."""

    figures: list[Figure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
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

    def grid(self, head: str, columns: Sequence[Column]) -> Grid:
        """Start a grid; ``head`` names what its lines are."""
        grid = Grid(self.part, head, tuple(columns))
        self.grids.append(grid)
        titles = "".join(f"{c.name[:14]:>15}" for c in grid.columns)
        print(f"  {head:<28}{titles}", flush=True)
        return grid

    def line(self, grid: Grid, name: str, values: Sequence[float | None]) -> None:
        """Keep and print one line of a grid; None where there is nothing to measure."""
        found = [
            None if value is None
            else Figure(grid.part, f"{name}: {c.name}", value, c.unit, c.limit, listed=False)
            for c, value in zip(grid.columns, values, strict=True)
        ]  # fmt: skip
        self.figures += [f for f in found if f is not None]
        grid.lines.append((name, found))
        cells = ["" if f is None else f.bare + ("!" if f.over else "") for f in found]
        print(f"  {name:<28}{''.join(f'{cell:>15}' for cell in cells)}", flush=True)

    def skip(self, what: str) -> None:
        """Say that something could not be measured."""
        self.missing.append(what)
        print(f"  not measured: {what}", flush=True)

    def rows(self) -> list[str]:
        """The figures as a Markdown table."""
        lines = ["| | figure | measured | budget | |", "|---|---|---:|---:|---|"]
        last = ""
        for f in (one for one in self.figures if one.listed):
            budget = "" if f.limit is None else f"< {f.limit:g} {f.unit}".strip()
            verdict = "" if f.limit is None else "**over**" if f.over else "kept"
            note = f" ({f.note})" if f.note else ""
            head = f.part if f.part != last else ""
            last = f.part
            lines.append(f"| {head} | {f.name}{note} | {f.shown} | {budget} | {verdict} |")
        for grid in self.grids:
            lines += ["", f"{grid.part}:", "", *grid.rows()]
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
