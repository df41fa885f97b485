"""The proxy of deploy/, running, in front of three small servers. Needs nginx and openssl."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from observatory.ui.server import HEADERS
from tests.conftest import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx and openssl are not both installed"
)
HOST = "observatory.example"


class Replica(BaseHTTPRequestHandler):
    """Says who it is; files are cacheable, pages are not."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append(self.path)
        if self.path.startswith("/_stcore/stream"):
            self.send_response(101)
            for name in ("upgrade", "connection", "host", "x-forwarded-for", "x-request-id"):
                self.send_header(f"got-{name}", self.headers.get(name, ""))
            self.send_header("upgrade", "websocket")
            self.send_header("connection", "upgrade")
            self.end_headers()
            # Both ways, byte by byte, without waiting for the end.
            self.wfile.write(self.rfile.read(5)[::-1])
            self.close_connection = True
            return
        kinds = {"/static": "text/javascript", "/api/": "application/json", "/app/": "font/woff2"}
        kind = next(
            (v for k, v in kinds.items() if self.path.startswith(k)), "text/html; charset=utf-8"
        )
        body = (f"replica {self.server.server_address[1]} " + "word " * 400).encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name.decode(), value.decode())
        if not kind.startswith("text/html"):
            self.send_header("cache-control", "public, max-age=60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        """Tests need no lines of it."""


@dataclass
class Proxy:
    port: int
    plain: int
    replicas: list[Any]
    folder: Path

    def client(self, **more: Any) -> httpx.Client:
        trust = ssl.create_default_context(cafile=str(self.folder / "observatory.crt"))
        trust.check_hostname = False
        return httpx.Client(base_url=f"https://127.0.0.1:{self.port}", verify=trust,
                            headers={"host": HOST, **more.pop("headers", {})}, **more)  # fmt: skip

    def asked(self, path: str) -> int:
        return sum(one.asked.count(path) for one in self.replicas)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout",
         str(folder / "observatory.key"), "-out", str(folder / "observatory.crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    replicas: list[Any] = []
    for _ in range(3):
        server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Replica)
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        replicas.append(server)
    plain, tls = free_port(), free_port()
    text = (ROOT / "deploy" / "nginx" / "observatory.conf").read_text("utf-8")
    for old, new in {
        "/etc/nginx/tls/": f"{folder}/", "/var/cache/nginx/observatory": f"{folder}/cache",
        "/var/log/nginx/observatory.log": f"{folder}/access.log",
        "listen 80;": f"listen 127.0.0.1:{plain};", "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        **{f"127.0.0.1:{8501 + at}": f"127.0.0.1:{one.server_port}" for at, one in enumerate(replicas)},
    }.items():  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    text = re.sub(r"(?m)^\s*listen \[::\].*\n", "", text)
    edition = (ROOT / "deploy" / "nginx" / "static-edition.conf").read_text("utf-8")
    (folder / "edition" / "fonts").mkdir(parents=True)
    for name in ("index.html", "fonts/x.woff2", ".hidden", "edition.json"):
        (folder / "edition" / name).write_text("something " * 300, "utf-8")
    edition = re.sub(r"(?m)^\s*listen \[::\].*\n", "", edition)
    edition = edition.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    edition = edition.replace("/srv/observatory-edition", str(folder / "edition"))
    # The user that tests run as may not be able to become another one.
    spaces = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user root;\ndaemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ {spaces} types {{ text/html html; font/woff2 woff2; application/json json; }}\n"
        f"access_log off;\n{text}\n{edition} }}\n",
        "utf-8",
    )
    command = [
        str(NGINX),
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(folder / "nginx.conf"),
    ]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", tls), 1):
                break
            time.sleep(0.05)
        yield Proxy(tls, plain, replicas, folder)
    finally:
        process.terminate()
        process.wait(10)
        for server in replicas:
            server.shutdown()


def test_a_reader_stays_with_a_replica_and_many_are_spread(proxy: Proxy) -> None:
    seen = set()
    for number in range(24):
        with proxy.client(cookies={"obs_at": f"{number:032x}"}) as client:
            answers = {client.get("/economy").text.split()[1] for _ in range(3)}
        assert len(answers) == 1
        seen |= answers
    assert len(seen) == 3


def test_the_cookie_comes_with_pages_once(proxy: Proxy) -> None:
    with proxy.client() as client:
        said = client.get("/").headers["set-cookie"]
        assert re.fullmatch(r"obs_at=[0-9a-f]{32}; Path=/; Secure; HttpOnly; SameSite=Lax", said)
        assert "set-cookie" not in client.get("/").headers
    with proxy.client() as client:
        for path in ("/static/a.js", "/api/v1/deals", "/app/static/fonts/x.woff2"):
            assert "set-cookie" not in client.get(path).headers
    with proxy.client(cookies={"obs_at": "forged; Path=/"}) as client:
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/static/kept.js", "/api/v1/kept", "/embed/kept"])
def test_files_and_rows_are_kept(proxy: Proxy, path: str) -> None:
    with proxy.client() as client:
        for _ in range(4):
            assert client.get(path).status_code == 200
    # What says nothing of its freshness, as the page of this small server, is not kept.
    assert proxy.asked(path) == (4 if path.startswith("/embed") else 1)


def test_pages_are_compressed_and_carry_hsts(proxy: Proxy) -> None:
    with proxy.client(headers={"accept-encoding": "br, gzip"}) as client:
        for path in ("/", "/static/a.js", "/api/v1/deals"):
            reply = client.get(path)
            assert reply.headers["content-encoding"] == "gzip", path
            assert reply.headers["strict-transport-security"]


@pytest.mark.parametrize(
    "path", ["/", "/economy?economy=KOR", "/static/a.js", "/api/v1/deals", "/search?q=x"]
)
def test_the_app_s_headers_arrive_once_and_unchanged(proxy: Proxy, path: str) -> None:
    with proxy.client() as client:
        reply = client.get(path)
    names = [name.lower() for name, _ in reply.headers.raw]
    for name, value in HEADERS.items():
        assert names.count(name) == 1, name
        assert reply.headers[name.decode()] == value.decode()
    assert names.count(b"strict-transport-security") == 1
    assert "1.2" not in reply.headers.get("server", ""), "no version of the proxy"


def test_sessions_pass_both_ways(proxy: Proxy) -> None:
    trust = ssl.create_default_context(cafile=str(proxy.folder / "observatory.crt"))
    with (
        socket.create_connection(("127.0.0.1", proxy.port), 5) as plain,
        trust.wrap_socket(plain, server_hostname=HOST) as line,
    ):
        line.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "X-Forwarded-For: 6.6.6.6\r\nX-Request-ID: forged-by-a-reader\r\n\r\nhello".encode()
        )
        said = b""
        while b"olleh" not in said and (piece := line.recv(4096)):
            said += piece
    head = said.decode().lower()
    assert head.startswith("http/1.1 101")
    assert "got-upgrade: websocket" in head
    assert "got-connection: upgrade" in head
    assert f"got-host: {HOST}" in head
    # Who asked is said by the proxy, not by the reader.
    assert "got-x-forwarded-for: 127.0.0.1" in head
    assert re.search(r"got-x-request-id: [0-9a-f]{32}\r", head)
    assert head.endswith("olleh")


def test_what_is_refused(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.post("/", content=b"x").status_code == 405
        assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 405
        for path in ("/_stcore/metrics", "/_stcore/upload_file/a", "/economy/_stcore/metrics"):
            assert client.get(path).status_code == 404
        assert client.get("/metrics").status_code == 200, "from this machine itself"
        with pytest.raises(httpx.HTTPError):
            client.get("/", headers={"host": "evil.example"})
    with httpx.Client() as plain:
        port = proxy.plain
        reply = plain.get(f"http://127.0.0.1:{port}/economy?economy=KOR", headers={"host": HOST})
        assert (reply.status_code, reply.headers["location"]) == (
            301,
            f"https://{HOST}/economy?economy=KOR",
        )


def test_files_that_cost_much_are_limited(proxy: Proxy) -> None:
    with proxy.client() as client:
        found = [client.get(f"/export/deck.pptx?n={number}").status_code for number in range(16)]
    assert found[:10] == [200] * 10
    assert found[-1] == 429


def test_one_log_line_a_request_without_its_query(proxy: Proxy) -> None:
    import json

    with proxy.client() as client:
        client.get("/logged?economies=secret")
    # A line is written once the answer has left.
    log, until = proxy.folder / "access.log", time.monotonic() + 10
    while "/logged" not in log.read_text("utf-8") and time.monotonic() < until:
        time.sleep(0.05)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    (line,) = [one for one in lines if one["path"] == "/logged"]
    assert line["status"] == 200
    assert re.fullmatch(r"[0-9a-f]{32}", line["request_id"])
    assert "secret" not in json.dumps(lines)


def test_a_replica_that_is_gone_is_passed_over(proxy: Proxy) -> None:
    gone = proxy.replicas[0]
    gone.shutdown()
    gone.server_close()
    with proxy.client() as client:
        for number in range(12):
            reply = client.get("/economy", headers={"cookie": f"obs_at={number:032x}"})
            assert reply.status_code == 200


def test_the_static_edition_says_how_long_it_is_fresh(proxy: Proxy) -> None:
    with httpx.Client(headers={"host": f"edition.{HOST}", "accept-encoding": "gzip"}) as client:
        at = f"http://127.0.0.1:{proxy.plain}"
        page = client.get(f"{at}/")
        assert page.headers["cache-control"].startswith(
            "public, max-age=300, stale-while-revalidate="
        )
        assert page.headers["etag"]
        assert page.headers["content-security-policy"] == "frame-ancestors 'self'"
        notes = client.get(f"{at}/edition.json")
        assert notes.headers["cache-control"] == "no-cache"
        assert {one.headers["x-content-type-options"] for one in (page, notes)} == {"nosniff"}
        assert page.headers["content-encoding"] == "gzip"
        again = client.get(f"{at}/", headers={"if-none-match": page.headers["etag"]})
        assert again.status_code == 304
        font = client.get(f"{at}/fonts/x.woff2").headers["cache-control"]
        assert font == "public, max-age=31536000, immutable"
        assert client.get(f"{at}/.hidden").status_code == 404
        assert client.get(f"{at}/none").status_code == 404
        assert client.post(f"{at}/").status_code == 405
