"""Names of hosts, ids of requests, figures and log lines: what the outermost middleware does."""

from __future__ import annotations

import json
import logging
import re
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from observatory.ui import errors, logs, metrics, server, watch

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


async def _ok(request: object) -> PlainTextResponse:
    logging.getLogger("observatory.test").warning("a line of %s", "its own")
    return PlainTextResponse("ok")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/metrics", watch.figures),
            Route("/healthz", server.healthz),
            Route("/readyz", server.healthz),
            WebSocketRoute("/_stcore/stream", _socket),
            Route("/{path:path}", _ok, methods=["GET", "PUT", "POST"]),
        ],
        middleware=[Middleware(server.SecurityHeaders), Middleware(watch.Watch)],
    )
    return TestClient(app, base_url="http://observatory.example")


@pytest.mark.parametrize(
    ("given", "host", "status"),
    [
        ("", "anything.example", 200),
        ("observatory.example", "observatory.example", 200),
        ("observatory.example", "Observatory.Example:8443", 200),
        ("observatory.example", "evil.example", 400),
        ("observatory.example", "observatory.example.evil.example", 400),
        ("observatory.example", "evilobservatory.example", 400),
        ("a.example, *.observatory.example", "www.observatory.example", 200),
        ("*.observatory.example", "observatory.example", 400),
        ("*.observatory.example", ".observatory.example", 400),
        ("observatory.example", "", 400),
    ],
)
def test_only_its_own_names_are_answered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, given: str, host: str, status: int
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOSTS", given)
    reply = client.get("/economy", headers={"host": host})
    assert reply.status_code == status
    assert "content-security-policy" in reply.headers, "refusals carry the headers too"


def test_sessions_open_under_its_own_names_only(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOSTS", "observatory.example")
    with client.websocket_connect("ws://observatory.example/_stcore/stream") as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(
            "ws://observatory.example/_stcore/stream", headers={"host": "evil.example"}
        ),
    ):
        pass  # pragma: no cover


@pytest.mark.parametrize(
    ("origin", "host", "fine"),
    [
        ("", "a.example", True),
        ("https://a.example", "a.example", True),
        ("http://127.0.0.1:8501", "127.0.0.1:8501", True),
        ("https://observatory.example", "10.0.0.1:8501", True),
        ("https://public.example", "10.0.0.1:8501", True),
        ("https://evil.example", "a.example", False),
        ("https://a.example.evil.example", "a.example", False),
        ("https://a.example:444", "a.example", False),
        ("null", "a.example", False),
        ("file://", "a.example", False),
    ],
)
def test_sessions_are_opened_by_our_own_pages(
    monkeypatch: pytest.MonkeyPatch, origin: str, host: str, fine: bool
) -> None:
    monkeypatch.setenv("OBSERVATORY_URL", "https://public.example")
    assert watch.own_page(origin, host, ("observatory.example",)) is fine
    monkeypatch.delenv("OBSERVATORY_URL")
    if not fine:
        assert not watch.own_page(origin, host, ())


def test_a_strange_origin_opens_nothing(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"origin": "https://evil.example"}),
    ):
        pass  # pragma: no cover


def test_probes_come_by_address(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOSTS", "observatory.example")
    for path in watch.PROBES:
        assert client.get(path, headers={"host": "10.1.2.3:8501"}).status_code in (200, 404, 503)


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/interact", "/_stcore/agent"],
)
def test_doors_that_stay_shut(client: TestClient, path: str) -> None:
    for method in ("GET", "PUT", "POST"):
        assert client.request(method, path).status_code == 404


