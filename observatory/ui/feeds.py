"""The feeds: `/feeds/all.atom`, `/feeds/economy/KOR.atom`, `/feeds/org/deepseek.atom`, with `?lang=`."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observatory.export.atom import TYPE
from observatory.i18n import DEFAULT_LANGUAGE, match_language, translator
from observatory.ui import data, site_address
from observatory.views import feeds
from observatory.views.changes.data import News
from observatory.views.measures import Catalogue

_LOG = logging.getLogger("observatory.feeds")
_PATH: Final = re.compile(
    r"^(?:(all)|(economy)/([A-Z]{3})|(org)/([a-z0-9][a-z0-9_.+-]{0,119}))\.atom$"
)
_turn = asyncio.Lock()


def target_of(path: str) -> tuple[str, str] | None:
    """The kind of feed and what it is of; None for what is no feed."""
    found = _PATH.match(path)
    if found is None:
        return None
    return ("all", "") if found[1] else (found[2] or found[4], found[3] or found[5])


@lru_cache(maxsize=5)
def _told(db: Any, lang: str, until: date) -> tuple[Catalogue, News]:
    catalogue = Catalogue(db, translator(lang))
    return catalogue, feeds.news(catalogue, until)


@lru_cache(maxsize=64)
def _document(db: Any, kind: str, target: str, lang: str, base: str, until: date) -> bytes | None:
    catalogue, told = _told(db, lang, until)
    if not feeds.known(catalogue, kind, target):
        return None
    name = "all" if kind == "all" else f"{kind}/{target}"
    return feeds.document(
        catalogue, told, kind, target, base, f"/feeds/{name}.atom?lang={lang}", until
    )


async def atom(request: Request) -> Response:
    """200 with a feed, 304 where the reader has it, 404 for what is no feed, 503 without a build."""
    wanted = target_of(request.path_params["path"])
    if wanted is None:
        return Response("no such feed", 404, media_type="text/plain")
    lang = match_language(request.query_params.get("lang", "")[:20]) or DEFAULT_LANGUAGE
    opened = await asyncio.to_thread(data.open_build, None)
    if opened is None:
        return Response("nothing was built yet", 503, {"retry-after": "5"}, "text/plain")
    base = site_address.base() or str(request.base_url).rstrip("/")
    until = opened.data_date or date.today()
    try:
        # One at a time: the first of a build compares two states of all facts.
        async with _turn:
            body = await asyncio.to_thread(_document, opened.db, *wanted, lang, base, until)
    except Exception:  # noqa: BLE001 - a feed reader gets a plain answer, the log the reason
        _LOG.exception("a feed failed")
        return Response("the feed failed; the log has the reason", 500, media_type="text/plain")
    if body is None:
        return Response("no such feed", 404, media_type="text/plain")
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"cache-control": "public, max-age=900", "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, TYPE)


ROUTES: Final = (Route("/feeds/{path:path}", atom),)
