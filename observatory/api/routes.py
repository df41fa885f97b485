"""The routes: `/api/`, `/api/v1/`, one address a subject, one a thing, the OpenAPI document.

Every answer is made in a thread of its own, a few at a time; the event loop only passes bytes.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
from starlette.routing import Route

from observatory import __version__
from observatory.api import docs_page, openapi
from observatory.api.answers import NAME, Answer, answer
from observatory.api.ask import Ask, negotiate, read
from observatory.api.problems import MEDIA, Problem, no_such, shown, unknown
from observatory.api.resources import BASE, BY_NAME, INDICATOR, MAX_QUERY, RESOURCES
from observatory.db import listing
from observatory.db.connect import Database, NoBuild

_LOG = logging.getLogger("observatory.api")
AT_ONCE: Final = 2
"""Requests worked on at the same time: each keeps a core busy."""
WAITING: Final = 32
"""Requests that may wait for their turn; more are asked to come again."""
KEPT_BODIES: Final = 48
KEPT_SIZE: Final = 400_000
"""Bytes of the largest body that is kept for the next who asks the same."""
FRESH: Final = "public, max-age=60, must-revalidate"
PINNED: Final = "public, max-age=31536000, immutable"
METHODS: Final = "GET, HEAD, OPTIONS"
_HOST: Final = re.compile(
    r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9a-fA-F:]{2,45}\](:[0-9]{1,5})?"
)
OPEN_TO_ALL: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, X-Total-Count, X-Held-Back, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}

Opener = Callable[[str | None], Database]
"""Opens the build asked for, else the served one. Raises NoBuild."""


@dataclass(frozen=True, slots=True)
class Request:
    """What of a request matters here."""

    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    accept: str
    languages: str
    known: str
    """The If-None-Match header."""
    base: str
    """Scheme and host for links; empty: links are relative to the host."""

    def get(self, name: str) -> str:
        return next((value for key, value in self.pairs if key == name), "")


class Bodies:
    """The last answers, kept for who asks the same of the same build."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()

    def get(self, key: tuple[Any, ...], make: Callable[[], Answer]) -> Answer:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        if len(made.body) <= KEPT_SIZE:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > KEPT_BODIES:
                    self._kept.popitem(last=False)
        return made


def request_of(scope: Mapping[str, Any], base: str = "") -> Request:
    """A request from an ASGI scope. Problem 414 or 400 if its query cannot be read."""
    raw = bytes(scope.get("query_string", b""))
    if len(raw) > MAX_QUERY:
        raise Problem(414, f"the query is longer than {MAX_QUERY} signs")
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=60,
                          encoding="utf-8", errors="strict")  # fmt: skip
    except (ValueError, UnicodeDecodeError):
        raise Problem(400, "the query cannot be read: it must be UTF-8, percent-encoded") from None
    if any("\x00" in part for pair in pairs for part in pair):
        raise Problem(400, "the query holds a null character")
    heads = {
        bytes(name).lower(): bytes(value).decode("latin-1")
        for name, value in scope.get("headers", [])
    }
    asked = heads.get(b"host", "")
    if not base and _HOST.fullmatch(asked):
        base = f"{'https' if scope.get('scheme') == 'https' else 'http'}://{asked}"
    return Request(
        str(scope["method"]), str(scope["path"]), tuple(pairs), heads.get(b"accept", ""),
        heads.get(b"accept-language", ""), heads.get(b"if-none-match", ""), base,
    )  # fmt: skip


def tag(build_id: str, form: str) -> str:
    """The ETag of an answer: the build, this version of the program, and the format."""
    return f'"{build_id}.{__version__}.{form}"'


def matches(known: str, own: str) -> bool:
    """Whether an If-None-Match header names the tag (weak marks do not matter here)."""
    tags = [part.strip().removeprefix("W/") for part in known[:4000].split(",")]
    return own in tags or "*" in tags


