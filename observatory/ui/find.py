"""The search route: names in, results as JSON out, without a run of a page.

`GET /search?q=…&lang=…&as_of=…&build=…`. Answers this site's own pages only, reads at most 100
signs, works on few questions at once and asks the others to come again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from functools import lru_cache
from time import perf_counter
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from observatory.analysis.search import MAX_QUERY
from observatory.cards.filters import Known, parse
from observatory.i18n import DEFAULT_LANGUAGE, translator
from observatory.ui import data, nav
from observatory.views import search, search_index
from observatory.views.search_index import Finder, PageRef

_LOG = logging.getLogger("observatory.search")
AT_ONCE: Final = 2
"""Questions worked on at the same time: each keeps a core busy for some milliseconds."""
WAITING: Final = 24
"""Questions that may wait for their turn; more are asked to come again."""
_ADDRESS: Final = 2000

_turn: asyncio.Semaphore | None = None
_waiting = 0


@lru_cache(maxsize=1)
def pages() -> tuple[PageRef, ...]:
    """The pages of the app that can be found."""
    return tuple(
        PageRef(page.slug, nav.path_of(page), page.title, page.section)
        for page in nav.existing()
        if page.listed
    )


def finder(db: Any) -> Finder:
    """The index of a build."""
    return search_index.finder(db, pages(), frozenset(page.slug for page in nav.existing()))


@lru_cache(maxsize=2048)
def _answer(db: Any, query: str, lang: str, as_of: dt.date | None) -> bytes:
    return orjson.dumps(search.answer(finder(db), query, translator(lang), as_of))


def _refused(status: int, why: str, **headers: str) -> Response:
    return Response(
        orjson.dumps({"error": why}), status, {"cache-control": "no-store", **headers},
        "application/json",
    )  # fmt: skip


def _from_elsewhere(request: Request) -> bool:
    """Whether another site's page asks. Browsers say so; other clients may ask."""
    return request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}


def _find(query: str, lang: str, as_of: dt.date | None, build: str | None) -> bytes | None:
    opened = data.open_build(build)
    return None if opened is None else _answer(opened.db, query, lang, as_of)


async def find(request: Request) -> Response:
    """200 with an `Answer`; 400, 403, 405 for what is no question, 503 while busy or unbuilt."""
    global _turn, _waiting
    if _from_elsewhere(request):
        return _refused(403, "this address answers pages of this site only")
    if len(str(request.url)) > _ADDRESS:
        return _refused(400, "the address is too long")
    query = request.query_params.get("q", "")
    if len(query) > MAX_QUERY:
        return _refused(400, f"q is longer than {MAX_QUERY} signs")
    asked = {name: request.query_params.get(name, "") for name in ("lang", "as_of", "build")}
    filters, _ = parse(asked, Known(builds=data.build_ids()), DEFAULT_LANGUAGE)
    if _waiting >= AT_ONCE + WAITING:
        return _refused(503, "busy, come again in a second", **{"retry-after": "1"})
    if _turn is None:
        _turn = asyncio.Semaphore(AT_ONCE)
    began = perf_counter()
    _waiting += 1
    try:
        async with _turn:
            plain = " ".join(query.split())
            body = await asyncio.to_thread(_find, plain, filters.lang, filters.as_of, filters.build)
    except Exception:  # noqa: BLE001 - the box says a sentence, the log has the reason
        _LOG.exception("a search failed")
        return _refused(500, "the search failed; the log has the reason")
    finally:
        _waiting -= 1
    if body is None:
        return _refused(503, "nothing was built yet", **{"retry-after": "5"})
    took = (perf_counter() - began) * 1000
    return Response(
        body, 200,
        {"cache-control": "private, max-age=300", "server-timing": f"find;dur={took:.1f}"},
        "application/json",
    )  # fmt: skip


def warm_up(db: Any) -> None:
    """Make the index of a build before the first reader asks."""
    search.answer(finder(db), "ai", translator(DEFAULT_LANGUAGE))
