"""Middleware that completes the page Streamlit serves: where the server is, title, social preview.

On a deep link such as ``/economy`` Streamlit's script looks for its server below that path first
and logs two failed requests before it tries the root. Telling it the address saves both.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import MutableMapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qs

from observatory.ui import nav, page_meta
from observatory.ui.site_address import base
from observatory.ui.style import link_tag

_LOG = logging.getLogger("observatory.server")

# The page's ground before any script runs, so that a dark screen does not flash white, and the
# outline of a page until its first words are there: Streamlit's own placeholders jump about. The
# desk's script takes the outline away then: `:has` looks at the whole page at every change.
# Our fonts instead of the one Streamlit preloads and this app never shows.
EARLY: Final = """
<style>html{background:#FBFAF7;--early:#EFEBE1}
@media (prefers-color-scheme:dark){html{background:#12161B;--early:#1C2229}}</style>
<style id="early">.stMain:not(:has(.stHtml,.stException,.stAlert)) .stMainBlockContainer{visibility:hidden}
#root:empty::before{content:"East Asia AI Observatory";position:fixed;z-index:1;top:16px;
left:max(16px,min(80px,5.5vw));font:600 18px/26px "Source Serif 4",Georgia,serif;color:#1A2027;
background:#FBFAF7;min-width:260px}
@media (prefers-color-scheme:dark){#root:empty::before{color:#E9E6DF;background:#12161B}}
@media (scripting:none){#root{display:none}}
#root:empty::after,.stApp:not(:has(.stHtml,.stException,.stAlert))::after{content:"";position:fixed;pointer-events:none;
inset:0 max(16px,min(80px,5.5vw));background:linear-gradient(var(--early) 0 0) 0 17px/250px 24px,
linear-gradient(var(--early) 0 0) 0 58px/100% 1px,linear-gradient(var(--early) 0 0) 0 98px/min(440px,80%) 34px,
linear-gradient(var(--early) 0 0) 0 148px/min(760px,96%) 15px,
linear-gradient(var(--early) 0 0) 0 173px/min(600px,70%) 15px,
linear-gradient(var(--early) 0 0) 0 236px/100% 2px,linear-gradient(var(--early) 0 0) 0 256px/100% 180px;
background-repeat:no-repeat}</style>
<link rel="preload" href="./app/static/fonts/inter-latin.woff2" as="font" type="font/woff2"
 crossorigin />
<link rel="preload" href="./app/static/fonts/source-serif-4-latin.woff2" as="font" type="font/woff2"
 crossorigin />
"""
PARTS: Final = ("Html", "BidiComponent")
"""Parts of Streamlit's script that every page needs and that it would ask for with the first message."""
OTHERS: Final = ("/api/", "/api", "/embed/", "/export/")
"""Pages below these are complete as they are."""
DEEPEST: Final = 8
"""Names of an unknown path that are told apart: deeper ones get the answer and no app below it."""
MARK: Final = b'<div id="root">'
"""What tells Streamlit's page from other HTML."""
NOSCRIPT: Final = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
# Streamlit names a description of its own there; programs want that of the data.
DESCRIBED_BY: Final = re.compile(rb"href=\"[^\"]*_stcore/agent/openapi\.json\"")
IMPORTED: Final = re.compile(r'\b(?:from|import)"\./([\w.-]+\.js)"')
FOREIGN_FONT: Final = re.compile(rb"<link\s+rel=\"preload\"[^>]*?SourceSans[^>]*?/>", re.DOTALL)


@lru_cache(maxsize=4)
def files_of(*parts: str) -> tuple[str, ...]:
    """Files of parts of Streamlit's script and of what they import; none where they are named otherwise."""
    folder = files("streamlit").joinpath("static", "static", "js")
    try:
        names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".js"))
        found = [name for name in names if name.split(".")[0] in parts]
        for name in found:
            imported = IMPORTED.findall(folder.joinpath(name).read_text("utf-8")[:8000])
            found += [one for one in imported if one in names and one not in found]
    except OSError:
        return ()
    return tuple(found)


def preloads(body: bytes) -> bytes:
    """Links to the parts that a page does not name itself: fetched with it, not one after another behind it."""
    missing = [name for name in files_of(*PARTS) if name.encode() not in body]
    link = '<link rel="modulepreload" crossorigin href="./static/js/{}">'
    return "".join(link.format(name) for name in missing).encode()


@lru_cache(maxsize=4)
def head(deep: int = 0) -> bytes:
    """What goes first into <head>. The base is the address without the name of a page.

    `deep` is how many names a path has that no page is at: the base is the address without them.
    """
    slugs = json.dumps([page.slug for page in nav.existing()])
    script = (
        f"(()=>{{const s={slugs},n={deep};let p=location.pathname.split('/');"
        "if(n)p=p.filter(Boolean).slice(0,-n);"
        "else if(s.includes(p[p.length-1]||p[p.length-2]))p.splice(p.length-(p[p.length-1]?1:2));"
        "else if(p[p.length-1])p.pop();"
        "const b=location.origin+p.filter(Boolean).map(x=>'/'+x).join('')+'/';"
        "window.__streamlit={BACKEND_BASE_URL:b,MAIN_PAGE_BASE_URL:b}})()"
    )
    return (f"<script>{script}</script>" + EARLY).encode()


def nowhere(path: str) -> int:
    """How many names a path has that no page is at; 0 for a page's."""
    names = [name for name in path.split("/") if name]
    return 0 if nav.find(path.lower()) else min(len(names), DEEPEST)


def about(scope: MutableMapping[str, Any]) -> bytes:
    """Description, social preview and data for searchers; empty where they cannot be made."""
    asked = parse_qs(bytes(scope.get("query_string", b""))[:4000].decode("latin-1"))
    try:
        return page_meta.head(
            str(scope.get("path", "/")), asked.get("lang", [""])[-1], base()
        ).encode()
    except Exception:  # noqa: BLE001 - the page matters more than what is said of it elsewhere
        _LOG.exception("the head of a page could not be completed")
        return b""


class IndexPage:
    """Puts ``head()`` into HTML answers; everything else passes through untouched."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if (
            scope["type"] != "http"
            or scope.get("method") not in ("GET", "HEAD")
            or str(scope.get("path", "")).startswith(OTHERS)
        ):
            await self.app(scope, receive, send)
            return
        headers = scope.get("headers", [])
        if any(k == b"accept" and b"text/html" in v for k, v in headers):
            # The page is small; compressed, it could not be completed.
            kept = [(k, v) for k, v in headers if k != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        start: MutableMapping[str, Any] | None = None
        parts: list[bytes] = []

        async def complete(message: MutableMapping[str, Any]) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                kinds = [v for k, v in message.get("headers", []) if k.lower() == b"content-type"]
                if not kinds or not kinds[0].startswith(b"text/html"):
                    await send(message)
                else:
                    start = message
                return
            if start is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            path = str(scope.get("path", "/"))
            deep = nowhere(path)
            if deep and start["status"] == 200 and (MARK in body or scope["method"] == "HEAD"):
                start["status"] = 404
            if scope.get("method") == "GET":
                body = NOSCRIPT.sub(lambda _: page_meta.without_script(path, known=not deep), body)
                body = FOREIGN_FONT.sub(b"", body)
                body = DESCRIBED_BY.sub(b'href="./api/v1/openapi.json"', body)
                body = body.replace(b"./favicon.png", b"./app/static/mark.png", 1)
                body = body.replace(b"</body>", link_tag() + b"</body>", 1)
                body = body.replace(b"</head>", preloads(body) + b"</head>", 1)
                said = head(deep) + await asyncio.to_thread(about, scope)
                body = body.replace(b"<head>", b"<head>" + said, 1)
                body = body.replace(
                    b"<title>Streamlit</title>", f"<title>{page_meta.TITLE}</title>".encode()
                )
                # Files are named from the page's own folder.
                body = body.replace(b'"./', b'"' + b"../" * (deep - 1)) if deep > 1 else body
            headers = [
                (name, value)
                for name, value in start.get("headers", [])
                if name.lower() not in (b"content-length", b"etag", b"last-modified")
            ]
            if scope.get("method") == "GET":
                headers.append((b"content-length", str(len(body)).encode()))
            await send({**start, "headers": headers})
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, complete)
