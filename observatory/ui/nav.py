"""The pages of the app, in the order of the navigation. Only pages whose file exists appear."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from observatory.db import sandbox
from observatory.i18n import N_, Translator
from observatory.ui.shared import Shared

ROOT: Final = Path(__file__).resolve().parents[2]
_PATTERNS: Final = Shared(16)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `slug` is its path in the URL and its file in `pages/`.

    `subject` is the kind of thing it shows (`economy`, `org`, `indicator`), whose parameter it
    reads; `params` are the page's own URL parameters, handed to it in `Filters.extra`; those in
    `free` take any text. A page that is not `listed` is reached from other pages only; one that is
    not `regional` shows the same whichever economies are chosen.
    """

    slug: str
    section: str
    title: str
    params: tuple[str, ...] = ()
    subject: str = ""
    listed: bool = True
    free: tuple[str, ...] = ()
    regional: bool = True

    @property
    def file(self) -> Path:
        return ROOT / "pages" / f"{self.slug}.py"


BRIEFING: Final = N_("Briefing")
ECONOMIES: Final = N_("Economies")
COMPANIES: Final = N_("Companies")
TECHNOLOGY: Final = N_("Technology")
POLICY: Final = N_("Policy")
EVIDENCE: Final = N_("Evidence")
PRESENT: Final = N_("Present")

ALL: Final[tuple[Page, ...]] = (
    Page("briefing", BRIEFING, N_("Briefing"), ("map", "since")),
    Page(
        "economies",
        ECONOMIES,
        N_("Overview"),
        ("measure", "year", "per", "ref", "comparators", "log", "events"),
        "indicator",
    ),
    Page("economy", ECONOMIES, N_("Economy profile"), ("events",), "economy"),
    Page("compare", ECONOMIES, N_("Compare"), ("with", "index", "log", "per", "measure", "events")),
    Page("scorecard", ECONOMIES, N_("Scorecard"), ("preset", "w", "norm", "agg", "per", "noise")),
    Page(
        "indicator",
        ECONOMIES,
        N_("Measures"),
        ("view", "per", "year", "comparators", "log", "events", "q"),
        "indicator",
    ),
    Page(
        "companies",
        COMPANIES,
        N_("Directory"),
        ("q", "sort", "layer", "kind", "listed", "has", "where", "page"),
    ),
    Page("company", COMPANIES, N_("Company profile"), (), "org", regional=False),
    Page(
        "ipo",
        COMPANIES,
        N_("IPO pipeline"),
        ("venue", "layer", "stage", "year", "view", "sort", "attempt"),
    ),
    Page("investment", COMPANIES, N_("Investment"), ("group", "firm", "sort", "page")),
    Page("flows", COMPANIES, N_("Money flows"), ("group", "firm", "flow", "sort", "page")),
    Page(
        "models",
        TECHNOLOGY,
        N_("Models"),
        ("q", "maker", "from", "modality", "weights", "licence", "size", "sort", "page", "y"),
    ),
    Page("model", TECHNOLOGY, N_("Model"), ("id",), listed=False, regional=False),
    Page("benchmarks", TECHNOLOGY, N_("Leaderboards"), ("view", "board", "date")),
    Page("frontier", TECHNOLOGY, N_("Frontier gap"), ("board", "against"), "economy"),
    Page("compute", TECHNOLOGY, N_("Compute"), ("view", "measure", "list", "from", "state")),
    Page("chips", TECHNOLOGY, N_("Chips"), ("x", "y", "ref", "from", "state", "match", "id")),
    Page("stack", TECHNOLOGY, N_("Sovereign stack"), ("cell", "rests", "comparators")),
    Page(
        "policy",
        POLICY,
        N_("Laws and programmes"),
        ("q", "kind", "status", "topic", "issuer", "sort", "page", "view", "with", "id"),
    ),
    Page("calendar", POLICY, N_("Calendar"), ("kind",)),
    Page("governance", POLICY, N_("Governance measures"), ("index",)),
    Page("coalition", POLICY, N_("Coalition builder"), ("members",)),
    Page(
        "claims",
        EVIDENCE,
        N_("Claims ledger"),
        ("verdict", "topic", "document", "fault", "entity", "page"),
        regional=False,
    ),
    Page(
        "conflicts",
        EVIDENCE,
        N_("Conflicts"),
        ("measure", "entity", "kind", "about", "sort", "page", "cell"),
        regional=False,
    ),
    Page(
        "explorer",
        EVIDENCE,
        N_("Data explorer"),
        (
            "table",
            "columns",
            "filter",
            "q",
            "sort",
            "page",
            "rows",
            "form",
            "values",
            "indicators",
            "entities",
            "where",
            "view",
        ),
        "indicator",
    ),
    Page(
        "sources",
        EVIDENCE,
        N_("Sources and quality"),
        ("view", "id", "tier", "reuse", "language", "q", "sort", "page", "domain", "year"),
    ),
    Page(
        "sql",
        EVIDENCE,
        N_("SQL"),
        ("q", "rows", "chart", "x", "y", "series"),
        free=("q",),
        regional=False,
    ),
    Page(
        "changes",
        EVIDENCE,
        N_("What changed"),
        ("view", "since", "until", "from", "to", "by", "of", "how", "page"),
    ),
    Page("method", EVIDENCE, N_("Method"), regional=False),
    Page("present", PRESENT, N_("Present"), ("story", "ready", "slide", "fresh"), "economy"),
)


@lru_cache(maxsize=1)
def existing() -> tuple[Page, ...]:
    """The pages whose file is there, home first."""
    return tuple(page for page in ALL if page.file.is_file())


def home() -> Page:
    """The page at `/`. RuntimeError without any page."""
    if not existing():
        raise RuntimeError("no page in pages/")
    return existing()[0]


def path_of(page: Page) -> str:
    """The page's path in the URL."""
    return "/" if page == home() else f"/{page.slug}"


def paths() -> list[str]:
    """Every path a browser may be at."""
    return [path_of(page) for page in existing()]


def find(path: str) -> Page | None:
    """The page at a path or of a slug; `/` and the empty path are home."""
    slug = path.strip("/")
    if not slug:
        return home()
    return next((page for page in existing() if page.slug == slug), None)


def offered(page: Page) -> bool:
    """Whether the navigation names the page; the SQL page only where it is switched on."""
    return page.listed and (page.slug != "sql" or sandbox.allowed())


def sections() -> list[tuple[str, list[Page]]]:
    """Pages the navigation names by section, in order."""
    groups: dict[str, list[Page]] = {}
    for page in existing():
        if offered(page):
            groups.setdefault(page.section, []).append(page)
    return list(groups.items())


def streamlit_page(page: Page, title: str | None = None) -> Any:
    """Streamlit's object for a page: a new one each run, since it remembers who may run it."""
    default = page == home()
    return st.Page(
        page.file, title=title or page.title, url_path="" if default else page.slug,
        default=default,
    )  # fmt: skip


def streamlit_pages(t: Translator) -> list[Any]:
    """All pages for `st.navigation`, titled in the reader's language."""
    if get_script_run_ctx() is None:
        return _titled(t)
    # Making thirty objects asks the file system about each page; a copy asks nothing.
    made = _PATTERNS.get((t.lang, existing()), lambda: _titled(t))
    return [copy(page) for page in made]


def _titled(t: Translator) -> list[Any]:
    brand = t("East Asia AI Observatory")
    return [streamlit_page(page, f"{t(page.title)} · {brand}") for page in existing()]
