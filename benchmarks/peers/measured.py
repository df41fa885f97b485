"""The same page in our app, stock Streamlit, Dash and Panel: drawn cold, and drawn again."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.drawn import LIMIT_MS, SIZES, chromium, new_context, wait_drawn
from benchmarks.inside import ENDS, follow
from benchmarks.measure import Column, Report, p50, p95
from benchmarks.peers.install import NoPeers, install
from benchmarks.peers.ours import FIGURES, SLUG
from benchmarks.peers.rows import write
from benchmarks.server import LIFE, ROOT, Server, free_port, serve, started
from benchmarks.views import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

START, OTHERS = "KOR", ("JPN", "SGP", "IND")
COLUMNS = (
    Column("drawn p50", "ms"),
    Column("drawn, of ours", "x"),
    Column("filter p50", "ms"),
    Column("filter p95", "ms"),
    Column("filter, of ours", "x"),
    Column("size", "MB"),
    Column("files", ""),
)
OWN = "ours"

# Charts and tables in shadow roots too. Four charts, each titled with the economy and drawn; the
# table there, and where its text can be read (Streamlit paints it) speaking of the economy.
TREND = """(code) => {
  const all = (what, root) => {
    const found = [...root.querySelectorAll(what)];
    for (const node of root.querySelectorAll('*'))
      if (node.shadowRoot) found.push(...all(what, node.shadowRoot));
    return found;
  };
  const app = document.querySelector('[data-testid=stApp]');
  if (app && app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  const plots = all('.js-plotly-plot', document);
  if (plots.length < 4) return false;
  const drawn = (one) => one.querySelector('.main-svg .trace')
    && (one.querySelector('.gtitle')?.textContent || '').startsWith(code);
  if (!plots.every(drawn)) return false;
  const cells = all('.dash-spreadsheet td, .tabulator-cell', document);
  if (cells.length ? !cells.some((one) => one.textContent.trim() === code)
                   : !document.querySelector('[data-testid=stDataFrame] canvas')) return false;
  return performance.now();
}"""

# The same of our page: charts in cards, as drawings or figures, and a table of HTML.
OURS = """(code) => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (!document.querySelector('.obs-foot') || document.querySelector('.obs-page .skel')) return false;
  const cards = [...document.querySelectorAll('.card')];
  if (cards.length < 5 || !cards.every((one) => one.querySelector('h3')?.textContent.startsWith(code))) return false;
  const svgs = cards.filter((one) => one.querySelector('.obs-svg[data-on] > svg')).length;
  const plots = [...document.querySelectorAll('.js-plotly-plot')]
    .filter((one) => one.querySelector('.main-svg .trace') && one.layout?.meta === code).length;
  if (svgs + plots < 4) return false;
  if (![...document.querySelectorAll('.card td')].some((one) => one.textContent.trim() === code)) return false;
  return performance.now();
}"""

# From the click on a choice to all of it drawn again.
CHOOSE = """([code, look_for]) => {
  window.again = null;
  const ready = eval(look_for);
  document.addEventListener('click', () => {
    const start = performance.now();
    const look = () => {
      if (ready(code)) window.again = performance.now() - start;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
}"""


@dataclass(slots=True)
class Peer:
    """One contender: its address, how to draw and to choose, and what was measured."""

    name: str
    url: str
    drawn: Callable[[Page], float]
    choose: Callable[[Page, str], float]
    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    size: float = 0.0
    files: int = 0


def _drawn(page: Page, ready: str = TREND) -> float:
    handle = page.wait_for_function(ready, arg=START, polling="raf", timeout=LIMIT_MS)
    return float(handle.json_value())


def _choose(page: Page, code: str, ready: str = TREND) -> float:
    page.evaluate(CHOOSE, [code, ready])
    page.locator("label", has_text=code).first.click(timeout=LIMIT_MS / 3)
    page.wait_for_function("window.again", polling="raf", timeout=LIMIT_MS / 3)
    return float(page.evaluate("window.again"))


def _followed(page: Page, code: str) -> float:
    return follow(page, View("economy", f"economy={code}&lang=en"))


def _servers(stack: ExitStack, report: Report, rows: Path) -> list[Peer]:
    """Start everybody that can be started; who cannot is said."""
    env = {"PEER_ROWS": str(rows)}
    port = free_port()
    product = stack.enter_context(
        started(_command(sys.executable, "ours", port), port, ROOT, {"OBSERVATORY_WARM": "off"})
    )
    streamlit = stack.enter_context(serve(peer=True, env=env))
    found = [
        Peer(OWN, f"{product.base}/{SLUG}?lang=en", partial(_drawn, ready=OURS),
             partial(_choose, ready=OURS)),
        Peer("ours, with Plotly figures", f"{product.base}/{FIGURES}?lang=en",
             partial(_drawn, ready=OURS), partial(_choose, ready=OURS)),
        Peer("Streamlit, defaults", f"{streamlit.base}/trend", _drawn, _choose),
    ]  # fmt: skip
    # For information: what a page of the product is, with everything that is on file of an economy.
    whole = Peer("ours, the whole economy page", f"{product.base}/economy?economy={START}&lang=en",
                 wait_drawn, _followed)  # fmt: skip
    try:
        interpreter = install()
    except NoPeers as why:
        report.skip(f"Dash and Panel: {why}")
        return [*found, whole]
    for name, module in (("Dash", "dash_app"), ("Panel", "panel_app")):
        port = free_port()
        command = _command(str(interpreter), module, port)
        try:
            server: Server = stack.enter_context(started(command, port, ROOT, env))
        except RuntimeError as why:
            report.skip(f"{name}: {str(why)[:160]}")
            continue
        found.append(Peer(name, server.base + "/", _drawn, _choose))
    return [*found, whole]


def _command(interpreter: str, module: str, port: int) -> list[str]:
    return [interpreter, "-m", "benchmarks.bounded", str(LIFE), f"benchmarks.peers.{module}",
            "--port", str(port)]  # fmt: skip


def _visit(browser: Browser, peer: Peer, changes: int, count: bool) -> None:
    context = new_context(browser)
    try:
        page = context.new_page()
        page.add_init_script(ENDS)
        page.goto(peer.url, wait_until="commit", timeout=LIMIT_MS)
        took = peer.drawn(page)
        files, size, *_ = page.evaluate(SIZES)
        page.wait_for_timeout(400)
        again = []
        for number in range(changes):
            again.append(peer.choose(page, (*OTHERS, START)[number % (len(OTHERS) + 1)]))
            page.wait_for_timeout(200)
    finally:
        context.close()
    if count:
        peer.cold.append(took)
        peer.again += again
        peer.size, peer.files = float(size) / 1e6, int(files)


def peers(report: Report, turns: int, changes: int) -> None:
    """All contenders take turns; the first turn only warms servers and browser."""
    report.begin("The same page: four charts, a table, a choice of economy")
    grid = report.grid("made with", COLUMNS)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        rows = Path(folder) / "rows.csv"
        write(rows)
        contenders = _servers(stack, report, rows)
        browser = stack.enter_context(chromium())
        for turn in range(turns + 1):
            for peer in list(contenders):
                try:
                    _visit(browser, peer, changes, count=turn > 0)
                except Exception as fault:  # noqa: BLE001 - the others are still measured
                    report.skip(f"{peer.name}: {str(fault).splitlines()[0][:160]}")
                    contenders.remove(peer)
    ours = next((peer for peer in contenders if peer.name == OWN), None)
    for peer in contenders:
        cold, again = p50(peer.cold), p50(peer.again)
        ratios = (cold / p50(ours.cold), again / p50(ours.again)) if ours else (None, None)
        report.line(
            grid,
            peer.name,
            [cold, ratios[0], again, p95(peer.again), ratios[1], peer.size, peer.files],
        )
