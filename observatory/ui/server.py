"""The app as an ASGI application, and the command that serves it.

`python -m observatory.ui.server --port 8501` works from any folder. `streamlit run app.py` works
too; then the response headers below are up to the proxy in front.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, MutableMapping, Sequence
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observatory.api import routes as api
from observatory.ui import (
    export_routes,
    feeds,
    logs,
    named,
    replica,
    site_files,
    style,
    warm,
    watch,
    wire,
)
from observatory.ui.find import find
from observatory.ui.index_page import IndexPage
from observatory.ui.nav import ROOT
from observatory.ui.site_address import base
from observatory.ui.style import variables as palette_css

_LOG = logging.getLogger("observatory.server")

HEADERS: Final[dict[bytes, bytes]] = {
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline' blob:; "
        b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        b"connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        b"base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=()",
    b"cross-origin-opener-policy": b"same-origin",
}
EMBED_HEADERS: Final[dict[bytes, bytes]] = {
    **{name: value for name, value in HEADERS.items() if name != b"x-frame-options"},
    # Embedded cards are for frames of any site; they have no script and nothing to click but links.
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors *"
    ),
    b"cross-origin-resource-policy": b"cross-origin",
}
KEEP: Final = b"public, max-age=31536000, immutable"


class SecurityHeaders:
    """Adds the headers to every HTTP answer, and lets browsers keep the fonts."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope.get("path", ""))
        fonts = path.startswith("/app/static/fonts/")
        own = EMBED_HEADERS if path.startswith("/embed/") else HEADERS

        async def add(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    if name.lower() not in HEADERS
                    and not (fonts and name.lower() == b"cache-control")
                ]
                headers += own.items()
                if fonts and message.get("status") == 200:
                    headers.append((b"cache-control", KEEP))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, add)


async def healthz(request: Any) -> JSONResponse:
    """200 with the served build and what one query finds in it; 503 without one, without an answer,
    or while an older one stands in.

    `/readyz` says 200 for an older one too: readers are still served, so none should be sent away.
    """
    from observatory.ui import data

    def asked() -> tuple[dict[str, Any], int]:
        from observatory.db import queries

        opened = data.open_build(None)
        if opened is None:
            return {"status": "no build"}, 503
        said: dict[str, Any] = {
            "status": "stale" if opened.problem else "ok",
            "build_id": opened.build_id,
        }
        try:
            row = queries.site_counts(opened.db, None).iloc[0]
        except Exception:  # noqa: BLE001 - whatever it is, this server cannot answer
            _LOG.exception("the query of /healthz failed")
            return {**said, "status": "no answer"}, 503
        said |= {"observations": int(row["observations"]), "data_date": str(row["data_date"])[:10]}
        return said, 503 if opened.problem and request.url.path != "/readyz" else 200

    body, status = await asyncio.to_thread(asked)
    return JSONResponse(body, status_code=status, headers={"cache-control": "no-store"})


async def style_file(request: Any) -> Response:
    """The style sheet. A page of a replica with another one gets this, and asks again next time."""
    same = str(request.url.path).endswith(style.style_path())
    return Response(
        style.style_sheet(),
        200,
        {"cache-control": KEEP.decode() if same else "no-store"},
        "text/css",
    )