def test_the_server_has_these_doors_and_headers() -> None:
    found = [one.cls for one in server.app._user_middleware]
    assert found[:2] == [server.SecurityHeaders, watch.Watch]
    paths = {getattr(route, "path", "") for route in server.app._user_routes}
    assert {"/healthz", "/readyz", "/metrics", "/search", "/robots.txt"} <= paths


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("short", False), ("with spaces in it", False), ("x" * 65, False)],
)
def test_a_request_has_an_id(client: TestClient, given: str, kept: bool) -> None:
    found = client.get("/", headers={"x-request-id": given}).headers["x-request-id"]
    assert (found == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", found)


def reruns(text: str) -> int:
    """Runs of the economy page that the figures count."""
    found = re.search(r'^observatory_rerun_seconds_count\{page="economy"\} (\d+)$', text, re.M)
    return int(found[1]) if found else 0


def test_figures_are_shut_until_switched_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tiny_built: Path
) -> None:
    monkeypatch.setenv("OBSERVATORY_VAR", str(tiny_built))
    for given in ("", "off", "0"):
        monkeypatch.setenv("OBSERVATORY_METRICS", given)
        assert client.get("/metrics").status_code == 404
    monkeypatch.setenv("OBSERVATORY_METRICS", "on")
    # Figures are those of the process: other tests have run pages in it before.
    before = reruns(client.get("/metrics").text)
    client.get("/api/v1/deals?org=secret")
    errors.report(ValueError("x"), "a test")
    with pytest.raises(ValueError, match="y"):
        metrics.timed(lambda page: (_ for _ in ()).throw(ValueError("y")))(
            SimpleNamespace(url_path="economy")
        )
    metrics.timed(lambda page: None)(SimpleNamespace(url_path="economy"))
    reply = client.get("/metrics")
    assert reply.headers["content-type"] == metrics.MEDIA
    assert "secret" not in reply.text
    sample = re.compile(r'[a-z_]+(\{[a-z_]+="[^"{}]*"(,[a-z_]+="[^"{}]*")*\})? -?[0-9.e+-]+')
    for line in reply.text.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or sample.fullmatch(line), line
    for part in (
        'observatory_answers_total{kind="api",status="200"}',
        'observatory_request_seconds_bucket{kind="api",le="+Inf"}',
        'observatory_events_total{event="error"}',
        "observatory_sessions 0",
        "observatory_builds_kept 1",
        "observatory_build_stale 0",
    ):
        assert part in reply.text, part
    assert reruns(reply.text) == before + 2
    memory = re.search(r"^observatory_memory_bytes (\d+)$", reply.text, re.M)
    assert memory
    assert int(memory[1]) > 20_000_000
    assert re.search(r'observatory_build_info\{build_id="[0-9a-f]{12}"\} 1', reply.text)


def test_buckets_add_up() -> None:
    found = metrics.Durations("x_seconds", "kind", "x")
    for seconds in (0.001, 0.005, 0.02, 99.0):
        found.add("api", seconds)
    lines = list(found.lines())
    assert 'x_seconds_bucket{kind="api",le="0.005"} 2' in lines
    assert 'x_seconds_bucket{kind="api",le="10.0"} 3' in lines
    assert 'x_seconds_bucket{kind="api",le="+Inf"} 4' in lines
    assert 'x_seconds_count{kind="api"} 4' in lines


def test_a_server_with_an_old_build_is_ready_and_not_well(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tiny_built: Path, tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "var"
    shutil.copytree(tiny_built, folder)
    state = json.loads((folder / "current.json").read_text("utf-8"))
    newer = state["builds"][0] | {"build_id": "f" * 12, "file": f"observatory-{'f' * 12}.duckdb"}
    state |= {"current": "f" * 12, "builds": [newer, *state["builds"]]}
    (folder / "current.json").write_text(json.dumps(state), "utf-8")
    monkeypatch.setenv("OBSERVATORY_VAR", str(folder))
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json()["status"] == "stale"
    assert client.get("/readyz").status_code == 200
    monkeypatch.setenv("OBSERVATORY_VAR", str(tmp_path / "none"))
    assert client.get("/readyz").status_code == 503


def test_lines_of_json(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    tiny_built: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("OBSERVATORY_LOG", "json")
    monkeypatch.setenv("OBSERVATORY_VAR", str(tiny_built))
    root, access = logging.getLogger(), logging.getLogger("observatory.access")
    before = (list(root.handlers), root.level, access.level)
    root.handlers = []
    try:
        logs.set_up()
        client.get("/healthz")
        client.get("/deals?org=secret", headers={"x-request-id": "0123456789abcdef"})
        try:
            int("broken")
        except ValueError as error:
            said = errors.report(error, "a test")
    finally:
        root.handlers, level, own = before
        root.setLevel(level)
        access.setLevel(own)
    text = capsys.readouterr().err
    assert "secret" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    own_line, request = lines[-3:-1]
    assert (own_line["message"], own_line["request_id"]) == (
        "a line of its own",
        "0123456789abcdef",
    )
    assert (request["path"], request["status"]) == ("/deals", 200)
    assert request["request_id"] == "0123456789abcdef"
    assert re.fullmatch(r"[0-9a-f]{12}", request["build_id"])
    assert said in lines[-1]["message"]
    assert "ValueError: invalid literal" in lines[-1]["error"]
    assert all(line["time"].endswith("+00:00") for line in lines)
