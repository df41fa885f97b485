"""Every page drawn for a fresh visitor, in turns with the blank pages of the same minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from benchmarks.crowd import warm
from benchmarks.drawn import Draw, chromium, draw, new_context
from benchmarks.measure import Column, Report, p50
from benchmarks.server import serve
from benchmarks.views import first_views

BRIEFING_RATIO = 1.15
PAGE_RATIO = 1.3
BLOCK = 6
"""Pages between two looks at the blank pages; the Briefing is looked at in every block."""
COLUMNS = (
    Column("drawn", "ms"),
    Column("/ blank page", "x", BRIEFING_RATIO),
    Column("/ one chart", "x", PAGE_RATIO),
    Column("processor", "ms"),
    Column("/ one chart (pr.)", "x"),
    Column("charts", ""),
    Column("of Plotly", ""),
    Column("requests", ""),
    Column("size", "MB"),
)


def batches(names: Sequence[str]) -> Iterator[list[str]]:
    """The pages in blocks, the home page at the head of each."""
    home, others = names[0], list(names[1:])
    for start in range(0, max(1, len(others)), BLOCK):
        yield [home, *others[start : start + BLOCK]]


def drawn(report: Report, turns: int) -> None:
    """Navigation to fully drawn; ratios are to the blank pages of the same block."""
    report.begin("Pages fully drawn for a fresh visitor (Chromium, 1440 x 900)")
    grid = report.grid("page", COLUMNS)
    pages = first_views()
    found: dict[str, list[tuple[Draw, float, float]]] = {name: [] for name in pages}
    blanks: list[Draw] = []
    charts: list[Draw] = []
    with serve() as app, serve(peer=True) as peer, ExitStack() as stack:
        # Whoever came before has filled the server's caches; the browser itself warms up too.
        asyncio.run(warm(app.stream, list(pages.values())))
        browser = stack.enter_context(chromium())

        def look(url: str, figures: int = 0, own: bool = True) -> Draw:
            context = new_context(browser)
            try:
                return draw(context, url, figures, own)
            finally:
                context.close()

        def references() -> tuple[Draw, Draw]:
            return look(peer.base + "/", own=False), look(peer.base + "/chart", 1, own=False)

        references()
        for _ in range(turns):
            before = references()
            for block in batches(list(pages)):
                seen = {}
                for name in block:
                    try:
                        seen[name] = look(app.base + pages[name].path)
                    except Exception as fault:  # noqa: BLE001 - one page must not hide the others
                        report.skip(f"{name} drawn: {str(fault).splitlines()[0][:160]}")
                after = references()
                blanks.append(after[0])
                charts.append(after[1])
                blank = (before[0].ms + after[0].ms) / 2
                chart = (before[1].ms + after[1].ms) / 2
                for name, one in seen.items():
                    found[name].append((one, one.ms / blank, one.ms / chart))
                before = after
    unit, effort = p50([one.ms for one in charts]), p50([one.busy for one in charts])
    for name, values in (("blank page", blanks), ("blank page with one chart", charts)):
        middle = p50([one.ms for one in values])
        last = values[-1]
        busy = p50([one.busy for one in values])
        report.line(grid, name, [middle, None, middle / unit, busy, busy / effort, None, last.plots,
                                 last.requests, last.size / 1e6])  # fmt: skip
    for name, seen_here in found.items():
        if not seen_here:
            continue
        last = seen_here[-1][0]
        blank_ratio = p50([one[1] for one in seen_here]) if name == next(iter(pages)) else None
        busy = p50([one[0].busy for one in seen_here])
        report.line(
            grid, name,
            [p50([one[0].ms for one in seen_here]), blank_ratio, p50([one[2] for one in seen_here]),
             busy, busy / effort, last.charts, last.plots, last.requests, last.size / 1e6],
        )  # fmt: skip
