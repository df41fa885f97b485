"""What tests in a browser look at on any page: is it whole, does it fit, what does axe say."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Locator, Page

PAGES = ("/", "/economy?economy=KOR", "/company?org=zhipu", "/companies?layer=chips", "/ipo", "/calendar",
         "/investment", "/flows", "/economies", "/compare?with=KOR,JPN,USA",
         "/frontier?economy=JPN", "/benchmarks", "/models", "/model?id=deepseek-r1",
         "/compute", "/compute?view=clusters", "/chips?id=ascend-910c",
         "/indicator?indicator=top500_systems", "/explorer?table=deals", "/stack?cell=KOR-chips",
         "/policy", "/policy?id=kr-ai-basic-act", "/policy?view=beside&with=KOR,JPN", "/governance",
         "/present", "/present?ready=ipo&slide=1")  # fmt: skip
ON_PAGE = ".st-key-obs-page"
NUMBER = f"{ON_PAGE} button.num[data-receipt]"
BROKEN = ".card.is-error, .stException, [data-testid='stException']"


def visible(found: Locator) -> Locator:
    """The first match a reader can see; drawings exist for two widths."""
    return found.locator("visible=true").first


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def said(page: Page) -> str:
    return page.locator(".stMain").inner_text()


def whole(page: Page) -> None:
    """The page is complete: a title, numbers, a foot, and nothing failed."""
    assert page.locator(".obs-title h1").count() == 1
    asked = urlsplit(page.url)
    if "view=beside" in asked.query:
        # Two rule books are titles, each leading to its page and the receipt there.
        assert page.locator(f"{ON_PAGE} a[href*='/policy?id=']").count() > 5
    elif asked.path != "/present":
        # The page of stories shows pictures of slides; numbers open their receipts where they stand.
        assert page.locator(f"{ON_PAGE} [data-receipt]").count() > 5
    assert page.locator(".obs-foot").count() == 1
    assert page.locator(BROKEN).count() == 0
    assert "Traceback" not in said(page)


def link(base: str, query: str) -> str:
    """An address with more to its query."""
    return base + ("&" if "?" in base else "?") + query


def open_receipt(page: Page, number: Locator, *, key: str = "") -> str:
    """Open a number's receipt by click, or by a key on the focused number; returns its text."""
    row_id = number.get_attribute("data-receipt")
    number.scroll_into_view_if_needed()
    if key:
        number.focus()
        page.keyboard.press(key)
    else:
        number.click()
    page.wait_for_selector(f".rc[data-row='{row_id}'] dl")
    return page.inner_text(f".rc[data-row='{row_id}'] .what")


def close_receipt(page: Page) -> None:
    page.keyboard.press("Escape")
    page.wait_for_selector(".rc", state="detached")


def over_the_edge(page: Page) -> list[str]:
    """What makes the page scroll sideways, or stands beyond the screen where nobody can see it."""
    found: list[str] = []
    for selector in (".stMain", "html"):
        wide, room = page.eval_on_selector(selector, "(m) => [m.scrollWidth, m.clientWidth]")
        if wide > room:
            found.append(f"{selector} is {wide} wide in {room}")
    found += page.evaluate(
        """() => [...document.querySelectorAll('.st-key-obs-page *')].filter((node) => {
          if (!node.checkVisibility({contentVisibilityAuto: true})) return false;
          const box = node.getBoundingClientRect();
          if (!box.width || box.right <= innerWidth + 1) return false;
          for (let up = node.parentElement; up; up = up.parentElement) {
            if (up.matches('.stMain')) return true;
            if (getComputedStyle(up).overflowX !== 'visible') return false;
          }
        }).slice(0, 5).map((node) => node.outerHTML.slice(0, 160))"""
    )
    return found


def serious(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical, as (rule, where); by all such rules or by those named."""
    # Through the test driver, which no policy of the page keeps out.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
    found = page.evaluate(
        """(named) => {
          const counts = (found) => ['serious', 'critical'].includes(found.impact);
          // What would only be minor or moderate is not looked for: a third of the time.
          const off = axe._audit.rules.filter((rule) => !counts(rule)).map((rule) => [rule.id, {enabled: false}]);
          const asked = named.length ? {runOnly: named} : {rules: Object.fromEntries(off)};
          return axe.run(document, {resultTypes: ['violations'], ...asked}).then((r) => r.violations.filter(counts)
            .map((v) => [v.id, v.nodes.length, v.nodes.slice(0, 3).map((n) => n.target.join(' ')
              + ' | ' + n.html.slice(0, 140) + ' | ' + (n.any[0]?.message || ''))]));
        }""",
        list(rules),
    )
    return [json.dumps(item, ensure_ascii=False) for item in found]