def _warm_up() -> None:
    """Load what the first reader would wait for, then keep it out of garbage collection."""
    import plotly.graph_objects  # noqa: F401
    import pyarrow  # noqa: F401
    from streamlit.runtime.pages_manager import PagesManager

    from observatory.i18n import LANGUAGES, translator
    from observatory.ui import data
    from observatory.ui.find import warm_up
    from observatory.ui.style import style_path

    # A deep link as the very first visit must run app.py, not the page's file alone.
    PagesManager.uses_pages_directory = False
    wire.remember_theme()
    named.install()
    style_path()
    for lang in LANGUAGES:
        translator(lang)("Briefing")
    try:
        opened = data.open_build(None)
        if opened is not None:
            warm_up(opened.db)
    except Exception:  # noqa: BLE001 - a damaged build must not keep the server down
        _LOG.exception("the build could not be opened at start; the first page tries again")
    gc.collect()
    gc.freeze()


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Warm up at start; every few minutes collect what reference counting leaves behind."""
    polling = await replica.start()
    await asyncio.to_thread(_warm_up)
    logs.adopt()

    async def sweep() -> None:
        while True:
            await asyncio.sleep(300)
            await asyncio.to_thread(gc.collect)

    tasks = [asyncio.create_task(sweep()), asyncio.create_task(warm.keep_warm())]
    style.link(True)
    try:
        yield {}
    finally:
        style.link(False)
        for one in (*tasks, *polling):
            one.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await one


def on_script_error(error: Exception) -> bool:
    """Failures outside a page's own guard, such as in callbacks: the polite state, an id."""
    from observatory.cards import states
    from observatory.i18n import translator
    from observatory.ui import errors
    from observatory.ui.context import context
    from observatory.ui.html import put

    error_id = errors.report(error, "script")
    try:
        t = context().t
    except Exception:  # noqa: BLE001 - before the first context English has to do
        t = translator("en")
    put(states.error(error_id, t, page=True))
    return True


def open_build(wanted: str | None) -> Any:
    """The build for the API. Raises NoBuild."""
    from observatory.db.connect import NoBuild
    from observatory.ui import data

    opened = data.open_build(wanted)
    if opened is None:
        raise NoBuild("nothing was built yet")
    return opened.db


app = st.App(
    str(ROOT / "app.py"),
    routes=[
        Route("/healthz", healthz),
        Route("/readyz", healthz),
        Route("/metrics", watch.figures),
        Route("/search", find),
        Route("/app/static/style/{name}.css", style_file),
        *api.routes(open_build, base, palette_css),
        *site_files.ROUTES,
        *feeds.ROUTES,
        *export_routes.ROUTES,
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(watch.Watch), Middleware(IndexPage)],
    lifespan=lifespan,
    on_script_error=on_script_error,
)


def free_port(address: str, first: int) -> int:
    """`first` if it is free on `address`, else the next free one."""
    for port in range(first, first + 50):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"no free port between {first} and {first + 49} on {address}")


def many_files() -> None:
    """Allow as many open files as the system lets us: each session holds three and its connection."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main(argv: Sequence[str] | None = None) -> None:
    """Serve the app until it is stopped."""
    import uvicorn

    parser = argparse.ArgumentParser(
        prog="python -m observatory.ui.server", description="Serve the app until it is stopped."
    )
    port_help = "default: PORT from the environment, else the first free port from 8501"
    parser.add_argument("--port", type=int, default=None, help=port_help)
    parser.add_argument("--address", default=os.environ.get("ADDRESS", "127.0.0.1"))
    options = parser.parse_args(argv)
    given = options.port or int(os.environ.get("PORT") or 0)
    port = given or free_port(options.address, 8501)
    logs.set_up()
    many_files()
    # A run hands over to the loop and back some forty times. Beside a view that is being worked
    # out, each hand-over waits so long for its turn; the default of 5 ms made 200 ms of it.
    sys.setswitchinterval(0.001)
    host = f"[{options.address}]" if ":" in options.address else options.address
    sys.stdout.write(f"East Asia AI Observatory: http://{host}:{port}\n")
    sys.stdout.flush()
    # The builder and the app agree on one folder whatever the working directory is.
    os.chdir(ROOT)
    uvicorn.run(
        app, host=options.address, port=port, log_level="warning", access_log=False,
        ws=wire.Protocol, ws_ping_interval=20, ws_ping_timeout=30, ws_per_message_deflate=True,
        loop=f"{wire.__name__}:{wire.loop.__name__}", timeout_graceful_shutdown=3,
        # Long links: as much as Streamlit reads of a query. The default is refused by chance, when
        # such a link arrives in pieces.
        h11_max_incomplete_event_size=600_000,
        log_config=None if logs.wanted() else uvicorn.config.LOGGING_CONFIG,
    )  # fmt: skip


if __name__ == "__main__":
    main()
