"""Pages on the stage: nothing cut through, nothing over another, nothing to press, in the style of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser

Open = Callable[..., Tab]
READY = ".stg[data-ready]"
PAGES = (
    "calendar",
    "stack",
    "chips",
    "ipo",
    "policy",
    "investment",
    "economies",
    "companies",
    "coalition",
)

# What a viewer would see as broken on any slide: words cut by the edge of the room or of their
# drawing, words over words in a drawing, buttons of the page.
FAULTS = """() => {
  const found = [];
  document.querySelectorAll('.stg-view .stg-slide').forEach((slide, n) => {
    const body = slide.querySelector('.stg-body');
    const room = body.getBoundingClientRect();
    const say = (kind, what) => found.push(`${n + 1} ${kind}: ${what.trim().slice(0, 50)}`);
    const lines = new Map();
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('title,desc,.sr,defs')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const svg = parent.closest('svg');
      for (const box of range.getClientRects()) {
        if (!box.width || box.height < 4) continue;
        // A line has air above and below its letters.
        const air = box.height * 0.18;
        if (svg) {
          const own = svg.getBoundingClientRect();
          // What lies wholly below the end of a drawing is left out, and a line says so.
          if (box.top > own.bottom - 1) continue;
          if (box.bottom - air > own.bottom + 1 || box.top + air < own.top - 1
              || box.left < own.left - 2 || box.right > own.right + 3) say('outside its drawing', node.data);
          lines.set(svg, [...(lines.get(svg) || []), [parent.closest('text'), box, node.data]]);
        }
        if (box.bottom - air > room.bottom + 1 || box.top + air < room.top - 1) say('cut', node.data);
      }
    }
    for (const all of lines.values()) {
      all.forEach(([one, a, words], at) => all.slice(at + 1).forEach(([other, b, more]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const over = wide > 2 && high > 0.3 * Math.min(a.height, b.height);
        if (one !== other && over) say('over another', `${words} / ${more}`);
      }));
    }
    const pressed = body.querySelectorAll('button,input,select,a[href],[role=button],.btn,.act');
    for (const node of pressed) say('to press', node.textContent);
    if (/[,;、] *[,;、]? *$/.test(body.textContent)) say('ends open', body.textContent.slice(-50));
  });
  return found;
}"""


def stage(tab: Tab, address: str) -> Page:
    tab.page.goto(address)
    tab.page.wait_for_selector(READY, timeout=90_000)
    return tab.page


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_slide_is_cut_covered_or_to_press(tab: Open, site: str, page: str) -> None:
    shown = stage(tab(width=1440, height=900), f"{site}/{page}?present=1")
    assert shown.locator(".stg-view .stg-slide").count() > 1
    assert shown.evaluate(FAULTS) == []


def test_the_grades_of_all_economies_stand_in_their_colours_one_line_a_cell(
    tab: Open, site: str
) -> None:
    page = stage(tab(width=1440, height=900), f"{site}/stack?present=1")
    first = page.locator(".stg-view .stg-slide").first
    assert first.locator(".sk tbody tr:not(.stg-off)").count() == 13
    cells = first.evaluate(
        """(slide) => [...slide.querySelectorAll('td.sk-c > span')].map((cell) => ({
          colour: getComputedStyle(cell).backgroundColor, grade: cell.parentElement.className,
          high: cell.getBoundingClientRect().height, over: cell.scrollWidth - cell.clientWidth,
          size: parseFloat(getComputedStyle(cell.querySelector('.sk-w')).fontSize)
            * parseFloat(cell.closest('.stg-fit').style.zoom) * 1.125,
        }))"""
    )
    assert len(cells) == 13 * 6
    assert max(cell["high"] for cell in cells) < 34
    assert max(cell["over"] for cell in cells) <= 1
    assert min(cell["size"] for cell in cells) >= 17.9
    graded = {"is-low", "is-medium", "is-high"}
    colours = {
        grade: {cell["colour"] for cell in cells if grade in cell["grade"].split()}
        for grade in graded
    }
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == 3


def test_every_date_of_the_calendar_has_its_place_on_a_slide(tab: Open, site: str) -> None:
    page = stage(tab(width=1440, height=900), f"{site}/calendar?present=1")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.stg-view .stg-slide:has(.stg-body svg)')].map((slide) => {
          const svg = slide.querySelector('.stg-body svg').getBoundingClientRect();
          const room = slide.querySelector('.stg-body').getBoundingClientRect();
          return [slide.querySelector('.stg-body svg').querySelectorAll('rect[stroke],circle').length,
                  svg.bottom - room.bottom, slide.querySelector('.stg-more').textContent];
        })"""
    )
    # Four lanes of some thirty dates do not fit one slide, and nothing is said to be left out.
    assert len(drawn) >= 2
    assert all(below <= 2 and more == "" for _, below, more in drawn)
    title = page.locator(".stg-view .stg-title").first.text_content() or ""
    assert f"of {sum(marks for marks, _, _ in drawn)} dates" in title
