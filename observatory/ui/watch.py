"""The outermost middleware: names of hosts, ids of requests, counts, and doors that stay shut."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from observatory.db.connect import builds_folder
from observatory.db.pointer import read_pointer
from observatory.ui import data, logs, metrics
from observatory.ui.site_address import base

_LOG: Final = logging.getLogger("observatory.access")
_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("/api/", "api"),
    ("/export/", "export"),
    ("/feeds/", "feed"),
    ("/search", "search"),
    ("/healthz", "health"),
    ("/readyz", "health"),
    ("/metrics", "metrics"),
    ("/static/", "static"),
    ("/app/static/", "static"),
    ("/_stcore/", "frame"),
)
PROBES: Final = ("/healthz", "/readyz", "/metrics", "/_stcore/health")
"""Asked by address, not by name: by load balancers and by whoever gathers figures."""
SHUT: Final = ("/_stcore/metrics", "/_stcore/upload_file", "/_stcore/agent")
"""Streamlit's own addresses that no reader needs."""


def kind_of(path: str) -> str:
    """The kind of an address, from a closed list."""
    return next((kind for start, kind in KINDS if path.startswith(start)), "page")


def hosts() -> tuple[str, ...]:
    """Names that this server answers to, from OBSERVATORY_HOSTS; empty: any."""
    given = os.environ.get("OBSERVATORY_HOSTS", "")
    return tuple(part.strip().lower() for part in given.split(",") if part.strip())


def welcome(host: str, known: tuple[str, ...]) -> bool:
    """Whether a Host header names this server. `*.name` stands for every name below it."""
    name = re.sub(r":[0-9]{1,5}$", "", host.strip().lower())
    return any(
        name == one or (one.startswith("*.") and name.endswith(one[1:]) and len(name) >= len(one))
        for one in known
    )


def own_page(origin: str, host: str, known: tuple[str, ...]) -> bool:
    """Whether a session is opened by a page of this server; programs send no origin.

    Streamlit would compare too, but look its own public address up on the internet before it says no.
    """
    there = urlsplit(origin).netloc.lower()
    if not origin or not there:
        return not origin
    return there in (host.lower(), urlsplit(base()).netloc.lower()) or welcome(there, known)


def _head(scope: MutableMapping[str, Any], name: bytes) -> str:
    found = [value for key, value in scope.get("headers", []) if key.lower() == name]
    # Two Host headers are an attempt to be two sites at once.
    return found[0].decode("latin-1") if len(found) == 1 else ""


class Watch:
    """Refuses other names and shut doors; gives each request an id; counts and logs it."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = str(scope.get("path", ""))
        given = _head(scope, b"x-request-id")
        own = given if _ID.fullmatch(given) else secrets.token_hex(16)
        logs.request_id.set(own)
        known = hosts()
        refused: Response | None = None
        if known and path not in PROBES and not welcome(_head(scope, b"host"), known):
            refused = PlainTextResponse("this server has another name", 400)
        elif any(f"{path}/".startswith(f"{one}/") for one in SHUT):
            refused = PlainTextResponse("not here", 404)
        if scope["type"] == "websocket":
            strange = not own_page(_head(scope, b"origin"), _head(scope, b"host"), known)
            if refused is not None or strange:
                # Before it is accepted, closing answers the handshake with 403.
                await receive()
                await send({"type": "websocket.close", "code": 1008, "reason": ""})
                metrics.answered("session", 403, 0.0)
                return
            metrics.event("session_opened")
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def mark(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                headers = [*message.get("headers", []), (b"x-request-id", own.encode())]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await (refused or self.app)(scope, receive, mark)
        finally:
            seconds = time.perf_counter() - started
            metrics.answered(kind_of(path), status, seconds)
            if _LOG.isEnabledFor(logging.INFO):
                told = {"method": scope.get("method"), "path": path[:300], "status": status,
                        "ms": round(seconds * 1000, 1)}  # fmt: skip
                _LOG.info("request", extra={logs.FIELDS: told})


async def figures(request: Request) -> Response:
    """200 with the figures, 404 where they are not switched on."""
    if not metrics.on():
        return PlainTextResponse("not here", 404)

    def asked() -> str:
        opened = data.open_build(None)
        try:
            kept = len(read_pointer(builds_folder()).builds)
        except ValueError:
            kept = 0
        known = {"build_id": opened.build_id, "problem": opened.problem} if opened else {}
        return metrics.text({**known, "kept": kept})

    body = await asyncio.to_thread(asked)
    return Response(body, headers={"cache-control": "no-store"}, media_type=metrics.MEDIA)
