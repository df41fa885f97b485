"""robots.txt and sitemap.xml: what searchers may read and where everything is."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observatory.i18n import LANGUAGES
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import data, nav
from observatory.ui.site_address import base
from observatory.views import links

_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")
CLOSED: Final = ("/_stcore/", "/search")
CACHE: Final = "public, max-age=3600"


def address_of(request: Request) -> str:
    """The public address, else the one that was asked; empty if that is none."""
    asked = request.headers.get("host", "")
    if found := base():
        return found
    return f"{request.url.scheme}://{asked}" if _HOST.fullmatch(asked) else ""


def robots(address: str) -> str:
    """The text of robots.txt."""
    lines = ["User-agent: *", "Allow: /", *(f"Disallow: {path}" for path in CLOSED)]
    if address:
        lines.append(f"Sitemap: {address}/sitemap.xml")
    return "\n".join(lines) + "\n"


def _entry(address: str, path: str, day: dt.date | None, *, tongues: bool) -> str:
    def where(lang: str = "") -> str:
        mark = "&" if "?" in path else "?"
        return escape(f"{address}{path}{f'{mark}lang={lang}' if lang else ''}")

    other = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{where(lang)}"/>'
        for lang in LANGUAGES
    )
    last = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{where()}</loc>{last}{other if tongues else ''}</url>"


def sitemap(address: str, pages: Iterable[str], things: Iterable[str], day: dt.date | None) -> str:
    """The text of sitemap.xml. `pages` are named in every language, `things` once."""
    entries = [_entry(address, path, day, tongues=True) for path in pages]
    entries += [_entry(address, path, day, tongues=False) for path in things]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">' + "\n".join(entries) + "</urlset>\n"
    )


def places(opened: data.Opened | None) -> tuple[list[str], list[str]]:
    """Paths of pages, economies and the docs; and of each indicator and organisation."""
    slugs = {page.slug for page in nav.existing()}
    pages = [nav.path_of(page) for page in nav.existing() if nav.offered(page)]
    if "economy" in slugs:
        pages += [links.economy(code) for code in SCOPE + COMPARATORS]
    pages.append("/api/")
    if opened is None:
        return pages, []
    things: list[str] = []
    if "indicator" in slugs:
        things += [links.indicator(one) for one in sorted(data.indicator_ids(opened) or ())]
    if "company" in slugs:
        things += [links.org(one) for one in sorted(data.org_ids(opened) or ())]
    return pages, things


@lru_cache(maxsize=8)
def _sitemap(address: str, build_id: str, opened: data.Opened | None) -> str:
    pages, things = places(opened)
    return sitemap(address, pages, things, opened.data_date if opened else None)


def _made(address: str) -> str:
    opened = data.open_build(None)
    return _sitemap(address, opened.build_id if opened else "", opened)


async def robots_txt(request: Request) -> Response:
    """200 with robots.txt."""
    return Response(
        robots(address_of(request)), headers={"cache-control": CACHE}, media_type="text/plain"
    )


async def sitemap_xml(request: Request) -> Response:
    """200 with every page, economy, indicator and organisation."""
    text = await asyncio.to_thread(_made, address_of(request))
    return Response(text, headers={"cache-control": CACHE}, media_type="application/xml")


ROUTES: Final[list[Any]] = [Route("/robots.txt", robots_txt), Route("/sitemap.xml", sitemap_xml)]
