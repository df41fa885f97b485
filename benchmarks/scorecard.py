"""A weight moved on the scorecard: new ranks and intervals of 2,000 draws."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Report, p50, p95
from benchmarks.server import ROOT, Server, serve
from benchmarks.session import Session
from benchmarks.views import View
from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_draws import DRAWS, draw, draw_scores, spread
from observatory.model.scope import COMPARATORS, SCOPE

if TYPE_CHECKING:
    from benchmarks.parts import Amount

MOVED_MS = 300.0
ECONOMIES, INDICATORS, PILLARS = 20, 40, 8
SEVERAL = 8
"""Cells with two usable values in the made-up field: as many as all twenty have in the data."""


def made_up(seed: int = 1) -> sc.Field:
    """A field of 20 economies and 40 indicators, a tenth of the cells empty."""
    dice = np.random.default_rng(seed)
    values = np.exp(dice.normal(size=(ECONOMIES, INDICATORS)))
    values[dice.random(values.shape) < 0.1] = np.nan
    known = np.argwhere(~np.isnan(values))
    picked = known[dice.choice(len(known), SEVERAL, replace=False)]
    options = {(int(e), int(i)): np.array([values[e, i], values[e, i] * 1.02]) for e, i in picked}
    goals = tuple(sc.Goal(0.01, 100, log=True) for _ in range(INDICATORS))
    economies, indicators, pillars = (
        tuple(str(k) for k in range(n)) for n in (ECONOMIES, INDICATORS, PILLARS)
    )
    place = np.arange(INDICATORS) % PILLARS
    return sc.Field(economies, indicators, pillars, place, goals, values, options)


def moved(subject: sc.Field, points: float) -> float:
    """Milliseconds for scores, ranks and intervals after one pillar's weight became ``points``."""
    begin = time.perf_counter()
    weights = sc.Weights(np.array([points, *[10.0] * (PILLARS - 1)]), np.ones(INDICATORS))
    pts = sc.all_points(subject, "goalposts")
    shares = sc.effective(subject, weights)
    sc.rank(sc.scores(shares, pts, "arithmetic"))
    sc.contributions(shares, pts, "arithmetic")
    spread(draw_scores(subject, draw(subject, weights, "goalposts", "arithmetic")))
    return (time.perf_counter() - begin) * 1e3


def weights(report: Report, amount: Amount) -> None:
    """The arithmetic alone at the size of the issue's budget, then the page as a reader has it."""
    report.begin("A weight moved on the scorecard")
    field, times = made_up(), max(10, amount.reruns // 2)
    moved(field, 10)
    found = [moved(field, 10 + k % 30) for k in range(times)]
    size = f"{ECONOMIES} economies x {INDICATORS} measures x {DRAWS:,} draws"
    report.add(f"{size}, p50", p50(found), "ms", MOVED_MS, f"{SEVERAL} cells with two values")
    report.add(f"{size}, p95", p95(found), "ms", MOVED_MS)
    if not (ROOT / "pages" / "scorecard.py").is_file():
        report.skip("scorecard: no such page yet")
        return
    with serve() as app:
        asyncio.run(_page(report, app, times))


async def _page(report: Report, app: Server, times: int) -> None:
    for name, group in (("13 economies", SCOPE), ("20 economies", SCOPE + COMPARATORS)):
        asked = f"lang=en&economies={','.join(group)}"
        found = []
        async with Session(app.stream) as session:
            await session.run(View("scorecard", asked))
            before = app.cpu()
            for k in range(times):
                # Every weight is new to the server, so that nothing comes from its cache.
                moved_to = View(
                    "scorecard", f"{asked}&w=models:{21 + k % 70},talent:{11 + k // 70}"
                )
                found.append((await session.run(moved_to)).ms)
        busy = (app.cpu() - before) / times * 1e3
        note = "hardly depends on the load"
        report.add(f"the whole page, {name}, processor time", busy, "ms", None, note)
        report.add(f"the whole page, {name}, p50", p50(found), "ms", MOVED_MS)
        report.add(f"the whole page, {name}, p95", p95(found), "ms", MOVED_MS)
