"""Every address of our own answers with the security headers, once each; frames are for cards only."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from observatory.ui import server, watch

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ADDRESSES = {
    "/healthz": ("/healthz",),
    "/readyz": ("/readyz",),
    "/metrics": ("/metrics",),
    "/search": ("/search?q=kor",),
    "/api": ("/api",),
    "/api/{rest:path}": (
        "/api/",
        "/api/v1/",
        "/api/v1/deals",
        "/api/v1/none",
        "/api/v1/openapi.json",
    ),
    "/app/static/style/{name}.css": ("/app/static/style/other.css",),
    "/robots.txt": ("/robots.txt",),
    "/sitemap.xml": ("/sitemap.xml",),
    "/feeds/{path:path}": ("/feeds/all.atom", "/feeds/none"),
    "/export/{kind}": ("/export/none", "/export/deck.pptx?page=none"),
    "/embed/style.css": ("/embed/style.css",),
    "/embed/{page}/{card}": ("/embed/none/none", "/embed/ipo/none"),
}


@pytest.fixture(scope="module")
def client(tiny_built: Path) -> Iterator[TestClient]:
    app = Starlette(
        routes=list(server.app._user_routes),
        middleware=[Middleware(server.SecurityHeaders), Middleware(watch.Watch)],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(tiny_built))
        yield TestClient(app, base_url="http://observatory.example", follow_redirects=False)


def test_every_route_is_in_the_list() -> None:
    assert {route.path for route in server.app._user_routes} == set(ADDRESSES)


@pytest.mark.parametrize("address", [one for found in ADDRESSES.values() for one in found])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_headers(client: TestClient, address: str, method: str) -> None:
    reply = client.request(method, address)
    own = server.EMBED_HEADERS if address.startswith("/embed/") else server.HEADERS
    raw = [name.lower() for name, _ in reply.headers.raw]
    for name, value in own.items():
        if name == b"cross-origin-resource-policy":
            continue
        assert raw.count(name) == 1, name
        assert reply.headers[name.decode()] == value.decode()
    assert (b"x-frame-options" in raw) is not address.startswith("/embed/")
    assert "set-cookie" not in reply.headers
    assert "server" not in reply.headers
    if method == "POST":
        assert reply.status_code == 405
    if reply.headers.get("content-type", "").startswith("text/html"):
        assert "charset=utf-8" in reply.headers["content-type"]
    for word in ("Traceback", "/site-packages/", '.py"'):
        assert word not in reply.text


def test_only_our_own_origin_may_do_anything() -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in server.HEADERS[b"content-security-policy"].decode().split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'self'"
    # No other host anywhere: neither named nor by a scheme that lets every host in, as wss: would.
    for name, value in policy.items():
        words = set(value.split())
        assert words <= {
            "'self'",
            "'none'",
            "'unsafe-eval'",
            "'unsafe-inline'",
            "blob:",
            "data:",
        }, name
    framed = server.EMBED_HEADERS[b"content-security-policy"].decode()
    assert "default-src 'none'" in framed
    assert "script-src" not in framed
