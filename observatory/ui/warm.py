"""Running the pages once before the first reader comes to them, for each build that is served.

The first opening of a page computes cards that all later readers share, which takes up to some
seconds. This does it in the background: pages as a reader without choices gets them, one at a
time, with pauses as long as the work, so that readers who are there keep the processor.
`OBSERVATORY_WARM` names the languages (`en` by default, `en,ja`), or says `off`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Iterator
from typing import Final

from observatory.i18n import LANGUAGES
from observatory.model.scope import PRESETS, SCOPE

_LOG: Final = logging.getLogger("observatory.server")
FIRST_WAIT: Final = 3.0
"""Seconds before the first page, so that readers who wait for the server get it first."""
LOOK: Final = 10.0
"""Seconds between looks for a new build."""
LEAST_PAUSE: Final = 0.25
# Pages that show nothing without a choice.
LEFT_OUT: Final = frozenset({"present", "sql", "model"})
# Pages on which readers limit the economies most, with the groups that a click chooses. What is run
# ahead takes less than half of what the caches hold, so that it drives nothing out.
NARROWED: Final = ("briefing", "economies", "scorecard", "compare")


def languages() -> tuple[str, ...]:
    """Languages whose pages are run ahead; none where that is switched off."""
    said = os.environ.get("OBSERVATORY_WARM", "en").lower()
    asked = {word.strip() for word in said.split(",")}
    return tuple(lang for lang in LANGUAGES if lang.lower() in asked)


def views() -> Iterator[tuple[str, dict[str, str]]]:
    """Page and query of what is run ahead, the commonest first."""
    from observatory.ui import nav

    for lang in languages():
        for page in nav.existing():
            if page.slug not in LEFT_OUT:
                yield page.slug, {"lang": lang}
        # Profiles share little with one another and are what readers open most.
        yield from (("economy", {"lang": lang, "economy": code}) for code in SCOPE)
        for group in PRESETS:
            if PRESETS[group] != SCOPE:
                yield from ((slug, {"lang": lang, "economies": group}) for slug in NARROWED)


def run(slug: str, query: dict[str, str]) -> float:
    """Run one page for its shared cards; seconds it took. A page that fails is left to its readers."""
    from observatory.ui.collect import page_view

    start = time.perf_counter()
    try:
        page_view(slug, query)
    except Exception as fault:  # noqa: BLE001 - readers get the page's own error state
        _LOG.info("page %s was not run ahead: %s", slug, fault)
    return time.perf_counter() - start


def served() -> str:
    """Id of the build that is served now; empty without one."""
    from observatory.ui import data

    try:
        found = data.open_build(None)
    except Exception:  # noqa: BLE001 - a damaged build is told of elsewhere
        return ""
    return found.build_id if found else ""


async def keep_warm() -> None:
    """Run all views of the served build, then wait for another one. Ends when it is cancelled."""
    done = ""
    await asyncio.sleep(FIRST_WAIT)
    while languages():
        build = await asyncio.to_thread(served)
        if build and build != done:
            done = build
            for slug, query in views():
                took = await asyncio.to_thread(run, slug, query)
                await asyncio.sleep(max(LEAST_PAUSE, took))
                if await asyncio.to_thread(served) != build:
                    break
        await asyncio.sleep(LOOK)