class Api:
    """Answers requests from the builds that `opener` opens."""

    def __init__(self, opener: Opener, base: Callable[[], str], css: Callable[[], str]) -> None:
        self.opener = opener
        self.base = base
        self.css = css
        self._bodies = Bodies()
        self._turn: asyncio.Semaphore | None = None
        self._waiting = 0

    def database(self, wanted: str | None) -> Database:
        """The build asked for. Problem 503 without any, 404 if that one is not kept."""
        try:
            db = self.opener(wanted)
        except NoBuild:
            raise Problem(503, "nothing was built yet", headers={"retry-after": "5"}) from None
        if wanted and db.build_id != wanted:
            raise Problem(
                404, f"build {shown(wanted)} is not kept; the served one is {db.build_id}",
                {"parameter": "build", "served": db.build_id},
            )  # fmt: skip
        return db

    def rows(self, request: Request, ask: Ask) -> tuple[str, Answer, str]:
        """ETag, answer and cache rule of a request for rows."""
        form = ask.format or negotiate(request.accept)
        db = self.database(ask.build)
        own = tag(db.build_id, form)
        cache = PINNED if ask.build else FRESH
        if asked := ask.given.get(INDICATOR.name):
            known = listing.indicator_ids(db)
            if strange := [one for one in asked if one not in known]:
                raise no_such(INDICATOR.name, strange[0], known, f"{BASE}/indicators")
        columns = ask.columns(
            [one.name for one in listing.fields(db, ask.resource.listing)
             if not ask.held or listing.is_reference(one.name)]
        )  # fmt: skip
        alone = request.path != ask.resource.path
        if matches(request.known, own) and not alone:
            return own, Answer(b"", "", {}), cache

        def make() -> Answer:
            page = listing.page(
                db, ask.resource.listing, ask.given, as_of=ask.as_of, is_bulk=ask.is_bulk,
                columns=columns, limit=ask.limit, offset=ask.offset, held=ask.held,
            )  # fmt: skip
            if alone and not page.total:
                what = ask.given["id"][0]
                raise Problem(404, f"there is no {shown(what)} among {ask.resource.name}")
            return answer(
                ask, page, form, path=request.path, base=request.base, build_id=db.build_id,
                data_date=openapi.data_date(db),
            )  # fmt: skip

        key = (db.build_id, form, request.path, request.base, tuple(sorted(request.pairs)))
        return own, self._bodies.get(key, make), cache

    def index(self, request: Request) -> tuple[str, Answer, str]:
        """The subjects, and where to read on."""
        if strange := [name for name, _ in request.pairs]:
            raise unknown(strange, [])
        db = self.database(None)
        body = orjson.dumps(
            {
                "name": NAME,
                "build_id": db.build_id,
                "data_date": openapi.data_date(db),
                "documentation": f"{request.base}/api/",
                "openapi": f"{request.base}{BASE}/openapi.json",
                "resources": [
                    {"name": one.name, "title": one.title, "what": one.what,
                     "href": f"{request.base}{one.path}"}
                    for one in RESOURCES
                ],
            }
        )  # fmt: skip
        return tag(db.build_id, "index"), Answer(body, "application/json", {}), FRESH

    def document(self, request: Request) -> tuple[str, Answer, str]:
        """The OpenAPI document."""
        if strange := [name for name, _ in request.pairs]:
            raise unknown(strange, [])
        db = self.database(None)
        body = orjson.dumps(openapi.document(db, request.base))
        return tag(db.build_id, "openapi"), Answer(body, "application/json", {}), FRESH

    def page(self, request: Request) -> tuple[str, Answer, str]:
        """The page for people, in their language."""
        db = self.database(None)
        lang = docs_page.language(request.get("lang"), request.languages)
        body = docs_page.html(db, lang, request.base, self.css())
        headers = {"content-language": lang, "vary": "Accept-Language"}
        return tag(db.build_id, lang), Answer(body, "text/html; charset=utf-8", headers), FRESH

    def find(self, request: Request) -> tuple[str, Answer, str]:
        """The answer to a request by its path."""
        path = request.path
        if path in {"/api", "/api/"}:
            return self.page(request)
        rest = path.removeprefix(BASE).strip("/")
        if path.startswith(f"{BASE}/") or path == BASE:
            if not rest:
                return self.index(request)
            if rest == "openapi.json":
                return self.document(request)
            name, _, thing = rest.partition("/")
            resource = BY_NAME.get(name)
            if resource is not None and (not thing or resource.id):
                wanted = thing or None
                if wanted is None or (len(wanted) <= 200 and "\x00" not in wanted):
                    return self.rows(request, read(resource, request.pairs, wanted))
        raise Problem(
            404, f"there is nothing at {shown(path)}",
            {"resources": [f"{BASE}/{name}" for name in BY_NAME]},
        )  # fmt: skip

    def respond(self, scope: Mapping[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body. Never raises."""
        try:
            request = request_of(scope, self.base())
            own, found, cache = self.find(request)
            headers = {"etag": own, "cache-control": cache, "vary": "Accept", **found.headers}
            if matches(request.known, own):
                return 304, {key: value for key, value in headers.items() if key in _SMALL}, b""
            headers["content-type"] = found.media
            return 200, {key: value for key, value in headers.items() if value}, found.body
        except Problem as problem:
            return refused(problem)
        except TimeoutError:
            return refused(Problem(503, "the request took too long", headers={"retry-after": "10"}))
        except Exception:  # noqa: BLE001 - the caller learns no more; the log has the reason
            _LOG.exception("a request failed: %s", scope.get("path"))
            return refused(Problem(500, "the request failed; the log has the reason"))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """ASGI: one request, one answer."""
        method = scope["method"]
        if method == "OPTIONS":
            status, headers, body = 204, {
                "allow": METHODS, "access-control-allow-methods": METHODS,
                "access-control-allow-headers": "Accept, If-None-Match",
                "access-control-max-age": "86400",
            }, b""  # fmt: skip
        elif method not in {"GET", "HEAD"}:
            problem = Problem(405, f"this address answers {METHODS}", headers={"allow": METHODS})
            status, headers, body = refused(problem)
        elif self._waiting >= AT_ONCE + WAITING:
            busy = Problem(503, "busy, come again in a second", headers={"retry-after": "1"})
            status, headers, body = refused(busy)
        else:
            if self._turn is None:
                self._turn = asyncio.Semaphore(AT_ONCE)
            self._waiting += 1
            try:
                async with self._turn:
                    status, headers, body = await asyncio.to_thread(self.respond, scope)
            finally:
                self._waiting -= 1
        headers = {**OPEN_TO_ALL, **headers}
        if status not in {204, 304}:
            headers["content-length"] = str(len(body))
        raw = [
            (name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()
        ]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


_SMALL: Final = {"etag", "cache-control", "vary"}


def refused(problem: Problem) -> tuple[int, dict[str, str], bytes]:
    """The answer of a problem."""
    headers = {"content-type": MEDIA, "cache-control": "no-store", **problem.headers}
    return problem.status, headers, problem.body()


def _nothing() -> str:
    return ""


def routes(
    opener: Opener, base: Callable[[], str] = _nothing, css: Callable[[], str] = _nothing
) -> list[Route]:
    """Routes of the API for a Starlette application.

    `base`: the public address of this server, if it is set; else links take the host that was
    asked. `css`: variables of the palette for the page at `/api/`.
    """
    api = Api(opener, base, css)
    return [Route("/api", api), Route("/api/{rest:path}", api)]
