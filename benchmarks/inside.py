"""What a reader inside the app waits for: a filter changed, another page opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.drawn import DRAWN, LIMIT_MS, chromium, new_context, wait_drawn
from benchmarks.measure import Column, Report, p50, p95
from benchmarks.server import serve
from benchmarks.views import View, views

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILTER_MS = 300.0
SWITCH_MS = 600.0
RING = ("briefing", "economy", "economies", "indicator", "compare", "companies", "models", "policy",
        "claims", "scorecard")  # fmt: skip
COLUMNS = (
    Column("filter p50", "ms"),
    Column("filter p95", "ms", FILTER_MS),
    Column("opened p50", "ms"),
    Column("opened p95", "ms", SWITCH_MS),
    Column("looked", "times"),
)

# A link as the app's own pages hold them, clicked. Over when the address has changed, a script has
# run and ended since, and all that it drew is in place.
FOLLOW = (
    """([href, limit]) => new Promise((done, fail) => {
  const drawn = """
    + DRAWN
    + """;
  const app = document.querySelector('[data-testid=stApp]');
  const state = () => app.getAttribute('data-test-script-state');
  const link = document.createElement('a');
  link.href = href; link.dataset.go = ''; link.textContent = 'x';
  link.style.cssText = 'position:fixed;top:0;left:0';
  document.querySelector('.obs-page, .obs-foot').append(link);
  const before = location.href;
  let ran = false;
  const watch = new MutationObserver(() => { if (state() !== 'notRunning') ran = true; });
  watch.observe(app, { attributes: true });
  const start = performance.now();
  link.click();
  link.remove();
  const look = () => {
    const took = performance.now() - start;
    if (ran && location.href !== before && state() === 'notRunning' && drawn([0, true])) {
      watch.disconnect();
      done(took);
    } else if (took > limit) {
      watch.disconnect();
      fail(new Error(`not drawn again: ${href}, ${location.href}, ran ${ran}, ${state()}`));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
)


def follow(page: Page, view: View) -> float:
    """Click a link to a view inside the app; milliseconds until everything is drawn again."""
    return float(page.evaluate(FOLLOW, [view.path, LIMIT_MS / 3]))


def inside(report: Report, rounds: int) -> None:
    """One reader goes round the pages and changes the filters of each; the first round warms."""
    report.begin("Inside the app (one reader in a browser)")
    grid = report.grid("page", COLUMNS)
    filters: dict[str, list[float]] = {name: [] for name in RING}
    opened: dict[str, list[float]] = {name: [] for name in RING}
    with serve() as app, chromium() as browser:
        page = new_context(browser).new_page()
        page.goto(app.base + views("method")[0].path, wait_until="commit", timeout=LIMIT_MS)
        wait_drawn(page)
        for turn in range(rounds + 1):
            for name in RING:
                first, *others = views(name)
                took = [follow(page, first)]
                page.wait_for_timeout(150)
                for view in [*others, first]:
                    took.append(follow(page, view))
                    page.wait_for_timeout(150)
                if turn:
                    opened[name].append(took[0])
                    filters[name] += took[1:]
    for name in RING:
        here, there = filters[name], opened[name]
        count = len(here) + len(there)
        report.line(grid, name, [p50(here), p95(here), p50(there), p95(there), count])
    every = [took for found in filters.values() for took in found]
    switched = [took for found in opened.values() for took in found]
    report.line(grid, "all of them", [p50(every), p95(every), p50(switched), p95(switched),
                                      len(every) + len(switched)])  # fmt: skip
