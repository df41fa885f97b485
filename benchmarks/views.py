"""What readers look at: for every page of the navigation a first view and changes of its filters."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from observatory.model.scope import SCOPE
from observatory.ui import nav


@dataclass(frozen=True, slots=True)
class View:
    """A page and its query, as in the address ``/page?query``."""

    page: str
    query: str = ""

    @property
    def path(self) -> str:
        home = "" if self.page in ("briefing", "blank") else self.page
        return f"/{home}" + (f"?{self.query}" if self.query else "")


BLANK, CHART, TREND = View("blank"), View("chart"), View("trend")
"""Pages of the comparison app (``benchmarks/peer_app``)."""

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "briefing": ("", "economies=east-asia", "map=papers_iclr", "since=12"),
    "economies": ("", "measure=papers_iclr", "ref=JPN", "comparators=1"),
    "economy": ("economy=KOR", "economy=JPN", "economy=SGP", "economy=PHL"),
    "compare": ("with=KOR,JPN,SGP", "with=CHN,TWN", "with=KOR,JPN&per=gdp"),
    "scorecard": ("", "preset=equal", "w=models:30", "norm=zscore"),
    "indicator": (
        "indicator=github_developers", "indicator=top500_systems", "indicator=papers_iclr&view=bar",
        "indicator=github_developers&view=map",
    ),
    "companies": ("", "layer=chips", "q=huawei", "listed=yes&sort=name"),
    "company": ("org=zhipu", "org=minimax", "org=tsmc", "org=naver"),
    "ipo": ("", "venue=hkex", "layer=models", "view=table"),
    "investment": ("", "group=rounds", "firm=closed", "sort=-usd"),
    "flows": ("", "group=rounds&firm=closed", "group=plans"),
    "models": ("", "from=KOR", "weights=open&sort=-params", "modality=video"),
    "model": ("id=chatglm-6b", "id=yi-34b-chat", "id=openchat-3-5"),
    "benchmarks": ("", "board=lmarena-text", "board=pfgen-bench", "view=languages"),
    "frontier": ("", "economy=KOR", "economy=JPN", "board=arena-text"),
    "compute": ("", "measure=accelerated", "view=clusters", "view=power"),
    "chips": ("", "x=memory", "from=CHN", "match=1"),
    "stack": ("", "cell=KOR-chips", "rests=JPN-clusters"),
    "policy": ("", "kind=law", "status=in_force", "view=beside&with=KOR,JPN"),
    "calendar": ("", "kind=rules", "kind=listing"),
    "governance": ("", "index=ict", "index=cybersecurity"),
    "coalition": ("", "members=asean6", "members=KOR,JPN,SGP"),
    "claims": ("", "verdict=contradicted", "document=third-way-essay"),
    "conflicts": ("", "kind=disputed", "entity=KOR", "sort=new"),
    "explorer": ("", "table=deals", "table=models", "form=periods&indicators=github_developers"),
    "sources": ("", "tier=official", "view=cover", "view=fresh"),
    "sql": ("", "chart=line", "chart=none"),
    "changes": ("", "by=company", "how=revised"),
    "method": ("", "currency=USD"),
    "present": ("ready=region", "ready=ipo", "ready=economy&economy=JPN"),
}  # fmt: skip
"""By page: the query of its first view, then those that a change of a filter leads to."""
READ_MORE: Final = {"briefing": 5, "economy": 4, "company": 4, "compare": 3, "economies": 3,
                    "indicator": 3, "scorecard": 2, "models": 2, "companies": 2, "policy": 2}  # fmt: skip
"""How much more often than the rest a page is read: a guess, said in the README."""
BACK: Final = {"economies=": "all13", "currency=": "original"}
"""Filters that go with the reader from page to page, and what they are without a choice."""
STAYS: Final = 0.6
"""Share of the steps that change a filter of the page; the others go to another page."""


def _named(query: str, lang: str) -> str:
    # As in the links of the pages: the language that a reader has anyway is not named.
    return "&".join(part for part in (query, f"lang={lang}" if lang != "en" else "") if part)


def views(slug: str, lang: str = "en") -> tuple[View, ...]:
    """The first view of a page and the changes of its filters. A new page has those of all pages."""
    queries = CHOICES.get(slug, ("", "economies=east-asia", "economies=asean6"))
    return tuple(View(slug, _named(query, lang)) for query in queries)


def first_views() -> dict[str, View]:
    """The first view of each page of the navigation, in its order, by page.

    ``BENCH_PAGES=briefing,economy`` leaves it at these.
    """
    some = set(os.environ.get("BENCH_PAGES", "").replace(",", " ").split())
    found = {page.slug: views(page.slug)[0] for page in nav.existing() if _open(page)}
    return {slug: view for slug, view in found.items() if not some or slug in some}


def _open(page: nav.Page) -> bool:
    return nav.offered(page) or not page.listed


def all_views() -> list[View]:
    """Every view of every page: what warms a server's caches."""
    return [view for slug in first_views() for view in views(slug)]


def next_view(now: View | None, dice: random.Random, new: float = 0.0) -> View:
    """Where a reader goes: another filter of the page, or another page as often as it is read.

    The first views of a page are chosen oftenest (1, 1/2, 1/3 …), as readers meet on what is
    popular. ``new`` is the share of the steps that lead to a view nobody has asked for.
    """
    if now is not None and dice.random() < STAYS:
        found = _popular([view for view in views(now.page) if view != now] or [now], dice)
    else:
        slugs = list(first_views())
        slug = dice.choices(slugs, weights=[READ_MORE.get(slug, 1) for slug in slugs])[0]
        found = _popular(views(slug), dice)
    if dice.random() < new:
        some = sorted(dice.sample(SCOPE, dice.randint(4, 9)), key=SCOPE.index)
        return View(found.page, f"{found.query}&economies={','.join(some)}")
    query = found.query
    for name, everything in BACK.items():
        # Links keep choices that they do not name; this reader takes them back.
        if now is not None and name in now.query and name not in query:
            query += f"&{name}{everything}"
    return View(found.page, query)


def _popular(found: Sequence[View], dice: random.Random) -> View:
    return dice.choices(found, weights=[1 / place for place in range(1, len(found) + 1)])[0]
