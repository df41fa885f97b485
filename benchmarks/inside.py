"""What a reader inside the app waits for: a filter changed, another page opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.drawn import DRAWN, LIMIT_MS, chromium, new_context, wait_drawn
from benchmarks.measure import Column, Report, p50, p95
from benchmarks.server import serve
from benchmarks.views import View, first_views, views

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FILTER_MS = 300.0
SWITCH_MS = 600.0
RING = ("briefing", "economy", "economies", "indicator", "compare", "companies", "models", "policy",
        "claims", "scorecard")  # fmt: skip
COLUMNS = (
    Column("filter p50", "ms"),
    Column("filter p95", "ms"),
    Column("opened p50", "ms"),
    Column("opened longest", "ms"),
    Column("looked", "times"),
)

# Counts the ends of runs as they come: a small message that ends with "script_finished" (field 6)
# and success (0). The state that the page shows may skip "running" when both arrive together.
ENDS = """
window.ends = 0;
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength > 400) return;
      const [field, value] = new Uint8Array(data).slice(-2);
      if (field === 0x30 && value === 0) window.ends += 1;
    });
  }
};
"""

# A link as the app's own pages hold them, clicked. Over when a run has ended since, the address is
# another, all that was drawn is in place, and nothing on the page has changed for a while; the time
# is that of the last change.
FOLLOW = (
    """([href, limit, still]) => new Promise((done, fail) => {
  const drawn = """
    + DRAWN
    + """;
  const app = document.querySelector('[data-testid=stApp]');
  const link = document.createElement('a');
  link.href = href; link.dataset.go = ''; link.textContent = 'x';
  link.style.cssText = 'position:fixed;top:0;left:0';
  document.querySelector('.obs-foot').append(link);
  const before = location.href, ends = window.ends, start = performance.now();
  let last = start;
  const watch = new MutationObserver(() => { last = performance.now(); });
  link.click();
  link.remove();
  watch.observe(app, { subtree: true, childList: true, characterData: true, attributes: true });
  const look = () => {
    const now = performance.now();
    const over = window.ends > ends && location.href !== before && now - last > still;
    if (over && drawn([0, true])) {
      watch.disconnect();
      done(last - start);
    } else if (now - start > limit) {
      watch.disconnect();
      const last_seen = `${Math.round(now - last)} ms after the last change`;
      fail(new Error(`${href} not drawn: ${location.href}, ${window.ends - ends} runs, ${last_seen}`));
    } else setTimeout(look, 20);
  };
  look();
})"""
)
STILL_MS = 150


def enter(browser: Browser, url: str) -> Page:
    """A fresh visitor's page, drawn, whose runs are counted."""
    page = new_context(browser).new_page()
    page.add_init_script(ENDS)
    page.goto(url, wait_until="commit", timeout=LIMIT_MS)
    wait_drawn(page)
    return page


def follow(page: Page, view: View, limit: float = LIMIT_MS / 3) -> float:
    """Click a link to a view inside the app; milliseconds until everything is drawn again."""
    return float(page.evaluate(FOLLOW, [view.path, limit, STILL_MS]))


def inside(report: Report, rounds: int) -> None:
    """One reader goes round the pages and changes the filters of each; the first round warms."""
    report.begin("Inside the app (one reader in a browser)")
    grid = report.grid("page", COLUMNS)
    # With one page asked for there must be another to come from.
    ring = [name for name in RING if name in first_views()]
    ring += ["method"] if len(ring) < 2 else []
    filters: dict[str, list[float]] = {name: [] for name in ring}
    opened: dict[str, list[float]] = {name: [] for name in ring}
    with serve() as app, chromium() as browser:
        start = app.base + views("calendar")[0].path
        page = enter(browser, start)
        for turn in range(rounds + 1):
            for name in ring:
                # A choice of economies goes along from page to page; here each filter stays at home.
                first, *others = (one for one in views(name) if "economies=" not in one.query)
                # Views that nobody has asked for yet may take long on a busy machine.
                limit = LIMIT_MS / 3 if turn else LIMIT_MS
                try:
                    took = [follow(page, view, limit) for view in (first, *others, first)]
                except Exception as fault:  # noqa: BLE001 - the other pages are still measured
                    report.skip(f"{name} inside: {str(fault).splitlines()[0][:160]}")
                    page.context.close()
                    page = enter(browser, start)
                    continue
                if turn:
                    opened[name].append(took[0])
                    filters[name] += took[1:]
    for name in ring:
        here, there = filters[name], opened[name]
        if not here:
            continue
        count = len(here) + len(there)
        report.line(grid, name, [p50(here), p95(here), p50(there), max(there), count])
    every = [took for found in filters.values() for took in found]
    switched = [took for found in opened.values() for took in found]
    if not every:
        return
    report.add("a filter changed, p50", p50(every), "ms", None, f"{len(every)} times")
    report.add("a filter changed, p95", p95(every), "ms", FILTER_MS)
    report.add("another page opened, p50", p50(switched), "ms", None, f"{len(switched)} times")
    report.add("another page opened, p95", p95(switched), "ms", SWITCH_MS)
